import { startStage, type Stage } from './start';
import { sync } from './sync';

/** What LearnUpon's own Personio connector does, and what it cannot. */

let stage: Stage;
beforeEach(async () => {
	stage = await startStage();
});
afterEach(async () => await stage.close());

const account = (email: string) => {
	const user = [...stage.sandbox.learnUpon.users.values()].find((each) => each.email === email);
	if (!user) throw new Error(`There is no account ${email}`);
	return user;
};

it('carries names, status, termination date and last change over, and writes only what differs', async () => {
	const { personio, learnUpon } = stage.sandbox;
	learnUpon.addCustomField({ label: 'HR Status' });
	learnUpon.addCustomField({ label: 'Termination', typeId: 7 });
	learnUpon.addCustomField({ label: 'Last Modified', typeId: 7 });
	const plan = {
		dryRun: false,
		newLearners: 'create',
		fieldMapping: {
			field: [
				{ attribute: 'status', field: 'HR Status' },
				{ attribute: 'terminationDate', field: 'Termination' },
				{ attribute: 'lastModifiedAt', field: 'Last Modified' },
			],
		},
	};
	const leaver = personio.hire({
		firstName: 'Änne',
		lastName: "O'Neill-Größmann",
		email: 'aenne@example.com',
		status: 'active',
		terminationDate: '2099-01-31',
	});
	await sync(stage.engine, plan);
	expect(account('aenne@example.com')).toMatchObject({
		firstName: 'Änne',
		lastName: "O'Neill-Größmann",
		accountExpires: '2099-01-31',
		enabled: true,
		custom: { 'Personio ID': String(leaver.id), 'HR Status': 'active', Termination: '2099-01-31' },
	});

	learnUpon.clearCalls();
	await sync(stage.engine, plan);
	expect(learnUpon.writes()).toEqual([]);

	personio.change(leaver.id, { status: 'leave', terminationDate: null }, { touch: false });
	await sync(stage.engine, plan);
	expect(account('aenne@example.com')).toMatchObject({
		accountExpires: null,
		custom: { 'HR Status': 'leave' },
	});
	expect(account('aenne@example.com').custom.Termination).toBeFalsy();
	learnUpon.clearCalls();
	await sync(stage.engine, plan);
	expect(learnUpon.writes()).toEqual([]);
	expect(learnUpon.invites.size).toBe(0);
});

it('shows open invitations as pending, beside accounts that can and cannot be used', async () => {
	await sync(stage.engine, { dryRun: false });
	const run = await stage.engine.run(
		{ parameters: { resource: 'learner', operation: 'getAll', returnAll: true } },
		[{}],
	);
	const statuses = run.outputs[0]?.map(({ json }) => (json.learner as { status: string }).status);
	expect(statuses?.filter((status) => status === 'pending')).toHaveLength(34);
	const pending = await stage.engine.run(
		{ parameters: { resource: 'learner', operation: 'getAll', returnAll: true, statuses: ['pending'] } },
		[{}],
	);
	expect(pending.outputs[0]).toHaveLength(34);
});

it('holds somebody new who may have a changed address, where addresses alone are compared', async () => {
	const { personio, learnUpon } = stage.sandbox;
	const plan = { dryRun: false, newLearners: 'create', options: { matchBy: 'email' } };
	await sync(stage.engine, plan);
	const [id] = [...personio.people.keys()];
	personio.change(id as number, { email: 'changed@example.com' });
	learnUpon.clearCalls();
	const { held } = await sync(stage.engine, plan);
	expect(held.map(({ decision }) => decision?.action === 'hold' && decision.hold.code)).toEqual([
		'possibleEmailChange',
	]);
	expect(learnUpon.writes()).toEqual([]);
});

it('lists the groups of the portal', async () => {
	stage.sandbox.learnUpon.addGroup('Alumni');
	const run = await stage.engine.run({ parameters: { resource: 'group', operation: 'getAll' } }, [{}]);
	expect(run.outputs[0]?.map(({ json }) => json)).toMatchObject([{ name: 'Alumni', own: false }]);
});

it('finds one learner, or says that there is none', async () => {
	const get = (value: string) => ({
		parameters: { resource: 'learner', operation: 'get', findBy: 'email', value },
	});
	stage.sandbox.learnUpon.addUser({ email: 'Found@example.com' });
	const found = await stage.engine.run(get('found@EXAMPLE.com'), [{}]);
	expect(found.outputs[0]?.[0]?.json).toMatchObject({
		learner: { email: 'Found@example.com', status: 'active' },
	});
	const none = await stage.engine.run(get('nobody@example.com'), [{}]);
	expect(none.error?.message).toBe(
		'The LMS has no learner with email "nobody@example.com". Check "Find By" and "Value".',
	);
});
