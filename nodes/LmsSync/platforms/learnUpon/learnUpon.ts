import { randomBytes } from 'crypto';

import { learnerId, type Change, type GroupRef, type Learner } from '../../../shared/item';
import type { VendorResponse } from '../../../shared/transport/vendor';
import { withSecret } from '../../../shared/transport/secrets';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { asideAddress } from '../../sync/addresses';
import { addressKey } from '../../sync/attribute';
import { changeTo } from '../../sync/diff';
import type { Applied, Platform } from '../platform';
import { AT_ONCE, idOf, wordsOf } from './client';
import { Fresh } from './fresh';
import { LearnUponReading } from './reading';
import {
	bodyOf,
	invitationId,
	isEnabled,
	isInvitation,
	NEVER,
	numberOf,
	numericId,
	type InviteRecord,
	type UserRecord,
} from './records';

const LEARNER_ROLE = 1;

/** From so many invitations on, the accounts are read at once instead of one by one. */
const MANY = 20;

/** One LearnUpon portal. */
export class LearnUpon extends LearnUponReading implements Platform {
	readonly displayName = 'LearnUpon';

	readonly traits = {};

	readonly atOnce = AT_ONCE;

	private readonly invitations = new Fresh(async () => await this.invitationsByAddress());

	private readonly accountsByAddress = new Fresh(async () => await this.usersByAddress());

	/** Addresses that were invited here. */
	private readonly invited = new Set<string>();

	private isMany = false;

	async create(changes: Change[]): Promise<Applied> {
		const password = randomBytes(18).toString('base64url');
		return await withSecret(password, async () => await this.createWith(password, changes));
	}

	private async createWith(password: string, changes: Change[]): Promise<Applied> {
		const email = String(changeTo(changes, 'email'));
		const accessEnds = changeTo(changes, 'accessEnds');
		const answer = await this.client.post(
			{
				path: '/users',
				accept: [400, 422],
				body: {
					User: {
						...bodyOf(changes),
						...(accessEnds && { account_expires: accessEnds }),
						password,
						change_password_on_first_login: true,
					},
				},
			},
			async () => (await this.search(email))?.id,
		);
		if ('id' in answer) return { status: 'done', learnerId: learnerId(answer.id) };
		if (answer.status < 300) return { status: 'done', learnerId: learnerId(idOf(answer, '/users')) };
		if (!/already (exists|in use)/i.test(wordsOf(answer))) throw refused(email, answer);

		const existing = await this.search(email);
		if (existing) return hasAccount(email, existing);
		const invited = await this.invite(changes);
		return {
			...invited,
			pending: true,
			...(invited.status === 'done' && {
				message: `${email} exists in another portal of this LearnUpon, so an invitation was sent instead.`,
			}),
		};
	}

	async foresee(invitations: number): Promise<void> {
		this.isMany = invitations >= MANY;
	}

	async invite(changes: Change[], group?: GroupRef, replaces?: Learner): Promise<Applied> {
		const email = String(changeTo(changes, 'email'));
		const accessEnds = changeTo(changes, 'accessEnds');
		// The plan may be old, or another run may have been faster: nobody is invited a second time.
		const key = addressKey(email);
		const present = this.invited.has(key) ? 'sent' : (await this.invitations.value()).get(key);
		if (present === 'sent') return alreadyInvited(email);
		if (present === 'rejected') {
			throw new VendorError(`${email} has declined an invitation since this was decided.`, {
				remedy: 'Talk to the person. To invite them all the same, do so in LearnUpon.',
			});
		}
		const existing = this.isMany ? (await this.accountsByAddress.value()).get(key) : await this.search(email);
		if (existing) return hasAccount(email, existing);
		if (replaces) await this.cancel(replaces);
		const answer = await this.client.post(
			{
				path: '/portal_invite',
				accept: [400, 422],
				body: {
					Invite: {
						...bodyOf(changes),
						...(accessEnds && { expires_at: accessEnds }),
						...(group?.id !== undefined && { group_id: numberOf(group.id) }),
						portal_membership_type_id: LEARNER_ROLE,
					},
				},
			},
			async () => (await this.openInvitations()).find((each) => addressOf(each) === addressKey(email))?.id,
		);
		this.invited.add(key);
		if ('id' in answer) return { status: 'done', learnerId: invitationId(answer.id) };
		if (answer.status >= 300) {
			if (!/duplicate invite|already (been )?(invited|exists|in use|a member)/i.test(wordsOf(answer))) {
				throw refused(email, answer);
			}
			return alreadyInvited(email);
		}
		const id = (answer.body as { portal_invite?: { id?: unknown } | null } | undefined)?.portal_invite?.id;
		return { status: 'done', ...(typeof id === 'number' && { learnerId: invitationId(id) }) };
	}

