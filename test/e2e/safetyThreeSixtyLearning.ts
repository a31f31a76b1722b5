import assert from 'node:assert/strict';

import { Journal } from './journal';
import type { Checks } from './checks';
import { approvals } from './safetyApproval';
import { explanations } from './safetyExplain';
import { undoByForm } from './safetyUndo';
import { otherDepartment, someOf } from './staff';
import type { Stage } from './stage';
import { APPROVAL_360, EXPLAIN_360, SYNC_360, UNDO_360 } from './templateNames';

/** Where 360Learning differs: an ended account is deleted, and comes back with the same address. */
export async function safetyThreeSixtyLearningChecks(checks: Checks, stage: Stage): Promise<void> {
	const { threeSixtyLearning } = stage.sandbox;
	const departments = { groupLevels: { level: [{ field: 'department' }] } };
	await stage.setParameters(SYNC_360, 'Plan Sync', { dryRun: false, ...departments });
	await stage.setParameters(EXPLAIN_360, 'Plan for This Person', departments);
	await glitch(checks, stage);
	await undoing(checks, stage);
	await approvals(checks, stage, {
		template: APPROVAL_360,
		ending: 'DELETE /users/:id',
		hasAccess: (id) => accountOf(stage, id)?.status === 'active',
	});
	await explanations(checks, stage, {
		template: EXPLAIN_360,
		isKnown: (email) => [...threeSixtyLearning.users.values()].some(({ mail }) => mail === email),
	});
}

function accountOf({ sandbox: { threeSixtyLearning } }: Stage, id: number) {
	const link = [...threeSixtyLearning.externalIds.values()].find(
		({ platform, value }) => platform === 'personio-n8n' && value === String(id),
	);
	return threeSixtyLearning.users.get(link?.targetId ?? '');
}

async function glitch(checks: Checks, stage: Stage): Promise<void> {
	const { threeSixtyLearning, personio } = stage.sandbox;
	const journal = new Journal();
	await checks.run('360Learning: Personio delivers half of its people and recovers: 0 writes', async () => {
		journal.note('everybody, on the first day', await stage.scheduled(SYNC_360));
		threeSixtyLearning.acceptAllInvitations();
		const normal = await stage.scheduled(SYNC_360, () => undefined, 'success');
		journal.note('everybody, on a normal day', normal);
		assert.deepEqual(normal.writes, []);
		const before = threeSixtyLearning.snapshot();
		const hide = () => {
			for (let index = 0; index < 17; index++) personio.unlisted.add(stage.company.person(2 * index));
		};
		const odd = await stage.scheduled(SYNC_360, hide, 'alert');
		journal.note('half of the people, with totals that agree', odd);
		assert.deepEqual(odd.writes, []);
		personio.unlisted.clear();
		const after = await stage.scheduled(SYNC_360, () => undefined, 'success');
		journal.note('everybody again', after);
		assert.deepEqual(after.writes, []);
		assert.deepEqual(threeSixtyLearning.snapshot(), before);
		return `${odd.report.held.length} held`;
	});
	journal.print('What the operator saw of a glitch upstream (360Learning, scheduled runs, dry run off)');
}

/** What 360Learning knows of people. A new account is deleted and stays so, as the report says. */
function stateOf({ sandbox: { threeSixtyLearning } }: Stage) {
	const { users, ...rest } = threeSixtyLearning.snapshot();
	const { memberships, managers } = rest;
	return { users: users.filter(({ status }) => status !== 'deleted'), memberships, managers };
}

async function undoing(checks: Checks, stage: Stage): Promise<void> {
	const { personio } = stage.sandbox;
	const { company } = stage;
	const [named, moved] = [1, 3].map((index) => company.get(company.person(index)));
	// Whoever leaves takes the managers of others with them, and only the next sync sets those again.
	const bosses = new Set([...personio.people.values()].map(({ supervisorId }) => supervisorId));
	const left = someOf(stage, 6)
		.map((id) => company.get(id))
		.find(({ id }) => !bosses.has(id));
	assert.ok(named && moved && left);
	const was = [named, moved, left].map(({ id, lastName, department }) => ({ id, lastName, department }));
	await checks.run('360Learning: a run is taken back by the form, a leaver is a learner again', async () => {
		const before = stateOf(stage);
		personio.change(named.id, { lastName: 'Irrtum' });
		personio.change(moved.id, { department: otherDepartment(stage, moved.id) });
		personio.change(left.id, { terminationDate: company.day(-1) });
		const run = await stage.run(SYNC_360);
		assert.equal(accountOf(stage, left.id)?.status, 'deleted');
		const binary = run.execution.itemsOf('Report on Run')[0]?.binary?.reportUndo;
		assert.ok(binary);
		const file = await stage.n8n.client.binary(binary);
		const preview = await undoByForm(stage, UNDO_360, file);
		assert.deepEqual(stage.writes(), []);
		assert.match(preview.title, /^DRY RUN/);
		await stage.setParameters(UNDO_360, 'Plan the Way Back', { dryRun: false });
		const end = await undoByForm(stage, UNDO_360, file);
		const writes = stage.writes();
		assert.equal(accountOf(stage, left.id)?.status, 'active');
		assert.deepEqual(stateOf(stage), before);
		for (const { id, ...person } of was) personio.change(id, { ...person, terminationDate: null });
		const after = await stage.run(SYNC_360);
		assert.deepEqual(after.writes, []);
		return `${writes.join(', ')}; ${JSON.stringify(end.text)}`;
	});
}
