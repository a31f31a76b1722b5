import {
	advance,
	baseline,
	dueNow,
	fingerprint,
	nextDue,
	notSeen,
	windowStart,
	type ChangesState,
} from '../../../nodes/Personio/changes';
import { employeeId, type Employee } from '../../../nodes/shared/item';

const NOW = '2026-11-22T06:00:00.000Z';
const BERLIN = 'Europe/Berlin';

const person = (fields: Partial<Employee> = {}): Employee => ({
	id: employeeId('1'),
	status: 'active',
	lastModifiedAt: '2026-11-22T05:00:00.000Z',
	custom: {},
	...fields,
});

/** The moment at which a date of this person comes due, as an instant. */
function due(fields: Partial<Employee>, zone = BERLIN, now = NOW): string | undefined {
	const moment = nextDue(person(fields), zone, now);
	return moment === undefined ? undefined : new Date(moment * 1000).toISOString();
}

describe('the window that is read again', () => {
	it('begins a day before the last complete read', () => {
		expect(windowStart(NOW)).toBe('2026-11-21T06:00:00.000Z');
	});
});

describe('a fingerprint', () => {
	it('is the same for the same record', () => {
		expect(fingerprint(person())).toBe(fingerprint(structuredClone(person())));
	});

	it.each<[string, Partial<Employee>]>([
		['the status', { status: 'leave' }],
		['a custom attribute', { custom: { dynamic_1: 'x' } }],
		['the time of change', { lastModifiedAt: '2026-11-22T05:00:01.000Z' }],
		['an attribute that has become known', { team: null }],
	])('tells %s', (_what, fields) => {
		expect(fingerprint(person(fields))).not.toBe(fingerprint(person()));
	});
});

describe('a date comes due', () => {
	it('when the hire date begins in the office', () => {
		const fields = { hireDate: '2026-12-01', status: 'onboarding' } as const;
		expect(due({ ...fields, timeZoneOffset: '+09:00' })).toBe('2026-11-30T15:00:00.000Z');
		expect(due({ ...fields, timeZoneOffset: '-03:30' })).toBe('2026-12-01T03:30:00.000Z');
	});

	it.each(['terminationDate', 'lastWorkingDay', 'contractEndDate'])('when the %s is over', (field) => {
		expect(due({ [field]: '2026-12-31', timeZoneOffset: '+01:00' })).toBe('2026-12-31T23:00:00.000Z');
	});

	it('in the zone of n8n where the office is unknown, whatever the season', () => {
		expect(due({ terminationDate: '2027-03-27' })).toBe('2027-03-27T23:00:00.000Z');
		expect(due({ terminationDate: '2027-03-28' })).toBe('2027-03-28T22:00:00.000Z');
		expect(due({ terminationDate: '2027-03-28' }, 'America/New_York')).toBe('2027-03-29T04:00:00.000Z');
	});

	it('at the earliest of several', () => {
		const fields = { lastWorkingDay: '2026-12-15', terminationDate: '2026-12-31' };
		expect(due(fields)).toBe('2026-12-15T23:00:00.000Z');
	});

	it('not where it is past, empty, unknown or no date', () => {
		expect(due({ hireDate: '2020-01-01' })).toBeUndefined();
		expect(due({ terminationDate: null })).toBeUndefined();
		expect(due({})).toBeUndefined();
		expect(due({ contractEndDate: '2026-99-99' })).toBeUndefined();
	});
});

