import type { Inbound, Reply } from '../core/http';
import type { Router } from '../core/router';
import { Refusal } from './errors';
import type { LearnUponOptions } from './options';
import { pageReply } from './paging';
import { groupRecord } from './records';
import type { LearnUponState } from './state';
import type { Group } from './types';
import { idOf, unwrapped } from './values';

/** Facts §7: flat, with unique titles. */
export class Groups {
	constructor(
		private readonly state: LearnUponState,
		private readonly options: LearnUponOptions,
	) {}

	register(routes: Router): void {
		routes
			.on('GET', '/api/v1/groups', (request) => this.list(request))
			.on('POST', '/api/v1/groups', (request) => this.create(request))
			.on('PUT', '/api/v1/groups/:id', (request, { id }) => this.update(request, id!))
			.on('DELETE', '/api/v1/groups/:id', (_request, { id }) => {
				this.state.removeGroup(this.byId(id!).id);
				return { status: 200, body: {} };
			});
	}

	private list(request: Inbound): Reply {
		const title = request.query.get('title')?.toLowerCase();
		const exact = this.options.titleFilter === 'exact';
		const groups = [...this.state.groups.values()].filter((group) => {
			if (title === undefined) return true;
			const own = group.title.toLowerCase();
			return exact ? own === title : own.includes(title);
		});
		const members = new Map<number, number>();
		for (const { groupId } of this.state.memberships) members.set(groupId, (members.get(groupId) ?? 0) + 1);
		const render = (group: Group) => ({
			...groupRecord(group),
			number_of_members: members.get(group.id) ?? 0,
		});
		return pageReply(request, 'groups', groups, render, this.options);
	}

	private create(request: Inbound): Reply {
		const { title, description, sso_sync: ssoSync } = unwrapped(request, 'Group', 'group');
		const group = this.state.addGroup(
			this.freeTitle(title),
			typeof description === 'string' ? description : '',
		);
		group.ssoSync = String(ssoSync) === 'true';
		return { status: 200, body: { id: group.id } };
	}

	private update(request: Inbound, id: string): Reply {
		const group = this.byId(id);
		const { title, description } = unwrapped(request, 'Group', 'group');
		if (title !== undefined) group.title = this.freeTitle(title, group);
		if (typeof description === 'string') group.description = description;
		group.updatedAt = this.state.stamp();
		return { status: 200, body: { id: group.id } };
	}

	private freeTitle(title: unknown, except?: Group): string {
		if (typeof title !== 'string' || title.trim() === '') throw new Refusal(400, 'title is missing');
		for (const group of this.state.groups.values()) {
			if (group !== except && group.title.toLowerCase() === title.trim().toLowerCase()) {
				throw new Refusal(400, 'title has already been taken');
			}
		}
		return title.trim();
	}

	private byId(text: string): Group {
		const group = this.state.groups.get(idOf(text) ?? 0);
		if (!group) throw new Refusal(404, 'the group was not found');
		return group;
	}
}
