import { EMPLOYEES } from './kinds/employees';
import { LMS_ANSWERS } from './kinds/lmsAnswers';
import { PLANNED_ITEMS } from './kinds/plannedItems';
import { PARAMETERS } from './kinds/parameters';
import { UNDO_FILES } from './kinds/undoFiles';
import { spoilTransport } from './world';

/**
 * Odd input of every kind through whole runs of the real nodes. By default a sample, the same one each time, so
 * that a change is to blame for what fails; `npm run fuzz` tries new cases each time, all that are wanted, and
 * prints how many there were. A failure tells its seed and path, which `FUZZ_SEED` and `FUZZ_PATH` bring back.
 */

const { FUZZ_SEED, FUZZ_PATH, FUZZ_SHARE } = process.env;
const isWhole = process.env.FUZZ === 'whole';
const SHARE = isWhole ? 1 : Number(FUZZ_SHARE ?? 0.12);

const SAMPLE_SEED = 1;

const KINDS = [...EMPLOYEES, ...LMS_ANSWERS, ...PARAMETERS, ...PLANNED_ITEMS, ...UNDO_FILES];

const tried: Array<[string, number]> = [];

jest.setTimeout(1_800_000);
beforeAll(spoilTransport);
afterAll(() => {
	jest.restoreAllMocks();
	if (!isWhole) return;
	const total = tried.reduce((sum, [, count]) => sum + count, 0);
	const lines = [...tried, ['altogether', total] as const].map(
		([name, count]) => `${String(count).padStart(7)}  ${name}`,
	);
	process.stdout.write(`\nFuzzed cases\n${lines.join('\n')}\n`);
});

it.each(KINDS)('$name: no slip of the program and no wrong write', async ({ name, cases, assert }) => {
	const seed = FUZZ_SEED ?? (isWhole ? undefined : SAMPLE_SEED);
	const replay = { ...(seed !== undefined && { seed: Number(seed) }), ...(FUZZ_PATH && { path: FUZZ_PATH }) };
	tried.push([name, await assert({ numRuns: Math.ceil(cases * SHARE), ...replay })]);
});
