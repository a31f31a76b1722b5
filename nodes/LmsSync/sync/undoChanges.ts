import type { AttributeValue, Change, EmployeeId, Learner, ManagerChange } from '../../shared/item';
import { asideAddress } from './addresses';
import { addressKey } from './attribute';
import type { Deed } from './deeds';
import { tidy } from '../../shared/tidy';
import { CUSTOM, FIELD_NAMES, fieldNamed, fit, heldIn } from './diff';
import type { LmsState } from './lmsState';
import { markOf } from './marks';
import { blankFor, impossible, isDoubtful, type DeedToUndo, type Draft, type Present } from './undoDraft';
import { inverseGroups } from './undoGroups';
import { handedOver, notToBeEnded } from './undoWhose';

/** Changed fields, groups and managers taken back, but for what somebody has changed since. */
export function undoChanges(deed: DeedToUndo, learner: Learner, present: Present): Draft[] {
	const { lms } = present;
	if (learner.status === 'inactive' && lms.markField !== undefined) {
		if (deed.action === 'reactivate' && isDoubtful(deed, 'upsert')) return [];
		return impossible(deed, `${learner.email} has lost access since, so nothing is put back.`);
	}
	const why = handedOver(deed, learner);
	if (why !== undefined) return impossible(deed, why);
	const notes: string[] = deed.keepsLink
		? ['The Personio ID stays at the account, since people report to it who are found by it.']
		: [];
	const changes = deed.changes.flatMap((change): Change[] => {
		const { field, label, to } = change;
		if (field === 'status') return [];
		const before = valueBefore(deed, change);
		const now = valueOf(learner, change);
		if (now !== undefined && same(field, now, before)) return [];
		// What a failed step may not have written is not emptied on suspicion.
		if (now === undefined && isDoubtful(deed, 'upsert')) return [];
		const isAside = field === 'email' && same(field, now ?? null, asideAddress(learner.id));
		if (now !== undefined && !same(field, now, to) && !isAside) {
			const stays = now === null || now === '' ? 'empty' : `"${String(now)}"`;
			const name = FIELD_NAMES[field] ?? label ?? field;
			if (field !== 'mark')
				notes.push(`${name} was changed since, and stays ${stays}. Change it by hand in the LMS, if wanted.`);
			return [];
		}
		const refusal = field.startsWith(CUSTOM) ? refusalOf(before, label ?? '', lms) : undefined;
		if (refusal !== undefined) {
			notes.push(refusal);
			return [];
		}
		if (change.newOption) notes.push(`"${String(to)}" stays on the list of "${label ?? field}".`);
		return [{ field, ...(label !== undefined && { label }), from: isAside ? (now ?? null) : to, to: before }];
	});
	const { notes: groupNotes, ...groups } = inverseGroups(deed, learner, present);
	notes.push(...groupNotes);
	const inverse = inverseManager(deed, learner, present, notes);
	const manager = inverse && (inverse.from ?? inverse.to) !== null ? inverse : undefined;
	// The manager was there before, and stays.
	if (inverse?.mark && !manager) changes.push(inverse.mark);
	const isReactivated = deed.changes.some(({ field, to }) => field === 'status' && to === 'active');
	const decisions: Draft[] = [];
	if (changes.length + groups.add.length + groups.remove.length > 0 || manager) {
		decisions.push({
			...blankFor(deed),
			action: 'update',
			changes,
			groups,
			...(manager && { manager }),
			...(notes.length > 0 && { notes }),
		});
	} else if (notes.length > 0 && !isReactivated) {
		decisions.push(...impossible(deed, notes.join(' '), notes));
	}
	if (isReactivated) decisions.push(...undoReturn(deed, learner));
	return decisions;
}

/** Access that was given back, ended again. */
function undoReturn(deed: DeedToUndo, learner: Learner): Draft[] {
	const from = deed.changes.find(({ field }) => field === 'status')?.from;
	if (from === 'inactive') {
		if (learner.status === 'inactive') return [];
		const why = notToBeEnded(deed, learner);
		if (why !== undefined) return impossible(deed, why);
		const end: Change = { field: 'status', from: learner.status, to: 'inactive' };
		return [{ ...blankFor(deed), action: 'deactivate', changes: [end] }];
	}
	if (learner.status !== 'active') return [];
	return impossible(
		deed,
		`${learner.email} was activated, and the LMS cannot make an invited account of it again.`,
	);
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
	deed: DeedToUndo,
	learner: Learner,
	present: Present,
	notes: string[],
): ManagerChange | undefined {
	const { manager, lacksManager } = deed;
	const { byLink } = present;
	if (!manager) return undefined;
	const { label, from, to, fromName, toName, mark, isThere } = manager;
	const isNoted = learner.mark === undefined || (markOf(learner.mark)?.manager ?? null) === to;
	if (!isNoted && isDoubtful(deed, 'setManager')) return inverseOfHalf(deed, manager, learner, present);
	// Somebody else's manager is not the sync's to take away.
	if (!isNoted) return undefined;
	const back = mark && inverseMark(mark);
	// Whoever comes back with the same undo is there by then.
	const former = from === null ? undefined : byLink.get(from);
	const isBack = from === null || (!lacksManager && former !== undefined && former.status !== 'inactive');
	if (!isBack) notes.push(`${fromName ?? from} has no account, and does not become the manager again.`);
	return {
		label,
		// Whom somebody had set before the sync did is not taken away.
		from: isThere ? null : to,
		to: isBack ? from : null,
		...(toName !== undefined && { fromName: toName }),
		...(fromName !== undefined && { toName: fromName }),
		...(back && { mark: back }),
	};
}

/** Of a change that failed before it was noted: what of it the LMS shows. */
function inverseOfHalf(
	{ lacksManager }: DeedToUndo,
	{ label, from, to, fromName, toName, isThere }: ManagerChange,
	{ id }: Learner,
	{ lms, byLink }: Present,
): ManagerChange {
	const hasReport = (link: EmployeeId | null): boolean | undefined => {
		const account = link === null ? undefined : byLink.get(link);
		return account && lms.reports?.get(account.id)?.has(id);
	};
	const isSet = hasReport(to) === true && !isThere;
	const isGone = hasReport(from) === false && !lacksManager;
	return {
		label,
		from: isSet ? to : null,
		to: isGone ? from : null,
		...(toName !== undefined && { fromName: toName }),
		...(fromName !== undefined && { toName: fromName }),
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
		return heldIn(learner, label ?? field.slice(CUSTOM.length)) ?? (learner.partial ? undefined : null);
	}
	if (!Object.hasOwn(learner, field)) return null;
	return (learner as unknown as Record<string, AttributeValue | undefined>)[field] ?? null;
}

function same(field: string, a: AttributeValue, b: AttributeValue): boolean {
	const text = (value: AttributeValue) => (value === null ? '' : tidy(String(value)));
	return field === 'email' ? addressKey(text(a)) === addressKey(text(b)) : text(a) === text(b);
}
