import { learnerId, type GroupRef, type Learner, type LearnerId } from '../../../shared/item';
import type { VendorResponse } from '../../../shared/transport/client';
import { mapParallel } from '../../../shared/transport/parallel';
import { VendorError } from '../../../shared/transport/vendorError';
import { addressKey } from '../../sync/attribute';
import { unexpected, type ThreeSixtyClient } from './client';
import { madeId } from './externalIds';
import type { UserRecord } from './records';
import { BUSINESS, refusalOf, refused } from './refusals';

const WIDTH = 10;

/** What came of making an account. */
export type Made =
	| { kind: 'new'; id: LearnerId }
	/** A deleted account with the same address came back. */
	| { kind: 'restored'; id: LearnerId }
	| { kind: 'exists'; id: LearnerId };

/** Accounts, without what has calls of its own beside them. */
export class Accounts {
	constructor(private readonly client: ThreeSixtyClient) {}

	/**
	 * Accounts, ended ones too, since those come back and their addresses stay theirs. Whoever is linked and
	 * on neither list, because the lists had a gap or the account ended in between, is read alone.
	 */
	async all(linked: string[]): Promise<UserRecord[]> {
		const live = await this.client.list<UserRecord>('/users?status[ne]=deleted');
		const ended = await this.client.list<UserRecord>('/users?status[eq]=deleted');
		const users = new Map([...live, ...ended].map((user) => [user._id, user]));
		const lost = linked.filter((id) => !users.has(id));
		await mapParallel(lost, WIDTH, async (id) => {
			const user = await this.get(id);
			if (user) users.set(id, user);
		});
		return [...users.values()];
	}

	/** `undefined` for an account that is gone for good. */
	async get(id: string): Promise<UserRecord | undefined> {
		const path = `/users/${id}`;
		const answer = await this.client.request({ path, accept: [404] });
		const refusal = refusalOf(answer);
		if (refusal === 'userNotFound') return undefined;
		if (refusal !== undefined) throw refused(`the account ${id}`, answer);
		const { body } = answer;
		if ((body as UserRecord | undefined)?._id !== id) throw unexpected(path);
		return body as UserRecord;
	}

	/** 360Learning itself tells by the address whether an account is new or comes back. */
	async make(
		body: Record<string, unknown>,
		home: GroupRef | undefined,
		sendsInvitation: boolean,
	): Promise<Made> {
		const email = String(body.mail);
		if (home?.id === undefined) {
			throw new VendorError('The decision names no root group, without which 360Learning makes no account.', {
				remedy: 'Choose "Root Group" in the plan, and plan again.',
			});
		}
		const outcome = await this.client.post(
			{
				path: `/users?sendInvitationEmail=${sendsInvitation}`,
				body: { ...body, membership: { groupId: home.id, role: 'learner' } },
				accept: BUSINESS,
			},
			async () => await this.withAddress(email),
		);
		if ('found' in outcome) {
			const { _id, status, deletedAt = [] } = outcome.found;
			// A POST makes invited accounts only, so this one was there before.
			if (status !== 'invited') return { kind: 'exists', id: learnerId(_id) };
			return { kind: deletedAt.length > 0 ? 'restored' : 'new', id: learnerId(_id) };
		}
		const { answer } = outcome;
		if (refusalOf(answer) === 'mailAlreadyUsed') {
			const existing = await this.withAddress(email);
			if (existing) return { kind: 'exists', id: learnerId(existing._id) };
		}
		if (refusalOf(answer) !== undefined) throw refused(email, answer);
		const id = learnerId(madeId(answer, '/users'));
		return { kind: answer.status === 200 ? 'restored' : 'new', id };
	}

	async activate({ id, email }: Pick<Learner, 'id' | 'email'>): Promise<void> {
		const path = `/users/${id}/activate`;
		const answer = await this.client.request({ method: 'PUT', path, accept: BUSINESS });
		if (refusalOf(answer) !== undefined) throw refused(email, answer);
	}

	async patch({ id, email }: Pick<Learner, 'id' | 'email'>, body: Record<string, unknown>): Promise<void> {
		const path = `/users/${id}`;
		const answer = await this.client.request({
			method: 'PATCH',
			path,
			body: body as never,
			accept: BUSINESS,
		});
		if (refusalOf(answer) !== undefined) throw refused(email, answer);
	}

	/** The account stays in 360Learning, deleted. */
	async delete(id: LearnerId): Promise<VendorResponse> {
		return await this.client.request({ method: 'DELETE', path: `/users/${id}`, accept: BUSINESS });
	}

	/** How letter case counts in a filter is not documented, so the address is compared here. */
	private async withAddress(email: string): Promise<UserRecord | undefined> {
		const found = await this.client.list<UserRecord>(`/users?mail[eq]=${encodeURIComponent(email)}`);
		return found.find(
			({ mail, status }) => status !== 'deleted' && addressKey(mail ?? '') === addressKey(email),
		);
	}
}
