import type { IDataObject } from 'n8n-workflow';

import { orVendorError, VendorError } from '../../shared/transport/vendorError';
import { unexpected, type PersonioClient } from './client';
import { isOver, OUT_OF_TIME, type ReadRequest } from './reader';

/** The most that v2 delivers at once; more is refused. */
export const PAGE = 50;

export interface V2List<Item> {
	_data?: Item[];
	_meta?: { links?: { next?: { href?: string | null } | null } };
}

type Id = string | number | undefined;

export interface Pages<Item> {
	items: Item[];
	/** The ids of each page. */
	pages: Id[][];
	/** Why the list ended before its end, as sentences. */
	interruptions: string[];
}

/**
 * All pages of a list. Of the link to the next page only the cursor is used: its path was seen to be
 * wrong, and its host must not receive a token. A cursor that comes twice ends the list.
 */
export async function readPages<Item extends { id?: string | number }>(
	client: PersonioClient,
	path: string,
	filter: IDataObject,
	request: Pick<ReadRequest, 'deadline' | 'limit'> = {},
	headers: Record<string, string> = {},
): Promise<Pages<Item>> {
	const items: Item[] = [];
	const pages: Id[][] = [];
	const interruptions: string[] = [];
	const seen = new Set<string>();
	let cursor: string | undefined;
	do {
		if (isOver(request.deadline)) {
			interruptions.push(OUT_OF_TIME);
			break;
		}
		const query = { limit: PAGE, ...filter, ...(cursor !== undefined && { cursor }) };
		const page = await orVendorError(readPage<Item>(client, path, query, headers));
		if (page instanceof VendorError) {
			if (pages.length === 0) throw page;
			interruptions.push(`After ${items.length} records of ${path}: ${page.message}`);
			break;
		}
		items.push(...page._data);
		pages.push(page._data.map(({ id }) => id));
		const href = page._meta?.links?.next?.href ?? undefined;
		cursor = href === undefined ? undefined : cursorOf(href);
		if (href !== undefined && cursor === undefined) {
			interruptions.push(`The link to the next page of ${path} has no cursor.`);
		}
		if (cursor !== undefined && seen.has(cursor)) {
			interruptions.push(`The link to the next page of ${path} leads to a page that was read before.`);
			break;
		}
		if (cursor !== undefined) seen.add(cursor);
		if (request.limit !== undefined && items.length >= request.limit) {
			if (cursor !== undefined || items.length > request.limit) {
				interruptions.push(`Only the first ${request.limit} employees were asked for.`);
			}
			break;
		}
	} while (cursor !== undefined);
	return { items, pages, interruptions };
}

async function readPage<Item>(
	client: PersonioClient,
	path: string,
	query: IDataObject,
	headers: Record<string, string>,
): Promise<V2List<Item> & { _data: Item[] }> {
	const page = await client.get<V2List<Item>>(path, query, headers);
	if (!Array.isArray(page?._data)) throw unexpected(path);
	return { ...page, _data: page._data };
}

function cursorOf(href: string): string | undefined {
	return new URLSearchParams(href.slice(href.indexOf('?') + 1)).get('cursor') ?? undefined;
}
