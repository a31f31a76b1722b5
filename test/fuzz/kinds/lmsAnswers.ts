import fc from 'fast-check';

import { mutations, ODD_NUMBERS, ODD_TEXTS } from '../arbitraries';
import { employeesIn, knownRun } from '../clean';
import { expectNoPollution } from '../node';
import { expectNoWrongWrite } from '../oracle';
import { filled, planFor, PLATFORMS, read, sync, type PlatformName } from '../run';
import { textsOf } from '../texts';
import { newWorld, type World } from '../world';
import { kindOf } from './kind';

const header = fc.constantFrom(...ODD_TEXTS.slice(0, 40), ...ODD_NUMBERS.map(String), 'true', 'false');
const NAMES = [
	'link',
	'lu-has-next-page',
	'lu-records-per-page',
	'lu-current-page',
	'location',
	'retry-after',
];
const headers = fc.option(fc.dictionary(fc.constantFrom(...NAMES), header, { maxKeys: 3 }), {
	nil: undefined,
});

/** Nobody who works here has lost anything, and strangers are as they were. */
function expectNoHarm(world: World, strangers: string): void {
	expectNoPollution();
	expect(world.strangers()).toBe(strangers);
	const { anna, ben, cleo, eva, finn } = world.people;
	for (const person of [anna, ben, eva]) {
		const users = world.userOf(person).map(({ enabled }) => enabled);
		const accounts = world.accountOf(person).map(({ status }) => status);
		expect([person.firstName, users, accounts]).toEqual([person.firstName, [true], ['active']]);
	}
	for (const person of [cleo, finn]) {
		expect(world.userOf(person).length).toBeLessThanOrEqual(1);
		expect(world.accountOf(person).length).toBeLessThanOrEqual(1);
	}
}

/** An LMS whose answers go wrong in any way, while Personio tells the truth. */
const answers = (vendor: PlatformName) =>
	kindOf(
		`answers of ${vendor}`,
		1_000,
		[
			fc.record({
				vendor: fc.constant(vendor),
				from: fc.nat({ max: 11 }),
				every: fc.nat({ max: 4 }).map((each) => each === 0),
				body: mutations(4),
				headers,
			}),
			fc.constantFrom('create', 'invite'),
		],
		async (spoiling, newLearners) => {
			const planning = { newLearners };
			const clean = await knownRun(vendor, { planning });
			const world = newWorld();
			const items = (await read()) ?? [];
			const strangers = world.strangers();
			world.spoiling = spoiling;
			const parameters = filled('lmsSync', planFor(vendor, world, planning));
			await sync(items, parameters, textsOf(spoiling, items));
			world.spoiling = undefined;
			expectNoHarm(world, strangers);
			const people = Object.values(world.people).map(({ id }) => String(id));
			expectNoWrongWrite(world.deeds, clean.deeds, {
				people: new Set(people),
				values: [employeesIn(items)],
			});
		},
	);

export const LMS_ANSWERS = PLATFORMS.map(answers);
