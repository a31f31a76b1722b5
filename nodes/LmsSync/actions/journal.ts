import type { IExecuteFunctions } from 'n8n-workflow';

import type { Instant } from '../../shared/item';
import { LIMIT_KINDS } from '../sync/limits';
import type { Touch } from '../sync/memory';

const HOUR_MS = 3_600_000;
/** At least so far is looked back, so that a run that was killed goes on also where limits look at single runs. */
const FEWEST_HOURS = 24;
const MOST_HOURS = 24 * 31;

const OPTIONS = { mode: 'entries' as const };

/**
 * What a run is about to do, noted where it outlives a crash. n8n saves the static data of a workflow at the
 * end of a run only; what nodes have "processed already" it saves at once (a set of hashes for each node, in
 * the table of the node "Remove Duplicates"). Such a set tells what it holds of a list, and holds all of the
 * list from then on: so it is asked about everybody, emptied, and filled anew.
 */
export class Journal {
	/** @param run tells this run from those before it whose memory was saved */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly run: string,
	) {}

	/**
	 * Notes that the run begins.
	 *
	 * @returns whether it had begun before, and then its memory was never saved
	 */
	async begin(): Promise<boolean> {
		const isLost = (await this.known([this.run])).length > 0;
		// What is of runs that were saved is of no use any more.
		if (!isLost) await this.write([]);
		return isLost;
	}

	/** What was noted within the last hours, of the people given. */
	async read(keys: Iterable<string>, windowHours: number, now: Instant): Promise<Touch[]> {
		const hours = Math.min(MOST_HOURS, Math.max(FEWEST_HOURS, Math.ceil(windowHours)));
		const latest = hourOf(now);
		const chapters = Array.from({ length: hours + 1 }, (_, ago) => latest - ago).flatMap((hour) =>
			LIMIT_KINDS.flatMap((kind) => [
				{ hour, kind, free: false },
				{ hour, kind, free: true },
			]),
		);
		const known = new Set(await this.known(chapters.map((each) => this.title(each))));
		const written = chapters.filter((each) => known.has(this.title(each))).reverse();
		const people = [...new Set(keys)];
		const lines = written.flatMap((each) => people.map((key) => this.line(each, key)));
		const noted = new Set(lines.length > 0 ? await this.known(lines) : []);
		const touches = written.flatMap((each): Touch[] => {
			const { hour, kind, free } = each;
			const touched = people.filter((key) => noted.has(this.line(each, key)));
			// Some time within that hour.
			const at = new Date(Math.min(Date.parse(now), (hour + 1) * HOUR_MS - 1)).toISOString();
			return touched.length > 0 ? [{ at, kind, people: touched, ...(free && { free: true }) }] : [];
		});
		// Everybody was asked about, and so is in it now.
		await this.write(touches);
		return touches;
	}

	/** Puts what is given in the place of all that was noted. */
	async write(touches: Touch[]): Promise<void> {
		const lines = touches.flatMap((touch) => {
			const { at, kind, people, free = false } = touch;
			const chapter = { hour: hourOf(at), kind, free };
			return [this.title(chapter), ...people.map((key) => this.line(chapter, key))];
		});
		await this.context.helpers.clearAllProcessedItems('node', OPTIONS);
		await this.known([this.run, ...lines]);
	}

	/** Those of the entries that were noted before. All are from now on. */
	private async known(entries: string[]): Promise<string[]> {
		const { helpers } = this.context;
		const { processed } = await helpers.checkProcessedAndRecord([...new Set(entries)], 'node', OPTIONS);
		return processed as string[];
	}

	private title({ hour, kind, free }: Chapter): string {
		return `${this.run}, hour ${hour}, ${kind}${free ? ' of a first load' : ''}`;
	}

	private line(chapter: Chapter, key: string): string {
		return `${this.title(chapter)}: ${key}`;
	}
}

interface Chapter {
	/** Since the epoch. */
	hour: number;
	kind: Touch['kind'];
	free: boolean;
}

const hourOf = (at: Instant): number => Math.floor(Date.parse(at) / HOUR_MS);
