import { ClientRequest } from 'node:http';

import { withoutPace } from '../engine/pace';

/** After this time without an answer a call is given up. */
const TIMEOUT_MS = 30_000;

/** So long a call is waited for where timeouts are made short: far longer than an answer takes here. */
const SHORT_TIMEOUT_MS = 500;

let areTimeoutsShort = false;

/** Lets calls be given up after half a second, until told otherwise. */
export function shortenTimeouts(isShort: boolean): void {
	areTimeoutsShort = isShort;
}

const given = (ms: number): number => (ms === TIMEOUT_MS && areTimeoutsShort ? SHORT_TIMEOUT_MS : ms);

/**
 * Waits hardly count, and timeouts can be made short: n8n hands them on to timers and sockets.
 *
 * @returns takes it back
 */
export function hasten(): () => void {
	const takeBack = withoutPace();
	const { setTimeout: start } = globalThis;
	const { setTimeout: giveUp } = ClientRequest.prototype;
	const hasty = (task: () => void, ms?: number) => start(task, ms === undefined ? ms : given(ms));
	globalThis.setTimeout = Object.assign(hasty, start) as unknown as typeof setTimeout;
	ClientRequest.prototype.setTimeout = function (ms: number, task?: () => void) {
		return giveUp.call(this, given(ms), task);
	};
	return () => {
		ClientRequest.prototype.setTimeout = giveUp;
		globalThis.setTimeout = start;
		takeBack();
	};
}
