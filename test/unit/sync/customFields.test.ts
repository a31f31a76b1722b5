import type { AttributeValue, Learner } from '../../../nodes/shared/item';
import { diff } from '../../../nodes/LmsSync/sync/diff';
import type { CustomField } from '../../../nodes/LmsSync/sync/lmsState';
import {
	about,
	accountOf,
	aField,
	anEmployee,
	fieldsOf,
	holdCode,
	planned,
	someSettings,
	valueFor,
	type Situation,
} from './builders';

const mapped = (field: string) => ({ fieldMapping: [{ attribute: 'dynamic_1', field }] });
const aPerson = (value: AttributeValue) => anEmployee(1, { custom: { dynamic_1: value } });

/** What a value becomes at an account that holds others. */
function carried(value: AttributeValue, fields: CustomField[], custom: Learner['custom'], over = {}) {
	const employee = aPerson(value);
	const learner = accountOf(employee, { custom, ...over });
	return diff(employee, learner, undefined, { fields }, someSettings(mapped(fields[0]?.label ?? '')));
}

describe('a field whose values cost a call', () => {
	const team: CustomField = { ...aField('Team'), costly: true };

	it('is left alone while its value was not read', () => {
		expect(carried('IT', [team], {}, { partial: true })).toEqual({ changes: [], notes: [], refused: [] });
		expect(carried(null, [team], {}, { partial: true }).changes).toEqual([]);
	});

	it('is written where the value was read and is another one', () => {
		expect(carried('IT', [team], { Team: 'HR' }).changes).toMatchObject([{ from: 'HR', to: 'IT' }]);
		expect(carried('IT', [team], { Team: 'IT' }).changes).toEqual([]);
		expect(carried(null, [team], { Team: 'IT' }).changes).toMatchObject([{ from: 'IT', to: null }]);
	});

	it('is written beside those that the lists tell, which are always compared', () => {
		const employee = anEmployee(1, { department: 'IT', position: 'Cook' });
		const settings = someSettings({
			fieldMapping: [
				{ attribute: 'department', field: 'Team' },
				{ attribute: 'position', field: 'Job Title' },
			],
		});
		const fields = [team, aField('Job Title')];
		const partial = accountOf(employee, { partial: true });
		expect(diff(employee, partial, undefined, { fields }, settings).changes).toMatchObject([
			{ field: 'custom.Job Title' },
		]);
		const { partial: _, ...read } = partial;
		expect(diff(employee, read, undefined, { fields }, settings).changes).toHaveLength(2);
	});

	it('is written at once for somebody new, also where it does not exist yet', () => {
		const fields = [{ ...team, missing: true as const }];
		const { changes } = diff(aPerson('IT'), undefined, null, { fields }, someSettings(mapped('team')));
		expect(changes).toContainEqual({ field: 'custom.Team', label: 'Team', from: null, to: 'IT' });
	});
});

