/**
 * Proves the harness itself in a real n8n, with a throw-away package of its own:
 * `npx tsx test/n8n/smoke.ts`. Nothing of ours but the harness is under test here.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n } from './install';
import { packPackage } from './package';
import { startN8n } from './server';
import { SMOKE_WORKFLOW, writeSmokePackage } from './smoke-package';

const SECRET = 'right';

/** Gives out tokens for the right secret, and colours for the latest token. */
function startVendor() {
	const state = { tokens: 0, answers: 0 };
	const server = createServer((request, response) => {
		const answer = (status: number, body: unknown) => {
			response.writeHead(status, { 'Content-Type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		if (request.url === '/token') {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () =>
				body.includes(SECRET)
					? answer(200, { token: `token-${++state.tokens}` })
					: answer(403, { message: 'wrong secret' }),
			);
		} else if (request.headers.authorization === `Bearer token-${state.tokens}`) {
			state.answers++;
			answer(200, ['red', 'green', 'blue']);
		} else answer(401, { message: 'no valid token' });
	});
	return new Promise<{ url: string; state: typeof state; close: () => void }>((resolve) =>
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			const close = () => {
				server.closeAllConnections();
				server.close();
			};
			resolve({ url: `http://127.0.0.1:${port}`, state, close });
		}),
	);
}

const began = Date.now();
const log = (line: string) =>
	console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

async function check<T>(sentence: string, proof: () => Promise<T>): Promise<T> {
	const started = Date.now();
	const result = await proof();
	log(`ok  ${sentence} (${Date.now() - started} ms)`);
	return result;
}

async function main(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-smoke-'));
	const vendor = await startVendor();
	await writeSmokePackage(folder);
	try {
		const installation = await check('n8n is installed', async () => await installN8n({ log }));
		const packed = await check('the package is packed', async () => await packPackage(folder, folder));
		assert.deepEqual(packed.files.sort(), [
			'dist/Smoke.node.js',
			'dist/SmokeApi.credentials.js',
			'dist/SmokeTrigger.node.js',
			'package.json',
		]);
		const n8n = await startN8n({ installation, tarball: packed.tarball, editor: false, log });
		try {
			await prove(n8n, vendor);
		} catch (error) {
			console.log(n8n.logs().slice(-3_000));
			throw error;
		} finally {
			await check('n8n stops', async () => await n8n.stop());
		}
	} finally {
		vendor.close();
		await rm(folder, { recursive: true });
	}
}

