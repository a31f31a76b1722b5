import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { SyncItem } from '../../nodes/shared/item';
import { PACKAGE } from './harness';
import { ProcessedTable } from './processed';
import { startStage, type Stage } from './start';
import { sync } from './sync';

/**
 * n8n saves what a plan remembers at the end of an execution. A run that is killed before that has done
 * something, and its memory is lost.
 */

const PLAN: INodeParameters = { platform: 'learnUpon', dryRun: false, createMissingGroups: true };

let table: ProcessedTable;
let stage: Stage;
beforeAll(async () => (table = await ProcessedTable.install()));
beforeEach(async () => {
	stage = await startStage();
	table.rows.clear();
	table.isBroken = false;
});
afterEach(async () => await stage.close());

/** What n8n has saved: a run that ends changes it, a run that is killed does not. */
const saved = (): IDataObject => ({});
const copy = (memory: IDataObject) => JSON.parse(JSON.stringify(memory)) as IDataObject;

/** Plans, carries out the step for some of the people, and is killed. */
async function killedRun(
	memory: IDataObject,
	step: 'invite' | 'deactivate',
	some: (items: SyncItem[]) => SyncItem[],
	plan: INodeParameters = PLAN,
): Promise<SyncItem[]> {
	const planned = await stage.engine.chain(
		[
			{
				name: 'Read',
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
			},
			{ name: 'Plan', parameters: { resource: 'run', operation: 'plan', ...plan } },
		],
		[{}],
		copy(memory),
	);
	if (planned.error) throw planned.error;
	const output = planned.outputs[step === 'invite' ? 0 : 1] ?? [];
	const items = some(output.map(({ json }) => json as unknown as SyncItem));
	if (items.length > 0) {
		const parameters = { platform: 'learnUpon', resource: 'learner', operation: step };
		const applied = await stage.engine.run({ name: step, parameters }, items);
		if (applied.error) throw applied.error;
	}
	return items;
}

const run = async (memory: IDataObject, plan: INodeParameters = PLAN) =>
	await sync(stage.engine, plan, {}, memory);
const codes = (held: SyncItem[]) =>
	held.map(({ decision }) => (decision?.action === 'hold' ? decision.hold.code : decision?.action));

const mailed = () => [...stage.sandbox.learnUpon.invites.values()].map(({ email }) => email).sort();
const staff = () =>
	[...stage.sandbox.personio.people.values()]
		.filter(({ status }) => status !== 'inactive')
		.map(({ email }) => email ?? '')
		.sort();

describe('a first load that was killed', () => {
	it.each([
		['before its first invitation', 0],
		['after its first invitation', 1],
		['after most invitations', 25],
	])('%s goes on in the next run, and nobody is invited twice', async (_when, count) => {
		const memory = saved();
		await killedRun(memory, 'invite', (items) => items.slice(0, count));
		const { held } = await run(memory);
		expect(codes(held)).toEqual([]);
		expect(mailed()).toEqual(staff());
		// Whom it went on with is part of the first load, and counts for no limit afterwards.
		stage.sandbox.personio.hire({ email: 'later@nordhafen.example', status: 'active' });
		expect(codes((await run(memory)).held)).toEqual([]);
		expect(mailed()).toEqual(staff());
	});

	it('goes on after several crashes, too', async () => {
		const memory = saved();
		for (const count of [3, 0, 4]) await killedRun(memory, 'invite', (items) => items.slice(0, count));
		expect(mailed()).toHaveLength(7);
		const { held } = await run(memory);
		expect(codes(held)).toEqual([]);
		expect(mailed()).toEqual(staff());
	});

	it('lets nobody else be added without a limit', async () => {
		const memory = saved();
		await killedRun(memory, 'invite', (items) => items.slice(0, 20));
		for (let number = 0; number < 30; number++) {
			stage.sandbox.personio.hire({ email: `flood.${number}@nordhafen.example`, status: 'active' });
		}
		const { held } = await run(memory);
		expect(codes(held)).toEqual(Array(30).fill('limitExceeded'));
		expect(mailed()).toHaveLength(34);
	});
});

