import { sleep } from 'n8n-workflow';

/** At most `calls` calls may start within any `ms` milliseconds. */
export interface RateLimit {
	calls: number;
	ms: number;
}

/**
 * Lets calls start no faster than a vendor's documented limits, and lets a refusal slow everybody down:
 * all calls to one account share one pacer.
 */
export class Pacer {
	private starts: number[] = [];

	private pausedUntil = 0;

	constructor(private readonly limits: RateLimit[]) {}

	/** Resolves when the next call may start. */
	async take(): Promise<void> {
		for (;;) {
			const now = Date.now();
			const at = Math.max(this.pausedUntil, this.earliest(now));
			if (at <= now) {
				this.starts.push(now);
				return;
			}
			await sleep(at - now);
		}
	}

	/** Nobody starts a call before this moment (milliseconds of the epoch). */
	pauseUntil(moment: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, moment);
	}

	private earliest(now: number): number {
		const longest = Math.max(0, ...this.limits.map(({ ms }) => ms));
		// A start in the future is one from before the clock was set back.
		this.starts = this.starts.filter((start) => start > now - longest && start <= now);
		const waits = this.limits.map(({ calls, ms }) => {
			const blocking = this.starts[this.starts.length - calls];
			return blocking === undefined ? 0 : blocking + ms;
		});
		return Math.max(0, ...waits);
	}
}

const pacers = new Map<string, Pacer>();

/** The pacer of one account at one vendor, shared by all executions in this process. */
export function pacerOf(account: string, limits: RateLimit[]): Pacer {
	let pacer = pacers.get(account);
	if (pacer === undefined) {
		pacer = new Pacer(limits);
		pacers.set(account, pacer);
	}
	return pacer;
}
