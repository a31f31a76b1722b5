import type { Random } from '../../safety/random';
import type { Call, Sandbox } from '../../sandbox';

/** How many calls a run makes that nobody kills. */
export interface Counts {
	calls: number;
	writes: number;
}

/** When n8n is killed: at a call, or at a write. */
export interface Moment {
	of: 'calls' | 'writes';
	/** From 1; one more than there are is after the last one. */
	number: number;
	/** The socket dies before or after the server has acted, or n8n dies so many milliseconds after the answer. */
	how: 'before' | 'after' | number;
}

export function randomMoment(random: Random, counts: Counts): Moment {
	// Every other time a write is under way.
	if (random.chance(0.5)) {
		const how = random.pick(['before', 'after'] as const);
		return { of: 'writes', number: 1 + random.below(counts.writes), how };
	}
	return { of: 'calls', number: 1 + random.below(counts.calls), how: random.below(40) };
}

export const described = ({ of, number, how }: Moment): string => {
	const what = of === 'writes' ? 'write' : 'call';
	return typeof how === 'number'
		? `${how} ms after ${what} ${number}`
		: `${how} ${what} ${number} took effect`;
};

const serversOf = ({ personio, learnUpon, threeSixtyLearning }: Sandbox) => [
	personio,
	learnUpon,
	threeSixtyLearning,
];

export function countsOf(sandbox: Sandbox, from: Counts = { calls: 0, writes: 0 }): Counts {
	const servers = serversOf(sandbox);
	const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
	return {
		calls: sum(servers.map(({ calls }) => calls.length)) - from.calls,
		writes: sum(servers.map((server) => server.writes().length)) - from.writes,
	};
}

/**
 * Waits for a moment of the calls that the sandbox gets from now on, and kills then. The kill is done before
 * the server acts, so that nobody is there any more to whom an answer could come.
 *
 * @param kill sends the signal at once
 */
export function killAt(
	sandbox: Sandbox,
	{ of, number, how }: Moment,
	kill: () => Promise<void>,
): { killed: Promise<void>; disarm(): void } {
	let seen = 0;
	let report: (kill: Promise<void>) => void = () => undefined;
	const killed = new Promise<void>((resolve) => (report = resolve));
	const isMoment = (call: Call): boolean => {
		if (of === 'writes' && call.kind !== 'write') return false;
		return ++seen === number;
	};
	const rules = serversOf(sandbox).map((server) =>
		server.misbehave({
			match: (call) => {
				if (!isMoment(call)) return false;
				if (typeof how === 'number') setTimeout(() => report(kill()), how);
				else report(kill());
				return typeof how !== 'number';
			},
			do: how === 'before' ? 'dropBefore' : 'dropAfter',
		}),
	);
	return { killed, disarm: () => rules.forEach((undo) => undo()) };
}
