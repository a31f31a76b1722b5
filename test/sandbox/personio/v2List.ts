import type { Inbound, Reply } from '../core/http';
import { BAD_VALUE, ProblemError } from './errors';
import type { PersonioOptions } from './options';
import { readLimit } from './v2Query';

interface Position {
	/** The list it belongs to. */
	path: string;
	/** Id of the last record delivered, and its row, in case that record is gone. */
	after: number | string;
	row: number;
	page: number;
	query: string;
}

export interface Listing<T> {
	idOf: (item: T) => number | string;
	/** Sorted and filtered by the given query. */
	items: (query: URLSearchParams) => readonly T[];
	render: (item: T) => unknown;
}

/** One page, with opaque cursors that never expire and absolute links. */
export function page<T>(request: Inbound, listing: Listing<T>, options: PersonioOptions): Reply {
	const position = decode(request);
	const query = effectiveQuery(request, position, options);
	const limit = readLimit(query, options);
	const items = listing.items(query);
	const start = position ? startAfter(items, position, listing.idOf) : 0;
	const rows = items.slice(start, start + limit);
	const links: Record<string, { href: string }> = { self: { href: `${request.origin}${request.path}` } };
	if (request.query.has('cursor')) links['self'] = { href: link(request, request.query.get('cursor')!) };
	if (start + limit < items.length) {
		const next: Position = {
			path: request.path,
			after: listing.idOf(rows.at(-1)!),
			row: start + limit,
			page: (position?.page ?? 1) + 1,
			query: query.toString(),
		};
		links['next'] = { href: link(request, encode(next)) };
	}
	return {
		status: 200,
		listKey: '_data',
		body: { _data: rows.map((item) => listing.render(item)), _meta: { links } },
	};
}

export function pageNumber(request: Inbound): number {
	try {
		return decode(request)?.page ?? 1;
	} catch {
		return 1;
	}
}

/** As in the vendor's examples, the link has the cursor and nothing else. */
function link(request: Inbound, cursor: string): string {
	return `${request.origin}${request.path}?cursor=${encodeURIComponent(cursor)}`;
}

function startAfter<T>(items: readonly T[], position: Position, idOf: Listing<T>['idOf']): number {
	const last = items.findIndex((item) => idOf(item) === position.after);
	if (last >= 0) return last + 1;
	// The record is gone: numeric ids are in order, so the place is known; elsewhere the row must do.
	if (typeof position.after !== 'number') return position.row;
	const following = items.findIndex((item) => Number(idOf(item)) > Number(position.after));
	return following < 0 ? items.length : following;
}

/** A filter that comes with a cursor must be the one the cursor was made for: a difference is loud. */
function effectiveQuery(
	request: Inbound,
	position: Position | undefined,
	options: PersonioOptions,
): URLSearchParams {
	const own = new URLSearchParams(request.query);
	own.delete('cursor');
	if (!position || options.cursors === 'positionOnly') return own;
	const carried = new URLSearchParams(position.query);
	for (const [name, value] of own) {
		if (name === 'limit') carried.set('limit', value);
		else if (carried.get(name) !== value) throw new ProblemError(400, BAD_VALUE);
	}
	return carried;
}

function encode(position: Position): string {
	return `cur_${Buffer.from(JSON.stringify(position)).toString('base64url')}`;
}

function decode(request: Inbound): Position | undefined {
	const cursor = request.query.get('cursor');
	if (cursor === null) return undefined;
	try {
		const text = Buffer.from(cursor.replace(/^cur_/, ''), 'base64url').toString('utf8');
		const position = JSON.parse(text) as Position;
		if (position.path === request.path) return position;
	} catch {
		// Falls through to the refusal: whatever cannot be read is no cursor of ours.
	}
	throw new ProblemError(400, BAD_VALUE);
}
