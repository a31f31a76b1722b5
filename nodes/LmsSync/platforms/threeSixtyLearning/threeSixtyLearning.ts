import {
	employeeId,
	learnerId,
	type Change,
	type GroupRef,
	type Learner,
	type LearnerId,
	type ManagerChange,
} from '../../../shared/item';
import type { NodeContext, VendorResponse } from '../../../shared/transport/client';
import { mapParallel } from '../../../shared/transport/parallel';
import { VendorError } from '../../../shared/transport/vendorError';
import { addressKey } from '../../sync/attribute';
import { changeTo } from '../../sync/diff';
import type { Findings, Inquiry } from '../../sync/inquiry';
import type { Group, LmsState, Memberships } from '../../sync/lmsState';
import type { Applied, GroupMove, Platform, PlatformOptions } from '../platform';
import { ThreeSixtyClient } from './client';
import { CustomFields } from './customFields';
import { ExternalIds, madeId } from './externalIds';
import { Groups } from './groups';
import { Managers } from './managers';
import { bodyOf, customChanges, learnerOf, withoutEmpty, type UserRecord } from './records';
import { BUSINESS, refusalOf, refused } from './refusals';

/** Marks are kept under the name of the links with this behind it. */
const MARK = '-mark';

const WIDTH = 10;

/** One company's 360Learning, by its API v2. */
export class ThreeSixtyLearning implements Platform {
	readonly displayName = '360Learning';

	readonly traits = { invitedHaveAccounts: true, hasManagers: true } as const;

	private readonly client: ThreeSixtyClient;

	private readonly externalIds: ExternalIds;

	private readonly fields: CustomFields;

	private readonly groupsAndMembers: Groups;

	private readonly managers: Managers;

	constructor(
		context: NodeContext,
		private readonly options: PlatformOptions,
	) {
		this.client = new ThreeSixtyClient(context);
		this.externalIds = new ExternalIds(this.client);
		this.groupsAndMembers = new Groups(this.client, this.externalIds);
		this.managers = new Managers(this.client, this.externalIds);
		const topGroup = async () => await this.groupsAndMembers.topGroup();
		this.fields = new CustomFields(this.client, this.externalIds, topGroup);
	}

	async read(): Promise<LmsState> {
		const { linkField, rootGroup, fields, extendLists } = this.options;
		const { groups, root } = await this.groupsAndMembers.groups(rootGroup);
		const links = await this.externalIds.ofUsers(linkField);
		const markField = linkField + MARK;
		const marks = await this.externalIds.ofUsers(markField);
		const users = await this.users([...links.keys()]);
		return {
			learners: users.map((user) => {
				const link = links.get(user._id)?.value;
				return learnerOf(
					user,
					link === undefined ? null : employeeId(link),
					marks.get(user._id)?.value ?? null,
				);
			}),
			rejections: [],
			groups,
			fields: await this.fields.describe(fields, extendLists),
			markField,
			...(root && { rootGroup: root }),
		};
	}

	/**
	 * Accounts, ended ones too, since those come back and their addresses stay theirs. Whoever is linked and
	 * on neither list, because the lists had a gap or the account ended in between, is read alone.
	 */
	private async users(linked: string[]): Promise<UserRecord[]> {
		const live = await this.client.list<UserRecord>('/users?status[ne]=deleted');
		const ended = await this.client.list<UserRecord>('/users?status[eq]=deleted');
		const users = new Map([...live, ...ended].map((user) => [user._id, user]));
		const lost = linked.filter((id) => !users.has(id));
		await mapParallel(lost, WIDTH, async (id) => {
			const user = await this.user(id);
			if (user) users.set(id, user);
		});
		return [...users.values()];
	}

	async inspect({ values, managers, endings }: Inquiry): Promise<Findings> {
		const owners = new Set<LearnerId>();
		await mapParallel(endings, WIDTH, async ({ id }) => {
			if (await this.groupsAndMembers.owns(id)) owners.add(id);
		});
		return {
			values: await this.fields.valuesOf(values.map(({ id }) => id)),
			reports: await this.managers.reportsOf(managers),
			owners,
		};
	}

