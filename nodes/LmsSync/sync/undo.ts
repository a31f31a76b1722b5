import type {
	ApplicableDecision,
	AttributeValue,
	Change,
	EmployeeId,
	GroupRef,
	HeldDecision,
	Instant,
	Learner,
	LearnerId,
	ManagerChange,
} from '../../shared/item';
import { addressKey } from './attribute';
import type { Deed, UndoFile } from './deeds';
import { CUSTOM, FIELD_NAMES, fieldNamed, fit } from './diff';
import { groupKey, withoutBrought } from './groups';
import type { Group, LmsState } from './lmsState';
import { markOf } from './marks';
import { inOrderOfAddresses } from './moves';
import { hold } from './parts';
import type { PlannedPerson } from './plan';

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

type DeedToUndo = Deed & {
	keepsLink?: true;
	/** The former manager came with the same run, and goes with it. */
	lacksManager?: true;
	/** Who gets access again by the same undo. */
	returning: ReadonlySet<EmployeeId | undefined>;
};

type Draft = Omit<ApplicableDecision, 'platform'> | Omit<HeldDecision, 'platform'>;

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

function undoEnd(
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
	const toName = [account.firstName, account.lastName].filter((part) => part).join(' ') || account.email;
	return { label, from: null, to, toName };
}

function undoChanges(
	deed: DeedToUndo,
	learner: Learner,
	lms: LmsState,
	memberships: ReadonlyMap<LearnerId, string[]>,
	blank: Omit<ApplicableDecision, 'action'>,
): Draft[] {
	if (learner.status === 'inactive' && lms.markField !== undefined) {
		const message = `${learner.email} has lost access since, so nothing is put back.`;
		return [hold(blank, 'none', 'factsMoved', message)];
	}
	const notes: string[] = deed.keepsLink
		? ['The Personio ID stays at the account, since people report to it who are found by it.']
		: [];
	const changes = deed.changes.flatMap((change): Change[] => {
		const { field, label, to } = change;
		if (field === 'status') return [];
		const before = valueBefore(deed, change);
		const now = valueOf(learner, change);
		if (now !== undefined && same(field, now, before)) return [];
		if (now !== undefined && !same(field, now, to)) {
			const stays = now === null || now === '' ? 'empty' : `"${String(now)}"`;
			const name = FIELD_NAMES[field] ?? label ?? field;
			if (field !== 'mark') notes.push(`${name} was changed since, and stays ${stays}.`);
			return [];
		}
		const refusal = field.startsWith(CUSTOM) ? refusalOf(before, label ?? '', lms) : undefined;
		if (refusal !== undefined) {
			notes.push(refusal);
			return [];
		}
		if (change.newOption) notes.push(`"${String(to)}" stays on the list of "${label ?? field}".`);
		return [{ field, ...(label !== undefined && { label }), from: to, to: before }];
	});
	const { notes: groupNotes, ...groups } = inverseGroups(deed, learner, lms, memberships);
	notes.push(...groupNotes);
	const manager = inverseManager(deed, learner, lms, notes);
	const isReactivated = deed.changes.some(({ field, to }) => field === 'status' && to === 'active');
	const decisions: Draft[] = [];
	if (changes.length + groups.add.length + groups.remove.length > 0 || manager) {
		decisions.push({
			...blank,
			action: 'update',
			changes,
			groups,
			...(manager && { manager }),
			...(notes.length > 0 && { notes }),
		});
	} else if (notes.length > 0 && !isReactivated) {
		decisions.push(hold({ ...blank, notes }, 'none', 'factsMoved', notes.join(' ')));
	}
	if (isReactivated && learner.status === 'active') {
		const from = deed.changes.find(({ field }) => field === 'status')?.from;
		const isEnded = from === 'inactive';
		if (isEnded) {
			const end: Change = { field: 'status', from: 'active', to: 'inactive' };
			decisions.push({ ...blank, action: 'deactivate', changes: [end] });
		} else {
			const message = `${learner.email} was activated, and the LMS cannot make an invited account of it again.`;
			decisions.push(hold(blank, 'none', 'factsMoved', message));
		}
	}
	return decisions;
}

