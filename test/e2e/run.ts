/**
 * `npm run e2e`: the packed package in a real n8n, by the shipped templates, against the sandbox.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ownUntilExit } from '../n8n/lifetime';
import { packPackage } from '../n8n/package';
import type { PlatformName } from '../scenarios/company';
import { Checks } from './checks';
import { crashChecks, SPED_UP } from './crash';
import { credentialTests } from './credentials';
import { learnUponChecks } from './learnUpon';
import { wantedParts } from './options';
import { safetyChecks } from './safety';
import { safetyThreeSixtyLearningChecks } from './safetyThreeSixtyLearning';
import { securityChecks, TALKATIVE } from './security';
import { CHECKOUT, Stage } from './stage';
import { threeSixtyLearningChecks } from './threeSixtyLearning';

const checks = new Checks();

interface Part {
	platform: PlatformName;
	/** For n8n's environment. */
	env?: Record<string, string>;
	/** Takes long, so it runs only where the command names it. */
	isOnRequest?: true;
	act(stage: Stage): Promise<void>;
}

/** Each has a company and an n8n of its own. */
const PARTS: Record<string, Part> = {
	learnUpon: {
		platform: 'learnUpon',
		async act(stage) {
			await templatesImport(stage);
			await credentialTests(checks, stage);
			await learnUponChecks(checks, stage);
		},
	},
	threeSixtyLearning: {
		platform: 'threeSixtyLearning',
		act: async (stage) => await threeSixtyLearningChecks(checks, stage),
	},
	safety: { platform: 'learnUpon', act: async (stage) => await safetyChecks(checks, stage) },
	safetyThreeSixtyLearning: {
		platform: 'threeSixtyLearning',
		act: async (stage) => await safetyThreeSixtyLearningChecks(checks, stage),
	},
	security: {
		platform: 'learnUpon',
		env: TALKATIVE,
		act: async (stage) => await securityChecks(checks, stage),
	},
	crash: {
		platform: 'learnUpon',
		env: SPED_UP,
		isOnRequest: true,
		act: async (stage) => await crashChecks(checks, stage),
	},
};

/** All parts but the long ones, or those that the command names: `npm run e2e -- safety`. */
async function main(): Promise<void> {
	const unknown = wantedParts.filter((name) => !(name in PARTS));
	if (unknown.length > 0)
		throw new Error(`There is no ${unknown.join(', ')}. There is ${Object.keys(PARTS).join(', ')}.`);
	await checks.run('the package holds dist, workflows, README and licence, nothing else', packageContents);
	for (const [name, part] of Object.entries(PARTS)) {
		const isWanted = wantedParts.length === 0 ? !part.isOnRequest : wantedParts.includes(name);
		if (isWanted) await onStage(part);
	}
	process.exitCode = checks.close() ? 0 : 1;
}

async function onStage({ platform, env, act }: Part): Promise<void> {
	const stage = await Stage.open(platform, env);
	const disown = ownUntilExit({ release: async () => await stage.close(), drop: () => undefined });
	try {
		await act(stage);
		await checks.run('no secret is in any log or execution', async () => await noSecrets(stage));
	} finally {
		await stage.close();
		disown();
	}
}

async function packageContents(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'pack-'));
	const { files } = await packPackage(CHECKOUT, folder);
	await rm(folder, { recursive: true });
	const allowed = /^(dist\/|workflows\/[\w-]+\.json$|README\.md$|LICENSE\.md$|package\.json$)/;
	assert.deepEqual(
		files.filter((file) => !allowed.test(file)),
		[],
	);
	return `${files.length} files`;
}

async function templatesImport(stage: Stage): Promise<void> {
	for (const [file, { id, nodes }] of Object.entries(stage.templates)) {
		await checks.run(`${file} is imported without a broken node or a missing parameter`, async () => {
			assert.deepEqual(await stage.n8n.client.workflowIssues(id), {});
			return `${nodes.length} nodes`;
		});
	}
}

async function noSecrets(stage: Stage): Promise<string> {
	const { client } = stage.n8n;
	const { personio, learnUpon, threeSixtyLearning } = stage.sandbox;
	const secrets = [
		personio.credentials.clientSecret,
		learnUpon.credentials.password,
		threeSixtyLearning.credentials.clientSecret,
		'papi-',
		...threeSixtyLearning.tokens,
	];
	let size = 0;
	for (const workflow of Object.values(stage.templates)) {
		for (const { id } of await client.executions(workflow.id)) {
			const text = JSON.stringify((await client.execution(id)).data);
			size += text.length;
			for (const secret of secrets) assert.ok(!text.includes(secret), `execution ${id} holds ${secret}`);
		}
	}
	const logs = stage.n8n.logs();
	for (const secret of secrets) assert.ok(!logs.includes(secret), `the log holds ${secret}`);
	return `${Math.round(size / 1024)} kB of executions, ${Math.round(logs.length / 1024)} kB of log`;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
