import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import type { RateLimit } from './pacer';
import type { WaitAfter429 } from './retry';

export type NodeContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

/** What the transport has to know about a vendor. */
export interface Vendor {
	name: string;
	credentialType: string;
	/** Calls that count against the same limits share this name. */
	quota: string;
	/** Documented limits; none where the headers of each answer tell what is left. */
	limits: RateLimit[];
	/** Documented limits of writes, where those are counted apart from reads. */
	writeLimits?: RateLimit[];
	waitAfter429: WaitAfter429;
	/** The limit that an answer shows, where it is known from nothing else. */
	limitShown?(headers: ResponseHeaders): RateLimit | undefined;
	/** Milliseconds to hold all calls back, as the headers of an answer tell. */
	pauseAfter?(headers: ResponseHeaders, now: number): number;
	/** A status other than 401 by which the vendor says that the token is no longer valid. */
	renewOn?: { status: number; header: string };
	/** The vendor's own words in a refused answer. */
	messageOf(body: unknown): string | undefined;
	/** What an operator can do about a status, e.g. where rights are granted. */
	remedies: Record<number, string>;
	/** A remedy that depends on the call, before those by status. */
	remedyOf?(request: VendorRequest, status: number, body: unknown): string | undefined;
}

export type ResponseHeaders = Record<string, string | string[] | undefined>;

export interface VendorRequest {
	method?: IHttpRequestMethods;
	/** From the host on, e.g. `/api/v1/users`. The credential adds the address. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** Statuses that the caller deals with itself; any other beyond 2xx is thrown. */
	accept?: number[];
	headers?: Record<string, string>;
	/** Milliseconds of the epoch, after which the call is not sent, nor sent again. */
	deadline?: number | undefined;
}

export interface VendorResponse {
	status: number;
	headers: ResponseHeaders;
	/** The parsed JSON, `undefined` where the answer had no body. */
	body: unknown;
}

export function headerOf(headers: ResponseHeaders, name: string): string | undefined {
	const value = headers[name.toLowerCase()] ?? headers[name];
	return Array.isArray(value) ? value[0] : value;
}
