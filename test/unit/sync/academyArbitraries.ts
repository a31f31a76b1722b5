import fc from 'fast-check';

import {
	employeeId,
	learnerId,
	type AttributeValue,
	type Employee,
	type EmployeeStatus,
	type Learner,
	type Supervisor,
} from '../../../nodes/shared/item';
import type { CustomField, Group } from '../../../nodes/LmsSync/sync/lmsState';
import type { PlanSettings } from '../../../nodes/LmsSync/sync/settings';
import type { AcademyState } from './academy';
import { anAcademy, equals, joins, LATER, someSettings, without, YESTERDAY } from './builders';

/** As in a portal: few people, few addresses, few values, so that everything meets everything. */
export const PEOPLE = 6;
const LETTERS = [...'abcdefghi'];

const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values);
const mostly = <Value>(value: fc.Arbitrary<Value>, ...seldom: Value[]) =>
	fc.oneof({ arbitrary: value, weight: 8 }, { arbitrary: oneOf(...seldom), weight: 1 });
const address = (letter: string | undefined) => `${letter}@acme.example`;
const ownLetter = (id: number) => LETTERS[id - 1];
const anyLink = fc.integer({ min: 1, max: PEOPLE + 2 }).map(employeeId);

/** Which of the roads that lead into trouble are open. */
export interface Roads {
	/** Values that their fields do not take, and attributes that are not delivered. */
	misfits: boolean;
	/** People who leave and come back. */
	leavers: boolean;
	/** People who are left alone, on the exclusion list or by a filter. */
	leftAlone: boolean;
	/** Supervisors in a ring, now or in the course of time. */
	rings: boolean;
}

export const ALL_ROADS: Roads = { misfits: true, leavers: true, leftAlone: true, rings: true };

/** People who stay where they are, whose values fit and whose supervisors are in order. */
export const CALM: Roads = { misfits: false, leavers: false, leftAlone: false, rings: false };

const LOSABLE = [
	'email',
	'firstName',
	'status',
	'office',
	'department',
	'terminationDate',
	'position',
] as const;

export const employee = (id: number, roads: Roads): fc.Arbitrary<Employee> => {
	const { misfits, leavers, rings } = roads;
	// Without rings, everybody reports to somebody with a smaller number, now and ever.
	const boss = fc
		.integer({ min: rings ? 1 : 0, max: rings ? PEOPLE + 1 : id - 1 })
		.map((each): Supervisor | null => (each === 0 ? null : { id: employeeId(each) }));
	const status = mostly(
		oneOf<EmployeeStatus | null>('active', 'active', 'onboarding', leavers ? 'inactive' : 'active'),
		misfits ? null : 'active',
	);
	const record = fc.record({
		id: fc.constant(employeeId(id)),
		custom: fc.record(
			{
				dynamic_1: mostly(oneOf<AttributeValue>('x', 'y', null), ...(misfits ? ['q', 'Q'] : ['x'])),
				dynamic_2: mostly(oneOf<AttributeValue>('2020-01-01', null), ...(misfits ? ['soon'] : [null])),
				dynamic_3: mostly(oneOf<AttributeValue>('de', 'English', null), ...(misfits ? ['Elvish'] : [null])),
			},
			misfits ? { requiredKeys: ['dynamic_1', 'dynamic_3'] } : undefined,
		),
		email: mostly(
			fc.constant<string | null>(address(ownLetter(id))),
			...LETTERS.map((letter) => address(letter).toUpperCase()),
			...(misfits ? [null] : []),
		),
		firstName: oneOf('Anna', `First${id}`),
		lastName: oneOf('Smith', `Last${id}`),
		preferredName: oneOf(null, 'Nick'),
		status,
		office: mostly(oneOf<string | null>('London', 'Berlin'), null),
		department: mostly(oneOf<string | null>('IT', 'HR'), null),
		position: oneOf<string | null>('Engineer', 'Cook', null),
		supervisor: mostly(boss, null, { id: employeeId(rings ? 1 + (id % PEOPLE) : PEOPLE + 1) }),
		hireDate: oneOf('2020-01-01', '2026-04-01'),
		terminationDate: leavers
			? mostly(oneOf<string | null>(null, null, LATER), YESTERDAY)
			: oneOf(null, LATER),
		lastWorkingDay: fc.constant(null),
		contractEndDate: fc.constant(null),
	});
	const lost = fc.oneof(
		{ arbitrary: fc.constant<Array<keyof Employee>>([]), weight: 4 },
		{ arbitrary: fc.subarray<keyof Employee>([...LOSABLE, 'supervisor'], { maxLength: 2 }), weight: 1 },
	);
	return fc.tuple(record, misfits ? lost : fc.constant([])).map(([each, fields]) => without(each, ...fields));
};

