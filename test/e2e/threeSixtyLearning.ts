import assert from 'node:assert/strict';

import { addOddPeople } from '../scenarios/company';
import { LIFECYCLE, LIFECYCLE_360 } from '../scenarios/lifecycle';
import type { Checks } from './checks';
import type { Stage } from './stage';

const SYNC = 'sync-personio-to-360learning.json';
const OFFBOARD = 'offboard-personio-leavers-in-360learning.json';
const BOTH = 'sync-personio-to-learnupon-and-360learning.json';

/** The 360Learning templates: the vendor's own acceptance list, the life cycle, and both platforms at once. */
export async function threeSixtyLearningChecks(checks: Checks, stage: Stage): Promise<void> {
	await acceptance(checks, stage);
	await lifeCycle(checks, stage);
	await schedules(checks, stage);
	await bothPlatforms(checks, stage);
}

async function acceptance(checks: Checks, stage: Stage): Promise<void> {
	const { threeSixtyLearning, personio } = stage.sandbox;
	addOddPeople(stage.company);
	// The scenarios are about departments alone.
	await stage.setParameters(SYNC, 'Plan Sync', { groupLevels: { level: [{ field: 'department' }] } });
	await checks.run('360Learning: the dry run changes nothing and shows 34 invitations', async () => {
		const before = threeSixtyLearning.snapshot();
		const { writes, report } = await stage.run(SYNC);
		assert.deepEqual(writes, []);
		assert.deepEqual(threeSixtyLearning.snapshot(), before);
		assert.equal(report.decisions.invite, 34);
		return report.text.split('\n')[0];
	});
	await stage.setParameters(SYNC, 'Plan Sync', { dryRun: false });
	await checks.run('all active people are learners in the synced group, invited once', async () => {
		const { writes, report } = await stage.run(SYNC);
		assert.deepEqual(report.failed, []);
		const members = new Set(
			threeSixtyLearning.memberships
				.filter(({ groupId, role }) => groupId === threeSixtyLearning.syncRoot && role === 'learner')
				.map(({ userId }) => threeSixtyLearning.users.get(userId)?.mail),
		);
		const active = [...personio.people.values()].filter(
			({ status, email }) => status !== 'inactive' && email,
		);
		assert.deepEqual(
			active.filter(({ email }) => !members.has(email ?? '')),
			[],
		);
		assert.equal(members.size, active.length);
		const invited = threeSixtyLearning.mails.filter(({ kind }) => kind === 'invitation');
		assert.equal(invited.length, active.length);
		return `${members.size} learners, ${invited.length} invitations, ${writes.length} writes`;
	});
	await checks.run('the data is in the right fields', async () => {
		const { users, externalIds, managers, values, customFields } = threeSixtyLearning;
		for (const person of personio.people.values()) {
			if (person.status === 'inactive' || !person.email) continue;
			const link = [...externalIds.values()].find(
				({ platform, value }) => platform === 'personio-n8n' && value === String(person.id),
			);
			const user = users.get(link?.targetId ?? '');
			assert.equal(user?.mail, person.email);
			assert.equal(user?.firstName, person.firstName);
			assert.equal(user?.lastName, person.lastName);
			assert.equal(user?.job ?? null, person.position || null);
			const boss = personio.people.get(person.supervisorId ?? 0)?.email;
			const set = (managers.get(user?._id ?? '') ?? []).map((id) => users.get(id)?.mail);
			assert.deepEqual(set, boss ? [boss] : []);
			const department = (values.get(user?._id ?? '') ?? []).find(
				({ customFieldId }) => customFields.get(customFieldId)?.name === 'Department',
			);
			assert.equal(department?.value ?? null, person.department);
		}
		const [sample] = [...users.values()].filter(({ job }) => job);
		return JSON.stringify(sample && { mail: sample.mail, firstName: sample.firstName, job: sample.job });
	});
	await checks.run(
		'the run after that writes nothing, and neither does the one after acceptance',
		async () => {
			const first = await stage.run(SYNC);
			assert.deepEqual(first.writes, []);
			threeSixtyLearning.acceptAllInvitations();
			const second = await stage.run(SYNC);
			assert.deepEqual(second.writes, []);
			return `0 writes, ${first.calls} calls`;
		},
	);
	await checks.run('the token expires between two runs: the next run renews it and goes on', async () => {
		threeSixtyLearning.expireTokens();
		const { writes } = await stage.run(SYNC);
		assert.deepEqual(writes, []);
		return `${threeSixtyLearning.calls.filter(({ kind }) => kind === 'auth').length} login`;
	});
}

