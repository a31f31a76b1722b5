import type { INode } from 'n8n-workflow';

import { employeeId, type Employee, type Roster } from '../../nodes/shared/item';
import { CUSTOM } from '../sandbox/company/attributes';
import { PACKAGE, type Poller } from './harness';
import { startStage, type Stage } from './start';

/** What is asked of Personio about people, by the log of the requests. */

let stage: Stage;
beforeEach(async () => {
	stage = await startStage();
});
afterEach(async () => await stage.close());

const ALWAYS = [
	'email',
	'first_name',
	'last_name',
	'status',
	'hire_date',
	'termination_date',
	'last_modified_at',
];

const get = async (parameters: INode['parameters'], more: Partial<INode> = {}) =>
	await stage.engine.run(
		{
			type: `${PACKAGE}.personio`,
			parameters: { resource: 'employee', operation: 'getAll', ...parameters },
			...more,
		},
		[{}],
	);

const poller = (parameters: object): Poller => ({
	parameters: parameters as Poller['parameters'],
	staticData: {},
	timezone: 'Europe/Berlin',
});

/** Calls that deliver people: lists, single records, employments. */
const peopleCalls = () =>
	stage.sandbox.personio.calls.filter(
		({ path }) =>
			path === '/v1/company/employees' ||
			/^\/v1\/company\/employees\/\d+$/.test(path) ||
			path.startsWith('/v2/persons'),
	);
const projections = () => [
	...new Set(peopleCalls().map(({ query }) => [...query.getAll('attributes[]')].sort().join())),
];
const items = (run: { outputs: Array<Array<{ json: object }>> }) =>
	(run.outputs[0] ?? []).map(({ json }) => json as { employee: Employee; roster: Roster });

describe('of the employee record', () => {
	it('everything is read by a workflow that was stored before there was a choice', async () => {
		const [first] = items(await get({ returnAll: true }));
		expect(first?.employee).toHaveProperty('department');
		expect(first?.employee).toHaveProperty('supervisor');
		expect(first?.roster).not.toHaveProperty('attributes');
		expect(projections()).toHaveLength(1);
		expect(projections()[0]?.split(',')).toHaveLength(18);
	});

	it('only what was chosen is asked for and passed on', async () => {
		const read = items(await get({ returnAll: true, attributes: ['department'] }));
		expect(read).toHaveLength(34);
		expect(projections()).toEqual([[...ALWAYS, 'department'].sort().join()]);
		for (const { employee, roster } of read) {
			expect(Object.keys(employee)).not.toEqual(expect.arrayContaining(['supervisor']));
			expect(employee).not.toHaveProperty('team');
			expect(employee).not.toHaveProperty('createdAt');
			expect(roster).toMatchObject({ complete: true, apiVersion: 'v1', missingAttributes: [] });
		}
	});

	it('one person is asked for in the same way', async () => {
		const id = [...stage.sandbox.personio.people.keys()][0];
		const [item] = items(
			await get({ operation: 'get', employeeId: `00${id}`, attributes: ['office', 'position'] }),
		);
		expect(item?.employee.id).toBe(employeeId(id as number));
		expect(projections()).toEqual([[...ALWAYS, 'office', 'position'].sort().join()]);
	});

	it.each(['all', 'changes'])('the trigger of %s employees asks for no more, at any poll', async (emit) => {
		const trigger = poller({ emit, attributes: ['team'] });
		await stage.engine.poll(trigger);
		stage.sandbox.personio.change([...stage.sandbox.personio.people.keys()][0] as number, {
			lastName: 'New',
		});
		const [item] = (await stage.engine.poll(trigger)) ?? [];
		expect(item?.json.employee).not.toHaveProperty('department');
		expect(projections()).toEqual([[...ALWAYS, 'team'].sort().join()]);
	});

	it('the trigger reads everybody anew with another choice, and loses no change', async () => {
		const trigger = poller({ emit: 'changes', attributes: ['team'] });
		await stage.engine.poll(trigger);
		stage.sandbox.personio.change([...stage.sandbox.personio.people.keys()][0] as number, {
			lastName: 'New',
		});
		trigger.parameters = { ...trigger.parameters, attributes: ['team', 'office'] };
		const [item, ...others] = (await stage.engine.poll(trigger)) ?? [];
		expect(item?.json.employee).toMatchObject({ lastName: 'New' });
		expect(item?.json.employee).toHaveProperty('office');
		expect(others).toEqual([]);
		expect(await stage.engine.poll(trigger)).toBeNull();
	});

	it('v2 passes on what was chosen, and reads no names for the rest', async () => {
		const read = items(await get({ returnAll: true, apiVersion: 'v2', attributes: ['office'] }));
		expect(read).toHaveLength(34);
		expect(read.some(({ employee }) => typeof employee.office === 'string')).toBe(true);
		for (const { employee } of read) {
			for (const field of ['department', 'team', 'legalEntity', 'supervisor', 'position']) {
				expect(employee).not.toHaveProperty(field);
			}
		}
		const paths = stage.sandbox.personio.calls.map(({ path }) => path);
		expect(paths).toContain('/v2/workplaces');
		expect(paths).not.toContain('/v2/org-units');
		expect(paths).not.toContain('/v2/legal-entities');
		expect(read[0]?.roster).toMatchObject({ complete: true, apiVersion: 'v2' });
	});

	it.each<[string, unknown, RegExp]>([
		['nothing', '={{ [] }}', /"Employee Attributes" is empty/],
		['what the record does not have', '={{ ["email", "salary"] }}', /holds "salary"/],
		['a text', '={{ "email" }}', /is not a list/],
	])('%s from an expression is refused before anybody is read', async (_what, attributes, sentence) => {
		const run = await get({ returnAll: true, attributes: attributes as string });
		expect(run.error?.message).toMatch(sentence);
		expect(peopleCalls()).toEqual([]);
	});
});

