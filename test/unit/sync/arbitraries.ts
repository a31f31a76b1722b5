import fc from 'fast-check';

import {
	employeeId,
	learnerId,
	type Employee,
	type EmployeeStatus,
	type Learner,
} from '../../../nodes/shared/item';
import type { Rejection } from '../../../nodes/LmsSync/sync/lmsState';
import type { Limits, PlanSettings } from '../../../nodes/LmsSync/sync/settings';
import {
	aField,
	aGroup,
	equals,
	joins,
	LATER,
	NO_LIMITS,
	someSettings,
	without,
	YESTERDAY,
} from './builders';
import type { PortalState } from './model';

/** What Personio may leave out. The hire date is none of it: where it is missing, the guard holds removals. */
export const LOSABLE_FIELDS = [
	'email',
	'firstName',
	'lastName',
	'preferredName',
	'status',
	'office',
	'department',
	'terminationDate',
	'lastWorkingDay',
	'contractEndDate',
] as const;
type LosableField = (typeof LOSABLE_FIELDS)[number];
type Status = EmployeeStatus | null;

/**
 * Companies and portals drawn from alphabets so small that people share names, addresses and links, and
 * that every rule meets every other.
 */
export const PEOPLE = 7;
const LETTERS = [...'abcdefghi'];
const EARLIER = '2025-05-31';
const SOON = '2026-04-30';

const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values);
const email = fc.tuple(oneOf(...LETTERS), fc.boolean()).map(([letter, loud]) => {
	const address = `${letter}@acme.example`;
	return loud ? address.toUpperCase() : address;
});
const often = <Value>(value: fc.Arbitrary<Value>, ...seldom: Array<Value | null>) =>
	fc.oneof({ arbitrary: value, weight: 6 }, { arbitrary: oneOf(...seldom), weight: 1 });
const endDate = often(
	oneOf<string | null>(null, null, null, null, YESTERDAY, LATER),
	EARLIER,
	'2026-02-31',
	'0001-01-01',
	'9999-12-31',
);

/** Most people are delivered with every key, some without one or two. */
export const employee = (id: number): fc.Arbitrary<Employee> => {
	const record = fc.record({
		id: fc.constant(employeeId(id)),
		custom: fc.record({ dynamic_1: oneOf<string | null>('x', 'y', null) }, { requiredKeys: [] }),
		email: often(email, null),
		firstName: often(oneOf<string | null>('Anna', 'Ben', `First${id}`), null),
		lastName: often(oneOf<string | null>('Smith', `Last${id}`), null),
		preferredName: oneOf(null, 'Nick'),
		status: often(oneOf<Status>('active', 'active', 'onboarding', 'leave', 'inactive'), null),
		office: often(oneOf<string | null>('London', 'Berlin'), null),
		department: often(oneOf<string | null>('IT', 'HR'), null),
		hireDate: often(oneOf<string | null>('2020-01-01', '2026-01-01', '2026-04-01'), null),
		terminationDate: endDate,
		lastWorkingDay: endDate,
		contractEndDate: endDate,
		timeZoneOffset: fc.constant('+01:00'),
	});
	const lost = fc.oneof(
		{ arbitrary: fc.constant<LosableField[]>([]), weight: 3 },
		{ arbitrary: fc.subarray([...LOSABLE_FIELDS], { minLength: 1, maxLength: 2 }), weight: 1 },
	);
	return fc.tuple(record, lost).map(([each, fields]) => without(each, ...fields));
};

export const company: fc.Arbitrary<Employee[]> = fc
	.uniqueArray(fc.integer({ min: 1, max: PEOPLE }), { maxLength: PEOPLE })
	.chain((ids) => fc.tuple(...ids.map(employee)));

