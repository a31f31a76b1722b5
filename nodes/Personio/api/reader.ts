import type { Employee, EmployeeField, EmployeeId, Gap, Instant, Roster } from '../../shared/item';

export interface ReadRequest {
	/** Fields of the employee record; absent for all of them. */
	attributes?: EmployeeField[];
	/** Keys of custom attributes, `dynamic_<number>`. */
	customAttributes: string[];
	/** Also those that say something about pay, health and the like; they are refused otherwise. */
	allowSensitive?: boolean;
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

/** A selection by an address holds everybody who has it. */
export const byAddress = ({ employees, roster }: Read): Read => ({
	employees,
	roster: { ...roster, byAddress: true },
});

/** Reading employees, the same over both generations of the API. */
export interface EmployeeReader {
	readAll(request: ReadRequest): Promise<Read>;
	/** Everybody whose record changed at or after `since`; may hold more people than that. */
	readChanged(request: ReadRequest, since: Instant): Promise<Read>;
	/** One read of the named people, with those whom Personio no longer knows left out. */
	readSome(ids: EmployeeId[], request: ReadRequest): Promise<Read>;
}

/** A reading that would not fit into the time there is ends with a gap, never silently. */
export function isOver(deadline: number | undefined): boolean {
	return deadline !== undefined && Date.now() > deadline;
}

export const OUT_OF_TIME: Gap = {
	code: 'outOfTime',
	message:
		'n8n allows a trigger too little time to read everybody. Raise the poll timeout of n8n, or start the workflow with a Schedule Trigger and the Personio node.',
};

export const limited = (limit: number): Gap => ({
	code: 'limited',
	message: `Only the first ${limit} employees were asked for. Switch on "Return All" if the others are wanted too.`,
});

/** The sentence of an error, with what to do about it. */
export function withRemedy({ message, remedy }: { message: string; remedy?: string | undefined }): string {
	return `${message.replace(/\.$/, '')}. ${remedy ?? 'Run again.'}`;
}

/** A record of a list; whatever is none counts as one that holds nothing. */
export const recordOf = <Item extends object>(value: Item | null | undefined): Item =>
	typeof value === 'object' && value !== null ? value : ({} as Item);
