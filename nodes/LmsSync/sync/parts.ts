import type {
	ApplicableDecision,
	Change,
	Decision,
	GroupRef,
	HeldDecision,
	HoldCode,
	LimitKind,
} from '../../shared/item';

/** What of a decision can be withheld while the rest of it goes on. `all` is the decision itself. */
export type Part = 'all' | 'end' | 'groups' | 'email';

/** A decision, and what was withheld of it. */
export interface Parted {
	decision: Decision;
	held?: HeldDecision[];
}

type Draft = Omit<ApplicableDecision, 'action'>;

/** A decision withheld: what would have been done stays readable, and nothing of it is applied. */
export function hold(
	decision: Draft,
	withheld: HeldDecision['withheld'],
	code: HoldCode,
	message: string,
): HeldDecision {
	const { reason, changes, groups, home, manager, accessEnds, notes, parkEmail, dryRun } = decision;
	return {
		action: 'hold',
		withheld,
		reason,
		changes,
		invite: false,
		groups,
		...(home && { home }),
		...(manager && { manager }),
		...(accessEnds !== undefined && { accessEnds }),
		...(notes && { notes }),
		...(parkEmail && { parkEmail }),
		dryRun,
		hold: { code, message },
	};
}

export const isApplicable = (decision: Decision | undefined): decision is ApplicableDecision =>
	decision !== undefined && decision.action !== 'none' && decision.action !== 'hold';

/** Ends access on a day, or on an earlier one than before, at an account that stays for now. */
export const isEnd = ({ field, from, to }: Change): boolean =>
	field === 'accessEnds' && to !== null && (from === null || String(to) < String(from));

const isEmail = ({ field }: Change): boolean => field === 'email';

/** What a limit would take off a decision, `undefined` where the limit is not about it. */
export function partFor(kind: LimitKind, decision: Decision): Part | undefined {
	if (!isApplicable(decision)) return undefined;
	const { action, changes, groups } = decision;
	switch (kind) {
		case 'deactivations':
			if (action === 'deactivate') return 'all';
			return action === 'update' && changes.some(isEnd) ? 'end' : undefined;
		case 'groupRemovals':
			return groups.remove.length > 0 ? 'groups' : undefined;
		case 'invitations':
			return action === 'invite' ? 'all' : undefined;
		case 'creations':
			return action === 'create' ? 'all' : undefined;
		case 'emailChanges':
			return (action === 'update' || action === 'reactivate') && changes.some(isEmail) ? 'email' : undefined;
	}
}

/** Takes a part off a decision and holds it; the rest goes on, if there is any. */
export function withhold<Person extends Parted>(
	person: Person,
	part: Part,
	code: HoldCode,
	message: string,
	isHeldGroup: (group: GroupRef) => boolean = () => true,
): Person {
	const { decision } = person;
	if (!isApplicable(decision)) return person;
	if (part === 'all') return { ...person, decision: hold(decision, decision.action, code, message) };

	const isHeld = part === 'end' ? isEnd : part === 'email' ? isEmail : () => false;
	const { add, remove } = decision.groups;
	const stays = part === 'groups' ? remove.filter(isHeldGroup) : [];
	const { manager: _, home: __, parkEmail, ...bare } = decision;
	const held = hold(
		{
			...bare,
			...(part === 'email' && parkEmail && { parkEmail }),
			changes: decision.changes.filter(isHeld),
			groups: { add: [], remove: stays },
		},
		part === 'end' ? 'deactivate' : part === 'email' ? 'fields' : 'groups',
		code,
		message,
	);
	const { parkEmail: ___, accessEnds, ...rest } = decision;
	const kept = {
		...rest,
		changes: decision.changes.filter((change) => !isHeld(change)),
		groups: { add, remove: remove.filter((group) => !stays.includes(group)) },
		...(part !== 'end' && accessEnds !== undefined && { accessEnds }),
		...(part !== 'email' && parkEmail && { parkEmail }),
	};
	return {
		...person,
		decision: isEmptyUpdate(kept) ? ({ ...kept, action: 'none' } as Decision) : (kept as Decision),
		held: [...(person.held ?? []), held],
	};
}

export const isEmptyUpdate = ({ action, changes, groups, manager }: Draft & { action: string }): boolean =>
	action === 'update' &&
	changes.length + groups.add.length + groups.remove.length === 0 &&
	manager === undefined;

/** What a held decision would do, for a person who lets it go; `undefined` where there is nothing to be done. */
export function released(decision: HeldDecision): ApplicableDecision['action'] | undefined {
	const { withheld, changes } = decision;
	switch (withheld) {
		case 'none':
			return undefined;
		case 'deactivate':
			return changes.some(({ field }) => field === 'status') ? 'deactivate' : 'update';
		case 'groups':
		case 'manager':
		case 'fields':
			return 'update';
		default:
			return withheld;
	}
}
