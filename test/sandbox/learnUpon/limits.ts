import type { LimitClock } from '../core/rateLimit';
import { FixedWindow, scaledTime, SlidingWindow } from '../core/rateLimit';
import type { LearnUponOptions } from './options';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;

/** Facts §2: per portal, a minute's and a week's worth. */
export class LearnUponLimits {
	private readonly minute: SlidingWindow | FixedWindow;
	private readonly week: FixedWindow;

	constructor(
		private readonly options: LearnUponOptions,
		clock: LimitClock = scaledTime(options.timeScale),
	) {
		const { ratePerMinute, ratePerWeek, rateWindow } = options;
		this.minute =
			rateWindow === 'fixed'
				? new FixedWindow(clock, ratePerMinute, MINUTE)
				: new SlidingWindow(clock, ratePerMinute, MINUTE);
		this.week = new FixedWindow(clock, ratePerWeek, WEEK);
	}

	take(): boolean {
		return !this.options.rateLimits || (this.minute.take() && this.week.take());
	}

	/** Sent with successful answers only. */
	headers(): Record<string, string> {
		return {
			'X-LU-Rate-Limit-Remaining-Minute': String(Math.max(0, this.minute.remaining())),
			'X-LU-Rate-Limit-Remaining-Week': String(Math.max(0, this.week.remaining())),
		};
	}

	retryHeaders(): Record<string, string> {
		return this.options.retryAfter ? { 'Retry-After': '60' } : {};
	}
}
