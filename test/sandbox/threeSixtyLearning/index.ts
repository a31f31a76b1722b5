import type { Clock } from '../core/clock';
import type { CallKind, Inbound, Reply } from '../core/http';
import { deedsExcept } from '../core/misdeeds';
import { VendorServer } from '../core/server';
import { Api } from './api';
import type { Scope } from './auth';
import { ThreeSixtyLearningAuth } from './auth';
import { Belonging } from './belonging';
import { Bulk } from './bulk';
import { CustomFields } from './customFields';
import { errorReply, flattened, plainError, Refusal } from './errors';
import type { ExternalIdTable } from './externalIdTable';
import { ExternalIds } from './externalIds';
import { GroupRoles } from './groupRoles';
import { Groups } from './groups';
import { Lifecycle } from './lifecycle';
import { ThreeSixtyLearningLimits } from './limits';
import { Managers } from './managers';
import type { ThreeSixtyLearningOptions } from './options';
import { THREE_SIXTY_LEARNING_DEFAULTS } from './options';
import { pageOf } from './paging';
import type { Snapshot } from './snapshot';
import { snapshotOf } from './snapshot';
import type { ThreeSixtyLearningKept } from './state';
import { ThreeSixtyLearningState } from './state';
import type { CustomField, CustomValue, ExternalId, Group, Mail, Membership, Role, User } from './types';
import { Users } from './users';
import { UserValues } from './userValues';

const TOKEN_PATH = '/api/v2/oauth2/token';
const VERSION = 'v2.0';

export class ThreeSixtyLearningSandbox extends VendorServer {
	readonly name = '360Learning';
	readonly deeds = deedsExcept('moveTotals', 'shiftRows');
	readonly options: ThreeSixtyLearningOptions;
	/** The group below which a sync keeps its own; set by the seed. */
	syncRoot = '';
	private readonly auth: ThreeSixtyLearningAuth;
	private readonly limits: ThreeSixtyLearningLimits;
	private readonly state: ThreeSixtyLearningState;
	private readonly lifecycle: Lifecycle;
	private readonly belonging: Belonging;
	private readonly bulk: Bulk;
	private readonly api: Api;

	constructor(clock: Clock, options: Partial<ThreeSixtyLearningOptions> = {}) {
		super();
		this.options = { ...THREE_SIXTY_LEARNING_DEFAULTS, ...options };
		this.state = new ThreeSixtyLearningState(clock, this.options);
		this.limits = new ThreeSixtyLearningLimits(this.options);
		this.auth = new ThreeSixtyLearningAuth(clock, this.options, (id) => this.isAlive(id));
		this.lifecycle = new Lifecycle(this.state, this.options);
		this.belonging = new Belonging(this.state, this.lifecycle, this.options);
		this.bulk = new Bulk(this.state, this.belonging, this.options);
		this.api = new Api(this.auth, this.options);
		new Users(this.state, this.lifecycle, this.belonging, this.options).register(this.api);
		new Managers(this.state, this.options).register(this.api);
		new UserValues(this.state).register(this.api);
		new CustomFields(this.state, this.options).register(this.api);
		new ExternalIds(this.state, this.options).register(this.api);
		new Groups(this.state, this.belonging, this.options).register(this.api);
		new GroupRoles(this.state, this.belonging, this.options).register(this.api);
		this.bulk.register(this.api);
	}

	get credentials(): { clientId: string; clientSecret: string } {
		return this.auth.credentials;
	}

	get tokens(): string[] {
		return this.auth.issued;
	}

	get users(): Map<string, User> {
		this.settle();
		return this.state.users;
	}

	get groups(): Map<string, Group> {
		return this.state.groups;
	}

	get rootGroup(): string {
		return this.state.rootGroup;
	}

	get customFields(): Map<string, CustomField> {
		return this.state.customFields;
	}

	/** To change one, set another one in its place. */
	get externalIds(): ExternalIdTable {
		return this.state.externalIds;
	}

	/** By user. */
	get values(): Map<string, CustomValue[]> {
		return this.state.values;
	}

	/** User to the ids of their managers. */
	get managers(): Map<string, string[]> {
		return this.state.managers;
	}

	/** A copy; `addMembership` adds to it. */
	get memberships(): Membership[] {
		this.settle();
		return this.state.memberships.all();
	}

	get mails(): Mail[] {
		return this.state.mails;
	}

