import assert from 'node:assert/strict';

import type { Decision } from '../../nodes/shared/item';
import { addOddPeople } from '../scenarios/company';
import { LIFECYCLE } from '../scenarios/lifecycle';
import type { Checks } from './checks';
import { planOf, type Run, type Stage } from './stage';

const SYNC = 'sync-personio-to-learnupon.json';
const OFFBOARD = 'offboard-personio-leavers-in-learnupon.json';

/** The LearnUpon templates from the first look to a leaver found by the schedule. */
export async function learnUponChecks(checks: Checks, stage: Stage): Promise<void> {
	await firstLoad(checks, stage);
	await lifeCycle(checks, stage);
	await failures(checks, stage);
	await schedules(checks, stage);
}

async function firstLoad(checks: Checks, stage: Stage): Promise<void> {
	const { learnUpon, personio } = stage.sandbox;
	addOddPeople(stage.company);
	await stage.setParameters(SYNC, 'Plan Sync', {
		groupRules: { rule: [{ field: 'status', operator: 'isNotEmpty', value: '', group: 'Everyone' }] },
	});
	let preview: Run | undefined;
	await checks.run('the dry run changes nothing and lists exactly the invitations', async () => {
		const before = learnUpon.snapshot();
		preview = await stage.run(SYNC);
		assert.deepEqual(preview.writes, []);
		assert.deepEqual(learnUpon.snapshot(), before);
		assert.equal(preview.report.dryRun, true);
		assert.equal(preview.report.decisions.invite, 34);
		assert.deepEqual(
			preview.report.held.map(({ code }) => code),
			['noEmail'],
		);
		assert.ok(preview.execution.executionHints.some(({ message }) => message.includes('Dry Run is on')));
		return preview.report.text.split('\n')[0];
	});
	await checks.run('the report is a page that asks nothing of the network', async () => {
		const file = preview?.execution.itemsOf('Report on Run')[0]?.binary?.report;
		assert.ok(file);
		const html = (await stage.n8n.client.binary(file)).toString();
		assert.match(html, /Dry run\./);
		assert.doesNotMatch(html, /(src|href)=/);
		return `${file.fileName}, ${html.length} bytes`;
	});
	await checks.run('v2 gives the same plan as v1', async () => {
		await stage.setParameters(SYNC, 'Read Employees', { apiVersion: 'v2' });
		const v2 = await stage.run(SYNC);
		await stage.setParameters(SYNC, 'Read Employees', { apiVersion: 'v1' });
		const decisions = (run: Run | undefined) =>
			run &&
			Object.values(planOf(run, 'Plan Sync'))
				.flat()
				.map(({ employee, decision }) => [employee?.id, decision && ofAnyReading(decision)])
				.sort();
		assert.deepEqual(decisions(v2), decisions(preview));
		return `${v2.calls} calls instead of ${preview?.calls}`;
	});
	await stage.setParameters(SYNC, 'Plan Sync', { dryRun: false });
	await checks.run('with dry run off everybody in scope is invited once, nobody who has left', async () => {
		const { writes, report } = await stage.run(SYNC);
		const invitations = writes.filter((write) => write.startsWith('POST /portal_invite'));
		assert.equal(invitations.length, 34);
		assert.equal(new Set([...learnUpon.invites.values()].map(({ email }) => email)).size, 34);
		assert.equal(report.outcomes.failed, 0);
		return `${invitations.length} invitations, ${writes.length} writes`;
	});
	await checks.run('open invitations are shown as pending and not repeated', async () => {
		const { writes, report } = await stage.run(SYNC);
		assert.deepEqual(writes, []);
		assert.equal(report.run?.learners.pending, 34);
	});
	await checks.run('after acceptance the next run joins the groups', async () => {
		learnUpon.acceptAllInvites();
		const { writes } = await stage.run(SYNC);
		assert.ok(writes.length > 0);
		assert.ok(
			writes.every((write) => /^POST \/group/.test(write)),
			writes.join('\n'),
		);
		return `${writes.length} writes`;
	});
	await checks.run('the run after that writes nothing', async () => {
		const { writes, calls } = await stage.run(SYNC);
		assert.deepEqual(writes, []);
		return `0 writes, ${calls} calls`;
	});
	await checks.run('the token expires between two runs: the next run renews it and goes on', async () => {
		personio.expireTokens();
		const { writes, report } = await stage.run(SYNC);
		assert.deepEqual(writes, []);
		assert.equal(report.run?.roster.complete, true);
		const logins = personio.calls.filter(({ kind }) => kind === 'auth').map(({ path }) => path);
		assert.deepEqual(logins, ['/v1/auth', '/v2/auth/token']);
		return `${logins.length} logins`;
	});
}

