import type { IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import { inTime, isStream, parsed, textOf } from './body';
import { clock } from './clock';
import { outOfTime, refused, refusedAgain, unanswered, type SendError } from './failures';
import { pacerOf, type Pacer } from './pacer';
import { Progress } from './progress';
import { retryDelay, type Tries } from './retry';
import {
	headerOf,
	type NodeContext,
	type ResponseHeaders,
	type Vendor,
	type VendorRequest,
	type VendorResponse,
} from './vendor';
import { VendorError } from './vendorError';

/** Without a byte. */
const TIMEOUT_MS = 30_000;

/** For all of an answer: n8n's own limit counts from the last byte on, and does not look at the body. */
const LONGEST_MS = 120_000;

/** The largest answers that are known have some megabytes. */
const LARGEST_BYTES = 64 * 2 ** 20;

/** For so long nobody asks an account that has refused everything. */
const SHUT_MS = 60_000;

/** Logins that are under way, by account: calls that are refused together wait for one of them. */
const renewals = new Map<string, Promise<unknown>>();

/** One vendor account, as one node sees it: paced, retried, with errors that an operator can read. */
export class VendorClient {
	private readonly pacer: Pacer;

	private readonly writePacer: Pacer;

	private readonly quota: string;

	private readonly progress: Progress;

	constructor(
		private readonly context: NodeContext,
		private readonly vendor: Vendor,
	) {
		const account = context.getNode().credentials?.[vendor.credentialType]?.id ?? 'unsaved';
		this.quota = `${vendor.quota} ${account}`;
		this.pacer = pacerOf(this.quota, vendor.limits);
		this.writePacer = vendor.writeLimits ? pacerOf(`${this.quota} writes`, vendor.writeLimits) : this.pacer;
		this.progress = new Progress(context, (count) => `${count} calls to ${vendor.name} so far`);
	}

	/**
	 * Sends a call and repeats it where that is safe.
	 *
	 * @throws VendorError naming the status, the vendor's words and a remedy; `uncertain` where a POST may
	 * have taken effect without a proper answer
	 */
	async request(request: VendorRequest): Promise<VendorResponse> {
		const method = request.method ?? 'GET';
		const tries: Tries = { refusals: 0, waitedMs: 0, faults: 0 };
		let renewed = false;
		for (;;) {
			let outcome = await this.attempt(request, method, false);
			if (!renewed && isStatus(outcome, this.vendor.renewOn?.status)) {
				renewed = true;
				outcome = await this.oneLogin(
					async () => await this.attempt(request, method, true),
					async () => await this.attempt(request, method, false),
				);
			}
			const response = outcome instanceof VendorError ? undefined : outcome;
			if (response !== undefined && this.isFinal(response, request)) return response;

			const delay = retryDelay(
				{
					method,
					// A page that is not JSON is as good as no answer.
					status: response === undefined || response.status < 300 ? undefined : response.status,
					retryAfter: response && headerOf(response.headers, 'retry-after'),
				},
				tries,
				this.vendor.waitAfter429,
				clock.now(),
			);
			// Whoever else waits would find the same, and a run of thousands would not end in days.
			if (delay === undefined && response?.status === 429) this.shut();
			if (delay === undefined || (outcome instanceof VendorError && outcome.status !== undefined)) {
				throw outcome instanceof VendorError ? outcome : refused(this.vendor, request, method, outcome);
			}
			if (clock.now() + delay > deadlineOf(request)) throw outOfTime(this.vendor);
			if (response?.status === 429) {
				tries.refusals++;
				tries.waitedMs += delay;
				(method === 'GET' ? this.pacer : this.writePacer).refused();
				this.pauseAll(delay);
			} else {
				tries.faults++;
				await clock.sleep(delay);
			}
		}
	}

	/** Of several calls at once that need a new token one has it fetched, and the others wait for that. */
	private async oneLogin<Result>(
		login: () => Promise<Result>,
		after: () => Promise<Result>,
	): Promise<Result> {
		const underWay = renewals.get(this.quota);
		if (underWay) {
			await underWay;
			return await after();
		}
		const result = login();
		renewals.set(
			this.quota,
			result.then(
				() => undefined,
				() => undefined,
			),
		);
		try {
			return await result;
		} finally {
			renewals.delete(this.quota);
		}
	}

	private pauseAll(ms: number): void {
		this.pacer.pauseUntil(clock.now() + ms);
		this.writePacer.pauseUntil(clock.now() + ms);
	}

	private isFinal({ status, body }: VendorResponse, { accept = [] }: VendorRequest): boolean {
		if (accept.includes(status)) return true;
		return status >= 200 && status < 300 && typeof body !== 'string';
	}

	/** Sends the call once. An answer of any status is returned, no answer is an error. */
	private async attempt(
		request: VendorRequest,
		method: IHttpRequestMethods,
		renewToken: boolean,
	): Promise<VendorResponse | VendorError> {
		const options: IHttpRequestOptions = {
			method,
			url: request.path,
			headers: {
				accept: 'application/json, application/problem+json',
				...(request.body && { 'content-type': 'application/json' }),
				// Else axios would say that what has no body is a form.
				...(method !== 'GET' && !request.body && { 'content-type': false }),
				...request.headers,
				...(renewToken && this.vendor.renewOn && { [this.vendor.renewOn.header]: 'yes' }),
			},
			...(request.query && { qs: request.query, arrayFormat: 'brackets' }),
			...(request.body && { body: request.body }),
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: TIMEOUT_MS,
		};
		const pacer = method === 'GET' ? this.pacer : this.writePacer;
		if (!(await pacer.take(deadlineOf(request)))) return outOfTime(this.vendor);
		if (pacer.isShut()) return refusedAgain(this.vendor);
		this.progress.add(1);
		try {
			const answer = await this.send(options, renewToken);
			const headers = answer.headers ?? {};
			const shown = this.vendor.limitShown?.(headers);
			if (shown) pacer.learn(shown);
			const pause = this.vendor.pauseAfter?.(headers, clock.now()) ?? 0;
			if (pause > 0) this.pauseAll(pause);
			return { status: answer.statusCode, headers, body: answer.body };
		} catch (error) {
			// n8n throws what came after a renewed token. It is an answer like any other.
			const { httpCode, context } = error as SendError;
			if (!(Number(httpCode) >= 300)) return unanswered(this.vendor, error as SendError, method);
			try {
				return { status: Number(httpCode), headers: {}, body: await bodyIn(context?.data, longest()) };
			} catch (cut) {
				return unanswered(this.vendor, cut as SendError, method);
			}
		}
	}

	/** A 401 is left to n8n, which renews the token and sends the call once more if it is not told to ignore it. */
	private async send(options: IHttpRequestOptions, renewToken: boolean): Promise<RawAnswer> {
		const { httpRequestWithAuthentication } = this.context.helpers;
		const call = async (extra: Partial<IHttpRequestOptions>): Promise<RawAnswer> => {
			const late = longest();
			const answer = httpRequestWithAuthentication.call(this.context, this.vendor.credentialType, {
				...options,
				...extra,
				encoding: 'stream',
			}) as Promise<RawAnswer>;
			const { body, ...rest } = await inTime(answer, late);
			return { ...rest, body: await bodyIn(body, late) };
		};
		const ignoring = async () => await call({ ignoreHttpStatusErrors: true });
		const renewing = async () => await call({});
		if (renewToken) return await renewing();
		const answer = await ignoring();
		if (answer.statusCode !== 401) return answer;
		return await this.oneLogin(renewing, async () => {
			const second = await ignoring();
			return second.statusCode === 401 ? await renewing() : second;
		});
	}

	private shut(): void {
		this.pacer.shut(SHUT_MS);
		this.writePacer.shut(SHUT_MS);
	}
}

interface RawAnswer {
	statusCode: number;
	headers?: ResponseHeaders;
	body: unknown;
}

/** By the clock that calls are paced by. */
const deadlineOf = ({ deadline = Infinity }: VendorRequest): number => deadline * clock.speed;

const longest = (): AbortSignal => AbortSignal.timeout(LONGEST_MS);

async function bodyIn(body: unknown, late: AbortSignal): Promise<unknown> {
	if (isStream(body)) return parsed(await textOf(body, LARGEST_BYTES, late));
	return body === '' || body === null ? undefined : body;
}

function isStatus(outcome: VendorResponse | VendorError, status: number | undefined): boolean {
	return !(outcome instanceof VendorError) && outcome.status === status;
}
