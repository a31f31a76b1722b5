import { addOddPeople, Company, type PlatformName } from '../scenarios/company';
import { LIFECYCLE, LIFECYCLE_360 } from '../scenarios/lifecycle';
import { startSandbox, type Sandbox } from '../sandbox';
import { day } from '../safety/company';
import { differences, factsOf, knownOf, type Known } from '../safety/facts';
import type { SyncItem } from '../../nodes/shared/item';
import type { UndoFile } from '../../nodes/LmsSync/sync/deeds';
import { apply, live } from '../safety/live';
import { randomCompany } from '../safety/randomCompany';
import { inexcusable, undo, undoFileOf } from '../safety/undone';
import { withoutPace } from './pace';
import { engineFor } from '../safety/world';
import type { Engine } from './harness';

/**
 * A run and its undo, by the built nodes: the LMS is as it was before, but for what IRREVOCABLE lists.
 */

jest.setTimeout(180_000);

let unhurried: () => void;
beforeAll(() => {
	unhurried = withoutPace();
});
afterAll(() => unhurried());

const WIDE = {
	maxDeactivationPercent: 100,
	maxGroupRemovalPercent: 100,
	maxInvitationPercent: 100,
	maxEmailChangePercent: 100,
};

/** Undoes what the items are about, and tells what is not as it was, and what a second undo writes. */
async function takeBack(
	engine: Engine,
	sandbox: Sandbox,
	platform: PlatformName,
	known: Known,
	before: ReturnType<typeof factsOf>,
	results: Awaited<ReturnType<typeof live>>['results'],
) {
	const file = await undoFileOf(engine, results);
	if (!file) return { left: [], failed: [], again: [], deeds: 0 };
	const undone = await undo(engine, platform, file);
	const outcomes = undone.flatMap((each) => each.outcomes ?? []);
	const failed = outcomes.flatMap((each) => (each.status === 'failed' ? [each.message] : []));
	const left = inexcusable(differences(before, factsOf(sandbox, platform, known)), platform);
	sandbox[platform].clearCalls();
	await undo(engine, platform, file);
	const again = sandbox[platform].writes().map(({ method, path }) => `${method} ${path}`);
	return { left, failed, again, deeds: file.done.length };
}

describe.each(['learnUpon', 'threeSixtyLearning'] as const)('the life-cycle in %s, undone', (platform) => {
	let sandbox: Sandbox;
	let engine: Engine;
	let company: Company;
	const order = () => ({
		plan: {
			platform,
			dryRun: false,
			...(platform === 'threeSixtyLearning' && { rootGroup: sandbox.threeSixtyLearning.syncRoot }),
			groupLevels: { level: [{ field: 'department' }] },
			fieldMapping: { field: [{ attribute: 'department', field: 'Department' }] },
			createMissingGroups: true,
			limits: WIDE,
		},
	});

	beforeAll(async () => {
		sandbox = await startSandbox({ rateLimits: false, threeSixtyLearning: { bulkPolls: 0 } });
		engine = await engineFor(sandbox);
		company = new Company(sandbox, platform);
		addOddPeople(company);
		await live(engine, order());
		sandbox.learnUpon.acceptAllInvites();
		sandbox.threeSixtyLearning.acceptAllInvitations();
		await live(engine, order());
		await live(engine, order());
	});
	afterAll(async () => await sandbox.close());

	const scenarios = platform === 'learnUpon' ? LIFECYCLE : [...LIFECYCLE, ...LIFECYCLE_360];
	for (const { name, change, writes } of scenarios) {
		it(name, async () => {
			change(company);
			const known = knownOf(sandbox, platform);
			const before = factsOf(sandbox, platform, known);
			const { results, error } = await live(engine, order());
			const after = factsOf(sandbox, platform, known);
			const { deeds, ...wrong } = await takeBack(engine, sandbox, platform, known, before, results);
			// And the next run does it once more, so that the story goes on.
			await live(engine, order());
			await live(engine, order());
			expect(error).toBeUndefined();
			expect(wrong).toEqual({ left: [], failed: [], again: [] });
			expect(deeds > 0).toBe(writes[platform].length > 0);
			if (deeds === 0) expect(differences(after, factsOf(sandbox, platform, known))).toEqual([]);
		});
	}
});

