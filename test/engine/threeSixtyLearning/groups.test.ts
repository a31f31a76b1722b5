import type { Stage } from '../start';
import { sync } from '../sync';
import { accountOf, expectDocumentedCalls, planFor, startLearning } from './stage';

/** Offices and departments as a tree of groups below the root group of the sync. */

let stage: Stage;
afterEach(async () => {
	expectDocumentedCalls(stage);
	await stage.close();
});

const person = (name: string, office: string | null, department: string | null) => ({
	firstName: name,
	lastName: 'Example',
	email: `${name.toLowerCase()}@example.com`,
	status: 'active' as const,
	office,
	department,
});
const learning = () => stage.sandbox.threeSixtyLearning;
const levels = { level: [{ field: 'office' }, { field: 'department' }] };
const run = async (over: object = {}) =>
	await sync(
		stage.engine,
		planFor(stage, { newLearners: 'create', groupLevels: levels, options: { managers: false }, ...over }),
	);
const groupsOf = (name: string) => accountOf(stage, `${name.toLowerCase()}@example.com`).groups;
const notesOf = (results: Awaited<ReturnType<typeof run>>['results'], name: string) =>
	results
		.filter(({ employee }) => employee?.firstName === name)
		.flatMap(({ decision }) => decision?.notes ?? []);
const group = (name: string, parentId = learning().syncRoot, isPublic = false) =>
	learning().addGroup({ name, parentId, public: isPublic })._id;
const personId = (firstName: string): number =>
	[...stage.sandbox.personio.people.values()].find((each) => each.firstName === firstName)?.id ?? 0;
const writesNothing = async (over: object = {}) => {
	learning().clearCalls();
	await run(over);
	expect(learning().writes()).toEqual([]);
};

describe('Paris and New York, each with Support and HR', () => {
	beforeEach(async () => {
		stage = await startLearning({
			company: [
				person('Anna', 'Paris', 'Support'),
				person('Ben', 'Paris', 'HR'),
				person('Cara', 'New York', 'Support'),
				person('Dora', 'New York', 'Legal'),
				person('Emil', 'Oslo', 'HR'),
				person('Finn', 'paris', null),
			],
		});
		for (const office of ['Paris', 'New York']) {
			const id = group(office);
			for (const department of ['Support', 'HR']) group(department, id);
		}
	});

	it('takes everybody to the deepest group that there is, and says which value has none', async () => {
		const { results } = await run();
		expect(groupsOf('Anna')).toEqual(['Personio', 'Support']);
		expect(groupsOf('Ben')).toEqual(['HR', 'Personio']);
		expect(groupsOf('Cara')).toEqual(['Personio', 'Support']);
		expect(groupsOf('Dora')).toEqual(['New York', 'Personio']);
		expect(groupsOf('Emil')).toEqual(['Personio']);
		expect(groupsOf('Finn')).toEqual(['Paris', 'Personio']);
		expect(notesOf(results, 'Dora')).toEqual([
			'There is no group "New York > Legal": Dora Example goes to "New York".',
		]);
		expect(notesOf(results, 'Emil')).toEqual([
			expect.stringContaining(
				'There is no group "Oslo > HR": Emil Example goes to "/Nordhafen Academy > Personio"',
			),
		]);
		const parents = learning()
			.memberships.filter(({ userId }) => userId === accountOf(stage, 'anna@example.com')._id)
			.map(({ groupId }) => learning().groups.get(learning().groups.get(groupId)?.parentId ?? '')?.name);
		expect(parents.sort()).toEqual(['Nordhafen Academy', 'Paris']);
		await writesNothing();
	});

	it('makes what is missing if that is allowed, private and below the root group', async () => {
		await run({ createMissingGroups: true });
		expect(groupsOf('Dora')).toEqual(['Legal', 'Personio']);
		expect(groupsOf('Emil')).toEqual(['HR', 'Personio']);
		const made = [...learning().groups.values()].filter(({ custom }) => custom?.includes('Personio sync'));
		expect(made.map(({ name, public: isPublic }) => [name, isPublic]).sort()).toEqual([
			['HR', false],
			['Legal', false],
			['Oslo', false],
		]);
		await writesNothing({ createMissingGroups: true });
	});

	it('moves somebody by joining first and leaving second', async () => {
		await run();
		stage.sandbox.personio.change(personId('Anna'), { office: 'New York' });
		learning().clearCalls();
		await run();
		expect(
			learning()
				.writes()
				.map(({ method }) => method),
		).toEqual(['POST', 'DELETE']);
		expect(groupsOf('Anna')).toEqual(['Personio', 'Support']);
		await writesNothing();
	});

	it('leaves groups alone that the mapping cannot name', async () => {
		await run();
		const club = group('Book Club');
		learning().addMembership(club, accountOf(stage, 'anna@example.com')._id);
		await writesNothing();
		expect(groupsOf('Anna')).toContain('Book Club');
	});
});

