import fc from 'fast-check';

import { BOTH, live } from './histories';
import { RULES } from './rules';

/** So many histories of two to six runs each, of either kind of LMS. All rules look at the same ones. */
const HISTORIES = 1000;
const EXAMPLES = 3;

describe.each(BOTH)('in any history of %s', (_, histories) => {
	const seed = Number(process.env.HISTORY_SEED ?? Date.now());
	const broken: Record<string, string[]> = {};

	beforeAll(() => {
		const some = fc.sample(histories({ roughness: 2 }), { numRuns: HISTORIES, seed });
		some.forEach((history, number) => {
			live(history).forEach((run, step) => {
				for (const [rule, check] of Object.entries(RULES)) {
					for (const what of check(run)) {
						(broken[rule] ??= []).push(`history ${number} of seed ${seed}, run ${step}: ${what}`);
					}
				}
			});
		});
	});

	const isKept = (rule: string) => expect((broken[rule] ?? []).slice(0, EXAMPLES)).toEqual([]);

	it.each(Object.keys(RULES))('%s', isKept);
});
