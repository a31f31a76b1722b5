import { VendorClient } from '../../../shared/transport/client';
import {
	headerOf,
	type NodeContext,
	type ResponseHeaders,
	type Vendor,
	type VendorRequest,
	type VendorResponse,
} from '../../../shared/transport/vendor';
import { onceForCertain } from '../../../shared/transport/onceForCertain';
import type { GapCode } from '../../../shared/item';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { failing, type GapFound, type OnGap } from '../gaps';
import { isRecord } from '../../sync/form';
import { oddMessage, soundOf, type Shape } from '../sound';
import { scopeOf } from './scopes';

const BASE = '/api/v2';

/** Enough to keep the allowed pace of reads where an answer takes up to a fifth of a second. */
export const READS_AT_ONCE = 10;

/** Enough to keep that of writes where an answer takes up to a second. */
export const AT_ONCE = 10;

const THREE_SIXTY_LEARNING: Vendor = {
	name: '360Learning',
	credentialType: 'threeSixtyLearningApi',
	quota: 'threeSixtyLearning',
	// Documented: 50 reads and 10 writes a second, of the whole company.
	limits: [{ calls: 50, ms: 1000, even: true }],
	writeLimits: [{ calls: 10, ms: 1000, even: true }],
	waitAfter429: 'seconds',
	messageOf,
	remedies: {
		401: 'Check "Client ID" and "Client Secret" in the credential.',
		429: 'Other programs use up the calls of this 360Learning. Run again in a minute.',
	},
	remedyOf({ method = 'GET', path }, status) {
		if (status !== 403) return undefined;
		const scope = scopeOf(method, path);
		return `The credential lacks ${scope ?? 'a scope'}. In 360Learning, open Settings > API v2 and grant it; a scope that is not offered there has to be opened by 360Learning.`;
	},
};

interface ErrorBody {
	error?: { code?: unknown; message?: unknown } | string;
	code?: unknown;
	message?: unknown;
}

/** Three forms of errors are documented: nested, flat, and a bare text. */
export function codeOf(body: unknown): string | undefined {
	const { error, code } = (body ?? {}) as ErrorBody;
	const found = typeof error === 'string' ? error : (error?.code ?? code);
	return typeof found === 'string' ? found : undefined;
}

function messageOf(body: unknown): string | undefined {
	const { error, message } = (body ?? {}) as ErrorBody;
	const words = typeof error === 'object' ? error?.message : message;
	const parts = [codeOf(body), words].filter((part) => typeof part === 'string' && part !== '');
	return parts.length > 0 ? parts.join(', ') : undefined;
}

/** Calls to one 360Learning. Filters stand in the path, since their brackets must not be encoded. */
export class ThreeSixtyClient {
	private readonly client: VendorClient;

	constructor(context: NodeContext) {
		this.client = new VendorClient(context, THREE_SIXTY_LEARNING);
	}

	async request(request: VendorRequest): Promise<VendorResponse> {
		return await this.client.request({ ...request, path: BASE + request.path });
	}

	async get(path: string): Promise<object> {
		const { body } = await this.request({ path });
		if (typeof body !== 'object' || body === null) throw unexpected(path);
		return body;
	}

	/** Sends a POST once for certain: see {@link onceForCertain}. */
	async post<Found>(
		request: VendorRequest,
		look: () => Promise<Found | undefined>,
	): Promise<{ answer: VendorResponse } | { found: Found }> {
		return await onceForCertain(async () => await this.request({ ...request, method: 'POST' }), look);
	}

	/**
	 * All records of a list, page by page as the `Link` header leads. Where the size of a page makes it
	 * doubtful whether that was all, the list is read a second time, and taken as whole if it comes out the
	 * same.
	 *
	 * @param what the list, as an operator calls it
	 * @throws VendorError if the first page cannot be read, and what `onGap` throws where the list is not
	 * whole: it would make second accounts
	 */
	async list<Item>(path: string, what: string, options: ListOptions<Item> = {}): Promise<Item[]> {
		const { onGap = failing, onDoubt } = options;
		const first = await this.pages(path, what, options);
		if (first.doubt === undefined) return [...first.items.values()];
		const second = await orVendorError(this.pages(path, what, options));
		if (second instanceof VendorError) {
			onGap({ ...first.doubt, cause: second });
			return [...first.items.values()];
		}
		const { items } = second;
		const isSame = items.size === first.items.size && [...items.keys()].every((key) => first.items.has(key));
		if (!isSame) onGap(first.doubt);
		else if (first.lasting) onDoubt?.({ ...first.doubt, code: first.lasting });
		return [...new Map([...first.items, ...items]).values()];
	}

