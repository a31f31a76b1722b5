import type { Change, EmployeeId, Instant, Learner, LearnerId } from '../../shared/item';
import { addressKey } from './attribute';
import { UNKNOWN, type Deed, type UndoFile } from './deeds';
import { changeTo } from './diff';
import { ownerKept } from './guard';
import type { LmsState } from './lmsState';
import { inOrderOfAddresses } from './moves';
import { isApplicable } from './parts';
import type { PlannedPerson } from './plan';
import { undoChanges } from './undoChanges';
import { blankFor, impossible, isDoubtful, type DeedToUndo, type Draft, type Present } from './undoDraft';
import { finalEnd, undoEnd } from './undoEnd';
import { notToBeEnded } from './undoWhose';

export interface UndoOptions {
	dryRun: boolean;
	now: Instant;
	/** Host of the LMS. */
	portal?: string;
}

/**
 * The inverse of a run, as decisions for the same steps. Compares with the LMS as it is: what somebody has
 * changed since stays as it is and is named. Whatever cannot be taken back is named too.
 *
 * @param lms with the details of the people concerned
 */
export function undo(
	file: UndoFile,
	lms: LmsState,
	memberships: ReadonlyMap<LearnerId, string[]>,
	{ dryRun, now, portal }: UndoOptions,
): PlannedPerson[] {
	const { platform, done, reading } = file;
	const present = presentOf(file, lms, memberships, now);
	const origin = {
		platform,
		...(portal !== undefined && { portal }),
		dryRun,
		undoes: true as const,
		decidedAt: now,
		reading: { linkField: reading.linkField },
	};
	// The last one first: addresses that were exchanged go back in the order in which they are free.
	const people = amongOthers(done)
		.reverse()
		.flatMap((deed) => {
			const learner = accountOf(deed, present);
			return undoOne(deed, learner, present).flatMap((decision) =>
				withoutOwner({
					...(deed.who.id !== undefined && { employee: { ...deed.who, id: deed.who.id, custom: {} } }),
					...(learner && { learner }),
					decision: decision as PlannedPerson['decision'],
				}),
			);
		});
	return withBeside(inOrderOfAddresses(people, lms.learners)).map(({ decision, ...person }) => ({
		...person,
		decision: { ...decision, ...origin } as PlannedPerson['decision'],
	}));
}

/** The owner keeps the access, and what else was to be done becomes an entry of its own. */
function withoutOwner(person: PlannedPerson): PlannedPerson[] {
	const { held = [], decision, ...rest } = ownerKept(person);
	return [decision, ...held]
		.filter(({ action }) => action !== 'none')
		.map((each) => ({ ...rest, decision: each }));
}

/** A step that looks at an account again expects what the other decisions about it have changed. */
function withBeside(people: PlannedPerson[]): PlannedPerson[] {
	const byAccount = new Map<LearnerId, PlannedPerson[]>();
	for (const each of people) {
		if (!each.learner || !isApplicable(each.decision)) continue;
		byAccount.set(each.learner.id, [...(byAccount.get(each.learner.id) ?? []), each]);
	}
	return people.map((each) => {
		const all = (each.learner && byAccount.get(each.learner.id)) ?? [];
		const beside = all.filter((other) => other !== each).flatMap(({ decision }) => decision.changes);
		return beside.length > 0 ? { ...each, decision: { ...each.decision, beside } } : each;
	});
}

function presentOf(
	{ done, reading, appliedAt }: UndoFile,
	lms: LmsState,
	memberships: ReadonlyMap<LearnerId, string[]>,
	now: Instant,
): Present {
	const byLink = new Map<EmployeeId, Learner>();
	for (const each of lms.learners) {
		const hasAccess = (learner?: Learner) => learner !== undefined && learner.status !== 'inactive';
		if (each.link !== null && !hasAccess(byLink.get(each.link))) byLink.set(each.link, each);
	}
	const present: Present = {
		lms,
		memberships,
		linkField: reading.linkField,
		now,
		appliedAt,
		byId: new Map(lms.learners.map((each) => [each.id, each])),
		byLink,
		returning: new Set(),
	};
	const returning = done.flatMap((deed): LearnerId[] => {
		const learner = present.byId.get(deed.learner.id);
		const isBack = deed.action === 'deactivate' && learner && finalEnd(deed, learner, present) === undefined;
		return isBack ? [learner.id] : [];
	});
	return { ...present, returning: new Set(returning) };
}

