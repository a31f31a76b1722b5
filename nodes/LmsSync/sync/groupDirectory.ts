import { groupKey } from './groups';
import type { Group, LmsState } from './lmsState';

/**
 * The groups of an LMS by their names, and those of them that the mapping manages. Made once for a run: a
 * look through all groups for each person would grow with both.
 */
export class GroupDirectory {
	readonly rootGroup: Group | undefined;

	private readonly byName = new Map<string, Group>();

	private readonly byKey: ReadonlyMap<string, Group[]>;

	private readonly managedByKey: ReadonlyMap<string, Group[]>;

	/** Where a managed group is among all of them. */
	private readonly places: ReadonlyMap<Group, number>;

	constructor({ groups, rootGroup }: Pick<LmsState, 'groups' | 'rootGroup'>, managed: Group[]) {
		this.rootGroup = rootGroup;
		for (const group of groups) if (!this.byName.has(group.name)) this.byName.set(group.name, group);
		this.byKey = inKeys(groups);
		this.managedByKey = inKeys(managed);
		this.places = new Map(managed.map((group, place) => [group, place]));
	}

	/** The group of just that name, else the first one that differs in its spelling alone. */
	named(name: string): Group | undefined {
		return this.byName.get(name) ?? this.byKey.get(groupKey(name))?.[0];
	}

	/** All groups with one of these keys. */
	with(keys: Iterable<string>): Group[] {
		return [...new Set(keys)].flatMap((key) => this.byKey.get(key) ?? []);
	}

	/** Managed groups with one of these keys, in their own order. */
	managedWith(keys: ReadonlySet<string>): Group[] {
		const found = [...keys].flatMap((key) => this.managedByKey.get(key) ?? []);
		return found.sort((one, other) => this.placeOf(one) - this.placeOf(other));
	}

	private placeOf(group: Group): number {
		return this.places.get(group) ?? 0;
	}
}

function inKeys(groups: Group[]): Map<string, Group[]> {
	const found = new Map<string, Group[]>();
	for (const group of groups) {
		const key = groupKey(group.name);
		const same = found.get(key);
		if (same) same.push(group);
		else found.set(key, [group]);
	}
	return found;
}
