import type { Employee, EmployeeId, Instant, Roster, RosterScope } from '../shared/item';

/** What one page of a list proved. */
export interface PageProof {
	/** How many records the whole list has, where the API says it. */
	total?: number;
	ids: EmployeeId[];
}

export interface Reading {
	scope: RosterScope;
	/** Taken before the first call. */
	readAt: Instant;
	employees: Employee[];
	pages: PageProof[];
	missingAttributes: string[];
	customAttributes: string[];
	/** Why the reading ended before its end or left something out, as sentences. */
	interruptions: string[];
}

/**
 * The proof of how complete a reading is. Complete means: every page came, the total did not move, ids
 * are unique, the status of everybody was delivered, and at least one employee came (of all).
 */
export function proveRoster(reading: Reading): Roster {
	const { scope, readAt, employees, pages, missingAttributes, interruptions } = reading;
	const ids = pages.flatMap((page) => page.ids);
	const totals = new Set(pages.map((page) => page.total).filter((total) => total !== undefined));
	const total = [...totals].at(-1);
	const unique = new Set(ids).size;

	const reasons = [...interruptions];
	if (totals.size > 1) {
		reasons.push(`The number of employees moved from ${[...totals].join(' to ')} while they were read.`);
	}
	if (unique < ids.length) {
		reasons.push(`${ids.length - unique} employees came twice, so others may have been left out.`);
	}
	if (totals.size === 1 && total !== undefined && unique !== total) {
		reasons.push(`Personio counts ${total} employees and delivered ${unique}.`);
	}
	if (scope === 'all' && employees.length === 0 && interruptions.length === 0) {
		reasons.push('Personio delivered no employee at all.');
	}
	if (missingAttributes.includes('status')) {
		reasons.push('Personio did not deliver the attribute "Status". Grant it to the integration in Personio.');
	}
	return {
		complete: reasons.length === 0,
		...(reasons.length > 0 && { reason: reasons.join(' ') }),
		readAt,
		count: employees.length,
		...(total !== undefined && { total }),
		missingAttributes,
		...(reading.customAttributes.length > 0 && { customAttributes: reading.customAttributes }),
		scope,
	};
}

/** The first record of each id, in order: while pages are read, a new hire shifts records to the next page. */
export function uniqueById(employees: Employee[]): Employee[] {
	const seen = new Set<EmployeeId>();
	return employees.filter(({ id }) => !seen.has(id) && seen.add(id));
}
