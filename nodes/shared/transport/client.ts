import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
} from 'n8n-workflow';

import { inTime, isStream, parsed, textOf } from './body';
import { clock } from './clock';
import { networkCause } from './networkCause';
import { pacerOf, type Pacer, type RateLimit } from './pacer';
import { Progress } from './progress';
import { retryDelay, type Tries, type WaitAfter429 } from './retry';
import { VendorError } from './vendorError';

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
				throw outcome instanceof VendorError ? outcome : this.refused(request, method, outcome);
			}
			if (clock.now() + delay > deadlineOf(request)) throw this.outOfTime();
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
		if (!(await pacer.take(deadlineOf(request)))) return this.outOfTime();
		if (pacer.isShut()) return this.refusedAgain();
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
			if (!(Number(httpCode) >= 300)) return this.unanswered(error as SendError, method);
			try {
				return { status: Number(httpCode), headers: {}, body: await bodyIn(context?.data, longest()) };
			} catch (cut) {
				return this.unanswered(cut as SendError, method);
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

	private refusedAgain(): VendorError {
		const { name, remedies } = this.vendor;
		return new VendorError(`${name} has allowed no calls for a long time, so no more were sent.`, {
			remedy: remedies[429],
			status: 429,
		});
	}

	private outOfTime(): VendorError {
		return new VendorError(
			`The time that n8n allows a trigger is over before ${this.vendor.name} allows more calls.`,
			{
				remedy:
					'Raise the poll timeout of n8n, or start the workflow with a Schedule Trigger and the Personio node, which may take their time.',
				status: 429,
			},
		);
	}

	private unanswered(error: SendError, method: IHttpRequestMethods): VendorError {
		// A credential that could not be used speaks for itself; everything else has a code of the network.
		const code = networkCode(error);
		if (code === undefined)
			return new VendorError(error.message, { remedy: error.description ?? undefined, status: 400 });
		return new VendorError(`${this.vendor.name} cannot be reached: ${networkCause(code)}.`, {
			remedy: 'Check the address in the credential and the network of this n8n, then run again.',
			uncertain: method !== 'GET',
		});
	}

	private refused(request: VendorRequest, method: string, { status, body }: VendorResponse): VendorError {
		const { name, remedies, remedyOf } = this.vendor;
		if (status < 300) {
			return new VendorError(`${name} answered ${method} ${request.path} with a page that is not JSON.`, {
				remedy: 'Check the address in the credential: it must be the address of the API itself.',
				status,
				uncertain: method !== 'GET',
			});
		}
		const words = this.vendor.messageOf(body);
		return new VendorError(`${name} answered HTTP ${status}${words ? `: ${words}` : ''}`, {
			remedy: remedyOf?.(request, status, body) ?? remedies[status] ?? generalRemedy(name, status),
			status,
			uncertain: status >= 500,
		});
	}
}

function generalRemedy(vendor: string, status: number): string {
	if (status >= 500) return `${vendor} has a fault at the moment. Run again later.`;
	return status < 400
		? 'This address leads on to another one, where the keys are not sent. Enter the address of the API itself in the credential.'
		: 'Put right what is named in it, and run again.';
}

interface RawAnswer {
	statusCode: number;
	headers?: ResponseHeaders;
	body: unknown;
}

interface SendError extends Error {
	httpCode?: string | null;
	code?: string;
	description?: string | null;
	messages?: string[];
	context?: { data?: unknown };
	cause?: { code?: string };
}

/** n8n keeps the original error as the cause, n8n 1.x only its texts. */
function networkCode(error: SendError): string | undefined {
	const texts = (error.messages ?? []).join(' ');
	return error.cause?.code ?? error.code ?? /\bE[A-Z_]{3,}\b|timeout|aborted|socket hang up/.exec(texts)?.[0];
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

export function headerOf(headers: ResponseHeaders, name: string): string | undefined {
	const value = headers[name.toLowerCase()] ?? headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** Turns what went wrong into n8n's own error, so that the editor shows the sentence and the remedy. */
export function asNodeError(context: NodeContext, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	const cause = error instanceof Error ? error : new Error(String(error));
	return new NodeOperationError(context.getNode(), cause.message, {
		...(cause instanceof VendorError && cause.remedy !== undefined && { description: cause.remedy }),
		...(itemIndex !== undefined && { itemIndex }),
	});
}
