import type { Inbound, Reply } from '../core/http';
import type { Router } from '../core/router';
import type { CustomData } from './customData';
import { Refusal } from './errors';
import type { LearnUponOptions } from './options';
import { pageReply } from './paging';
import { userRecord } from './records';
import type { LearnUponState } from './state';
import type { User } from './types';
import { idOf, isEmail, unwrapped } from './values';
import { applyUserFields } from './userFields';

/** Facts §4 and §5. */
export class Users {
	constructor(
		private readonly state: LearnUponState,
		private readonly custom: CustomData,
		private readonly options: LearnUponOptions,
	) {}

	register(routes: Router): void {
		routes
			.on('GET', '/api/v1/users', (request) => this.list(request))
			.on('GET', '/api/v1/users/search', (request) => this.search(request))
			.on('GET', '/api/v1/users/customuserdata', () => ({
				status: 200,
				body: { customDataFieldDefinitions: this.custom.definitions(true) },
			}))
			.on('GET', '/api/v1/users/:id', (request, { id }) => this.reply(request, [this.byId(id!)]))
			.on('POST', '/api/v1/users', (request) => this.create(request))
			.on('PUT', '/api/v1/users/:id', (request, { id }) => this.update(request, id!))
			.on('DELETE', '/api/v1/users/:id', (_request, { id }) => {
				this.state.removeUser(this.byId(id!).id);
				return { status: 200, body: {} };
			});
	}

	/** `login_enabled` is the only filter; whatever else is asked, everybody comes. */
	private list(request: Inbound): Reply {
		const wanted = request.query.get('login_enabled');
		const users = [...this.state.users.values()].map((user) => this.state.settle(user));
		const filters = wanted === 'true' || wanted === 'false';
		return this.reply(request, filters ? users.filter(({ enabled }) => String(enabled) === wanted) : users);
	}

	private search(request: Inbound): Reply {
		const { searchIgnoresCase, searchFindsDisabled, searchMissStatus } = this.options;
		const email = request.query.get('email');
		const username = request.query.get('username');
		const fold = (text: string) => (searchIgnoresCase ? text.toLowerCase() : text);
		const hits = [...this.state.users.values()].filter((user) => {
			const isHit =
				email !== null
					? fold(user.email) === fold(email)
					: username !== null && user.username !== null && fold(user.username) === fold(username);
			return isHit && (searchFindsDisabled || this.state.settle(user).enabled);
		});
		if (hits.length === 0 && searchMissStatus === 404) throw new Refusal(404, 'no user was found');
		return this.reply(request, hits);
	}

	/** The definitions come first, under a misspelt key. */
	private reply(request: Inbound, users: readonly User[]): Reply {
		return pageReply(
			request,
			'user',
			users,
			(user) => userRecord(this.state.settle(user), this.custom, request.query.get('version_id')),
			this.options,
			{ customDataFieldDefintions: this.custom.definitions(false) },
		);
	}

	private create(request: Inbound): Reply {
		const fields = unwrapped(request, 'User', 'user');
		const { email, password } = fields;
		if (!isEmail(email)) throw new Refusal(400, 'email is missing or not valid');
		if (typeof password !== 'string') throw new Refusal(400, 'password is missing');
		this.checkFree(email);
		const user = this.state.draftUser({ email });
		applyUserFields(user, fields, this.custom, this.options);
		this.state.users.set(user.id, user);
		return { status: 200, body: { id: user.id } };
	}

	private update(request: Inbound, idText: string): Reply {
		const { email, new_email: newEmail, ...fields } = unwrapped(request, 'User', 'user');
		const byEmail = idText === '0';
		const user = byEmail ? this.byEmail(email) : this.byId(idText);
		const wanted = byEmail ? newEmail : email;
		const changed = structuredClone(this.state.settle(user));
		if (wanted !== undefined) {
			if (!isEmail(wanted)) throw new Refusal(400, 'email is not valid');
			this.checkAddressChange(user, wanted);
			changed.email = wanted;
		}
		applyUserFields(changed, fields, this.custom, this.options);
		Object.assign(user, changed, { updatedAt: this.state.stamp() });
		return { status: 200, body: { id: user.id } };
	}

	private checkFree(email: string): void {
		if (this.state.userByEmail(email)) throw new Refusal(400, 'email is already in use');
		if (this.state.isInOtherPortal(email) && !this.options.allowUsersOfOtherPortals) {
			throw new Refusal(400, 'user already exists, you can try to invite them to this portal?');
		}
		if (this.options.createWhileInvited === 'refuse' && this.state.openInvite(email)) {
			throw new Refusal(400, 'this person has already been invited');
		}
	}

	private checkAddressChange(user: User, email: string): void {
		const holder = this.state.userByEmail(email);
		if ((holder && holder !== user) || this.state.isInOtherPortal(email)) {
			throw new Refusal(400, `email ${email} is already in use by another user`);
		}
	}

	private byId(text: string): User {
		const user = this.state.users.get(idOf(text) ?? 0);
		if (!user) throw new Refusal(404, 'the user was not found');
		return user;
	}

	private byEmail(email: unknown): User {
		const user = typeof email === 'string' ? this.state.userByEmail(email) : undefined;
		if (!user) throw new Refusal(404, 'the user was not found');
		return user;
	}
}
