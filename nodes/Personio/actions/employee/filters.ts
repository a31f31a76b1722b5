import type { EmployeeStatus } from '../../../shared/item';

const STATUSES: readonly EmployeeStatus[] = ['active', 'inactive', 'leave', 'onboarding'];

/** Whom a read is restricted to; an empty address and an empty list restrict nothing. */
export interface Filters {
	address: string;
	statuses: EmployeeStatus[];
}

/**
 * @param value of the parameter; an expression may have made anything of it
 * @throws Error where it is no address or no list of statuses
 */
export function filtersOf(value: unknown): Filters {
	const { email, statuses } = (value ?? {}) as { email?: unknown; statuses?: unknown };
	return { address: addressOf(email ?? ''), statuses: statusesOf(statuses ?? []) };
}

function addressOf(email: unknown): string {
	if (typeof email === 'string') return email.trim();
	throw new Error(
		`The filter "E-Mail" is not a text but ${told(email)}. Enter an address; if an expression gives it, check what it gives.`,
	);
}

function statusesOf(statuses: unknown): EmployeeStatus[] {
	const isKnown = (each: unknown): each is EmployeeStatus => STATUSES.some((status) => status === each);
	if (Array.isArray(statuses) && statuses.every(isKnown)) return statuses;
	throw new Error(
		`The filter "Statuses" is not a list of statuses but ${told(statuses)}. Choose from the list, or let the expression give a list such as ["active", "leave"].`,
	);
}

const told = (value: unknown): string => JSON.stringify(value)?.slice(0, 100) ?? typeof value;
