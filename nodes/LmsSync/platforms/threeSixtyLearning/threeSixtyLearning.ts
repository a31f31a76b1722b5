import {
	employeeId,
	learnerId,
	type Change,
	type GroupRef,
	type Learner,
	type LearnerId,
	type ManagerChange,
} from '../../../shared/item';
import type { NodeContext } from '../../../shared/transport/client';
import { mapParallel } from '../../../shared/transport/parallel';
import { VendorError } from '../../../shared/transport/vendorError';
import { changeTo } from '../../sync/diff';
import type { Findings, Inquiry } from '../../sync/inquiry';
import type { Group, LmsState, Memberships } from '../../sync/lmsState';
import type { Applied, GroupMove, Platform, PlatformOptions } from '../platform';
import { Accounts, type Account } from './accounts';
import { READS_AT_ONCE, ThreeSixtyClient } from './client';
import { CustomFields } from './customFields';
import { ExternalIds, type Leave } from './externalIds';
import { Groups } from './groups';
import { Managers } from './managers';
import { bodyOf, customChanges, learnerOf, withoutEmpty } from './records';
import { refusalOf, refused } from './refusals';

/** Marks are kept under the name of the links with this behind it. */
const MARK = '-mark';

/** One company's 360Learning, by its API v2. */
export class ThreeSixtyLearning implements Platform {
	readonly displayName = '360Learning';

	readonly traits = { invitedHaveAccounts: true, hasManagers: true } as const;

	private readonly client: ThreeSixtyClient;

	private readonly accounts: Accounts;

	private readonly externalIds: ExternalIds;

	private readonly fields: CustomFields;

	private readonly groupsAndMembers: Groups;

	private readonly managers: Managers;