/** The account that a deed is about, as it is now. */
function accountOf(deed: DeedToUndo, { byId, byLink }: Present): Learner | undefined {
	const { who, learner } = deed;
	const same = byId.get(learner.id);
	const isLost = learner.id === UNKNOWN || isDoubtful(deed, 'invite');
	if (same || (learner.status !== 'pending' && !isLost)) return same;
	// An invitation that was accepted has become an account.
	const link = who.id ?? learner.link;
	const heir = link === null ? undefined : byLink.get(link);
	return heir?.status === 'pending' && !isLost ? undefined : heir;
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
	const { action, who, learner: before, perhaps } = deed;
	const drafts = (): Draft[] => {
		if (action === 'create' || action === 'invite') return undoNew(deed, learner, present);
		if (learner === undefined) {
			const name = before.email || who.lastName || before.id;
			return impossible(
				deed,
				action === 'deactivate' && before.status === 'pending'
					? `The invitation to ${name} was cancelled. The mail cannot be sent a second time by the sync: invite from the LMS, if wanted.`
					: `The account of ${name} is gone from the LMS, so nothing can be taken back. If ${name} still works here, run the sync, which adds them anew.`,
			);
		}
		return action === 'deactivate' ? undoEnd(deed, learner, present) : undoChanges(deed, learner, present);
	};
	return perhaps ? drafts().map(withDoubt) : drafts();
}

const withDoubt = (draft: Draft): Draft =>
	draft.action === 'hold'
		? draft
		: {
				...draft,
				notes: [
					...(draft.notes ?? []),
					'A step of the run failed here. What is taken back is what the LMS shows as done.',
				],
			};

function undoNew(deed: DeedToUndo, learner: Learner | undefined, { lms }: Present): Draft[] {
	const { action, changes: done, learner: before, found } = deed;
	const email = String(changeTo(done, 'email') ?? before.email);
	const hasFailed = isDoubtful(deed, action === 'create' ? 'upsert' : 'invite');
	const replaced = done.find(({ field }) => field === 'email')?.from;
	if (learner === undefined || learner.status === 'inactive') {
		const stray = lms.learners.find((each) => each.link === null && hasAddress(each, email));
		if (hasFailed && stray && stray.status !== 'inactive') {
			return impossible(
				deed,
				`The step failed, and ${email} has an account or an invitation without a Personio ID. If it came with the run, end it in the LMS.`,
			);
		}
		if (hasFailed && before.id !== UNKNOWN) {
			return impossible(
				deed,
				`The invitation to ${before.email} was cancelled, and the new one was not sent. Invite from the LMS, if wanted.`,
			);
		}
		if (hasFailed || found) return [];
		return impossible(
			deed,
			`${email} has no invitation and no access any more, so there is nothing to be taken back.`,
		);
	}
	// The one that was to be replaced is still there.
	if (hasFailed && learner.id === before.id) return [];
	if (found) {
		return impossible(
			deed,
			`${email} was there already when the step came to it, be it from an earlier try or from before the run. End it in the LMS, if it came with the run.`,
		);
	}
	const isHeir = before.id !== UNKNOWN && learner.id !== before.id;
	if (learner.status === 'active' && (action === 'invite' || isHeir)) {
		return impossible(
			deed,
			`${email} has accepted the invitation since, and keeps the account. End the access in the LMS, if wanted.`,
		);
	}
	const why = notToBeEnded(deed, learner);
	if (why !== undefined) return impossible(deed, why);
	const isPending = learner.status === 'pending';
	const notes =
		action === 'invite'
			? ['The invitation mail was sent, and nobody can take it back. The invitation itself is cancelled.']
			: ['The account stays in the LMS without access. Its history and its address stay with it.'];
	if (action === 'invite' && replaced) {
		notes.push(`The invitation to ${String(replaced)} that was open before does not come back.`);
	}
	const change: Change = { field: 'status', from: learner.status, to: isPending ? 'canceled' : 'inactive' };
	return [{ ...blankFor(deed), action: 'deactivate', changes: [change], notes }];
}

const hasAddress = (learner: Learner, email: string): boolean =>
	addressKey(learner.email) === addressKey(email);
