import { learnerId, type GroupRef, type Learner, type LearnerId } from '../../../shared/item';
import type { VendorResponse } from '../../../shared/transport/vendor';
import { mapParallel } from '../../../shared/transport/parallel';
import { inQuery, pathTo } from '../../../shared/transport/path';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { addressKey } from '../../sync/attribute';
import { watching, type GapFound, type OnGap } from '../gaps';
import { isRecord } from '../../sync/form';
import { soundOf } from '../sound';
import { byId, READS_AT_ONCE, unexpected, type ThreeSixtyClient } from './client';
import { lastDayOf, USER, type UserRecord } from './records';
import { BUSINESS, refusalOf, refused } from './refusals';

/** At most so many on one page. */
const PAGE = 500;

/** So many lost accounts show well enough that something is wrong. */
const ENOUGH = 50;

/** So many members who are on no list of accounts are asked about. */
const ASKED = 5;

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

/** An account in an answer, `undefined` where there is none, or one of which not all is as documented. */
function userIn(body: unknown): UserRecord | undefined {
	if (!isRecord(body)) return undefined;
	const { item, odd } = soundOf<UserRecord>(body, USER);
	return odd.length === 0 && item._id && item.status ? item : undefined;
}

/** A POST makes invited accounts only: any other one was there before. */
function lookedUp(user: UserRecord): Made {
	if (user.status !== 'invited') return { kind: 'exists', id: idOf(user) };
	return { kind: wasDeleted(user) ? 'restored' : 'found', id: idOf(user) };
}

function isWritten(user: UserRecord, body: Record<string, unknown>): boolean {
	const dayOf = (at: unknown) => (at ? lastDayOf(String(at)) : null);
	return Object.entries(body).every(([key, value]) => {
		const now = user[key as keyof UserRecord] ?? '';
		if (key === 'mail') return addressKey(String(now)) === addressKey(String(value ?? ''));
		return key === 'toBeDeactivatedAt' ? dayOf(now) === dayOf(value) : now === (value ?? '');
	});
}

const wasDeleted = ({ deletedAt }: UserRecord): boolean => (deletedAt ?? []).length > 0;

/** Accounts, without what has calls of its own beside them. */
export class Accounts {
	/** Ids of all accounts, where they were read without a gap. */
	private known: ReadonlySet<string> | undefined;

	constructor(private readonly client: ThreeSixtyClient) {}

	/**
	 * Accounts, ended ones too, since those come back and their addresses stay theirs. Whoever is linked and
	 * on neither list, because the lists have a gap or the account came back in between, is read alone.
	 */
	async all(linked: string[], onGap: OnGap): Promise<UserRecord[]> {
		const watch = watching(onGap);
		const options = { size: PAGE, shape: USER, keyOf: byId, onGap: watch.onGap };
		const live = await this.client.list<UserRecord>('/users?status[ne]=deleted', 'the accounts', options);
		if (live.length === 0) {
			watch.onGap({
				code: 'nobody',
				message: '360Learning delivered no account at all, not even that of its owner.',
				remedy: 'Check that the credential is one of the right company, and run again.',
			});
		}
		const ended = await this.client.list<UserRecord>(
			'/users?status[eq]=deleted',
			'the ended accounts',
			options,
		);
		const users = new Map([...live, ...ended].map((user) => [user._id, user]));
		const lost = linked.filter((id) => !users.has(id));
		const { found, gaps } = await this.lost(lost);
		for (const user of found) users.set(user._id, user);
		// They tell nothing new of lists that have other gaps.
		if (watch.isWhole()) gaps.forEach(watch.onGap);
		this.known = watch.isWhole() ? new Set(users.keys()) : undefined;
		return [...users.values()];
	}