const COMPANIES = Array.from({ length: 25 }, (_, index) => 1000 + index);

/** Of each company what the undo of a run does not take back, and what a second undo writes. */
async function wrongIn(platform: PlatformName, seeds: number[]): Promise<string[]> {
	const wrong: string[] = [];
	for (const seed of seeds) {
		const { sandbox, plan } = await randomCompany(platform, seed);
		try {
			const engine = await engineFor(sandbox);
			const known = knownOf(sandbox, platform);
			const before = factsOf(sandbox, platform, known);
			const { results, error } = await live(engine, { plan });
			if (error !== undefined) wrong.push(error);
			const { left, failed, again } = await takeBack(engine, sandbox, platform, known, before, results);
			wrong.push(...left, ...failed.map(String), ...again);
		} finally {
			await sandbox.close();
		}
	}
	return wrong;
}

describe('the runs of random companies, undone', () => {
	it('leave nothing behind in LearnUpon', async () => {
		expect(await wrongIn('learnUpon', COMPANIES)).toEqual([]);
	});

	it('leave nothing behind in 360Learning', async () => {
		expect(await wrongIn('threeSixtyLearning', COMPANIES)).toEqual([]);
	});
});

describe('in 360Learning', () => {
	const platform = 'threeSixtyLearning';
	const ANNA = 'anna@example.com';
	let sandbox: Sandbox;
	let engine: Engine;
	let anna: number;
	const order = () => ({
		plan: {
			platform,
			dryRun: false,
			rootGroup: sandbox[platform].syncRoot,
			groupRules: {
				rule: [{ field: 'status', operator: 'isNotEmpty', value: '', group: 'Everyone' }],
			},
			createMissingGroups: true,
			limits: WIDE,
		},
	});

	beforeEach(async () => {
		sandbox = await startSandbox({ company: 'empty', rateLimits: false });
		engine = await engineFor(sandbox);
		const boss = sandbox.personio.hire({ firstName: 'Boss', lastName: 'B', email: 'boss@example.com' });
		anna = sandbox.personio.hire({
			firstName: 'Anna',
			lastName: 'A',
			email: ANNA,
			hireDate: '2020-01-01',
			supervisorId: boss.id,
		}).id;
		await live(engine, { plan: { ...order().plan, newLearners: 'create' } });
	});
	afterEach(async () => await sandbox.close());

	const idOf = (mail: string): string =>
		[...sandbox[platform].users.values()].find((user) => user.mail === mail)?._id ?? '';

	/** A run and its undo. */
	async function thereAndBack() {
		const known = knownOf(sandbox, platform);
		const before = factsOf(sandbox, platform, known);
		const { results } = await live(engine, order());
		expect(differences(before, factsOf(sandbox, platform, known))).not.toEqual([]);
		return await takeBack(engine, sandbox, platform, known, before, results);
	}

	it('the end of access, undone, gives back the groups and the manager that the sync has set', async () => {
		sandbox.personio.change(anna, { status: 'inactive' });
		expect(await thereAndBack()).toMatchObject({ left: [], failed: [], again: [] });
	});

	it('a return, undone, leaves the link at the ended account', async () => {
		sandbox.personio.change(anna, { status: 'inactive' });
		await live(engine, order());
		sandbox.personio.change(anna, { status: 'active' });
		expect((await thereAndBack()).left).toEqual([]);
	});

	it('a return, undone twice, writes nothing the second time', async () => {
		sandbox.personio.change(anna, { status: 'inactive' });
		await live(engine, order());
		sandbox.personio.change(anna, { status: 'active' });
		expect((await thereAndBack()).again).toEqual([]);
	});

	it('the end of access, undone, gives back the last day that was set before', async () => {
		sandbox.personio.change(anna, { terminationDate: day(20) });
		await live(engine, order());
		sandbox.personio.change(anna, { status: 'inactive' });
		expect((await thereAndBack()).left).toEqual([]);
	});

	it('the end of access, undone, gives back a manager whom somebody has set by hand', async () => {
		const coach = sandbox[platform].addUser({ mail: 'coach@elsewhere.example' });
		sandbox[platform].managers.set(idOf(ANNA), [idOf('boss@example.com'), coach._id]);
		sandbox.personio.change(anna, { status: 'inactive' });
		expect((await thereAndBack()).left).toEqual([]);
	});

	it('the end of the access of a manager, undone, gives back who reported to them', async () => {
		const coach = sandbox[platform].addUser({ mail: 'coach@elsewhere.example' });
		sandbox[platform].managers.set(coach._id, [idOf(ANNA)]);
		sandbox.personio.change(anna, { status: 'inactive' });
		expect((await thereAndBack()).left).toEqual([]);
	});

	it('the end of access, undone, puts nobody into the root group who was not in it', async () => {
		const elsewhere = sandbox[platform].addGroup({ name: 'Elsewhere' });
		const bea = sandbox.personio.hire({ firstName: 'Bea', email: 'bea@example.com', status: 'inactive' });
		const { _id } = sandbox[platform].addUser({ mail: 'bea@example.com' });
		sandbox[platform].addMembership(elsewhere._id, _id);
		sandbox[platform].addExternalId({ platform: 'personio-n8n', targetId: _id, value: String(bea.id) });
		expect((await thereAndBack()).left).toEqual([]);
	});

	it('a manager who was there before the sync set the same one is there after the undo', async () => {
		const bea = sandbox.personio.hire({ firstName: 'Bea', email: 'bea@example.com', supervisorId: anna });
		const { _id } = sandbox[platform].addUser({ mail: 'bea@example.com', firstName: 'Bea' });
		sandbox[platform].addMembership(sandbox[platform].syncRoot, _id);
		sandbox[platform].addExternalId({ platform: 'personio-n8n', targetId: _id, value: String(bea.id) });
		sandbox[platform].managers.set(_id, [idOf(ANNA)]);
		expect((await thereAndBack()).left).toEqual([]);
	});
});