export const staff = (roads = ALL_ROADS): fc.Arbitrary<Employee[]> =>
	fc
		.uniqueArray(fc.integer({ min: 1, max: PEOPLE }), { maxLength: PEOPLE })
		.chain((ids) => fc.tuple(...ids.map((id) => employee(id, roads))));

/** The same company at several times. Nobody is gone from the roster without a word. */
export const times = (count: number, roads = ALL_ROADS): fc.Arbitrary<Employee[][]> =>
	fc
		.uniqueArray(fc.integer({ min: 1, max: PEOPLE }), { minLength: 2, maxLength: PEOPLE })
		.chain((ids) =>
			fc.array(fc.tuple(...ids.map((id) => employee(id, roads))), { minLength: count, maxLength: count }),
		);

/** Names as a plan sees them, each with the one above it: the root group of the sync is below the top. */
const TREE: Array<[name: string, above: string | null]> = [
	['/Acme', null],
	['/Acme > Staff', '/Acme'],
	['/Acme > Yoga', '/Acme'],
	['London', '/Acme > Staff'],
	['London > IT', 'London'],
	['London > IT > Lab', 'London > IT'],
	['Berlin', '/Acme > Staff'],
	['Berlin > HR', 'Berlin'],
	['Techies', '/Acme > Staff'],
	['Techies > Core', 'Techies'],
];

const groups: fc.Arbitrary<Group[]> = fc
	.tuple(
		fc.subarray(TREE.slice(2)),
		fc.array(fc.boolean(), { minLength: TREE.length, maxLength: TREE.length }),
		fc.array(fc.boolean(), { minLength: TREE.length, maxLength: TREE.length }),
	)
	.map(([some, publicity, ownership]) => {
		const above = new Map(TREE);
		const lineOf = (name: string): string[] => {
			const up = above.get(name);
			return up ? [up, ...lineOf(up)] : [];
		};
		const names = new Set(some.flatMap(([name]) => [name, ...lineOf(name)]).concat('/Acme > Staff', '/Acme'));
		const isPublic = new Set(TREE.filter(([, up], index) => up && publicity[index]).map(([name]) => name));
		return TREE.flatMap(([name], index): Group[] => {
			if (!names.has(name)) return [];
			const line = lineOf(name);
			const end = [name, ...line].findIndex((each) => !isPublic.has(each));
			const brings = line.slice(0, end).map((each) => `G-${each}`);
			const own = index > 2 && ownership[index] === true;
			return [{ id: `G-${name}`, name, own, ...(brings.length > 0 && { brings }) }];
		});
	});

const fields: fc.Arbitrary<CustomField[]> = fc
	.record({ missing: fc.boolean(), extensible: fc.boolean(), renamed: fc.boolean() })
	.map(({ missing, extensible, renamed }) => [
		{ label: 'Job Title', type: 'text' },
		{ label: 'Language', type: 'language', options: ['de', 'en'] },
		{ label: 'Team', type: 'text', costly: true, ...(missing && { missing }) },
		{ label: 'Squad', type: 'text', costly: true, ...(renamed && { formerly: 'Team' }) },
		{ label: 'Kind', type: 'choice', options: ['x', 'Y'], costly: true, ...(extensible && { extensible }) },
		{ label: 'Since', type: 'date', costly: true },
		{ label: 'Note', type: 'text', costly: true },
	]);

