import { clock } from './clock';
import { InTurn } from './inTurn';

/** At most `calls` calls may start within any `ms` milliseconds. */
export interface RateLimit {
	calls: number;
	ms: number;
	/** Spread over the window, since calls that start together arrive in another order and rhythm. */
	even?: true;
}

/** By so much even calls are further apart than their limit asks for: their ways to the vendor differ. */
const EVEN_SLACK = 0.04;
/** What a call starts late, since timers are, the next ones may catch up with: milliseconds. */
const CATCH_UP_MS = 10;

/** By so much windows are taken longer after each refusal, up to the most of it. */
const SLACK = 0.01;
const MOST_SLACK = 0.25;
/** What a call that starts leaves of the slack: half of it after 700 calls. */
const FORGETTING = 0.999;

/**
 * Lets calls start no faster than a vendor's limits, and lets a refusal slow everybody down: all calls to
 * one account share one pacer.
 */
export class Pacer {
	private starts: number[] = [];

	private pausedUntil = 0;

	private shutUntil = 0;

	private slack = 0;

	/** Where calls are spread, when the next one is due. */
	private due = 0;

	private turns = new InTurn();

	constructor(private limits: RateLimit[]) {}

	/**
	 * Resolves when the next call may start, with whether that is in time. Calls start in the order in which
	 * they were asked for.
	 *
	 * @param deadline milliseconds of the epoch; a call that could only start later does not start
	 */
	async take(deadline = Infinity): Promise<boolean> {
		// Who would be too late need not wait for those before.
		if (this.next(clock.now()) > deadline) return false;
		return await this.turns.run(async () => await this.start(deadline));
	}

	/** Nobody starts a call before this moment (milliseconds of the epoch). */
	pauseUntil(moment: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, moment);
	}

	/** No call makes sense for so many milliseconds. */
	shut(ms: number): void {
		this.shutUntil = clock.now() + ms;
	}

	isShut(): boolean {
		return clock.now() < this.shutUntil;
	}

	/** A call was refused although the limits were kept: the vendor counts in another way. */
	refused(): void {
		this.slack = Math.min(MOST_SLACK, this.slack + SLACK);
	}

	/** A limit that an answer has shown. Of several, the highest holds: others may use up calls now and then. */
	learn(shown: RateLimit): void {
		const [known] = this.limits;
		if (known === undefined || known.calls < shown.calls) this.limits = [shown];
	}

	private async start(deadline: number): Promise<boolean> {
		let late = false;
		for (;;) {
			const now = clock.now();
			const at = this.next(now);
			if (at <= now) {
				this.starts.push(now);
				this.due = Math.max(this.due, now - CATCH_UP_MS) + this.distance() * (late ? 2 : 1);
				this.slack *= FORGETTING;
				return true;
			}
			if (at > deadline) return false;
			await clock.sleep(Math.ceil(at - now));
			// What kept this one may have kept the one before, which is sent only now.
			late = clock.now() - at > this.distance() / 2;
		}
	}

	/** When the next call may start: milliseconds of the epoch. */
	private next(now: number): number {
		return Math.max(this.pausedUntil, this.earliest(now));
	}

	private earliest(now: number): number {
		const longest = Math.max(0, ...this.limits.map(({ ms }) => this.stretched(ms)));
		// A start in the future is one from before the clock was set back, and so is a due moment too far ahead.
		this.starts = this.starts.filter((start) => start > now - longest && start <= now);
		const waits = this.limits.map(({ calls, ms }) => {
			const blocking = this.starts[this.starts.length - calls];
			return blocking === undefined ? 0 : blocking + this.stretched(ms);
		});
		const due = this.due > now + 3 * this.distance() ? 0 : this.due;
		return Math.max(due, ...waits);
	}

	/** Milliseconds from one call to the next. */
	private distance(): number {
		const distances = this.limits.map(({ calls, ms, even }) => (even ? this.stretched(ms) / calls : 0));
		return Math.max(0, ...distances) * (1 + EVEN_SLACK);
	}

	private stretched(ms: number): number {
		return Math.ceil(ms * (1 + this.slack));
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
