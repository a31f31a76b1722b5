import type { ConfigurationUse, Instant, Learner, LimitUse, Roster } from '../../shared/item';
import { additionsAfter, endedInvitations } from './additions';
import { daysAfter, listedIn } from './alerts';
import { incompleteness } from './guard';
import { concerned, keyOf, LIMIT_KINDS, recent } from './limits';
import type { LmsState } from './lmsState';
import type { Configuration, Listed, Memory, Touch } from './memory';
import { absencesAfter, type Answers } from './missing';
import { isApplicable } from './parts';
import type { PlannedPerson } from './plan';

export interface Run {
	memory: Memory;
	roster: Roster;
	lms: LmsState;
	dryRun: boolean;
	configuration: Configuration;
	answers: Answers | undefined;
	now: Instant;
}

interface Decided {
	people: PlannedPerson[];
	uses: LimitUse[];
	use: ConfigurationUse;
	missing: Learner[];
}

/** People for whom something is to be done, or would be but for a limit. */
export const changesOf = (people: PlannedPerson[]): number =>
	new Set(
		people
			.filter(
				({ decision }) =>
					isApplicable(decision) || (decision.action === 'hold' && decision.hold.code === 'limitExceeded'),
			)
			.map(keyOf),
	).size;

/** What the next run has to know of this one. A dry run leaves no more than what it has shown. */
export function remember(run: Run, { people, uses, use, missing }: Decided): Memory {
	const { memory, roster, lms, dryRun, configuration, answers = new Map(), now } = run;
	const isWhole = isWholeEnough(roster.complete, roster.gaps);
	const absences =
		roster.scope === 'all'
			? absencesAfter(missing, memory, answers, roster.complete && lms.gaps === undefined, now)
			: memory.missing;
	const listed = isWholeEnough(lms.gaps === undefined, lms.gaps) ? listedIn(lms) : undefined;
	const { seen: _, ...before } = memory;
	if (dryRun) {
		const shown = isShownToAll(roster, lms, configuration) ? { seen: use.code } : {};
		return { ...memory, ...(listed && { listed }), ...shown, missing: absences };
	}

	const { windowHours } = configuration.limits;
	const earlier = recent(memory.touched, windowHours, now);
	const unseen = new Set<string>(memory.added.flatMap((each) => each.people));
	const keysOf = concerned(people);
	const touched = LIMIT_KINDS.flatMap((kind): Touch[] => {
		const keys = keysOf[kind];
		// Whom a first load did not come to counts for no limit in the run that goes on with it either.
		const left = new Set(earlier.flatMap((each) => (each.kind === kind && each.free ? each.people : [])));
		const isFirstLoad = uses.some((each) => each.kind === kind && each.firstLoad);
		const isFree = (key: string) => isFirstLoad || (left.has(key) && unseen.has(key));
		const [free, counted] = [keys.filter(isFree), keys.filter((key) => !isFree(key))];
		return [
			...(free.length > 0 ? [{ at: now, kind, people: free, free: true as const }] : []),
			...(counted.length > 0 ? [{ at: now, kind, people: counted }] : []),
		];
	});
	const changes = uses.some(({ firstLoad }) => firstLoad) ? undefined : changesOf(people);
	return {
		// Once applied it needs not be seen, and another one has to be seen anew.
		...before,
		...(listed && { listed: withoutEnded(listed, people) }),
		...additionsAfter(memory, people, lms, roster, now),
		...((memory.applied === undefined || use.confirmed) && { applied: { at: now, configuration } }),
		touched: [...earlier, ...touched],
		missing: absences,
		days: roster.scope === 'all' && isWhole ? daysAfter(memory, roster, changes) : memory.days,
	};
}

/** Whether an LMS takes cancelled invitations off its list is not known of all. */
const withoutEnded = (listed: Listed, people: PlannedPerson[]): Listed => ({
	...listed,
	...(listed.invitations !== undefined && { invitations: listed.invitations - endedInvitations(people) }),
});

/** What a configuration does is seen only by a dry run that may take away whatever a run may. */
const isShownToAll = (roster: Roster, lms: LmsState, configuration: Configuration): boolean =>
	roster.scope === 'all' && lms.gaps === undefined && incompleteness(roster, configuration) === undefined;

/** What was looked at in this run, and is as it should be if it comes out the same again. */
const PASSING = ['fewerThanUsual', 'lastPageFull'];

const isWholeEnough = (complete: boolean, gaps: Roster['gaps'] = []): boolean =>
	complete || (gaps.length > 0 && gaps.every(({ code }) => PASSING.includes(code)));
