import { createRequire } from 'node:module';

import type * as Pacer from '../../nodes/shared/transport/pacer';

/** The built file that the nodes under test use too, so that both have the same pacers. */
const { pacerOf } = createRequire(__filename)('../../dist/nodes/shared/transport/pacer') as typeof Pacer;

const ACCOUNTS = [
	'personio v1 personioEmployeesApi',
	'personio v2 personioEmployeesApi',
	'learnUpon learnUponApi',
	'threeSixtyLearning threeSixtyLearningApi',
];

/** The waits between repetitions of a call; the timeout of a call is longer. */
const SHORTEST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 20_000;

/**
 * Calls go out without a pace and are repeated without the wait before it, as often as else. For tests in
 * which hundreds of calls fail.
 *
 * @returns takes it back
 */
export function withoutWaiting(): () => void {
	for (const account of ACCOUNTS) {
		pacerOf(account, []);
		pacerOf(`${account} writes`, []);
	}
	const { setTimeout: original } = globalThis;
	const hasty = (task: () => void, ms = 0) =>
		original(task, ms >= SHORTEST_WAIT_MS && ms <= LONGEST_WAIT_MS ? 0 : ms);
	globalThis.setTimeout = Object.assign(hasty, original) as unknown as typeof setTimeout;
	return () => {
		globalThis.setTimeout = original;
	};
}