	async update(learner: Learner, changes: Change[]): Promise<Applied> {
		const fields = bodyOf(changes);
		const status = changeTo(changes, 'status');
		const ends = changeTo(changes, 'accessEnds');
		const email = fields.email as string | undefined;
		// The expiry goes first: an account past its expiry would be disabled again at once.
		if (ends === null) await this.clearExpiry(learner);
		else if (ends !== undefined) fields.account_expires = ends;
		if (Object.keys(fields).length > 0) {
			await this.put(learner, fields);
			if (email !== undefined || fields.account_expires !== undefined) {
				const now = await this.user(learner);
				if (email !== undefined && addressKey(now.email ?? '') !== addressKey(email)) {
					throw notTaken(learner, `the address ${email}`);
				}
				if (fields.account_expires !== undefined && now.account_expires?.slice(0, 10) !== ends) {
					throw notTaken(learner, `the expiry ${String(ends)}`);
				}
			}
		}
		if (status === 'active') await this.setEnabled(learner, true);
		return { status: 'done', learnerId: learner.id };
	}

	async setAside(learner: Learner): Promise<void> {
		await this.put(learner, { email: asideAddress(learner.id) });
	}

	async deactivate(learner: Learner): Promise<Applied> {
		if (isInvitation(learner.id)) {
			await this.cancel(learner);
			return { status: 'done', message: 'The open invitation was cancelled.', learnerId: learner.id };
		}
		if (!isEnabled(await this.user(learner))) {
			return { status: 'skipped', message: 'The account is disabled already.', learnerId: learner.id };
		}
		await this.setEnabled(learner, false);
		return { status: 'done', learnerId: learner.id };
	}

	private async cancel(learner: Learner): Promise<void> {
		const path = `/group_invites/${numericId(learner.id)}`;
		await this.client.request({ method: 'DELETE', path, accept: [404] });
		const { status, body } = await this.client.request({ path, accept: [404] });
		const left = (body as { group_invite?: Array<InviteRecord | null> | null } | undefined)
			?.group_invite?.[0];
		if (status < 300 && left?.invite_status === 'sent') throw notTaken(learner, 'its cancellation');
	}

	private async put(learner: Learner, fields: Record<string, unknown>): Promise<void> {
		if (isInvitation(learner.id)) {
			throw new VendorError(`${learner.email} has not accepted the invitation, which cannot be changed.`, {
				remedy: 'Cancel it in LearnUpon and plan again, or wait until it is accepted.',
			});
		}
		const answer = await this.client.request({
			method: 'PUT',
			path: `/users/${numericId(learner.id)}`,
			body: { User: fields } as never,
			accept: [400, 404, 422],
		});
		if (answer.status >= 300) throw refused(learner.email, answer);
	}

	/** LearnUpon takes some booleans only as text. */
	private async setEnabled(learner: Learner, enabled: boolean): Promise<void> {
		await this.putUntil(
			learner,
			'enabled',
			[enabled, String(enabled)],
			(user) => isEnabled(user) === enabled,
		);
	}

	private async clearExpiry(learner: Learner): Promise<void> {
		await this.putUntil(
			learner,
			'account_expires',
			[null, '', NEVER],
			({ account_expires }) => !account_expires || account_expires.startsWith(NEVER),
		);
	}

	/**
	 * A 2xx does not prove that LearnUpon took a value, and not every form of it is documented: writes one
	 * form after the other until the account, read back, shows that it was taken.
	 */
	private async putUntil(
		learner: Learner,
		field: string,
		forms: unknown[],
		isTaken: (user: UserRecord) => boolean,
	): Promise<void> {
		let refusal: VendorError | undefined;
		for (const form of forms) {
			const outcome = await orVendorError(this.put(learner, { [field]: form }));
			if (outcome instanceof VendorError) {
				// Nothing but a refusal of the value says that another form may do.
				if (outcome.status !== 400 && outcome.status !== 422) throw outcome;
				refusal = outcome;
				continue;
			}
			if (isTaken(await this.user(learner))) return;
		}
		throw refusal ?? notTaken(learner, `"${field}"`);
	}
}

const addressOf = (invite: InviteRecord): string => addressKey(invite.invite_email_address ?? '');

const hasAccount = (email: string, { id }: UserRecord): Applied => ({
	status: 'skipped',
	message: `An account with the address ${email} exists already. The next run links it.`,
	learnerId: learnerId(id),
});

const alreadyInvited = (email: string): Applied => ({
	status: 'skipped',
	message: `${email} was invited already.`,
});

function refused(email: string, answer: VendorResponse): VendorError {
	const words = wordsOf(answer) || `HTTP ${answer.status}`;
	return new VendorError(`LearnUpon refused ${email}: ${words}`, {
		remedy: 'Correct the value in Personio, or the field in LearnUpon.',
		status: answer.status,
	});
}

function notTaken(learner: Learner, what: string): VendorError {
	return new VendorError(`LearnUpon accepted the change of ${learner.email} but did not take ${what}.`, {
		remedy: 'Look at the account in LearnUpon, and run again.',
	});
}
