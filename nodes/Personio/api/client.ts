import type { IDataObject } from 'n8n-workflow';

import { VendorClient } from '../../shared/transport/client';
import { headerOf, type NodeContext, type Vendor } from '../../shared/transport/vendor';
import { VendorError } from '../../shared/transport/vendorError';
import { RENEW_TOKEN } from './headers';

const RIGHTS =
	'Check that the integration still exists in Personio, may read Employees, and has the attributes to be synced.';

const PERSONIO = {
	name: 'Personio',
	credentialType: 'personioEmployeesApi',
	waitAfter429: 'seconds',
	messageOf,
	remedies: {
		401: RIGHTS,
		403: RIGHTS,
		429: 'Personio allows no more calls at the moment. Run again in a minute.',
	},
} satisfies Partial<Vendor>;

/** 300 calls a minute and 15 a second for employees, and what the ways of calls may differ by. */
const V1: Vendor = {
	...PERSONIO,
	quota: 'personio v1',
	limits: [
		{ calls: 15, ms: 1020 },
		{ calls: 300, ms: 60_250 },
	],
	renewOn: { status: 403, header: RENEW_TOKEN },
};

/** Calls that may be under way when the last ones of a burst are counted. */
const V2_RESERVE = 10;

/** Not published (30 a second with bursts of 100 were measured): the headers tell what is left. */
const V2: Vendor = {
	...PERSONIO,
	quota: 'personio v2',
	limits: [],
	pauseAfter(headers) {
		const left = headerOf(headers, 'x-ratelimit-remaining');
		return left !== undefined && Number(left) <= V2_RESERVE ? 500 : 0;
	},
};

/** Reads from Personio. Says `success: false` apart from success, which v1 may send with HTTP 200. */
export class PersonioClient {
	private readonly v1: VendorClient;

	private readonly v2: VendorClient;

	/** @param deadline milliseconds of the epoch, after which no call is sent */
	constructor(
		context: NodeContext,
		private readonly deadline?: number,
	) {
		this.v1 = new VendorClient(context, V1);
		this.v2 = new VendorClient(context, V2);
	}

	/**
	 * @param path e.g. `/v1/company/employees`; the version decides on limits and token
	 * @returns the body, or `undefined` where Personio says that it knows no such record (404)
	 */
	async get<Body extends object>(
		path: string,
		query?: IDataObject,
		headers?: Record<string, string>,
	): Promise<Body | undefined> {
		const client = path.startsWith('/v2/') ? this.v2 : this.v1;
		const { status, body } = await client.request({
			path,
			accept: [404],
			deadline: this.deadline,
			...(query && { query }),
			...(headers && { headers }),
		});
		if (status === 404) {
			if (isOwnRefusal(path, body)) return undefined;
			throw unexpected(path, status);
		}
		if (typeof body !== 'object' || body === null) throw unexpected(path);
		if ((body as { success?: unknown }).success === false) {
			throw new VendorError(`Personio refused the call: ${messageOf(body) ?? 'no reason given'}`, {
				remedy: RIGHTS,
				status,
			});
		}
		return body as Body;
	}
}

export function unexpected(path: string, status = 200): VendorError {
	const code = status === 200 ? '' : ` with HTTP ${status}`;
	return new VendorError(`Personio answered ${path}${code} in an unexpected form.`, {
		remedy: 'Run again. If it stays, check "Base URL" in the credential.',
		status: 200,
	});
}

/** A 404 in another form comes from something in between, and says nothing of a record. */
function isOwnRefusal(path: string, body: unknown): boolean {
	if (typeof body !== 'object' || body === null) return false;
	const { success, error } = body as V1Error;
	const { errors } = body as V2Error;
	if (path.startsWith('/v2/')) return Array.isArray(errors) && errors.length > 0;
	return success === false && typeof error === 'object' && error !== null;
}

interface V1Error {
	success?: unknown;
	error?: { message?: unknown };
}
interface V2Error {
	errors?: Array<{ title?: unknown; detail?: unknown }>;
	personio_trace_id?: unknown;
	trace_id?: unknown;
	error_description?: unknown;
}

function messageOf(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const { error } = body as V1Error;
	const { errors, personio_trace_id, trace_id, error_description } = body as V2Error;
	const first = Array.isArray(errors) ? errors[0] : undefined;
	const words = [error?.message, first?.detail ?? first?.title, error_description].find(
		(each): each is string => typeof each === 'string' && each !== '',
	);
	// Personio's support asks for the trace id.
	const trace = [personio_trace_id, trace_id].find((each) => typeof each === 'string' && each !== '');
	return words === undefined ? undefined : words.trim() + (trace ? ` (trace ${String(trace)})` : '');
}
