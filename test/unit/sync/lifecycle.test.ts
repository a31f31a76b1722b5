import { DateTime } from 'luxon';

import type { Employee } from '../../../nodes/shared/item';
import { accessOf, isDue, isOnCalendar, isOver } from '../../../nodes/LmsSync/sync/lifecycle';
import { zoneOf } from '../../../nodes/shared/officeZone';
import type { EndAccess } from '../../../nodes/LmsSync/sync/settings';
import { anEmployee, LATER, NOW, TODAY, without, YESTERDAY } from './builders';

const access = (employee: Employee, endAccess: EndAccess = 'terminationDate', now = NOW) =>
	accessOf(employee, { endAccess, defaultZone: 'Europe/Berlin' }, now);

describe('access of an employee', () => {
	it('is open while the end date is known to be empty', () => {
		expect(access(anEmployee(1))).toEqual({ state: 'open' });
	});

	it('ends later while the last day is not over, today included', () => {
		expect(access(anEmployee(1, { terminationDate: LATER }))).toMatchObject({
			state: 'endsLater',
			lastDay: LATER,
		});
		expect(access(anEmployee(1, { terminationDate: TODAY }))).toMatchObject({ state: 'endsLater' });
	});

	it('has ended when the last day is over', () => {
		const gone = access(anEmployee(1, { terminationDate: YESTERDAY }));
		expect(gone).toMatchObject({ state: 'ended', lastDay: YESTERDAY });
		expect(gone).toHaveProperty('reason', expect.stringContaining(YESTERDAY));
	});

	it('has ended for somebody set to inactive by hand, whatever the dates say', () => {
		expect(access(anEmployee(1, { status: 'inactive' }))).toEqual({
			state: 'ended',
			reason: 'Inactive in Personio.',
		});
		expect(access(anEmployee(1, { status: 'inactive', terminationDate: LATER }))).toMatchObject({
			state: 'ended',
			lastDay: LATER,
		});
		expect(access(without(anEmployee(1, { status: 'inactive' }), 'terminationDate'))).toMatchObject({
			state: 'ended',
		});
	});

	it('is unknown where the end date was not delivered', () => {
		expect(access(without(anEmployee(1), 'terminationDate'))).toEqual({ state: 'unknown' });
	});

	it.each(['2026-02-31', '2025-13-01', '0000-00-00', 'soon', ''])(
		'is unknown where the end date is "%s", which is on no calendar',
		(terminationDate) => {
			expect(access(anEmployee(1, { terminationDate }))).toEqual({ state: 'unknown' });
		},
	);

	it('stays open for somebody whose end is a placeholder, the year 9999', () => {
		expect(access(anEmployee(1, { terminationDate: '9999-12-31' }))).toEqual({ state: 'open' });
	});

	it('stays open for somebody hired whose end is the year 1', () => {
		expect(access(anEmployee(1, { terminationDate: '0001-01-01' }))).toEqual({ state: 'open' });
	});

	it('is not ended by a date of an earlier employment', () => {
		const back = anEmployee(1, { hireDate: '2026-01-01', terminationDate: '2025-05-31' });
		expect(access(back)).toEqual({ state: 'open' });
	});

	it('ends on the day it began for somebody who left on the first day', () => {
		const short = anEmployee(1, { hireDate: YESTERDAY, terminationDate: YESTERDAY });
		expect(access(short)).toMatchObject({ state: 'ended' });
	});
});

describe('the date that ends access', () => {
	const leaver = anEmployee(1, {
		terminationDate: '2026-06-30',
		lastWorkingDay: '2026-05-15',
		contractEndDate: '2026-04-30',
	});

	it.each<[EndAccess, string]>([
		['terminationDate', '2026-06-30'],
		['lastWorkingDay', '2026-05-15'],
		['contractEndDate', '2026-04-30'],
		['earliest', '2026-04-30'],
	])('is with "%s" the %s', (endAccess, lastDay) => {
		expect(access(leaver, endAccess)).toMatchObject({ state: 'endsLater', lastDay });
	});

	it.each<EndAccess>(['terminationDate', 'lastWorkingDay'])('with "%s" is no other date', (endAccess) => {
		const other = anEmployee(1, { contractEndDate: YESTERDAY });
		expect(access(other, endAccess)).toEqual({ state: 'open' });
	});

	it('may be the only one of three that is known to be filled', () => {
		const gardenLeave = anEmployee(1, { lastWorkingDay: YESTERDAY, terminationDate: LATER });
		expect(access(gardenLeave, 'earliest')).toMatchObject({ state: 'ended', lastDay: YESTERDAY });
	});

	it('is not known to be empty while one of three was not delivered', () => {
		expect(access(without(anEmployee(1), 'contractEndDate'), 'earliest')).toEqual({ state: 'unknown' });
	});

	it('is not known to be the earliest while one of three was not delivered', () => {
		const leaver = without(anEmployee(1, { terminationDate: LATER }), 'lastWorkingDay');
		expect(access(leaver, 'earliest')).toEqual({ state: 'unknown' });
	});

	it('is over although another of three was not delivered', () => {
		const gone = without(anEmployee(1, { terminationDate: YESTERDAY }), 'contractEndDate');
		expect(access(gone, 'earliest')).toMatchObject({ state: 'ended', lastDay: YESTERDAY });
	});

	it('is the earliest of this employment, not of an earlier one', () => {
		const back = anEmployee(1, {
			hireDate: '2026-01-01',
			contractEndDate: '2025-12-31',
			terminationDate: LATER,
		});
		expect(access(back, 'earliest')).toMatchObject({ state: 'endsLater', lastDay: LATER });
	});
});

