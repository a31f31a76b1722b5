import type { Reply } from '../core/http';
import type { Api, Ask } from './api';
import type { Belonging } from './belonging';
import { changedUser, newUser } from './bodies';
import { Refusal } from './errors';
import type { Lifecycle } from './lifecycle';
import type { ThreeSixtyLearningOptions } from './options';
import { pageReply } from './paging';
import { among, matchesAll, TEXT_OPERATORS } from './query';
import type { ThreeSixtyLearningState } from './state';
import type { Group, Role, User } from './types';
import type { Fields } from './userFields';
import { UserFields } from './userFields';

const STATUSES = ['active', 'invited', 'deleted'];

const FILTERS = {
	mail: { operators: TEXT_OPERATORS },
	username: { operators: TEXT_OPERATORS },
	status: { operators: ['eq', 'ne'], refuses: among(STATUSES)! },
};

/** */
export class Users {
	private readonly fields: UserFields;

	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly lifecycle: Lifecycle,
		private readonly belonging: Belonging,
		private readonly options: ThreeSixtyLearningOptions,
	) {
		this.fields = new UserFields(state, options);
	}

	register(api: Api): void {
		const read = { scope: 'users:read' } as const;
		const write = { scope: 'users:write' } as const;
		const flags = { sendInvitationEmail: ['true', 'false'] };
		api
			.on('GET', '/users', { ...read, isList: true, filters: FILTERS }, (ask) => this.list(ask))
			.on('GET', '/users/:userId', read, ({ params }) => ok(this.byId(params)))
			.on('POST', '/users', { ...write, flags, body: newUser }, (ask) => this.create(ask))
			.on('PATCH', '/users/:userId', { ...write, body: changedUser }, ({ params, body }) => {
				const user = this.byId(params);
				this.fields.change(user, body as Fields);
				return ok(user);
			})
			.on('PUT', '/users/:userId/activate', write, ({ params }) => this.activate(this.byId(params)))
			.on('DELETE', '/users/:userId', write, ({ params }) => this.remove(this.byId(params)));
	}

	private list(ask: Ask): Reply {
		const { conditions } = ask.query;
		const asksForStatus = conditions.some(({ field }) => field === 'status');
		const ignoresCase = this.options.mailFilter === 'ignoreCase';
		const fold = (text: string, field: string) =>
			ignoresCase && field !== 'status' ? text.toLowerCase() : text;
		const items = [...this.state.users.values()].filter((user) => {
			if (user.status === 'deleted' && !asksForStatus && !this.options.listHasDeleted) return false;
			return matchesAll(conditions, (field) => user[field as 'mail'], fold);
		});
		const listing = {
			name: 'users',
			items,
			keyOf: ({ _id }: User) => _id,
			render: (user: User) => user,
		} as const;
		return pageReply(ask, listing, this.options);
	}

	/** Mail or username of somebody deleted bring that account back. */
	private create({ query, body }: Ask): Reply {
		const { membership: given, ...others } = body;
		const membership = given as { groupId: string; role: Role };
		const fields = others as Fields;
		this.fields.checkNew(fields);
		this.belonging.checkRole(membership.role);
		const group = this.belonging.group(membership.groupId);
		const present = this.fields.holder(fields);
		this.checkPrimaryGroup(fields, group, membership.role);
		const user = present ?? this.state.addUser({ status: 'invited', ...this.fields.stored(fields) });
		if (present?.status === 'deleted') {
			this.lifecycle.restore(present);
			if (this.options.restoreAppliesBody) Object.assign(present, this.fields.stored(fields));
		}
		this.belonging.enrol(user, group, membership.role);
		if (query.flags['sendInvitationEmail'] !== 'false') this.lifecycle.mail(user, 'invitation');
		return { status: present ? 200 : 201, body: shown(user) };
	}

	private checkPrimaryGroup({ primaryGroupId }: Fields, group: Group, role: Role): void {
		if (typeof primaryGroupId !== 'string') return;
		if (!this.belonging.reach(group, role).includes(primaryGroupId.toLowerCase())) {
			throw new Refusal(400, 'notMemberOfPrimaryGroup', 'The user is not a member of the primary group.');
		}
	}

	private activate(user: User): Reply {
		if (user.status === 'deleted') {
			throw new Refusal(400, 'userDeleted', `The user ${user._id} is deleted. Recreate the user first.`);
		}
		if (user.status === 'invited' && this.options.activateSendsMail) this.lifecycle.mail(user, 'activation');
		this.lifecycle.activate(user);
		return ok(user);
	}

	private remove(user: User): Reply {
		if (user.status === 'deleted' && this.options.deleteOfDeleted === 'notFound')
			throw userNotFound(user._id);
		if (this.state.isOwner(user)) {
			throw new Refusal(400, 'userIsCompanyOwner', 'The company owner cannot be deleted.');
		}
		this.lifecycle.remove(user);
		return { status: 204 };
	}

	private byId({ userId }: Record<string, string>): User {
		return userById(this.state, userId!);
	}
}

export function userById(state: ThreeSixtyLearningState, id: string): User {
	const user = state.users.get(id);
	if (!user) throw userNotFound(id);
	return user;
}

function userNotFound(id: string): Refusal {
	return new Refusal(404, 'userNotFound', `No user has the ID ${id}.`);
}

function ok(user: User): Reply {
	return { status: 200, body: shown(user) };
}

/** As it is now: a later midnight must not show in an earlier answer. */
function shown(user: User): User {
	return structuredClone(user);
}
