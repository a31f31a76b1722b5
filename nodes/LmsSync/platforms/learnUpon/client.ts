import type { IDataObject } from 'n8n-workflow';

import {
	headerOf,
	onceForCertain,
	VendorClient,
	type NodeContext,
	type ResponseHeaders,
	type Vendor,
	type VendorRequest,
	type VendorResponse,
} from '../../../shared/transport/client';
import { VendorError } from '../../../shared/transport/vendorError';

const BASE = '/api/v1';
/** Without it LearnUpon may answer in XML. */
const JSON_ONLY = { accept: 'application/json' };
/** Calls that are left to others in a minute. */
const RESERVE = 3;

export const LEARNUPON: Vendor = {
	name: 'LearnUpon',
	credentialType: 'learnUponApi',
	quota: 'learnUpon',
	// Not published (300 a minute were measured): the headers tell what is left.
	limits: [],
	waitAfter429: 'nextMinute',
	pauseAfter,
	messageOf,
	remedies: {
		401: 'Check "API Username" and "API Password" in the credential; new keys end the old pair.',
		403: 'The API is not open to these keys. Ask LearnUpon support to switch it on.',
		404: 'Check "Portal URL" in the credential.',
		429: 'Other programs use up the calls of this portal. Run again in a minute.',
	},
};

function pauseAfter(headers: ResponseHeaders, now: number): number {
	const left = headerOf(headers, 'x-lu-rate-limit-remaining-minute');
	return left !== undefined && Number(left) <= RESERVE ? 60_000 - (now % 60_000) + 250 : 0;
}

export function messageOf(body: unknown): string | undefined {
	const { message, error } = (body ?? {}) as { message?: unknown; error?: unknown };
	return [message, error].find((each): each is string => typeof each === 'string' && each !== '');
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
			throw new VendorError(`LearnUpon refused the call: ${messageOf(response.body) ?? 'no reason given'}`);
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
	 * @throws VendorError if a page is shorter than it should be: a list with gaps would make second
	 * accounts and second invitations
	 */
	async list<Item extends { id?: number }>(
		path: string,
		key: string,
		query: IDataObject = {},
		onPage: (body: Record<string, unknown>) => void = () => {},
	): Promise<Item[]> {
		const items = new Map<number, Item>();
		let promised = false;
		for (let page = 1; ; page++) {
			const { headers, body } = await this.request({ path, query: { ...query, page } });
			const records = (body as Record<string, unknown> | undefined)?.[key];
			if (!Array.isArray(records)) throw unexpected(path);
			onPage(body as Record<string, unknown>);
			const before = items.size;
			for (const record of records as Item[]) if (record.id !== undefined) items.set(record.id, record);

			const more = headerOf(headers, 'lu-has-next-page');
			const size = Number(headerOf(headers, 'lu-records-per-page') ?? 0);
			const isShort = more === 'true' && records.length < size - 1;
			if (isShort || (promised && records.length === 0)) throw gap(path, page);
			promised = more === 'true';
			const repeated = items.size === before;
			if (more === undefined ? repeated : more !== 'true') return [...items.values()];
			if (repeated) throw gap(path, page);
		}
	}
}

/** An error body can come with HTTP 200; no proper answer has a message. */
function isError(body: unknown): boolean {
	const { response_type, message } = (body ?? {}) as { response_type?: unknown; message?: unknown };
	return response_type === 'ERROR' || typeof message === 'string';
}

/** The number of what a POST has made. */
export function idOf(answer: VendorResponse, path: string): number {
	const id = (answer.body as { id?: unknown } | undefined)?.id;
	if (typeof id !== 'number') throw unexpected(path);
	return id;
}

/** LearnUpon's own words in a refusal. */
export const wordsOf = ({ body }: VendorResponse): string => messageOf(body) ?? '';

export function unexpected(path: string): VendorError {
	return new VendorError(`LearnUpon answered ${path} in an unexpected form.`, {
		remedy: 'Run again. If it stays, check "Portal URL" in the credential.',
	});
}

function gap(path: string, page: number): VendorError {
	return new VendorError(`LearnUpon delivered page ${page} of ${path} with records left out.`, {
		remedy: 'Nothing was changed. Run again later.',
	});
}
