import type {
	ApplicableDecision,
	Change,
	EmployeeId,
	HeldDecision,
	Instant,
	Learner,
	LearnerId,
	ManagerChange,
} from '../../shared/item';
import type { Deed, UndoFile } from './deeds';
import type { LmsState } from './lmsState';
import { markOf } from './marks';
import { inOrderOfAddresses } from './moves';
import { hold } from './parts';
import type { PlannedPerson } from './plan';
import { undoChanges } from './undoChanges';
import { undoEnd } from './undoEnd';

export type DeedToUndo = Deed & {
	keepsLink?: true;
	/** The former manager came with the same run, and goes with it. */
	lacksManager?: true;
	/** Who gets access again by the same undo. */
	returning: ReadonlySet<EmployeeId | undefined>;
};

export type Draft = Omit<ApplicableDecision, 'platform'> | Omit<HeldDecision, 'platform'>;

const NO_GROUPS = { add: [], remove: [] };

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
	const accounts = new Map(lms.learners.map((each) => [each.id, each]));
	const origin = { platform, dryRun, undoes: true as const, decidedAt: now };
	// The last one first: addresses that were exchanged go back in the order in which they are free.
	const people = amongOthers(done)
		.reverse()
		.flatMap((deed) => {
			const learner = accounts.get(deed.learner.id) ?? heir(deed, lms);
			return undoOne(deed, learner, lms, memberships, reading.linkField, now).map(
				(decision): PlannedPerson => ({
					...(deed.who.id !== undefined && { employee: { ...deed.who, id: deed.who.id, custom: {} } }),
					...(learner && { learner }),
					decision: { ...decision, ...origin } as PlannedPerson['decision'],
				}),
			);
		});
	return [
		...inOrderOfAddresses(people, lms.learners),
		...reportsBack(people, lms, origin, reading.linkField),
	];
}

/** An account that ended has lost its reports too; those whom the sync had given to it are given back. */
function reportsBack(
	people: PlannedPerson[],
	{ learners, hasManagers }: LmsState,
	origin: object,
	label: string,
): PlannedPerson[] {
	if (!hasManagers) return [];
	const back = new Map(
		people.flatMap(({ employee, learner, decision }) =>
			decision.action === 'reactivate' && employee ? [[employee.id, learner?.email ?? ''] as const] : [],
		),
	);
	return learners.flatMap((learner): PlannedPerson[] => {
		const to = markOf(learner.mark)?.manager;
		const toName = to ? back.get(to) : undefined;
		if (!to || toName === undefined || learner.status === 'inactive') return [];
		const manager: ManagerChange = { label, from: null, to, toName };
		const decision = {
			...origin,
			action: 'update',
			reason: `Takes back: ${toName} was the manager.`,
			changes: [],
			invite: false,
			groups: NO_GROUPS,
			manager,
		} as unknown as ApplicableDecision;
		return [{ learner, decision }];
	});
}

/** What the undo of everybody means for each of them. */
function amongOthers(done: Deed[]): DeedToUndo[] {
	const managers = new Set(done.flatMap(({ manager }) => [manager?.from, manager?.to]));
	const comers = new Set(
		done.filter(({ action }) => ['create', 'invite', 'reactivate'].includes(action)).map(({ who }) => who.id),
	);
	const returning = new Set(done.filter(({ action }) => action === 'deactivate').map(({ who }) => who.id));
	return done.map((deed): DeedToUndo => {
		const { changes, who, manager } = deed;
		const isUnlinked = managers.has(who.id) && changes.some(({ field }) => field === 'link');
		const lacksManager = manager?.from && comers.has(manager.from);
		return {
			...deed,
			returning,
			// Managers are found by their link.
			...(isUnlinked && { changes: changes.filter(({ field }) => field !== 'link'), keepsLink: true }),
			...(lacksManager && { lacksManager: true }),
		};
	});
}

/** An invitation that was accepted has become an account. */
const heir = ({ who, learner }: Deed, { learners }: LmsState): Learner | undefined =>
	learners.find(
		({ link, status }) => status !== 'pending' && link !== null && link === (who.id ?? learner.link),
	);

function undoOne(
	deed: DeedToUndo,
	learner: Learner | undefined,
	lms: LmsState,
	memberships: ReadonlyMap<LearnerId, string[]>,
	linkField: string,
	now: Instant,
): Draft[] {
	const { action } = deed;
	const blank = {
		reason: `Takes back: ${action}.`,
		changes: [],
		invite: false,
		groups: NO_GROUPS,
		dryRun: true,
	};
	const impossible = (message: string): Draft[] => [hold({ ...blank }, 'none', 'factsMoved', message)];
	const name = deed.learner.email || deed.who.lastName || deed.learner.id;
	if (action === 'create' || action === 'invite') return undoNew(deed, learner, blank, impossible);
	if (learner === undefined) {
		return impossible(
			action === 'deactivate' && deed.learner.status === 'pending'
				? `The invitation to ${name} was cancelled. The mail cannot be sent a second time by the sync: invite from the LMS, if wanted.`
				: `The account of ${name} is gone from the LMS, so nothing can be taken back.`,
		);
	}
	return action === 'deactivate'
		? undoEnd(deed, learner, lms, memberships, linkField, now, blank, impossible)
		: undoChanges(deed, learner, lms, memberships, blank);
}

function undoNew(
	{ action, learner: before, changes: done }: Deed,
	learner: Learner | undefined,
	blank: Omit<ApplicableDecision, 'action'>,
	impossible: (message: string) => Draft[],
): Draft[] {
	const { email } = before;
	if (learner === undefined || learner.status === 'inactive') {
		return impossible(
			`${email} has no invitation and no access any more, so there is nothing to be taken back.`,
		);
	}
	if (action === 'invite' && learner.status === 'active') {
		return impossible(
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
	return [{ ...blank, action: 'deactivate', changes: [change], notes }];
}
