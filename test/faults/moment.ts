import type { Sandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';

/** An account or an open invitation, as far as nobody may lose anything of it even for a moment. */
export interface Holder {
	email: string;
	lastName: string;
	link: string | undefined;
	/** May log in, or will be able to when the invitation is accepted. */
	hasAccess: boolean;
	groups: ReadonlySet<string>;
	managers: ReadonlySet<string>;
	/** Everything that is known of it, as one text. */
	all: string;
}

/** What an LMS knows at one moment. */
export interface Moment {
	/** By id. */
	holders: Map<string, Holder>;
	/** Addresses and names to which an invitation went, one for each mail. */
	mails: Array<{ email: string; lastName?: string | null }>;
}

export const momentOf = (sandbox: Sandbox, platform: PlatformName): Moment =>
	platform === 'learnUpon' ? ofLearnUpon(sandbox) : ofThreeSixtyLearning(sandbox);

function ofLearnUpon({ learnUpon, clock }: Sandbox): Moment {
	const { users, invites, groups, memberships } = learnUpon;
	const holders = new Map<string, Holder>();
	const titlesOf = (id: number) =>
		memberships.filter(({ userId }) => userId === id).map(({ groupId }) => groups.get(groupId)?.title ?? '');
	for (const user of users.values()) {
		const { id, email, lastName, enabled, accountExpires, custom } = user;
		const titles = titlesOf(id);
		const { updatedAt: _, ...rest } = user;
		holders.set(`account ${id}`, {
			email: email.toLowerCase(),
			lastName: lastName ?? '',
			link: textOf(custom['Personio ID']),
			hasAccess: enabled && (accountExpires === null || accountExpires >= clock.today()),
			groups: new Set(titles),
			managers: new Set(),
			all: JSON.stringify([rest, titles]),
		});
	}
	for (const invite of invites.values()) {
		const { id, email, lastName, custom, status } = invite;
		if (status !== 'sent') continue;
		holders.set(`invitation ${id}`, {
			email: email.toLowerCase(),
			lastName: lastName ?? '',
			link: textOf(custom['Personio ID']),
			hasAccess: true,
			groups: new Set(),
			managers: new Set(),
			all: JSON.stringify(invite),
		});
	}
	return { holders, mails: [...invites.values()] };
}

function ofThreeSixtyLearning({ threeSixtyLearning }: Sandbox): Moment {
	const { users, groups, memberships, managers, externalIds, values, mails } = threeSixtyLearning;
	const holders = new Map<string, Holder>();
	const pathOf = (id: string | undefined): string => {
		const group = id === undefined ? undefined : groups.get(id);
		return group ? `${pathOf(group.parentId)}/${group.name}` : '';
	};
	const groupsOf = new Map<string, string[]>();
	for (const { userId, groupId, role } of memberships) {
		groupsOf.set(userId, [...(groupsOf.get(userId) ?? []), `${role} of ${pathOf(groupId)}`]);
	}
	const idsOf = new Map<string, Array<[string, string]>>();
	for (const { platform, targetId, value } of externalIds.values()) {
		idsOf.set(targetId, [...(idsOf.get(targetId) ?? []), [platform, value]]);
	}
	for (const user of users.values()) {
		const { _id, mail = '', lastName = '', status } = user;
		const own = [groupsOf.get(_id) ?? [], managers.get(_id) ?? [], idsOf.get(_id) ?? []] as const;
		holders.set(`account ${_id}`, {
			email: mail.toLowerCase(),
			lastName,
			link: own[2].find(([platform]) => platform === 'personio-n8n')?.[1],
			hasAccess: status !== 'deleted',
			groups: new Set(own[0]),
			managers: new Set(own[1]),
			all: JSON.stringify([user, ...own, values.get(_id)]),
		});
	}
	return {
		holders,
		mails: mails.filter(({ kind }) => kind === 'invitation').map(({ to }) => ({ email: to.toLowerCase() })),
	};
}

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));
