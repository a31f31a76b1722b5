import fc from 'fast-check';

import { BOTH } from './histories';
import { OWNER } from './rules';
import { undoneFrom, type Undone } from './undoing';
import { UNDO_RULES } from './undoRules';

/** So many histories, one run of which is taken back. All rules look at the same ones. */
const HISTORIES = 1000;
const EXAMPLES = 3;

const REFUSED = 'the LMS refuses nothing of what an undo asks for';

describe.each(BOTH)('in any history of %s one run of which is taken back', (_, histories) => {
	const seed = Number(process.env.HISTORY_SEED ?? Date.now());
	const broken: Record<string, string[]> = {};
	let count = 0;

	beforeAll(() => {
		const some = fc.sample(histories({ limited: false }), { numRuns: HISTORIES, seed });
		some.forEach((history, number) => {
			const note = (rule: string, what: string) =>
				(broken[rule] ??= []).push(`history ${number} of seed ${seed}: ${what}`);
			let result: Undone | undefined;
			try {
				result = undoneFrom(history, number % history.moments.length);
			} catch (error) {
				const { message } = error as Error;
				if (!message.includes(OWNER)) note(REFUSED, message);
				return;
			}
			if (result === undefined) return;
			count++;
			for (const [rule, check] of Object.entries(UNDO_RULES)) {
				for (const what of check(result)) note(rule, what);
			}
		});
	});

	const isKept = (rule: string) => expect((broken[rule] ?? []).slice(0, EXAMPLES)).toEqual([]);

	it.each([REFUSED, ...Object.keys(UNDO_RULES)])('%s', isKept);

	it('many of them did something', () => {
		expect(count).toBeGreaterThan(HISTORIES / 4);
	});
});
