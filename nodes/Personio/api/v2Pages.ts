import type { IDataObject } from 'n8n-workflow';

import type { Gap } from '../../shared/item';
import { orVendorError, VendorError } from '../../shared/transport/vendorError';
import { unexpected, type PersonioClient } from './client';
import { isOver, limited, OUT_OF_TIME, recordOf, withRemedy, type ReadRequest } from './reader';

/** The most that v2 delivers at once; more is refused. */
export const PAGE = 50;
/** Of a filtered list a page may well be empty; a list of nothing else would never end. */
const EMPTY_PAGES = 5;

export interface V2List<Item> {
	_data?: Item[];
	_meta?: { links?: { next?: { href?: string | null } | null } };
}

type Id = string | number | undefined;

export interface Pages<Item> {
	items: Item[];
	/** The ids of each page. */
	pages: Id[][];
	/** Why the list ended before its end. */
	gaps: Gap[];
	/** What makes the end of the list doubtful although nothing failed; v2 does not say how long a list is. */
	doubts: Gap[];
}

/** A list of v2, and what it holds in the words of an operator. */
export interface ListOf {
	path: string;
	/** E.g. `employees`. */
	what: string;
	filter?: IDataObject;
	headers?: Record<string, string>;
}

/**
 * All pages of a list. Of the link to the next page only the cursor is used: its path was seen to be
 * wrong, and its host must not receive a token. A cursor that comes twice ends the list.
 */
export async function readPages<Item extends { id?: string | number }>(
	client: PersonioClient,
	list: ListOf,
	request: Pick<ReadRequest, 'deadline' | 'limit'> = {},
): Promise<Pages<Item>> {
	const { what } = list;
	const items: Item[] = [];
	const pages: Id[][] = [];
	const gaps: Gap[] = [];
	const doubts: Gap[] = [];
	const cursors = new Set<string>();
	const seen = new Set<Id>();
	let emptyInARow = 0;
	let cursor: string | undefined;
	const broken = (how: string) =>
		gaps.push({
			code: 'linkBroken',
			message: `The list of ${what} broke off after ${items.length}: the link to the next page ${how}. Run again.`,
		});
	do {
		if (isOver(request.deadline)) {
			gaps.push(OUT_OF_TIME);
			break;
		}
		const limit = Math.min(PAGE, (request.limit ?? Infinity) - items.length);
		const page = await orVendorError(readPage<Item>(client, list, limit, cursor));
		if (page instanceof VendorError) {
			if (pages.length === 0) throw page;
			gaps.push({ code: 'pageMissing', message: `After ${items.length} ${what}: ${withRemedy(page)}` });
			break;
		}
		const data = page._data.map(recordOf);
		const ids = data.map(({ id }) => id).filter((id) => id !== undefined && id !== null);
		const isNew = ids.some((id) => !seen.has(id));
		for (const id of ids) seen.add(id);
		for (const item of data) items.push(item);
		pages.push(ids);
		emptyInARow = data.length === 0 ? emptyInARow + 1 : 0;

		const next = nextCursor(page);
		cursor = typeof next === 'string' ? next : undefined;
		if (next === null) broken('has no cursor');
		if (cursor !== undefined && cursors.has(cursor)) {
			broken('leads to a page that was read before');
			break;
		}
		if (cursor !== undefined) cursors.add(cursor);
		if (data.length > 0 && !isNew && pages.length > 1) {
			gaps.push({
				code: 'pageRepeated',
				message: `The list of ${what} delivered the same page again after ${seen.size}, so those that follow are missing. Run again.`,
			});
			break;
		}
		if (request.limit !== undefined && items.length >= request.limit) {
			if (cursor !== undefined || items.length > request.limit) gaps.push(limited(request.limit));
			break;
		}
		if (data.length === 0 && cursor !== undefined) {
			doubts.push({
				code: 'pageShort',
				message: `A page of the list of ${what} came empty after ${items.length}, although others follow. Run again.`,
			});
			if (emptyInARow >= EMPTY_PAGES) {
				broken('leads to empty pages only');
				break;
			}
		}
		if (next === undefined && (data.length >= limit || typeof page._meta?.links !== 'object')) {
			doubts.push({
				code: 'noProof',
				message: `Nothing proves that the list of ${what} ends after ${items.length}: the last page is full or says nothing of the next one, and Personio did not tell the number of employees. Grant "Employees: Read" to the integration in Personio, or choose "V1" as "API Version".`,
			});
		}
	} while (cursor !== undefined);
	return { items, pages, gaps, doubts };
}

async function readPage<Item>(
	client: PersonioClient,
	{ path, filter, headers }: ListOf,
	limit: number,
	cursor: string | undefined,
): Promise<V2List<Item> & { _data: Item[] }> {
	const query = { limit, ...filter, ...(cursor !== undefined && { cursor }) };
	const page = await client.get<V2List<Item>>(path, query, headers);
	if (page === undefined) {
		throw new VendorError(`Personio does not know ${path} (HTTP 404).`, {
			remedy: 'Check "Base URL" in the credential, or choose "V1" as "API Version".',
			status: 404,
		});
	}
	if (!Array.isArray(page._data)) throw unexpected(path);
	return { ...page, _data: page._data };
}

/** `undefined` where there is no next page, `null` where the way to it cannot be read. */
function nextCursor({ _meta }: V2List<unknown>): string | null | undefined {
	const next: unknown = _meta?.links?.next;
	if (next === undefined || next === null) return undefined;
	const href: unknown = typeof next === 'object' ? (next as { href?: unknown }).href : next;
	if (href === undefined || href === null) return undefined;
	if (typeof href !== 'string') return null;
	return new URLSearchParams(href.slice(href.indexOf('?') + 1)).get('cursor') || null;
}
