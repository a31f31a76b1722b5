import type { AttributeValue, EmployeeStatus } from '../../shared/item';

const STATUSES: EmployeeStatus[] = ['active', 'inactive', 'onboarding', 'leave'];

/** Personio writes an empty value as null, as "" or as [], also for objects. */
export const isEmpty = (value: unknown): boolean =>
	value === null || value === '' || (Array.isArray(value) && value.length === 0);

export const text = (value: unknown): string | undefined =>
	typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined;

/** v1 writes a calendar date as local midnight with an offset: converting it would move the day. */
export function calendarDate(value: unknown): string | undefined {
	return typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
}

/** An instant in UTC; v1 writes offsets with and without a colon. */
export function instant(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const parsed = new Date(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
	return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString();
}

export function status(value: unknown): EmployeeStatus | undefined {
	const lower = typeof value === 'string' ? value.toLowerCase() : undefined;
	return STATUSES.find((known) => known === lower);
}

/** Tags come as a comma-joined string, lately also as a JSON list in a string. */
function tags(value: unknown): string[] | undefined {
	if (Array.isArray(value)) return plainList(value);
	if (typeof value !== 'string') return undefined;
	const list = parseList(value);
	if (list !== undefined) return plainList(list);
	return value
		.split(',')
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');
}

/** `undefined` where the list holds objects: a text of them would say nothing. */
function plainList(list: unknown[]): string[] | undefined {
	const isPlain = list.every((each) => ['string', 'number', 'boolean'].includes(typeof each));
	return isPlain ? list.map(String) : undefined;
}

function parseList(value: string): unknown[] | undefined {
	try {
		const list: unknown = JSON.parse(value);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}

/**
 * A custom value in plain form: tags as a list, dates as calendar dates.
 *
 * @param type the attribute's type, of v1 (`tags`, `date`, `integer` …) or v2 (`string_list`, `date` …)
 * @returns `undefined` for a value of an unexpected form, which counts as not delivered
 */
export function customValue(value: unknown, type?: unknown): AttributeValue | undefined {
	if (isEmpty(value)) return null;
	switch (text(type)?.toLowerCase()) {
		case 'tags':
		case 'string_list':
			return tags(value);
		case 'date':
			return calendarDate(value);
		case 'integer':
		case 'decimal':
		case 'int':
		case 'double':
			return typeof value === 'number' ? value : text(value);
	}
	if (typeof value === 'boolean' || typeof value === 'number') return value;
	if (Array.isArray(value)) return plainList(value);
	return text(value);
}

interface CustomAttribute {
	key: string;
	value: unknown;
	type: unknown;
}

/** The custom attributes that were delivered, by their keys. A key like `__proto__` is one like any other. */
export function customOf(attributes: CustomAttribute[]): Record<string, AttributeValue> {
	const entries = attributes
		.filter(({ value }) => value !== undefined)
		.map(({ key, value, type }) => [key, customValue(value, type)] as const);
	return Object.fromEntries(
		entries.filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined),
	);
}