	constructor(
		context: NodeContext,
		private readonly options: PlatformOptions,
	) {
		this.client = new ThreeSixtyClient(context);
		this.accounts = new Accounts(this.client);
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
		const users = await this.accounts.all([...links.keys()]);
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

	async inspect({ values, managers, endings }: Inquiry): Promise<Findings> {
		const owners = new Set<LearnerId>();
		await mapParallel(endings, READS_AT_ONCE, async ({ id }) => {
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

	private async add(
		changes: Change[],
		home: GroupRef | undefined,
		sendsInvitation: boolean,
	): Promise<Applied> {
		const email = String(changeTo(changes, 'email'));
		const link = changes.find(({ field }) => field === 'link');
		// The plan may be old, or have been made from a list with gaps.
		const [carrier] = link
			? await this.externalIds.find({ platform: String(link.label), type: 'user', value: String(link.to) })
			: [];
		// One that is gone for good leaves its link behind, which the new account takes over.
		if (carrier && (await this.accounts.get(carrier.targetId))) {
			const what = `An account of Personio id ${String(link?.to)}`;
			return { ...exists(what, carrier.targetId), isTheirs: true };
		}

		const { kind, id } = await this.accounts.make(withoutEmpty(bodyOf(changes)), home, sendsInvitation);
		if (kind === 'exists') return exists(`An account with the address ${email}`, id);
		if (kind === 'restored') {
			const refusal = refusalOf(await this.accounts.delete(id));
			throw new VendorError(`${email} was the address of an ended account, which 360Learning restored.`, {
				remedy:
					refusal === undefined
						? `It was ended again, since nobody has decided whose it is${sendsInvitation ? ', but an invitation may have gone out' : ''}. Plan again to see it held.`
						: `It could not be ended again (${refusal}). Delete it in 360Learning, and plan again.`,
			});
		}
		const isActive = changeTo(changes, 'status') === 'active';
		if (isActive) await this.accounts.activate({ id, email });
		await this.link({ id, email }, changes, carrier?.targetId);
		await this.writeBeside({ id, email }, changes, kind === 'new');
		return { status: 'done', learnerId: id, ...(!isActive && { pending: true }) };
	}

	async update(learner: Learner, changes: Change[], home?: GroupRef): Promise<Applied> {
		const { email } = learner;
		const isActive = changeTo(changes, 'status') === 'active';
		const id = isActive && learner.status === 'inactive' ? await this.restore(learner, home) : learner.id;
		// First of all, since it tells whether the account is still the one that was planned with.
		await this.link({ id, email }, changes, learner.id);
		// An account that could not be restored was made anew, without the names of the former one.
		const { firstName, lastName } = learner;
		const names = id === learner.id ? {} : withoutEmpty({ firstName, lastName });
		const body = { ...names, ...bodyOf(changes) };
		if (Object.keys(body).length > 0) await this.accounts.patch({ id, email }, body);
		// After the address, since it may send a mail.
		if (isActive) await this.accounts.activate({ id, email });
		await this.writeBeside({ id, email }, changes, false);
		return { status: 'done', learnerId: id };
	}

	/**
	 * Without a mail, and without fields, which may not count in a restoration: they are written afterwards.
	 * An account that is back already, since this is done again, is left as it is.
	 */
	private async restore(learner: Learner, home: GroupRef | undefined): Promise<LearnerId> {
		const { id } = learner;
		const now = await this.accounts.get(id);
		if (now && now.status !== 'deleted') return id;
		const mail = now ? now.mail : learner.email;
		const username = now?.username ?? learner.username;
		const made = await this.accounts.make(mail ? { mail } : { username }, home, false);
		if (made.kind === 'new' || made.kind === 'found' || made.id === id) return made.id;
		if (made.kind === 'restored') await this.accounts.delete(made.id);
		throw new VendorError(`The address ${mail ?? username} belongs to another account by now.`, {
			remedy: 'Give one of the two another address in 360Learning, and run again.',
		});
	}

	async setAside(learner: Learner): Promise<void> {
		await this.accounts.patch(learner, { mail: `set-aside-${learner.id}@personio-sync.invalid` });
	}

	async deactivate(learner: Learner): Promise<Applied> {
		const { id, email } = learner;
		const gone: Applied = { status: 'skipped', message: 'The account is deleted already.', learnerId: id };
		const user = await this.accounts.get(id);
		if (user === undefined || user.status === 'deleted') return gone;
		const answer = await this.accounts.delete(id);
		const refusal = refusalOf(answer);
		if (refusal === 'userNotFound') return gone;
		if (refusal !== undefined) throw refused(email, answer);
		return { status: 'done', learnerId: id };
	}

	async setManager(learner: Learner, change: ManagerChange): Promise<Applied> {
		await this.managers.replace(learner.id, learner.email, change);
		if (change.mark) await this.setMark(learner, change.mark);
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

	/** @param former an account that may be gone, from which a new one takes the link over */
	private async link(account: Account, changes: Change[], former: string | undefined): Promise<void> {
		const link = changes.find(({ field }) => field === 'link');
		if (!link) return;
		await this.setExternalId(account, link, {
			replaces: (value) => value === link.from,
			takesFrom: (owner) => owner === former,
		});
	}

	/**
	 * What has calls of its own beside an account: custom fields, and the mark last of all.
	 *
	 * @param isNew the account was made just now, so that it has no values
	 */
	private async writeBeside(account: Account, changes: Change[], isNew: boolean): Promise<void> {
		await this.fields.write(account.id, account.email, customChanges(changes), isNew);
		const mark = changes.find(({ field }) => field === 'mark');
		if (mark) await this.setMark(account, mark);
	}

	/** An account of the same person that is gone may still have the mark. */
	private async setMark(account: Account, mark: Change): Promise<void> {
		await this.setExternalId(account, mark, {
			replaces: (value) => value === mark.from,
			takesFrom: () => true,
		});
	}

	private async setExternalId(
		{ id, email }: Account,
		{ label = '', to }: Change,
		leave: Leave,
	): Promise<void> {
		const present = (await this.externalIds.ofUsers(label)).get(id);
		const wanted = { platform: label, targetId: id, targetType: 'user', value: String(to) };
		await this.externalIds.set(wanted, present, email, leave);
	}
}

const exists = (what: string, id: string): Applied => ({
	status: 'skipped',
	message: `${what} exists already. The next run links it.`,
	learnerId: learnerId(id),
});
