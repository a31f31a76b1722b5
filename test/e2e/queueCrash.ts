import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Queue } from '../n8n/queue';
import { runByHand } from '../tools/demo';
import type { Checks } from './checks';
import { invitationsOf } from './queueOverlap';
import type { Stage } from './stage';
import { SYNC } from './templateNames';

const EVERYBODY = 34;
const SOME = 10;

/** A worker dies while it sends invitations. */
export async function crashes(checks: Checks, stage: Stage, { workers }: Queue): Promise<void> {
	const { client } = stage.n8n;
	const { learnUpon } = stage.sandbox;
	// What is left of an interrupted first load is more than a run of a usual day may invite.
	const limits = { maxInvitations: 100, maxInvitationPercent: 100 };
	await stage.setParameters(SYNC, 'Plan Sync', { dryRun: false, limits });
	await checks.run('a worker is killed amid a first load: n8n ends the run as an error', async () => {
		const known = new Set(workers.flatMap((worker) => worker.executions()));
		learnUpon.misbehave({ match: { path: '*/portal_invite' }, do: { delay: 200 } });
		const running = runByHand(client, stage.template(SYNC));
		while (invitationsOf(stage).length < SOME) await sleep(20);
		const worker = workers.find((each) => each.executions().some((id) => !known.has(id)));
		assert.ok(worker, 'No worker has the run.');
		await worker.kill();
		learnUpon.behave();
		const sent = invitationsOf(stage).length;
		assert.ok(sent < EVERYBODY);
		const execution = await running;
		assert.match(execution.status, /^(error|crashed)$/, execution.describe());
		await worker.start();
		return `${sent} of ${EVERYBODY} invitations were sent. ${execution.describe()}`;
	});
	await checks.run(
		'the run after it invites the others, nobody twice, and the next writes nothing',
		async () => {
			const { writes } = await stage.run(SYNC);
			const invited = invitationsOf(stage);
			assert.equal(invited.length, EVERYBODY);
			assert.equal(new Set(invited).size, EVERYBODY);
			assert.deepEqual((await stage.run(SYNC)).writes, []);
			return `${writes.length} writes`;
		},
	);
}
