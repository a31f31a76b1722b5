import { proveRoster, uniqueById, type Reading } from '../../../nodes/Personio/roster';
import {
	employeeId,
	type Employee,
	type EmployeeField,
	type Gap,
	type GapCode,
} from '../../../nodes/shared/item';

const people = (...ids: string[]): Employee[] => ids.map((id) => ({ id: employeeId(id), custom: {} }));
const page = (ids: string[], total?: number) => ({
	ids: ids.map(employeeId),
	...(total !== undefined && { total }),
});

const lost = (message: string): Gap => ({ code: 'pageMissing', message });

const complete: Reading = {
	apiVersion: 'v1',
	scope: 'all',
	readAt: '2026-11-22T06:00:00.000Z',
	employees: people('1', '2', '3'),
	pages: [page(['1', '2'], 3), page(['3'], 3)],
	missingAttributes: [],
	customAttributes: [],
	gaps: [],
};

describe('a roster', () => {
	it('is complete where every page came, the total stood still and everybody came once', () => {
		expect(proveRoster(complete)).toEqual({
			complete: true,
			readAt: '2026-11-22T06:00:00.000Z',
			count: 3,
			total: 3,
			missingAttributes: [],
			apiVersion: 'v1',
			scope: 'all',
		});
	});

	it('is complete without a total, which v2 does not tell', () => {
		const roster = proveRoster({ ...complete, pages: [page(['1', '2']), page(['3'])] });
		expect(roster).toMatchObject({ complete: true });
		expect(roster).not.toHaveProperty('total');
	});

	it.each<[string, Partial<Reading>, GapCode, RegExp]>([
		[
			'a page did not come',
			{ gaps: [lost('After 2 employees: no answer.')] },
			'pageMissing',
			/After 2 employees/,
		],
		['the total moved', { pages: [page(['1', '2'], 3), page(['3'], 4)] }, 'countMoved', /moved from 3 to 4/],
		[
			'somebody came twice',
			{ pages: [page(['1', '2'], 3), page(['2', '3'], 3)] },
			'idRepeated',
			/1 employee came twice/,
		],
		[
			'fewer came than counted',
			{ pages: [page(['1', '2', '3'], 5)] },
			'countDiffers',
			/counts 5 employees and delivered 3/,
		],
		[
			'more came than counted',
			{ pages: [page(['1', '2', '3'], 2)] },
			'countDiffers',
			/counts 2 employees and delivered 3/,
		],
		['nobody came', { employees: [], pages: [page([], 0)] }, 'nobody', /no employee at all/],
		['the status may not be read', { missingAttributes: ['status'] }, 'attributeMissing', /"Status"/],
	])('is not complete where %s', (_case, change, code, reason) => {
		const roster = proveRoster({ ...complete, ...change });
		expect(roster.complete).toBe(false);
		expect(roster.reason).toMatch(reason);
		expect(roster.gaps?.map((gap) => gap.code)).toEqual([code]);
	});

	it('has a reason that is the sentences of its gaps, and neither where it is complete', () => {
		const roster = proveRoster({ ...complete, gaps: [lost('One.'), lost('Two.')] });
		expect(roster.reason).toBe('One. Two.');
		expect(roster.gaps).toEqual([lost('One.'), lost('Two.')]);
		for (const key of ['gaps', 'reason', 'attributes', 'labels', 'customAttributes']) {
			expect(proveRoster(complete)).not.toHaveProperty(key);
		}
	});

	it('says once that only some were asked for, not also that the others are missing', () => {
		const limited: Gap = { code: 'limited', message: 'Only the first 3.' };
		const roster = proveRoster({ ...complete, pages: [page(['1', '2', '3'], 34)], gaps: [limited] });
		expect(roster.gaps).toEqual([limited]);
	});

	it('names what was asked for, and what Personio calls it', () => {
		const asked = {
			attributes: ['email', 'team'] as EmployeeField[],
			customAttributes: ['dynamic_1'],
			labels: { dynamic_1: 'Level' },
		};
		expect(proveRoster({ ...complete, ...asked })).toMatchObject(asked);
	});

	it('tells every reason, not only the first', () => {
		const roster = proveRoster({
			...complete,
			pages: [page(['1', '2'], 3), page(['2'], 4)],
			gaps: [lost('A page is missing.')],
			missingAttributes: ['status'],
		});
		expect(roster.reason).toMatch(/A page is missing\..*moved from 3 to 4.*came twice.*"Status"/);
	});

	it('says nothing of an empty list where the reading was cut short: the cause is enough', () => {
		const roster = proveRoster({ ...complete, employees: [], pages: [], gaps: [lost('No time.')] });
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
