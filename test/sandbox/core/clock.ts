/** A clock that can be moved on, so that a leaver's last day passes within a test. */
export class Clock {
	private shiftMs = 0;

	constructor(private readonly source: () => Date = () => new Date()) {}

	now(): Date {
		return new Date(this.source().getTime() + this.shiftMs);
	}

	/** Moves forward, or backward with negative figures. */
	advance(by: { days?: number; hours?: number; minutes?: number }): void {
		this.shiftMs += (by.days ?? 0) * 86_400_000 + (by.hours ?? 0) * 3_600_000 + (by.minutes ?? 0) * 60_000;
	}

	set(to: Date | string): void {
		this.shiftMs += new Date(to).getTime() - this.now().getTime();
	}

	/** Today in UTC. */
	today(): string {
		return this.now().toISOString().slice(0, 10);
	}
}

/** Both vendors print instants without milliseconds. */
export function isoSeconds(date: Date): string {
	return `${date.toISOString().slice(0, 19)}Z`;
}