describe('the last day', () => {
	const zones: Array<[string, Partial<Employee>, string, string]> = [
		['an office at +14:00', { timeZoneOffset: '+14:00' }, '2026-03-31', '2026-03-31T09:59:59.999Z'],
		['an office at -11:00', { timeZoneOffset: '-11:00' }, '2026-03-31', '2026-04-01T10:59:59.999Z'],
		['an office at +05:45', { timeZoneOffset: '+05:45' }, '2026-03-31', '2026-03-31T18:14:59.999Z'],
		['Berlin in winter', {}, '2026-01-31', '2026-01-31T22:59:59.999Z'],
		['Berlin in summer', {}, '2026-07-31', '2026-07-31T21:59:59.999Z'],
		['Berlin on the day the clocks go forward', {}, '2026-03-29', '2026-03-29T21:59:59.999Z'],
		['Berlin on the day the clocks go back', {}, '2026-10-25', '2026-10-25T22:59:59.999Z'],
	];

	it.each(zones)('of %s lasts to its last millisecond there', (_, over, terminationDate, last) => {
		const leaver = anEmployee(1, { ...over, terminationDate });
		const next = DateTime.fromISO(last).plus(1).toUTC().toISO() as string;
		expect(access(leaver, 'terminationDate', last).state).toBe('endsLater');
		expect(access(leaver, 'terminationDate', next).state).toBe('ended');
	});

	it('ends in the zone of the office, and in the default zone where that is unknown', () => {
		expect(zoneOf(anEmployee(1, { timeZoneOffset: '-05:00' }), 'Europe/Berlin')).toBe('UTC-05:00');
		expect(zoneOf(anEmployee(1), 'Europe/Berlin')).toBe('Europe/Berlin');
	});

	it('is the same moment however now is written', () => {
		expect(isOver('2026-03-31', 'Europe/Berlin', '2026-04-01T00:00:00+02:00')).toBe(true);
		expect(isOver('2026-03-31', 'Europe/Berlin', '2026-03-31T21:59:59Z')).toBe(false);
		expect(isOver('2026-03-31', 'Europe/Berlin', '2026-03-31T23:59:59+14:00')).toBe(false);
	});

	it('of a zone that does not exist is never over', () => {
		expect(isOver('2020-01-01', 'Mars/Olympus', NOW)).toBeUndefined();
	});
});

describe('a new hire', () => {
	const due = (employee: Employee, daysBeforeHire: number | undefined, now: string) =>
		isDue(
			employee,
			{ ...(daysBeforeHire !== undefined && { daysBeforeHire }), defaultZone: 'Europe/Berlin' },
			now,
		);
	const hire = anEmployee(1, { hireDate: '2026-04-01' });

	it('is added at once where no waiting time is set', () => {
		expect(due(hire, undefined, '2020-01-01T00:00:00Z')).toBe(true);
	});

	it('is added from midnight in the office, so many days before the hire date', () => {
		expect(due(hire, 14, '2026-03-17T22:59:59.999Z')).toBe(false);
		expect(due(hire, 14, '2026-03-17T23:00:00.000Z')).toBe(true);
		expect(due(hire, 0, '2026-03-31T21:59:59.999Z')).toBe(false);
		expect(due(hire, 0, '2026-03-31T22:00:00.000Z')).toBe(true);
	});

	it('is added at once where the hire date is unknown, empty or impossible', () => {
		expect(due(without(hire, 'hireDate'), 0, NOW)).toBe(true);
		expect(due(anEmployee(1, { hireDate: null }), 0, NOW)).toBe(true);
		expect(due(anEmployee(1, { hireDate: '2026-02-31' }), 0, NOW)).toBe(true);
	});
});

describe('a day', () => {
	const two = (number: number) => String(number).padStart(2, '0');

	it.each(['0000', '0001', '0099', '1900', '2000', '2023', '2024', '9999'])(
		'of the year %s is on the calendar where luxon says so',
		(year) => {
			for (let month = 0; month <= 13; month++) {
				for (let date = 0; date <= 32; date++) {
					const day = `${year}-${two(month)}-${two(date)}`;
					expect([day, isOnCalendar(day)]).toEqual([day, DateTime.fromISO(day, { zone: 'utc' }).isValid]);
				}
			}
		},
	);

	it.each(['', 'tomorrow', '2026-2-3', '2026-02-30T00:00', '2026-W10', '20260203', '2026-02-03T10:00'])(
		'in another form, "%s", is none',
		(day) => {
			expect(isOnCalendar(day)).toBe(false);
		},
	);
});
