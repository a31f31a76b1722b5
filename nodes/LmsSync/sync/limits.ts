import type { Instant, LearnerId, LimitKind, LimitUse } from '../../shared/item';
import type { Memory, Touch } from './memory';
import { isApplicable, partFor, withhold } from './parts';
import type { PlannedPerson } from './plan';
import type { Limits } from './settings';

interface LimitTerms {
	count: keyof Limits;
	percent: keyof Limits;
	/** So many are allowed however small the company is, unless a limit is 0. */
	atLeast: number;
	/** Whether people are added, which a first load does with everybody. */
	adds: boolean;
	/** "This run would … 12 people" */
	phrase: string;
	/** Names of the two parameters. */
	parameters: string;
}

export const LIMITS: Record<LimitKind, LimitTerms> = {
	deactivations: {
		count: 'maxDeactivations',
		percent: 'maxDeactivationPercent',
		atLeast: 1,
		adds: false,
		phrase: 'end the access of',
		parameters: '"Max Deactivations" and "Max Deactivation Percent"',
	},
	groupRemovals: {
		count: 'maxGroupRemovals',
		percent: 'maxGroupRemovalPercent',
		atLeast: 3,
		adds: false,
		phrase: 'take out of groups',
		parameters: '"Max Group Removals" and "Max Group Removal Percent"',
	},
	invitations: {
		count: 'maxInvitations',
		percent: 'maxInvitationPercent',
		atLeast: 5,
		adds: true,
		phrase: 'invite',
		parameters: '"Max Invitations" and "Max Invitation Percent"',
	},
	creations: {
		count: 'maxCreations',
		percent: 'maxCreationPercent',
		atLeast: 5,
		adds: true,
		phrase: 'create accounts for',
		parameters: '"Max Creations" and "Max Creation Percent"',
	},
	emailChanges: {
		count: 'maxEmailChanges',
		percent: 'maxEmailChangePercent',
		atLeast: 3,
		adds: false,
		phrase: 'change the address of',
		parameters: '"Max E-Mail Changes" and "Max E-Mail Change Percent"',
	},
};

export const LIMIT_KINDS = Object.keys(LIMITS) as LimitKind[];

/** What shares are shares of. */
export interface Population {
	/** Active learners that belong to an employee. */
	learners: number;
	/** Employees who are not inactive. */
	employees: number;
	/** Nobody is linked and no run is on record: everybody is new. */
	isFirstLoad: boolean;
}

/** How many people may be touched: the count or the share, whichever is smaller. */
export function allowedBy(limits: Limits, kind: LimitKind, { learners, employees }: Population): number {
	const { count, percent, atLeast, adds } = LIMITS[kind];
	const of = adds ? Math.max(learners, employees) : learners;
	const share = Math.floor((of * limits[percent]) / 100);
	const allowed = Math.floor(Math.min(limits[count], limits[percent] > 0 ? Math.max(atLeast, share) : 0));
	return Number.isFinite(allowed) ? Math.max(0, allowed) : 0;
}

const HOUR_MS = 3_600_000;

/** What is within the window of a limit. */
export const recent = (touched: Touch[], windowHours: number, now: Instant): Touch[] =>
	touched.flatMap((touch) => {
		const age = Date.parse(now) - Date.parse(touch.at);
		// A clock that was set back must not forget anything, and neither must a time that nobody can read. Taken
		// as of now, they do not count for ever.
		const known = age >= 0 ? touch : { ...touch, at: now };
		return Math.max(0, age || 0) >= windowHours * HOUR_MS ? [] : [known];
	});

/** Keys of the people with whose decisions each limit is concerned. */
export function concerned(people: PlannedPerson[]): Record<LimitKind, string[]> {
	const keys = Object.fromEntries(LIMIT_KINDS.map((kind) => [kind, [] as string[]]));
	for (const each of people) {
		if (!isApplicable(each.decision)) continue;
		for (const kind of LIMIT_KINDS) if (partFor(kind, each.decision)) keys[kind]?.push(keyOf(each));
	}
	return keys as Record<LimitKind, string[]>;
}

/** How somebody is remembered. Personio and the LMS may give the same number to two people. */
export const keyOf = ({ employee, learner }: PlannedPerson): string =>
	employee?.id ?? accountKey(learner?.id);

export const accountKey = (id: LearnerId | undefined): string => `account ${id}`;

/**
 * Holds everybody of a kind whose limit the run exceeds together with the runs of the window before it.
 * Whom one of those runs has touched already may be touched again: a run that broke off goes on.
 */
export function limited(
	people: PlannedPerson[],
	limits: Limits,
	population: Population,
	memory: Pick<Memory, 'touched' | 'added'>,
	now: Instant,
): { people: PlannedPerson[]; uses: LimitUse[] } {
	const { windowHours } = limits;
	const earlier = recent(memory.touched, windowHours, now);
	// Whom the LMS has shown since is not a person whom that run did not come to.
	const unseen = new Set<string>(memory.added.flatMap((each) => each.people));
	const mayGoOn = (kind: LimitKind, key: string) => !LIMITS[kind].adds || unseen.has(key);
	const uses: LimitUse[] = [];
	let result = people;
	let keys = concerned(result);
	for (const kind of LIMIT_KINDS) {
		const wanted = new Set(keys[kind]);
		const before = earlier.filter((each) => each.kind === kind);
		const allowed = allowedBy(limits, kind, population);
		// Where nobody is allowed, not even those whom a run within the window has touched are.
		const known = new Set(
			allowed > 0 ? before.flatMap((each) => each.people.filter((key) => mayGoOn(kind, key))) : [],
		);
		const counted = new Set(before.flatMap((each) => (each.free ? [] : each.people)));
		const added = [...wanted].filter((key) => !known.has(key));
		const others = [...counted].filter((key) => !wanted.has(key)).length;
		const isFree = LIMITS[kind].adds && population.isFirstLoad && allowed > 0;
		const sum = new Set([...added, ...counted]).size;
		const exceeded = !isFree && added.length > 0 && sum > allowed;
		const use: LimitUse = {
			kind,
			wanted: wanted.size,
			before: others,
			allowed,
			windowHours,
			exceeded,
			...(isFree && { firstLoad: true }),
		};
		uses.push(use);
		if (!exceeded) continue;
		const message = sentenceOf(use, added.length, sum - added.length);
		// Addresses that are exchanged go together or not at all.
		const isHeld = kind === 'emailChanges' ? wanted : new Set(added);
		result = result.map((each) => {
			const part = isHeld.has(keyOf(each)) ? partFor(kind, each.decision) : undefined;
			return part ? withhold(each, part, 'limitExceeded', message) : each;
		});
		keys = concerned(result);
	}
	return { people: result, uses };
}

function sentenceOf({ kind, allowed, windowHours }: LimitUse, added: number, before: number): string {
	const { phrase, parameters } = LIMITS[kind];
	const earlier = before > 0 ? `, after ${before} within the ${windowHours} hours before it` : '';
	const people = added === 1 ? '1 person' : `${added} people`;
	return `This run would ${phrase} ${people}${earlier}, and ${allowed} are allowed. If that is right, approve it, or raise ${parameters} under "Limits"; otherwise look at what changed in Personio.`;
}
