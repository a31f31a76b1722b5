import { clock } from '../../../shared/transport/clock';

/** What was read is relied on for so long, or, where reading takes long, for so many times as long. */
const SHORTEST_MS = 5 * 60_000;
const TIMES = 25;

/** A list that is read when it is needed, and again when it has become old. Whoever asks meanwhile waits for it. */
export class Fresh<Value> {
	private reading: Promise<Value> | undefined;

	private until = Infinity;

	constructor(private readonly read: () => Promise<Value>) {}

	async value(): Promise<Value> {
		if (this.reading === undefined || clock.now() > this.until) this.start();
		return await (this.reading as Promise<Value>);
	}

	private start(): void {
		const start = clock.now();
		this.until = Infinity;
		this.reading = this.read();
		this.reading.then(
			() => (this.until = clock.now() + Math.max(SHORTEST_MS, TIMES * (clock.now() - start))),
			// The next one tries again.
			() => (this.reading = undefined),
		);
	}
}