describe('a restricted list', () => {
	const kind = (over: Partial<CustomField> = {}): CustomField[] => [
		{ ...aField('Kind', 'choice', ['Cook', 'Clerk']), ...over },
	];
	const situation = (
		value: AttributeValue,
		learners: Learner[],
		rest: Partial<Situation> = {},
	): Situation => ({
		...rest,
		employees: [aPerson(value)],
		lms: { learners, fields: kind() },
		settings: mapped('Kind'),
	});

	it('takes its values as it spells them, and says nothing of the others but ten', () => {
		expect(carried('COOK', kind(), {}).changes).toMatchObject([{ to: 'Cook' }]);
		const options = Array.from({ length: 12 }, (_, index) => `O${index + 1}`);
		const [refused] = carried('Pilot', kind({ options }), {}).refused;
		expect(refused?.message).toMatch(/"Pilot".*"Kind".*O10, …\)/);
		expect(carried('Pilot', kind(), {}).refused[0]?.message).toContain('(Cook, Clerk)');
	});

	it('keeps the value that it has while the new one is not on it', () => {
		expect(carried('Pilot', kind(), { Kind: 'Cook' })).toMatchObject({
			changes: [],
			notes: [],
			refused: [{ change: { field: 'custom.Kind', label: 'Kind', from: 'Cook', to: 'Pilot' } }],
		});
	});

	it('that may be extended takes a new value, which is said to be new', () => {
		const [change] = carried('Pilot', kind({ extensible: true }), { Kind: 'Cook' }).changes;
		expect(change).toMatchObject({ from: 'Cook', to: 'Pilot', newOption: true });
	});

	it.each<[AttributeValue, AttributeValue]>([
		['clerk', 'Clerk'],
		[null, null],
	])('that may be extended takes %j without anything new', (value, to) => {
		const [change] = carried(value, kind({ extensible: true }), { Kind: 'Cook' }).changes;
		expect(change).toMatchObject({ to });
		expect(change).not.toHaveProperty('newOption');
	});

	it('holds only the value that it refuses: everything else goes on beside it', () => {
		const learners = [accountOf(aPerson('Pilot'), { lastName: 'Maiden' })];
		const { people, summary } = planned(situation('Pilot', learners));
		expect(people.map(({ decision }) => decision.action)).toEqual(['update', 'hold']);
		expect(people.map(({ decision }) => fieldsOf(decision))).toEqual([['lastName'], ['custom.Kind']]);
		expect(people[1]?.decision).toMatchObject({ withheld: 'fields', hold: { code: 'valueNotAllowed' } });
		expect(summary).toMatchObject({ decisions: { update: 1, hold: 1 }, holds: { valueNotAllowed: 1 } });
	});

	it('that refuses a value is all there is to say about somebody in step otherwise', () => {
		const employee = aPerson('Pilot');
		const decision = about(planned(situation('Pilot', [accountOf(employee)])), employee);
		expect(holdCode(decision)).toBe('valueNotAllowed');
	});

	it('keeps nobody from being added', () => {
		const { people } = planned(situation('Pilot', []));
		expect(people.map(({ decision }) => decision.action)).toEqual(['invite', 'hold']);
		expect(people[0] && valueFor(people[0].decision, 'custom.Kind')).toBeUndefined();
	});

	it('that refuses a value stands beside groups that an incomplete roster withholds', () => {
		const groups = [{ id: 'G-Old', name: 'Old', own: true }];
		const remote = { ...aPerson('Pilot'), office: null };
		const { people } = planned({
			employees: [remote],
			lms: { learners: [accountOf(remote)], fields: kind(), groups },
			memberships: { L1: ['Old'] },
			settings: { ...mapped('Kind'), groupLevels: ['office'] },
			roster: { complete: false },
		});
		const codes = people.map(({ decision }) => holdCode(decision));
		expect(codes.sort()).toEqual(['incompleteRoster', 'valueNotAllowed']);
	});
});

describe('a field that was renamed in the LMS', () => {
	const fields: CustomField[] = [aField('Team'), { ...aField('Squad'), formerly: 'Team' }];

	it('gives the value up that moves to the one of the mapping', () => {
		expect(carried('IT', fields, { Squad: 'IT' }).changes).toEqual([
			{ field: 'custom.Team', label: 'Team', from: null, to: 'IT' },
			{ field: 'custom.Squad', label: 'Squad', from: 'IT', to: null },
		]);
		expect(carried('IT', fields, { Team: 'IT', Squad: 'IT' }).changes).toMatchObject([
			{ field: 'custom.Squad', to: null },
		]);
	});

	it('keeps a value that somebody has put there', () => {
		expect(carried('IT', fields, { Team: 'IT', Squad: 'mine' }).changes).toEqual([]);
	});

	it.each([null, ''])('keeps its value while Personio says nothing else (%j)', (empty) => {
		expect(carried(empty, fields, { Squad: 'IT' }).changes).toEqual([]);
	});

	it('keeps its value where the new one does not fit', () => {
		const dates: CustomField[] = [aField('Team', 'date'), { ...aField('Squad'), formerly: 'Team' }];
		expect(carried('IT', dates, { Squad: 'IT' }).changes).toEqual([]);
	});

	it('is left alone while nothing of it was read', () => {
		const costly = fields.map((field) => ({ ...field, costly: true as const }));
		expect(carried('IT', costly, { Squad: 'IT' }, { partial: true }).changes).toEqual([]);
	});

	it('is never filled again, also where the mapping calls it by its new name', () => {
		const employee = aPerson('IT');
		const settings = someSettings(mapped('Squad'));
		expect(diff(employee, accountOf(employee), undefined, { fields }, settings).changes).toEqual([]);
	});

	it('is one of several: each loses the value on its own account', () => {
		const several = [...fields, { ...aField('Crew'), formerly: 'Team' }];
		const { changes } = carried('IT', several, { Team: 'IT', Squad: 'IT', Crew: 'HR' });
		expect(changes.map(({ field }) => field)).toEqual(['custom.Squad']);
	});
});
