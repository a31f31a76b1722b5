import { learnerId, type GroupRef, type LearnerId } from '../../../shared/item';
import { VendorError } from '../../../shared/transport/vendorError';
import { groupKey } from '../../sync/groups';
import type { Group, Memberships } from '../../sync/lmsState';
import { idOf, wordsOf, type LearnUponClient } from './client';
import type { UserRecord } from './records';

/** In the description of groups that this sync has made. */
const MADE_BY = 'Made by the Personio sync.';

interface GroupRecord {
	id: number;
	title?: string;
	description?: string | null;
}

/** Groups and who is in them. LearnUpon's are flat, with unique titles. */
export class LearnUponGroups {
	private known: Group[] | undefined;

	constructor(protected readonly client: LearnUponClient) {}

	async groups(): Promise<Group[]> {
		const records = await this.client.list<GroupRecord>('/groups', 'groups');
		this.known = records.map(({ id, title, description }) => ({
			id: String(id),
			name: title ?? '',
			own: description?.includes(MADE_BY) ?? false,
		}));
		return this.known;
	}

	async memberships(groups: Group[]): Promise<Memberships> {
		const names = new Map<LearnerId, string[]>();
		for (const { id, name } of groups) {
			const users = await this.client.list<UserRecord>('/group_memberships', 'user', { group_id: id });
			for (const user of users) {
				const learner = learnerId(user.id);
				names.set(learner, [...(names.get(learner) ?? []), name]);
			}
		}
		return names;
	}

	async ensureGroup({ name, id }: GroupRef): Promise<Group> {
		if (id !== undefined) return { id, name, own: false };
		const existing = (this.known ?? (await this.groups())).find(
			(group) => groupKey(group.name) === groupKey(name),
		);
		if (existing) return existing;
		const answer = await this.client.post(
			{ path: '/groups', body: { Group: { title: name, description: MADE_BY } } },
			async () =>
				Number((await this.groups()).find((group) => groupKey(group.name) === groupKey(name))?.id) ||
				undefined,
		);
		const made = { id: String('id' in answer ? answer.id : idOf(answer, '/groups')), name, own: true };
		this.known?.push(made);
		return made;
	}

	async groupsOf(learner: LearnerId): Promise<Set<string>> {
		const query = { user_id: learner };
		const groups = await this.client.list<GroupRecord>('/group_memberships', 'group', query);
		return new Set(groups.map(({ id }) => String(id)));
	}

	async join(learner: LearnerId, group: Group): Promise<void> {
		const body = { GroupMembership: { group_id: Number(group.id), user_id: Number(learner) } };
		const answer = await this.client.post(
			{ path: '/group_memberships', body, accept: [400, 422] },
			async () => ((await this.groupsOf(learner)).has(group.id) ? Number(group.id) : undefined),
		);
		if (!('status' in answer) || answer.status < 300 || /already/i.test(wordsOf(answer))) return;
		throw new VendorError(`LearnUpon refused the membership of "${group.name}": ${wordsOf(answer)}`, {
			status: answer.status,
		});
	}

	async leave(learner: LearnerId, group: GroupRef & { id: string }): Promise<void> {
		await this.client.request({
			method: 'DELETE',
			path: '/group_memberships/0',
			body: { GroupMembership: { group_id: Number(group.id), user_id: Number(learner) } },
			// Not a member any more.
			accept: [404],
		});
	}
}
