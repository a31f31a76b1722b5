import { BAD_FILTER, BAD_LIMIT, BAD_VALUE, ProblemError } from './errors';
import type { PersonioOptions } from './options';
import { wholeNumber } from './v1';

/** A filter of a v2 list: how a value is checked and compared. */
export interface Filter<T> {
	/** Beside plain equality. */
	operators?: readonly ('gt' | 'lt')[];
	valid?: (value: string) => boolean;
	matches: (item: T, value: string, operator: 'eq' | 'gt' | 'lt') => boolean;
}

export type Filters<T> = Record<string, Filter<T>>;

const PAGING = new Set(['limit', 'cursor']);
const UTC_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export const commaList = (value: string): string[] => value.split(',').map((part) => part.trim());

export function equals<T>(read: (item: T) => string | null): Filter<T> {
	return { matches: (item, value) => read(item) === value };
}

export function instant<T>(read: (item: T) => string): Filter<T> {
	return {
		operators: ['gt', 'lt'],
		valid: (value) => UTC_INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
		matches: (item, value, operator) => {
			const difference = Date.parse(read(item)) - Date.parse(value);
			if (operator === 'eq') return difference === 0;
			return operator === 'gt' ? difference > 0 : difference < 0;
		},
	};
}

/** Only `.gt` and `.lt` exist; an unknown operator and a bad value have errors of their own. */
export function filtered<T>(
	items: readonly T[],
	query: URLSearchParams,
	filters: Filters<T>,
	others: readonly string[],
	options: PersonioOptions,
): readonly T[] {
	const tests: ((item: T) => boolean)[] = [];
	for (const [name, value] of query) {
		if (PAGING.has(name) || others.includes(name)) continue;
		const [field, operator = 'eq', ...rest] = name.split('.');
		const filter = filters[field!];
		if (!filter && operator === 'eq') {
			if (options.unknownQuery === 'ignore') continue;
			throw new ProblemError(400, BAD_VALUE);
		}
		const known = operator === 'eq' || (filter?.operators ?? []).includes(operator as 'gt');
		if (!filter || !known || rest.length > 0) throw new ProblemError(400, BAD_FILTER);
		if (value === '' || filter.valid?.(value) === false) throw new ProblemError(400, BAD_VALUE);
		tests.push((item) => filter.matches(item, value, operator as 'eq'));
	}
	return tests.length === 0 ? items : items.filter((item) => tests.every((test) => test(item)));
}

export function readLimit(query: URLSearchParams, options: PersonioOptions): number {
	const limit = wholeNumber(query.get('limit'), options.v2DefaultLimit);
	if (limit === undefined || limit < 1 || limit > options.v2MaxLimit) throw new ProblemError(400, BAD_LIMIT);
	return limit;
}
