import { isSameAddress } from '../core/address';
import type { Clock } from '../core/clock';
import { ExternalIdTable } from './externalIdTable';
import { MembershipTable } from './membershipTable';
import type { ThreeSixtyLearningOptions } from './options';
import type { CustomField, CustomValue, ExternalId, Group, Mail, Membership, User } from './types';

const ID_START = '6a1f0c5e9b3d7a4e21';

export interface ThreeSixtyLearningKept {
	users: Map<string, User>;
	groups: Map<string, Group>;
	customFields: Map<string, CustomField>;
	externalIds: ExternalId[];
	values: Map<string, CustomValue[]>;
	managers: Map<string, string[]>;
	memberships: Membership[];
	mails: Mail[];
	last: number;
}

export class ThreeSixtyLearningState {
	users = new Map<string, User>();
	groups = new Map<string, Group>();
	customFields = new Map<string, CustomField>();
	externalIds = new ExternalIdTable();
	/** By user. */
	values = new Map<string, CustomValue[]>();
	/** User to the ids of their managers. */
	managers = new Map<string, string[]>();
	memberships = new MembershipTable();
	mails: Mail[] = [];
	/** Groups with something attached that keeps them from being deleted. */
	readonly groupsWithIntegrations = new Set<string>();
	readonly rootGroup: string;
	private last = 0x100;

	constructor(
		readonly clock: Clock,
		private readonly options: ThreeSixtyLearningOptions,
	) {
		this.rootGroup = this.nextId();
		this.groups.set(this.rootGroup, { _id: this.rootGroup, name: 'Platform', public: false });
	}

	/** Never given out twice, not even after an ignored write; rising, as the vendor's lists are read by id. */
	nextId(): string {
		this.last++;
		return ID_START + this.last.toString(16).padStart(6, '0');
	}

	stamp(): string {
		return this.clock.now().toISOString();
	}

	addUser(input: Partial<User>): User {
		const _id = input._id ?? this.nextId();
		const user: User = { _id, status: 'active', lang: 'en', deletedAt: [], reactivatedAt: [] };
		if (input.username === undefined) user.mail = `user.${_id}@learners.example`;
		Object.assign(user, input);
		this.users.set(_id, user);
		return user;
	}

	addGroup(input: Omit<Group, '_id' | 'public'> & { public?: boolean }): Group {
		const group: Group = { parentId: this.rootGroup, public: false, ...input, _id: this.nextId() };
		this.groups.set(group._id, group);
		return group;
	}

	addCustomField(input: Pick<CustomField, 'name'> & Partial<CustomField>): CustomField {
		const field: CustomField = {
			targetType: 'users',
			type: 'string',
			authorizedValues: [],
			...input,
			_id: this.nextId(),
		};
		this.customFields.set(field._id, field);
		return field;
	}

	addExternalId({ platform, targetId, targetType, value }: Omit<ExternalId, '_id'>): Readonly<ExternalId> {
		const _id = this.nextId();
		this.externalIds.set(_id, { _id, platform, targetId, targetType, value });
		return this.externalIds.get(_id)!;
	}

	usersWithMail(mail: string): User[] {
		const key = mail.toLowerCase();
		const exact = this.options.mailUniqueness === 'exact';
		const found: User[] = [];
		for (const user of this.users.values()) {
			const { mail: own } = user;
			if (own !== undefined && (exact ? own === mail : isSameAddress(own, key))) found.push(user);
		}
		return found;
	}

	userWithUsername(username: string): User | undefined {
		return [...this.users.values()].find((user) => user.username === username);
	}

	isOwner({ _id }: User): boolean {
		return this.memberships.ofUser(_id).some(({ role }) => role === 'owner');
	}

	/** Everything that it knows, as it can be put into a file. */
	kept(): ThreeSixtyLearningKept {
		const { users, groups, customFields, externalIds, values, managers, memberships, mails, last } = this;
		return {
			...{ users, groups, customFields, values, managers, mails, last },
			externalIds: [...externalIds.values()],
			memberships: memberships.all(),
		};
	}

	/** In place of what it knew. */
	restore({ memberships, externalIds, ...kept }: ThreeSixtyLearningKept): void {
		Object.assign(this, kept);
		this.externalIds = ExternalIdTable.of(externalIds);
		this.memberships = new MembershipTable();
		for (const { userId, groupId, role } of memberships) this.memberships.add(userId, groupId, role);
	}

	/** Runs something and takes back what it did. */
	undoing<T>(run: () => T): T {
		const { users, groups, customFields, externalIds, values, managers, memberships, mails } = this;
		this.users = structuredClone(users);
		this.groups = structuredClone(groups);
		this.customFields = structuredClone(customFields);
		this.externalIds = externalIds.copy();
		this.values = structuredClone(values);
		this.managers = structuredClone(managers);
		this.memberships = memberships.copy();
		this.mails = [...mails];
		try {
			return run();
		} finally {
			Object.assign(this, { users, groups, customFields, externalIds, values, managers, memberships, mails });
		}
	}
}
