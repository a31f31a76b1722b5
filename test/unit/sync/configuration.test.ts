import { codeOf } from '../../../nodes/LmsSync/sync/configuration';
import type { Configuration, Memory } from '../../../nodes/LmsSync/sync/memory';
import type { Employee, Learner } from '../../../nodes/shared/item';
import {
	accountOf,
	aField,
	aGroup,
	anEmployee,
	equals,
	holdCode,
	joins,
	planned,
	someSettings,
	YESTERDAY,
	type SettingsOver,
	type Situation,
} from './builders';
import { kept } from './histories';
import { applicable } from './model';

/**
 * Anna works in Berlin, is still in the group of London, and her contract (not her employment) is over.
 * Ben has left, whatever the configuration. Cara is in scope as long as nobody filters by department.
 */
const anna = anEmployee(1, {
	office: 'Berlin',
	department: 'IT',
	contractEndDate: YESTERDAY,
	timeZoneOffset: '+01:00',
});
const ben = anEmployee(2, { office: 'London', department: 'IT', status: 'inactive' });
const cara = anEmployee(3, { office: 'London', department: 'HR' });
const gone = anEmployee(4);

const groups = ['London', 'Berlin', 'Staff'].map((name) => aGroup(name));
const situation = (settings: SettingsOver, memory?: Memory, rest: Partial<Situation> = {}): Situation => ({
	employees: [anna, ben, cara],
	lms: { learners: [anna, ben, cara].map((each) => accountOf(each)), groups, fields: [aField('Level')] },
	memberships: { L1: ['London', 'Staff'], L2: ['London'], L3: ['Staff'] },
	settings,
	...(memory && { memory }),
	...rest,
});

const PLAIN: SettingsOver = { groupRules: [joins('office', 'London', 'London')] };
/** What an applied run with a configuration leaves; nobody was touched by it. */
const after = (settings: SettingsOver, rest: Partial<Situation> = {}): Memory =>
	kept(planned({ employees: [], settings, ...rest }).memory);

const heldOf = ({ people }: ReturnType<typeof planned>) =>
	people
		.filter(({ decision }) => holdCode(decision) === 'configurationChanged')
		.map(({ employee, decision }) => [
			employee?.id,
			decision.action === 'hold' ? decision.withheld : '',
			decision.groups.remove.map(({ name }) => name).join(),
		]);
const removals = (plan: ReturnType<typeof planned>) =>
	applicable(plan).flatMap(({ employee, decision }) => [
		...(decision.action === 'deactivate' ? [`ends ${employee?.id}`] : []),
		...decision.groups.remove.map(({ name }) => `${employee?.id} leaves ${name}`),
	]);

/** What the former configuration would do as well: Ben goes, and Anna leaves the group of London. */
const ALL_THE_SAME = ['1 leaves London', 'ends 2'];

/** Each changed parameter: its name, the settings, and who is held with what. */
const CHANGES: Array<[string, SettingsOver, string[][]]> = [
	['End Access', { ...PLAIN, endAccess: 'contractEndDate' }, [['1', 'deactivate', '']]],
	['End Access', { ...PLAIN, endAccess: 'earliest' }, [['1', 'deactivate', '']]],
	[
		'Scope',
		{ ...PLAIN, scope: { filters: [equals('department', 'IT')], outOfScope: 'deactivate' } },
		[['3', 'deactivate', '']],
	],
	[
		'Groups by Rules',
		{ groupRules: [joins('office', 'London', 'London'), joins('department', 'Sales', 'Staff')] },
		[
			['1', 'groups', 'Staff'],
			['3', 'groups', 'Staff'],
		],
	],
];

