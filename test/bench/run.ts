/**
 * `npm run bench`: what a run against 360Learning costs in calls, and from how many memberships on a bulk
 * operation is faster. Prints the tables and writes them to docs/benchmarks.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { companyOf, startSandbox, type Sandbox } from '../sandbox';
import { startEngine, type Engine } from '../engine/harness';
import { credentialsOf } from '../engine/credentials';
import { withoutPace } from '../engine/pace';
import { sync } from '../engine/sync';
import { table, type Table } from './table';

const FOLDER = resolve(__dirname, '..', '..', 'docs', 'benchmarks');
const log = (line: string) => console.log(line);

interface Stage {
	sandbox: Sandbox;
	engine: Engine;
}

async function main(): Promise<void> {
	// Before the pace is taken off, which cannot be undone in a process.
	const memberships = await membershipsTable();
	const calls = await callsTable();
	const machine = `Measured with Node.js ${process.version} on ${cpus().length} cores and ${Math.round(totalmem() / 2 ** 30)} GB, against the sandbox of this repository.`;
	const page = `# 360Learning: calls and memberships\n\n${machine} Made by \`npm run bench\`.\n\n${[calls, memberships].map(asMarkdown).join('\n\n')}\n`;
	await mkdir(FOLDER, { recursive: true });
	await writeFile(resolve(FOLDER, '360learning.md'), page);
	log(page);
}

/** Calls of a first load and of the run after it, in both kinds of comparison. */
async function callsTable(): Promise<Table> {
	withoutPace();
	const rows: string[][] = [];
	for (const people of [34, 2000]) {
		const sandbox = await startSandbox({
			rateLimits: false,
			...(people !== 34 && { company: companyOf(people) }),
		});
		const engine = await startEngine(credentialsOf(sandbox));
		const memory = {};
		const { personio, threeSixtyLearning } = sandbox;
		const measure = async (name: string, options: INodeParameters) => {
			for (const server of [personio, threeSixtyLearning]) server.clearCalls();
			const { run, report } = await sync(engine, planFor(sandbox, options), {}, memory);
			if ((report['failed'] as unknown[]).length > 0) throw new Error(String(report['text']));
			const reads = threeSixtyLearning.calls.filter(({ kind }) => kind === 'read').length;
			const writes = threeSixtyLearning.writes().length;
			const seconds = Math.max(reads / 50, writes / 10);
			rows.push([
				String(people),
				name,
				run.comparison?.kind ?? '',
				String(reads),
				String(writes),
				seconds < 1 ? '< 1' : seconds.toFixed(0),
			]);
			log(rows.at(-1)?.join(' | ') ?? '');
		};
		await measure('first load', {});
		threeSixtyLearning.acceptAllInvitations();
		await measure('no change', { fullComparison: true });
		await measure('no change', { fullUpTo: 0 });
		await sandbox.close();
	}
	return {
		title: 'Calls to 360Learning',
		note: 'Two levels of groups, a custom field, job titles and managers are kept in step. The seconds are those that 50 reads and 10 writes a second allow at best.',
		head: ['People', 'Run', 'Comparison', 'Reads', 'Writes', 'Seconds at the limits'],
		rows,
	};
}

const planFor = ({ threeSixtyLearning }: Sandbox, options: INodeParameters) => ({
	platform: 'threeSixtyLearning',
	dryRun: false,
	rootGroup: threeSixtyLearning.syncRoot,
	groupLevels: { level: [{ field: 'office' }, { field: 'department' }] },
	fieldMapping: { field: [{ attribute: 'department', field: 'Department' }] },
	createMissingGroups: true,
	options,
});

/** Seconds for joining a group, one by one and in bulk, at the documented limits. */
async function membershipsTable(): Promise<Table> {
	const rows: string[][] = [];
	for (const count of [20, 49, 50, 100, 400]) {
		const single = await joinSeconds(count, undefined);
		const bulk = await Promise.all([500, 3000, 10_000].map(async (ms) => await joinSeconds(count, ms)));
		const shown = count < 50 ? bulk.map(() => 'not used') : bulk.map((seconds) => seconds.toFixed(1));
		rows.push([String(count), single.toFixed(1), ...shown]);
		log(rows.at(-1)?.join(' | ') ?? '');
	}
	return {
		title: 'Memberships one by one and in bulk',
		note: 'Seconds of the step "Map Groups". How long 360Learning takes for an operation is not documented, so three durations were tried. Single calls cost a tenth of a second each; bulk operations are used from 50 memberships on, where they are faster unless an operation takes more than five seconds.',
		head: ['Memberships', 'One by one', 'Operation of 0.5 s', 'of 3 s', 'of 10 s'],
		rows,
	};
}

/** @param bulkMs how long an operation takes; undefined if there are none to be had */
async function joinSeconds(count: number, bulkMs: number | undefined): Promise<number> {
	if (bulkMs !== undefined && count < 50) return 0;
	const { sandbox, engine }: Stage = await stageWith(bulkMs);
	const { threeSixtyLearning } = sandbox;
	const group = threeSixtyLearning.addGroup({ name: 'All', parentId: threeSixtyLearning.syncRoot });
	const items = Array.from({ length: count }, (_, index) => {
		const user = threeSixtyLearning.addUser({ mail: `p${index}@example.com` });
		const learner = { id: user._id, email: user.mail, status: 'active', custom: {} };
		const groups = { add: [{ name: 'All', id: group._id }], remove: [] };
		return {
			learner,
			decision: { action: 'update', reason: '', changes: [], invite: false, groups, dryRun: false },
		};
	});
	const start = performance.now();
	const parameters = { platform: 'threeSixtyLearning', resource: 'learner', operation: 'mapGroups' };
	const { error } = await engine.run({ name: 'Map Groups', parameters }, items);
	const seconds = (performance.now() - start) / 1000;
	const members = threeSixtyLearning.memberships.filter(({ groupId }) => groupId === group._id).length;
	await sandbox.close();
	if (error || members !== count) throw new Error(`${members} of ${count} joined. ${error?.message ?? ''}`);
	return seconds;
}

let accounts = 0;

/** An account of its own each time, so that no measurement waits for the calls of another. */
async function stageWith(bulkMs: number | undefined): Promise<Stage> {
	const sandbox = await startSandbox({
		company: 'empty',
		threeSixtyLearning: bulkMs === undefined ? { bulkDisabled: true } : { bulkMs },
	});
	const engine = await startEngine(credentialsOf(sandbox), `account ${++accounts}`);
	return { sandbox, engine };
}

const asMarkdown = ({ title, note, head, rows }: Table): string =>
	`## ${title}\n\n${note}\n\n${table(head, rows)}`;

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
