import type { LearnerId } from '../../shared/item';

/**
 * The groups that each learner is in.
 *
 * @param names of groups
 * @param members of each of them. What counts is the order of the names, not which answer came first: a second
 * plan is to show the same.
 */
export function namesByMember(
	names: readonly string[],
	members: ReadonlyArray<readonly LearnerId[]>,
): Map<LearnerId, string[]> {
	const found = new Map<LearnerId, string[]>();
	for (const [index, name] of names.entries()) {
		for (const learner of members[index] ?? []) {
			found.set(learner, [...(found.get(learner) ?? []), name]);
		}
	}
	return found;
}
