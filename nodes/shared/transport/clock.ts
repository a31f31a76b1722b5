import { sleep } from 'n8n-workflow';

/** The time by which calls are paced and repeated. A benchmark lets it pass faster, so that a minute takes a second. */
export const clock = {
	speed: 1,
	/** Milliseconds of the epoch, where time passes as it does. */
	now: (): number => Date.now() * clock.speed,
	sleep: async (ms: number): Promise<void> => await sleep(ms / clock.speed),
};
