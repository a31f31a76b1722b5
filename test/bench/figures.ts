import { PLATFORM_NAMES, RUN_NAMES } from './cells';
import { benchCompany } from './company';
import type { Result } from './measure';
import { floorOf, leastCalls, sum, WRITES_PER_SECOND, type Calls } from './minimum';

/** What a cell comes to. */
export interface Figures {
	platform: string;
	people: number;
	run: string;
	/** Of custom fields and managers, at a platform that delivers them for each person alone. */
	comparison?: string;
	made: Calls;
	least: Calls;
	/** As it would take without a speed. */
	seconds: number;
	floorSeconds: number;
	/** Of the writes that the limits allow between the first and the last one. */
	writeRate?: number;
	planCpuSeconds: number;
	explainCpuSeconds: number;
	idleMegabytes: number;
	peakMegabytes: number;
	refused: number;
	failed: number;
	/** Held, left undone or lost, where nobody ought to be. */
	leftOut: number;
	speed: number;
	/** The machine rather than the limits may have set the pace. */
	machineBound: boolean;
	measuredAt: string;
	took: number;
}

/** A process whose JavaScript is at work for so much of the time keeps calls waiting. */
const BUSY = 0.85;
/** Faster than that, a pause of 20 ms on this machine is longer than what lies between two windows of a limit. */
const EXACT_UP_TO = 2;
/** A rate of a handful of writes tells nothing. */
const ENOUGH_WRITES = 50;

const MEGABYTE = 2 ** 20;

export function figuresOf(result: Result): Figures {
	const { cell, ran, log, speed, planned } = result;
	const { personio, lms, effort } = log;
	const { firstWrite = 0, lastWrite = 0 } = lms;
	const writing = ((lastWrite - firstWrite) * speed) / 1000;
	const refused = personio.refused + lms.refused;
	const isBusy = Math.max(ran.effort.busy, effort.busy) > BUSY;
	const allowed = WRITES_PER_SECOND[cell.platform] * writing;
	return {
		platform: PLATFORM_NAMES[cell.platform],
		people: cell.people,
		run: RUN_NAMES[cell.run],
		...(ran.comparison !== undefined && { comparison: ran.comparison }),
		made: { reads: personio.reads + lms.reads, writes: personio.writes + lms.writes },
		least: leastCalls(result, benchCompany(cell.people)),
		seconds: ran.effort.seconds * speed,
		floorSeconds: floorOf(result),
		...(lms.writes >= ENOUGH_WRITES && { writeRate: lms.writes / allowed }),
		planCpuSeconds: sum(planned.cpuSeconds),
		explainCpuSeconds: planned.explainedCpuSeconds,
		idleMegabytes: ran.idleBytes / MEGABYTE,
		peakMegabytes: (ran.peakBytes - ran.idleBytes) / MEGABYTE,
		refused,
		failed: ran.failed,
		leftOut: ran.held + ran.undone,
		speed,
		machineBound: (speed > 1 && isBusy) || (speed > EXACT_UP_TO && refused > 0),
		measuredAt: result.measuredAt,
		took: result.took,
	};
}
