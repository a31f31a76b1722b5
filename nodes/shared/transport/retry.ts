import type { IHttpRequestMethods } from 'n8n-workflow';

/** What became of one attempt that did not succeed. */
export interface Attempt {
	method: IHttpRequestMethods;
	/** Absent where no proper answer came. */
	status?: number | undefined;
	/** Seconds, from the header. */
	retryAfter?: string | undefined;
}

/** What was done for one call so far. */
export interface Tries {
	/** How many times it was refused for its pace, and how long that was waited for in all. */
	refusals: number;
	waitedMs: number;
	/** How many times it met another fault. */
	faults: number;
}

/** How a vendor that says nothing about waiting is waited for: doubling seconds, or its next minute. */
export type WaitAfter429 = 'seconds' | 'nextMinute';

/** Whoever else uses up the calls of an account is waited for so long. */
const PATIENCE_MS = 10 * 60_000;
const MAX_FAULTS = 3;
/** As a vendor asks for, and as waits double without that. */
const LONGEST_ASKED_MS = 120_000;
const LONGEST_DOUBLED_MS = 32_000;

/**
 * Milliseconds to wait before the same call is sent again, or `undefined` when it must not be.
 *
 * A 429 was not carried out, so every method may be repeated. After any other fault the call may have
 * taken effect: it is repeated only if doing it twice is the same as doing it once, so never for POST.
 *
 * @param now milliseconds of the epoch
 */
export function retryDelay(
	attempt: Attempt,
	{ refusals, waitedMs, faults }: Tries,
	wait: WaitAfter429,
	now: number,
): number | undefined {
	if (attempt.status === 429) {
		if (waitedMs >= PATIENCE_MS) return undefined;
		const asked = Number(attempt.retryAfter);
		if (attempt.retryAfter && Number.isFinite(asked) && asked >= 0) {
			// An account that asks for no wait and refuses all the same is not asked without end.
			return Math.min(Math.max(asked * 1000, refusals * 100), LONGEST_ASKED_MS);
		}
		if (wait === 'nextMinute') return 60_000 - (now % 60_000) + 250;
		return Math.min(1000 * 2 ** refusals, LONGEST_DOUBLED_MS);
	}
	const transient = attempt.status === undefined || attempt.status >= 500;
	if (!transient || attempt.method === 'POST' || faults >= MAX_FAULTS) return undefined;
	return 500 * 2 ** faults;
}
