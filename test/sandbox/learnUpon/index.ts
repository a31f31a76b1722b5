import { randomUUID } from 'node:crypto';
import type { Clock } from '../core/clock';
import type { CallKind, Inbound, Reply } from '../core/http';
import { contentType, isJsonType } from '../core/http';
import { deedsExcept } from '../core/misdeeds';
import { Router } from '../core/router';
import { VendorServer } from '../core/server';
import { CustomData } from './customData';
import { errorReply, Refusal } from './errors';
import { Groups } from './groups';
import { Invites } from './invites';
import { LearnUponLimits } from './limits';
import { Memberships } from './memberships';
import type { LearnUponOptions } from './options';
import { LEARNUPON_DEFAULTS } from './options';
import { pageOf } from './paging';
import type { Snapshot } from './snapshot';
import { snapshotOf } from './snapshot';
import type { LearnUponKept } from './state';
import { LearnUponState } from './state';
import type { CustomField, Group, GroupManager, Invite, Membership, User } from './types';
import { Users } from './users';
import { toXml } from './xml';

export class LearnUponSandbox extends VendorServer {
	readonly name = 'LearnUpon';
	readonly deeds = deedsExcept(
		'moveTotals',
		'repeatCursor',
		'foreignNextLink',
		'relativeNextLink',
		'shiftRows',
		'bulkError',
		'bulkItemErrors',
	);
	readonly options: LearnUponOptions;
	readonly credentials = { username: 'sandbox-api-user', password: 'sandbox-api-password' };
	private keysRevoked = false;
	private readonly state: LearnUponState;
	private readonly limits: LearnUponLimits;
	private readonly inviteDesk: Invites;
	private readonly routes = new Router();

	constructor(clock: Clock, options: Partial<LearnUponOptions> = {}) {
		super();
		this.options = { ...LEARNUPON_DEFAULTS, ...options };
		this.state = new LearnUponState(clock, this.options);
		this.limits = new LearnUponLimits(this.options);
		const custom = new CustomData(this.state.customFields, this.options);
		this.inviteDesk = new Invites(this.state, custom, this.options);
		this.inviteDesk.register(this.routes);
		new Users(this.state, custom, this.options).register(this.routes);
		new Groups(this.state, this.options).register(this.routes);
		new Memberships(this.state, this.options).register(this.routes);
		this.routes.on('GET', '/api/v1/portals', () => this.portals());
	}

	get users(): Map<number, User> {
		return this.state.users;
	}

	get invites(): Map<number, Invite> {
		return this.state.invites;
	}

	get groups(): Map<number, Group> {
		return this.state.groups;
	}

	get memberships(): Membership[] {
		return this.state.memberships;
	}

	get managers(): GroupManager[] {
		return this.state.managers;
	}

	get customFields(): readonly CustomField[] {
		return this.state.customFields;
	}

	get usersInOtherPortals(): Set<string> {
		return this.state.usersInOtherPortals;
	}

	addUser(input: Partial<User> = {}): User {
		return this.state.addUser(input);
	}

	addGroup(title: string): Group {
		return this.state.addGroup(title);
	}

	addMembership(groupId: number, userId: number): Membership {
		return this.state.addMembership(groupId, userId);
	}

	addCustomField(field: Pick<CustomField, 'label'> & Partial<CustomField>): CustomField {
		const added = { typeId: 1, predefinedValues: null, ...field, id: field.id ?? this.state.nextId('field') };
		this.state.customFields.push(added);
		return added;
	}

	acceptInvite(idOrEmail: number | string): User {
		return this.inviteDesk.accept(idOrEmail);
	}

	acceptAllInvites(): User[] {
		const open = [...this.state.invites.values()].filter(({ status }) => status === 'sent');
		return open.map(({ id }) => this.inviteDesk.accept(id));
	}

	rejectInvite(idOrEmail: number | string): void {
		this.inviteDesk.reject(idOrEmail);
	}

	snapshot(): Snapshot {
		return snapshotOf(this.state);
	}

	/** What `restore()` takes, to go on from here in another process. */
	kept(): LearnUponKept {
		return this.state.kept();
	}

	restore(kept: LearnUponKept): void {
		this.state.restore(kept);
	}

	/** As if somebody had generated a new pair: the old one is dead. */
	revokeKeys(): void {
		this.keysRevoked = true;
	}

	restoreKeys(): void {
		this.keysRevoked = false;
	}

	kindOf(method: string): CallKind {
		return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
	}

	errorBody(): unknown {
		return errorReply(400, 'internal error, please try again').body;
	}

	pageOf(request: Inbound): number {
		return pageOf(request);
	}

	answer(request: Inbound): Reply {
		const reply = request.pretend ? this.state.undoing(() => this.decide(request)) : this.decide(request);
		const wantsJson = (request.headers.accept ?? '').toLowerCase().includes('application/json');
		const headers = { 'X-Request-Id': randomUUID(), ...reply.headers };
		return wantsJson ? { ...reply, headers } : { ...reply, headers, encode: toXml };
	}

	private decide(request: Inbound): Reply {
		if (!this.isAuthorised(request)) return notAuthorised();
		if (!this.limits.take()) {
			return { ...errorReply(429, 'too many requests'), headers: this.limits.retryHeaders() };
		}
		if (!hasSoundBody(request)) {
			return { status: 400, body: { error: 'There was a problem in the JSON you submitted.' } };
		}
		const reply = this.route(request);
		if (reply.status >= 300) return reply;
		return { ...reply, headers: { ...this.limits.headers(), ...reply.headers } };
	}

	private route(request: Inbound): Reply {
		const match = this.routes.find(request);
		// A known path asked with another verb gave 401, which looks like bad keys.
		if (match.found === 'otherVerb') return notAuthorised();
		if (match.found === 'nothing') return errorReply(404, 'the resource was not found');
		try {
			return match.run();
		} catch (error) {
			if (error instanceof Refusal) return errorReply(error.status, error.message);
			throw error;
		}
	}

	private isAuthorised({ headers }: Inbound): boolean {
		const { username, password } = this.credentials;
		const expected = Buffer.from(`${username}:${password}`).toString('base64');
		return !this.keysRevoked && headers.authorization === `Basic ${expected}`;
	}

	private portals(): Reply {
		const { users, createdAt } = this.state;
		const portal = {
			id: 98_001,
			title: 'Sandbox Academy',
			subdomain: 'sandbox',
			description: '',
			ui_theme: 1,
			allow_course_authoring: true,
			number_licenses_purchased: null,
			number_licenses_used: null,
			number_of_members: users.size,
			logo_image_url: null,
			header_color: null,
			navigation_color: null,
			created_at: createdAt,
			updated_at: createdAt,
		};
		return { status: 200, listKey: 'portals', body: { portals: [portal] } };
	}
}

/** The body of a 401 is unknown; this is what the vendor's framework says by itself. */
function notAuthorised(): Reply {
	return {
		status: 401,
		headers: { 'WWW-Authenticate': 'Basic realm="Application"' },
		text: 'HTTP Basic: Access denied.\n',
		type: 'text/plain; charset=utf-8',
	};
}

/** A JSON content type promises JSON: an empty body breaks the promise, even on a GET. */
function hasSoundBody({ headers, rawBody }: Inbound): boolean {
	if (!isJsonType(contentType(headers))) return true;
	try {
		JSON.parse(rawBody);
		return true;
	} catch {
		return false;
	}
}
