import type { Reply } from '../core/http';
import type { Api, Ask } from './api';
import { Refusal } from './errors';
import type { ListName, ThreeSixtyLearningOptions } from './options';
import { pageReply } from './paging';
import type { ThreeSixtyLearningState } from './state';
import type { User } from './types';
import { userById } from './users';

/** any number of managers each, and no look at circles. */
export class Managers {
	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	register(api: Api): void {
		const list = { scope: 'users:read', isList: true } as const;
		const write = { scope: 'users:write' } as const;
		const one = '/users/:userId/managers/:managerId';
		api
			.on('GET', '/users/:userId/managers', list, (ask) =>
				this.list(ask, 'managers', this.of(this.user(ask))),
			)
			.on('GET', '/users/:userId/subordinates', list, (ask) =>
				this.list(ask, 'subordinates', this.below(this.user(ask))),
			)
			.on('POST', one, write, (ask) => this.assign(ask))
			.on('DELETE', one, write, (ask) => this.dismiss(ask));
	}

	private list(ask: Ask, name: ListName, items: readonly string[]): Reply {
		const same = (id: string) => id;
		return pageReply(ask, { name, items, keyOf: same, render: same }, this.options);
	}

	private of({ _id }: User): readonly string[] {
		return this.state.managers.get(_id) ?? [];
	}

	private below({ _id }: User): string[] {
		const found: string[] = [];
		for (const [userId, ids] of this.state.managers) if (ids.includes(_id)) found.push(userId);
		return found;
	}

	private assign(ask: Ask): Reply {
		const user = this.user(ask);
		const manager = this.manager(ask);
		checkAlive(user);
		if (manager.status === 'deleted') {
			throw new Refusal(400, 'managerDeleted', `The manager ${manager._id} is deleted.`);
		}
		const present = this.of(user);
		if (!present.includes(manager._id)) this.state.managers.set(user._id, [...present, manager._id]);
		else if (this.options.repeatedManager === 'refused') {
			throw new Refusal(400, 'managerAlreadyAssignedToUser', 'The manager is assigned to the user already.');
		}
		return { status: 204 };
	}

	private dismiss(ask: Ask): Reply {
		const user = this.user(ask);
		const manager = this.manager(ask);
		checkAlive(user);
		const present = this.of(user);
		if (!present.includes(manager._id)) {
			throw new Refusal(400, 'managerNotAssignedToUser', 'The user has no such manager.');
		}
		this.state.managers.set(
			user._id,
			present.filter((id) => id !== manager._id),
		);
		return { status: 204 };
	}

	private user({ params }: Ask): User {
		return userById(this.state, params['userId']!);
	}

	private manager({ params }: Ask): User {
		const manager = this.state.users.get(params['managerId']!);
		if (!manager) throw new Refusal(404, 'managerNotFound', `No user has the ID ${params['managerId']}.`);
		return manager;
	}
}

function checkAlive({ status, _id }: User): void {
	if (status === 'deleted') throw new Refusal(400, 'userDeleted', `The user ${_id} is deleted.`);
}
