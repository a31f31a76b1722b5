import type { EventRow } from './events';
import type { Measured } from './measure';
import type { Side } from './side';

/** What of a run n8n keeps: by default all of it, in both workflows. */
export type Kept = 'every run kept' | 'successes not kept';

export interface RunRow extends Omit<Measured, 'weights'> {
	people: number;
	run: string;
	side: Side['name'];
	kept: Kept;
	/** What the portal has of people in the end. */
	state: string;
}

export interface Results {
	machine: { cores: number; model: string; memoryGb: number };
	versions: { n8n: string; nodeOfN8n: string; node: string; package: string };
	timeScale: number;
	runs: RunRow[];
	/** Of the last run without a change, by side. */
	weights: Array<{ people: number; side: Side['name']; nodes: Measured['weights'] }>;
	events: EventRow[];
}

export const NO_CHANGE = 'no change';

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

export interface Target {
	text: string;
	/** As a ratio or a count. */
	found: string;
	/** Unknown where nothing was measured for it. */
	met?: boolean;
}

/** The targets of the project's plan, by what was measured. */
export function targetsOf({ runs, events }: Results): Target[] {
	const largest = Math.max(...runs.map(({ people }) => people));
	const ofSide = (side: Side['name'], value: (row: RunRow) => number) => {
		const rows = runs.filter(
			(row) =>
				row.side === side && row.run === NO_CHANGE && row.people === largest && row.kept === 'every run kept',
		);
		return median(rows.map(value));
	};
	const share = (text: string, most: number, value: (row: RunRow) => number): Target => {
		const ratio = ofSide('package', value) / ofSide('rival', value);
		const found = `1/${(1 / ratio).toFixed(1)}`;
		return {
			text: `${text}, ${largest.toLocaleString('en-US')} people without a change: at most 1/${most}`,
			found,
			...(Number.isFinite(ratio) && { met: ratio <= 1 / most }),
		};
	};
	const mine = events.filter(({ side }) => side === 'package');
	const none = (text: string, count: (row: EventRow) => number): Target => {
		const sum = mine.reduce((total, row) => total + count(row), 0);
		return { text, found: String(sum), ...(mine.length > 0 && { met: sum === 0 }) };
	};
	return [
		share('Seconds', 8, ({ seconds }) => seconds),
		share('Memory above idle', 8, aboveIdle),
		share('Growth of the database', 25, ({ growth }) => growth.bytes),
		none('No stray account after any event', ({ next }) => next.harm.strayAccounts),
		none('No second invitation after any event', ({ next }) => next.harm.secondInvitations),
		none('Nobody left in an old group after any event', ({ next }) => next.harm.oldGroups),
		none(
			'No run calls itself a success when somebody was left out',
			({ run, next }) =>
				[run, next].filter(({ status, harm }) => status === 'success' && harm.leftOut > 0).length,
		),
	];
}

export const aboveIdle = ({ peakBytes, idleBytes }: Pick<RunRow, 'peakBytes' | 'idleBytes'>): number =>
	peakBytes - idleBytes;
