import { learnerId, type Gap, type GroupRef, type LearnerId } from '../../../shared/item';
import { InTurn } from '../../../shared/transport/inTurn';
import { mapParallel } from '../../../shared/transport/parallel';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { groupKey } from '../../sync/groups';
import type { Group } from '../../sync/lmsState';
import { collecting, failing, type OnGap } from '../gaps';
import { namesByMember } from '../namesByMember';
import type { Members } from '../platform';
import { AT_ONCE, idOf, isGone, theOne, wordsOf, type LearnUponClient } from './client';
import { shape } from '../sound';
import { numberOf, numericId, USER, type UserRecord } from './records';

/** In the description of groups that this sync has made. */
const MADE_BY = 'Made by the Personio sync.';

interface GroupRecord {
	id: number;
	title?: string;
	description?: string | null;
}

const GROUP = shape({ id: 'number', title: 'text', description: 'text' });

/** So many members who are on no list of accounts are asked about. */
const ASKED = 5;

/** Groups and who is in them. LearnUpon's are flat, with unique titles. */
export class LearnUponGroups {
	/** All accounts, where they were read without a gap. */
	protected accounts: ReadonlySet<LearnerId> | undefined;

	private known: Group[] | undefined;

	/** Two people who need the same group would make it twice. */
	private readonly making = new InTurn();

	constructor(protected readonly client: LearnUponClient) {}

	async groups(): Promise<Group[]> {
		this.known = await this.allGroups(failing);
		return this.known;
	}

	protected async allGroups(onGap: OnGap): Promise<Group[]> {
		const list = { what: 'the groups', path: '/groups', key: 'groups', shape: GROUP };
		const records = await this.client.list<GroupRecord>(list, onGap);
		return records.map(({ id, title, description }) => ({
			id: String(id),
			name: title ?? '',
			own: description?.includes(MADE_BY) ?? false,
		}));
	}

	async memberships(groups: Group[]): Promise<Members> {
		const gaps: Gap[] = [];
		const onGap = collecting(gaps);
		const members = await mapParallel(groups, AT_ONCE, async ({ id, name }) => {
			const list = {
				what: `the members of "${name}"`,
				path: '/group_memberships',
				key: 'user',
				shape: USER,
				query: { group_id: id },
			};
			return (await this.client.list<UserRecord>(list, onGap)).map((user) => learnerId(user.id));
		});
		const of = namesByMember(
			groups.map(({ name }) => name),
			members,
		);
		await this.compareWithAccounts([...of.keys()], onGap);
		return { of, gaps };
	}

	/** No header tells that the last page of the accounts is short, but their memberships do. */
	private async compareWithAccounts(members: LearnerId[], onGap: OnGap): Promise<void> {
		const { accounts } = this;
		if (accounts === undefined) return;
		for (const id of members.filter((each) => !accounts.has(each)).slice(0, ASKED)) {
			const found = await orVendorError(this.account(id));
			if (found instanceof VendorError || found === undefined) continue;
			const message = `LearnUpon delivered the accounts without ${found.user.email ?? id}, who is in a group, so others may be missing too.`;
			onGap({ code: 'pageMissing', message });
			return;
		}
	}

	/** The account and all that came with it, `undefined` if it is gone for good. */
	protected async account(
		id: LearnerId,
	): Promise<{ user: UserRecord; body: Record<string, unknown> } | undefined> {
		const path = `/users/${numericId(id)}`;
		const answer = await this.client.request({ path, accept: [404] });
		if (isGone(answer)) return undefined;
		const body = (answer.body ?? {}) as Record<string, unknown>;
		return { user: theOne<UserRecord>(body.user, id, USER, path), body };
	}

	async ensureGroup({ name, id }: GroupRef): Promise<Group> {
		if (id !== undefined) return { id, name, own: false };
		return await this.making.run(async () => await this.groupOf(name));
	}

	private async groupOf(name: string): Promise<Group> {
		const named = ({ name: other }: Group) => groupKey(other) === groupKey(name);
		const existing = (this.known ?? (await this.groups())).find(named);
		if (existing) return existing;
		const answer = await this.client.post(
			{ path: '/groups', body: { Group: { title: name, description: MADE_BY } }, accept: [400, 422] },
			async () => Number((await this.groups()).find(named)?.id) || undefined,
		);
		if ('status' in answer && answer.status >= 300) {
			// Another run at the same time may have been faster.
			const theirs = (await this.groups()).find(named);
			if (theirs) return theirs;
			throw new VendorError(`LearnUpon refused the group "${name}": ${wordsOf(answer)}`, {
				remedy: 'Make the group in LearnUpon, and run again.',
				status: answer.status,
			});
		}
		const made = { id: String('id' in answer ? answer.id : idOf(answer, '/groups')), name, own: true };
		this.known?.push(made);
		return made;
	}

	async groupsOf(learner: LearnerId): Promise<Set<string>> {
		const groups = await this.client.list<GroupRecord>({
			what: `the groups of account ${learner}`,
			path: '/group_memberships',
			key: 'group',
			shape: GROUP,
			query: { user_id: numericId(learner) },
		});
		return new Set(groups.map(({ id }) => String(id)));
	}

	async join(learner: LearnerId, group: Group): Promise<void> {
		const body = { GroupMembership: { group_id: numberOf(group.id), user_id: numberOf(learner) } };
		const answer = await this.client.post(
			{ path: '/group_memberships', body, accept: [400, 422] },
			async () => ((await this.groupsOf(learner)).has(group.id) ? Number(group.id) : undefined),
		);
		if (!('status' in answer) || answer.status < 300 || /already/i.test(wordsOf(answer))) return;
		throw new VendorError(`LearnUpon refused the membership of "${group.name}": ${wordsOf(answer)}`, {
			remedy: 'Look at the group and at the account in LearnUpon, and run again.',
			status: answer.status,
		});
	}

	async leave(learner: LearnerId, group: GroupRef & { id: string }): Promise<void> {
		await this.client.request({
			method: 'DELETE',
			path: '/group_memberships/0',
			body: { GroupMembership: { group_id: numberOf(group.id), user_id: numberOf(learner) } },
			// Not a member any more.
			accept: [404],
		});
	}
}