const learner = (index: number, { leavers }: Roads): fc.Arbitrary<Omit<Learner, 'email' | 'link'>> =>
	fc.record({
		id: fc.constant(learnerId(`L${index}`)),
		firstName: oneOf('Anna', `First${index}`, null),
		lastName: oneOf('Smith', `Last${index}`, null),
		status: oneOf<Learner['status']>('active', 'active', 'pending', leavers ? 'inactive' : 'active'),
		accessEnds: oneOf<string | null>(null, null, '2026-04-30', LATER),
		custom: fc.record(
			{
				Team: oneOf('IT', 'HR'),
				Squad: oneOf('IT', 'mine'),
				Kind: oneOf('x', 'z'),
				Since: oneOf('2020-01-01', '2019-01-01'),
				Note: fc.constant('mine'),
				Language: oneOf('de', 'fr'),
			},
			{ requiredKeys: [] },
		),
		mark: fc.constant(null),
	});

export const academy = (roads = ALL_ROADS): fc.Arbitrary<AcademyState> =>
	fc
		.record({
			letters: fc.uniqueArray(oneOf(...LETTERS), { maxLength: 7 }),
			links: fc.uniqueArray(anyLink, { minLength: 7, maxLength: 7 }),
			isLinked: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
			groups,
			fields,
			forgets: fc.boolean(),
		})
		.chain(({ letters, links, isLinked, groups: all, fields: labels, forgets }) => {
			const ids = letters.map((_, index) => learnerId(`L${index + 1}`));
			return fc
				.record({
					records: fc.tuple(...letters.map((_, index) => learner(index + 1, roads))),
					members: fc.tuple(...letters.map(() => fc.subarray(all.map(({ id }) => id)))),
					managers: fc.tuple(...letters.map(() => fc.subarray(ids, { maxLength: Math.min(2, ids.length) }))),
					owners: fc.subarray(ids, { maxLength: Math.min(1, ids.length) }),
				})
				.map(({ records, members, managers, owners }): AcademyState => {
					const learners = records.map((each, index): Learner => {
						const link = isLinked[index] ? (links[index] ?? null) : null;
						const isOwner = owners.includes(each.id);
						return {
							...each,
							...(isOwner && { status: 'active' as const, accessEnds: null }),
							email: address(letters[index]),
							link,
						};
					});
					const live = new Set(learners.filter(({ status }) => status !== 'inactive').map(({ id }) => id));
					const ofLive = <Value>(lists: Value[]) =>
						ids.flatMap((id, index) => (live.has(id) ? [[id, lists[index] as Value] as const] : []));
					const rootGroup = all.find(({ name }) => name === '/Acme > Staff') as Group;
					return {
						lms: anAcademy({ learners, groups: all, fields: labels, rootGroup }),
						memberships: new Map(
							ofLive(members).map(([id, some]) => [id, some.length > 0 ? some : ['G-/Acme']]),
						),
						managers: new Map(
							ofLive(managers).map(([id, some]) => [
								id,
								some.filter((each) => each !== id && live.has(each)),
							]),
						),
						owners,
						forgets,
					};
				});
		});

const MAPPING = [
	{ attribute: 'department', field: 'Team' },
	{ attribute: 'dynamic_1', field: 'kind' },
	{ attribute: 'dynamic_2', field: 'Since' },
	{ attribute: 'position', field: 'Job Title' },
	{ attribute: 'dynamic_3', field: 'Language' },
];

export const settings = ({ leftAlone } = ALL_ROADS): fc.Arbitrary<PlanSettings> =>
	fc
		.record({
			newLearners: oneOf('invite' as const, 'create' as const),
			activate: fc.boolean(),
			managers: mostly(fc.constant(true), false),
			usePreferredName: fc.boolean(),
			fieldMapping: fc.subarray(MAPPING, { minLength: 1 }),
			groupLevels: oneOf<string[]>([], ['office'], ['office', 'department']),
			groupRules: fc.subarray([
				joins('department', 'IT', 'Techies'),
				joins('department', 'HR', 'Techies > Core'),
				joins('dynamic_1', 'x', '/Acme > Yoga'),
				joins('dynamic_1', 'y', '/Acme'),
				joins('position', 'Cook', 'London > IT'),
			]),
			createMissingGroups: fc.boolean(),
			scope: fc.record({
				filters: fc.subarray(leftAlone ? [equals('office', 'London')] : []),
				exclude: fc.subarray(leftAlone ? ['1', '3'] : []),
				outOfScope: oneOf('leaveAlone' as const, 'deactivate' as const),
			}),
		})
		.map((over) => someSettings(over));