describe('a configuration that has changed since the last applied run', () => {
	it.each(CHANGES)('by "%s" holds what follows from the change alone', (name, settings, held) => {
		const plan = planned(situation(settings, after(PLAIN)));
		expect(plan.summary.configuration).toMatchObject({ changed: [name], confirmed: false });
		expect(heldOf(plan)).toEqual(held);
		expect(removals(plan)).toContain('ends 2');
	});

	it.each(CHANGES)('by "%s" shows all of that in a dry run', (_, settings, held) => {
		const plan = planned(situation({ ...settings, dryRun: true }, after(PLAIN)));
		expect(heldOf(plan)).toEqual([]);
		expect(removals(plan).length).toBeGreaterThan(held.length);
	});

	it.each(CHANGES)('by "%s" holds nothing once its code was entered', (_, settings, held) => {
		const code = planned(situation({ ...settings, dryRun: true })).summary.configuration.code;
		for (const confirmed of [code, code.toUpperCase(), ` ${code.replace('-', '')} `]) {
			const plan = planned(situation(settings, after(PLAIN), { confirmed }));
			expect(heldOf(plan)).toEqual([]);
			expect(removals(plan).length).toBeGreaterThan(held.length);
		}
	});

	it.each(CHANGES)(
		'by "%s" holds nothing after a scheduled dry run, until it changes again',
		(_, settings) => {
			const memory = kept(planned(situation({ ...settings, dryRun: true }, after(PLAIN))).memory);
			expect(heldOf(planned(situation(settings, memory)))).toEqual([]);
			const other = { ...settings, scope: { ...settings.scope, exclude: ['99'] } };
			expect(heldOf(planned(situation(other, memory)))).not.toEqual([]);
		},
	);

	it.each<[string, Partial<Situation>]>([
		['about changes', { employees: [anna], roster: { scope: 'changes' } }],
		['about a selection', { employees: [anna], roster: { scope: 'selection' } }],
		['whose employees have gaps', { roster: { complete: false } }],
		['without an attribute that decides', { roster: { missingAttributes: ['terminationDate'] } }],
		[
			'whose LMS has gaps',
			{
				lms: {
					learners: [anna, ben, cara].map((each) => accountOf(each)),
					gaps: [{ code: 'pageMissing', message: 'Page 2 did not come.' }],
				},
			},
		],
	])('is not seen by a dry run %s', (_, rest) => {
		const [, settings] = CHANGES[2] as (typeof CHANGES)[number];
		const before = after(PLAIN);
		const { memory } = planned(situation({ ...settings, dryRun: true }, before, rest));
		expect(heldOf(planned(situation(settings, kept(memory))))).toEqual([['3', 'deactivate', '']]);
	});

	it('and was seen has to be seen again after a run with the former one', () => {
		const [, settings] = CHANGES[2] as (typeof CHANGES)[number];
		const { memory: seen } = planned(situation({ ...settings, dryRun: true }, after(PLAIN)));
		expect(heldOf(planned(situation(settings, kept(seen))))).toEqual([]);
		const { memory } = planned(situation(PLAIN, kept(seen)));
		expect(heldOf(planned(situation(settings, kept(memory))))).toEqual([['3', 'deactivate', '']]);
	});

	it('and was seen stays so after it was applied', () => {
		const [, settings] = CHANGES[2] as (typeof CHANGES)[number];
		const { memory: seen } = planned(situation({ ...settings, dryRun: true }, after(PLAIN)));
		const { memory } = planned(situation(settings, kept(seen)));
		expect(heldOf(planned(situation(settings, kept(memory))))).toEqual([]);
	});

	it('lets somebody leave the group that the former one would leave as well', () => {
		const [, settings] = CHANGES[3] as (typeof CHANGES)[number];
		expect(removals(planned(situation(settings, after(PLAIN))))).toEqual(ALL_THE_SAME);
	});

	it('by a row of the mapping holds no removal that was due anyway', () => {
		const settings = { ...PLAIN, fieldMapping: [{ attribute: 'office', field: 'Level' }] };
		const plan = planned(situation(settings, after(PLAIN)));
		expect(plan.summary.configuration.changed).toEqual(['Field Mapping']);
		expect(heldOf(plan)).toEqual([]);
		expect(removals(plan)).toEqual(ALL_THE_SAME);
	});

	it('by higher limits holds whom the former ones would have held', () => {
		const before = { ...PLAIN, limits: { maxDeactivations: 0 } };
		const plan = planned(situation(PLAIN, after(before)));
		expect(plan.summary.configuration.changed).toEqual(['Limits']);
		expect(heldOf(plan)).toEqual([['2', 'deactivate', '']]);
	});

	it('by levels holds the leaving of their groups', () => {
		const plan = planned(situation({ ...PLAIN, groupLevels: ['office'] }, after(PLAIN)));
		expect(plan.summary.configuration.changed).toEqual(['Groups by Levels']);
		expect(heldOf(plan)).toEqual([]);
		const settings = { groupLevels: ['office'] };
		expect(heldOf(planned(situation(settings, after({}))))).toEqual([['1', 'groups', 'London']]);
	});

	it.each<[string, SettingsOver, Partial<Situation>]>([
		['Personio ID Field', { ...PLAIN, linkField: 'Other' }, {}],
		['Root Group', PLAIN, { rootGroup: 'Other' }],
		['Match By', { ...PLAIN, matchBy: 'email' }, {}],
	])('by "%s" holds every removal, since another LMS is read', (name, settings, rest) => {
		const memory = after(PLAIN, { rootGroup: 'Acme' });
		const plan = planned(situation(settings, memory, { rootGroup: 'Acme', ...rest }));
		expect(plan.summary.configuration.changed).toEqual([name]);
		expect(removals(plan)).toEqual([]);
	});

	it('by "Deactivate Missing People After" holds whom only that would end', () => {
		const lms = { learners: [accountOf(gone)] };
		const answers = new Map([[gone.id, 'deleted' as const]]);
		const rest = { employees: [], lms, answers };
		const plan = planned({ ...rest, settings: { missingRuns: 1 }, memory: after({}) });
		expect(plan.summary.decisions).toMatchObject({ deactivate: 0, hold: 1 });
		expect(plan.people.map(({ decision }) => holdCode(decision))).toEqual(['configurationChanged']);
	});

	it('by what concerns new people only is not changed', () => {
		const settings: SettingsOver = {
			...PLAIN,
			newLearners: 'create',
			activate: false,
			daysBeforeHire: 7,
			usePreferredName: true,
		};
		expect(planned(situation(settings, after(PLAIN))).summary.configuration).toMatchObject({
			changed: [],
			confirmed: true,
		});
	});

	it('holds an end that is another day by the change, and lets the one of the former configuration go', () => {
		const dates = { terminationDate: '2026-08-31', lastWorkingDay: '2026-07-31' };
		const dora = anEmployee(5, dates);
		const rest = { employees: [dora], lms: { learners: [accountOf(dora)] } };
		const held = planned({ ...rest, settings: { endAccess: 'lastWorkingDay' }, memory: after({}) });
		expect(held.people[0]?.decision).toMatchObject({ action: 'hold', withheld: 'deactivate' });
		const mapped = { fieldMapping: [{ attribute: 'office', field: 'Level' }] };
		const free = planned({ ...rest, settings: mapped, memory: after({}) });
		expect(free.people[0]?.decision).toMatchObject({ action: 'update' });
	});
});

