import type { Person, Sandbox } from '../../sandbox';

/** What a portal has of people against what HR says of them: nothing, if all is well. */
export interface Harm {
	/** Accounts and open invitations of somebody who has one already. */
	strayAccounts: number;
	/** Invitations of somebody beyond the first one. */
	secondInvitations: number;
	/** Memberships in groups of departments that somebody is not in. */
	oldGroups: number;
	/** Who ought to be in the group of the department and has an account without it. */
	missingGroups: number;
	/** Who is to have access and has neither account nor open invitation. */
	leftOut: number;
	/** Who is not to have access, or to have it, and the account says otherwise. */
	wrongAccess: number;
	/** Accounts with another address, name or field than HR has. */
	outdated: number;
}

/**
 * Looks at people by all addresses that they ever had.
 *
 * @param addresses by id; those of today are added
 */
export function harmTo(
	people: Iterable<Person>,
	{ learnUpon, personio }: Sandbox,
	addresses: ReadonlyMap<number, ReadonlySet<string>>,
): Harm {
	const harm: Harm = {
		strayAccounts: 0,
		secondInvitations: 0,
		oldGroups: 0,
		missingGroups: 0,
		leftOut: 0,
		wrongAccess: 0,
		outdated: 0,
	};
	const departments = new Set([...personio.people.values()].map(({ department }) => department));
	const titles = new Map([...learnUpon.groups.values()].map(({ id, title }) => [id, title]));
	const groupsOf = new Map<number, string[]>();
	for (const { groupId, userId } of learnUpon.memberships) {
		const title = titles.get(groupId) ?? '';
		if (departments.has(title)) groupsOf.set(userId, [...(groupsOf.get(userId) ?? []), title]);
	}
	const users = byAddress([...learnUpon.users.values()], ({ email }) => email);
	const invites = byAddress([...learnUpon.invites.values()], ({ email }) => email);

	for (const person of people) {
		const email = person.email?.toLowerCase() ?? '';
		const known = [...new Set([email, ...(addresses.get(person.id) ?? [])])].filter((each) => each !== '');
		const accounts = known.flatMap((address) => users.get(address) ?? []);
		const invited = known.flatMap((address) => invites.get(address) ?? []);
		const open = invited.filter(({ status }) => status === 'sent');
		const enabled = accounts.filter((user) => user.enabled);
		const isIn = person.status !== 'inactive' && email !== '';

		harm.strayAccounts += Math.max(0, accounts.length + open.length - 1);
		harm.secondInvitations += Math.max(0, invited.length - 1);
		if (!isIn) {
			if (enabled.length + open.length > 0) harm.wrongAccess++;
			continue;
		}
		if (accounts.length + open.length === 0) harm.leftOut++;
		if (accounts.length > 0 && enabled.length === 0) harm.wrongAccess++;
		for (const { id, ...user } of accounts) {
			const groups = groupsOf.get(id) ?? [];
			harm.oldGroups += groups.filter((title) => title !== person.department).length;
			if (person.department && !groups.includes(person.department)) harm.missingGroups++;
			const isCurrent =
				user.email.toLowerCase() === email &&
				user.firstName === person.firstName &&
				user.lastName === person.lastName &&
				(user.custom['Department'] ?? null) === person.department &&
				(user.custom['Start Date'] ?? null) === person.hireDate;
			if (!isCurrent) harm.outdated++;
		}
	}
	return harm;
}

function byAddress<T>(records: T[], addressOf: (record: T) => string): Map<string, T[]> {
	const found = new Map<string, T[]>();
	for (const record of records) {
		const key = addressOf(record).toLowerCase();
		const same = found.get(key);
		if (same) same.push(record);
		else found.set(key, [record]);
	}
	return found;
}

const WORDS: Record<keyof Harm, string> = {
	strayAccounts: 'stray accounts',
	secondInvitations: 'second invitations',
	oldGroups: 'old groups',
	missingGroups: 'without their group',
	leftOut: 'left out',
	wrongAccess: 'with wrong access',
	outdated: 'with outdated data',
};

export function describeHarm(harm: Harm): string {
	const found = (Object.keys(WORDS) as Array<keyof Harm>).filter((key) => harm[key] > 0);
	return found.length === 0 ? 'as it should be' : found.map((key) => `${harm[key]} ${WORDS[key]}`).join(', ');
}
