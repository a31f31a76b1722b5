import { V1_PAGE } from './v1List';

/** Enough to keep the allowed pace where an answer takes up to a third of a second. */
const AT_ONCE = 5;

/** Asks for the pages that are expected next while the one before is awaited. */
export class ReadAhead<Page> {
	private readonly asked = new Map<number, Promise<Page>>();

	/** @param read the full page that starts at an offset */
	constructor(private readonly read: (offset: number) => Promise<Page>) {}

	/** The page at this offset, if it was asked for. */
	take(offset: number): Promise<Page> | undefined {
		const page = this.asked.get(offset);
		this.asked.delete(offset);
		return page;
	}

	/** Asks for what follows, up to the total as it is known. Where a page came short, others follow than were asked for. */
	from(offset: number, total: number | undefined): void {
		for (const key of this.asked.keys()) if ((key - offset) % V1_PAGE !== 0) this.asked.delete(key);
		for (let next = offset; next < (total ?? 0) && this.asked.size < AT_ONCE; next += V1_PAGE) {
			if (this.asked.has(next)) continue;
			const page = this.read(next);
			// A page that is not taken in the end fails nobody.
			page.catch(() => undefined);
			this.asked.set(next, page);
		}
	}
}