	private async pages<Item>(
		path: string,
		what: string,
		{ size, isItem = isRecord, shape, keyOf = JSON.stringify, onGap = failing }: ListOptions<Item>,
	): Promise<Pages<Item>> {
		const items = new Map<string, Item>();
		const seen = new Set<string>();
		const sizes = new Set<number>();
		let doubt: GapFound | undefined;
		let lasting: GapCode | undefined;
		let wasEmpty = false;
		let next = path;
		for (let page = 1; ; page++) {
			seen.add(next);
			const answer = await orVendorError(this.page<Item>(next, path, isItem));
			if (answer instanceof VendorError) {
				if (page === 1) throw answer;
				const message = `360Learning did not deliver page ${page} of ${what}: ${answer.message}`;
				onGap({ code: 'pageMissing', message, cause: answer });
				return { items };
			}
			const { headers } = answer;
			const { records, odd } = inShape<Item>(answer.records, shape);
			if (odd.length > 0) onGap({ code: 'attributeMissing', message: oddMessage('360Learning', what, odd) });
			const before = items.size;
			const known = records.filter((record) => keyOf(record) !== undefined);
			for (const record of known) items.set(keyOf(record) ?? '', record);
			if (known.length < records.length) {
				onGap({
					code: 'idMissing',
					message: `360Learning delivered ${what} with records that lack their id or name.`,
				});
			}
			if (known.length > 0 && items.size === before) {
				const message = `360Learning delivered page ${page} of ${what} with what it had delivered before.`;
				onGap({ code: 'pageRepeated', message });
				return { items };
			}

			const link = nextPath(headers, path);
			const isLast = link === undefined;
			const isEmpty = records.length === 0;
			if (link === ELSEWHERE || seen.has(link ?? '') || (wasEmpty && isEmpty && !isLast)) {
				onGap({ code: 'linkBroken', message: `360Learning delivered ${what} with pages left out.` });
				return { items };
			}
			if (isLast ? isEmpty && page > 1 : records.length < (size ?? 0)) {
				const message = `360Learning delivered page ${page} of ${what} with records left out.`;
				doubt ??= { code: 'pageShort', message };
			} else if (isLast && records.length === size) {
				const message = `360Learning delivered a full page ${page} of ${what} without saying whether there are more.`;
				doubt ??= { code: 'linkBroken', message };
				lasting = 'lastPageFull';
			}
			if (!isLast) sizes.add(records.length);
			if (sizes.size > 1) lasting ??= 'pageShort';
			if (isLast) return { items, ...(doubt && { doubt }), ...(lasting && { lasting }) };
			wasEmpty = isEmpty;
			next = link;
		}
	}

	private async page<Item>(
		next: string,
		path: string,
		isItem: (item: unknown) => boolean,
	): Promise<{ headers: ResponseHeaders; records: Item[] }> {
		const { headers, body } = await this.request({ path: next });
		if (!Array.isArray(body) || !body.every(isItem)) throw unexpected(path);
		return { headers, records: body as Item[] };
	}
}

export interface ListOptions<Item> {
	/** The documented size of a full page; without it, a page of any size is taken as it comes. */
	size?: number;
	isItem?: (item: unknown) => boolean;
	/** What is read of a record; without it, all that it says. */
	shape?: Shape;
	/** What tells a record from all others, `undefined` if nothing does; without it, all that it says. */
	keyOf?: (item: Item) => string | undefined;
	onGap?: OnGap | undefined;
	/** Told of what stays doubtful although the list came out the same twice. */
	onDoubt?: OnGap | undefined;
}

interface Pages<Item> {
	items: Map<string, Item>;
	/** Why there may be more. */
	doubt?: GapFound;
	/** The code of a doubt that a list leaves which comes out the same again: pages of several sizes, or a full last one. */
	lasting?: GapCode;
}

function inShape<Item>(
	records: Item[],
	shape: Shape | undefined,
): { records: Item[]; odd: readonly string[] } {
	if (!shape) return { records, odd: [] };
	const found = records.map((record) => soundOf<Item & object>(record as object, shape));
	return { records: found.map(({ item }) => item), odd: found.flatMap(({ odd }) => odd) };
}

export const isText = (item: unknown): boolean => typeof item === 'string';

export const byId = ({ _id }: { _id?: unknown }): string | undefined =>
	typeof _id === 'string' ? _id : undefined;

const ELSEWHERE = Symbol('a link that leads out of the list');

/** Only path and query of the link are followed, so that the token goes nowhere else. */
function nextPath(headers: ResponseHeaders, path: string): string | undefined | typeof ELSEWHERE {
	const link = headerOf(headers, 'link') ?? '';
	const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link)?.[1];
	if (next === undefined) return undefined;
	const pathname = BASE + path.split('?')[0];
	const at = next.indexOf(pathname);
	if (at < 0 || !next.startsWith('?', at + pathname.length)) return ELSEWHERE;
	return next.slice(at + BASE.length);
}

export function unexpected(path: string): VendorError {
	return new VendorError(`360Learning answered ${withoutQuery(path)} in an unexpected form.`, {
		remedy: 'Run again. If it stays, check the address in the credential.',
		status: 200,
	});
}

const withoutQuery = (path: string): string => path.split('?')[0] ?? path;
