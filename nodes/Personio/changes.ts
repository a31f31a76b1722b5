import { createHash } from 'crypto';
import { DateTime } from 'luxon';

import type { Employee, EmployeeId, Instant } from '../shared/item';
import { zoneOf } from '../shared/officeZone';
import type { HandOver } from './handOver';

/** How far the trigger has come. */
export interface Progress {
	/** Taken before the last complete read. Changes before it have been handed over. */
	watermark: Instant;
	/** Fingerprints of the records of the last window, so that what was handed over is not again. */
	seen: Record<EmployeeId, string>;
	/** Seconds of the epoch at which the hire or leaving date of somebody comes due. */
	due: Record<EmployeeId, number>;
}

/** What the trigger remembers between two polls. Small: recent changes and coming dates, no employees. */
export interface ChangesState extends Progress {
	/** What was read; another source starts anew. */
	source: string;
	/** What may not have come through. */
	open?: HandOver[];
}

/**
 * How far a window reaches back behind the watermark. Personio's `updated_since` has no documented zone
 * (up to 14 hours) and was seen to lag by three quarters of an hour.
 */
const OVERLAP_HOURS = 24;
/** How long and how often a status is waited for that should have followed a date. */
const FOLLOW_DAYS = 3;
const FOLLOW_HOURS = 12;

export function windowStart(watermark: Instant): Instant {
	return new Date(Date.parse(watermark) - OVERLAP_HOURS * 3_600_000).toISOString();
}

export function fingerprint(employee: Employee): string {
	return createHash('sha256').update(JSON.stringify(employee)).digest('base64url').slice(0, 12);
}

/** The first moment at which somebody's hire date has begun or an end date is over, after `now`. */
export function nextDue(employee: Employee, defaultZone: string, now: Instant): number | undefined {
	const zone = zoneOf(employee, defaultZone);
	const at = DateTime.fromISO(now).toSeconds();
	const begins = (day: string, plusDays: number) =>
		DateTime.fromISO(day, { zone }).startOf('day').plus({ days: plusDays }).toSeconds();
	const { hireDate, terminationDate, lastWorkingDay, contractEndDate, status } = employee;
	const ends = [terminationDate, lastWorkingDay, contractEndDate].filter((day) => typeof day === 'string');
	const moments = [...(hireDate ? [begins(hireDate, 0)] : []), ...ends.map((day) => begins(day, 1))];
	// The status follows the date some hours later, and that need not count as a change of the record.
	const awaited = [
		...(hireDate && status === 'onboarding' ? [begins(hireDate, 0)] : []),
		...(terminationDate && status !== 'inactive' ? [begins(terminationDate, 1)] : []),
	];
	for (const moment of awaited) {
		if (moment <= at && at < moment + FOLLOW_DAYS * 86_400) moments.push(at + FOLLOW_HOURS * 3600);
	}
	const coming = moments.filter((moment) => moment > at);
	return coming.length > 0 ? Math.min(...coming) : undefined;
}

export function dueNow({ due }: ChangesState, now: Instant): EmployeeId[] {
	const at = Date.parse(now) / 1000;
	return (Object.entries(due) as Array<[EmployeeId, number]>)
		.filter(([, moment]) => moment <= at)
		.map(([id]) => id);
}

/** The state after a first read of everybody: what is there now counts as handed over. */
export function baseline(employees: Employee[], zone: string, now: Instant): Progress {
	// Twice the overlap, since `lastModifiedAt` and the window may disagree about the zone.
	const recent = windowStart(windowStart(now));
	const inWindow = employees.filter(({ lastModifiedAt }) => !lastModifiedAt || lastModifiedAt >= recent);
	return {
		watermark: now,
		seen: fingerprints(inWindow),
		due: withDue({}, employees, zone, now),
	};
}

/** Those whose date has come between two moments. */
export const dueBetween = (employees: Employee[], zone: string, from: Instant, to: Instant): Employee[] =>
	employees.filter((employee) => {
		const moment = hasUnknownDates(employee) ? undefined : nextDue(employee, zone, from);
		return moment !== undefined && moment <= Date.parse(to) / 1000;
	});

/** Those of a window whose record is not as it was handed over before. */
export function notSeen({ seen }: ChangesState, employees: Employee[]): Employee[] {
	return employees.filter((employee) => seen[employee.id] !== fingerprint(employee));
}

/**
 * The state after a poll.
 *
 * @param window everybody whom the window delivered
 * @param due those who were asked for because a date of theirs has come
 * @param watermark taken before the read, or the old one if the read was not complete
 */
export function advance(
	state: ChangesState,
	window: Employee[],
	due: Employee[],
	watermark: Instant,
	zone: string,
	now: Instant,
): Progress {
	const unread = new Set<string>(due.filter(hasUnknownDates).map(({ id }) => id));
	const remaining = Object.fromEntries(
		Object.entries(state.due).filter(([id, moment]) => moment > Date.parse(now) / 1000 || unread.has(id)),
	);
	const isComplete = watermark !== state.watermark;
	return {
		watermark,
		// An incomplete read may have left out records that the next one delivers again.
		seen: { ...(isComplete ? {} : state.seen), ...fingerprints([...window, ...due]) },
		due: withDue(remaining, [...window, ...due], zone, now),
	};
}

/** v2's employment could not be read: what is remembered of the dates stays. */
const hasUnknownDates = ({ status }: Employee): boolean => status === undefined;

const fingerprints = (employees: Employee[]): Record<EmployeeId, string> =>
	Object.fromEntries(employees.map((employee) => [employee.id, fingerprint(employee)]));

function withDue(
	due: Record<EmployeeId, number>,
	employees: Employee[],
	zone: string,
	now: Instant,
): Record<EmployeeId, number> {
	const next: Record<EmployeeId, number> = { ...due };
	for (const employee of employees) {
		if (hasUnknownDates(employee)) continue;
		const moment = nextDue(employee, zone, now);
		if (moment === undefined) delete next[employee.id];
		else next[employee.id] = moment;
	}
	return next;
}
