import type { IHttpRequestMethods } from 'n8n-workflow';

/** What became of one attempt that did not succeed. */
export interface Attempt {
	method: IHttpRequestMethods;
	/** Absent where no proper answer came. */
	status?: number | undefined;
	/** Seconds, from the header. */
	retryAfter?: string | undefined;
}

/** How a vendor that says nothing about waiting is waited for: doubling seconds, or its next minute. */
export type WaitAfter429 = 'seconds' | 'nextMinute';

const MAX_REFUSALS = 6;
const MAX_FAULTS = 3;
const LONGEST_WAIT_MS = 120_000;

/**
 * Milliseconds to wait before the same call is sent again, or `undefined` when it must not be.
 *
 * A 429 was not carried out, so every method may be repeated. After any other fault the call may have
 * taken effect: it is repeated only if doing it twice is the same as doing it once, so never for POST.
 *
 * @param failures how many times this call failed before, 0 after the first attempt
 * @param now milliseconds of the epoch
 */
export function retryDelay(
	attempt: Attempt,
	failures: number,
	wait: WaitAfter429,
	now: number,
): number | undefined {
	if (attempt.status === 429) {
		if (failures >= MAX_REFUSALS) return undefined;
		const asked = Number(attempt.retryAfter);
		if (attempt.retryAfter && Number.isFinite(asked) && asked >= 0) {
			return Math.min(asked * 1000, LONGEST_WAIT_MS);
		}
		if (wait === 'nextMinute') return 60_000 - (now % 60_000) + 250;
		return 1000 * 2 ** failures;
	}
	const transient = attempt.status === undefined || attempt.status >= 500;
	if (!transient || attempt.method === 'POST' || failures >= MAX_FAULTS) return undefined;
	return 500 * 2 ** failures;
}
