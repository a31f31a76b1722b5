import type { IDataObject } from 'n8n-workflow';

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
import type { RateLimit } from '../../../shared/transport/pacer';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { failing, type GapFound, type OnGap } from '../gaps';
import { isRecord } from '../../sync/form';
import { oddMessage, soundOf, type Shape } from '../sound';

const BASE = '/api/v1';
/** Without it LearnUpon may answer in XML. */
const JSON_ONLY = { accept: 'application/json' };
/** Calls of a minute that are left to others, and that may be under way when the limit is learnt. */
const RESERVE = 5;

/** A minute, and what the ways of calls may differ by. */
const MINUTE_MS = 60_250;

/** As many as the clients do that are known to get along with LearnUpon. */
export const AT_ONCE = 5;

export const LEARNUPON: Vendor = {
	name: 'LearnUpon',
	credentialType: 'learnUponApi',
	quota: 'learnUpon',
	// Not published (300 a minute were measured): the headers tell what is left.
	limits: [],
	waitAfter429: 'nextMinute',
	limitShown,
	pauseAfter,
	messageOf,
	remedies: {
		401: 'Check "API Username" and "API Password" in the credential; new keys end the old pair.',
		403: 'The API is not open to these keys. Ask LearnUpon support to switch it on.',
		404: 'Check "Portal URL" in the credential.',
		429: 'Other programs use up the calls of this portal. Run again in a minute.',
	},
};

const leftIn = (headers: ResponseHeaders): number =>
	Number(headerOf(headers, 'x-lu-rate-limit-remaining-minute') ?? NaN);

/** How many a minute takes is known from its first call. */
function limitShown(headers: ResponseHeaders): RateLimit | undefined {
	const left = leftIn(headers);
	return left > RESERVE ? { calls: left + 1 - RESERVE, ms: MINUTE_MS } : undefined;
}

/** Others are using up the minute: the learnt limit alone leaves the reserve. */
function pauseAfter(headers: ResponseHeaders, now: number): number {
	return leftIn(headers) < RESERVE ? 60_000 - (now % 60_000) + 250 : 0;
}

export function messageOf(body: unknown): string | undefined {
	const { message, error } = (body ?? {}) as { message?: unknown; error?: unknown };
	return [message, error].find((each): each is string => typeof each === 'string' && each !== '');
}

export interface LearnUponList {
	/** As an operator calls it. */
	what: string;
	path: string;
	/** Of the records in the body. */
	key: string;
	shape: Shape;
	query?: IDataObject;
}

/** Calls to one LearnUpon portal. Bodies are wrapped by the caller in the name that LearnUpon expects. */
export class LearnUponClient {
	private readonly client: VendorClient;

	constructor(context: NodeContext) {
		this.client = new VendorClient(context, LEARNUPON);
	}

	/** @throws VendorError also for an error body on a 2xx answer */
	async request(request: VendorRequest): Promise<VendorResponse> {
		const response = await this.client.request({
			...request,
			path: BASE + request.path,
			headers: { ...JSON_ONLY, ...request.headers },
		});
		if (response.status < 300 && isError(response.body)) {
			throw new VendorError(`LearnUpon refused the call: ${messageOf(response.body) ?? 'no reason given'}`, {
				remedy: 'Put right what it names, in Personio or in LearnUpon, and run again.',
			});
		}
		return response;
	}

	/** Sends a POST once for certain: see {@link onceForCertain}. */
	async post(
		request: VendorRequest,
		look: () => Promise<number | undefined>,
	): Promise<VendorResponse | { id: number }> {
		const outcome = await onceForCertain(
			async () => await this.request({ ...request, method: 'POST' }),
			look,
		);
		return 'answer' in outcome ? outcome.answer : { id: outcome.found };
	}

