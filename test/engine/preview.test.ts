import { preview } from '../safety/previewed';
import { withoutPace } from './pace';

/**
 * What a dry run shows is what a real run does, and nothing else: for random companies, with what is
 * expected of the LMS derived from the preview alone. `npx tsx test/safety/preview.ts` does so for more.
 */

const COMPANIES = 40;

jest.setTimeout(180_000);

let unhurried: () => void;
beforeAll(() => {
	unhurried = withoutPace();
});
afterAll(() => unhurried());

it.each(['learnUpon', 'threeSixtyLearning'] as const)(
	'a real run of %s does what the dry run has shown, and nothing else',
	async (platform) => {
		const wrong: string[] = [];
		const totals: Record<string, number> = {};
		for (let seed = 1; seed <= COMPANIES; seed++) {
			const result = await preview(platform, seed);
			wrong.push(...result.wrong.map((line) => `company ${seed}: ${line}`));
			totals['writes'] = (totals['writes'] ?? 0) + result.writes;
			for (const [action, count] of Object.entries(result.decisions)) {
				totals[action] = (totals[action] ?? 0) + count;
			}
		}
		expect(wrong).toEqual([]);
		// Every kind of decision has been met, or the companies would prove little.
		for (const action of ['create', 'invite', 'update', 'reactivate', 'deactivate', 'hold']) {
			expect([action, (totals[action] ?? 0) >= 5]).toEqual([action, true]);
		}
		expect(totals['writes']).toBeGreaterThan(200);
	},
);
