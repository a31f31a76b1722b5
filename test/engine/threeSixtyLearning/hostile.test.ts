import type { SyncItem } from '../../../nodes/shared/item';
import type { SandboxOptions } from '../../sandbox';
import { PACKAGE } from '../harness';
import type { Stage } from '../start';
import { sync } from '../sync';
import { accountOf, planFor, startLearning } from './stage';

/** Faults, repetitions and odd data that once did harm. */

let stage: Stage;
afterEach(async () => await stage.close());

const ANNA = 'anna@example.com';
const company = [
	{ firstName: 'Anna', lastName: 'Arendt', email: ANNA, status: 'active' as const, department: 'Sales' },
	{ firstName: 'Ben', lastName: 'Brandt', email: 'ben@example.com', status: 'active' as const },
];
const start = async (options: SandboxOptions = {}) => {
	stage = await startLearning({ company, ...options });
};
const learning = () => stage.sandbox.threeSixtyLearning;
const personio = () => stage.sandbox.personio;
const idOf = (firstName: string): number =>
	[...personio().people.values()].find((person) => person.firstName === firstName)?.id ?? 0;
const day = (offset: number) =>
	new Date(stage.sandbox.clock.now().getTime() + offset * 86_400_000).toISOString().slice(0, 10);
const run = async (over: object = {}) =>
	await sync(
		stage.engine,
		planFor(stage, { limits: { maxDeactivations: 9, maxDeactivationPercent: 100 }, ...over }),
	);
const writesNothing = async (over: object = {}) => {
	learning().clearCalls();
	await run(over);
	expect(learning().writes()).toEqual([]);
};
const READ = {
	name: 'Read',
	type: `${PACKAGE}.personio`,
	parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
};
const step = (operation: string) => ({
	name: operation,
	parameters: { platform: 'threeSixtyLearning', resource: 'learner', operation },
	onError: 'continueRegularOutput' as const,
});
/** What a plan puts out for the steps behind it. */
const planned = async (over: object = {}) => {
	const parameters = { resource: 'run', operation: 'plan', ...planFor(stage, over) };
	const { outputs } = await stage.engine.chain([READ, { name: 'Plan', parameters }], [{}]);
	return (outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem);
};
const apply = async (operation: string, items: SyncItem[]) => {
	const { outputs } = await stage.engine.run(step(operation), items);
	return (outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem);
};
const mails = () => learning().mails.filter(({ kind }) => kind === 'invitation').length;

describe('somebody who left and comes back', () => {
	beforeEach(async () => {
		await start();
		await run();
		learning().acceptAllInvitations();
		personio().change(idOf('Anna'), { terminationDate: day(20) });
		await run();
		personio().change(idOf('Anna'), { status: 'inactive' });
		await run();
		expect(accountOf(stage, ANNA).status).toBe('deleted');
	});

	it('is let in again before the last day, and that day is set again', async () => {
		personio().change(idOf('Anna'), { status: 'active' });
		await run();
		expect(accountOf(stage, ANNA)).toMatchObject({
			status: 'active',
			toBeDeactivatedAt: expect.stringContaining(day(21)),
		});
		await writesNothing();
	});

	it('with another address has one account, also when the step is repeated', async () => {
		personio().change(idOf('Anna'), { status: 'active', terminationDate: null, email: 'new@example.com' });
		const items = await planned();
		const count = learning().users.size;
		await apply('upsert', items);
		const again = await apply('upsert', items);
		expect(again.flatMap(({ error }) => error ?? [])).toEqual([]);
		expect(learning().users.size).toBe(count);
		expect(accountOf(stage, 'new@example.com')).toMatchObject({ status: 'active', firstName: 'Anna' });
		await run();
		await writesNothing();
	});

	it('is not left without access when the activation fails', async () => {
		personio().change(idOf('Anna'), { status: 'active', terminationDate: null });
		const behave = learning().misbehave({ match: { method: 'PUT', path: /activate/ }, do: { status: 403 } });
		await expect(run()).rejects.toMatchObject({ message: expect.stringContaining('Anna') });
		behave();
		await run();
		expect(accountOf(stage, ANNA).status).toBe('active');
		await writesNothing();
	});
});

