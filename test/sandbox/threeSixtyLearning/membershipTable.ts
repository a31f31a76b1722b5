import type { Membership, Role } from './types';

/** Who has which role where; by user, since that is the question most asked. */
export class MembershipTable {
	private byUser = new Map<string, Membership[]>();

	all(): Membership[] {
		return [...this.byUser.values()].flat();
	}

	ofUser(userId: string): readonly Membership[] {
		return this.byUser.get(userId) ?? [];
	}

	ofGroup(groupId: string): Membership[] {
		const found: Membership[] = [];
		for (const all of this.byUser.values()) {
			for (const membership of all) if (membership.groupId === groupId) found.push(membership);
		}
		return found;
	}

	has(userId: string, groupId: string, role?: Role): boolean {
		return this.ofUser(userId).some(
			(membership) => membership.groupId === groupId && (role === undefined || membership.role === role),
		);
	}

	add(userId: string, groupId: string, role: Role): void {
		if (this.has(userId, groupId, role)) return;
		this.byUser.set(userId, [...this.ofUser(userId), { groupId, userId, role }]);
	}

	/** Keeps what the test allows. */
	retain(userId: string, keep: (membership: Membership) => boolean): void {
		const left = this.ofUser(userId).filter(keep);
		if (left.length > 0) this.byUser.set(userId, left);
		else this.byUser.delete(userId);
	}

	copy(): MembershipTable {
		const copy = new MembershipTable();
		copy.byUser = structuredClone(this.byUser);
		return copy;
	}
}
