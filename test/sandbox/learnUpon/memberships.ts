import type { Inbound, Reply } from '../core/http';
import type { Router } from '../core/router';
import { Refusal } from './errors';
import type { LearnUponOptions } from './options';
import { pageReply } from './paging';
import { groupRecord } from './records';
import type { LearnUponState } from './state';
import type { GroupManager, Membership } from './types';
import { idOf, unwrapped } from './values';

/** Facts §7: who is in a group, and who manages it. */
export class Memberships {
	constructor(
		private readonly state: LearnUponState,
		private readonly options: LearnUponOptions,
	) {}

	register(routes: Router): void {
		routes
			.on('GET', '/api/v1/group_memberships', (request) => this.list(request))
			.on('POST', '/api/v1/group_memberships', (request) => this.join(request))
			.on('DELETE', '/api/v1/group_memberships/:id', (request, { id }) => this.leave(request, id!))
			.on('GET', '/api/v1/group_managers', (request) => this.managers(request))
			.on('POST', '/api/v1/group_managers', (request) => this.appoint(request))
			.on('DELETE', '/api/v1/group_managers/:id', (_request, { id }) => this.dismiss(id!));
	}

	/** An unknown group or user has no records; only a missing filter is an error. */
	private list(request: Inbound): Reply {
		const { query } = request;
		const groupId = query.get('group_id');
		const userId = query.get('user_id');
		if (groupId !== null) {
			const members = this.state.memberships.filter((membership) => String(membership.groupId) === groupId);
			return pageReply(request, 'user', members, (one) => this.member(one, query), this.options);
		}
		if (userId === null) throw new Refusal(404, 'group_id or user_id is missing');
		const own = this.state.memberships.filter((membership) => String(membership.userId) === userId);
		const render = (membership: Membership) => groupRecord(this.state.groups.get(membership.groupId)!);
		return pageReply(request, 'group', own, render, this.options);
	}

	private member({ id: membershipId, userId }: Membership, query: URLSearchParams): Record<string, unknown> {
		const { id, firstName, lastName, email, createdAt, language } = this.state.users.get(userId)!;
		const record = {
			id,
			first_name: firstName,
			last_name: lastName,
			email,
			created_at: createdAt,
			locale: language,
		};
		return query.get('version_id') === '1.1'
			? { ...record, [this.options.membershipIdKey]: membershipId }
			: record;
	}

	private join(request: Inbound): Reply {
		const { groupId, userId } = this.pair(request, 'GroupMembership', 'group membership');
		const present = this.state.membership(groupId, userId);
		if (present) {
			if (this.options.doubleMembershipStatus === 200) return { status: 200, body: { id: present.id } };
			throw new Refusal(422, 'the user is already a member of this group');
		}
		return { status: 200, body: { id: this.state.addMembership(groupId, userId).id } };
	}

	/** By its own id, or under id 0 by group and user in the body. */
	private leave(request: Inbound, id: string): Reply {
		const membership =
			id === '0' ? this.named(request) : this.state.memberships.find((one) => String(one.id) === id);
		if (!membership) throw new Refusal(404, 'the group membership was not found');
		this.state.memberships = this.state.memberships.filter((one) => one !== membership);
		return { status: 200, body: {} };
	}

	private named(request: Inbound): Membership | undefined {
		const { groupId, userId } = this.pair(request, 'GroupMembership', 'group membership');
		return this.state.membership(groupId, userId);
	}

	private pair(request: Inbound, wrapper: string, what: string): { groupId: number; userId: number } {
		const fields = unwrapped(request, wrapper, what);
		const groupId = idOf(fields['group_id']);
		const userId = idOf(fields['user_id']);
		if (groupId === undefined || !this.state.groups.has(groupId)) {
			throw new Refusal(404, 'the group was not found');
		}
		if (userId === undefined || !this.state.users.has(userId))
			throw new Refusal(404, 'the user was not found');
		return { groupId, userId };
	}

	private managers(request: Inbound): Reply {
		const { query } = request;
		const wanted = (name: string, value: string) => !query.has(name) || query.get(name) === value;
		const found = this.state.managers.filter(
			({ groupId, userId }) =>
				wanted('group_id', String(groupId)) &&
				wanted('user_id', String(userId)) &&
				wanted('email', this.state.users.get(userId)!.email),
		);
		return pageReply(request, 'group_manager', found, (manager) => this.manager(manager), this.options);
	}

	private manager({ id, groupId, userId, canCreateUsers, createdAt }: GroupManager): Record<string, unknown> {
		const group = this.state.groups.get(groupId)!;
		const user = this.state.users.get(userId)!;
		return {
			id,
			group_id: groupId,
			group_title: group.title,
			description: group.description,
			can_create_users: canCreateUsers,
			number_of_members: this.state.memberships.filter((one) => one.groupId === groupId).length,
			number_of_courses: 0,
			user_id: userId,
			email: user.email,
			first_name: user.firstName,
			last_name: user.lastName,
			created_at: createdAt,
			updated_at: createdAt,
		};
	}

	/** Only somebody of type manager can manage a group. */
	private appoint(request: Inbound): Reply {
		const pair = this.pair(request, 'GroupManager', 'group manager');
		const { can_create_users: canCreateUsers } = unwrapped(request, 'GroupManager', 'group manager');
		if (this.state.users.get(pair.userId)!.userType !== 'manager') {
			throw new Refusal(400, 'the user is not a manager');
		}
		const double = this.state.managers.some(
			({ groupId, userId }) => groupId === pair.groupId && userId === pair.userId,
		);
		if (double) throw new Refusal(422, 'the user already manages this group');
		const manager: GroupManager = {
			...pair,
			id: this.state.nextId('manager'),
			canCreateUsers: String(canCreateUsers) === 'true',
			createdAt: this.state.stamp(),
		};
		this.state.managers.push(manager);
		return { status: 200, body: { id: manager.id, created_at: manager.createdAt } };
	}

	private dismiss(id: string): Reply {
		const left = this.state.managers.filter((manager) => String(manager.id) !== id);
		if (left.length === this.state.managers.length) throw new Refusal(404, 'the group manager was not found');
		this.state.managers = left;
		return { status: 200, body: {} };
	}
}
