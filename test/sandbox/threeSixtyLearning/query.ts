import type { Inbound } from '../core/http';
import { malformed } from './errors';
import type { ThreeSixtyLearningOptions } from './options';

export interface Filter {
	operators: readonly string[];
	/** Says what is wrong with a value. */
	refuses?: (value: string) => string | undefined;
}

export type Filters = Readonly<Record<string, Filter>>;

export interface Condition {
	field: string;
	operator: string;
	values: string[];
}

export interface Query {
	conditions: Condition[];
	/** Parameters that are no filters, such as `sendInvitationEmail`. */
	flags: Record<string, string>;
	next: string | undefined;
	/** The query as it came, without the cursor: what links to further pages keep. */
	kept: string;
}

interface Known {
	filters?: Filters;
	flags?: Readonly<Record<string, readonly string[]>>;
	isList: boolean;
}

export const TEXT_OPERATORS = ['eq', 'ne', 'in', 'nin'];

export function among(values: readonly string[]): Filter['refuses'] {
	return (value) => (values.includes(value) ? undefined : `must be one of ${values.join(', ')}`);
}

/** LHS brackets. Arrays come by index: `mail[in][0]=…&mail[in][1]=…`. */
export function parsedQuery(request: Inbound, known: Known, options: ThreeSixtyLearningOptions): Query {
	const query: Query = { conditions: [], flags: {}, next: undefined, kept: '' };
	const kept: string[] = [];
	for (const pair of request.rawQuery.split('&').filter((part) => part !== '')) {
		const [rawName = '', ...rest] = pair.split('=');
		const isEncoded = /%5[bd]/i.test(rawName);
		const name = isEncoded && options.encodedBrackets === 'unknown' ? rawName : decoded(rawName);
		const value = decoded(rest.join('='));
		if (name === 'next' && known.isList) {
			query.next = value;
			continue;
		}
		kept.push(pair);
		if (!take(query, known, name, value) && options.unknownQuery === 'refuse') {
			throw malformed(`The query parameter ${name} is not expected`);
		}
	}
	return { ...query, kept: kept.join('&') };
}

function take(query: Query, { filters = {}, flags = {} }: Known, name: string, value: string): boolean {
	if (Object.hasOwn(flags, name)) {
		if (!flags[name]!.includes(value)) throw malformed(`${name} must be one of ${flags[name]!.join(', ')}`);
		query.flags[name] = value;
		return true;
	}
	const [, field = '', operator = '', index] = /^(\w+)\[(\w+)\](?:\[(\d+)\])?$/.exec(name) ?? [];
	if (!Object.hasOwn(filters, field)) return false;
	addCondition(query, filters[field]!, { field, operator, index, value });
	return true;
}

function addCondition(
	query: Query,
	filter: Filter,
	{
		field,
		operator,
		index,
		value,
	}: { field: string; operator: string; index: string | undefined; value: string },
): void {
	const name = `${field}[${operator}]`;
	if (!filter.operators.includes(operator)) throw malformed(`${name} is no filter of this endpoint`);
	const isArray = operator === 'in' || operator === 'nin';
	if (isArray !== (index !== undefined)) throw malformed(`${name} must ${isArray ? '' : 'not '}be an array`);
	const wrong = filter.refuses?.(value);
	if (wrong !== undefined) throw malformed(`${name} ${wrong}`);
	const present = query.conditions.find((one) => one.field === field && one.operator === operator);
	if (!present) query.conditions.push({ field, operator, values: [value] });
	else if (isArray) present.values.push(value);
	else throw malformed(`${name} must be a single value`);
}

export function matchesAll(
	conditions: readonly Condition[],
	valueOf: (field: string) => string | undefined,
	fold: (text: string, field: string) => string = (text) => text,
): boolean {
	return conditions.every(({ field, operator, values }) => {
		const own = valueOf(field);
		const has = own !== undefined && values.some((value) => fold(value, field) === fold(own, field));
		if (operator === 'eq' || operator === 'in') return has;
		if (operator === 'ne' || operator === 'nin') return !has;
		return own !== undefined && (operator === 'lt' ? own < values[0]! : own >= values[0]!);
	});
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text.replace(/\+/g, ' '));
	} catch {
		return text;
	}
}
