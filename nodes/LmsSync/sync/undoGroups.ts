import type { GroupRef, Learner } from '../../shared/item';
import type { Deed } from './deeds';
import { groupKey, withoutBrought } from './groups';
import type { Group, LmsState } from './lmsState';
import type { Present } from './undoDraft';

/** The groups that were left, and those that were joined. A group that another one brings cannot be left. */
export function inverseGroups(
	{ groups: { add, remove }, learner: { groups: before = [] } }: Deed,
	{ id }: Learner,
	{ lms, memberships }: Present,
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
export function comesAlong(joined: GroupRef[], before: string[], { groups }: LmsState): string[] {
	const keys = new Set([...before, ...joined.map(({ name }) => name)].map(groupKey));
	const isJoined = ({ id }: Group) => joined.some((ref) => ref.id === id);
	const brought = new Set(groups.filter(isJoined).flatMap(({ brings = [] }) => brings));
	return groups
		.filter(({ id, name }) => brought.has(id) && !keys.has(groupKey(name)))
		.map(({ name }) => `"${name}" comes with a group that is joined again.`);
}

/** A group by the id that it has now. */
export function refFor(name: string, { groups, rootGroup }: LmsState): GroupRef {
	const found = groups.find((group) => groupKey(group.name) === groupKey(name));
	return found ? { name: found.name, id: found.id } : { name, ...(rootGroup && { below: rootGroup.id }) };
}

export function unique(refs: GroupRef[]): GroupRef[] {
	const seen = new Set<string>();
	return refs.filter(({ name, id }) => !seen.has(id ?? groupKey(name)) && seen.add(id ?? groupKey(name)));
}
