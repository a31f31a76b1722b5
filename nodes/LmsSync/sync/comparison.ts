import type { Comparison, Instant } from '../../shared/item';

/** A full comparison is due after so many days, less some hours, so that it stays on its weekday. */
const WEEK_MS = 7 * 86_400_000 - 6 * 3_600_000;

/**
 * Whether everybody is read on their own. In doubt they are: a fast comparison sees what changed in
 * Personio, but not what somebody has changed in the LMS by hand.
 *
 * @param people how many accounts are compared
 * @param last when everybody was read last, by a run that was not a dry one
 */
export function comparisonFor(
	people: number,
	{ full, fullUpTo }: { full: boolean; fullUpTo: number },
	last: Instant | undefined,
	now: Instant,
): Omit<Comparison, 'read'> {
	if (full) return { kind: 'full', reason: 'A full comparison was asked for.' };
	if (people <= fullUpTo) {
		return { kind: 'full', reason: `Up to ${fullUpTo} people are compared in full in every run.` };
	}
	const age = last === undefined ? Number.NaN : Date.parse(now) - Date.parse(last);
	if (!(age >= 0 && age < WEEK_MS)) {
		const since =
			last === undefined
				? 'No full comparison by a scheduled run is on record'
				: `The last one was on ${last.slice(0, 10)}`;
		return { kind: 'full', reason: `A full comparison is due every week. ${since}.` };
	}
	return {
		kind: 'fast',
		reason: `More than ${fullUpTo} people; the last full comparison was on ${(last as Instant).slice(0, 10)}.`,
	};
}
