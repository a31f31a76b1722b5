/** Milliseconds as the limits count them. */
export interface LimitClock {
	now(): number;
}

/** Real time, sped up so that a documented minute can last a second. */
export function scaledTime(timeScale: number): LimitClock {
	return { now: () => Date.now() * timeScale };
}

export interface Limiter {
	/** Takes one call; false if the limit is reached. A refused call is not counted. */
	take(): boolean;
}

export class SlidingWindow implements Limiter {
	private taken: number[] = [];

	constructor(
		private readonly clock: LimitClock,
		readonly limit: number,
		private readonly windowMs: number,
	) {}

	remaining(): number {
		const from = this.clock.now() - this.windowMs;
		let outdated = 0;
		while (outdated < this.taken.length && this.taken[outdated]! <= from) outdated++;
		if (outdated > 0) this.taken = this.taken.slice(outdated);
		return this.limit - this.taken.length;
	}

	take(): boolean {
		if (this.remaining() <= 0) return false;
		this.taken.push(this.clock.now());
		return true;
	}
}

/** Starts anew at each full window (a clock minute, for instance). */
export class FixedWindow implements Limiter {
	private window = -1;
	private used = 0;

	constructor(
		private readonly clock: LimitClock,
		readonly limit: number,
		private readonly windowMs: number,
	) {}

	remaining(): number {
		const current = Math.floor(this.clock.now() / this.windowMs);
		if (current !== this.window) {
			this.window = current;
			this.used = 0;
		}
		return this.limit - this.used;
	}

	take(): boolean {
		if (this.remaining() <= 0) return false;
		this.used++;
		return true;
	}
}

export class TokenBucket implements Limiter {
	private tokens: number;
	private filledAt: number;

	constructor(
		private readonly clock: LimitClock,
		readonly perSecond: number,
		readonly capacity: number,
	) {
		this.tokens = capacity;
		this.filledAt = clock.now();
	}

	remaining(): number {
		const now = this.clock.now();
		this.tokens = Math.min(this.capacity, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond);
		this.filledAt = now;
		return Math.floor(this.tokens);
	}

	take(): boolean {
		if (this.remaining() < 1) return false;
		this.tokens--;
		return true;
	}
}

/** Once the window is full, calls fall under the (harsher) penalty limiter for a while. */
export class Penalised implements Limiter {
	private until = 0;

	constructor(
		private readonly clock: LimitClock,
		private readonly window: Limiter,
		private readonly penaltyMs: number,
		private readonly during: Limiter | undefined,
	) {}

	take(): boolean {
		if (this.clock.now() < this.until) return this.during?.take() ?? false;
		if (this.window.take()) return true;
		this.until = this.clock.now() + this.penaltyMs;
		return false;
	}
}
