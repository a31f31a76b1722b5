import type { LearnUponState } from './state';
import type { Group, Invite, Membership, User } from './types';

type Stamps = 'createdAt' | 'updatedAt' | 'acceptedAt' | 'lastSignInAt';

export interface Snapshot {
	users: Omit<User, Stamps>[];
	invites: Omit<Invite, Stamps>[];
	groups: Omit<Group, Stamps>[];
	memberships: Membership[];
}

const STAMPS: ReadonlySet<string> = new Set<Stamps>(['createdAt', 'updatedAt', 'acceptedAt', 'lastSignInAt']);

/** Sorted by id and without time stamps: two states are the same if nothing but the clock differs. */
export function snapshotOf(state: LearnUponState): Snapshot {
	for (const user of state.users.values()) state.settle(user);
	return structuredClone({
		users: byId(state.users.values()).map(withoutStamps),
		invites: byId(state.invites.values()).map(withoutStamps),
		groups: byId(state.groups.values()).map(withoutStamps),
		memberships: byId(state.memberships),
	});
}

function byId<T extends { id: number }>(items: Iterable<T>): T[] {
	return [...items].sort((a, b) => a.id - b.id);
}

function withoutStamps<T extends object>(record: T): Omit<T, Stamps> {
	const entries = Object.entries(record).filter(([key]) => !STAMPS.has(key));
	return Object.fromEntries(entries) as Omit<T, Stamps>;
}