async function lifeCycle(checks: Checks, stage: Stage): Promise<void> {
	let held = 1;
	for (const { name, change, writes: expected, held: codes = [] } of [...LIFECYCLE, ...LIFECYCLE_360]) {
		await checks.run(`360Learning: ${name}`, async () => {
			change(stage.company);
			const { writes, report } = await stage.run(SYNC);
			assert.deepEqual([...writes].sort(), [...expected.threeSixtyLearning].sort());
			assert.deepEqual(report.failed, []);
			held += codes.length;
			assert.equal(report.held.length, held);
			for (const code of codes) assert.ok(report.held.some((each) => each.code === code));
			const again = await stage.run(SYNC);
			assert.deepEqual(again.writes, []);
			return [...(writes.length > 0 ? writes : ['no write']), ...codes.map((code) => `held ${code}`)].join(
				', ',
			);
		});
	}
}

async function schedules(checks: Checks, stage: Stage): Promise<void> {
	const { threeSixtyLearning, personio } = stage.sandbox;
	await checks.run('published, the sync to 360Learning runs by its trigger', async () => {
		const change = () => personio.change(stage.company.person(11), { lastName: 'Geplant' });
		const { writes } = await stage.scheduled(SYNC, change, 'success');
		assert.deepEqual(writes, ['PATCH /users/:id lastName']);
		return writes.join(', ');
	});
	await checks.run('published, the offboarding deletes a leaver and touches nobody else', async () => {
		await stage.setParameters(OFFBOARD, 'Plan Leavers', { dryRun: false });
		const leaver = stage.company.person(12);
		const change = () => {
			personio.change(leaver, { terminationDate: stage.company.day(-2) });
			personio.change(stage.company.person(13), { lastName: 'Untouched', department: null });
		};
		const { writes } = await stage.scheduled(OFFBOARD, change, 'success');
		assert.deepEqual(writes, ['DELETE /users/:id']);
		const link = [...threeSixtyLearning.externalIds.values()].find(({ value }) => value === String(leaver));
		assert.equal(threeSixtyLearning.users.get(link?.targetId ?? '')?.status, 'deleted');
		return writes.join(', ');
	});
}

async function bothPlatforms(checks: Checks, stage: Stage): Promise<void> {
	const { learnUpon, threeSixtyLearning } = stage.sandbox;
	await stage.setParameters(BOTH, 'Plan 360Learning', { groupLevels: { level: [{ field: 'department' }] } });
	await checks.run('one roster feeds both platforms, each with a plan and a report of its own', async () => {
		const preview = await stage.run(BOTH);
		assert.deepEqual(preview.writes, []);
		for (const plan of ['Plan LearnUpon', 'Plan 360Learning']) {
			await stage.setParameters(BOTH, plan, { dryRun: false });
		}
		await stage.run(SYNC);
		const { reports, writes } = await stage.run(BOTH);
		assert.deepEqual(reports.map(({ title }) => title).sort(), [
			'Personio to 360Learning',
			'Personio to LearnUpon',
		]);
		const invitations = writes.filter((write) => write.startsWith('POST /portal_invite'));
		const others = writes.filter((write) => !/^POST \/(portal_invite|groups)/.test(write));
		assert.ok(invitations.length > 0);
		assert.deepEqual(others, []);
		learnUpon.acceptAllInvites();
		await stage.run(BOTH);
		const again = await stage.run(BOTH);
		assert.deepEqual(again.writes, []);
		return `${invitations.length} invitations from LearnUpon, 0 writes afterwards`;
	});
	await checks.run(
		'if one platform cannot be reached, its report says so, the other is synced, and the run ends with an alert',
		async () => {
			stage.sandbox.personio.change(stage.company.person(11), { lastName: 'Doppelt' });
			learnUpon.misbehave({ match: { path: '*' }, do: { status: 503 } });
			const { reports, writes } = await stage.run(BOTH, 'alert');
			learnUpon.behave();
			assert.deepEqual(writes, ['PATCH /users/:id lastName']);
			const failed = reports.find(({ success }) => !success);
			assert.match(failed?.text ?? '', /The plan failed\. LearnUpon answered HTTP 503/);
			assert.equal(
				threeSixtyLearning.snapshot().users.some(({ lastName }) => lastName === 'Doppelt'),
				true,
			);
			return failed?.failed[0]?.message;
		},
	);
}
