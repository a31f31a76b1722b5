import type { IDataObject, INode } from 'n8n-workflow';

import type { HeldDecision, SyncItem } from '../../nodes/shared/item';
import { live } from '../safety/live';
import { PACKAGE } from './harness';
import { startStage, type Stage } from './start';
import { sync } from './sync';

/** What went wrong once under attack, and must not again. */

let stage: Stage;
beforeEach(async () => {
	stage = await startStage({ company: 'empty', learnUpon: {} });
	// No portal is without the account of whoever has set it up.
	stage.sandbox.learnUpon.addUser({ email: 'admin@example.org' });
});
afterEach(async () => await stage.close());

const hire = (lastName: string, more: object = {}) =>
	stage.sandbox.personio.hire({
		firstName: 'Test',
		lastName,
		email: `${lastName.toLowerCase()}@example.com`,
		status: 'active',
		department: 'Sales',
		...more,
	});

const linked = (id: number, more: object = {}) =>
	stage.sandbox.learnUpon.addUser({
		firstName: 'Test',
		email: stage.sandbox.personio.people.get(id)?.email ?? '',
		lastName: stage.sandbox.personio.people.get(id)?.lastName ?? '',
		custom: { 'Personio ID': String(id) },
		...more,
	});

const codes = (held: SyncItem[]) => held.map(({ decision }) => (decision as HeldDecision).hold.code);

const plan = async (parameters: INode['parameters']) =>
	await stage.engine.chain(
		[
			{
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
			},
			{ name: 'Plan', parameters: { resource: 'run', operation: 'plan', dryRun: false, ...parameters } },
		],
		[{}],
	);

it('repeats no invitation when n8n repeats the whole step', async () => {
	const { learnUpon } = stage.sandbox;
	learnUpon.options.duplicatePortalInvite = 'second';
	for (const name of ['Anna', 'Ben', 'Carl']) hire(name);
	hire('Broken');
	learnUpon.misbehave({
		match: ({ path, body }) => path.endsWith('/portal_invite') && JSON.stringify(body).includes('broken@'),
		do: { status: 400, body: { response_type: 'ERROR', response_code: 400, message: 'email is invalid' } },
	});
	const planned = await plan({});
	const items = (planned.outputs[0] ?? []).map(({ json }) => json);
	const invite = { parameters: { resource: 'learner', operation: 'invite' } };
	await stage.engine.run({ ...invite, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 }, items);
	await stage.engine.run({ ...invite, onError: 'continueErrorOutput' }, items);
	expect([...learnUpon.invites.values()].map(({ email }) => email).sort()).toEqual([
		'anna@example.com',
		'ben@example.com',
		'carl@example.com',
	]);
});

describe('an account without a link whose address two employees share', () => {
	it.each(['inactive only', 'filtered behind the read'])('is not disabled by a read of %s', async (how) => {
		const { learnUpon } = stage.sandbox;
		hire('Old', { status: 'inactive', email: 'twin@example.com' });
		hire('New', { email: 'twin@example.com' });
		learnUpon.addUser({ email: 'twin@example.com' });
		if (how === 'inactive only') {
			const { held } = await sync(stage.engine, { dryRun: false }, { filters: { statuses: ['inactive'] } });
			expect(codes(held)).toEqual(['incompleteRoster']);
		} else {
			const read = await stage.engine.run(
				{
					type: `${PACKAGE}.personio`,
					parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
				},
				[{}],
			);
			const some = (read.outputs[0] ?? [])
				.map(({ json }) => json)
				.filter((json) => (json.employee as { status: string }).status === 'inactive');
			const run = await stage.engine.run(
				{ parameters: { resource: 'run', operation: 'plan', dryRun: false } },
				some,
			);
			expect(run.outputs[1]).toEqual([]);
			expect(run.outputs[2]).toHaveLength(1);
		}
		expect([...learnUpon.users.values()].every(({ enabled }) => enabled)).toBe(true);
	});
});

