import fc from 'fast-check';

import { mutated, mutations, odd, ODD_DATES } from '../arbitraries';
import { cleanRun, differing, employeesIn, knownRun } from '../clean';
import { expectNoPollution } from '../node';
import { hiring, oddNames } from '../oddPeople';
import { expectNoWrongWrite } from '../oracle';
import { filled, planFor, PLATFORMS, read, READ, sync, type PlatformName } from '../run';
import { textsOf } from '../texts';
import { newWorld } from '../world';
import { kindOf } from './kind';

const asObject = (json: unknown): never =>
	(typeof json === 'object' && json !== null && !Array.isArray(json) ? json : { json }) as never;

/** What decides about access, groups and addresses: a change just there is the most likely to do harm. */
const deciding = fc.constantFrom(
	'terminationDate',
	'hireDate',
	'status',
	'email',
	'department',
	'supervisor',
	'timeZoneOffset',
	'id',
);

const sharpened = (employee: unknown, { field, value }: { field: string; value: unknown }): never =>
	({ ...(employee as object), [field]: value }) as never;

/** Items that a node between the reading and the plan has made something odd of. */
const edited = (platform: PlatformName, output: 'each' | 'one') =>
	kindOf(
		`employees edited before the plan${output === 'one' ? ' in one item' : ''}, ${platform}`,
		output === 'one' ? 500 : 1_000,
		[
			fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 2 }),
			mutations(4),
			fc.boolean(),
			fc.option(fc.record({ field: deciding, value: fc.oneof(fc.constantFrom(...ODD_DATES), odd) })),
		],
		async (whom, wrong, isWhole, sharp) => {
			const clean = await knownRun(platform);
			const world = newWorld();
			const items = (await read({ ...READ, output })) ?? [];
			for (const index of whom) {
				const item = items[index % items.length];
				if (!item) continue;
				const { employee, ...rest } = item.json;
				item.json =
					isWhole || output === 'one'
						? asObject(mutated(item.json, wrong))
						: { ...rest, employee: sharp ? sharpened(employee, sharp) : mutated(employee, wrong) };
			}
			await sync(items, filled('lmsSync', planFor(platform, world)), textsOf(items));
			expectNoPollution();
			expectNoWrongWrite(world.deeds, clean.deeds, differing(clean.employees, employeesIn(items), [items]));
		},
	);

const spoiling = fc.record({
	vendor: fc.constant('personio' as const),
	from: fc.nat({ max: 11 }),
	every: fc.boolean(),
	body: mutations(4),
});

/** Answers of Personio that went wrong, about people who may be called anything. */
const answers = (apiVersion: 'v1' | 'v2', platform: PlatformName) =>
	kindOf(
		`answers of Personio ${apiVersion}, ${platform}`,
		700,
		[spoiling, fc.oneof(fc.constant<string[]>([]), oddNames)],
		async (wrong, names) => {
			const reading = { ...READ, apiVersion };
			const prepare = hiring(names);
			const company = { reading, prepare };
			const clean = await (names.length > 0 ? cleanRun(platform, company) : knownRun(platform, { reading }));
			const world = newWorld();
			prepare(world);
			world.spoiling = wrong;
			const items = await read(reading, textsOf(wrong, names));
			world.spoiling = undefined;
			if (!items) return;
			await sync(items, filled('lmsSync', planFor(platform, world)), textsOf(items));
			expectNoPollution();
			expectNoWrongWrite(world.deeds, clean.deeds, differing(clean.employees, employeesIn(items), [items]));
		},
	);

export const EMPLOYEES = PLATFORMS.flatMap((platform) => [
	edited(platform, 'each'),
	edited(platform, 'one'),
	answers('v1', platform),
	answers('v2', platform),
]);
