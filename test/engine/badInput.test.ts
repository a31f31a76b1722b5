import type { IDataObject, INode } from 'n8n-workflow';

import { PACKAGE } from './harness';
import { startStage, type Stage } from './start';
import { sync } from './sync';

/** What an operator reads when something is wrong, and that it costs nobody else anything. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- of any form at all
type Loose = any;

let stage: Stage;
beforeEach(async () => {
	stage = await startStage();
});
afterEach(async () => await stage.close());

const GROUPED = {
	dryRun: false,
	groupLevels: { level: [{ field: 'department' }] },
	createMissingGroups: true,
};

const plan = async (parameters: INode['parameters'] = {}) =>
	await stage.engine.chain(
		[
			{
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
			},
			{ parameters: { resource: 'run', operation: 'plan', ...parameters } },
		],
		[{}],
	);

describe('the LMS', () => {
	it.each([
		['refuses the keys', () => stage.sandbox.learnUpon.revokeKeys(), /HTTP 401/, /API Username/],
		[
			'answers with a page',
			() => stage.sandbox.learnUpon.misbehave({ do: 'html200' }),
			/not JSON/,
			/address of the API/,
		],
	])('%s', async (_name, spoil, message, remedy) => {
		spoil();
		const run = await plan();
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toMatch(remedy);
	});

	it('lacks the field for the Personio id: nothing is written, and the way to make it is told', async () => {
		const fields = stage.sandbox.learnUpon.customFields as unknown[];
		fields.splice(0, fields.length);
		const run = await plan({ dryRun: false });
		expect(run.error?.message).toBe('The LearnUpon portal has no custom user field "Personio ID".');
		expect(run.error?.description).toMatch(/Settings > Users > Custom User Data/);
		expect(stage.sandbox.learnUpon.writes()).toEqual([]);
	});

	it('lacks a mapped field', async () => {
		const run = await plan({ fieldMapping: { field: [{ attribute: 'office', field: 'Location' }] } });
		expect(run.error?.message).toMatch(/no custom user field "Location"/);
	});

	it('refuses one address: that person fails with a reason, the others go on', async () => {
		const { learnUpon } = stage.sandbox;
		learnUpon.misbehave({
			match: ({ path, body }) => path.endsWith('/portal_invite') && JSON.stringify(body).includes('schaefer'),
			do: { status: 400, body: { response_type: 'ERROR', response_code: 400, message: 'email is invalid' } },
		});
		const planned = await plan(GROUPED);
		const items = (planned.outputs[0] ?? []).map(({ json }) => json);
		const invite = { name: 'Invite', parameters: { resource: 'learner', operation: 'invite' } };

		const stopped = await stage.engine.run(invite, items);
		expect(stopped.error?.message).toMatch(
			/^Rüdiger Schäfer \(.*schaefer.*\): LearnUpon refused .*: email is invalid/,
		);
		expect(learnUpon.invites.size).toBe(33);

		const goingOn = await stage.engine.run({ ...invite, onError: 'continueErrorOutput' }, items);
		const [ok, failed] = goingOn.outputs;
		expect(goingOn.error).toBeUndefined();
		expect(ok).toHaveLength(33);
		expect(failed).toHaveLength(1);
		expect(failed?.[0]?.json).toMatchObject({
			employee: { lastName: 'Schäfer' },
			error: expect.stringContaining('email is invalid'),
		});
		expect(learnUpon.invites.size).toBe(33);
	});
});

describe('Personio', () => {
	it('delivers somebody without a name, somebody without a status: both are held, the rest goes on', async () => {
		const { personio } = stage.sandbox;
		personio.hire({ firstName: '', lastName: '', email: 'nameless@example.com', status: 'active' });
		const result = await sync(stage.engine, GROUPED);
		expect(result.held.map(({ decision }) => decision?.action === 'hold' && decision.hold.code)).toEqual([
			'noName',
		]);
		expect(stage.sandbox.learnUpon.invites.size).toBe(34);
	});

	it('does not deliver the status at all: nobody is added, nobody is taken away, the attribute is named', async () => {
		stage.sandbox.personio.grantedAttributes.delete('status');
		const result = await sync(stage.engine, GROUPED);
		expect(stage.sandbox.learnUpon.writes()).toEqual([]);
		expect(result.run.roster).toMatchObject({
			complete: false,
			missingAttributes: ['status'],
			reason: expect.stringContaining('"Status"'),
		});
		expect(result.held).toHaveLength(34);
	});

	it.each([
		[' ', '"Employee ID" is empty.'],
		['abc', '"abc" is not the ID of an employee, which has digits only.'],
		['999999999', 'Personio has no employee with the ID 999999999.'],
	])('is asked for the employee "%s"', async (employeeId, message) => {
		const node = {
			type: `${PACKAGE}.personio`,
			parameters: { resource: 'employee', operation: 'get', employeeId },
		};
		const stopped = await stage.engine.run(node, [{}]);
		expect(stopped.error?.message).toBe(message);
		const goingOn = await stage.engine.run({ ...node, onError: 'continueErrorOutput' }, [{ kept: true }]);
		expect(goingOn.outputs[1]?.[0]?.json).toEqual({ kept: true, error: message });
	});
});

describe('the workflow', () => {
	it.each([
		[
			{ groupRules: { rule: [{ field: 'department', operator: 'equals', value: 'IT', group: '' }] } },
			/"Groups by Rules" is incomplete/,
		],
		[
			{ groupRules: { rule: [{ field: 'department', operator: 'equals', value: ' ', group: 'IT' }] } },
			/has no value/,
		],
		[{ groupLevels: { level: [{ field: '' }] } }, /"Groups by Levels" is incomplete/],
		[
			{ groupLevels: { level: [{ field: 'office' }, { field: 'team' }, { field: 'office' }] } },
			/Two levels of "Groups by Levels" are "office"/,
		],
		[{ fieldMapping: { field: [{ attribute: 'office', field: '' }] } }, /"Field Mapping" is incomplete/],
		[{ options: { defaultZone: 'Berlin' } }, /"Berlin" is not a time zone/],
	])('leaves a parameter half empty: %j', async (parameters, message) => {
		const run = await plan(parameters as INode['parameters']);
		expect(run.error?.message).toMatch(message);
	});

	it('feeds foreign items to the plan', async () => {
		const run = await stage.engine.run({ parameters: { resource: 'run', operation: 'plan' } }, [
			{ name: 'x' },
		]);
		expect(run.error?.message).toBe('1 of 1 items are not employees (the first is item 0).');
		expect(run.error?.description).toMatch(/Connect the Personio Trigger/);
	});

	it.each(['upsert', 'invite', 'mapGroups', 'deactivate'])('feeds foreign items to %s', async (operation) => {
		const junk = [
			{ name: 'x' },
			{ decision: 'yes' },
			{ decision: { action: 'deactivate' } },
			{ decision: null },
		];
		const node = { parameters: { resource: 'learner', operation } };
		const stopped = await stage.engine.run(node, junk);
		expect(stopped.error?.message).toMatch(/^4 of 4 items were not handled\. The item carries no decision/);
		const goingOn = await stage.engine.run({ ...node, onError: 'continueErrorOutput' }, junk);
		expect(goingOn.outputs[0]).toEqual([]);
		expect(goingOn.outputs[1]).toHaveLength(4);
		expect(stage.sandbox.learnUpon.calls).toEqual([]);
	});

	it('spoils a decision on its way: the person, the cause and the remedy are named, and nobody is called', async () => {
		const planned = await plan(GROUPED);
		const [item] = (planned.outputs[0] ?? []).map(({ json }) => structuredClone(json) as Loose);
		item.decision.changes[0].to = { value: 'x' };
		stage.sandbox.learnUpon.calls.length = 0;
		for (const decideHere of [false, true]) {
			const node = { parameters: { resource: 'learner', operation: 'invite', decideHere, dryRun: false } };
			const { error } = await stage.engine.run(node, [item]);
			expect(error?.message).toMatch(
				/^\S+ .+ \(.+@.+\): The item is not as a plan or a step puts it out \("decision": "changes", entry 1: "to" is not a value\), so nothing was done\. Plan again/,
			);
		}
		expect(stage.sandbox.learnUpon.calls).toEqual([]);
	});

	it('decides in the step itself for one person from elsewhere, by the same rules', async () => {
		const { personio, learnUpon } = stage.sandbox;
		const starter = personio.hire({
			firstName: 'Ida',
			lastName: 'Form',
			email: 'ida@example.com',
			status: 'onboarding',
		});
		const steps = [
			{
				name: 'Get',
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'get', employeeId: String(starter.id) },
			},
			{
				name: 'Invite',
				parameters: { resource: 'learner', operation: 'invite', decideHere: true, dryRun: false },
			},
		];
		const run = await stage.engine.chain(steps, [{}]);
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]?.[0]?.json).toMatchObject({
			decision: { action: 'invite' },
			outcomes: [{ step: 'invite', status: 'done' }],
		});
		expect([...learnUpon.invites.values()].map(({ email }) => email)).toEqual(['ida@example.com']);

		const again = await stage.engine.chain(steps, [{}]);
		expect((again.outputs[0]?.[0]?.json as { decision: IDataObject }).decision.action).toBe('none');
		expect(learnUpon.invites.size).toBe(1);
	});
});

describe('an employee whom a node in between has edited', () => {
	it.each([
		['an e-mail address that is a number', { email: 5 }],
		['a status that is a list', { status: ['active'] }],
		['a supervisor that is a text', { supervisor: '12' }],
	])('into %s is one of whom that is not known', async (_what, odd) => {
		const read = await stage.engine.run(
			{
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
			},
			[{}],
		);
		const items = (read.outputs[0] ?? []).map(({ json }, index) => ({
			...json,
			employee: { ...(json.employee as IDataObject), ...(index === 0 && odd) },
		}));
		const { error, outputs } = await stage.engine.run(
			{ parameters: { resource: 'run', operation: 'plan' } },
			items,
		);
		expect(error).toBeUndefined();
		expect(outputs[0]?.length).toBeGreaterThan(20);
	});
});