	/**
	 * All records of a paged list. The end is where `LU-Has-Next-Page` says so, since the size of a page
	 * is not what the documents say.
	 *
	 * @throws VendorError if the first page cannot be read, and what `onGap` throws where the list is not
	 * whole: it would make second accounts and second invitations
	 */
	async list<Item extends { id?: number }>(
		{ what, path, key, shape, query = {} }: LearnUponList,
		onGap: OnGap = failing,
		onPage: (body: Record<string, unknown>) => void = () => {},
	): Promise<Item[]> {
		const items = new Map<number, Item>();
		let promised = false;
		let longest = 0;
		for (let page = 1; ; page++) {
			const answer = await orVendorError(this.page(path, key, { ...query, page }));
			if (answer instanceof VendorError) {
				if (page === 1) throw answer;
				const message = `LearnUpon did not deliver page ${page} of ${what}: ${answer.message}`;
				onGap({ code: 'pageMissing', message, cause: answer });
				return [...items.values()];
			}
			const { headers, body } = answer;
			onPage(body);
			const before = items.size;
			const records = answer.records.map((record) => soundOf<Item>(record, shape));
			for (const { item } of records) if (hasId(item)) items.set(item.id, item);
			if (records.some(({ item }) => !hasId(item))) {
				onGap({ code: 'idMissing', message: `LearnUpon delivered ${what} with records that have no id.` });
			}
			const odd = records.flatMap((each) => each.odd);
			if (odd.length > 0) onGap({ code: 'attributeMissing', message: oddMessage('LearnUpon', what, odd) });

			const more = headerOf(headers, 'lu-has-next-page');
			const short: GapFound = {
				code: 'pageShort',
				message: `LearnUpon delivered page ${page} of ${what} with records left out.`,
			};
			if (records.length === 0 && (promised || more === 'true')) {
				onGap(short);
				return [...items.values()];
			}
			const size = Number(headerOf(headers, 'lu-records-per-page') ?? 0);
			if (more === 'true' && records.length < Math.max(size - 1, longest)) onGap(short);
			longest = Math.max(longest, records.length);
			promised = more === 'true';
			const repeated = items.size === before;
			if (more === undefined ? repeated : more !== 'true') return [...items.values()];
			if (repeated) {
				const message = `LearnUpon delivered page ${page} of ${what} with what it had delivered before.`;
				onGap({ code: 'pageRepeated', message });
				return [...items.values()];
			}
		}
	}

	private async page(path: string, key: string, query: IDataObject): Promise<Page> {
		const { headers, body } = await this.request({ path, query });
		const records = isRecord(body) ? body[key] : undefined;
		if (!isRecord(body) || !Array.isArray(records) || !records.every(isRecord)) throw unexpected(path);
		return { headers, body, records };
	}
}

interface Page {
	headers: ResponseHeaders;
	body: Record<string, unknown>;
	records: object[];
}

export const hasId = <Item extends { id?: unknown }>(item: Item): item is Item & { id: number } =>
	typeof item.id === 'number';

/** An error body can come with HTTP 200; no proper answer has a message. */
function isError(body: unknown): boolean {
	const { response_type, message } = (body ?? {}) as { response_type?: unknown; message?: unknown };
	return response_type === 'ERROR' || typeof message === 'string';
}

/** Whether LearnUpon says that what was asked for is not there; a 404 in another form does not say so. */
export const isGone = ({ status, body }: VendorResponse): boolean =>
	status === 404 && typeof body !== 'string';

/** The number of what a POST has made. */
export function idOf(answer: VendorResponse, path: string): number {
	const id = (answer.body as { id?: unknown } | undefined)?.id;
	if (!Number.isSafeInteger(id)) throw unexpected(path);
	return id as number;
}

/**
 * The record that was asked for by its number: LearnUpon answers with a list of one, as far as is known.
 *
 * @throws VendorError where it is another one, or not all of it is as documented
 */
export function theOne<Item extends { id?: number }>(
	records: unknown,
	id: string,
	shape: Shape,
	path: string,
): Item {
	const [record] = Array.isArray(records) ? (records as unknown[]) : [records];
	if (!isRecord(record)) throw unexpected(path);
	const { item, odd } = soundOf<Item>(record, shape);
	if (odd.length > 0 || String(item.id) !== id) throw unexpected(path);
	return item;
}

/** LearnUpon's own words in a refusal. */
export const wordsOf = ({ body }: VendorResponse): string => messageOf(body) ?? '';

export function unexpected(path: string): VendorError {
	return new VendorError(`LearnUpon answered ${path} in an unexpected form.`, {
		remedy: 'Run again. If it stays, check "Portal URL" in the credential.',
	});
}
