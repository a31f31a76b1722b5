import type { IDataObject } from 'n8n-workflow';

import type { Stage } from '../start';
import { sync } from '../sync';
import { accountOf, planFor, startLearning } from './stage';

/** Full and fast comparison: what each reads, and what each finds. */

let stage: Stage;
let memory: IDataObject;
beforeEach(async () => {
	memory = {};
	stage = await startLearning({
		company: Array.from({ length: 12 }, (_, index) => ({
			firstName: `First${index}`,
			lastName: `Last${index}`,
			email: `p${index}@example.com`,
			status: 'active' as const,
			department: index % 2 === 0 ? 'Sales' : 'IT',
		})),
	});
	const { personio } = stage.sandbox;
	for (const id of ids().slice(1)) personio.change(id, { supervisorId: ids()[0] ?? null });
	await run({ fullUpTo: 5 });
	learning().clearCalls();
});
afterEach(async () => await stage.close());

const learning = () => stage.sandbox.threeSixtyLearning;
const ids = () => [...stage.sandbox.personio.people.keys()].sort((a, b) => a - b);
const run = async (options: object, over: object = {}) =>
	await sync(
		stage.engine,
		planFor(stage, {
			fieldMapping: { field: [{ attribute: 'department', field: 'Department' }] },
			options,
			...over,
		}),
		{},
		memory,
	);
const readsOf = (part: string) =>
	learning().calls.filter(({ method, path }) => method === 'GET' && path.includes(part)).length;
const noted = () => (memory['node:Plan'] as IDataObject | undefined)?.['lastFullComparison'] as string;
const noteDaysAgo = (days: number) => {
	memory['node:Plan'] = { lastFullComparison: new Date(Date.now() - days * 86_400_000).toISOString() };
};

it('notes when everybody was read, but not in a dry run', async () => {
	expect(Date.now() - Date.parse(noted())).toBeLessThan(60_000);
	memory = {};
	await run({ fullUpTo: 5 }, { dryRun: true });
	expect(noted()).toBeUndefined();
});

it('reads nobody on their own in a fast comparison without a change, and writes nothing', async () => {
	const { run: summary } = await run({ fullUpTo: 5 });
	expect(summary.comparison).toMatchObject({ kind: 'fast', read: 0 });
	expect([readsOf('/custom-fields/values'), readsOf('/subordinates')]).toEqual([0, 0]);
	expect(learning().writes()).toEqual([]);
});

it('reads everybody on their own in a full one, and each manager once', async () => {
	const { run: summary } = await run({});
	expect(summary.comparison).toMatchObject({ kind: 'full', read: 12 });
	expect([readsOf('/custom-fields/values'), readsOf('/subordinates')]).toEqual([12, 1]);
	expect(learning().writes()).toEqual([]);
});

it('reads in a fast one only those for whom something changed in Personio', async () => {
	const [, second = 0, third = 0] = ids();
	stage.sandbox.personio.change(second, { department: 'Legal' });
	stage.sandbox.personio.change(third, { supervisorId: second, lastName: 'New' });
	const { run: summary } = await run({ fullUpTo: 5 });
	expect(summary.comparison).toMatchObject({ kind: 'fast', read: 1 });
	const { email: changed } = stage.sandbox.personio.people.get(second) ?? {};
	const { email: moved } = stage.sandbox.personio.people.get(third) ?? {};
	expect(accountOf(stage, changed ?? '').values).toEqual({ Department: 'Legal' });
	expect(accountOf(stage, moved ?? '')).toMatchObject({ lastName: 'New', managers: [changed] });
	learning().clearCalls();
	await run({ fullUpTo: 5 });
	expect(learning().writes()).toEqual([]);
});

it('finds what was changed by hand in a full one, at the latest after a week', async () => {
	const account = accountOf(stage, 'p3@example.com');
	learning().values.set(account._id, []);
	learning().managers.set(account._id, []);
	await run({ fullUpTo: 5 });
	expect(learning().writes()).toEqual([]);

	noteDaysAgo(7);
	const { run: summary } = await run({ fullUpTo: 5 });
	expect(summary.comparison?.reason).toMatch(/due every week/);
	expect(accountOf(stage, 'p3@example.com')).toMatchObject({
		values: { Department: 'IT' },
		managers: ['p0@example.com'],
	});
	// What was found might not have been mended, so the next one is full again.
	expect(Date.now() - Date.parse(noted())).toBeGreaterThan(60_000);
	const { run: next } = await run({ fullUpTo: 5 });
	expect(next.comparison?.kind).toBe('full');
	expect(Date.now() - Date.parse(noted())).toBeLessThan(60_000);
});

it('compares in full on demand', async () => {
	const { run: summary } = await run({ fullUpTo: 5, fullComparison: true });
	expect(summary.comparison).toMatchObject({ kind: 'full', read: 12 });
});

it('fills a field that was deleted or renamed also in a fast one', async () => {
	const [field] = [...learning().customFields.values()].filter(({ name }) => name === 'Department');
	if (field) field.name = 'Bereich';
	await run({ fullUpTo: 5 });
	expect(accountOf(stage, 'p3@example.com').values).toEqual({ Department: 'IT' });
	learning().clearCalls();
	await run({ fullUpTo: 5 });
	expect(learning().writes()).toEqual([]);
});

it('leaves a manager alone whom somebody else has set, and replaces only its own', async () => {
	const { _id: report } = accountOf(stage, 'p3@example.com');
	const { _id: mentor } = accountOf(stage, 'p7@example.com');
	const managers = learning().managers.get(report) ?? [];
	learning().managers.set(report, [...managers, mentor]);
	const [, second = 0] = ids();
	stage.sandbox.personio.change(ids()[3] ?? 0, { supervisorId: second });
	await run({});
	expect(accountOf(stage, 'p3@example.com').managers.sort()).toEqual(['p1@example.com', 'p7@example.com']);
});

it('says in a note that a supervisor has no account, keeps the manager until then, and fails nobody', async () => {
	const [first = 0, second = 0] = ids();
	stage.sandbox.personio.change(first, { status: 'inactive' });
	const { results, outcomes } = await run({});
	expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
	const notes = results.flatMap(({ decision }) => decision?.notes ?? []);
	expect(notes).toHaveLength(11);
	expect(notes[0]).toBe(
		`The supervisor First0 Last0 (Personio id ${first}) has no account in the LMS, so no manager is set.`,
	);
	stage.sandbox.personio.change(ids()[3] ?? 0, { supervisorId: second });
	await run({});
	expect(accountOf(stage, 'p3@example.com').managers).toEqual(['p1@example.com']);
});
