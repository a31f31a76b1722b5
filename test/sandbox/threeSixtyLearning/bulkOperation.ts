import type { LimitClock } from '../core/rateLimit';
import { Refusal } from './errors';
import type { ThreeSixtyLearningOptions } from './options';
import type { BulkStatus, Membership } from './types';

export const BULK_STATUSES: readonly BulkStatus[] = ['pending', 'queued', 'running', 'completed', 'error'];
const UNFINISHED = BULK_STATUSES.slice(0, 3);

type Result =
	| { input: Membership; status: 'success'; resourceId: string }
	| { input: Membership; status: 'error'; errorMessage: string };

interface Order {
	_id: string;
	type: 'addUsersToGroups' | 'removeUsersFromGroups';
	input: readonly Membership[];
	act: (item: Membership) => void;
	now: () => string;
	time: LimitClock;
	options: ThreeSixtyLearningOptions;
	/** Breaks off halfway. */
	fails: boolean;
	/** How many of the first items go wrong. */
	itemErrors: number;
}

export class BulkOperation {
	readonly createdAt: string;
	results: Result[] = [];
	private looks = 0;
	private endedAt: string | undefined;
	private readonly submittedAt: number;

	constructor(private readonly order: Order) {
		this.createdAt = order.now();
		this.submittedAt = order.time.now();
	}

	get _id(): string {
		return this.order._id;
	}

	get type(): Order['type'] {
		return this.order.type;
	}

	get hasEnded(): boolean {
		return this.endedAt !== undefined;
	}

	get status(): BulkStatus {
		if (this.hasEnded) return this.order.fails ? 'error' : 'completed';
		const { bulkMs, bulkPolls } = this.order.options;
		// With few looks the early states are the ones that nobody sees.
		const step =
			bulkMs === undefined
				? this.looks - 1 + UNFINISHED.length - bulkPolls
				: Math.floor((this.elapsed() / bulkMs) * UNFINISHED.length);
		return UNFINISHED[Math.min(Math.max(step, 0), UNFINISHED.length - 1)]!;
	}

	/** Somebody asks how far it is. */
	look(): void {
		if (this.order.options.bulkMs !== undefined) return;
		this.looks++;
		if (this.looks > this.order.options.bulkPolls) this.finish();
	}

	settle(): void {
		const { bulkMs } = this.order.options;
		if (bulkMs !== undefined && this.elapsed() >= bulkMs) this.finish();
	}

	/** All of the work is done at the end: nobody may count on a part of it before. */
	finish(): void {
		if (this.hasEnded) return;
		this.endedAt = this.order.now();
		const { input, fails } = this.order;
		const reached = fails ? Math.floor(input.length / 2) : input.length;
		this.results = input.slice(0, reached).map((item, index) => this.result(item, index));
	}

	record(): object {
		const { _id, type, createdAt, status, endedAt } = this;
		const record = { _id, type, createdAt, status };
		if (status === 'pending') return record;
		if (status === 'queued') return { ...record, queuedAt: createdAt };
		const progress = { index: this.results.length, updatedAt: endedAt ?? createdAt };
		const running = { ...record, progress, queuedAt: createdAt, startedAt: createdAt };
		if (status === 'running') return running;
		const failed = status === 'error' ? { errorMessage: 'The bulk operation was interrupted.' } : {};
		return { ...running, ...failed, endedAt };
	}

	private result(input: Membership, index: number): Result {
		if (index < this.order.itemErrors) {
			return { input, status: 'error', errorMessage: 'An unexpected error occurred.' };
		}
		try {
			this.order.act(input);
			return { input, status: 'success', resourceId: input.userId };
		} catch (error) {
			if (error instanceof Refusal) return { input, status: 'error', errorMessage: error.message };
			throw error;
		}
	}

	private elapsed(): number {
		return this.order.time.now() - this.submittedAt;
	}
}
