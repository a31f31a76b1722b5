import fc from 'fast-check';

import type { INodeExecutionData } from 'n8n-workflow';

import { mutated, mutations } from '../arbitraries';
import { employeesIn, knownRun } from '../clean';
import { expectNoPollution } from '../node';
import { expectNoWrongWrite } from '../oracle';
import { filled, jsonOf, planFor, PLATFORMS, read, reportOn, sync, type PlatformName } from '../run';
import { textsOf } from '../texts';
import { newWorld } from '../world';
import { kindOf } from './kind';

const asObject = (json: unknown): never =>
	(typeof json === 'object' && json !== null && !Array.isArray(json) ? json : { json }) as never;

/** Under which names deeds may speak of whom an item is about. */
function peopleIn(items: INodeExecutionData[]): string[] {
	return items.flatMap((item) => {
		const { employee, learner } = jsonOf(item);
		return [employee?.id, employee?.email, learner?.link, learner?.email].flatMap((each) =>
			typeof each === 'string' ? [each, each.toLowerCase()] : [],
		);
	});
}

/** Items that a node between the plan and the steps has made something odd of. */
const between = (platform: PlatformName) =>
	kindOf(
		`items edited between plan and steps, ${platform}`,
		900,
		[fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 2 }), mutations(4), fc.boolean()],
		async (whom, wrong, isWhole) => {
			const clean = await knownRun(platform);
			const world = newWorld();
			const items = (await read()) ?? [];
			const odd: INodeExecutionData[] = [];
			const quoted = textsOf(items, wrong);
			await sync(items, filled('lmsSync', planFor(platform, world)), quoted, (planned) => {
				const all = planned.flat();
				for (const index of whom) {
					const item = all[index % all.length];
					if (!item) continue;
					odd.push(structuredClone(item));
					if (isWhole) item.json = asObject(mutated(item.json, wrong));
					else item.json = { ...item.json, decision: mutated(item.json.decision, wrong) };
					odd.push(item);
				}
			});
			expectNoPollution();
			expectNoWrongWrite(world.deeds, clean.deeds, {
				people: new Set(peopleIn(odd)),
				values: [odd.map(({ json }) => json), employeesIn(items)],
			});
		},
	);

/** What n8n makes of two branches that it merges by position: parts of an item that belong to somebody else. */
const mixed = (platform: PlatformName) =>
	kindOf(
		`parts of items mixed up between plan and steps, ${platform}`,
		300,
		[fc.nat(), fc.nat(), fc.constantFrom('employee', 'learner', 'decision')],
		async (one, other, part) => {
			const clean = await knownRun(platform);
			const world = newWorld();
			const items = (await read()) ?? [];
			await sync(items, filled('lmsSync', planFor(platform, world)), textsOf(items), (planned) => {
				const all = planned.flat().filter(({ json }) => json.decision !== undefined);
				const [a, b] = [all[one % all.length], all[other % all.length]];
				if (!a || !b) return;
				const [mine, theirs] = [a.json[part], b.json[part]];
				a.json = { ...a.json, [part]: theirs } as never;
				b.json = { ...b.json, [part]: mine } as never;
			});
			expectNoWrongWrite(world.deeds, clean.deeds, { people: new Set(), values: [] });
		},
	);

const report = kindOf(
	'items fed to the report',
	600,
	[
		fc.constantFrom(...PLATFORMS),
		fc.array(fc.tuple(fc.nat(), mutations(4)), { minLength: 1, maxLength: 4 }),
		fc.boolean(),
	],
	async (platform, wrong, pseudonymise) => {
		const world = newWorld();
		const items = (await read()) ?? [];
		const run = await sync(items, filled('lmsSync', planFor(platform, world)), textsOf(items));
		if (!run) throw new Error('The run refused to run.');
		const fed = run.applied.map((item) => structuredClone(item));
		for (const [index, changes] of wrong) {
			const item = fed[index % fed.length];
			if (item) item.json = asObject(mutated(item.json, changes));
		}
		const before = world.deeds.length;
		await reportOn(fed, textsOf(items, wrong), pseudonymise);
		expectNoPollution();
		if (world.deeds.length > before) throw new Error('A report has written.');
	},
);

export const PLANNED_ITEMS = [
	...PLATFORMS.flatMap((platform) => [between(platform), mixed(platform)]),
	report,
];