async function prove(
	n8n: Awaited<ReturnType<typeof startN8n>>,
	vendor: Awaited<ReturnType<typeof startVendor>>,
): Promise<void> {
	const { client } = n8n;
	await check('its node types are known', async () => {
		const [work] = await client.nodeTypes(['n8n-nodes-smoke.smoke', 'n8n-nodes-smoke.smokeTrigger']);
		assert.deepEqual(
			work?.properties.map(({ name }) => name),
			['fail', 'colour', 'must'],
		);
		await assert.rejects(client.nodeTypes(['n8n-nodes-smoke.other']), /Unrecognized node type/);
	});

	const data = { baseUrl: vendor.url, secret: SECRET };
	const good = await client.createCredential('Good', 'smokeApi', data);
	const bad = await client.createCredential('Bad', 'smokeApi', { ...data, secret: 'wrong' });
	await check('a credential test tells right from wrong', async () => {
		assert.equal((await client.testCredential(good)).status, 'OK');
		const failed = await client.testCredential(bad);
		assert.equal(failed.status, 'Error');
		log(`    n8n says: ${failed.message}`);
	});

	const picker = { nodeType: 'n8n-nodes-smoke.smoke', credentials: { smokeApi: good } };
	await check('pickers are filled', async () => {
		assert.equal((await client.dynamicOptions({ ...picker, method: 'colours' })).length, 3);
		const found = await client.listSearch({ ...picker, method: 'search', filter: 'bl' });
		assert.deepEqual(found.results, [{ name: 'blue', value: 'blue' }]);
	});

	const { id } = await check('a workflow is imported', async () =>
		client.importWorkflow(SMOKE_WORKFLOW, { credentials: { smokeApi: good } }),
	);
	assert.deepEqual(await client.workflowIssues(id), {});
	const { id: bare } = await client.importWorkflow(
		{ ...SMOKE_WORKFLOW, nodes: SMOKE_WORKFLOW.nodes.map((node) => ({ ...node, parameters: {} })) },
		{ rename: 'Bare' },
	);
	log(`    issues of a bare one: ${JSON.stringify(await client.workflowIssues(bare))}`);
	assert.deepEqual(Object.keys(await client.workflowIssues(bare)), ['By poll', 'Work']);

	const manual = await check('it runs by hand', async () => await client.runManually(id, 'By hand'));
	assert.equal(manual.describe(), `Execution ${manual.id} succeeded`);
	assert.equal(manual.lastNodeExecuted, 'Work');
	const [item] = manual.itemsOf('Work');
	assert.equal(item?.json['colours'], 3);
	assert.equal(manual.executionHints[0]?.message, 'A hint');
	await check('a file of an item is read', async () => {
		const page = item?.binary?.['page'];
		assert.ok(page);
		assert.equal((await client.binary(page)).toString(), '<h1>Smoke</h1>');
	});

	const tokens = vendor.state.tokens;
	vendor.state.tokens = tokens + 1;
	const renewed = await check('an expired token is renewed', async () => client.runManually(id, 'By hand'));
	assert.equal(renewed.status, 'success', renewed.describe());
	assert.equal(vendor.state.tokens, tokens + 2);

	await check('ten runs in a row do not meet', async () => {
		for (let run = 0; run < 10; run++) {
			const { status, lastNodeExecuted } = await client.runManually(id, 'By hand');
			assert.deepEqual([status, lastNodeExecuted], ['success', 'Work']);
		}
	});

	const polled = await check('a poll runs by hand', async () => await client.runManually(id, 'By poll'));
	assert.deepEqual(polled.itemsOf('By poll')[0]?.json, { polls: 1, mode: 'manual' });

	await client.setParameters(id, 'Work', { fail: true });
	const failed = await check('a failure is told', async () => await client.runManually(id, 'By hand'));
	assert.equal(failed.status, 'error');
	assert.equal(failed.errorOf('Work')?.message, 'It failed');
	log(`    ${failed.describe()}`);
	await client.setParameters(id, 'Work', { fail: false });

	await client.setParameters(id, 'By poll', { refuse: true });
	await check('a trigger that refuses is told', async () => {
		await assert.rejects(client.publish(id), /The poll refuses/);
	});
	await client.unpublish(id);
	await client.setParameters(id, 'By poll', { refuse: false });

	const before = (await client.executions(id))[0]?.id;
	await check('published, it polls at once', async () => {
		await client.publish(id);
		const execution = await client.nextExecution(id, { ...(before && { after: before }) });
		assert.equal(execution.mode, 'trigger');
		assert.deepEqual(execution.itemsOf('By poll')[0]?.json, { polls: 1, mode: 'trigger' });
		assert.equal(execution.itemsOf('Work')[0]?.json['colours'], 3);
	});
	const latest = (await client.executions(id))[0]?.id;
	assert.ok(latest);
	await check('restarted, it polls again and remembers', async () => {
		await n8n.restart();
		const execution = await client.nextExecution(id, { after: latest });
		assert.deepEqual(execution.itemsOf('By poll')[0]?.json, { polls: 2, mode: 'trigger' });
	});
	await check('killed, it comes back', async () => {
		await n8n.kill();
		await n8n.restart();
		assert.equal((await client.workflow(id)).active, true);
	});
	await check('it is unpublished', async () => await client.unpublish(id));
	assert.equal((await client.runManually(id, 'By hand')).status, 'success');
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
