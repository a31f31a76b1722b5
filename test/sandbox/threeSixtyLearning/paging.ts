import type { Inbound, Reply } from '../core/http';
import { isRecord, WHOLE_BODY } from '../core/http';
import { nextLinkHeader } from '../core/nextLink';
import type { Ask } from './api';
import { malformed } from './errors';
import type { ListName, ThreeSixtyLearningOptions } from './options';

const PAGE_SIZES: Record<ListName, number> = {
	users: 500,
	groups: 500,
	customFields: 1000,
	externalIds: 5000,
	groupRoles: 1000,
	userRoles: 1000,
	managers: 1000,
	subordinates: 1000,
	bulkOperations: 20,
};

interface Cursor {
	/** The list it belongs to, with its filters. */
	of: string;
	after: string;
	page: number;
}

interface Listing<T> {
	name: ListName;
	items: readonly T[];
	/** What the list is sorted by; unique, so that a cursor survives the removal of its record. */
	keyOf: (item: T) => string;
	render: (item: T) => unknown;
}

/** a bare array, and a link to the next page if there is one. */
export function pageReply<T>(
	{ request, query }: Ask,
	listing: Listing<T>,
	options: ThreeSixtyLearningOptions,
): Reply {
	const { name, keyOf, render } = listing;
	const of = `${request.path}?${JSON.stringify(query.conditions)}`;
	const cursor = query.next === undefined ? undefined : opened(query.next);
	if (query.next !== undefined && cursor?.of !== of) throw malformed('next is no cursor of this list');
	const left =
		cursor === undefined ? listing.items : listing.items.filter((item) => keyOf(item) > cursor.after);
	const sorted = inOrder(left, keyOf);
	const rows = sorted.slice(0, pageSize(name, options));
	const body = rows.map((item) => visible(render(item), request));
	if (rows.length === sorted.length) return { status: 200, listKey: WHOLE_BODY, body };
	const next = sealed({ of, after: keyOf(rows.at(-1)!), page: (cursor?.page ?? 1) + 1 });
	const href = `${request.origin}${request.path}?${query.kept === '' ? '' : `${query.kept}&`}next=${next}`;
	return { status: 200, listKey: WHOLE_BODY, headers: { Link: nextLinkHeader(href) }, body };
}

/** Most lists are in order already, and sorting a long one for each page would take longer than all else. */
function inOrder<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
	if (items.every((item, index) => index === 0 || keyOf(items[index - 1]!) < keyOf(item))) return items;
	return items
		.map((item) => ({ key: keyOf(item), item }))
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.map(({ item }) => item);
}

/** 1 for the first page, and for cursors that are none. */
export function pageOf({ query }: Inbound): number {
	return opened(query.get('next') ?? '')?.page ?? 1;
}

function pageSize(name: ListName, { pageSizes }: ThreeSixtyLearningOptions): number {
	return typeof pageSizes === 'number' ? pageSizes : (pageSizes[name] ?? PAGE_SIZES[name]);
}

function sealed(cursor: Cursor): string {
	return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function opened(text: string): Cursor | undefined {
	try {
		const cursor: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
		return isRecord(cursor) ? (cursor as unknown as Cursor) : undefined;
	} catch {
		return undefined;
	}
}

function visible(record: unknown, { hidden }: Inbound): unknown {
	if (hidden.size === 0 || !isRecord(record)) return record;
	return Object.fromEntries(Object.entries(record).filter(([key]) => !hidden.has(key)));
}
