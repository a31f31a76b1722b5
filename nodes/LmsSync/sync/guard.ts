import {
	EMPLOYEE_FIELDS,
	type ApplicableDecision,
	type Decision,
	type Employee,
	type Learner,
	type Roster,
} from '../../shared/item';
import { endFields } from './lifecycle';
import type { LmsState } from './lmsState';
import type { Configuration } from './memory';
import { isApplicable, isEmptyUpdate, isEnd, withhold, type Part } from './parts';
import type { PlannedPerson } from './plan';
import type { PlanSettings } from './settings';

/**
 * Attributes that the settings use and that are neither in the employee record nor among those that
 * Personio was asked for: without them a mapping, a rule or a filter would silently do nothing.
 */
export function unreadAttributes(settings: PlanSettings, employees: Employee[], roster: Roster): string[] {
	const asked = new Set<string>([
		'id',
		...(roster.attributes ?? EMPLOYEE_FIELDS),
		...(roster.customAttributes ?? []),
	]);
	const names = settings.usePreferredName ? ['preferredName'] : [];
	return [...new Set([...decidingAttributes(settings), ...names])].filter(
		(name) => !asked.has(name) && !employees.some(({ custom }) => Object.hasOwn(custom, name)),
	);
}

/** The attributes that decide about somebody: if one is not delivered, nothing may be taken away. */
export function decidingAttributes(settings: Configuration): string[] {
	return [
		'status',
		// Tells whose an account without a link is.
		'email',
		// Tells an end date of an earlier employment from one of this.
		'hireDate',
		...endFields(settings.endAccess),
		...settings.groupLevels,
		...settings.groupRules.map(({ field }) => field),
		...settings.scope.filters.map(({ field }) => field),
		...settings.fieldMapping.map(({ attribute }) => attribute),
	];
}

/** Why nothing may be taken away on the strength of this roster, or `undefined` if it may. */
export function incompleteness(roster: Roster, settings: Configuration): string | undefined {
	const reasons: string[] = [];
	if (!roster.complete) reasons.push(roster.reason ?? 'The roster is not complete.');
	const deciding = new Set(decidingAttributes(settings));
	const missing = roster.missingAttributes.filter((name) => deciding.has(name) && name !== 'status');
	if (missing.length > 0) {
		const otherwise = roster.apiVersion === 'v2' ? ', or choose "V1" as "API Version"' : '';
		reasons.push(
			`Personio did not deliver ${missing.join(', ')}. Grant ${missing.length > 1 ? 'these attributes' : 'this attribute'} to the integration in Personio${otherwise}.`,
		);
	}
	return reasons.length > 0 ? reasons.join(' ') : undefined;
}

/**
 * Holds what an incomplete roster does not allow: deactivations, the leaving of groups, and the linking of
 * accounts by their address. The rest of a decision goes on, if there is any.
 */
export function withoutRemovals(person: PlannedPerson, reason: string): PlannedPerson {
	const { decision, learner } = person;
	if (!isApplicable(decision)) return person;
	const message = `Held because the employees were not read completely: ${reason}`;
	// Somebody who was not delivered may have the same address.
	if (decision.action === 'deactivate' || isByAddress(learner, decision))
		return withhold(person, 'all', 'incompleteRoster', message);
	if (decision.groups.remove.length === 0) return person;
	return withhold(person, 'groups', 'incompleteRoster', message);
}

const isByAddress = (learner: Learner | undefined, { changes }: ApplicableDecision): boolean =>
	learner?.link === null && changes.some(({ field }) => field === 'link');

/**
 * Holds what could be wrong if the LMS has more accounts or groups than it delivered: new accounts, links,
 * whatever ends, changed addresses, and the leaving of groups. Other fields of linked accounts go on.
 */
export function withoutNewcomers(person: PlannedPerson, { gaps }: Pick<LmsState, 'gaps'>): PlannedPerson {
	const { decision } = person;
	if (!gaps || !isApplicable(decision)) return person;
	const message = `Held because the LMS did not deliver its lists completely: ${gaps.map((gap) => gap.message).join(' ')}`;
	const isLinked = decision.action === 'update' && !decision.changes.some(({ field }) => field === 'link');
	if (!isLinked) return withhold(person, 'all', 'incompleteLearners', message);
	const parts: Part[] = [];
	if (decision.groups.remove.length > 0) parts.push('groups');
	// The address may be that of somebody who was not delivered.
	if (decision.changes.some(({ field }) => field === 'email')) parts.push('email');
	const known = { ...person, decision: withoutNewGroups(decision) };
	return parts.reduce((each, part) => withhold(each, part, 'incompleteLearners', message), known);
}

/** A group that was not delivered would be made a second time. */
function withoutNewGroups(decision: ApplicableDecision): Decision {
	const { add, remove } = decision.groups;
	const missing = add.filter(({ id }) => id === undefined);
	if (missing.length === 0) return decision;
	const names = missing.map(({ name }) => `"${name}"`).join(', ');
	const kept: ApplicableDecision = {
		...decision,
		groups: { add: add.filter((ref) => !missing.includes(ref)), remove },
		notes: [...(decision.notes ?? []), `${names} is not made while the lists of the LMS are not whole.`],
	};
	return isEmptyUpdate(kept) ? { ...kept, action: 'none' } : kept;
}

/** Both names, where an account has them: by its address alone it may be that of somebody else. */
const isRenamed = ({ changes }: ApplicableDecision): boolean =>
	['firstName', 'lastName'].every((name) => changes.some(({ field, from }) => field === name && from));

/**
 * Among a part of the employees, nobody can tell who else has the address of an account without a link. A read
 * by an address delivers all who have it, so only what ends at once is left to a sync of all.
 */
export function onlyLinked(person: PlannedPerson, { byAddress }: Pick<Roster, 'byAddress'>): PlannedPerson {
	const { employee, learner, decision } = person;
	if (!isApplicable(decision) || !learner || learner.link === employee?.id) return person;
	const message = `The account ${learner.email} carries no Personio id, and only a part of the employees was read, so it is not certain whose it is. A sync of all employees decides.`;
	const held = (part: Part) => withhold(person, part, 'incompleteRoster', message);
	if (decision.action === 'deactivate') return held('all');
	if (byAddress) return person;
	if (isByAddress(learner, decision) || isRenamed(decision)) return held('all');
	return decision.action === 'update' && decision.changes.some(isEnd) ? held('end') : person;
}

/** The LMS never lets its owner go, so neither does a plan. */
export function ownerKept(person: PlannedPerson): PlannedPerson {
	const { learner, decision } = person;
	if (!learner?.owner || !isApplicable(decision)) return person;
	const message = `${learner.email} owns the platform, and the LMS never ends the access of its owner. Hand the ownership over in the LMS first.`;
	if (decision.action === 'deactivate') return withhold(person, 'all', 'ownerAccount', message);
	return decision.changes.some(isEnd) ? withhold(person, 'end', 'ownerAccount', message) : person;
}
