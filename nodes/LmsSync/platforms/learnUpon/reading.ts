import { learnerId, type Gap, type Learner, type LearnerId } from '../../../shared/item';
import type { NodeContext } from '../../../shared/transport/vendor';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { addressKey } from '../../sync/attribute';
import { sameLabel } from '../../sync/diff';
import type { LmsState } from '../../sync/lmsState';
import { collecting, watching, type OnGap } from '../gaps';
import type { PlatformOptions } from '../platform';
import { isRecord } from '../../sync/form';
import { soundOf } from '../sound';
import { hasId, isGone, LearnUponClient, theOne, unexpected } from './client';
import { LearnUponGroups } from './groups';
import {
	definitionsOf,
	fieldOf,
	hasItsValues,
	hidesCustomData,
	INVITE,
	isInvitation,
	learnerOfInvite,
	learnerOfUser,
	numericId,
	tellsCustomData,
	USER,
	type Definition,
	type InviteRecord,
	type UserRecord,
} from './records';

const ACCOUNTS = { what: 'the accounts', path: '/users', key: 'user', shape: USER };
const INVITATIONS = {
	what: 'the invitations',
	path: '/group_invites',
	key: 'group_invite',
	shape: INVITE,
};

/** So many accounts without custom data are looked at, the newest ones. */
const ASKED = 3;

/** What a LearnUpon portal tells of accounts and invitations. */
export class LearnUponReading extends LearnUponGroups {
	private knownDefinitions: Definition[] | undefined;

	constructor(
		context: NodeContext,
		private readonly options: PlatformOptions,
	) {
		super(new LearnUponClient(context));
	}

	/** Invitations are read before users: who accepts in between is found twice rather than not at all. */
	async read(): Promise<LmsState> {
		const { linkField } = this.options;
		const gaps: Gap[] = [];
		const onGap = collecting(gaps);
		const invites = await this.client.list<InviteRecord>(INVITATIONS, onGap);
		const watch = watching(onGap);
		let found: Definition[] | undefined;
		const users = await this.client.list<UserRecord>(ACCOUNTS, watch.onGap, (body) => {
			found ??= definitionsOf(body);
		});
		if (users.length === 0) {
			watch.onGap({
				code: 'nobody',
				message: 'LearnUpon delivered no account at all, not even that of an administrator.',
				remedy: 'Check that "Portal URL" in the credential names the right portal, and run again.',
			});
		}
		if (users.some(hidesCustomData) || invites.some(hidesCustomData)) {
			watch.onGap({
				code: 'attributeMissing',
				message: 'LearnUpon delivered custom data of an unexpected form, which may hold Personio IDs.',
			});
		}
		if (watch.isWhole()) this.accounts = new Set(users.map(({ id }) => learnerId(id)));
		await this.demandCustomData(users, watch.onGap);
		// The list of users may leave out the values of choices.
		const definitions = found?.every(hasItsValues) ? found : await this.definitions();
		this.demandFields(definitions);

		const accounts = users.map((user) => learnerOfUser(user, definitions, linkField));
		const sent = invites
			.filter(({ invite_status }) => invite_status === 'sent')
			.map((invite) => learnerOfInvite(invite, definitions, linkField));
		if (sent.some(({ email, link }) => email === '' && link === null)) {
			onGap({
				code: 'attributeMissing',
				message: 'LearnUpon delivered open invitations without the address that they went to.',
			});
		}
		const groups = await this.allGroups(onGap);
		return {
			learners: [...accounts, ...sent],
			rejections: invites
				.filter(({ invite_status }) => invite_status === 'rejected')
				.map((invite) => learnerOfInvite(invite, definitions, linkField)),
			invitations: {
				count: invites.length,
				closed: invites
					.filter(({ invite_status }) => invite_status !== 'sent')
					.map((invite) => learnerOfInvite(invite, definitions, linkField)),
			},
			groups,
			fields: definitions.map(fieldOf),
			...(gaps.length > 0 && { gaps }),
		};
	}

	/** An account on its own tells whether a list without custom data has left it out. */
	private async demandCustomData(users: UserRecord[], onGap: OnGap): Promise<void> {
		const { needsLink, fields } = this.options;
		if (!needsLink && fields.length === 0) return;
		const silent = users.filter((user) => !tellsCustomData(user));
		for (const { id } of silent.slice(-ASKED)) {
			const found = await orVendorError(this.account(learnerId(id)));
			if (!(found instanceof VendorError) && (!found || !tellsCustomData(found.user))) continue;
			const some = `${silent.length} of ${users.length}`;
			const message = `LearnUpon delivered ${some} accounts without their custom data, and so without their Personio IDs.`;
			onGap({ code: 'attributeMissing', message });
			return;
		}
	}