	async groups(): Promise<Group[]> {
		return (await this.groupsAndMembers.groups(this.options.rootGroup)).groups;
	}

	async memberships(groups: Group[]): Promise<Memberships> {
		return await this.groupsAndMembers.memberships(groups);
	}

	async create(changes: Change[], home?: GroupRef): Promise<Applied> {
		return await this.add(changes, home, false);
	}

	async invite(changes: Change[], home?: GroupRef): Promise<Applied> {
		return await this.add(changes, home, true);
	}

	private async add(changes: Change[], home: GroupRef | undefined, mail: boolean): Promise<Applied> {
		const email = String(changeTo(changes, 'email'));
		const link = changes.find(({ field }) => field === 'link');
		// The plan may be old, or have been made from a list with gaps.
		const [carrier] = link
			? await this.externalIds.find({ platform: String(link.label), type: 'user', value: String(link.to) })
			: [];
		if (carrier) return exists(`An account of Personio id ${String(link?.to)}`, carrier.targetId);

		const body = withoutEmpty(bodyOf(changes));
		const outcome = await this.post(body, home, mail);
		if ('answer' in outcome && refusalOf(outcome.answer) === 'mailAlreadyUsed') {
			const existing = await this.liveUser(email);
			if (existing) return exists(`An account with the address ${email}`, existing._id);
		}
		const id = 'found' in outcome ? outcome.found._id : this.madeUser(email, outcome.answer);
		if ('answer' in outcome && outcome.answer.status === 200) {
			await this.client.request({ method: 'DELETE', path: `/users/${id}`, accept: BUSINESS });
			throw new VendorError(`${email} was the address of an ended account, which 360Learning restored.`, {
				remedy: 'It was ended again, since nobody has decided whose it is. Plan again to see it held.',
			});
		}
		const isActive = changeTo(changes, 'status') === 'active';
		if (isActive) await this.activate(id, email);
		await this.writeBeside(learnerId(id), email, changes, { isNew: true, takesLinkOver: false });
		return { status: 'done', learnerId: learnerId(id), ...(!isActive && { pending: true }) };
	}

	async update(learner: Learner, changes: Change[], home?: GroupRef): Promise<Applied> {
		let { id } = learner;
		if (changeTo(changes, 'status') === 'active') {
			if (learner.status === 'inactive') id = await this.restore(learner, home);
			await this.activate(id, learner.email);
		}
		const body = bodyOf(changes);
		if (Object.keys(body).length > 0) await this.patch(id, learner.email, body);
		// An account that could not be restored was made anew, and takes the link over.
		const isNew = id !== learner.id;
		await this.writeBeside(id, learner.email, changes, { isNew, takesLinkOver: isNew });
		return { status: 'done', learnerId: id };
	}

	async setAside(learner: Learner): Promise<void> {
		await this.patch(learner.id, learner.email, {
			mail: `set-aside-${learner.id}@personio-sync.invalid`,
		});
	}

	async deactivate(learner: Learner): Promise<Applied> {
		const path = `/users/${learner.id}`;
		const user = await this.user(learner.id);
		const gone: Applied = {
			status: 'skipped',
			message: 'The account is deleted already.',
			learnerId: learner.id,
		};
		if (user === undefined || user.status === 'deleted') return gone;
		const answer = await this.client.request({ method: 'DELETE', path, accept: BUSINESS });
		const refusal = refusalOf(answer);
		if (refusal === 'userNotFound') return gone;
		if (refusal !== undefined) throw refused(learner.email, answer);
		return { status: 'done', learnerId: learner.id };
	}

	async setManager(learner: Learner, change: ManagerChange): Promise<Applied> {
		await this.managers.replace(learner.id, learner.email, change);
		if (change.mark) await this.setMark(learner.id, learner.email, change.mark);
		return { status: 'done', learnerId: learner.id };
	}

	async ensureGroup(ref: GroupRef): Promise<Group> {
		return await this.groupsAndMembers.ensure(ref);
	}

	async groupsOf(learner: LearnerId): Promise<Set<string>> {
		return await this.groupsAndMembers.groupsOf(learner);
	}

	async moveTogether(moves: GroupMove[]): Promise<void> {
		await this.groupsAndMembers.moveTogether(moves);
	}