/** The groups that were left, and those that were joined. A group that another one brings cannot be left. */
function inverseGroups(
	{ groups: { add, remove }, learner: { groups: before = [] } }: Deed,
	{ id }: Learner,
	lms: LmsState,
	memberships: ReadonlyMap<LearnerId, string[]>,
): Deed['groups'] & { notes: string[] } {
	const keysOf = (names: string[]) => new Set(names.map(groupKey));
	const isIn = (keys: Set<string>) => (group: Pick<GroupRef, 'name'>) => keys.has(groupKey(group.name));
	const current = keysOf(memberships.get(id) ?? []);
	const joined = lms.groups.filter(isIn(keysOf(add.map(({ name }) => name)))).filter(isIn(current));
	const back = remove.filter((ref) => !isIn(current)(ref)).map(({ name }) => refFor(name, lms));
	const afterwards = new Set([...current, ...back.map(({ name }) => groupKey(name))]);
	const left = withoutBrought(joined, lms.groups.filter(isIn(afterwards)));
	const brought = new Set(joined.flatMap(({ brings = [] }) => brings));
	const known = keysOf([...before, ...left.map(({ name }) => name)]);
	const stay = lms.groups.filter(
		(group) => (brought.has(group.id) || joined.includes(group)) && !isIn(known)(group),
	);
	return {
		add: back,
		remove: left.map(({ name }) => refFor(name, lms)),
		notes: [
			...stay.map(({ name }) => `"${name}" comes with another group, and is not left.`),
			...comesAlong(back, [...before, ...(memberships.get(id) ?? [])], lms),
		],
	};
}

/** Groups that the LMS itself adds to those that are joined, beyond the ones that somebody was in. */
function comesAlong(joined: GroupRef[], before: string[], { groups }: LmsState): string[] {
	const keys = new Set([...before, ...joined.map(({ name }) => name)].map(groupKey));
	const isJoined = ({ id }: Group) => joined.some((ref) => ref.id === id);
	const brought = new Set(groups.filter(isJoined).flatMap(({ brings = [] }) => brings));
	return groups
		.filter(({ id, name }) => brought.has(id) && !keys.has(groupKey(name)))
		.map(({ name }) => `"${name}" comes with a group that is joined again.`);
}

/** Why a value cannot be put back into a custom field. Lists are not extended for it. */
function refusalOf(value: AttributeValue, label: string, { fields }: LmsState): string | undefined {
	const field = fieldNamed(label, fields);
	if (!field || field.missing) return `There is no field "${label}" any more, so it is not put back.`;
	const { extensible: _, ...strict } = field;
	if (value === null || fit(value, strict) !== undefined) return undefined;
	return `"${String(value)}" cannot be put back into "${label}", which does not take it.`;
}

/** What a restored account may have lost is written without a look at what it had. */
function valueBefore({ action, learner }: Deed, { field, from }: Change): AttributeValue {
	if (action !== 'reactivate' || !['link', 'accessEnds', 'mark'].includes(field)) return from;
	return (learner as unknown as Record<string, AttributeValue | undefined>)[field] ?? null;
}

function inverseManager(
	{ manager, lacksManager }: DeedToUndo,
	learner: Learner,
	{ learners }: LmsState,
	notes: string[],
): ManagerChange | undefined {
	if (!manager) return undefined;
	const { label, from, to, fromName, toName, mark } = manager;
	// Somebody else's manager is not the sync's to take away.
	if (learner.mark !== undefined && (markOf(learner.mark)?.manager ?? null) !== to) return undefined;
	const back = mark && inverseMark(mark);
	// Whoever comes back with the same undo is there by then.
	const isThere =
		from === null ||
		(!lacksManager && learners.some(({ link, status }) => link === from && status !== 'inactive'));
	if (!isThere) notes.push(`${fromName ?? from} has no account, and does not become the manager again.`);
	return {
		label,
		from: to,
		to: isThere ? from : null,
		...(toName !== undefined && { fromName: toName }),
		...(fromName !== undefined && { toName: fromName }),
		...(back && { mark: back }),
	};
}

const inverseMark = ({ field, label, from, to }: Change): Change => ({
	field,
	...(label !== undefined && { label }),
	from: to,
	to: from,
});

/** The value that an account has now; `undefined` where it was not read. */
function valueOf(learner: Learner, { field, label }: Change): AttributeValue | undefined {
	if (field.startsWith(CUSTOM)) {
		const value = learner.custom[label ?? field.slice(CUSTOM.length)];
		return value ?? (learner.partial ? undefined : null);
	}
	return (learner as unknown as Record<string, AttributeValue | undefined>)[field] ?? null;
}

function same(field: string, a: AttributeValue, b: AttributeValue): boolean {
	const text = (value: AttributeValue) => (value === null ? '' : String(value).normalize('NFC').trim());
	return field === 'email' ? addressKey(text(a)) === addressKey(text(b)) : text(a) === text(b);
}

/** A group by the id that it has now. */
function refFor(name: string, { groups, rootGroup }: LmsState): GroupRef {
	const found = groups.find((group) => groupKey(group.name) === groupKey(name));
	return found ? { name: found.name, id: found.id } : { name, ...(rootGroup && { below: rootGroup.id }) };
}

function unique(refs: GroupRef[]): GroupRef[] {
	const seen = new Set<string>();
	return refs.filter(({ name, id }) => !seen.has(id ?? groupKey(name)) && seen.add(id ?? groupKey(name)));
}