	/** No header tells that the lists are short, but who is in a group does. */
	async compareWith(members: LearnerId[], onGap: OnGap): Promise<void> {
		const { known } = this;
		if (known === undefined) return;
		for (const id of members.filter((each) => !known.has(each)).slice(0, ASKED)) {
			const user = await orVendorError(this.get(id));
			if (user instanceof VendorError || user === undefined || user.status === 'deleted') continue;
			const message = `360Learning delivered the accounts without ${user.mail ?? id}, who is in a group, so others may be missing too.`;
			onGap({ code: 'pageMissing', message });
			return;
		}
	}

	/**
	 * Of linked accounts that are on no list: those that are there all the same, which shows that the lists
	 * are not whole. Behind a gap there may be thousands, and some of them are enough.
	 */
	private async lost(ids: string[]): Promise<{ found: UserRecord[]; gaps: GapFound[] }> {
		const found: UserRecord[] = [];
		const gaps: GapFound[] = [];
		await mapParallel(ids, READS_AT_ONCE, async (id) => {
			if (found.length + gaps.length >= ENOUGH) return;
			const user = await orVendorError(this.get(id));
			if (user instanceof VendorError) {
				const message = `360Learning delivered the accounts without ${id}, which carries a Personio ID, and not alone either: ${user.message}`;
				gaps.push({ code: 'pageMissing', message });
			} else if (user !== undefined) found.push(user);
		});
		const [first] = found;
		if (first === undefined) return { found, gaps: gaps.slice(0, 1) };
		const message = `360Learning delivered the accounts without ${first.mail ?? first._id}, who carries a Personio ID, so others may be missing too.`;
		return { found, gaps: [{ code: 'pageMissing', message }] };
	}

	/** `undefined` for an account that is gone for good. */
	async get(id: string): Promise<UserRecord | undefined> {
		const path = pathTo`/users/${id}`;
		const answer = await this.client.request({ path, accept: [404] });
		const refusal = refusalOf(answer);
		if (refusal === 'userNotFound') return undefined;
		if (refusal !== undefined) throw refused(`the account ${id}`, answer);
		const user = userIn(answer.body);
		if (user?._id !== id) throw unexpected(path);
		return user;
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
		const made = userIn(answer.body);
		if (made) {
			if (answer.status === 201) return { kind: 'new', id: idOf(made) };
			return { kind: wasDeleted(made) ? 'restored' : 'exists', id: idOf(made) };
		}
		const user = await this.withAddress(email);
		if (user === undefined) throw unexpected('/users');
		const looked = lookedUp(user);
		return answer.status === 200 && looked.kind === 'found' ? { ...looked, kind: 'exists' } : looked;
	}

	async activate({ id, email }: Account): Promise<void> {
		const path = pathTo`/users/${id}/activate`;
		const answer = await this.client.request({ method: 'PUT', path, accept: BUSINESS });
		if (refusalOf(answer) !== undefined) throw refused(email, answer);
	}

	async patch({ id, email }: Account, body: Record<string, unknown>): Promise<void> {
		const path = pathTo`/users/${id}`;
		const answer = await this.client.request({
			method: 'PATCH',
			path,
			body: body as never,
			accept: BUSINESS,
		});
		if (refusalOf(answer) !== undefined) throw refused(email, answer);
		if (userIn(answer.body)?._id === id) return;
		const now = await this.get(id);
		if (now === undefined || !isWritten(now, body)) throw unexpected(path);
	}

	/** The account stays in 360Learning, deleted. */
	async delete(id: LearnerId): Promise<VendorResponse> {
		return await this.client.request({ method: 'DELETE', path: pathTo`/users/${id}`, accept: BUSINESS });
	}

	/** How letter case counts in a filter is not documented, so the address is compared here. */
	private async withAddress(email: string): Promise<UserRecord | undefined> {
		const path = `/users?mail[eq]=${inQuery(email)}`;
		const what = `the accounts with the address ${email}`;
		const found = await this.client.list<UserRecord>(path, what, { shape: USER, keyOf: byId });
		return found.find(
			({ mail, status }) => status !== 'deleted' && addressKey(mail ?? '') === addressKey(email),
		);
	}
}
