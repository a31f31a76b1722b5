import type { Change, EmployeeId, Instant, Learner, LearnerId } from '../../shared/item';
import type { Deed, UndoFile } from './deeds';
import type { LmsState } from './lmsState';
import { inOrderOfAddresses } from './moves';
import type { PlannedPerson } from './plan';
import { undoChanges } from './undoChanges';
import { blankFor, impossible, type DeedToUndo, type Draft, type Present } from './undoDraft';
import { finalEnd, undoEnd } from './undoEnd';

/**
 * The inverse of a run, as decisions for the same steps. Compares with the LMS as it is: what somebody has
 * changed since stays as it is and is named. Whatever cannot be taken back is named too.
 *
 * @param lms with the details of the people concerned
 */
export function undo(
	{ platform, done, reading }: UndoFile,
	lms: LmsState,
	memberships: ReadonlyMap<LearnerId, string[]>,
	{ dryRun, now }: { dryRun: boolean; now: Instant },
): PlannedPerson[] {
	const present = presentOf(done, lms, memberships, reading.linkField, now);
	const origin = { platform, dryRun, undoes: true as const, decidedAt: now };
	// The last one first: addresses that were exchanged go back in the order in which they are free.
	const people = amongOthers(done)
		.reverse()
		.flatMap((deed) => {
			const learner = present.byId.get(deed.learner.id) ?? heir(deed, present);
			return undoOne(deed, learner, present).map((decision): PlannedPerson => ({
				...(deed.who.id !== undefined && { employee: { ...deed.who, id: deed.who.id, custom: {} } }),
				...(learner && { learner }),
				decision: { ...decision, ...origin } as PlannedPerson['decision'],
			}));
		});
	return inOrderOfAddresses(people, lms.learners);
}

function presentOf(
	done: Deed[],
	lms: LmsState,
	memberships: ReadonlyMap<LearnerId, string[]>,
	linkField: string,
	now: Instant,
): Present {
	const byLink = new Map<EmployeeId, Learner>();
	for (const each of lms.learners) {
		const hasAccess = (learner?: Learner) => learner !== undefined && learner.status !== 'inactive';
		if (each.link !== null && !hasAccess(byLink.get(each.link))) byLink.set(each.link, each);
	}
	const byId = new Map(lms.learners.map((each) => [each.id, each]));
	const returning = done.filter((deed) => {
		const learner = byId.get(deed.learner.id);
		return deed.action === 'deactivate' && learner && finalEnd(deed, learner, now) === undefined;
	});
	return {
		lms,
		memberships,
		linkField,
		now,
		byId,
		byLink,
		returning: new Set(returning.map(({ learner }) => learner.id)),
	};
}

/** An invitation that was accepted has become an account. */
function heir({ who, learner }: Deed, { byLink }: Present): Learner | undefined {
	const link = who.id ?? learner.link;
	const found = link === null ? undefined : byLink.get(link);
	return found?.status === 'pending' ? undefined : found;
}

/** What the undo of everybody means for each of them. */
function amongOthers(done: Deed[]): DeedToUndo[] {
	const managers = new Set(done.flatMap(({ manager }) => [manager?.from, manager?.to]));
	const comers = new Set(
		done.filter(({ action }) => ['create', 'invite', 'reactivate'].includes(action)).map(({ who }) => who.id),
	);
	return done.map((deed): DeedToUndo => {
		const { changes, who, manager } = deed;
		const isUnlinked = managers.has(who.id) && changes.some(({ field }) => field === 'link');
		const lacksManager = manager?.from && comers.has(manager.from);
		return {
			...deed,
			// Managers are found by their link.
			...(isUnlinked && { changes: changes.filter(({ field }) => field !== 'link'), keepsLink: true }),
			...(lacksManager && { lacksManager: true }),
		};
	});
}

function undoOne(deed: DeedToUndo, learner: Learner | undefined, present: Present): Draft[] {
	const { action, who, learner: before } = deed;
	if (action === 'create' || action === 'invite') return undoNew(deed, learner);
	if (learner === undefined) {
		const name = before.email || who.lastName || before.id;
		return impossible(
			deed,
			action === 'deactivate' && before.status === 'pending'
				? `The invitation to ${name} was cancelled. The mail cannot be sent a second time by the sync: invite from the LMS, if wanted.`
				: `The account of ${name} is gone from the LMS, so nothing can be taken back.`,
		);
	}
	return action === 'deactivate' ? undoEnd(deed, learner, present) : undoChanges(deed, learner, present);
}

function undoNew(deed: Deed, learner: Learner | undefined): Draft[] {
	const { action, changes: done } = deed;
	const { email } = deed.learner;
	if (learner === undefined || learner.status === 'inactive') {
		return impossible(
			deed,
			`${email} has no invitation and no access any more, so there is nothing to be taken back.`,
		);
	}
	if (action === 'invite' && learner.status === 'active') {
		return impossible(
			deed,
			`${email} has accepted the invitation since, and keeps the account. End the access in the LMS, if wanted.`,
		);
	}
	const isPending = learner.status === 'pending';
	const notes =
		action === 'invite'
			? ['The invitation mail was sent, and nobody can take it back. The invitation itself is cancelled.']
			: ['The account stays in the LMS without access. Its history and its address stay with it.'];
	const replaced = done.find(({ field }) => field === 'email')?.from;
	if (action === 'invite' && replaced) {
		notes.push(`The invitation to ${String(replaced)} that was open before does not come back.`);
	}
	const change: Change = { field: 'status', from: learner.status, to: isPending ? 'canceled' : 'inactive' };
	return [{ ...blankFor(deed), action: 'deactivate', changes: [change], notes }];
}
