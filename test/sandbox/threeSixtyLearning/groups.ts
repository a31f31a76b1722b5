import type { Reply } from '../core/http';
import type { Api, Ask } from './api';
import type { Belonging } from './belonging';
import { changedGroup, newGroup } from './bodies';
import { Refusal } from './errors';
import { checkBranding } from './groupBranding';
import type { ThreeSixtyLearningOptions } from './options';
import { pageReply } from './paging';
import type { ThreeSixtyLearningState } from './state';
import type { Group } from './types';

type Changes = { [key in keyof Group]?: Group[key] | null };

/** one tree with one root. Names may repeat. */
export class Groups {
	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly belonging: Belonging,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	register(api: Api): void {
		const read = { scope: 'groups:read' } as const;
		const write = { scope: 'groups:write' } as const;
		const one = '/groups/:groupId';
		api
			.on('GET', '/groups', { ...read, isList: true }, (ask) => this.list(ask))
			.on('GET', one, read, (ask) => ok(this.byId(ask)))
			.on('HEAD', one, read, (ask) => ok(this.byId(ask)))
			.on('POST', '/groups', { ...write, body: newGroup }, (ask) => this.create(ask))
			.on('PATCH', one, { ...write, body: changedGroup }, (ask) => this.update(ask))
			.on('DELETE', one, write, (ask) => this.remove(ask));
	}

	private list(ask: Ask): Reply {
		const items = [...this.state.groups.values()];
		const render = (group: Group) => structuredClone(group);
		return pageReply(ask, { name: 'groups', items, keyOf: ({ _id }) => _id, render }, this.options);
	}

	private create({ body }: Ask): Reply {
		const input = body as unknown as Omit<Group, '_id'> & { parentId: string };
		const parent = this.parent(input.parentId);
		checkBranding(input, this.state.groups.values());
		if (this.state.groups.size >= this.options.maxGroups) {
			throw new Refusal(400, 'maxGroupsLimitReached', 'There are as many groups as there can be.');
		}
		const group = this.state.addGroup({ ...input, parentId: parent._id });
		return { status: 201, body: structuredClone(group) };
	}

	private update(ask: Ask): Reply {
		const group = this.byId(ask);
		const changes = ask.body as Changes;
		const isRoot = group.parentId === undefined;
		if (isRoot && changes.public === true) {
			throw new Refusal(400, 'rootGroupNotPublic', 'The root group cannot be public.');
		}
		const parent = typeof changes.parentId === 'string' ? this.parent(changes.parentId) : undefined;
		if (parent && this.branch(group).has(parent._id)) {
			const message = 'The parent cannot be the group itself or one of its descendants.';
			throw new Refusal(400, 'parentGroupNotDescendantOrSelf', message);
		}
		const next: Changes = { ...group, ...changes, ...(parent ? { parentId: parent._id } : {}) };
		for (const key of Object.keys(next) as (keyof Group)[]) if (next[key] === null) delete next[key];
		checkBranding(next as Group, this.state.groups.values());
		this.state.groups.set(group._id, next as Group);
		return ok(next as Group);
	}

	private remove(ask: Ask): Reply {
		const group = this.byId(ask);
		if (group.parentId === undefined) {
			throw new Refusal(400, 'groupIsRoot', 'The root group cannot be deleted.');
		}
		const gone = this.branch(group);
		if ([...gone].some((id) => this.state.groupsWithIntegrations.has(id))) {
			const message = 'The group or one of its descendants has active integrations.';
			throw new Refusal(400, 'hasActiveIntegrationsOrLtiConnectors', message);
		}
		this.belonging.dissolve(gone);
		for (const id of gone) this.state.groups.delete(id);
		return { status: 204 };
	}

	/** The group and everything below it. */
	private branch({ _id }: Group): Set<string> {
		const found = new Set([_id]);
		for (const id of found) {
			for (const child of this.state.groups.values()) if (child.parentId === id) found.add(child._id);
		}
		return found;
	}

	private byId({ params }: Ask): Group {
		return this.belonging.group(params['groupId']!);
	}

	private parent(id: string): Group {
		const parent = this.state.groups.get(id.toLowerCase());
		if (!parent) throw new Refusal(404, 'parentGroupNotFound', `No group has the ID ${id}.`);
		return parent;
	}
}

function ok(group: Group): Reply {
	return { status: 200, body: structuredClone(group) };
}
