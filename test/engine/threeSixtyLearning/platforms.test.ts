import type { SyncItem } from '../../../nodes/shared/item';
import { PACKAGE } from '../harness';
import type { Stage } from '../start';
import { sync } from '../sync';
import { accountOf, planFor, startLearning } from './stage';

/** What concerns the choice of the platform, the credential, and single people. */

let stage: Stage;
beforeEach(async () => {
	stage = await startLearning({
		company: [
			{ firstName: 'Anna', lastName: 'Arendt', email: 'anna@example.com', status: 'active', office: 'Paris' },
			{ firstName: 'Ben', lastName: 'Brandt', email: 'ben@example.com', status: 'active', office: 'Oslo' },
		],
	});
});
afterEach(async () => await stage.close());

const READ = {
	name: 'Read',
	type: `${PACKAGE}.personio`,
	parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
};
const plan = (over: object = {}) => ({ resource: 'run', operation: 'plan', ...planFor(stage, over) });
const step = (operation: string, platform = 'threeSixtyLearning') => ({
	name: operation,
	parameters: { platform, resource: 'learner', operation },
});
const learning = () => stage.sandbox.threeSixtyLearning;

it('a decision about one platform is refused by a step that is set to another one', async () => {
	const { outputs, error } = await stage.engine.chain(
		[
			READ,
			{ name: 'Plan', parameters: plan() },
			{ ...step('invite', 'learnUpon'), onError: 'continueRegularOutput' },
		],
		[{}],
	);
	expect(error).toBeUndefined();
	const [item] = (outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem);
	expect(item?.error).toMatch(
		/^Ben Brandt \(ben@example.com\): The decision is about 360Learning, and "Platform" of this step is LearnUpon\./,
	);
	expect(stage.sandbox.learnUpon.writes()).toEqual([]);
	expect(learning().writes()).toEqual([]);
});

it('a plan that fails is an item of its own where the workflow is to go on', async () => {
	learning().withdrawScope('groups:read');
	const node = { name: 'Plan', parameters: plan() };
	const stopped = await stage.engine.chain([READ, node], [{}]);
	expect(stopped.error?.message).toMatch(/360Learning answered HTTP 403/);
	const { outputs, error } = await stage.engine.chain(
		[READ, { ...node, onError: 'continueErrorOutput' }],
		[{}],
	);
	expect(error).toBeUndefined();
	expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 0, 1]);
	expect(outputs[4]?.[0]?.json).toEqual({
		error: expect.stringMatching(/^The plan failed\. 360Learning answered HTTP 403/),
	});
});

it('the token is fetched once, and again when it has expired in the middle of a run', async () => {
	const logins = () => learning().calls.filter(({ kind }) => kind === 'auth').length;
	await sync(stage.engine, planFor(stage));
	expect(logins()).toBe(1);
	learning().misbehave({
		match: ({ method, path }) => {
			if (method === 'GET' && path.endsWith('/users') && logins() === 1) learning().expireTokens();
			return false;
		},
		do: 'timeout',
	});
	const { run } = await sync(stage.engine, planFor(stage));
	expect(run.decisions.none).toBe(2);
	expect(logins()).toBe(2);
});

it.each([
	['users:write', /The credential lacks users:write/],
	['externalIds:write', /The credential lacks externalIds:write/],
] as const)('a missing scope %s is named for each person', async (scope, sentence) => {
	learning().withdrawScope(scope);
	await expect(sync(stage.engine, planFor(stage))).rejects.toMatchObject({
		message: expect.stringContaining('Ben Brandt'),
	});
	const node = { ...step('invite'), onError: 'continueRegularOutput' as const };
	const { outputs } = await stage.engine.chain([READ, { name: 'Plan', parameters: plan() }, node], [{}]);
	for (const { json } of outputs[0] ?? []) if (json['error']) expect(json['error']).toMatch(sentence);
});

it('one person can be decided about in a step, without a plan', async () => {
	const decideHere = (operation: string) => ({
		name: operation,
		parameters: { ...planFor(stage), resource: 'learner', operation, decideHere: true },
	});
	const [anna] = [...stage.sandbox.personio.people.values()].filter(({ firstName }) => firstName === 'Anna');
	const { error } = await stage.engine.chain(
		[
			{
				name: 'Read One',
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'get', employeeId: String(anna?.id) },
			},
			decideHere('invite'),
		],
		[{}],
	);
	expect(error).toBeUndefined();
	expect(accountOf(stage, 'anna@example.com')).toMatchObject({ status: 'invited', groups: ['Personio'] });
	expect(() => accountOf(stage, 'ben@example.com')).toThrow();
});

it('groups are offered by their path, and learners listed with their Personio ID', async () => {
	const parameters = { platform: 'threeSixtyLearning', resource: 'run', operation: 'plan' };
	const options = await stage.engine.loadOptions({ parameters }, 'getGroups');
	expect(options).toEqual([
		{ name: '/Nordhafen Academy', value: learning().rootGroup },
		{ name: '/Nordhafen Academy > Partners', value: expect.any(String) },
		{ name: '/Nordhafen Academy > Personio', value: learning().syncRoot },
	]);
	await sync(stage.engine, planFor(stage));
	const { outputs } = await stage.engine.run(
		{
			parameters: {
				platform: 'threeSixtyLearning',
				resource: 'learner',
				operation: 'getAll',
				returnAll: true,
			},
		},
		[{}],
	);
	const learners = (outputs[0] ?? []).map(({ json }) => (json as unknown as SyncItem).learner);
	expect(learners.find((learner) => learner?.email === 'anna@example.com')).toMatchObject({
		status: 'pending',
		link: expect.stringMatching(/^\d+$/),
	});
	expect(learners.find((learner) => learner?.email === 'coach@lernpartner.example')?.link).toBeNull();
});
