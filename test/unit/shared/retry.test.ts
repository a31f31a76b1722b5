import type { IHttpRequestMethods } from 'n8n-workflow';

import { retryDelay, type Attempt, type Tries } from '../../../nodes/shared/transport/retry';

const SECOND = 1000;
const NOW = Date.parse('2026-11-22T06:00:20.000Z');

/** The waits until a call is given up, each in milliseconds. */
function waits(attempt: Attempt, wait: 'seconds' | 'nextMinute' = 'seconds'): number[] {
	const delays: number[] = [];
	const tries: Tries = { refusals: 0, waitedMs: 0, faults: 0 };
	for (;;) {
		const delay = retryDelay(attempt, tries, wait, NOW);
		if (delay === undefined) return delays;
		delays.push(delay);
		if (attempt.status === 429) {
			tries.refusals++;
			tries.waitedMs += delay;
		} else tries.faults++;
	}
}

describe('a call that was refused with 429', () => {
	const METHODS: IHttpRequestMethods[] = ['GET', 'PUT', 'DELETE', 'POST'];

	it.each(METHODS)('is repeated whatever its method, as %s too: it was not carried out', (method) => {
		const doubled = [1, 2, 4, 8, 16, 32, 32].map((wait) => wait * SECOND);
		expect(waits({ method, status: 429 }).slice(0, 7)).toEqual(doubled);
	});

	it('waits as long as the vendor asks', () => {
		expect(waits({ method: 'POST', status: 429, retryAfter: '7' })[0]).toBe(7 * SECOND);
		expect(waits({ method: 'POST', status: 429, retryAfter: '0' })[0]).toBe(0);
		expect(waits({ method: 'GET', status: 429, retryAfter: '0.5' }, 'nextMinute')[0]).toBe(500);
	});

	it('waits two minutes at most', () => {
		expect(waits({ method: 'GET', status: 429, retryAfter: '86400' })[0]).toBe(120 * SECOND);
	});

	it.each(['soon', '-1', 'Infinity', 'NaN'])('passes over a wait that makes no sense: %s', (retryAfter) => {
		expect(waits({ method: 'GET', status: 429, retryAfter })[0]).toBe(SECOND);
	});

	it("waits for the vendor's next minute where limits count by the minute", () => {
		expect(waits({ method: 'GET', status: 429 }, 'nextMinute')[0]).toBe(40 * SECOND + 250);
	});

	it('is given up when it was waited for ten minutes', () => {
		const total = (delays: number[]) => delays.reduce((sum, delay) => sum + delay, 0);
		for (const retryAfter of [undefined, '1', '60', '0']) {
			const delays = waits({ method: 'GET', status: 429, retryAfter });
			expect(total(delays)).toBeGreaterThanOrEqual(600 * SECOND);
			expect(total(delays.slice(0, -1))).toBeLessThan(600 * SECOND);
		}
	});

	it('is repeated ever more slowly by who asks for no wait', () => {
		const delays = waits({ method: 'GET', status: 429, retryAfter: '0' });
		expect(delays.slice(0, 4)).toEqual([0, 100, 200, 300]);
	});
});

describe('a call that met a fault', () => {
	it.each([500, 502, 503, 504, undefined])(
		'of status %s is repeated three times if that is safe',
		(status) => {
			for (const method of ['GET', 'PUT', 'DELETE'] as const) {
				expect(waits({ method, status })).toEqual([500, 1000, 2000]);
			}
		},
	);

	it.each([500, 502, 503, 504, undefined])('of status %s is never repeated as POST', (status) => {
		expect(waits({ method: 'POST', status })).toEqual([]);
	});
});

describe('a call that was refused for good', () => {
	it.each([301, 400, 401, 403, 404, 409, 422])('with %s is not repeated', (status) => {
		for (const method of ['GET', 'PUT', 'DELETE', 'POST'] as const) {
			expect(waits({ method, status, retryAfter: '1' })).toEqual([]);
		}
	});
});
