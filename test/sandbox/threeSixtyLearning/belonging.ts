import { Refusal } from './errors';
import type { Lifecycle } from './lifecycle';
import type { ThreeSixtyLearningOptions } from './options';
import type { ThreeSixtyLearningState } from './state';
import type { Group, Membership, Role, User } from './types';

/** what joining and leaving a group means for the groups above and below. */
export class Belonging {
	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly lifecycle: Lifecycle,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	group(id: string): Group {
		const group = this.state.groups.get(id.toLowerCase());
		if (!group) throw new Refusal(404, 'groupNotFound', `No group has the ID ${id}.`);
		return group;
	}

	checkRole(role: Role): void {
		if (role === 'analyst' && !this.options.analystRole) {
			throw new Refusal(400, 'analystUnavailable', 'The role analyst is not available in this company.');
		}
	}

	/** The groups that somebody is in after joining this one. */
	reach(group: Group, role: Role): string[] {
		const reached = [group._id];
		let current = group;
		const climbs = role === 'learner' && this.options.learnersReachUp;
		while (climbs && current.public && current.parentId !== undefined) {
			current = this.state.groups.get(current.parentId)!;
			reached.push(current._id);
		}
		return reached;
	}

	enrol({ _id }: User, group: Group, role: Role): void {
		for (const groupId of this.reach(group, role)) this.state.memberships.add(_id, groupId, role);
	}

	join(userId: string, groupId: string, role: Role): void {
		const group = this.group(groupId);
		const user = this.state.users.get(userId.toLowerCase());
		if (!user) throw new Refusal(404, 'userNotFound', `No user has the ID ${userId}.`);
		this.checkRole(role);
		if (user.status === 'deleted') throw new Refusal(400, 'userDeleted', `The user ${userId} is deleted.`);
		const has = this.state.memberships.has(user._id, group._id, role);
		if (has && this.options.repeatedRole === 'refused') {
			throw new Refusal(400, 'userAlreadyInGroup', 'The user has this role in this group.');
		}
		const isNew = !this.state.memberships.has(user._id, group._id);
		this.enrol(user, group, role);
		if (isNew && this.options.groupSendsMail) this.lifecycle.mail(user, 'groupAdded');
	}

	leave(userId: string, groupId: string, role: Role): void {
		const group = this.group(groupId);
		this.checkRole(role);
		const id = userId.toLowerCase();
		if (!this.state.memberships.has(id, group._id, role)) {
			throw new Refusal(404, 'userNotFoundInGroup', `No user ${userId} has this role in this group.`);
		}
		const left = new Set(role === 'learner' ? this.publicBranch(group) : [group._id]);
		this.strip(id, (membership) => !(left.has(membership.groupId) && membership.role === role));
	}

	/** Everybody leaves all these groups, whatever the option says about refusing. */
	dissolve(groupIds: ReadonlySet<string>): void {
		const members = this.state.memberships.all().filter(({ groupId }) => groupIds.has(groupId));
		for (const userId of new Set(members.map((membership) => membership.userId))) {
			this.take(userId, ({ groupId }) => !groupIds.has(groupId));
			this.endIfAlone(userId);
		}
	}

	private strip(userId: string, keep: (membership: Membership) => boolean): void {
		const isLast = !this.state.memberships.ofUser(userId).some(keep);
		if (isLast && this.options.lastMembership === 'refuses') {
			throw new Refusal(400, 'lastGroupMembership', 'The user must stay a member of at least one group.');
		}
		this.take(userId, keep);
		this.endIfAlone(userId);
	}

	private take(userId: string, keep: (membership: Membership) => boolean): void {
		this.state.memberships.retain(userId, keep);
		const user = this.state.users.get(userId)!;
		const primary = user.primaryGroupId;
		if (primary !== undefined && !this.state.memberships.has(userId, primary)) delete user.primaryGroupId;
	}

	private endIfAlone(userId: string): void {
		const isAlone = this.state.memberships.ofUser(userId).length === 0;
		if (isAlone && this.options.lastMembership === 'deletesUser') {
			this.lifecycle.remove(this.state.users.get(userId)!);
		}
	}

	/** The group and the public groups below it, down to the first private ones, which are not in it. */
	private publicBranch(group: Group): string[] {
		const below = [...this.state.groups.values()].filter(
			(child) => child.parentId === group._id && child.public,
		);
		return [group._id, ...below.flatMap((child) => this.publicBranch(child))];
	}
}