it.each([
	[{ fieldMapping: { field: [{ attribute: 'position', field: 'personio_id' }] } }, /holds the Personio ID/],
	[
		{
			fieldMapping: {
				field: [
					{ attribute: 'position', field: 'Department' },
					{ attribute: 'office', field: 'department' },
				],
			},
		},
		/Two rows of "Field Mapping"/,
	],
	[{ limits: { maxDeactivations: '={{ "abc" }}' } }, /"Max Deactivations" is not a number/],
	[{ limits: { maxDeactivationPercent: '={{ NaN }}' } }, /"Max Deactivation Percent" is not a number/],
	[{ scope: { exclude: '={{ 4711 }}' } }, undefined],
	[
		{ groupLevels: { level: [{ field: 'dynamic_1' }] } },
		/uses dynamic_1, and the employees were read without it/,
	],
	[
		{ scope: { filters: { filter: [{ field: 'depatment', operator: 'equals', value: 'x' }] } } },
		/uses depatment/,
	],
])('refuses settings that would do harm or nothing: %j', async (parameters, message) => {
	hire('Anna');
	const run = await plan(parameters as INode['parameters']);
	if (message) expect(run.error?.message).toMatch(message);
	else expect(run.error).toBeUndefined();
	expect(stage.sandbox.learnUpon.writes()).toEqual([]);
});

it('writes a choice, whose values the list of users leaves out', async () => {
	stage.sandbox.learnUpon.addCustomField({ label: 'Region', typeId: 4, predefinedValues: ['Sales', 'IT'] });
	const anna = hire('Anna');
	linked(anna.id);
	await sync(stage.engine, {
		dryRun: false,
		fieldMapping: { field: [{ attribute: 'department', field: 'Region' }] },
	});
	const regions = [...stage.sandbox.learnUpon.users.values()].map(({ custom }) => custom.Region);
	expect(regions).toContain('Sales');
});

describe('a report is no success', () => {
	it('when a page of the employees did not come', async () => {
		for (let n = 0; n < 120; n++) hire(`P${n}`);
		const { personio } = stage.sandbox;
		personio.misbehave({ match: { path: '/v1/company/employees' }, skip: 1, do: { status: 403 } });
		const { report } = await sync(stage.engine, {});
		expect(report).toMatchObject({ success: false, needsAttention: true });
		expect(report.text).toMatch(/not read completely/);
	});

	it('when a decision was led past its step', async () => {
		const anna = hire('Anna', { status: 'inactive' });
		linked(anna.id);
		const planned = await plan({});
		const items = [...(planned.outputs[1] ?? []), ...(planned.outputs[3] ?? [])].map(({ json }) => json);
		const upserted = await stage.engine.run(
			{ parameters: { resource: 'learner', operation: 'upsert' } },
			items,
		);
		const report = await stage.engine.run(
			{ parameters: { resource: 'run', operation: 'report' } },
			(upserted.outputs[0] ?? []).map(({ json }) => json),
		);
		expect(report.outputs[0]?.[0]?.json).toMatchObject({ success: false, undone: 1 });
	});

	it('when foreign items were fed to a step', async () => {
		const node = {
			parameters: { resource: 'learner', operation: 'upsert' },
			onError: 'continueErrorOutput' as const,
		};
		const fed = await stage.engine.run(node, [{ name: 'x' }]);
		const report = await stage.engine.run(
			{ parameters: { resource: 'run', operation: 'report' } },
			(fed.outputs[1] ?? []).map(({ json }) => json),
		);
		expect(report.outputs[0]?.[0]?.json).toMatchObject({ success: false });
	});
});

it('does not enable an account that the LMS itself ended on the last day', async () => {
	const today = stage.sandbox.clock.today();
	const anna = hire('Anna', { terminationDate: today });
	linked(anna.id, { accountExpires: today, enabled: false });
	const { upsert } = await sync(stage.engine, { dryRun: false });
	expect(upsert).toEqual([]);
	expect(stage.sandbox.learnUpon.writes()).toEqual([]);
});

it('puts an account that it did not make into no group', async () => {
	const eve = hire('Eve');
	const planned = await plan({
		newLearners: 'create',
		groupLevels: { level: [{ field: 'department' }] },
		createMissingGroups: true,
	});
	stage.sandbox.learnUpon.addUser({ email: eve.email ?? '', custom: { 'Personio ID': '999' } });
	const items = (planned.outputs[0] ?? []).map(({ json }) => json);
	const run = await stage.engine.chain(
		['upsert', 'mapGroups'].map((operation) => ({
			name: operation,
			parameters: { resource: 'learner', operation },
		})),
		items,
	);
	expect(run.error).toBeUndefined();
	expect(stage.sandbox.learnUpon.memberships).toEqual([]);
});

