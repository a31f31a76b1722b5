import fc from 'fast-check';

import { mapParallel } from '../../../nodes/shared/transport/parallel';

const after = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

async function running<Result>(work: Promise<Result>): Promise<Result> {
	work.catch(() => {});
	await jest.runAllTimersAsync();
	return await work;
}

describe('a parallel map', () => {
	it('gives results in the order of the list, with no more under way than wanted', async () => {
		const delays = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 });
		await fc.assert(
			fc.asyncProperty(delays, fc.integer({ min: 1, max: 6 }), async (list, width) => {
				let underWay = 0;
				let most = 0;
				const results = await running(
					mapParallel(list, width, async (ms) => {
						most = Math.max(most, ++underWay);
						await after(ms);
						underWay--;
						return `took ${ms}`;
					}),
				);
				expect(results).toEqual(list.map((ms) => `took ${ms}`));
				expect(most).toBe(Math.min(width, list.length));
			}),
			{ numRuns: 50 },
		);
	});

	it('of nothing is nothing', async () => {
		expect(await running(mapParallel([], 4, async () => 1))).toEqual([]);
	});

	it('throws a failure once what was under way has ended', async () => {
		const ended: string[] = [];
		const work = mapParallel(['fails', 'slow'], 2, async (item) => {
			await after(item === 'slow' ? 100 : 10);
			if (item === 'fails') throw new Error('no luck');
			ended.push(item);
		});
		await expect(running(work)).rejects.toThrow('no luck');
		expect(ended).toEqual(['slow']);
	});

	it('starts nothing more after a failure', async () => {
		const started: number[] = [];
		const work = mapParallel([0, 1, 2, 3, 4, 5], 2, async (item) => {
			started.push(item);
			await after(10 + item);
			if (item === 0) throw new Error('no luck');
		});
		await expect(running(work)).rejects.toThrow('no luck');
		expect(started).toEqual([0, 1]);
	});
});
