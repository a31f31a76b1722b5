import { isRecord } from '../sync/form';

/** What a value has to be, beside `null` or absent. */
type Kind =
	/** A text; a number is taken for one. */
	| 'text'
	/** `true` or `false`, also as a text. */
	| 'flag'
	/** A whole number of a record. */
	| 'number'
	/** A text that can stand in an address. */
	| 'id'
	| 'list'
	/** Values by their names; an empty text or list stands for none. */
	| 'values'
	/** One of these texts. */
	| readonly string[];

/** What is read of a record: names of values, none of which is one that all objects have. */
export type Shape = ReadonlyArray<readonly [name: string, formOf: (value: unknown) => unknown]>;

export const shape = (kinds: Record<string, Kind>): Shape =>
	Object.entries(kinds).map(([name, kind]) => [
		name,
		typeof kind === 'string' ? FORMS[kind] : (value) => (kind.includes(value as string) ? value : undefined),
	]);

export interface Sound<Item> {
	/** The values that are as documented. Others are left out: nothing is known of them. */
	item: Item;
	/** Names of those that were left out. */
	odd: readonly string[];
}

const NONE: readonly string[] = [];

/**
 * The record of a vendor in the form that the rest relies on. A vendor may answer anything, and hardly ever
 * does: a record that needs no change is handed on as it is, since there are thousands of them.
 */
export function soundOf<Item extends object>(record: object, values: Shape): Sound<Item> {
	let item = record as Record<string, unknown>;
	let odd: string[] | undefined;
	for (const [name, formOf] of values) {
		const value = (record as Record<string, unknown>)[name];
		if (value === undefined || value === null) continue;
		const sound = formOf(value);
		if (sound === value) continue;
		if (item === record) item = { ...item };
		if (sound !== undefined) item[name] = sound;
		else {
			(odd ??= []).push(name);
			delete item[name];
		}
	}
	return { item: item as Item, odd: odd ?? NONE };
}

const FORMS: Record<Extract<Kind, string>, (value: unknown) => unknown> = {
	text: textIn,
	flag: (value) => (typeof value === 'boolean' || value === 'true' || value === 'false' ? value : undefined),
	number: (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? value : undefined),
	id: (value) => (typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined),
	list: (value) => (Array.isArray(value) ? value : undefined),
	values: (value) => {
		if (value === '' || (Array.isArray(value) && value.length === 0)) return {};
		return isRecord(value) ? value : undefined;
	},
};

export function textIn(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** @param what as an operator calls the records */
export const oddMessage = (vendor: string, what: string, odd: readonly string[]): string =>
	`${vendor} delivered ${what} with values of an unexpected form (${[...new Set(odd)].join(', ')}).`;
