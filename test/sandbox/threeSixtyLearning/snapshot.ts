import type { ThreeSixtyLearningState } from './state';
import type { CustomField, CustomValue, ExternalId, Group, Membership, User } from './types';

type Stamps = 'deletedAt' | 'reactivatedAt' | 'lastLoginDate';

export interface Snapshot {
	users: Omit<User, Stamps>[];
	groups: Group[];
	memberships: Membership[];
	managers: { userId: string; managerIds: string[] }[];
	customFields: CustomField[];
	values: { userId: string; values: CustomValue[] }[];
	externalIds: ExternalId[];
}

/** Sorted by id and without time stamps: two states are the same if nothing but the clock differs. */
export function snapshotOf(state: ThreeSixtyLearningState): Snapshot {
	const users = [...state.users.values()].map(
		({ deletedAt: _d, reactivatedAt: _r, lastLoginDate: _l, ...user }) => user,
	);
	const managers = [...state.managers].filter(([, ids]) => ids.length > 0);
	const values = [...state.values].filter(([, list]) => list.length > 0);
	return structuredClone({
		users: sorted(users, ({ _id }) => _id),
		groups: sorted(state.groups.values(), ({ _id }) => _id),
		memberships: sorted(
			state.memberships.all(),
			({ groupId, userId, role }) => `${groupId} ${userId} ${role}`,
		),
		managers: sorted(
			managers.map(([userId, ids]) => ({ userId, managerIds: sorted(ids, (id) => id) })),
			({ userId }) => userId,
		),
		customFields: sorted(state.customFields.values(), ({ _id }) => _id),
		values: sorted(
			values.map(([userId, list]) => ({ userId, values: sorted(list, (value) => value.customFieldId) })),
			({ userId }) => userId,
		),
		externalIds: sorted(state.externalIds.values(), ({ _id }) => _id),
	});
}

function sorted<T>(items: Iterable<T>, keyOf: (item: T) => string): T[] {
	return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
