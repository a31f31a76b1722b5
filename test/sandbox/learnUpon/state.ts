import { isSameAddress } from '../core/address';
import type { Clock } from '../core/clock';
import { isoSeconds } from '../core/clock';
import type { LearnUponOptions } from './options';
import type { CustomField, Group, GroupManager, Invite, Membership, User } from './types';

type Table = 'user' | 'invite' | 'group' | 'membership' | 'manager' | 'field';

export interface LearnUponKept {
	users: Map<number, User>;
	invites: Map<number, Invite>;
	groups: Map<number, Group>;
	memberships: Membership[];
	managers: GroupManager[];
	customFields: CustomField[];
	last: Record<Table, number>;
}

export class LearnUponState {
	users = new Map<number, User>();
	invites = new Map<number, Invite>();
	groups = new Map<number, Group>();
	memberships: Membership[] = [];
	managers: GroupManager[] = [];
	readonly customFields: CustomField[] = [];
	readonly usersInOtherPortals = new Set<string>();
	readonly createdAt: string;
	private readonly last: Record<Table, number> = {
		user: 1_200_000,
		invite: 2_300_000,
		group: 410_000,
		membership: 7_500_000,
		manager: 520_000,
		field: 11_000,
	};

	constructor(
		private readonly clock: Clock,
		private readonly options: LearnUponOptions,
	) {
		this.createdAt = this.stamp();
	}

	/** Never given out twice, not even after an ignored write. */
	nextId(table: Table): number {
		return ++this.last[table];
	}

	stamp(): string {
		return isoSeconds(this.clock.now());
	}

	addUser(input: Partial<User>): User {
		const user = this.draftUser(input);
		this.users.set(user.id, user);
		return user;
	}

	/** Not in the list yet: a refused creation must leave nothing behind. */
	draftUser(input: Partial<User>): User {
		const id = input.id ?? this.nextId('user');
		const now = this.stamp();
		return {
			email: `user.${id}@learners.example`,
			username: null,
			firstName: null,
			lastName: null,
			language: 'en',
			timezoneId: 'Berlin',
			enabled: true,
			userType: 'learner',
			accountExpires: null,
			changePasswordOnFirstLogin: false,
			membershipType: 'Member',
			sfContactId: null,
			sfUserId: null,
			signInCount: 0,
			lastSignInAt: null,
			createdAt: now,
			updatedAt: now,
			...input,
			id,
			custom: { ...input.custom },
		};
	}

	addGroup(title: string, description = ''): Group {
		const now = this.stamp();
		const id = this.nextId('group');
		const group: Group = { id, title, description, ssoSync: false, createdAt: now, updatedAt: now };
		this.groups.set(id, group);
		return group;
	}

	addMembership(groupId: number, userId: number): Membership {
		const membership = { id: this.nextId('membership'), groupId, userId };
		this.memberships.push(membership);
		return membership;
	}

	membership(groupId: number, userId: number): Membership | undefined {
		return this.memberships.find((known) => known.groupId === groupId && known.userId === userId);
	}

	removeUser(id: number): void {
		this.users.delete(id);
		this.memberships = this.memberships.filter(({ userId }) => userId !== id);
		this.managers = this.managers.filter(({ userId }) => userId !== id);
	}

	removeGroup(id: number): void {
		this.groups.delete(id);
		this.memberships = this.memberships.filter(({ groupId }) => groupId !== id);
		this.managers = this.managers.filter(({ groupId }) => groupId !== id);
	}

	/** Addresses are one and the same whatever their case. */
	userByEmail(email: string): User | undefined {
		const key = email.toLowerCase();
		for (const user of this.users.values()) {
			if (isSameAddress(user.email, key)) return user;
		}
		return undefined;
	}

	isInOtherPortal(email: string): boolean {
		const key = email.toLowerCase();
		return [...this.usersInOtherPortals].some((other) => other.toLowerCase() === key);
	}

	openInvite(email: string): Invite | undefined {
		const key = email.toLowerCase();
		for (const invite of this.invites.values()) {
			if (invite.status === 'sent' && isSameAddress(invite.email, key)) return invite;
		}
		return undefined;
	}

	/**
	 * An expired account is disabled and stays so until somebody enables it. The sandbox has no
	 * midnight of its own, so this happens whenever somebody looks.
	 */
	settle(user: User): User {
		const { accountExpires } = user;
		if (accountExpires === null) return user;
		const today = this.clock.today();
		const over = this.options.expiryDisables === 'onDay' ? accountExpires <= today : accountExpires < today;
		if (over) user.enabled = false;
		return user;
	}

	/** Everything that it knows, as it can be put into a file. */
	kept(): LearnUponKept {
		const { users, invites, groups, memberships, managers, customFields, last } = this;
		return { users, invites, groups, memberships, managers, customFields, last };
	}

	/** In place of what it knew. */
	restore({ customFields, last, ...tables }: LearnUponKept): void {
		Object.assign(this, tables);
		Object.assign(this.last, last);
		this.customFields.splice(0, this.customFields.length, ...customFields);
	}

	/** Runs something and takes back what it did. */
	undoing<T>(run: () => T): T {
		const { users, invites, groups, memberships, managers } = this;
		this.users = structuredClone(users);
		this.invites = structuredClone(invites);
		this.groups = structuredClone(groups);
		this.memberships = structuredClone(memberships);
		this.managers = structuredClone(managers);
		try {
			return run();
		} finally {
			Object.assign(this, { users, invites, groups, memberships, managers });
		}
	}
}