const learner = (index: number): fc.Arbitrary<Omit<Learner, 'email'>> =>
	fc.record({
		id: fc.constant(learnerId(`L${index}`)),
		firstName: oneOf<string | null>('Anna', 'Ben', `First${index}`, 'Nick', null),
		lastName: oneOf<string | null>('Smith', `Last${index}`, null),
		status: oneOf<Learner['status']>('active', 'active', 'active', 'pending', 'inactive'),
		link: fc.oneof(
			fc.constant(null),
			fc.constant(employeeId(index)),
			fc.integer({ min: 1, max: PEOPLE + 2 }).map(employeeId),
		),
		accessEnds: oneOf<string | null>(null, null, SOON, LATER, YESTERDAY),
		custom: fc.constantFrom({}, { Level: 'x' }, { Level: 'z', Other: 'mine' }),
	});

const GROUPS = ['London', 'Berlin', 'London > IT', 'Berlin > HR', 'Staff', 'Yoga'];

export const portal: fc.Arbitrary<PortalState> = fc
	.record({
		addresses: fc.uniqueArray(oneOf(...LETTERS), { maxLength: 7 }),
		groups: fc.subarray(GROUPS),
		own: fc.subarray(GROUPS),
		rejections: fc.array(
			fc.record<Rejection>({
				email,
				link: fc.option(fc.integer({ min: 1, max: PEOPLE }).map(employeeId)),
			}),
			{ maxLength: 1 },
		),
	})
	.chain(({ addresses, groups, own, rejections }) =>
		fc
			.tuple(
				fc.tuple(...addresses.map((_, index) => learner(index + 1))),
				fc.tuple(...addresses.map(() => fc.subarray(groups))),
			)
			.map(([learners, memberships]): PortalState => {
				const all = learners.map((each, index) => ({ ...each, email: `${addresses[index]}@acme.example` }));
				const accounts = all.flatMap(({ id, status }, index) =>
					status === 'pending' ? [] : [[id, memberships[index] ?? []] as const],
				);
				return {
					lms: {
						learners: all,
						rejections,
						groups: groups.map((name) => aGroup(name, own.includes(name))),
						fields: [aField('Level'), aField('Other')],
					},
					memberships: new Map(accounts),
				};
			}),
	);

export const ANY_LIMITS = oneOf<Partial<Limits>>(
	{ maxDeactivations: 1, maxDeactivationPercent: 100 },
	{ maxDeactivations: 20, maxDeactivationPercent: 10 },
	{ maxDeactivations: 3, maxDeactivationPercent: 40 },
	{ maxDeactivations: 0, maxDeactivationPercent: 100 },
).map((some): Limits => ({ ...NO_LIMITS, ...some }));

export const settings: fc.Arbitrary<PlanSettings> = fc
	.record({
		newLearners: oneOf('invite' as const, 'create' as const),
		endAccess: oneOf(
			'terminationDate' as const,
			'earliest' as const,
			'lastWorkingDay' as const,
			'contractEndDate' as const,
		),
		matchBy: oneOf('link' as const, 'link' as const, 'email' as const),
		usePreferredName: fc.boolean(),
		daysBeforeHire: fc.option(fc.constant(7)),
		fieldMapping: fc.subarray([{ attribute: 'dynamic_1', field: 'Level' }]),
		groupLevels: oneOf<string[]>([], ['office'], ['office', 'department']),
		groupRules: fc.subarray([
			joins('status', 'active', 'Staff'),
			joins('department', 'IT', 'Staff'),
			joins('dynamic_1', 'x', 'London'),
		]),
		createMissingGroups: fc.boolean(),
		scope: fc.record({
			statuses: fc.subarray(['active' as const, 'onboarding' as const, 'leave' as const], { minLength: 2 }),
			filters: fc.subarray([equals('office', 'London')]),
			exclude: fc.subarray(['3', 'c@acme.example']),
			outOfScope: oneOf('leaveAlone' as const, 'deactivate' as const),
		}),
	})
	.map(({ daysBeforeHire, ...over }) =>
		someSettings(daysBeforeHire === null ? over : { ...over, daysBeforeHire }),
	);