	async look(learner: Learner, linkField: string): Promise<Learner | undefined> {
		if (isInvitation(learner.id)) return await this.lookAtInvitation(learner.id, linkField);
		const found = await this.account(learner.id);
		return found && learnerOfUser(found.user, await this.definitionsWith(found.body), linkField);
	}

	private async lookAtInvitation(id: LearnerId, linkField: string): Promise<Learner | undefined> {
		const path = `/group_invites/${numericId(id)}`;
		const answer = await this.client.request({ path, accept: [404] });
		if (isGone(answer)) return undefined;
		const body = (answer.body ?? {}) as Record<string, unknown>;
		const invite = theOne<InviteRecord>(body.group_invite, numericId(id), INVITE, path);
		if (invite.invite_status === 'sent') {
			return learnerOfInvite(invite, await this.definitionsWith(body), linkField);
		}
		if (invite.invite_status !== 'accepted') return undefined;
		const account = await this.search(invite.invite_email_address ?? '');
		return account && learnerOfUser(account, await this.definitionsWith({}), linkField);
	}

	/** Most answers about people carry them. */
	private async definitionsWith(body: Record<string, unknown>): Promise<Definition[]> {
		this.knownDefinitions = definitionsOf(body) ?? this.knownDefinitions ?? (await this.definitions());
		return this.knownDefinitions;
	}

	private async definitions(): Promise<Definition[]> {
		const { body } = await this.client.request({ path: '/users/customuserdata' });
		const found = definitionsOf((body ?? {}) as Record<string, unknown>);
		if (found === undefined) throw unexpected('/users/customuserdata');
		return found;
	}

	/** LearnUpon has no call that makes custom fields, so they must be there before anything is written. */
	private demandFields(definitions: Definition[]): void {
		const { linkField, needsLink, fields } = this.options;
		const lacks = (label: string) => !definitions.some((each) => sameLabel(each.label, label));
		if (needsLink && lacks(linkField)) {
			throw new VendorError(`The LearnUpon portal has no custom user field "${linkField}".`, {
				remedy: `It holds the Personio id of each learner. In LearnUpon, open Settings > Users > Custom User Data and add the field "${linkField}" of type String, then run again. Nothing was changed.`,
			});
		}
		const missing = fields.filter(lacks);
		if (missing.length > 0) {
			throw new VendorError(
				`The LearnUpon portal has no custom user field ${missing.map((label) => `"${label}"`).join(', ')}.`,
				{
					remedy: `Add it in LearnUpon under Settings > Users > Custom User Data, or choose another one in "Field Mapping". The portal has: ${definitions.map(({ label }) => label).join(', ') || 'none'}. Nothing was changed.`,
				},
			);
		}
	}

	/** Unknown filters are ignored by LearnUpon and everybody comes back, so the address is compared. */
	protected async search(email: string): Promise<UserRecord | undefined> {
		const { status, body } = await this.client.request({
			path: '/users/search',
			query: { email },
			accept: [404],
		});
		if (status === 404) return undefined;
		const users = (body as { user?: unknown } | undefined)?.user;
		if (users === undefined) return undefined;
		if (!Array.isArray(users) || !users.every(isRecord)) throw unexpected('/users/search');
		const found = users.map((user) => soundOf<UserRecord>(user, USER));
		if (found.some(({ item, odd }) => odd.length > 0 || !hasId(item))) throw unexpected('/users/search');
		return found.map(({ item }) => item).find((user) => addressKey(user.email ?? '') === addressKey(email));
	}

	protected async usersByAddress(): Promise<Map<string, UserRecord>> {
		const users = await this.client.list<UserRecord>(ACCOUNTS);
		return new Map(users.map((user) => [addressKey(user.email ?? ''), user]));
	}

	/** The addresses with an open invitation, and those that have declined one and have no other. */
	protected async invitationsByAddress(): Promise<Map<string, 'sent' | 'rejected'>> {
		const found = new Map<string, 'sent' | 'rejected'>();
		for (const { invite_status: status, invite_email_address: email } of await this.allInvitations()) {
			const key = addressKey(email ?? '');
			if (status === 'sent' || (status === 'rejected' && !found.has(key))) found.set(key, status);
		}
		return found;
	}

	protected async openInvitations(): Promise<InviteRecord[]> {
		return (await this.allInvitations()).filter(({ invite_status }) => invite_status === 'sent');
	}

	private async allInvitations(): Promise<InviteRecord[]> {
		return await this.client.list<InviteRecord>(INVITATIONS);
	}

	protected async user(learner: Learner): Promise<UserRecord> {
		const path = `/users/${numericId(learner.id)}`;
		const { body } = await this.client.request({ path });
		return theOne<UserRecord>((body as { user?: unknown } | undefined)?.user, learner.id, USER, path);
	}
}
