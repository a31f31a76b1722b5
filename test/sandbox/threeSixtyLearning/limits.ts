import type { CallKind } from '../core/http';
import type { LimitClock } from '../core/rateLimit';
import { scaledTime, SlidingWindow } from '../core/rateLimit';
import type { ThreeSixtyLearningOptions } from './options';

const SECOND = 1000;

/** per company. The token endpoint documents no 429. */
export class ThreeSixtyLearningLimits {
	private readonly reads: SlidingWindow;
	private readonly writes: SlidingWindow;

	constructor(
		private readonly options: ThreeSixtyLearningOptions,
		clock: LimitClock = scaledTime(options.timeScale),
	) {
		this.reads = new SlidingWindow(clock, options.readsPerSecond, SECOND);
		this.writes = new SlidingWindow(clock, options.writesPerSecond, SECOND);
	}

	take(kind: CallKind): boolean {
		return !this.options.rateLimits || (kind === 'read' ? this.reads : this.writes).take();
	}

	retryHeaders(): Record<string, string> {
		return this.options.retryAfter ? { 'Retry-After': '1' } : {};
	}
}
