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
	if (Array.isArray(value)) return value.map(String);
	if (typeof value !== 'string') return undefined;
	if (value.trimStart().startsWith('[')) {
		const list = parseList(value);
		if (list !== undefined) return list;
	}
	return value
		.split(',')
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');
}

function parseList(value: string): string[] | undefined {
	try {
		const list: unknown = JSON.parse(value);
		return Array.isArray(list) ? list.map(String) : undefined;
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
export function customValue(value: unknown, type = ''): AttributeValue | undefined {
	if (isEmpty(value)) return null;
	switch (type.toLowerCase()) {
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
	if (Array.isArray(value)) return value.map(String);
	return text(value);
}
