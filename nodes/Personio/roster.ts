import type { Employee, EmployeeField, EmployeeId, Gap, Instant, Roster, RosterScope } from '../shared/item';

/** What one page of a list proved. */
export interface PageProof {
	/** How many records the whole list has, where the API says it. */
	total?: number;
	ids: EmployeeId[];
}

export interface Reading {
	apiVersion: 'v1' | 'v2';
	scope: RosterScope;
	/** Taken before the first call. */
	readAt: Instant;
	employees: Employee[];
	pages: PageProof[];
	missingAttributes: string[];
	/** Fields of the record that were asked for; absent where all of them were. */
	attributes?: EmployeeField[] | undefined;
	customAttributes: string[];
	/** What Personio calls the custom attributes. */
	labels?: Record<string, string>;
	/** Why the reading ended before its end or left something out. */
	gaps: Gap[];
}

/**
 * The proof of how complete a reading is. Complete means: every page came, the total did not move, ids
 * are unique, the status of everybody was delivered, and at least one employee came (of all).
 */
export function proveRoster(reading: Reading): Roster {
	const { apiVersion, scope, readAt, employees, pages, missingAttributes, attributes, labels = {} } = reading;
	const ids = pages.flatMap((page) => page.ids);
	const totals = new Set(pages.map((page) => page.total).filter((total) => total !== undefined));
	const total = [...totals].at(-1);
	const unique = new Set(ids).size;

	const gaps = [...reading.gaps];
	if (scope === 'all' && employees.length === 0 && gaps.length === 0) {
		gaps.push({ code: 'nobody', message: 'Personio delivered no employee at all.' });
	}
	if (totals.size > 1) {
		gaps.push({
			code: 'countMoved',
			message: `The number of employees moved from ${[...totals].join(' to ')} while they were read, so somebody may have been left out. Run again.`,
		});
	}
	if (unique < ids.length) {
		gaps.push({
			code: 'idRepeated',
			message: `${counted(ids.length - unique, 'employee')} came twice, so others may have been left out. Run again.`,
		});
	}
	const isLimited = gaps.some(({ code }) => code === 'limited');
	if (totals.size === 1 && total !== undefined && unique !== total && !isLimited) {
		gaps.push({
			code: 'countDiffers',
			message: `Personio counts ${counted(total, 'employee')} and delivered ${unique}. Run again.`,
		});
	}
	if (missingAttributes.includes('status')) {
		gaps.push({
			code: 'attributeMissing',
			message: 'Personio did not deliver the attribute "Status". Grant it to the integration in Personio.',
		});
	}
	return {
		complete: gaps.length === 0,
		...(gaps.length > 0 && { reason: reasonOf(gaps), gaps }),
		readAt,
		count: employees.length,
		...(total !== undefined && { total }),
		missingAttributes,
		...(attributes && { attributes }),
		...(reading.customAttributes.length > 0 && { customAttributes: reading.customAttributes }),
		...(Object.keys(labels).length > 0 && { labels }),
		apiVersion,
		scope,
	};
}

export const reasonOf = (gaps: Gap[]): string => gaps.map(({ message }) => message).join(' ');

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** The first record of each id, in order: while pages are read, a new hire shifts records to the next page. */
export function uniqueById(employees: Employee[]): Employee[] {
	const seen = new Set<EmployeeId>();
	return employees.filter(({ id }) => !seen.has(id) && seen.add(id));
}
