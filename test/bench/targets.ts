import { PLATFORM_NAMES, RUN_NAMES } from './cells';
import type { Figures } from './figures';

export interface Verdict {
	target: string;
	where: string;
	figure: string;
	/** `undefined` where the machine did not allow a figure. */
	met: boolean | undefined;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** What is asked of the figures that there are. */
export function verdictsOf(all: Figures[]): Verdict[] {
	return Object.values(PLATFORM_NAMES).flatMap((platform) => {
		const own = all.filter((each) => each.platform === platform);
		const of = (run: string) => own.filter((each) => each.run === run);
		return [
			...[...of(RUN_NAMES.noChange), ...of(RUN_NAMES.fullComparison)].flatMap(idle),
			...of(RUN_NAMES.firstLoad).flatMap(loading),
			...own.flatMap(planning),
			...growth(own),
			...own.filter(({ people }) => people === 10_000).map(memory),
		];
	});
}

const whereOf = ({ platform, people, run }: Figures): string =>
	`${platform}, ${people.toLocaleString('en-US')} people, ${run}`;

function idle(figures: Figures): Verdict[] {
	const { made, least } = figures;
	const where = whereOf(figures);
	const ratio = made.reads / least.reads;
	return [
		{ target: 'no writes', where, figure: String(made.writes), met: made.writes === 0 },
		{ target: 'reads ≤ 1.05 × the least', where, figure: `${ratio.toFixed(3)} ×`, met: ratio <= 1.05 },
	];
}

function loading(figures: Figures): Verdict[] {
	const { writeRate, failed, leftOut, machineBound } = figures;
	const where = whereOf(figures);
	const nobody = failed + leftOut;
	return [
		...(writeRate === undefined
			? []
			: [
					{
						target: 'writes ≥ 95 % of the allowed rate',
						where,
						figure: percent(writeRate),
						met: writeRate >= 0.95 || (machineBound ? undefined : false),
					},
				]),
		{ target: 'nobody fails or is left out', where, figure: String(nobody), met: nobody === 0 },
	];
}

function planning(figures: Figures): Verdict[] {
	const limit = ({ 10_000: 1, 50_000: 5 } as Record<number, number>)[figures.people];
	if (limit === undefined) return [];
	const { planCpuSeconds } = figures;
	const target = `planning < ${limit} s of CPU`;
	const figure = `${planCpuSeconds.toFixed(2)} s`;
	return [{ target, where: whereOf(figures), figure, met: planCpuSeconds < limit }];
}

/** For each person, 50,000 may cost a tenth more than 10,000. */
function growth(own: Figures[]): Verdict[] {
	return own
		.filter(({ people }) => people === 50_000)
		.flatMap((large): Verdict[] => {
			const small = own.find(({ people, run }) => people === 10_000 && run === large.run);
			if (small === undefined) return [];
			const factor = large.planCpuSeconds / large.people / (small.planCpuSeconds / small.people);
			const target = 'planning grows at most linearly × 1.1';
			const where = `${large.platform}, 10,000 to 50,000 people, ${large.run}`;
			return [{ target, where, figure: `× ${factor.toFixed(2)}`, met: factor <= 1.1 }];
		});
}

function memory(figures: Figures): Verdict {
	const { peakMegabytes } = figures;
	const figure = `${peakMegabytes.toFixed(0)} MB`;
	return { target: 'memory ≤ 250 MB above idle', where: whereOf(figures), figure, met: peakMegabytes <= 250 };
}
