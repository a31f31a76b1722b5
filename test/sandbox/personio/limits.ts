import type { LimitClock, Limiter } from '../core/rateLimit';
import { Penalised, scaledTime, SlidingWindow, TokenBucket } from '../core/rateLimit';
import type { PersonioOptions } from './options';

const MINUTE = 60_000;
const SECOND = 1000;

/** Documented for v1, seen in practice for v2. */
export class PersonioLimits {
	private readonly v1Auth: Limiter;
	private readonly v2Auth: Limiter;
	private readonly v1All: Limiter;
	private readonly employeesMinute: Limiter;
	private readonly employeesBurst: Limiter;
	private readonly buckets = new Map<string, TokenBucket>();

	constructor(
		private readonly options: PersonioOptions,
		private readonly clock: LimitClock = scaledTime(options.timeScale),
	) {
		const window = (limit: number, ms: number) => new SlidingWindow(clock, limit, ms);
		this.v1Auth = new Penalised(clock, window(60, MINUTE), MINUTE, undefined);
		this.v2Auth = new Penalised(clock, window(150, MINUTE), MINUTE, window(1, SECOND));
		this.v1All = window(2000, MINUTE);
		this.employeesMinute = window(300, MINUTE);
		this.employeesBurst = window(15, SECOND);
	}

	takeAuth(version: 1 | 2): boolean {
		return !this.options.rateLimits || (version === 1 ? this.v1Auth : this.v2Auth).take();
	}

	/** The narrower limits are stated for the employee list; here they hold for all below it, too. */
	takeV1(isEmployees: boolean): boolean {
		if (!this.options.rateLimits) return true;
		if (!this.v1All.take()) return false;
		return !isEmployees || (this.employeesBurst.take() && this.employeesMinute.take());
	}

	/** One bucket per endpoint; 30/s and 100 were seen on persons, the others are unknown. */
	takeV2(endpoint: string): { allowed: boolean; headers: Record<string, string> } {
		let bucket = this.buckets.get(endpoint);
		if (!bucket) {
			bucket = new TokenBucket(this.clock, 30, 100);
			this.buckets.set(endpoint, bucket);
		}
		const allowed = !this.options.rateLimits || bucket.take();
		return {
			allowed,
			headers: {
				'x-ratelimit-replenish-rate': String(bucket.perSecond),
				'x-ratelimit-burst-capacity': String(bucket.capacity),
				'x-ratelimit-requested-tokens': '1',
				'x-ratelimit-remaining': String(Math.max(0, bucket.remaining())),
			},
		};
	}

	retryHeaders(): Record<string, string> {
		return this.options.retryAfter ? { 'Retry-After': '1' } : {};
	}
}
