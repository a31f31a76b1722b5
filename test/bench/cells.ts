export type PlatformName = 'learnUpon' | 'threeSixtyLearning';

export type Run = 'firstLoad' | 'noChange' | 'fullComparison' | 'usualDay' | 'manyLeavers';

/** What is measured in processes of its own: one run, of one company, against one platform. */
export interface Cell {
	platform: PlatformName;
	people: number;
	run: Run;
}

export const PLATFORM_NAMES: Record<PlatformName, string> = {
	learnUpon: 'LearnUpon',
	threeSixtyLearning: '360Learning',
};

export const RUN_NAMES: Record<Run, string> = {
	firstLoad: 'first load',
	noChange: 'no change',
	fullComparison: 'no change, everybody read',
	usualDay: 'a usual day',
	manyLeavers: '10 % leavers',
};

export const SIZES = [100, 1000, 10_000, 50_000];

/** Up to so many people a plan reads everybody on their own in every run. */
export const FULL_UP_TO = 1000;

/**
 * How many times faster than real time the limits and the pauses go, by the size of the company. A run that
 * is short at the limits goes as it would, since there the work of the machine counts; where the figure is
 * high, so does what the machine takes for each call.
 */
const SPEEDS: Record<PlatformName, Record<Run, readonly number[]>> = {
	learnUpon: {
		firstLoad: [1, 10, 20, 20],
		noChange: [1, 1, 1, 1],
		fullComparison: [],
		usualDay: [1, 1, 1, 5],
		manyLeavers: [1, 1, 10, 20],
	},
	threeSixtyLearning: {
		firstLoad: [1, 2, 2, 10],
		noChange: [1, 1, 1, 1],
		fullComparison: [1, 1, 2, 5],
		usualDay: [1, 1, 1, 1],
		manyLeavers: [1, 1, 1, 5],
	},
};

export const nameOf = ({ platform, people, run }: Cell): string => `${platform}-${people}-${run}`;

export function speedOf({ platform, people, run }: Cell): number {
	const speed = SPEEDS[platform][run][SIZES.indexOf(people)];
	if (speed === undefined) throw new Error(`No speed is set for ${run} of ${people} at ${platform}.`);
	return speed;
}

export function allCells(): Cell[] {
	const platforms = Object.keys(PLATFORM_NAMES) as PlatformName[];
	const runs = Object.keys(RUN_NAMES) as Run[];
	return SIZES.flatMap((people) =>
		platforms.flatMap((platform) =>
			runs.map((run) => ({ platform, people, run })).filter((cell) => differs(cell)),
		),
	);
}

/** A small company is read in full anyway, and so is a platform that delivers everything in its lists. */
const differs = ({ platform, people, run }: Cell): boolean =>
	run !== 'fullComparison' || (platform === 'threeSixtyLearning' && people > FULL_UP_TO);

/**
 * @param words any of sizes, platforms and runs: of each kind that is named, cells have to have one
 * @throws Error about a word that names nothing
 */
export function chosen(cells: Cell[], words: string[]): Cell[] {
	const kinds: Array<(cell: Cell) => string> = [
		({ platform }) => platform.toLowerCase(),
		({ people }) => String(people),
		({ run }) => run.toLowerCase(),
	];
	const wanted = words.map((word) => word.toLowerCase().replace('360learning', 'threesixtylearning'));
	const strange = wanted.find((word) => !cells.some((cell) => kinds.some((kind) => kind(cell) === word)));
	if (strange !== undefined) throw new Error(`"${strange}" is no size, platform or run of this benchmark.`);
	return cells.filter((cell) =>
		kinds.every((kind) => {
			const named = wanted.filter((word) => cells.some((each) => kind(each) === word));
			return named.length === 0 || named.includes(kind(cell));
		}),
	);
}
