import type { EmployeeId, Instant, Learner, Roster } from '../../shared/item';
import { addressKey, describe } from './attribute';
import type { LmsState } from './lmsState';
import type { Addition, Memory } from './memory';
import { isApplicable, partFor, withhold } from './parts';
import type { PlannedPerson } from './plan';

/** What an LMS shows of employees, be it by the link or by the address. */
interface Shown {
	accounts: ReadonlySet<EmployeeId>;
	/** Invited, and not yet an account. */
	open: ReadonlySet<EmployeeId>;
	/** Invited once, and no longer. */
	closed: ReadonlySet<EmployeeId>;
}

function shownIn(people: PlannedPerson[], { learners, invitations }: LmsState): Shown {
	const withAddress = new Map<string, EmployeeId[]>();
	for (const { employee } of people) {
		if (!employee?.email) continue;
		const key = addressKey(employee.email);
		const same = withAddress.get(key);
		if (same) same.push(employee.id);
		else withAddress.set(key, [employee.id]);
	}
	const [accounts, open, closed]: [Ids, Ids, Ids] = [new Set(), new Set(), new Set()];
	const show = (ids: Ids, { link, email }: Pick<Learner, 'link' | 'email'>) => {
		if (link !== null) ids.add(link);
		for (const id of withAddress.get(addressKey(email)) ?? []) ids.add(id);
	};
	for (const learner of learners) show(learner.status === 'pending' ? open : accounts, learner);
	for (const invitation of invitations?.closed ?? []) show(closed, invitation);
	return { accounts, open, closed };
}

type Ids = Set<EmployeeId>;

const isThere = ({ accounts, open }: Shown, id: EmployeeId): boolean => accounts.has(id) || open.has(id);

/** Of two people or more not one is there: that is the list rather than the step. */
const FEWEST = 2;

/**
 * Whether the lists, rather than a step that failed, may be why nobody of an earlier run is seen. A plan is
 * made before its steps and cannot know, so the lists have to tell: where they show somebody of that run, the
 * step failed for the others, and it did where they miss somebody alone. Where they show nobody of several,
 * they have another run to do so. A list without a single invitation proves nothing, however often it comes.
 * Of a run that was killed it is known why the LMS does not show somebody.
 */
function isDoubtful(addition: Addition, shown: Shown, { invitations }: LmsState): boolean {
	const { kind, people, again, lost } = addition;
	if (lost) return false;
	if (kind === 'invitations' && invitations?.count === 0) return true;
	return again !== true && people.length >= FEWEST && !people.some((id) => isThere(shown, id));
}

/** A plan is remembered before its steps: those for whom a step failed for certain were not added. */
export function withoutFailed(memory: Memory, failed: ReadonlySet<string>): Memory {
	if (failed.size === 0) return memory;
	const added = memory.added.flatMap((each): Addition[] => {
		const people = each.people.filter((id) => !failed.has(id));
		return people.length > 0 ? [{ ...each, people }] : [];
	});
	return { ...memory, added };
}

/** Holds a second invitation or account of somebody who may have the first one. */
export function withoutRepeats(
	people: PlannedPerson[],
	lms: LmsState,
	{ added, open }: Pick<Memory, 'added' | 'open'>,
): PlannedPerson[] {
	if (added.length + open.length === 0) return people;
	const shown = shownIn(people, lms);
	const wasOpen = new Set(open);
	const doubtful = new Map(
		added
			.filter((each) => isDoubtful(each, shown, lms))
			.flatMap((each) => each.people.map((id) => [id, each] as const)),
	);
	return people.map((person) => {
		const { employee } = person;
		if (!employee || !isAdded(person) || shown.closed.has(employee.id)) return person;
		const who = describe(employee);
		const before = doubtful.get(employee.id);
		if (wasOpen.has(employee.id)) {
			const message = `${who} had an open invitation, and the LMS does not list it any more, neither as open nor as anything else, so its list is not whole. Nobody is invited a second time meanwhile. If somebody has deleted the invitation there, invite ${who} by hand in the LMS.`;
			return withhold(person, 'all', 'incompleteLearners', message);
		}
		return before ? withhold(person, 'all', 'incompleteLearners', doubtAbout(who, before, lms)) : person;
	});
}

function doubtAbout(who: string, { at, kind, people }: Addition, { invitations }: LmsState): string {
	const isEmpty = kind === 'invitations' && invitations?.count === 0;
	const day = at.slice(0, 10);
	const what = kind === 'invitations' ? 'invited' : 'given an account';
	const lists = isEmpty
		? 'the LMS lists not a single invitation'
		: `the LMS shows none of the ${people.length} people of that run`;
	const remedy = isEmpty
		? 'If it failed, invite one of them by hand in the LMS: as soon as the list shows that, a run goes on with the others.'
		: 'The next run goes on if it failed.';
	return `${who} was to be ${what} by the run of ${day}, and ${lists}. Either that run failed, or the list is not whole. Nobody is ${what} a second time meanwhile. ${remedy}`;
}

/** Whoever is invited anew because of another address is on the list. */
const isAdded = ({ learner, decision }: PlannedPerson): boolean =>
	learner === undefined && (decision.action === 'invite' || decision.action === 'create');

const addedBy = (people: PlannedPerson[], kind: Addition['kind'], now: Instant): Addition[] => {
	const ids = people.flatMap((each) =>
		each.employee && isAdded(each) && partFor(kind, each.decision) ? [each.employee.id] : [],
	);
	return ids.length > 0 ? [{ at: now, kind, people: ids }] : [];
};

/** An open invitation that this run ends, or replaces. */
const isEnded = ({ learner, decision }: PlannedPerson): boolean =>
	learner?.status === 'pending' && isApplicable(decision) && decision.action !== 'update';

/** How many open invitations a run cancels: an LMS may take them off its list. */
export const endedInvitations = (people: PlannedPerson[]): number => people.filter(isEnded).length;

/** Whom the next run has to look for, after a run that was not a dry one. */
export function additionsAfter(
	{ added, open }: Pick<Memory, 'added' | 'open'>,
	people: PlannedPerson[],
	lms: LmsState,
	roster: Roster,
	now: Instant,
): Pick<Memory, 'added' | 'open'> {
	const shown = shownIn(people, lms);
	const tried = [...addedBy(people, 'invitations', now), ...addedBy(people, 'creations', now)];
	const ended = people.filter(isEnded).map(({ employee, learner }) => employee?.id ?? learner?.link);
	const settled = new Set<EmployeeId | null | undefined>([...tried.flatMap((each) => each.people), ...ended]);
	const all = new Set(people.map(({ employee }) => employee?.id));
	const isGone = (id: EmployeeId) => roster.scope === 'all' && roster.complete && !all.has(id);
	const stays = (id: EmployeeId) => !settled.has(id) && !shown.accounts.has(id) && !isGone(id);
	const unseen = added.flatMap((each): Addition[] => {
		const left = each.people.filter((id) => stays(id) && !shown.open.has(id) && !shown.closed.has(id));
		// A list with gaps is no chance to be seen, but whoever is on it is certain.
		const again = each.again || lms.gaps === undefined || each.people.some((id) => isThere(shown, id));
		return left.length > 0 ? [{ ...each, people: left, ...(again && { again }) }] : [];
	});
	const listed = lms.invitations === undefined ? [] : [...new Set([...open, ...shown.open])];
	return {
		added: [...unseen, ...tried],
		open: listed.filter((id) => stays(id) && (shown.open.has(id) || !shown.closed.has(id))),
	};
}