describe('a run of an established sync that was killed', () => {
	const LIMITED: INodeParameters = { ...PLAN, limits: { maxDeactivations: 3, maxDeactivationPercent: 100 } };
	let memory: IDataObject;
	let ids: number[];
	const leave = (...numbers: number[]) => {
		for (const number of numbers) {
			const terminationDate = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
			stage.sandbox.personio.change(ids[number] as number, { status: 'inactive', terminationDate });
		}
	};
	const withAccess = () =>
		[...stage.sandbox.learnUpon.users.values()].filter(({ enabled }) => enabled).length;

	beforeEach(async () => {
		memory = saved();
		await run(memory, LIMITED);
		stage.sandbox.learnUpon.acceptAllInvites();
		await run(memory, LIMITED);
		ids = [...stage.sandbox.personio.people.keys()];
	});

	it('goes on in the next run', async () => {
		leave(0, 1, 2);
		const before = withAccess();
		await killedRun(memory, 'deactivate', (items) => items.slice(0, 1), LIMITED);
		const { held } = await run(memory, LIMITED);
		expect(codes(held)).toEqual([]);
		expect(withAccess()).toBe(before - 3);
	});

	it.each([
		['all whom it was about', 3],
		['one of them', 1],
		['none of them', 0],
	])('counts for the limit of the window, having come to %s', async (_which, count) => {
		leave(0, 1, 2);
		const before = withAccess();
		await killedRun(memory, 'deactivate', (items) => items.slice(0, count), LIMITED);
		leave(3);
		const { held, run: summary } = await run(memory, LIMITED);
		expect(codes(held)).toEqual(['limitExceeded']);
		expect(summary.limits.find(({ kind }) => kind === 'deactivations')).toMatchObject({ allowed: 3 });
		expect(withAccess()).toBe(before - 3);
		// And no less after a run that has ended.
		expect(codes((await run(memory, LIMITED)).held)).toEqual(['limitExceeded']);
	});

	it('counts after several crashes as well', async () => {
		for (const number of [0, 1, 2]) {
			leave(number);
			await killedRun(memory, 'deactivate', (items) => items, LIMITED);
		}
		leave(3);
		expect(codes((await run(memory, LIMITED)).held)).toEqual(['limitExceeded']);
	});

	it('no longer counts after the window', async () => {
		leave(0, 1, 2);
		await killedRun(memory, 'deactivate', (items) => items, LIMITED);
		leave(3);
		jest.useFakeTimers({
			doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
		});
		jest.setSystemTime(Date.now() + 26 * 3_600_000);
		try {
			stage.sandbox.clock.advance({ days: 1 });
			expect(codes((await run(memory, LIMITED)).held)).toEqual([]);
		} finally {
			jest.useRealTimers();
		}
	});

	it('does not keep somebody from a second invitation whose invitation it had cancelled', async () => {
		const { personio, learnUpon } = stage.sandbox;
		const { id } = personio.hire({ email: 'slow@nordhafen.example', firstName: 'Slow', status: 'active' });
		await run(memory, LIMITED);
		// Now the plan knows of the open invitation.
		await run(memory, LIMITED);
		personio.change(id, { email: 'slower@nordhafen.example' });
		await killedRun(memory, 'invite', () => [], LIMITED);
		// The step was killed after the cancellation, and this LearnUpon keeps no cancelled invitations.
		for (const invite of [...learnUpon.invites.values()]) {
			if (invite.email === 'slow@nordhafen.example') learnUpon.invites.delete(invite.id);
		}
		for (const what of ['the list has become shorter', 'and is taken for whole']) {
			const { held } = await run(memory, LIMITED);
			if (what === 'and is taken for whole') expect(codes(held)).toEqual([]);
		}
		expect(mailed()).toContain('slower@nordhafen.example');
	});

	it('that has ended counts once', async () => {
		leave(0, 1);
		await run(memory, LIMITED);
		leave(2);
		expect(codes((await run(memory, LIMITED)).held)).toEqual([]);
		leave(3);
		expect(codes((await run(memory, LIMITED)).held)).toEqual(['limitExceeded']);
	});

	it('leaves its limits to themselves where n8n cannot note anything', async () => {
		table.isBroken = true;
		leave(0, 1, 2);
		await killedRun(memory, 'deactivate', (items) => items, LIMITED);
		leave(3);
		expect(codes((await run(memory, LIMITED)).held)).toEqual([]);
	});

	it('counts beside one that runs at the same time', async () => {
		leave(0, 1);
		// The other one has planned and is not through: nothing is saved yet.
		await killedRun(memory, 'deactivate', () => [], LIMITED);
		leave(2, 3);
		const { held, run: summary } = await run(memory, LIMITED);
		expect(summary.limits.find(({ kind }) => kind === 'deactivations')).toMatchObject({ wanted: 4 });
		expect(codes(held)).toEqual(['limitExceeded', 'limitExceeded']);
	});

	it('notes no name and no address, and not for long', async () => {
		leave(0);
		await run(memory, LIMITED);
		await run(memory, LIMITED);
		const noted = [...table.rows.values()].flat();
		expect(noted).toHaveLength(1);
		expect(noted[0]).toMatch(/^[\w+/]{22}==$/);
	});
});
