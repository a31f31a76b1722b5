import type {
	ApplicableDecision,
	Change,
	GroupRef,
	Instant,
	Learner,
	LearnerId,
	ManagerChange,
} from '../../shared/item';
import { fullName } from './attribute';
import type { Deed } from './deeds';
import { groupKey } from './groups';
import type { LmsState } from './lmsState';
import { markOf } from './marks';
import type { DeedToUndo, Draft } from './undo';
import { comesAlong, refFor, unique } from './undoGroups';

/** An end of access taken back: the account comes back with what it had, as far as the LMS lets it. */
export function undoEnd(
	{ learner: before, before: lost, returning }: DeedToUndo,
	learner: Learner,
	lms: LmsState,
	memberships: ReadonlyMap<LearnerId, string[]>,
	linkField: string,
	now: Instant,
	blank: Omit<ApplicableDecision, 'action'>,
	impossible: (message: string) => Draft[],
): Draft[] {
	const name = before.email;
	if (learner.status !== 'inactive') return impossible(`${name} has access again already.`);
	if (before.status === 'pending') {
		return impossible(
			`The open invitation of ${name} was ended, and nobody can bring it back without a second mail. Invite from the LMS, if wanted.`,
		);
	}
	if (before.accessEnds !== null && before.accessEnds < now.slice(0, 10)) {
		return impossible(
			`The last day of ${name} in the LMS was ${before.accessEnds}, and the LMS would end the access again at once. Enable the account in the LMS with another day, if wanted.`,
		);
	}
	const changes: Change[] = [{ field: 'status', from: 'inactive', to: 'active' }];
	// The day is taken away where ended accounts are deleted ones.
	const isLost = lms.markField !== undefined && before.accessEnds !== null;
	if (before.accessEnds !== learner.accessEnds || isLost) {
		changes.push({ field: 'accessEnds', from: isLost ? null : learner.accessEnds, to: before.accessEnds });
	}
	// Ended accounts of such an LMS may have lost what is kept beside them.
	if (lms.markField !== undefined && before.link !== null) {
		changes.push({ field: 'link', label: linkField, from: learner.link, to: before.link });
		if (before.mark)
			changes.push({ field: 'mark', label: lms.markField, from: learner.mark ?? null, to: before.mark });
	}
	const current = new Set((memberships.get(learner.id) ?? []).map(groupKey));
	const named = (before.groups ?? []).map((group): GroupRef => refFor(group, lms));
	const groups = unique([...named, ...(lost?.groups ?? [])]).filter(
		({ name: group, id }) => !current.has(groupKey(group)) && id !== lms.rootGroup?.id,
	);
	const manager = managerBefore(before, lms, linkField, returning);
	const notes = lostManagers(lost, manager, lms);
	const { rootGroup } = lms;
	const wasIn = [...(before.groups ?? []), ...(lost?.groups ?? []).map((group) => group.name)].map(groupKey);
	const home: GroupRef[] = rootGroup ? [{ name: rootGroup.name, id: rootGroup.id }] : [];
	if (rootGroup && !wasIn.includes(groupKey(rootGroup.name))) {
		notes.push(`The account comes back in "${rootGroup.name}", in which accounts are made.`);
	}
	notes.push(...comesAlong([...home, ...groups], wasIn, lms));
	return [
		{
			...blank,
			action: 'reactivate',
			changes,
			groups: { add: groups, remove: [] },
			...(rootGroup && { home: { name: rootGroup.name, id: rootGroup.id } }),
			...(manager && { manager }),
			...(notes.length > 0 && { notes }),
		},
	];
}

/** Only one manager can be given back, and only the one whom the sync had set. */
function lostManagers(
	lost: Deed['before'],
	manager: ManagerChange | undefined,
	{ learners, hasManagers }: LmsState,
): string[] {
	if (!hasManagers) return [];
	if (lost === undefined) return ['Managers who were set by hand do not come back.'];
	const back = manager && learners.find(({ link }) => link === manager.to)?.id;
	const others = lost.managers.filter((id) => id !== back);
	if (others.length === 0) return [];
	const names = others.map((id) => learners.find((each) => each.id === id)?.email ?? id);
	return [`${names.join(', ')}: set as manager by hand before, and to be set by hand again.`];
}

function managerBefore(
	before: Learner,
	lms: LmsState,
	label: string,
	returning: DeedToUndo['returning'],
): ManagerChange | undefined {
	const to = markOf(before.mark)?.manager;
	const account = to ? lms.learners.find(({ link }) => link === to) : undefined;
	if (!to || !account || (account.status === 'inactive' && !returning.has(to))) return undefined;
	const toName = fullName(account) || account.email;
	return { label, from: null, to, toName };
}
