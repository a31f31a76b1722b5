import { addOddPeople, Company, describeWrite } from '../scenarios/company';
import { LIFECYCLE } from '../scenarios/lifecycle';
import { startSandbox, type Sandbox } from '../sandbox';
import { startEngine, type Engine } from './harness';
import { sync } from './sync';

/** The demo company and an empty portal, from the first look to a leaver with an open invitation. */

const PLAN = {
	dryRun: false,
	newLearners: 'invite',
	groupRules: { rule: [{ field: 'status', operator: 'isNotEmpty', value: '', group: 'Everyone' }] },
	groupLevels: { level: [{ field: 'department' }] },
	createMissingGroups: true,
};

describe.each(['v1', 'v2'])('over Personio %s', (apiVersion) => {
	let sandbox: Sandbox;
	let engine: Engine;
	let company: Company;

	beforeAll(async () => {
		sandbox = await startSandbox({ rateLimits: false });
		company = new Company(sandbox, 'learnUpon');
		addOddPeople(company);
		engine = await startEngine({
			personioEmployeesApi: { baseUrl: sandbox.personio.url, ...sandbox.personio.credentials },
			learnUponApi: { portalUrl: sandbox.learnUpon.url, ...sandbox.learnUpon.credentials },
		});
	});
	afterAll(async () => await sandbox.close());
	beforeEach(() => sandbox.learnUpon.clearCalls());

	const writes = () => sandbox.learnUpon.writes().map(describeWrite);
	const count = (line: string) => writes().filter((each) => each.startsWith(line)).length;

	it('lists exactly the invitations in a dry run and changes nothing', async () => {
		const before = sandbox.learnUpon.snapshot();
		const result = await sync(engine, { ...PLAN, dryRun: true }, { apiVersion });
		expect(result.upsert).toHaveLength(34);
		expect(result.upsert.every(({ decision }) => decision?.action === 'invite')).toBe(true);
		expect(result.held.map(({ decision }) => decision?.action === 'hold' && decision.hold.code)).toEqual([
			'noEmail',
		]);
		expect(result.outcomes.every(({ status }) => status === 'previewed')).toBe(true);
		expect(writes()).toEqual([]);
		expect(sandbox.learnUpon.snapshot()).toEqual(before);
		expect(result.report.title).toBe('DRY RUN: Personio to LearnUpon');
	});

	it('invites everybody in scope who has an address once, and nobody who has left', async () => {
		await sync(engine, PLAN, { apiVersion });
		expect(count('POST /portal_invite')).toBe(34);
		const invited = [...sandbox.learnUpon.invites.values()].map(({ email }) => email);
		expect(new Set(invited).size).toBe(34);
		expect(invited).not.toContain('former@nordhafen-odd.example');
	});

	it('does not repeat an open invitation', async () => {
		await sync(engine, PLAN, { apiVersion });
		expect(writes()).toEqual([]);
	});

	it('joins the other groups after acceptance', async () => {
		sandbox.learnUpon.acceptAllInvites();
		await sync(engine, PLAN, { apiVersion });
		const departments = new Set(
			[...sandbox.personio.people.values()].map(({ department }) => department).filter((each) => each),
		);
		expect(count('POST /groups')).toBe(departments.size);
		const members = [...sandbox.personio.people.values()].filter(
			({ department, email, status }) => department && email && status !== 'inactive',
		).length;
		expect(count('POST /group_memberships')).toBe(members);
		expect(writes()).toHaveLength(departments.size + members);
	});

	it('writes nothing in the run after that', async () => {
		const result = await sync(engine, PLAN, { apiVersion });
		expect(writes()).toEqual([]);
		expect(result.run.decisions).toMatchObject({ none: 35, hold: 1 });
	});

	it.each(LIFECYCLE)('$name', async ({ change, writes: expected, held = [] }) => {
		const before = (await sync(engine, { ...PLAN, dryRun: true }, { apiVersion })).held.length;
		change(company);
		sandbox.learnUpon.clearCalls();
		const result = await sync(engine, PLAN, { apiVersion });
		expect(writes()).toEqual(expected.learnUpon);
		expect(result.outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
		expect(result.held).toHaveLength(before + held.length);

		sandbox.learnUpon.clearCalls();
		await sync(engine, PLAN, { apiVersion });
		expect(writes()).toEqual([]);
	});

	it('has not touched the accounts that exist in LearnUpon only', () => {
		const own = [...sandbox.learnUpon.users.values()].filter(
			({ custom }) => custom['Personio ID'] === undefined,
		);
		expect(own.map(({ email }) => email)).toHaveLength(2);
		const ids = new Set(own.map(({ id }) => id));
		expect(sandbox.learnUpon.memberships.filter(({ userId }) => ids.has(userId))).toEqual([]);
	});
});
