import { learnerId, type GroupRef, type Learner, type LearnerId } from '../../../shared/item';
import type { VendorResponse } from '../../../shared/transport/client';
import { mapParallel } from '../../../shared/transport/parallel';
import { VendorError } from '../../../shared/transport/vendorError';
import { addressKey } from '../../sync/attribute';
import { READS_AT_ONCE, unexpected, type ThreeSixtyClient } from './client';
import type { UserRecord } from './records';
import { BUSINESS, refusalOf, refused } from './refusals';

/** An account, and how it is called in a message. */
export type Account = Pick<Learner, 'id' | 'email'>;

/** What came of making an account. */
export interface Made {
	/**
	 * `found`: made, though no proper answer told so; `restored`: a deleted account with the same address
	 * came back; `exists`: an account was there before, and nothing was done.
	 */
	kind: 'new' | 'found' | 'restored' | 'exists';
	id: LearnerId;
}

const idOf = ({ _id }: UserRecord): LearnerId => learnerId(_id);
const isUser = (body: unknown): body is UserRecord =>
	typeof (body as UserRecord | undefined)?._id === 'string';

/** A POST makes invited accounts only: any other one was there before. */
function lookedUp(user: UserRecord): Made {
	if (user.status !== 'invited') return { kind: 'exists', id: idOf(user) };
	return { kind: wasDeleted(user) ? 'restored' : 'found', id: idOf(user) };
}

const wasDeleted = ({ deletedAt = [] }: UserRecord): boolean => deletedAt.length > 0;

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
		await mapParallel(lost, READS_AT_ONCE, async (id) => {
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
		if (!isUser(body) || body._id !== id) throw unexpected(path);
		return body;
	}

	/** 360Learning itself tells by the address whether an account is new or comes back. */
	async make(
		body: Record<string, unknown>,
		home: GroupRef | undefined,
		sendsInvitation: boolean,
	): Promise<Made> {
		const email = String(body.mail ?? body.username);
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
		if ('found' in outcome) return lookedUp(outcome.found);
		const { answer } = outcome;
		if (refusalOf(answer) === 'mailAlreadyUsed') {
			const existing = await this.withAddress(email);
			if (existing) return { kind: 'exists', id: idOf(existing) };
		}
		if (refusalOf(answer) !== undefined) throw refused(email, answer);
		if (isUser(answer.body)) {
			const { body } = answer;
			if (answer.status === 201) return { kind: 'new', id: idOf(body) };
			return { kind: wasDeleted(body) ? 'restored' : 'exists', id: idOf(body) };
		}
		const user = await this.withAddress(email);
		if (user === undefined) throw unexpected('/users');
		const looked = lookedUp(user);
		return answer.status === 200 && looked.kind === 'found' ? { ...looked, kind: 'exists' } : looked;
	}

	async activate({ id, email }: Account): Promise<void> {
		const path = `/users/${id}/activate`;
		const answer = await this.client.request({ method: 'PUT', path, accept: BUSINESS });
		if (refusalOf(answer) !== undefined) throw refused(email, answer);
	}

	async patch({ id, email }: Account, body: Record<string, unknown>): Promise<void> {
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