describe('an account that somebody else has linked meanwhile', () => {
	it('is not taken over, and nothing of it is changed', async () => {
		await start();
		const stranger = learning().addUser({ mail: ANNA, firstName: 'Other', lastName: 'Person' });
		learning().addMembership(learning().rootGroup, stranger._id);
		const items = await planned();
		learning().addExternalId({ platform: 'personio-n8n', targetId: stranger._id, value: '999' });
		const results = await apply('upsert', items);
		expect(results.find(({ employee }) => employee?.firstName === 'Anna')?.error).toMatch(/carries 999/);
		expect(accountOf(stage, ANNA)).toMatchObject({ firstName: 'Other', link: '999' });
	});

	it('is not taken over after an invitation without a proper answer', async () => {
		await start();
		const hobby = [...learning().customFields.values()].find(({ name }) => name === 'Hobby')?._id ?? '';
		const items = await planned();
		const stranger = learning().addUser({ mail: ANNA, firstName: 'Other' });
		learning().values.set(stranger._id, [{ customFieldId: hobby, type: 'string', value: 'Chess' }]);
		learning().misbehave({
			match: ({ method, path, body }) =>
				method === 'POST' && path === '/api/v2/users' && JSON.stringify(body).includes(ANNA),
			times: 1,
			do: { status: 503 },
		});
		await apply('invite', items);
		expect(accountOf(stage, ANNA)).toMatchObject({ firstName: 'Other', values: { Hobby: 'Chess' } });
		expect(accountOf(stage, ANNA).link).toBeUndefined();
	});
});

it('a link whose account is gone for good does not keep somebody from getting one', async () => {
	await start();
	const gone = 'ffffffffffffffffffffffff';
	learning().addExternalId({ platform: 'personio-n8n', targetId: gone, value: String(idOf('Anna')) });
	await run();
	expect(accountOf(stage, ANNA)).toMatchObject({ status: 'invited', link: String(idOf('Anna')) });
	await writesNothing();
});

it('a custom field with the name of a standard one is left alone', async () => {
	await start();
	const field = learning().addCustomField({ name: 'Job Title' });
	personio().change(idOf('Anna'), { position: 'Agent' });
	await run();
	const { _id } = accountOf(stage, ANNA);
	learning().values.set(_id, [{ customFieldId: field._id, type: 'string', value: 'By hand' }]);
	const fieldMapping = { field: [{ attribute: 'department', field: 'Department' }] };
	await run({ fieldMapping });
	expect(accountOf(stage, ANNA)).toMatchObject({ job: 'Agent', values: { 'Job Title': 'By hand' } });
	await writesNothing({ fieldMapping });
});

describe('odd names of groups', () => {
	const plan = {
		groupLevels: { level: [{ field: 'office' }, { field: 'department' }] },
		createMissingGroups: true,
	};

	it('with blanks around them keep their members', async () => {
		await start();
		const paris = learning().addGroup({ name: 'Paris ', parentId: learning().syncRoot });
		learning().addGroup({ name: 'Sales', parentId: paris._id });
		personio().change(idOf('Anna'), { office: 'Paris' });
		await run(plan);
		expect(accountOf(stage, ANNA).groups).toEqual(['Personio', 'Sales']);
		await writesNothing(plan);
	});

	it('that begin with a slash never lead to the top of the platform', async () => {
		await start();
		personio().change(idOf('Anna'), { office: '/Nordhafen Academy', department: '/IT' });
		await run(plan);
		expect(accountOf(stage, ANNA).groups).toEqual(['IT', 'Personio']);
		await writesNothing(plan);
	});

	it('that separate parts of a path are one part', async () => {
		await start();
		personio().change(idOf('Anna'), { office: 'Paris > Nord', department: 'R > D' });
		await run(plan);
		expect(accountOf(stage, ANNA).groups).toEqual(['Personio', 'R / D']);
		await writesNothing(plan);
	});

	it('are not made a second time where the list of groups has a gap', async () => {
		await start();
		personio().change(idOf('Anna'), { office: 'Paris' });
		await run(plan);
		const groups = learning().groups.size;
		const paris = [...learning().groups.values()].find(({ name }) => name === 'Paris')?._id;
		learning().misbehave({
			match: ({ path }) => path === '/api/v2/groups',
			do: { wrongType: [...learning().groups.values()].filter(({ _id }) => _id !== paris) },
		});
		const { report } = await run(plan);
		expect(report.text).toContain('without the group above');
		expect(report.needsAttention).toBe(true);
		expect(learning().groups.size).toBe(groups);
	});
});

describe('what is not known of 360Learning', () => {
	it('does not delete anybody if inviting twice answers as a restoration does', async () => {
		await start({ threeSixtyLearning: { repeatedInvitation: 'sentAgain' } });
		const items = await planned();
		await apply('invite', items);
		await apply('invite', items);
		expect(accountOf(stage, ANNA).status).toBe('invited');
		expect(mails()).toBe(2);
	});

	it('does not fail anybody if a repeated membership is refused', async () => {
		await start({ threeSixtyLearning: { repeatedRole: 'refused' } });
		const rule = { field: 'status', operator: 'isNotEmpty', value: '' };
		const items = await apply(
			'invite',
			await planned({ groupRules: { rule: [{ ...rule, group: 'Everyone' }] }, createMissingGroups: true }),
		);
		await apply('mapGroups', items);
		const again = await apply('mapGroups', items);
		expect(again.flatMap(({ error }) => error ?? [])).toEqual([]);
		expect(accountOf(stage, ANNA).groups).toEqual(['Everyone', 'Personio']);
	});
});
