import fc from 'fast-check';

import type { Decision } from '../../nodes/shared/item';
import { mutations, ODD_NUMBERS, ODD_TEXTS } from './arbitraries';
import { expectNoPollution } from './node';
import { jsonOf, planFor, read, sync } from './run';
import { newWorld, spoilTransport, type Spoiling, type World } from './world';

/**
 * An LMS whose answers go wrong in any way, while Personio tells the truth: whole runs through reading,
 * planning, applying and reporting.
 */

const CASES = 350;

jest.setTimeout(300_000);
beforeAll(spoilTransport);
afterAll(() => jest.restoreAllMocks());

const header = fc.constantFrom(...ODD_TEXTS.slice(0, 40), ...ODD_NUMBERS.map(String), 'true', 'false');
const headers = fc.option(
	fc.dictionary(
		fc.constantFrom(
			'link',
			'lu-has-next-page',
			'lu-records-per-page',
			'lu-current-page',
			'location',
			'retry-after',
		),
		header,
		{ maxKeys: 3 },
	),
	{ nil: undefined },
);

const spoilingOf = (vendor: Spoiling['vendor']): fc.Arbitrary<Spoiling> =>
	fc.record({
		vendor: fc.constant(vendor),
		from: fc.nat({ max: 11 }),
		every: fc.nat({ max: 4 }).map((each) => each === 0),
		body: mutations(4),
		headers,
	});

/** Nobody who works here has lost anything, nobody has become somebody else, and strangers are as they were. */
function expectNoHarm(world: World, strangers: string, decisions: Decision[]): void {
	expectNoPollution();
	expect(world.strangers()).toBe(strangers);
	const { anna, ben, cleo, dan, eva, finn } = world.people;
	for (const person of [anna, ben, eva]) {
		const [user, ...others] = world.userOf(person);
		expect([person.firstName, others]).toEqual([person.firstName, []]);
		expect([person.firstName, user?.enabled]).toEqual([person.firstName, true]);
		const [account, ...more] = world.accountOf(person);
		expect([person.firstName, more]).toEqual([person.firstName, []]);
		expect([person.firstName, account?.status]).toEqual([person.firstName, 'active']);
		if (account) expect([undefined, String(person.id)]).toContain(world.linkOf(account));
	}
	for (const { custom, email } of world.learnUpon.users.values()) {
		const owner = Object.values(world.people).find((person) => person.email === email);
		const link = custom['Personio ID'];
		if (link !== undefined) expect([email, String(link)]).toEqual([email, String(owner?.id)]);
	}
	for (const person of [cleo, finn]) {
		expect(world.userOf(person).length).toBeLessThanOrEqual(1);
		expect(world.accountOf(person).length).toBeLessThanOrEqual(1);
	}
	const ended = decisions.filter(({ action }) => action === 'deactivate').length;
	expect(ended).toBeLessThanOrEqual(1);
	expect(world.userOf(dan)).toHaveLength(1);
}

describe.each(['learnUpon', 'threeSixtyLearning'] as const)('whatever %s answers', (vendor) => {
	it(`no run of ${CASES} trips over it, and nobody is harmed`, async () => {
		await fc.assert(
			fc.asyncProperty(spoilingOf(vendor), async (spoiling) => {
				const world = newWorld();
				const employees = await read();
				if (!employees) throw new Error('Personio was not read.');
				const strangers = world.strangers();
				world.spoiling = spoiling;
				const run = await sync(employees, planFor(vendor, world));
				world.spoiling = undefined;
				const decisions = (run?.planned ?? []).flat().flatMap((item) => jsonOf(item).decision ?? []);
				expectNoHarm(world, strangers, decisions);
				for (const { body } of world.writes) expect(JSON.stringify(body) ?? '').not.toMatch(/_id":null/);
			}),
			{ numRuns: CASES },
		);
	});
});