describe.each(['learnUpon', 'threeSixtyLearning'] as const)('of a run in %s', (platform) => {
	const NEW = 'new@example.com';
	const PARTNER = 'partner@elsewhere.example';
	let sandbox: Sandbox;
	let engine: Engine;
	const ids: number[] = [];
	const order = (over: object = {}) => ({
		plan: {
			platform,
			dryRun: false,
			newLearners: 'create',
			...(platform === 'threeSixtyLearning' && { rootGroup: sandbox.threeSixtyLearning.syncRoot }),
			limits: WIDE,
			...over,
		},
	});

	beforeEach(async () => {
		sandbox = await startSandbox({
			company: 'empty',
			rateLimits: false,
			threeSixtyLearning: { bulkPolls: 0 },
		});
		engine = await engineFor(sandbox);
		sandbox.learnUpon.addUser({ email: 'admin@portal.example', userType: 'admin' });
		const hire = (firstName: string) =>
			sandbox.personio.hire({
				firstName,
				lastName: 'A',
				email: `${firstName.toLowerCase()}@example.com`,
				hireDate: '2020-01-01',
				position: 'In',
			}).id;
		ids.splice(0, 2, hire('Anna'), hire('Ben'));
		await live(engine, order());
	});
	afterEach(async () => await sandbox.close());

	const write = (call: { method: string }) => ['PUT', 'PATCH', 'DELETE'].includes(call.method);

	/** The run about somebody new, and its undo file. */
	async function newcomer(): Promise<UndoFile> {
		sandbox.personio.hire({ firstName: 'New', lastName: 'N', email: NEW, hireDate: '2020-01-01' });
		const { results } = await live(engine, order());
		return (await undoFileOf(engine, results)) as UndoFile;
	}

	const planned = async (file: UndoFile) =>
		await engine.run({ parameters: { platform, resource: 'run', operation: 'undo', dryRun: false } }, [file]);

	function handOver(): void {
		const user = [...sandbox.learnUpon.users.values()].find(({ email }) => email === NEW);
		if (user) user.email = PARTNER;
		const account = [...sandbox.threeSixtyLearning.users.values()].find(({ mail }) => mail === NEW);
		if (account) account.mail = PARTNER;
	}

	it('whose new account was handed over between the undo and its steps, nobody is ended', async () => {
		const file = await newcomer();
		const { outputs } = await planned(file);
		const items = (outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem);
		expect(items.map(({ decision }) => decision?.action)).toEqual(['deactivate']);
		handOver();
		sandbox[platform].clearCalls();
		const [done] = await apply(engine, platform, items, ['upsert', 'mapGroups', 'deactivate']);
		expect(done).toMatchObject({ decision: { action: 'hold', hold: { code: 'factsMoved' } } });
		expect(sandbox[platform].writes()).toEqual([]);
	});

	it('of another LMS of the same make, the file is refused, and the decisions name their LMS', async () => {
		const file = await newcomer();
		const { outputs } = await planned(file);
		const { portal } = file.reading;
		expect(outputs[0]?.[0]?.json).toMatchObject({ decision: { portal } });
		const other = { ...file, reading: { ...file.reading, portal: 'other.example' } };
		const { error } = await planned(other);
		expect(error?.message).toContain('The file is about other.example, and the credential is for');
		const { portal: _, ...reading } = file.reading;
		expect((await planned({ ...file, reading })).error).toBeUndefined();
	});

	it('of a changed file nothing is taken back, and the message names the entry', async () => {
		const file = await newcomer();
		const done = file.done.map((deed) => ({ ...deed, action: 'nonsense' }));
		const { error } = await planned({ ...file, done } as never);
		expect(error?.message).toContain('"done", entry 1: "action" is not one of');
	});

	/** What is left of a run in which some calls fail, when it is undone. */
	async function leftOf(over: object, fails: Parameters<Sandbox['learnUpon']['misbehave']>[0]) {
		const known = knownOf(sandbox, platform);
		const before = factsOf(sandbox, platform, known);
		const stop = sandbox[platform].misbehave(fails as never);
		const { results, outcomes } = await live(engine, order(over));
		stop();
		const changed = differences(before, factsOf(sandbox, platform, known));
		const { left } = await takeBack(engine, sandbox, platform, known, before, results);
		return { changed, left, outcomes };
	}

	it('whose exchange of addresses failed half way, the addresses are as before, and the message names the one in between', async () => {
		sandbox.personio.change(ids[0] as number, { email: 'ben@example.com' });
		sandbox.personio.change(ids[1] as number, { email: 'anna@example.com' });
		const { changed, left, outcomes } = await leftOf({}, { match: write, skip: 1, do: { status: 500 } });
		expect(changed).toHaveLength(1);
		expect(left).toEqual([]);
		expect(outcomes.map(({ message }) => message).join()).toMatch(/may be at set-aside-.*@personio-sync/);
	});

	it('whose groups step failed half way, the group that was left is joined again', async () => {
		const groupRules = {
			rule: ['Alpha', 'Beta', 'Gamma'].map((group) => ({
				field: 'position',
				operator: 'equals',
				value: 'In',
				group,
			})),
		};
		const over = { groupRules, createMissingGroups: true };
		await live(engine, order(over));
		sandbox.personio.change(ids[0] as number, { position: 'Out' });
		const leaving = ({ method, path }: { method: string; path: string }) =>
			method === 'DELETE' && /group/.test(path);
		const { changed, left } = await leftOf(over, { match: leaving, skip: 1, do: { status: 500 } });
		expect(changed.filter((line) => line.includes('Alpha'))).toHaveLength(1);
		expect(left).toEqual([]);
	});

	it('whose end was only not answered, access and all that went with it are given back', async () => {
		sandbox.personio.change(ids[0] as number, { status: 'inactive' });
		const { changed, left } = await leftOf({}, { match: write, times: 1, do: 'dropAfter' });
		expect(changed).not.toEqual([]);
		expect(left).toEqual([]);
	});

	it('whose steps ran twice, what the first time did is taken back', async () => {
		sandbox.personio.change(ids[0] as number, { status: 'inactive' });
		const known = knownOf(sandbox, platform);
		const before = factsOf(sandbox, platform, known);
		const { planned: items, results } = await live(engine, order());
		const ended = items.filter(({ decision }) => decision?.action === 'deactivate');
		const again = await apply(engine, platform, ended, ['deactivate']);
		expect(again).toMatchObject([{ outcomes: [{ status: 'skipped' }] }]);
		const rest = results.filter(({ decision }) => decision?.action !== 'deactivate');
		const { left } = await takeBack(engine, sandbox, platform, known, before, [...rest, ...again]);
		expect(left).toEqual([]);
	});
});
