import type { Change, GroupRef, Learner, LearnerId, Reporting } from '../../shared/item';
import { fullName } from './attribute';
import { groupKey } from './groups';
import { markOf } from './marks';
import { blankFor, impossible, isDoubtful, type DeedToUndo, type Draft, type Present } from './undoDraft';
import { comesAlong, refFor, unique } from './undoGroups';
import { notToComeBack } from './undoWhose';

/** Why an end of access cannot be taken back, `undefined` where it can. */
export function finalEnd(deed: DeedToUndo, learner: Learner, present: Present): string | undefined {
	const { learner: before } = deed;
	const { lms, now } = present;
	const name = before.email;
	if (learner.status !== 'inactive') return `${name} has access again already.`;
	if (before.status === 'pending') {
		return `The open invitation of ${name} was ended, and nobody can bring it back without a second mail. Invite from the LMS, if wanted.`;
	}
	if (before.accessEnds !== null && before.accessEnds < now.slice(0, 10)) {
		return `The last day of ${name} in the LMS was ${before.accessEnds}, and the LMS would end the access again at once. Enable the account in the LMS with another day, if wanted.`;
	}
	const why = notToComeBack(deed, learner, lms.markField !== undefined);
	if (why !== undefined) return why;
	const other = twinOf(deed, learner, present);
	// Such an LMS takes a link once only.
	return other && lms.markField !== undefined
		? `${name} has another account by now, ${other.email}, so this one stays without access.`
		: undefined;
}

/** Another account with access and the same Personio id. */
function twinOf({ learner: before }: DeedToUndo, { id }: Learner, { byLink }: Present): Learner | undefined {
	const other = before.link === null ? undefined : byLink.get(before.link);
	return other && other.id !== id && other.status !== 'inactive' ? other : undefined;
}

const DAY_MS = 24 * 60 * 60_000;

/** Whoever takes back an old run may let somebody in who has rightly left since. */
function ageNotes({ who, learner, found }: DeedToUndo, { appliedAt, now }: Present): string[] {
	const at = new Date(appliedAt).toISOString();
	const age = Date.parse(now) - Date.parse(at);
	const name = fullName({ firstName: null, lastName: null, ...who }) || learner.email;
	return [
		`The run was on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC.`,
		...(age > DAY_MS
			? [
					`Personio was not asked whether ${name} is still with the company. If not, the next sync ends the access again.`,
				]
			: []),
		...(found
			? [
					'The access had ended already when the step came to it, so perhaps it was not this run that ended it.',
				]
			: []),
	];
}

/** An end of access taken back: the account comes back with what it had, as far as the LMS lets it. */
export function undoEnd(deed: DeedToUndo, learner: Learner, present: Present): Draft[] {
	const { learner: before } = deed;
	const { lms, linkField } = present;
	if (learner.status !== 'inactive' && isDoubtful(deed, 'deactivate')) return [];
	const why = finalEnd(deed, learner, present);
	if (why !== undefined) return impossible(deed, why);
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
	const { notes: groupNotes, ...groups } = groupsBefore(deed, learner, present);
	const { notes: reportingNotes, ...restores } = reportingBefore(deed, learner, present);
	const twin = twinOf(deed, learner, present);
	const twinNotes = twin ? [`${twin.email} carries the same Personio ID and has access too.`] : [];
	const notes = [...ageNotes(deed, present), ...twinNotes, ...groupNotes, ...reportingNotes];
	const { rootGroup } = lms;
	return [
		{
			...blankFor(deed),
			action: 'reactivate',
			changes,
			groups,
			...(rootGroup && { home: { name: rootGroup.name, id: rootGroup.id } }),
			...(restores.managers.length + restores.reports.length > 0 && { restores }),
			notes,
		},
	];
}

/** The groups that it was in. The one in which accounts are made is left again by whoever was not in it. */
function groupsBefore(
	{ learner: before, before: lost }: DeedToUndo,
	{ id }: Learner,
	{ lms, memberships }: Present,
): { add: GroupRef[]; remove: GroupRef[]; notes: string[] } {
	const { rootGroup } = lms;
	const current = new Set((memberships.get(id) ?? []).map(groupKey));
	const named = (before.groups ?? []).map((group): GroupRef => refFor(group, lms));
	const all = unique([...named, ...(lost?.groups ?? [])]);
	const add = all.filter((group) => !current.has(groupKey(group.name)) && group.id !== rootGroup?.id);
	const wasIn = all.map((group) => groupKey(group.name));
	const home: GroupRef[] = rootGroup ? [{ name: rootGroup.name, id: rootGroup.id }] : [];
	const notes = comesAlong([...home, ...add], wasIn, lms);
	if (!rootGroup || wasIn.includes(groupKey(rootGroup.name))) return { add, remove: [], notes };
	const joined = lms.groups.filter((group) => add.some(({ id: other }) => other === group.id));
	const isBrought = joined.some(({ brings }) => brings?.includes(rootGroup.id));
	// Nobody can be without any group.
	if (joined.length > 0 && !isBrought) return { add, remove: home, notes };
	const note = `The account comes back in "${rootGroup.name}", in which accounts are made.`;
	return { add, remove: [], notes: [note, ...notes] };
}

/** Its managers and who reported to it, as far as they have access, or get it again by the same undo. */
function reportingBefore(
	{ learner: before, before: lost }: DeedToUndo,
	{ id }: Learner,
	{ lms, byId, byLink, returning }: Present,
): Reporting & { notes: string[] } {
	const none = { managers: [], reports: [], notes: [] };
	if (!lms.hasManagers) return none;
	const notes: string[] = [];
	if (lost === undefined) {
		notes.push('What the account lost with its access was not noted: managers set by hand do not come back.');
	}
	const manager = markOf(before.mark)?.manager;
	const known = lost ?? {
		managers: [(manager && byLink.get(manager)?.id) ?? []].flat(),
		reports: lms.learners
			.filter(({ mark }) => before.link && markOf(mark)?.manager === before.link)
			.map((each) => each.id),
	};
	const isThere = (other: LearnerId): boolean => {
		const account = byId.get(other);
		return account !== undefined && (account.status !== 'inactive' || returning.has(other));
	};
	const nameOf = (other: LearnerId): string => {
		const account = byId.get(other);
		return account ? fullName(account) || account.email : other;
	};
	const others = (ids: LearnerId[]) => ids.filter((other) => other !== id);
	const gone = others([...known.managers, ...known.reports]).filter((other) => !isThere(other));
	if (gone.length > 0) {
		notes.push(`${gone.map(nameOf).join(', ')}: without access by now, so not manager or report again.`);
	}
	return {
		managers: others(known.managers).filter(isThere),
		reports: others(known.reports).filter(isThere),
		notes,
	};
}