describe('of what is sensitive', () => {
	it.each(['v1', 'v2'])('nothing is read over %s, not even the rest', async (apiVersion) => {
		const run = await get({ returnAll: true, apiVersion, customAttributes: [CUSTOM.level, CUSTOM.birthday] });
		expect(run.error?.message).toMatch(
			/"Birthday" \(birth date\)\. Leave them out.*"Allow Sensitive Attributes"/,
		);
		expect(run.error?.message).not.toMatch(/Career level/);
		expect(peopleCalls()).toEqual([]);
	});

	it.each(['fix_salary', 'gender', 'iban', ' hourly_salary '])(
		'nothing is read by a key from an expression: %s',
		async (key) => {
			const run = await get({ returnAll: true, customAttributes: [key] });
			expect(run.error?.message).toMatch(/Leave them out/);
			expect(peopleCalls()).toEqual([]);
		},
	);

	it('nothing is read by the trigger, and nothing is remembered', async () => {
		const trigger = poller({ emit: 'changes', customAttributes: [CUSTOM.birthday] });
		await expect(stage.engine.poll(trigger)).rejects.toThrow(/"Birthday" \(birth date\)/);
		expect(peopleCalls()).toEqual([]);
		expect(trigger.staticData).toEqual({ 'node:Trigger': {}, global: {} });
	});

	it('one person fails alone where the others may go on', async () => {
		const id = String([...stage.sandbox.personio.people.keys()][0]);
		const run = await get(
			{ operation: 'get', employeeId: id, customAttributes: [CUSTOM.birthday] },
			{ onError: 'continueRegularOutput' },
		);
		expect(run.outputs[0]?.[0]?.json.error).toMatch(/"Birthday" \(birth date\)/);
		expect(peopleCalls()).toEqual([]);
	});

	it('is read where the operator allowed it, with its label in the proof', async () => {
		const [item] = items(
			await get({ returnAll: true, customAttributes: [CUSTOM.birthday, CUSTOM.level], allowSensitive: true }),
		);
		expect(item?.employee.custom).toHaveProperty(CUSTOM.birthday);
		expect(item?.roster.labels).toEqual({ [CUSTOM.birthday]: 'Birthday', [CUSTOM.level]: 'Career level' });
	});

	it('is marked in the pick list', async () => {
		const options = await stage.engine.loadOptions({ type: `${PACKAGE}.personio` }, 'getCustomAttributes');
		const names = Object.fromEntries(options.map(({ name, value }) => [value, name]));
		expect(names[CUSTOM.birthday]).toBe('Birthday (sensitive: birth date)');
		expect(names[CUSTOM.level]).toBe('Career level');
	});
});

describe('a search by e-mail address', () => {
	it.each(['v1', 'v2'])('finds a person however the address is typed, over %s', async (apiVersion) => {
		const [anybody] = [...stage.sandbox.personio.people.values()].filter(({ email }) => email);
		const filters = { email: anybody?.email?.toUpperCase() ?? '' };
		const [found, ...others] = items(await get({ returnAll: true, apiVersion, filters }));
		expect(found?.employee.email).toBe(anybody?.email);
		expect(others).toEqual([]);
	});
});

describe('what a plan needs and nobody asked for', () => {
	it('is named by a hint, with what it is needed for', async () => {
		const people = await get({ returnAll: true, attributes: ['position'] });
		const parameters = {
			resource: 'run',
			operation: 'plan',
			platform: 'threeSixtyLearning',
			rootGroup: stage.sandbox.threeSixtyLearning.syncRoot,
		};
		const { hints, error } = await stage.engine.run(
			{ type: `${PACKAGE}.lmsSync`, parameters },
			items(people),
		);
		expect(error).toBeUndefined();
		expect(hints.map(({ message }) => message)).toContainEqual(
			expect.stringContaining('supervisor (manager of the account)'),
		);
	});
});

describe('a list of people that is not whole', () => {
	const hire = (people: number) => {
		for (let index = 0; index < people; index++) stage.sandbox.personio.hire({ lastName: `Person ${index}` });
	};
	const roster = async (apiVersion: string) => items(await get({ returnAll: true, apiVersion }))[0]?.roster;

	it.each(['shortPage', 'emptyPage'] as const)('is noticed over v2 by the count of v1: %s', async (deed) => {
		hire(40);
		stage.sandbox.personio.misbehave({ match: { path: '/v2/persons' }, times: 1, do: deed });
		expect((await roster('v2'))?.gaps?.map(({ code }) => code)).toEqual(['countDiffers']);
	});

	it.each(['v1', 'v2'])('is not seen where there is none, over %s, at any size', async (apiVersion) => {
		for (const more of [16, 50]) {
			hire(more);
			expect(await roster(apiVersion)).toMatchObject({ complete: true });
		}
	});
});
