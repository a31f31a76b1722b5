import type { Person, Sandbox } from '../../sandbox';
import type { PlatformName } from '../../scenarios/company';
import { CAME_BACK, MAY_LOSE_ACCESS, NEW_ADDRESS_WHILE_INVITED } from './company';

/** Somebody in an LMS, as far as it is the same in both. */
interface Known {
	email: string;
	link: string | undefined;
	hasAccess: boolean;
	/** Invited, and has not accepted. */
	isOpen: boolean;
	name: string;
	groups: string[];
	/** Absent where the LMS has no place for it. */
	department?: string | null;
	bosses?: string[];
}

interface Place {
	sandbox: Sandbox;
	platform: PlatformName;
}

/** What is not as Personio has it, by looking at the servers alone. */
export function wrongIn({ sandbox, platform }: Place): string[] {
	const known = knownIn(sandbox, platform);
	const wrong: string[] = [];
	const ids = known.flatMap(({ link }) => link ?? []);
	for (const id of new Set(ids)) {
		if (ids.filter((each) => each === id).length > 1) wrong.push(`${id} has two accounts or invitations`);
	}
	for (const person of sandbox.personio.people.values()) {
		const theirs = known.filter(({ link }) => link === String(person.id));
		if (person.status === 'inactive') {
			if (theirs.some(({ hasAccess }) => hasAccess)) wrong.push(`${person.id} left and has access`);
			continue;
		}
		const [one] = theirs;
		if (!one?.hasAccess) {
			wrong.push(`${person.id} has no access`);
			continue;
		}
		const wanted = wantedOf(person, sandbox, platform, one);
		const found = JSON.stringify({ ...one, link: undefined });
		if (found !== JSON.stringify(wanted)) wrong.push(`${found} instead of ${JSON.stringify(wanted)}`);
	}
	return wrong;
}

function wantedOf(
	person: Person,
	{ personio }: Sandbox,
	platform: PlatformName,
	{ isOpen }: Known,
): Omit<Known, 'link'> {
	const { email, firstName, lastName, department, office, supervisorId } = person;
	const common = { email: email ?? '', hasAccess: true, isOpen, name: `${firstName} ${lastName}` };
	if (platform === 'learnUpon') return { ...common, groups: department ? [department] : [] };
	const boss = personio.people.get(supervisorId ?? 0);
	// The levels of the template are office and department: without the first one there is no way.
	const path = department === null ? office : `${office} > ${department}`;
	return {
		...common,
		groups: office === null || path === null ? [] : [path],
		department,
		bosses: boss && boss.status !== 'inactive' ? [boss.email ?? ''] : [],
	};
}

const knownIn = (sandbox: Sandbox, platform: PlatformName): Known[] =>
	platform === 'learnUpon' ? inLearnUpon(sandbox) : inThreeSixtyLearning(sandbox);

function inLearnUpon({ learnUpon }: Sandbox): Known[] {
	const { users, invites, groups, memberships } = learnUpon.snapshot();
	const titles = new Map(groups.map(({ id, title }) => [id, title]));
	const linkOf = ({ custom }: { custom: Record<string, unknown> }) => textOf(custom['Personio ID']);
	const accounts = users.map((user): Known => {
		const of = memberships.filter(({ userId }) => userId === user.id);
		return {
			email: user.email,
			link: linkOf(user),
			hasAccess: user.enabled,
			isOpen: false,
			name: `${user.firstName} ${user.lastName}`,
			groups: of.map(({ groupId }) => titles.get(groupId) ?? ''),
		};
	});
	const open = invites
		.filter(({ status }) => status === 'sent')
		.map((invite): Known => {
			const group = titles.get(invite.groupId ?? 0);
			const name = `${invite.firstName} ${invite.lastName}`;
			const { email } = invite;
			const groups = group === undefined ? [] : [group];
			return { email, link: linkOf(invite), hasAccess: true, isOpen: true, name, groups };
		});
	return [...accounts, ...open];
}

function inThreeSixtyLearning({ threeSixtyLearning: platform }: Sandbox): Known[] {
	const { users, groups, memberships, managers, customFields, values, externalIds } = platform.snapshot();
	const mails = new Map(users.map(({ _id, mail }) => [_id, mail ?? '']));
	const byId = new Map(groups.map((group) => [group._id, group]));
	const pathOf = (id: string): string | undefined => {
		const group = byId.get(id);
		if (!group?.parentId) return undefined;
		if (group.parentId === platform.syncRoot) return group.name;
		const above = pathOf(group.parentId);
		return above === undefined ? undefined : `${above} > ${group.name}`;
	};
	const field = customFields.find(({ name }) => name === 'Department')?._id;
	return users.map((user) => ({
		email: user.mail ?? '',
		link: externalIds.find(({ platform: of, targetId }) => of === 'personio-n8n' && targetId === user._id)
			?.value,
		hasAccess: user.status !== 'deleted',
		isOpen: user.status === 'invited',
		name: `${user.firstName} ${user.lastName}`,
		groups: memberships
			.filter(({ userId }) => userId === user._id)
			.flatMap(({ groupId }) => pathOf(groupId) ?? []),
		department:
			values
				.find(({ userId }) => userId === user._id)
				?.values.find(({ customFieldId }) => customFieldId === field)?.value ?? null,
		bosses: (managers.find(({ userId }) => userId === user._id)?.managerIds ?? []).map(
			(id) => mails.get(id) ?? '',
		),
	}));
}

/** Who got a second invitation in this life, of those to whom nothing happened that asks for one. */
export function invitedTwice({ sandbox, platform }: Place): string[] {
	const { learnUpon, threeSixtyLearning, personio } = sandbox;
	const idOf = new Map([...personio.people.values()].map(({ id, email }) => [email ?? '', String(id)]));
	const invited =
		platform === 'learnUpon'
			? [...learnUpon.invites.values()].map(({ custom }) => textOf(custom['Personio ID']) ?? 'nobody')
			: threeSixtyLearning.mails
					.filter(({ kind }) => kind === 'invitation')
					.map(({ to }) => idOf.get(to) ?? to);
	// LearnUpon cannot change an open invitation, and 360Learning restores nobody without a mail.
	const again = platform === 'learnUpon' ? NEW_ADDRESS_WHILE_INVITED : CAME_BACK;
	return [...new Set(invited)].filter(
		(id) => invited.filter((each) => each === id).length > (again.has(id) ? 2 : 1),
	);
}

/** Who had access taken away at any moment of this life and should not have. */
export function accessLost({ sandbox, platform }: Place): string[] {
	const { learnUpon, threeSixtyLearning } = sandbox;
	const links = new Map(
		platform === 'learnUpon'
			? [...learnUpon.users.values()].map(
					({ id, custom }) => [String(id), textOf(custom['Personio ID'])] as const,
				)
			: [...threeSixtyLearning.externalIds.values()]
					.filter(({ platform: of }) => of === 'personio-n8n')
					.map(({ targetId, value }) => [targetId, value] as const),
	);
	const writes = [...learnUpon.writes(), ...threeSixtyLearning.writes()];
	return writes.flatMap(({ method, path, body }) => {
		const id = /\/users\/([^/]+)$/.exec(path)?.[1];
		const enabled = (body as { User?: { enabled?: unknown } } | undefined)?.User?.enabled;
		const isEnd = method === 'DELETE' || String(enabled) === 'false';
		if (id === undefined || !isEnd) return [];
		const link = links.get(id) ?? `account ${id}`;
		return MAY_LOSE_ACCESS.has(link) ? [] : [link];
	});
}

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));
