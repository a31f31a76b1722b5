import { allCells, chosen, nameOf, type Cell } from './cells';
import { benchCompany, isEmployed } from './company';
import type { Figures } from './figures';
import type { Result } from './measure';
import { floorOf, leastCalls } from './minimum';
import { verdictsOf } from './targets';

const names = (...words: string[]) => chosen(allCells(), words).map(nameOf);

describe('the cells that are chosen', () => {
	it('are all of them without a word', () => {
		expect(names()).toEqual(allCells().map(nameOf));
	});

	it('have one of the sizes, platforms and runs that are named', () => {
		expect(names('100', '1000', '360learning', 'nochange')).toEqual([
			'threeSixtyLearning-100-noChange',
			'threeSixtyLearning-1000-noChange',
		]);
	});

	it('are not guessed from a word that names nothing', () => {
		expect(() => names('10000', 'canvas')).toThrow('"canvas" is no size');
	});
});

const tally = (reads: number, writes: number) => ({ auth: 0, reads, writes, refused: 0 });
const learnUpon: Cell = { platform: 'learnUpon', people: 1000, run: 'noChange' };
const academy: Cell = { platform: 'threeSixtyLearning', people: 1000, run: 'noChange' };

describe('the seconds that the limits allow', () => {
	const floor = (cell: Cell, personio: number, reads: number, writes: number) =>
		floorOf({ cell, log: { personio: tally(personio, 0), lms: tally(reads, writes) } as Result['log'] });

	it('are none for what a window takes at once', () => {
		expect(floor(learnUpon, 15, 100, 200)).toBe(0);
		expect(floor(academy, 0, 50, 10)).toBe(0);
	});

	it('begin with the first call that has to wait', () => {
		expect(floor(learnUpon, 16, 0, 0)).toBe(1);
		expect(floor(learnUpon, 301, 0, 0)).toBe(60);
		expect(floor(learnUpon, 0, 101, 200)).toBe(60);
		expect(floor(academy, 0, 51, 10)).toBe(1);
		expect(floor(academy, 0, 50, 5000)).toBe(499);
	});
});

describe('the fewest calls', () => {
	const sizes = {
		employees: 1000,
		accounts: 982,
		ended: 0,
		invitations: 980,
		groups: 8,
		managed: [122, 500],
		links: 980,
		marks: 980,
	};
	const changes = { joiners: 1, leavers: 2, renames: 4, moves: 8, addresses: 16 };
	const none = { joiners: 0, leavers: 0, renames: 0, moves: 0, addresses: 0 };
	const company = benchCompany(1000);
	const least = (cell: Cell, over: Partial<Pick<Result, 'changes' | 'sizes'>>, comparison?: string) =>
		leastCalls({ cell, changes: none, sizes, ran: { comparison } as Result['ran'], ...over }, company);

	it('of a run without changes are the pages of the lists', () => {
		// Personio proves the end by a page that is not full; two pages of accounts, invitations and of a group.
		expect(least(learnUpon, {})).toEqual({ reads: 11 + 2 + 2 + 1 + 1 + 2, writes: 0 });
	});

	it('of a run with changes are these, and what has to be looked at for them', () => {
		expect(least(learnUpon, { changes })).toEqual({ reads: 19 + 2 + 16 + 8, writes: 1 + 2 + 4 + 3 * 8 + 16 });
	});

	it('of a first load are one for each person, and the groups', () => {
		const people = company.filter(isEmployed).length;
		expect(least({ ...learnUpon, run: 'firstLoad' }, {}).writes).toBe(people + 8);
	});

	it('of a comparison in full are one for everybody and for every manager at 360Learning', () => {
		const more = least(academy, {}, 'full').reads - least(academy, {}, 'fast').reads;
		const people = company.filter(isEmployed);
		expect(more).toBeGreaterThan(people.length);
		expect(more).toBeLessThan(people.length * 1.2);
	});
});

describe('the targets', () => {
	const figures: Figures = {
		platform: 'LearnUpon',
		people: 10_000,
		run: 'no change',
		made: { reads: 200, writes: 0 },
		least: { reads: 200, writes: 0 },
		seconds: 10,
		floorSeconds: 6,
		planCpuSeconds: 0.4,
		explainCpuSeconds: 0,
		idleMegabytes: 150,
		peakMegabytes: 100,
		refused: 0,
		failed: 0,
		leftOut: 0,
		speed: 1,
		machineBound: false,
		measuredAt: '',
		took: 1,
	};
	const missed = (...all: Array<Partial<Figures>>) =>
		verdictsOf(all.map((over) => ({ ...figures, ...over })))
			.filter(({ met }) => met !== true)
			.map(({ target, met }) => [target, met]);

	it('are met by what is within all of them', () => {
		expect(missed({})).toEqual([]);
	});

	it.each<[string, Partial<Figures>]>([
		['no writes', { made: { reads: 200, writes: 1 } }],
		['reads ≤ 1.05 × the least', { made: { reads: 211, writes: 0 } }],
		['planning < 1 s of CPU', { planCpuSeconds: 1 }],
		['memory ≤ 250 MB above idle', { peakMegabytes: 251 }],
		['writes ≥ 95 % of the allowed rate', { run: 'first load', writeRate: 0.949 }],
		['nobody fails or is left out', { run: 'first load', leftOut: 1 }],
	])('are not all met without "%s"', (target, over) => {
		expect(missed(over)).toEqual([[target, false]]);
	});

	it('ask that planning grows with the people', () => {
		const large = { people: 50_000, planCpuSeconds: 2.3 };
		expect(missed({}, large)).toEqual([['planning grows at most linearly × 1.1', false]]);
		expect(missed({}, { ...large, planCpuSeconds: 2.1 })).toEqual([]);
	});

	it('say nothing of a rate that the machine has set', () => {
		const slow = { run: 'first load', writeRate: 0.5, machineBound: true };
		expect(missed(slow)).toEqual([['writes ≥ 95 % of the allowed rate', undefined]]);
	});
});
