import {
	employeeId,
	learnerId,
	type Change,
	type Gap,
	type GroupRef,
	type Learner,
	type LearnerId,
	type ManagerChange,
	type Reporting,
} from '../../../shared/item';
import type { NodeContext } from '../../../shared/transport/vendor';
import { mapParallel } from '../../../shared/transport/parallel';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { asideAddress } from '../../sync/addresses';
import { changeTo } from '../../sync/diff';
import type { Findings, Inquiry } from '../../sync/inquiry';
import type { Group, LmsState } from '../../sync/lmsState';
import { collecting } from '../gaps';
import type { Applied, Before, GroupMove, Members, Platform, PlatformOptions } from '../platform';
import { Accounts, type Account } from './accounts';
import { AT_ONCE, READS_AT_ONCE, ThreeSixtyClient } from './client';
import { CustomFields } from './customFields';
import { ExternalIds } from './externalIds';
import { Groups } from './groups';
import { LinksAndMarks, markField } from './linksAndMarks';
import { Managers } from './managers';
import { bodyOf, customChanges, learnerOf, withoutEmpty } from './records';
import { refusalOf, refused } from './refusals';

/** One company's 360Learning, by its API v2. */
export class ThreeSixtyLearning implements Platform {
	readonly displayName = '360Learning';

	readonly traits = { invitedHaveAccounts: true, hasManagers: true } as const;

	readonly atOnce = AT_ONCE;

	private readonly client: ThreeSixtyClient;

	private readonly accounts: Accounts;

	private readonly externalIds: ExternalIds;

	private readonly linksAndMarks: LinksAndMarks;

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
		this.linksAndMarks = new LinksAndMarks(this.externalIds);
		this.groupsAndMembers = new Groups(this.client, this.externalIds);
		this.managers = new Managers(this.client, this.externalIds);
		const topGroup = async () => await this.groupsAndMembers.topGroup();
		this.fields = new CustomFields(this.client, this.externalIds, topGroup);
	}

	async read(): Promise<LmsState> {
		const { linkField, needsLink, rootGroup, fields, extendLists } = this.options;
		const gaps: Gap[] = [];
		const onGap = collecting(gaps);
		const { groups, root, top } = await this.groupsAndMembers.groups(rootGroup, onGap, onGap);
		const { links, marks } = await this.linksAndMarks.all(linkField, needsLink, onGap);
		const users = await this.accounts.all([...links.keys()], onGap);
		return {
			learners: users.map((user) => {
				const link = links.get(user._id);
				return learnerOf(user, link === undefined ? null : employeeId(link), marks.get(user._id) ?? null);
			}),
			rejections: [],
			groups,
			fields: await this.fields.describe(fields, extendLists, top),
			markField: markField(linkField),
			...(root && { rootGroup: root }),
			...(gaps.length > 0 && { gaps }),
		};
	}

	async look({ id }: Learner, linkField: string): Promise<Learner | undefined> {
		const user = await this.accounts.get(id);
		if (user === undefined) return undefined;
		const { link, mark } = await this.linksAndMarks.of(id, linkField);
		return { ...learnerOf(user, link === undefined ? null : employeeId(link), mark ?? null), partial: true };
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

	async memberships(groups: Group[]): Promise<Members> {
		const gaps: Gap[] = [];
		const onGap = collecting(gaps);
		const of = await this.groupsAndMembers.memberships(groups, onGap);
		await this.accounts.compareWith([...of.keys()], onGap);
		return { of, gaps };
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
		await this.linksAndMarks.link({ id, email }, changes, carrier?.targetId);
		await this.writeBeside({ id, email }, changes, kind === 'new');
		return { status: 'done', learnerId: id, ...(!isActive && { pending: true }) };
	}

	async update(learner: Learner, changes: Change[], home?: GroupRef): Promise<Applied> {
		const { email } = learner;
		const isActive = changeTo(changes, 'status') === 'active';
		const id = isActive && learner.status === 'inactive' ? await this.restore(learner, home) : learner.id;
		// First of all, since they tell whether the account is still the one that was planned with.
		const emptied = await this.linksAndMarks.emptied({ id, email }, changes);
		await this.linksAndMarks.link({ id, email }, changes, learner.id);
		// An account that could not be restored was made anew, without the names of the former one.
		const { firstName, lastName } = learner;
		const names = id === learner.id ? {} : withoutEmpty({ firstName, lastName });
		const body = { ...names, ...bodyOf(changes) };
		if (Object.keys(body).length > 0) await this.accounts.patch({ id, email }, body);
		// After the address, since it may send a mail.
		if (isActive) await this.accounts.activate({ id, email });
		await this.writeBeside({ id, email }, changes, false);
		// Last of all, since without its link an account is not found again to do the rest.
		await this.linksAndMarks.remove({ id, email }, emptied);
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
		await this.accounts.patch(learner, { mail: asideAddress(learner.id) });
	}

	async deactivate(learner: Learner): Promise<Applied> {
		const { id, email } = learner;
		const gone: Applied = { status: 'skipped', message: 'The account is deleted already.', learnerId: id };
		if (await this.isDeleted(id)) return gone;
		const before = await orVendorError(this.lostWith(id));
		const answer = await orVendorError(this.accounts.delete(id));
		if (answer instanceof VendorError) {
			const isDone = answer.uncertain && (await orVendorError(this.isDeleted(id))) === true;
			if (!isDone) throw answer;
		} else {
			// It was there just now: the first of several tries has deleted it, and only its answer was lost.
			const refusal = refusalOf(answer);
			if (refusal !== undefined && refusal !== 'userNotFound') throw refused(email, answer);
		}
		// Not known is no reason to leave the access.
		return { status: 'done', learnerId: id, ...(!(before instanceof VendorError) && { before }) };
	}

	private async isDeleted(id: LearnerId): Promise<boolean> {
		const user = await this.accounts.get(id);
		return user === undefined || user.status === 'deleted';
	}

	/** What a deleted account does not get back when it is restored. */
	private async lostWith(id: LearnerId): Promise<Before> {
		const [groups, managers, reports] = await Promise.all([
			this.groupsAndMembers.learnerIn(id),
			this.managers.of(id),
			this.managers.reportsTo(id),
		]);
		return { groups, managers, reports };
	}

	async setManager(learner: Learner, change: ManagerChange): Promise<Applied> {
		await this.managers.replace(learner.id, learner.email, change);
		const marks = change.mark ? [change.mark] : [];
		await this.linksAndMarks.mark(learner, marks);
		await this.linksAndMarks.remove(learner, await this.linksAndMarks.emptied(learner, marks));
		return { status: 'done', learnerId: learner.id };
	}

	async restoreReporting({ id, email }: Learner, { managers, reports }: Reporting): Promise<Applied> {
		for (const manager of managers) await this.managers.add(id, manager, email);
		for (const report of reports) await this.managers.add(report, id, report);
		return { status: 'done', learnerId: id };
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

	/**
	 * What has calls of its own beside an account: custom fields, and the mark last of all.
	 *
	 * @param isNew the account was made just now, so that it has no values
	 */
	private async writeBeside(account: Account, changes: Change[], isNew: boolean): Promise<void> {
		await this.fields.write(account.id, account.email, customChanges(changes), isNew);
		await this.linksAndMarks.mark(account, changes);
	}
}

const exists = (what: string, id: string): Applied => ({
	status: 'skipped',
	message: `${what} exists already. The next run links it.`,
	learnerId: learnerId(id),
});
