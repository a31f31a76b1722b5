import { clock } from '../engine/pace';
import { differences, factsOf } from '../safety/facts';
import { remembered } from '../safety/world';
import { runCanvas, type Ended } from './canvas';
import { extentsOf, FAULTS, strike, type Extent, type Fault } from './faults';
import { shortenTimeouts } from './haste';
import { isTold, concerned, unclear, wrongFacts } from './judge';
import type { Kind } from './kinds';
import { watch } from './watch';
import { acceptAll, orderFor, startCell, titleOf, worldOf, type Setting, type World } from './world';

export interface Cell {
	setting: Setting;
	kind: Kind;
	fault: Fault;
	extent: Extent;
}

export const nameOf = ({ setting, kind, fault, extent }: Cell): string =>
	[titleOf(setting), kind.server, kind.name, fault.name, extent.name].join(' | ');

export type Verdict =
	/** The run came out as one without the fault. */
	| 'ok'
	/** Somebody was held or left to the next run, and nobody failed. */
	| 'held'
	/** Somebody failed, by name. */
	| 'failed'
	/** The run ended with an error. */
	| 'ended';

export interface Result {
	name: string;
	verdict: Verdict;
	/** The sentence of an error, or the first of a failure. */
	because: string;
	/** Each is a person harmed, or a promise broken. */
	harm: string[];
	/** People who were left out and whom the report does not name. */
	unnamed: string[];
	/** The report calls the run a success beside that. */
	isSilent: boolean;
	/** Sentences without a cause or a remedy. */
	unclear: string[];
	/** What is not as it is to be after two further runs. */
	left: string[];
	/** People whom the first run after the fault leaves to the second without a word. */
	waiting: string[];
	/** Runs after the fault until everything was as it is to be. */
	runs: number;
	/** It was so only when the invitations were accepted. */
	accepted?: true;
	/** How many calls the run has made, and how many of them the fault has hit. */
	calls: number;
	hits: number;
}

/** An account that has refused everything is not asked for a minute, by the clock of the nodes. */
const LEFT_ALONE_MS = 70_000;

export async function cellsOf(setting: Setting): Promise<Cell[]> {
	const { kinds } = await worldOf(setting);
	return kinds.flatMap((kind) =>
		FAULTS.filter((fault) => fault.concerns(kind)).flatMap((fault) =>
			extentsOf(fault, kind).map((extent) => ({ setting, kind, fault, extent })),
		),
	);
}

/** One run with the fault, and as many without it as it takes to be where a company without it is. */
export async function runCell(cell: Cell): Promise<Result> {
	const { setting, kind, fault, extent } = cell;
	const { platform } = setting;
	const world = await worldOf(setting);
	const { sandbox, engine } = await startCell(world);
	try {
		const memory = remembered(world.memory);
		const order = orderFor(sandbox, world, memory);
		const look = () => factsOf(sandbox, platform, world.known);
		const countCalls = () => sandbox.personio.calls.length + sandbox[platform].calls.length;

		const watched = watch(sandbox, platform, world);
		const blow = strike(sandbox, fault, kind, extent);
		shortenTimeouts(fault.name.startsWith('timeout'));
		const faulty = await runCanvas(engine, order).finally(() => shortenTimeouts(false));
		const calls = countCalls();
		const after = look();
		const harm = [...watched(), ...wrongFacts(world, after)];
		blow.takeBack();
		await clock.sleep(LEFT_ALONE_MS);
		const hits = blow.hits();
		if (hits === 0) harm.push('The fault has hit no call.');

		sandbox.personio.behave();
		sandbox[platform].behave();
		const stillWatched = watch(sandbox, platform, world);
		const away = differences(after, world.reference);
		const result = {
			name: nameOf(cell),
			...verdictOf(faulty, away, world),
			...untold(faulty, away),
			unclear: unclear(faulty),
			calls,
			hits,
		};
		const waiting = new Set<string>();
		const healed = (left: string[], runs: number) => ({
			...result,
			waiting: [...waiting],
			harm: [...new Set([...harm, ...stillWatched()])],
			left,
			runs,
		});
		let left = away;
		for (let runs = 1; runs <= 2; runs++) {
			const ended = await runCanvas(engine, order);
			const { error, report } = ended;
			const failures = [
				...(error ? [error.message] : []),
				...(report?.failed ?? []).map(({ message }) => message),
			];
			left = [...failures, ...differences(look(), world.reference)];
			if (left.length === 0) return healed(left, runs);
			for (const fate of untold(ended, left.filter(isDue)).unnamed) waiting.add(fate);
		}
		if (left.some(isDue)) return healed(left, 2);
		const unaccepted = healed(left, 2);
		acceptAll(sandbox, platform);
		for (let runs = 0; runs < 2; runs++) await runCanvas(engine, order);
		return { ...unaccepted, left: differences(look(), world.accepted), accepted: true };
	} finally {
		await sandbox.close();
	}
}

/** An open invitation cannot be changed; what it lacks comes when it is accepted. */
const isDue = (line: string): boolean => !line.startsWith('new invitation');

function verdictOf(ended: Ended, away: string[], world: World): Pick<Result, 'verdict' | 'because'> {
	const { error, report } = ended;
	if (error) return { verdict: 'ended', because: `${error.message} ${error.description}`.trim() };
	const [failure] = report?.failed ?? [];
	if (failure) return { verdict: 'failed', because: failure.message };
	const usual = world.clean.report?.held.length ?? 0;
	const [hold] = report?.held ?? [];
	if ((report?.held.length ?? 0) > usual || away.length > 0) {
		return { verdict: 'held', because: hold?.message ?? '' };
	}
	return { verdict: 'ok', because: '' };
}

/** Everybody who was left out has to be told of, and no run may call itself a success beside that. */
function untold(ended: Ended, away: string[]): Pick<Result, 'unnamed' | 'isSilent'> {
	if (ended.error) return { unnamed: [], isSilent: false };
	const people = concerned(away).filter((person) => !isTold(ended, person));
	return {
		unnamed: people.map(({ fate }) => fate),
		isSilent: people.length > 0 && ended.report?.success === true,
	};
}