	get groupsWithIntegrations(): Set<string> {
		return this.state.groupsWithIntegrations;
	}

	/** Active unless said otherwise, and in no group. */
	addUser(input: Partial<User> = {}): User {
		return this.state.addUser(input);
	}

	/** Private and below the root unless said otherwise. */
	addGroup(input: Omit<Group, '_id' | 'public'> & { public?: boolean }): Group {
		return this.state.addGroup(input);
	}

	/** This one role in this one group: no rule for public groups applies. */
	addMembership(groupId: string, userId: string, role: Role = 'learner'): void {
		this.state.memberships.add(userId, groupId, role);
	}

	addCustomField(input: Pick<CustomField, 'name'> & Partial<CustomField>): CustomField {
		return this.state.addCustomField(input);
	}

	addExternalId(
		input: Omit<ExternalId, '_id' | 'targetType'> & { targetType?: string },
	): Readonly<ExternalId> {
		return this.state.addExternalId({ targetType: 'user', ...input });
	}

	/** As an admin does it by hand. */
	deleteUser(id: string): void {
		this.lifecycle.remove(this.one(id));
	}

	acceptInvitation(userId: string): User {
		return this.lifecycle.accept(this.one(userId));
	}

	acceptAllInvitations(): User[] {
		const open = [...this.users.values()].filter(({ status }) => status === 'invited');
		return open.map((user) => this.lifecycle.accept(user));
	}

	/** Does what all open bulk operations have still to do. */
	finishBulkOperations(): void {
		this.bulk.finishAll();
	}

	snapshot(): Snapshot {
		this.settle();
		return snapshotOf(this.state);
	}

	/** What `restore()` takes, to go on from here in another process. */
	kept(): ThreeSixtyLearningKept {
		return this.state.kept();
	}

	restore(kept: ThreeSixtyLearningKept): void {
		this.state.restore(kept);
	}

	expireTokens(): void {
		this.auth.expireTokens();
	}

	/** As if somebody had deleted the API credentials. */
	revokeCredentials(): void {
		this.auth.revokeCredentials();
	}

	restoreCredentials(): void {
		this.auth.restoreCredentials();
	}

	/** At once, also for tokens that are out. */
	withdrawScope(scope: Scope): void {
		this.auth.scopes.delete(scope);
	}

	grantScope(scope: Scope): void {
		this.auth.scopes.add(scope);
	}

	get scopes(): Scope[] {
		return [...this.auth.scopes];
	}

	kindOf(method: string, path: string): CallKind {
		if (path === TOKEN_PATH) return 'auth';
		return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
	}

	errorBody(): unknown {
		return errorReply(500, 'internalError', 'Something went wrong.').body;
	}

	pageOf(request: Inbound): number {
		return pageOf(request);
	}

	answer(request: Inbound): Reply {
		this.settle();
		const reply = request.pretend ? this.state.undoing(() => this.decide(request)) : this.decide(request);
		return this.options.errorShape === 'flat' ? flattened(reply) : reply;
	}

	private decide(request: Inbound): Reply {
		const { method, path, headers } = request;
		if (path === TOKEN_PATH && method === 'POST') return this.auth.token(request);
		if (!this.auth.isAuthorised(request)) return plainError(401, 'invalid_token');
		const version = headers['360-api-version'];
		const isMissing = version === undefined && this.options.missingVersion === 'ignore';
		if (version !== VERSION && !isMissing) {
			return errorReply(400, 'invalidApiVersion', `The header 360-api-version must be ${VERSION}.`);
		}
		if (!this.limits.take(this.kindOf(method, path))) {
			return { ...plainError(429, 'tooManyRequests'), headers: this.limits.retryHeaders() };
		}
		const match = this.api.find(request);
		if (match.found !== 'route') return errorReply(404, 'notFound', `There is no ${method} ${path}.`);
		try {
			return match.run();
		} catch (error) {
			if (error instanceof Refusal) return error.reply;
			throw error;
		}
	}

	private settle(): void {
		this.lifecycle.settle();
		this.bulk.settle();
	}

	private isAlive(id: string): boolean {
		const user = this.users.get(id.toLowerCase());
		return user !== undefined && user.status !== 'deleted';
	}

	private one(id: string): User {
		const user = this.users.get(id);
		if (!user) throw new Error(`No user ${id}`);
		return user;
	}
}