describe('the memory of the former configuration', () => {
	const [, changed] = CHANGES[0] as (typeof CHANGES)[number];

	it('stays over any number of runs that nobody has confirmed', () => {
		let memory = after(PLAIN);
		for (let run = 0; run < 3; run++) {
			const plan = planned(situation(changed, memory));
			expect(heldOf(plan)).toEqual([['1', 'deactivate', '']]);
			memory = kept(plan.memory);
		}
		expect(memory.applied?.configuration.endAccess).toBe('terminationDate');
	});

	it('is replaced by a confirmed run, and by none that is a dry one', () => {
		const confirmed = codeOf(someSettings(changed));
		const dry = planned(situation({ ...changed, dryRun: true }, after(PLAIN), { confirmed }));
		expect(dry.memory.applied?.configuration.endAccess).toBe('terminationDate');
		const real = planned(situation(changed, after(PLAIN), { confirmed }));
		expect(real.memory.applied?.configuration.endAccess).toBe('contractEndDate');
		expect(heldOf(planned(situation(changed, kept(real.memory))))).toEqual([]);
	});

	it('of a version that knew less is completed by what is set now', () => {
		const { limits: _, missingRuns: __, ...rest } = someSettings(PLAIN);
		const memory = {
			...after(PLAIN),
			applied: { at: '2026-03-01', configuration: rest as unknown as Configuration },
		};
		const plan = planned(situation(PLAIN, memory));
		expect(plan.summary.configuration.changed).toEqual(['Limits', 'Deactivate Missing People After']);
		expect(removals(plan)).toEqual(ALL_THE_SAME);
	});

	it('that is not there lets a first applied run be', () => {
		expect(planned(situation(changed)).summary.configuration).toMatchObject({ changed: [], confirmed: true });
	});
});

describe('the code of a configuration', () => {
	const reversed = (value: unknown): unknown =>
		Array.isArray(value)
			? value.map(reversed)
			: typeof value === 'object' && value !== null
				? Object.fromEntries(
						Object.entries(value)
							.reverse()
							.map(([key, each]) => [key, reversed(each)]),
					)
				: value;

	it('does not depend on the order of keys, on dry runs, nor on what is absent', () => {
		const settings = someSettings(PLAIN);
		const code = codeOf(settings);
		expect(code).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}$/);
		expect(codeOf(reversed(settings) as Configuration)).toBe(code);
		expect(codeOf(JSON.parse(JSON.stringify({ ...settings, dryRun: true })) as Configuration)).toBe(code);
		expect(codeOf({ ...settings, rootGroup: undefined } as unknown as Configuration)).toBe(code);
	});

	it('depends on the order of levels, and on every value', () => {
		const codes = [
			PLAIN,
			{ ...PLAIN, groupLevels: ['office', 'department'] },
			{ ...PLAIN, groupLevels: ['department', 'office'] },
			{ ...PLAIN, limits: { windowHours: 12 } },
			{ ...PLAIN, scope: { exclude: ['1'] } },
			{ ...PLAIN, defaultZone: 'UTC' },
		].map((settings) => codeOf(someSettings(settings)));
		expect(new Set(codes).size).toBe(codes.length);
	});
});

describe('of several accounts and employees', () => {
	it('each is compared with its own former removals', () => {
		const dora: Employee = anEmployee(5, { office: 'Berlin' });
		const learners: Learner[] = [anna, dora].map((each) => accountOf(each));
		const rules = { groupRules: [joins('office', 'London', 'London'), joins('office', 'Paris', 'Staff')] };
		const plan = planned({
			employees: [anna, dora],
			lms: { learners, groups },
			memberships: { L1: ['London'], L5: ['Staff'] },
			settings: rules,
			memory: after(PLAIN),
		});
		expect(heldOf(plan)).toEqual([['5', 'groups', 'Staff']]);
		expect(removals(plan)).toEqual(['1 leaves London']);
	});
});
