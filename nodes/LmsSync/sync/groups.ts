import type { Employee, GroupChanges, GroupRef, Learner } from '../../shared/item';
import { memo } from '../../shared/memo';
import { tidy } from '../../shared/tidy';
import { applies, attributeOf, describe } from './attribute';
import type { GroupDirectory } from './groupDirectory';
import { PATH_SEPARATOR, type Group, type LmsState } from './lmsState';
import type { PlanSettings } from './settings';

type GroupSettings = Pick<PlanSettings, 'groupLevels' | 'groupRules' | 'createMissingGroups'>;

/** What the mapping says about the groups of one employee. */
interface Wanted {
	/** Group names by rules, and the path by levels. */
	byRules: string[];
	path: string[];
	/** Groups about which nothing is known, for want of an attribute. */
	undecidedRules: Set<string>;
	undecidedLevels: boolean;
}

/** Names of groups are the same whatever their letter case. */
export const groupKey = memo((name) => tidy(name).toLowerCase());

function wanted(employee: Employee, { groupLevels, groupRules }: GroupSettings): Wanted {
	const byRules: string[] = [];
	const undecidedRules = new Set<string>();
	for (const rule of groupRules) {
		const verdict = applies(rule, employee);
		if (verdict === true) byRules.push(rule.group);
		else if (verdict === undefined) undecidedRules.add(groupKey(rule.group));
	}
	const path: string[] = [];
	for (const field of groupLevels) {
		const value = attributeOf(employee, field);
		if (value === undefined) return { byRules, path: [], undecidedRules, undecidedLevels: true };
		const text = Array.isArray(value) ? value.join(', ') : String(value ?? '').trim();
		const segment = pathSegment(text);
		if (segment === '') break;
		path.push(segment);
	}
	return { byRules, path, undecidedRules, undecidedLevels: false };
}

/** What the mapping wants by name, whether or not it exists. */
export function wantedNames(
	employee: Employee,
	settings: GroupSettings,
): { names: string[]; isUndecided: boolean } {
	const { byRules, path, undecidedRules, undecidedLevels } = wanted(employee, settings);
	return {
		names: [...byRules, ...pathNames(path).slice(-1)],
		isUndecided: undecidedLevels || undecidedRules.size > 0,
	};
}

/** A name as one part of a path: without what would separate parts, or would begin a path from the top. */
export const pathSegment = memo((name) =>
	name
		.normalize('NFC')
		.split(PATH_SEPARATOR)
		.join(' / ')
		.replace(/^[\s/]+/, '')
		.trim(),
);

/** `['London', 'IT']` → `['London', 'London > IT']`, the last one being the group itself. */
function pathNames(path: string[]): string[] {
	return path.map((_, depth) => path.slice(0, depth + 1).join(PATH_SEPARATOR));
}

/**
 * The existing groups that the mapping can name: those of the rules, those of the levels of any employee
 * in the roster, those that this sync made. Learners join and leave these; all other groups are not ours.
 * The root group of a sync is joined and never left.
 */
export function managedGroups(employees: Employee[], lms: Tree, settings: GroupSettings): Group[] {
	const { groups, rootGroup } = lms;
	const wantedBySome = new Set(settings.groupRules.map((rule) => rule.group));
	for (const employee of employees) {
		const path = pathNames(wanted(employee, settings).path);
		// Without leave to create groups, or by the rule of a tree, people may be in a group further up.
		const all = !settings.createMissingGroups || rootGroup !== undefined;
		for (const name of all ? path : path.slice(-1)) wantedBySome.add(name);
	}
	const names = new Set([...wantedBySome].map(groupKey));
	const hasLevels = settings.groupLevels.length > 0;
	return groups.filter(
		({ id, name, own }) =>
			names.has(groupKey(name)) || (own && hasLevels) || (rootGroup !== undefined && id === rootGroup.id),
	);
}

type Tree = Pick<LmsState, 'groups' | 'rootGroup'>;

export interface GroupDecision extends GroupChanges {
	notes: string[];
}

/**
 * Which managed groups a person joins and leaves.
 *
 * @param learner absent for a new person; its `groups` absent where memberships were not read, and then
 * nothing is left
 */
export function groupChanges(
	employee: Employee,
	learner: Learner | undefined,
	directory: GroupDirectory,
	settings: GroupSettings,
): GroupDecision {
	const { rootGroup } = directory;
	const want = wanted(employee, settings);
	const notes: string[] = [];
	// A new account is made in the root group, and an ended one comes back in it.
	const isMadeThere = learner === undefined || learner.status === 'inactive';

	const targets: GroupRef[] = rootGroup && !isMadeThere ? [refOf(rootGroup)] : [];
	const aim = (names: string[], byLevels: boolean) => {
		const name = names.at(-1);
		if (name === undefined) return;
		const existing = deepest(names, directory);
		const join = (target: GroupRef) => {
			if (byLevels) target.byLevels = true;
			targets.push(target);
		};
		if (existing && groupKey(existing.name) === groupKey(name)) {
			join(refOf(existing));
		} else if (settings.createMissingGroups) {
			join(rootGroup ? { name, below: rootGroup.id } : { name });
		} else if (existing) {
			join(refOf(existing));
			notes.push(`There is no group "${name}": ${describe(employee)} goes to "${existing.name}".`);
		} else {
			const isLevel = byLevels && rootGroup;
			const goes = isLevel && `: ${describe(employee)} goes to "${rootGroup.name}", the root group`;
			notes.push(
				`There is no group "${name}"${goes ?? ''}. Create it, or switch on "Create Missing Groups".`,
			);
		}
	};
	for (const name of want.byRules) aim([name], false);
	// In a tree the LMS keeps a record of such groups.
	aim(pathNames(want.path), rootGroup !== undefined);

	const held = learner?.groups ?? [];
	if (held.length === 0) return { add: unique(targets), remove: [], notes };
	const wantedKeys = new Set(targets.map((target) => groupKey(target.name)));
	const current = new Set(held.map(groupKey));
	const stays = (key: string) => wantedKeys.has(key) || want.undecidedRules.has(key);
	const unwanted = directory
		.managedWith(new Set([...current].filter((key) => !stays(key))))
		.filter((group) => group.id !== rootGroup?.id);
	return {
		add: unique(targets).filter((target) => !current.has(groupKey(target.name))),
		// While a level is unknown, any group may be the one it stands for.
		remove: want.undecidedLevels
			? []
			: withoutBrought(unwanted, directory.with([...current, ...wantedKeys])).map(refOf),
		notes,
	};
}

/** The last of the groups along a path that there is. */
function deepest(names: string[], directory: GroupDirectory): Group | undefined {
	for (let depth = names.length - 1; depth >= 0; depth--) {
		const group = directory.named(names[depth] ?? '');
		if (group) return group;
	}
	return undefined;
}

const refOf = ({ id, name }: Group): GroupRef => ({ name, id });

/** Without the groups that somebody is in because of another group, which is not left. */
export function withoutBrought(leaving: Group[], memberships: Group[]): Group[] {
	if (leaving.length === 0) return leaving;
	const gone = new Set(leaving.map(({ id }) => id));
	const brought = new Set(memberships.flatMap(({ id, brings = [] }) => (gone.has(id) ? [] : brings)));
	const left = leaving.filter(({ id }) => !brought.has(id));
	return left.length === leaving.length ? left : withoutBrought(left, memberships);
}

function unique(refs: GroupRef[]): GroupRef[] {
	if (refs.length < 2) return refs;
	const seen = new Set<string>();
	return refs.filter((ref) => !seen.has(groupKey(ref.name)) && seen.add(groupKey(ref.name)));
}
