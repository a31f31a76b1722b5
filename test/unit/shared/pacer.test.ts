import fc from 'fast-check';

import { Pacer, pacerOf, type RateLimit } from '../../../nodes/shared/transport/pacer';

/** Lets all calls through that are asked for at these moments; returns when they started. */
async function starts(pacer: Pacer, moments: number[]): Promise<number[]> {
	const begin = Date.now();
	const started: number[] = [];
	const calls = moments.map(async (moment) => {
		await new Promise((resolve) => setTimeout(resolve, moment));
		await pacer.take();
		started.push(Date.now() - begin);
	});
	await jest.runAllTimersAsync();
	await Promise.all(calls);
	return started.sort((a, b) => a - b);
}

/** The most calls that started within any `ms` milliseconds. */
const densest = (started: number[], ms: number): number =>
	Math.max(...started.map((from) => started.filter((at) => at >= from && at < from + ms).length));

beforeEach(() => {
	jest.useFakeTimers({ now: 0 });
});

afterEach(() => {
	jest.useRealTimers();
});

describe('a pacer', () => {
	it('lets calls start at once up to the limit, and the next as soon as there is room', async () => {
		const pacer = new Pacer([{ calls: 3, ms: 1000 }]);
		expect(await starts(pacer, Array<number>(7).fill(0))).toEqual([0, 0, 0, 1000, 1000, 1000, 2000]);
	});

	it('counts any window, not only those that begin on the clock', async () => {
		const pacer = new Pacer([{ calls: 2, ms: 1000 }]);
		expect(await starts(pacer, [0, 900, 1000, 1100, 1950])).toEqual([0, 900, 1000, 1900, 2000]);
	});

	it('keeps the second limit where the first has room', async () => {
		const pacer = new Pacer([
			{ calls: 2, ms: 100 },
			{ calls: 3, ms: 1000 },
		]);
		expect(await starts(pacer, Array<number>(6).fill(0))).toEqual([0, 0, 100, 1000, 1000, 1100]);
	});

	it('lets nobody start before the end of a pause, and a shorter pause does not end a longer one', async () => {
		const pacer = new Pacer([{ calls: 10, ms: 1000 }]);
		pacer.pauseUntil(5000);
		pacer.pauseUntil(2000);
		expect(await starts(pacer, [0, 4999, 6000])).toEqual([5000, 5000, 6000]);
	});

	it('holds back calls that wait already when a pause begins', async () => {
		const pacer = new Pacer([{ calls: 1, ms: 1000 }]);
		setTimeout(() => pacer.pauseUntil(9000), 500);
		expect(await starts(pacer, [0, 0])).toEqual([0, 9000]);
	});

	it('takes windows longer after refusals, up to a quarter, and forgets them with time', async () => {
		const limit = { calls: 1, ms: 1000 };
		const second = async (refusals: number) => {
			const pacer = new Pacer([limit]);
			for (let count = 0; count < refusals; count++) pacer.refused();
			return (await starts(pacer, [0, 0]))[1];
		};
		expect(await second(0)).toBe(1000);
		expect(await second(1)).toBeCloseTo(1010, -1);
		expect(await second(100)).toBeCloseTo(1250, -1);

		const pacer = new Pacer([{ calls: 100, ms: 1000 }]);
		pacer.refused();
		const begin = Date.now();
		const allOf = (async () => {
			for (let count = 0; count < 3001; count++) await pacer.take();
		})();
		await jest.runAllTimersAsync();
		await allOf;
		expect(Date.now() - begin).toBeGreaterThan(30_000);
		expect(Date.now() - begin).toBeLessThan(30_000 * 1.005);
	});

	it('learns the highest limit that it is shown', async () => {
		const pacer = new Pacer([]);
		pacer.learn({ calls: 2, ms: 1000 });
		pacer.learn({ calls: 3, ms: 1000 });
		pacer.learn({ calls: 1, ms: 1000 });
		expect(await starts(pacer, Array<number>(4).fill(0))).toEqual([0, 0, 0, 1000]);
	});

	it('never lets more start than the limits allow, and delays nobody for no reason', async () => {
		const limit = fc.record({ calls: fc.integer({ min: 1, max: 5 }), ms: fc.integer({ min: 1, max: 400 }) });
		const limits = fc.array(limit, { minLength: 1, maxLength: 2 });
		const moments = fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 25 });
		await fc.assert(
			fc.asyncProperty(limits, moments, async (each: RateLimit[], asked) => {
				const started = await starts(new Pacer(each), asked);
				expect(started).toHaveLength(asked.length);
				for (const { calls, ms } of each) expect(densest(started, ms)).toBeLessThanOrEqual(calls);

				const inOrder = [...asked].sort((a, b) => a - b);
				started.forEach((at, index) => {
					const wanted = inOrder[index] as number;
					const free = each.map(({ calls, ms }) => (started[index - calls] ?? -Infinity) + ms);
					expect(at).toBe(Math.max(wanted, ...free));
				});
			}),
			{ numRuns: 80 },
		);
	});
});

