/** From how many memberships on a bulk operation of 360Learning is faster than single calls. */
import { startEngine, type Engine } from '../engine/harness';
import { credentialsOf } from '../engine/credentials';
import { startSandbox, type Sandbox } from '../sandbox';
import { serve } from './process';
import type { Table } from './table';

interface Stage {
	sandbox: Sandbox;
	engine: Engine;
}

const methods = {
	/** Seconds for joining a group, one by one and in bulk, at the documented limits. */
	async measure(): Promise<Table> {
		const rows: string[][] = [];
		for (const count of [20, 49, 50, 100, 400]) {
			const single = await joinSeconds(count, undefined);
			const bulk = await Promise.all([500, 3000, 10_000].map(async (ms) => await joinSeconds(count, ms)));
			const shown = count < 50 ? bulk.map(() => 'not used') : bulk.map((seconds) => seconds.toFixed(1));
			rows.push([String(count), single.toFixed(1), ...shown]);
		}
		return {
			title: 'Memberships one by one and in bulk',
			note: 'Seconds of the step "Map Groups" at 360Learning. How long it takes for an operation is not documented, so three durations were tried. Single calls cost a tenth of a second each; bulk operations are used from 50 memberships on, where they are faster unless an operation takes more than five seconds.',
			head: ['Memberships', 'One by one', 'Operation of 0.5 s', 'of 3 s', 'of 10 s'],
			rows,
		};
	},
};

export type Memberships = typeof methods;

/** @param bulkMs how long an operation takes; undefined if there are none to be had */
async function joinSeconds(count: number, bulkMs: number | undefined): Promise<number> {
	if (bulkMs !== undefined && count < 50) return 0;
	const { sandbox, engine } = await stageWith(bulkMs);
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

serve(methods);
