import { proveRoster, uniqueById, type Reading } from '../../../nodes/Personio/roster';
import { employeeId, type Employee } from '../../../nodes/shared/item';

const people = (...ids: string[]): Employee[] => ids.map((id) => ({ id: employeeId(id), custom: {} }));
const page = (ids: string[], total?: number) => ({
	ids: ids.map(employeeId),
	...(total !== undefined && { total }),
});

const complete: Reading = {
	scope: 'all',
	readAt: '2026-11-22T06:00:00.000Z',
	employees: people('1', '2', '3'),
	pages: [page(['1', '2'], 3), page(['3'], 3)],
	missingAttributes: [],
	customAttributes: [],
	interruptions: [],
};

describe('a roster', () => {
	it('is complete where every page came, the total stood still and everybody came once', () => {
		expect(proveRoster(complete)).toEqual({
			complete: true,
			readAt: '2026-11-22T06:00:00.000Z',
			count: 3,
			total: 3,
			missingAttributes: [],
			scope: 'all',
		});
	});

	it('is complete without a total, which v2 does not tell', () => {
		const roster = proveRoster({ ...complete, pages: [page(['1', '2']), page(['3'])] });
		expect(roster).toMatchObject({ complete: true });
		expect(roster).not.toHaveProperty('total');
	});

	it.each<[string, Partial<Reading>, RegExp]>([
		['a page did not come', { interruptions: ['After 2 employees: no answer.'] }, /After 2 employees/],
		['the total moved', { pages: [page(['1', '2'], 3), page(['3'], 4)] }, /moved from 3 to 4/],
		['somebody came twice', { pages: [page(['1', '2'], 3), page(['2', '3'], 3)] }, /1 employees came twice/],
		['fewer came than counted', { pages: [page(['1', '2', '3'], 5)] }, /counts 5 employees and delivered 3/],
		['more came than counted', { pages: [page(['1', '2', '3'], 2)] }, /counts 2 employees and delivered 3/],
		['nobody came', { employees: [], pages: [page([], 0)] }, /no employee at all/],
		['the status may not be read', { missingAttributes: ['status'] }, /"Status"/],
	])('is not complete where %s', (_case, change, reason) => {
		const roster = proveRoster({ ...complete, ...change });
		expect(roster.complete).toBe(false);
		expect(roster.reason).toMatch(reason);
	});

	it('tells every reason, not only the first', () => {
		const roster = proveRoster({
			...complete,
			pages: [page(['1', '2'], 3), page(['2'], 4)],
			interruptions: ['A page is missing.'],
			missingAttributes: ['status'],
		});
		expect(roster.reason).toMatch(/A page is missing\..*moved from 3 to 4.*came twice.*"Status"/);
	});

	it('says nothing of an empty list where the reading was cut short: the cause is enough', () => {
		const roster = proveRoster({ ...complete, employees: [], pages: [], interruptions: ['No time.'] });
		expect(roster.reason).toBe('No time.');
	});

	it.each(['changes', 'selection'] as const)('of %s may well be empty', (scope) => {
		expect(proveRoster({ ...complete, scope, employees: [], pages: [] }).complete).toBe(true);
	});

	it('names missing attributes without being incomplete for those that matter less', () => {
		expect(proveRoster({ ...complete, missingAttributes: ['team'] })).toMatchObject({
			complete: true,
			missingAttributes: ['team'],
		});
	});
});

describe('people who came twice', () => {
	it('are kept once, where they came first', () => {
		const [first, second] = people('1', '1');
		const kept = uniqueById([first!, ...people('2'), second!]);
		expect(kept.map(({ id }) => id)).toEqual(['1', '2']);
		expect(kept[0]).toBe(first);
	});
});
