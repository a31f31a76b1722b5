import type { NodeContext } from './vendor';

const EVERY_MS = 30_000;

/** Tells n8n's log how far a long piece of work is, every half minute. A short one says nothing. */
export class Progress {
	private count = 0;

	private readonly startedAt = Date.now();

	private toldAt = this.startedAt;

	/** @param words what the count means */
	constructor(
		private readonly context: NodeContext,
		private readonly words: (count: number, seconds: number) => string,
	) {}

	add(count: number): void {
		this.count += count;
		const now = Date.now();
		if (now - this.toldAt < EVERY_MS) return;
		this.toldAt = now;
		const seconds = Math.round((now - this.startedAt) / 1000);
		this.context.logger.info(`"${this.context.getNode().name}": ${this.words(this.count, seconds)}.`);
	}
}