describe('a status that lags behind its date', () => {
	const HALF_A_DAY_LATER = '2026-11-22T18:00:00.000Z';

	it.each<[string, Partial<Employee>]>([
		['who should have started yesterday', { hireDate: '2026-11-21', status: 'onboarding' }],
		['who left yesterday and is still active', { terminationDate: '2026-11-21', status: 'active' }],
		['who left yesterday and is still on leave', { terminationDate: '2026-11-21', status: 'leave' }],
		['who left yesterday and whose status is unknown', { terminationDate: '2026-11-20', status: null }],
	])('is looked at again half a day later, of somebody %s', (_who, fields) => {
		expect(due(fields)).toBe(HALF_A_DAY_LATER);
	});

	it.each<[string, Partial<Employee>]>([
		['has followed the hire date', { hireDate: '2026-11-21', status: 'active' }],
		['has followed the termination', { terminationDate: '2026-11-21', status: 'inactive' }],
		['has not followed for three days', { terminationDate: '2026-11-18', status: 'active' }],
	])('is not looked at again once it %s', (_what, fields) => {
		expect(due(fields)).toBeUndefined();
	});

	it('does not push aside a date that comes earlier', () => {
		const fields = { hireDate: '2026-11-21', status: 'onboarding', lastWorkingDay: '2026-11-22' } as const;
		expect(due(fields, 'Asia/Tokyo')).toBe('2026-11-22T15:00:00.000Z');
	});
});

describe('the first memory', () => {
	it('holds the records that the next window may deliver again, and no others', () => {
		const employees = [
			person({ id: employeeId('fresh') }),
			person({ id: employeeId('older'), lastModifiedAt: '2026-11-20T07:00:00.000Z' }),
			person({ id: employeeId('old'), lastModifiedAt: '2026-11-20T05:00:00.000Z' }),
			person({ id: employeeId('never changed'), lastModifiedAt: null }),
		];
		const { seen } = baseline(employees, BERLIN, NOW);
		expect(Object.keys(seen)).toEqual(['fresh', 'older', 'never changed']);
		expect(notSeen({ seen } as ChangesState, employees).map(({ id }) => id)).toEqual(['old']);
	});

	it('holds the dates of everybody', () => {
		const employees = [
			person({ id: employeeId('leaver'), terminationDate: '2026-12-31' }),
			person({ id: employeeId('stays'), lastModifiedAt: '2020-01-01T00:00:00.000Z' }),
		];
		const { due, watermark } = baseline(employees, BERLIN, NOW);
		expect(due).toEqual({ leaver: Date.parse('2026-12-31T23:00:00Z') / 1000 });
		expect(watermark).toBe(NOW);
	});
});

describe('what is due', () => {
	const state = { due: { early: 100, exact: 200, late: 201 } } as unknown as ChangesState;

	it('is whose moment has come, to the second', () => {
		expect(dueNow(state, new Date(200_000).toISOString())).toEqual(['early', 'exact']);
		expect(dueNow(state, new Date(99_000).toISOString())).toEqual([]);
	});
});

describe('the memory after a poll', () => {
	const LATER = '2026-11-23T06:00:00.000Z';
	const state: ChangesState = {
		source: 'source',
		watermark: NOW,
		seen: { 1: 'old fingerprint' } as ChangesState['seen'],
		due: { 1: Date.parse(NOW) / 1000, 2: Date.parse('2027-01-01T00:00:00Z') / 1000 } as ChangesState['due'],
	};

	it('holds what was handed over, the new watermark and only dates to come', () => {
		const changed = person();
		const next = advance(state, [changed], [], LATER, BERLIN, LATER);
		expect(next).toEqual({
			watermark: LATER,
			seen: { 1: fingerprint(changed) },
			due: { 2: state.due[employeeId('2')] },
		});
		expect(notSeen({ ...state, ...next }, [changed])).toEqual([]);
	});

	it('drops the date of a termination that was withdrawn', () => {
		const withdrawn = person({ id: employeeId('2'), terminationDate: null });
		expect(advance(state, [withdrawn], [], LATER, BERLIN, LATER).due).toEqual({});
	});

	it('moves with a termination that was moved', () => {
		const moved = person({ id: employeeId('2'), terminationDate: '2027-03-31' });
		const { due } = advance(state, [moved], [], LATER, BERLIN, LATER);
		expect(due).toEqual({ 2: Date.parse('2027-03-31T22:00:00Z') / 1000 });
	});

	it('forgets a due person whom Personio no longer knows', () => {
		expect(advance(state, [], [], LATER, BERLIN, LATER).due).not.toHaveProperty('1');
	});
});