describe('a pacer that spreads calls', () => {
	const limit: RateLimit = { calls: 10, ms: 1000, even: true };

	it('lets the first call start at once, and the others evenly, at 95 % of the limit or more', async () => {
		const started = await starts(new Pacer([limit]), Array<number>(200).fill(0));
		expect(started[0]).toBe(0);
		const gaps = started.slice(2).map((at, index) => at - started[index + 1]!);
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(93);
		expect(Math.max(...gaps)).toBeLessThanOrEqual(115);
		expect(199 / (started.at(-1)! / 1000)).toBeGreaterThan(9.5);
	});

	it('keeps the limit although calls are on their way for up to 30 ms', async () => {
		const ways = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 60, maxLength: 60 });
		const moments = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 60, maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(ways, moments, async (way, asked) => {
				const started = await starts(new Pacer([limit]), asked);
				const arrived = started.map((at, index) => at + way[index]!).sort((a, b) => a - b);
				expect(densest(arrived, 1000)).toBeLessThanOrEqual(10);
			}),
			{ numRuns: 60 },
		);
	});

	it('leaves room for what a process sends late that was busy', async () => {
		const pacer = new Pacer([limit]);
		const started: number[] = [];
		const all = Array.from({ length: 30 }, async () => {
			await pacer.take();
			started.push(Date.now());
		});
		await jest.advanceTimersByTimeAsync(1000);
		const before = started.length;
		// The call that started last is sent by a process that wakes up half a second later.
		jest.setSystemTime(Date.now() + 500);
		await jest.runAllTimersAsync();
		await Promise.all(all);
		const [woken, next, afterwards] = started.slice(before) as [number, number, number];
		expect(next - woken).toBeGreaterThan(190);
		expect(afterwards - next).toBeLessThan(115);
	});

	it('starts somebody however busy the process is', async () => {
		const pacer = new Pacer([{ calls: 50, ms: 1000, even: true }]);
		let started = 0;
		const all = Array.from({ length: 10 }, async () => {
			await pacer.take();
			started++;
		});
		for (let round = 0; round < 30; round++) {
			jest.setSystemTime(Date.now() + 100);
			await jest.advanceTimersByTimeAsync(50);
		}
		await Promise.all(all);
		expect(started).toBe(10);
	});

	it('goes on when the clock was set back', async () => {
		const pacer = new Pacer([limit]);
		jest.setSystemTime(1_000_000);
		await pacer.take();
		jest.setSystemTime(0);
		expect((await starts(pacer, [0]))[0]).toBeLessThan(115);
	});
});

describe('the pacers of a process', () => {
	const limits = [{ calls: 1, ms: 1000 }];

	it('are one for each account', () => {
		expect(pacerOf('Personio 1', limits)).toBe(pacerOf('Personio 1', limits));
		expect(pacerOf('Personio 1', limits)).not.toBe(pacerOf('Personio 2', limits));
	});
});
