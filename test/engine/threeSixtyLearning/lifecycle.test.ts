import { addOddPeople, Company, describeWrite } from '../../scenarios/company';
import { LIFECYCLE, LIFECYCLE_360 } from '../../scenarios/lifecycle';
import type { Stage } from '../start';
import { sync } from '../sync';
import { expectDocumentedCalls, planFor, startLearning } from './stage';

/** The demo company and a fresh 360Learning, from the first look to a supervisor who has left. */

describe('over Personio v1', () => {
	let stage: Stage;
	let company: Company;

	beforeAll(async () => {
		stage = await startLearning();
		company = new Company(stage.sandbox, 'threeSixtyLearning');
		addOddPeople(company);
	});
	afterAll(async () => await stage.close());
	beforeEach(() => stage.sandbox.threeSixtyLearning.clearCalls());
	afterEach(() => expectDocumentedCalls(stage));

	const plan = (over: object = {}) =>
		planFor(stage, {
			groupLevels: { level: [{ field: 'department' }] },
			fieldMapping: { field: [{ attribute: 'department', field: 'Department' }] },
			createMissingGroups: true,
			...over,
		});
	const run = async (over: object = {}) => await sync(stage.engine, plan(over));
	const writes = () => stage.sandbox.threeSixtyLearning.writes().map(describeWrite);
	const count = (line: string) => writes().filter((each) => each.startsWith(line)).length;

	it('shows 34 invitations in a dry run and changes nothing', async () => {
		const { threeSixtyLearning } = stage.sandbox;
		const before = threeSixtyLearning.snapshot();
		const result = await run({ dryRun: true });
		expect(result.upsert.filter(({ decision }) => decision?.action === 'invite')).toHaveLength(34);
		expect(result.outcomes.every(({ status }) => status === 'previewed')).toBe(true);
		expect(writes()).toEqual([]);
		expect(threeSixtyLearning.snapshot()).toEqual(before);
		expect(threeSixtyLearning.mails).toEqual([]);
	});

	it('invites everybody in scope once, with group, fields and manager at once', async () => {
		const { threeSixtyLearning, personio } = stage.sandbox;
		await run();
		const invitations = threeSixtyLearning.mails.filter(({ kind }) => kind === 'invitation');
		expect(invitations).toHaveLength(34);
		expect(new Set(invitations.map(({ to }) => to)).size).toBe(34);
		expect(count('POST /users mail')).toBe(34);
		const supervised = [...personio.people.values()].filter(
			({ supervisorId, email, status }) => supervisorId !== null && email && status !== 'inactive',
		);
		expect(count('POST /users/:id/managers/:id')).toBe(supervised.length);
	});

	it('writes nothing in the run after that, while nobody has accepted yet', async () => {
		const result = await run();
		expect(writes()).toEqual([]);
		expect(result.run.decisions).toMatchObject({ none: 35, hold: 1 });
	});

	it('writes nothing when everybody has accepted', async () => {
		stage.sandbox.threeSixtyLearning.acceptAllInvitations();
		await run();
		expect(writes()).toEqual([]);
	});

	it.each([...LIFECYCLE, ...LIFECYCLE_360])('$name', async ({ change, writes: expected, held = [] }) => {
		const { threeSixtyLearning } = stage.sandbox;
		const before = (await run({ dryRun: true })).held.length;
		const mails = threeSixtyLearning.mails.filter(({ kind }) => kind === 'invitation').length;
		change(company);
		threeSixtyLearning.clearCalls();
		const result = await run();
		// Personio v1 and v2 list people in different orders.
		expect(writes().sort()).toEqual([...expected.threeSixtyLearning].sort());
		expect(result.outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
		const codes = result.held.map(({ decision }) => decision?.action === 'hold' && decision.hold.code);
		for (const code of held) expect(codes).toContain(code);
		expect(result.held).toHaveLength(before + held.length);
		const created = expected.threeSixtyLearning.filter((each) => each.startsWith('POST /users mail,first'));
		expect(threeSixtyLearning.mails.filter(({ kind }) => kind === 'invitation')).toHaveLength(
			mails + created.length,
		);

		threeSixtyLearning.clearCalls();
		await run();
		expect(writes()).toEqual([]);
	});

	it('has left the people who exist in 360Learning only as they were, to the byte', async () => {
		const fresh = await startLearning({ company: [] });
		const { threeSixtyLearning } = stage.sandbox;
		const of = (snapshot: ReturnType<typeof threeSixtyLearning.snapshot>) => {
			const partners = new Set(
				snapshot.users.filter(({ mail }) => mail?.endsWith('lernpartner.example')).map(({ _id }) => _id),
			);
			const isTheirs = ({ userId }: { userId: string }) => partners.has(userId);
			return JSON.stringify({
				users: snapshot.users.filter(({ _id }) => partners.has(_id)),
				memberships: snapshot.memberships.filter(isTheirs),
				managers: snapshot.managers.filter(isTheirs),
				values: snapshot.values.filter(isTheirs),
				externalIds: snapshot.externalIds.filter(({ targetId }) => partners.has(targetId)),
			});
		};
		const before = of(fresh.sandbox.threeSixtyLearning.snapshot());
		await fresh.close();
		expect(before).toContain('lernpartner.example');
		expect(of(threeSixtyLearning.snapshot())).toBe(before);
	});
});