it('gives one group to departments that differ in letter case only', async () => {
	for (const [index, department] of ['Sales', 'SALES', 'sales'].entries()) {
		linked(hire(`P${index}`, { department }).id);
	}
	const { outcomes } = await sync(stage.engine, {
		dryRun: false,
		groupLevels: { level: [{ field: 'department' }] },
		createMissingGroups: true,
	});
	expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
	expect(stage.sandbox.learnUpon.groups.size).toBe(1);
});

it('leaves no group before the other one is joined for certain', async () => {
	const { learnUpon, personio } = stage.sandbox;
	const fay = hire('Fay');
	const user = linked(fay.id);
	learnUpon.addMembership(learnUpon.addGroup('Sales').id, user.id);
	learnUpon.addGroup('Ops');
	hire('Other', { department: 'Sales' });
	personio.change(fay.id, { department: 'Ops' });
	learnUpon.misbehave({ match: { method: 'POST', path: '/api/v1/group_memberships' }, do: 'ignoreWrite' });
	const levels = { dryRun: false, groupLevels: { level: [{ field: 'department' }] } };
	await expect(sync(stage.engine, levels)).rejects.toMatchObject({
		message: expect.stringContaining('did not take the membership of "Ops", so no group was left'),
	});
	expect(learnUpon.memberships).toHaveLength(1);
	learnUpon.behave();
	await sync(stage.engine, levels);
	expect(learnUpon.memberships.map(({ groupId }) => learnUpon.groups.get(groupId)?.title)).toEqual(['Ops']);
});

it('names a value that does not fit its field, also where nothing else differs', async () => {
	stage.sandbox.learnUpon.addCustomField({ label: 'Grade', typeId: 3 });
	linked(hire('Anna', { position: 'Engineer' }).id);
	const { results, report } = await sync(stage.engine, {
		fieldMapping: { field: [{ attribute: 'position', field: 'Grade' }] },
	});
	const [anna] = results.filter(({ decision }) => decision);
	expect(anna?.decision).toMatchObject({
		action: 'none',
		notes: [expect.stringContaining('takes whole numbers')],
	});
	expect(report.decisions).toMatchObject({ none: 1 });
});

it('takes nobody for deleted where Personio knows nobody by id, not even those whom it lists', async () => {
	const { personio } = stage.sandbox;
	const [anna, ben] = ['Anna', 'Ben'].map((name) => hire(name).id) as [number, number];
	linked(anna);
	linked(ben);
	personio.unlisted.add(anna);
	const over = { options: { missingRuns: 1 }, limits: { maxDeactivationPercent: 100 } };
	const stop = personio.misbehave({
		match: ({ path }) => /employees\/\d+$/.test(path),
		do: { status: 404, body: { success: false, error: { code: 404, message: 'Not found' } } },
	});
	const { outputs } = await plan(over);
	stop();
	const [, deactivate = [], held = []] = outputs;
	expect(deactivate).toEqual([]);
	expect(codes(held.map(({ json }) => json as unknown as SyncItem))).toEqual(['missing']);
	expect(JSON.stringify(held)).toContain('could not be asked by id');
});

it('invites nobody again while the list of invitations comes empty', async () => {
	const { learnUpon } = stage.sandbox;
	learnUpon.options.duplicatePortalInvite = 'second';
	for (const name of ['Anna', 'Ben', 'Carl']) hire(name);
	const memory: IDataObject = {};
	const run = async () =>
		await live(stage.engine, { plan: { platform: 'learnUpon', dryRun: false }, memory });
	await run();
	expect(learnUpon.invites.size).toBe(3);
	const stop = learnUpon.misbehave({
		match: ({ method, path }) => method === 'GET' && path.endsWith('/group_invites'),
		do: 'emptyPage',
	});
	for (let each = 0; each < 3; each++) {
		const { planned } = await run();
		const people = planned.filter(({ decision }) => decision);
		expect(codes(people)).toEqual(Array(3).fill('incompleteLearners'));
	}
	stop();
	expect((await run()).outcomes).toEqual([]);
	expect(learnUpon.invites.size).toBe(3);
});
