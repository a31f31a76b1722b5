import type { Employee, EmployeeId, Instant, Roster } from '../../shared/item';

export interface ReadRequest {
	/** Keys of custom attributes, `dynamic_<number>`. */
	customAttributes: string[];
	/** Milliseconds of the epoch after which no further page is asked for. */
	deadline?: number;
	/** Stop after so many employees. */
	limit?: number;
	/** Only the employee with this address. */
	email?: string;
}

export interface Read {
	employees: Employee[];
	roster: Roster;
}

/** Reading employees, the same over both generations of the API. */
export interface EmployeeReader {
	readAll(request: ReadRequest): Promise<Read>;
	/** Everybody whose record changed at or after `since`; may hold more people than that. */
	readChanged(request: ReadRequest, since: Instant): Promise<Read>;
	/** One read of the named people, with those whom Personio no longer knows left out. */
	readSome(ids: EmployeeId[], request: ReadRequest): Promise<Read>;
}

/** A reading that would not fit into the time there is ends with a sentence, never silently. */
export function isOver(deadline: number | undefined): boolean {
	return deadline !== undefined && Date.now() > deadline;
}

export const OUT_OF_TIME =
	'n8n allows a trigger too little time to read everybody. Raise the poll timeout of n8n, or start the workflow with a Schedule Trigger and the Personio node.';