async function lifeCycle(checks: Checks, stage: Stage): Promise<void> {
	let held = 1;
	for (const { name, change, writes: expected, held: codes = [] } of LIFECYCLE) {
		await checks.run(name, async () => {
			change(stage.company);
			const { writes, report } = await stage.run(SYNC);
			assert.deepEqual(writes, expected.learnUpon);
			assert.equal(report.outcomes.failed, 0);
			held += codes.length;
			assert.equal(report.held.length, held);
			const again = await stage.run(SYNC);
			assert.deepEqual(again.writes, []);
			return [...(writes.length > 0 ? writes : ['no write']), ...codes.map((code) => `held ${code}`)].join(
				', ',
			);
		});
	}
}

async function failures(checks: Checks, stage: Stage): Promise<void> {
	const { learnUpon, personio } = stage.sandbox;
	await checks.run(
		'an address that LearnUpon refuses leaves by the error output, the others go on',
		async () => {
			personio.hire({
				firstName: 'Wrong',
				lastName: 'Address',
				email: 'refused@example.com',
				status: 'active',
			});
			personio.hire({
				firstName: 'Right',
				lastName: 'Address',
				email: 'taken@example.com',
				status: 'active',
			});
			learnUpon.misbehave({
				match: ({ path, body }) =>
					path.endsWith('/portal_invite') && JSON.stringify(body).includes('refused@'),
				do: {
					status: 400,
					body: { response_type: 'ERROR', response_code: 400, message: 'email is invalid' },
				},
			});
			const { report, execution } = await stage.run(SYNC);
			learnUpon.behave();
			assert.equal(execution.itemsOf('Invite Learners', 1).length, 1);
			assert.deepEqual(
				report.failed.map(({ who }) => who),
				['Wrong Address (refused@example.com)'],
			);
			assert.ok([...learnUpon.invites.values()].some(({ email }) => email === 'taken@example.com'));
			assert.equal(report.success, false);
			return report.failed[0]?.message;
		},
	);
	await checks.run('the run after that heals it', async () => {
		const { writes, report } = await stage.run(SYNC);
		assert.equal(writes.filter((write) => write.startsWith('POST /portal_invite')).length, 1);
		assert.deepEqual(report.failed, []);
	});
	await checks.run('half of the people missing: nobody loses anything', async () => {
		const before = learnUpon.snapshot();
		personio.misbehave({ match: { path: '/v1/company/employees' }, do: { shortPage: 17 } });
		const { writes, report, execution } = await stage.run(SYNC, 'alert');
		personio.behave();
		assert.deepEqual(writes, []);
		assert.deepEqual(learnUpon.snapshot(), before);
		assert.equal(report.run?.roster.complete, false);
		return `${report.held.length} held, ${execution.error?.message}`;
	});
}

async function schedules(checks: Checks, stage: Stage): Promise<void> {
	const { learnUpon, personio, clock } = stage.sandbox;
	await checks.run('published, the sync runs by its trigger', async () => {
		const change = () => personio.change(stage.company.person(11), { lastName: 'Geplant' });
		const run = await stage.scheduled(SYNC, change, 'success');
		assert.deepEqual(run.writes, ['PUT /users/:id last_name']);
		return run.writes.join(', ');
	});
	await checks.run('published, the offboarding ends access of a leaver and touches nobody else', async () => {
		const leaver = stage.company.person(12);
		await stage.setParameters(OFFBOARD, 'Plan Leavers', { dryRun: false });
		const before = learnUpon.snapshot();
		const change = () => {
			personio.change(leaver, { terminationDate: stage.company.day(-2) });
			personio.change(stage.company.person(13), { lastName: 'Untouched' });
		};
		const run = await stage.scheduled(OFFBOARD, change, 'success');
		assert.deepEqual(run.writes, ['PUT /users/:id enabled']);
		const disabled = [...learnUpon.users.values()].filter(
			({ enabled, custom }) => !enabled && custom['Personio ID'] === String(leaver),
		);
		assert.equal(disabled.length, 1);
		assert.equal(learnUpon.snapshot().users.length, before.users.length);
		return `${run.writes.join(', ')} (${clock.now().toISOString().slice(0, 10)})`;
	});
}

/** A decision without what differs by the API that was read and by the moment: v1 alone tells the zone. */
function ofAnyReading({ decidedAt: _, reading: __, explanation, ...decision }: Decision) {
	if (!explanation) return decision;
	const { zone: ___, ...access } = explanation.access;
	return { ...decision, explanation: { ...explanation, access } };
}