	async join(learner: LearnerId, group: Group): Promise<void> {
		await this.groupsAndMembers.join(learner, group);
	}

	async leave(learner: LearnerId, group: GroupRef & { id: string }): Promise<void> {
		await this.groupsAndMembers.leave(learner, group);
	}

	/** A new account, or a former one that comes back: 360Learning tells them apart by the address. */
	private async post(
		body: Record<string, unknown>,
		home: GroupRef | undefined,
		mail: boolean,
	): Promise<{ answer: VendorResponse } | { found: UserRecord }> {
		if (home?.id === undefined) {
			throw new VendorError('The decision names no root group, without which 360Learning makes no account.', {
				remedy: 'Choose "Root Group" in the plan, and plan again.',
			});
		}
		const membership = { groupId: home.id, role: 'learner' };
		return await this.client.post(
			{
				path: `/users?sendInvitationEmail=${mail}`,
				body: { ...body, membership },
				accept: BUSINESS,
			},
			async () => await this.liveUser(String(body.mail)),
		);
	}

	private madeUser(email: string, answer: VendorResponse): string {
		if (refusalOf(answer) !== undefined) throw refused(email, answer);
		return madeId(answer, '/users');
	}

	/** Brings a deleted account back, without a mail. Its fields are written afterwards. */
	private async restore(learner: Learner, home: GroupRef | undefined): Promise<LearnerId> {
		const outcome = await this.post({ mail: learner.email }, home, false);
		const id = 'found' in outcome ? outcome.found._id : this.madeUser(learner.email, outcome.answer);
		return learnerId(id);
	}

	private async activate(id: string, whom: string): Promise<void> {
		const path = `/users/${id}/activate`;
		const answer = await this.client.request({ method: 'PUT', path, accept: BUSINESS });
		if (refusalOf(answer) !== undefined) throw refused(whom, answer);
	}

	private async patch(id: string, whom: string, body: Record<string, unknown>): Promise<void> {
		const answer = await this.client.request({
			method: 'PATCH',
			path: `/users/${id}`,
			body: body as never,
			accept: BUSINESS,
		});
		if (refusalOf(answer) !== undefined) throw refused(whom, answer);
	}

	/** What has calls of its own beside an account: the link, custom fields, and the mark last of all. */
	private async writeBeside(
		id: LearnerId,
		whom: string,
		changes: Change[],
		{ isNew, takesLinkOver }: { isNew: boolean; takesLinkOver: boolean },
	): Promise<void> {
		const link = changes.find(({ field }) => field === 'link');
		if (link) await this.setExternalId(id, whom, link, takesLinkOver);
		await this.fields.write(id, whom, customChanges(changes), isNew);
		const mark = changes.find(({ field }) => field === 'mark');
		if (mark) await this.setMark(id, whom, mark);
	}

	/** An account of the same person that is gone may still have the mark. */
	private async setMark(id: LearnerId, whom: string, mark: Change): Promise<void> {
		await this.setExternalId(id, whom, mark, true);
	}

	private async setExternalId(
		id: LearnerId,
		whom: string,
		{ label = '', to }: Change,
		takesOver: boolean,
	): Promise<void> {
		const present = (await this.externalIds.ofUsers(label)).get(id);
		const wanted = { platform: label, targetId: id, targetType: 'user', value: String(to) };
		await this.externalIds.set(wanted, present, whom, takesOver);
	}

	private async user(id: string): Promise<UserRecord | undefined> {
		const { status, body } = await this.client.request({ path: `/users/${id}`, accept: [404] });
		return status === 404 ? undefined : (body as UserRecord);
	}

	/** How letter case counts in a filter is not documented, so the address is compared here. */
	private async liveUser(email: string): Promise<UserRecord | undefined> {
		const found = await this.client.list<UserRecord>(`/users?mail[eq]=${encodeURIComponent(email)}`);
		return found.find(
			({ mail, status }) => status !== 'deleted' && addressKey(mail ?? '') === addressKey(email),
		);
	}
}

const exists = (what: string, id: string): Applied => ({
	status: 'skipped',
	message: `${what} exists already. The next run links it.`,
	learnerId: learnerId(id),
});
