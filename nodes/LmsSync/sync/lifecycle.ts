import { DateTime } from 'luxon';

import type { CalendarDate, Employee, Instant } from '../../shared/item';
import { memo } from '../../shared/memo';
import { zoneOf } from '../../shared/officeZone';
import type { EndAccess, PlanSettings } from './settings';

/** Until when an employee has access, as far as Personio told. */
export type Access =
	| { state: 'ended'; lastDay?: CalendarDate; reason: string }
	| { state: 'endsLater'; lastDay: CalendarDate; isToday: boolean; reason: string }
	/** `lastDay` is known to be empty. */
	| { state: 'open' }
	/** The end date was not delivered: nothing follows from it. */
	| { state: 'unknown' };

export const END_LABELS = {
	terminationDate: 'termination date',
	lastWorkingDay: 'last working day',
	contractEndDate: 'end of contract',
} as const;
type EndField = keyof typeof END_LABELS;

export function endFields(endAccess: EndAccess): EndField[] {
	return endAccess === 'earliest' ? ['terminationDate', 'lastWorkingDay', 'contractEndDate'] : [endAccess];
}

/** From here on a date says that there is no end. */
const NEVER = '9000-01-01';

/** Dates before this one are slips of the hand. */
const FIRST_DAY = '1900-01-01';

/**
 * Days are compared as texts, so no other form of a date is a day. A plan asks this of every date of everybody,
 * which luxon would take long for.
 */
export const isOnCalendar = memo((day: CalendarDate): boolean => {
	const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
	if (year === undefined) return false;
	const lastOfMonth = new Date(0);
	lastOfMonth.setUTCFullYear(Number(year), Number(month), 0);
	return (
		Number(month) >= 1 && Number(month) <= 12 && Number(date) >= 1 && Number(date) <= lastOfMonth.getUTCDate()
	);
});

/** Whether a calendar day is over in a zone; `undefined` for a date or a zone that does not exist. */
export function isOver(day: CalendarDate, zone: string, now: Instant): boolean | undefined {
	const today = DateTime.fromISO(now, { zone }).toISODate();
	return today !== null && isOnCalendar(day) ? day < today : undefined;
}

/** Whether a day has begun, in a zone or in that of the LMS, which is taken to be UTC. */
const isToday = (day: CalendarDate, zone: string, now: Instant): boolean =>
	[zone, 'utc'].some((each) => day <= (DateTime.fromISO(now, { zone: each }).toISODate() ?? ''));

/** An end date, and what becomes of it. */
export type EndDate = { field: EndField } & (
	| { verdict: 'none' | 'notDelivered' }
	| { verdict: 'counts' | 'never' | 'earlierEmployment' | 'notOnCalendar' | 'tooLongAgo'; day: CalendarDate }
);

function endDateOf(employee: Employee, field: EndField): EndDate {
	const day = employee[field];
	if (day === null) return { field, verdict: 'none' };
	if (day === undefined) return { field, verdict: 'notDelivered' };
	if (!isOnCalendar(day)) return { field, verdict: 'notOnCalendar', day };
	if (day >= NEVER) return { field, verdict: 'never', day };
	const { hireDate } = employee;
	if (hireDate && isOnCalendar(hireDate) && day < hireDate)
		return { field, verdict: 'earlierEmployment', day };
	return { field, verdict: day < FIRST_DAY ? 'tooLongAgo' : 'counts', day };
}

/** An end date before the hire date belongs to an earlier employment and counts for nothing. */
export const endDatesOf = (employee: Employee, { endAccess }: Pick<PlanSettings, 'endAccess'>): EndDate[] =>
	endFields(endAccess).map((field) => endDateOf(employee, field));

/** Nothing is known of such a date. */
const UNKNOWN: ReadonlyArray<EndDate['verdict']> = ['notDelivered', 'notOnCalendar', 'tooLongAgo'];

/** Access ends with the last day, at its end in the office's zone. Status `inactive` is the end at once. */
export function accessOf(
	employee: Employee,
	settings: Pick<PlanSettings, 'endAccess' | 'defaultZone'>,
	now: Instant,
): Access {
	let first: { field: EndField; day: CalendarDate } | undefined;
	let unknown = false;
	for (const end of endDatesOf(employee, settings)) {
		if (UNKNOWN.includes(end.verdict)) unknown = true;
		if (end.verdict === 'counts' && (first === undefined || end.day < first.day)) first = end;
	}
	if (employee.status === 'inactive') {
		return {
			state: 'ended',
			...(first && { lastDay: first.day }),
			reason: first
				? `Inactive in Personio, ${END_LABELS[first.field]} ${first.day}.`
				: 'Inactive in Personio.',
		};
	}
	if (first === undefined) return { state: unknown ? 'unknown' : 'open' };
	const zone = zoneOf(employee, settings.defaultZone);
	const over = isOver(first.day, zone, now);
	// Another date, not delivered, may come before this one.
	if (unknown && !over) return { state: 'unknown' };
	const when = `The ${END_LABELS[first.field]} is ${first.day} (${zone})`;
	return over
		? { state: 'ended', lastDay: first.day, reason: `${when}; that day is over.` }
		: { state: 'endsLater', lastDay: first.day, isToday: isToday(first.day, zone, now), reason: `${when}.` };
}

/** Whether a new learner is to be added already, so many days before the hire date. */
export function isDue(
	employee: Employee,
	settings: Pick<PlanSettings, 'daysBeforeHire' | 'defaultZone'>,
	now: Instant,
): boolean {
	const { daysBeforeHire, defaultZone } = settings;
	if (daysBeforeHire === undefined || !employee.hireDate) return true;
	const start = DateTime.fromISO(employee.hireDate, { zone: zoneOf(employee, defaultZone) });
	return !start.isValid || DateTime.fromISO(now) >= start.minus({ days: daysBeforeHire });
}
