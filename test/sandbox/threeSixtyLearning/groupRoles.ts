import type { Reply } from '../core/http';
import type { Api, Ask } from './api';
import type { Belonging } from './belonging';
import { malformed } from './errors';
import type { ThreeSixtyLearningOptions } from './options';
import { pageReply } from './paging';
import type { ThreeSixtyLearningState } from './state';
import type { Membership, Role } from './types';
import { userById } from './users';

/** Paths spell one role in another way than bodies do. */
const PATH_ROLES: Readonly<Record<string, Role>> = {
	admin: 'admin',
	analyst: 'analyst',
	coach: 'coach',
	contributor: 'contributor',
	editor: 'editor',
	learner: 'learner',
	'user-admin': 'userAdmin',
};

/** who is what in which group. */
export class GroupRoles {
	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly belonging: Belonging,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	register(api: Api): void {
		const write = { scope: 'groups:write' } as const;
		const one = '/groups/:groupId/:role/:userId';
		api
			.on('GET', '/groups/:groupId/roles', { scope: 'groups:read', isList: true }, (ask) => this.ofGroup(ask))
			.on('GET', '/users/:userId/roles', { scope: 'users:read', isList: true }, (ask) => this.ofUser(ask))
			.on('POST', one, write, (ask) => {
				this.belonging.join(...target(ask));
				return { status: 204 };
			})
			.on('DELETE', one, write, (ask) => {
				this.belonging.leave(...target(ask));
				return { status: 204 };
			});
	}

	private ofGroup(ask: Ask): Reply {
		const items = this.state.memberships.ofGroup(this.belonging.group(ask.params['groupId']!)._id);
		const keyOf = ({ userId, role }: Membership) => `${userId} ${role}`;
		const render = ({ userId, role }: Membership) => ({ userId, role });
		return pageReply(ask, { name: 'groupRoles', items, keyOf, render }, this.options);
	}

	private ofUser(ask: Ask): Reply {
		const items = this.state.memberships.ofUser(userById(this.state, ask.params['userId']!)._id);
		const keyOf = ({ groupId, role }: Membership) => `${groupId} ${role}`;
		const render = ({ groupId, role }: Membership) => ({ groupId, role });
		return pageReply(ask, { name: 'userRoles', items, keyOf, render }, this.options);
	}
}

function target({ params }: Ask): [string, string, Role] {
	const role = PATH_ROLES[params['role']!];
	if (!role) throw malformed(`role must be one of ${Object.keys(PATH_ROLES).join(', ')}`);
	return [params['userId']!, params['groupId']!, role];
}