describe('a public group, which pulls in the groups above it', () => {
	beforeEach(async () => {
		stage = await startLearning({
			company: [person('Anna', 'Paris', 'Support'), person('Ben', 'Paris', null)],
		});
		group('Support', group('Paris', learning().syncRoot, true), true);
	});

	it('is not fought: nobody is taken out of a group that comes with another one', async () => {
		await run();
		expect(groupsOf('Anna')).toEqual(['Paris', 'Personio', 'Support']);
		expect(groupsOf('Ben')).toEqual(['Paris', 'Personio']);
		await writesNothing();
	});

	it('is left together with those above it when somebody moves away', async () => {
		group('Oslo');
		await run();
		stage.sandbox.personio.change(personId('Anna'), { office: 'Oslo', department: null });
		await run();
		expect(groupsOf('Anna')).toEqual(['Oslo', 'Personio']);
		await writesNothing();
	});

	it('keeps somebody in a group below it that somebody else has chosen', async () => {
		await run();
		const paris = [...learning().groups.values()].find(({ name }) => name === 'Paris')?._id ?? '';
		const choir = group('Choir', paris, true);
		learning().addMembership(choir, accountOf(stage, 'ben@example.com')._id);
		group('Oslo');
		stage.sandbox.personio.change(personId('Ben'), { office: 'Oslo' });
		await run();
		expect(groupsOf('Ben')).toEqual(['Choir', 'Oslo', 'Paris', 'Personio']);
		await writesNothing();
	});
});

describe('the root group', () => {
	beforeEach(async () => {
		stage = await startLearning({ company: [person('Anna', 'Paris', null)] });
	});

	it('is joined by an account that was there before', async () => {
		const user = learning().addUser({ mail: 'anna@example.com' });
		learning().addMembership(learning().rootGroup, user._id);
		await run();
		expect(groupsOf('Anna')).toEqual(['Nordhafen Academy', 'Personio']);
	});

	it.each(['/Nordhafen Academy > Personio', 'personio'])('can be named "%s"', async (rootGroup) => {
		await run({ rootGroup });
		expect(groupsOf('Anna')).toEqual(['Personio']);
	});

	it.each([
		['', /Root Group Name or ID" is required/],
		['Nowhere', /has no group "Nowhere"/],
		[
			'Twice',
			/several groups "Twice": "\/Nordhafen Academy > Twice", "\/Nordhafen Academy > Partners > Twice"/,
		],
	])('that is "%s" stops the plan before anything is changed', async (rootGroup, sentence) => {
		group('Twice', learning().rootGroup);
		const partners = [...learning().groups.values()].find(({ name }) => name === 'Partners')?._id;
		group('Twice', partners);
		await expect(run({ rootGroup })).rejects.toMatchObject({ message: expect.stringMatching(sentence) });
		expect(learning().writes()).toEqual([]);
	});
});

describe('more than 50 memberships', () => {
	jest.setTimeout(30_000);
	const people = Array.from({ length: 60 }, (_, index) => person(`P${index}`, `Office ${index % 3}`, null));

	it('go through one bulk operation, and later the moves through two', async () => {
		stage = await startLearning({ company: people });
		await run({ createMissingGroups: true });
		const bulk = () =>
			learning()
				.writes()
				.filter(({ path }) => path.includes('/bulk/'));
		const single = () =>
			learning()
				.writes()
				.filter(({ path }) => /\/groups\/[^/]+\/learner\//.test(path));
		expect([bulk().length, single().length]).toEqual([1, 0]);
		expect(people.every(({ firstName }) => groupsOf(firstName).length === 2)).toBe(true);
		await writesNothing({ createMissingGroups: true });

		for (const { firstName } of people)
			stage.sandbox.personio.change(personId(firstName), { office: 'Oslo' });
		learning().clearCalls();
		const limits = { maxGroupRemovals: 60, maxGroupRemovalPercent: 100 };
		await run({ createMissingGroups: true, limits });
		expect(bulk().map(({ method }) => method)).toEqual(['POST', 'DELETE']);
		expect(single()).toEqual([]);
		expect(people.every(({ firstName }) => groupsOf(firstName).join() === 'Oslo,Personio')).toBe(true);
	});

	it.each([
		['without the scope groups:bulk', () => learning().withdrawScope('groups:bulk')],
		[
			'where some items fail',
			() => void learning().misbehave({ match: { path: '*' }, do: { bulkItemErrors: 5 } }),
		],
	])('%s, the rest goes one by one, and nobody is left out', async (_, spoil) => {
		stage = await startLearning({ company: people });
		spoil();
		const { outcomes } = await run({ createMissingGroups: true });
		expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
		expect(people.every(({ firstName }) => groupsOf(firstName).length === 2)).toBe(true);
	});
});
