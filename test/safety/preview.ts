/**
 * `npx tsx test/safety/preview.ts`: random companies, each previewed by a dry run and then synced for real.
 * Prints how many companies, people and writes there were, and whatever was not as it was previewed. With
 * two numbers behind it: the first seed, and how many companies for each platform.
 */
import { preview } from './previewed';
import { withoutPace } from '../engine/pace';

async function main(): Promise<void> {
	withoutPace();
	const [first = 1, count = 300] = process.argv.slice(2).map(Number);
	let isRight = true;
	for (const platform of ['learnUpon', 'threeSixtyLearning'] as const) {
		const totals = new Map<string, number>();
		const add = (what: string, number: number) => totals.set(what, (totals.get(what) ?? 0) + number);
		for (let seed = first; seed < first + count; seed++) {
			const { people, writes, decisions, wrong } = await preview(platform, seed);
			add('companies', 1);
			add('people', people);
			add('writes', writes);
			for (const [action, number] of Object.entries(decisions)) add(action, number);
			for (const line of wrong) console.error(`${platform}, company ${seed}: ${line}`);
			add('companies that were not as previewed', wrong.length > 0 ? 1 : 0);
			if (wrong.length > 0) isRight = false;
		}
		const figures = [...totals].map(([what, number]) => `${number} ${what}`).join(', ');
		console.log(`${platform}: ${figures}`);
	}
	if (!isRight) process.exitCode = 1;
}

void main();
