import type { Inbound, Reply } from '../core/http';
import type { Router } from '../core/router';
import type { CustomData } from './customData';
import { Refusal } from './errors';
import type { LearnUponOptions } from './options';
import { pageReply } from './paging';
import { inviteRecord } from './records';
import type { LearnUponState } from './state';
import type { Invite, User } from './types';
import { idOf, isDate, isEmail, membershipType, optionalText, unwrapped } from './values';

/** Facts §6. Invited people are no users until they accept. */
export class Invites {
	constructor(
		private readonly state: LearnUponState,
		private readonly custom: CustomData,
		private readonly options: LearnUponOptions,
	) {}

	register(routes: Router): void {
		routes
			.on('POST', '/api/v1/portal_invite', (request) => this.invitePerson(request))
			.on('POST', '/api/v1/group_invites', (request) => this.inviteMany(request))
			.on('GET', '/api/v1/group_invites', (request) => this.list(request))
			.on('GET', '/api/v1/group_invites/:id', (request, { id }) => this.reply(request, [this.byId(id!)]))
			.on('DELETE', '/api/v1/group_invites/:id', (_request, { id }) => this.cancel(id!));
	}

	accept(idOrEmail: number | string): User {
		const invite = this.open(idOrEmail);
		const present = this.state.userByEmail(invite.email);
		// Somebody who got an account in another way meanwhile keeps it.
		const user =
			present ??
			this.state.addUser({
				email: invite.email,
				firstName: invite.firstName,
				lastName: invite.lastName,
				accountExpires: invite.expiresAt,
				custom: invite.custom,
				userType: invite.userType,
				sfContactId: invite.sfContactId,
				sfUserId: invite.sfUserId,
				signInCount: 1,
				lastSignInAt: this.state.stamp(),
			});
		invite.status = 'accepted';
		invite.acceptedAt = this.state.stamp();
		const { groupId } = invite;
		if (groupId !== null && this.state.groups.has(groupId) && !this.state.membership(groupId, user.id)) {
			this.state.addMembership(groupId, user.id);
		}
		return user;
	}

	reject(idOrEmail: number | string): void {
		this.open(idOrEmail).status = 'rejected';
	}

	private open(idOrEmail: number | string): Invite {
		const invite =
			typeof idOrEmail === 'number' ? this.state.invites.get(idOrEmail) : this.state.openInvite(idOrEmail);
		if (invite?.status !== 'sent') throw new Error(`No open invite for ${idOrEmail}`);
		return invite;
	}

	private invitePerson(request: Inbound): Reply {
		const fields = unwrapped(request, 'Invite', 'invite');
		const { email } = fields;
		if (!isEmail(email)) throw new Refusal(400, 'email is missing or not valid');
		const expiresAt = fields['expires_at'] ?? null;
		if (expiresAt !== null && (typeof expiresAt !== 'string' || !isDate(expiresAt))) {
			throw new Refusal(400, 'expires_at is not valid, the format is yyyy-mm-dd');
		}
		const groupId = this.group(fields['group_id']);
		const userType = membershipType(fields['portal_membership_type_id']);
		const custom = this.custom.merge({}, fields['CustomData']);
		this.checkUser(email);
		if (this.options.duplicatePortalInvite === 'refuse') this.checkInvite(email);
		const invite = this.add({
			email,
			groupId,
			userType,
			custom,
			expiresAt,
			firstName: optionalText(fields['first_name']),
			lastName: optionalText(fields['last_name']),
			sfContactId: optionalText(fields['sf_contact_id']),
			sfUserId: optionalText(fields['sf_user_id']),
		});
		return { status: 200, body: { portal_invite: { id: invite.id, email } } };
	}

	/** Names that come along are dropped. One bad address refuses all: a guess. */
	private inviteMany(request: Inbound): Reply {
		const fields = unwrapped(request, 'GroupInvite', 'group invite');
		const list = fields['email_addresses'];
		const addresses = typeof list === 'string' ? list.split(',').map((address) => address.trim()) : [];
		if (addresses.length === 0 || !addresses.every(isEmail)) {
			throw new Refusal(400, 'email_addresses is missing or not valid');
		}
		const groupId = this.group(fields['group_id']);
		const userType = membershipType(fields['group_membership_type_id']);
		for (const email of addresses) {
			this.checkUser(email);
			this.checkInvite(email);
		}
		const invites = addresses.map((email) => this.add({ email, groupId, userType }));
		const reply = invites.map(({ id, email }) => ({ id, invite_email_address: email }));
		return { status: 200, body: { group_invites: reply } };
	}

	private list(request: Inbound): Reply {
		const groupId = request.query.get('group_id');
		const invites = [...this.state.invites.values()].filter(
			(invite) => groupId === null || String(invite.groupId) === groupId,
		);
		// Newest first, so that an address's last word is not the list's last line. The real order is unknown.
		return this.reply(request, invites.reverse());
	}

	private reply(request: Inbound, invites: readonly Invite[]): Reply {
		const before = { customDataFieldDefinitions: this.custom.definitions(false) };
		const render = (invite: Invite) => inviteRecord(invite, this.custom, this.options, request.origin);
		return pageReply(request, 'group_invite', invites, render, this.options, before);
	}

	private cancel(id: string): Reply {
		const invite = this.byId(id);
		if (invite.status === 'canceled') throw new Refusal(404, 'the invite was not found');
		if (invite.status === 'accepted') throw new Refusal(400, 'the invite has been accepted');
		if (this.options.deletedInvite === 'gone') this.state.invites.delete(invite.id);
		else invite.status = 'canceled';
		return { status: 200, body: {} };
	}

	private byId(text: string): Invite {
		const invite = this.state.invites.get(idOf(text) ?? 0);
		if (!invite) throw new Refusal(404, 'the invite was not found');
		return invite;
	}

	private group(value: unknown): number | null {
		if (value === undefined || value === null || value === '') return null;
		const id = idOf(value);
		if (id === undefined || !this.state.groups.has(id)) throw new Refusal(404, 'the group was not found');
		return id;
	}

	private checkUser(email: string): void {
		if (this.options.inviteExistingUser === 'refuse' && this.state.userByEmail(email)) {
			throw new Refusal(400, `${email} is already a user of this portal`);
		}
	}

	private checkInvite(email: string): void {
		if (this.state.openInvite(email)) {
			throw new Refusal(
				this.options.duplicateInviteStatus,
				`duplicate invite, ${email} has already been invited`,
			);
		}
	}

	private add(fields: Partial<Invite> & Pick<Invite, 'email' | 'groupId' | 'userType'>): Invite {
		const invite: Invite = {
			firstName: null,
			lastName: null,
			expiresAt: null,
			custom: {},
			sfContactId: null,
			sfUserId: null,
			...fields,
			id: this.state.nextId('invite'),
			status: 'sent',
			createdAt: this.state.stamp(),
			acceptedAt: null,
		};
		this.state.invites.set(invite.id, invite);
		return invite;
	}
}
