import type { INode } from 'n8n-workflow';

import { startSandbox, type Person, type Sandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';
import { day } from './company';
import { Random } from './random';

export interface RandomCompany {
	sandbox: Sandbox;
	plan: INode['parameters'];
	people: number;
}

const DEPARTMENTS = ['Sales', 'IT', 'Research & Care', null];
const OFFICES = ['Dublin', 'Wien', null];
const POSITIONS = ['Agent', 'Lead', null];
const STATUSES = ['active', 'active', 'active', 'onboarding', 'leave', 'inactive', 'inactive'] as const;
const NAMES = ['Anna', 'Ben', 'Cleo', 'Dana', 'Emil', 'Fay', 'Gil', 'Hala', 'Ida', 'Jon'];
const END_DATES = [null, null, null, -400, -3, 0, 5, 200];

const dayOrNull = (random: Random, offsets: ReadonlyArray<number | null>): string | null => {
	const offset = random.pick(offsets);
	return offset === null ? null : day(offset);
};

/** A small company, the state of an LMS that has lived for a while, and a configuration: all by the seed. */
export async function randomCompany(platform: PlatformName, seed: number): Promise<RandomCompany> {
	const random = new Random(seed * 7919 + (platform === 'learnUpon' ? 1 : 2));
	const sandbox = await startSandbox({
		company: 'empty',
		rateLimits: false,
		threeSixtyLearning: { bulkPolls: 0 },
		learnUpon: { createWhileInvited: random.pick(['allow', 'refuse'] as const) },
	});
	const people = hireSome(sandbox, random);
	if (platform === 'learnUpon') fillLearnUpon(sandbox, people, random);
	else fillThreeSixtyLearning(sandbox, people, random);
	return { sandbox, plan: planOf(sandbox, platform, people, random), people: people.length };
}

function hireSome({ personio }: Sandbox, random: Random): Person[] {
	const count = 5 + random.below(6);
	const people: Person[] = [];
	for (let index = 0; index < count; index++) {
		const firstName = NAMES[index] as string;
		const other = random.chance(0.06) ? people[0]?.email : undefined;
		const own = `${firstName.toLowerCase()}@company.example`;
		const email = other ?? (random.chance(0.07) ? null : random.chance(0.1) ? own.toUpperCase() : own);
		const person = personio.hire({
			id: 500 + index,
			firstName,
			preferredName: random.chance(0.3) ? `${firstName}chen` : null,
			lastName: random.chance(0.1) ? 'Müller-Lüdenscheidt' : `Person${index}`,
			email,
			status: random.pick(STATUSES),
			department: random.pick(DEPARTMENTS),
			office: random.pick(OFFICES),
			position: random.pick(POSITIONS),
			supervisorId: people.length > 0 && random.chance(0.5) ? random.pick(people).id : null,
			hireDate: day(random.pick([-900, -300, -2, 10, 40])),
			terminationDate: dayOrNull(random, END_DATES),
			lastWorkingDay: dayOrNull(random, END_DATES),
			contractEndDate: dayOrNull(random, END_DATES),
		});
		people.push(person);
	}
	return people;
}

type Account = 'linked' | 'unlinked' | 'linkedToOther' | 'ended' | 'endedUnlinked' | 'invited' | 'none';
const ACCOUNTS: readonly Account[] = [
	...(['linked', 'linked', 'linked', 'linked', 'unlinked', 'linkedToOther'] as const),
	...(['ended', 'endedUnlinked', 'invited', 'none', 'none'] as const),
];

/** What an account has that may be as Personio has it, or not. */
function fieldsOf(person: Person, random: Random) {
	const own = person.email ?? `${person.firstName.toLowerCase()}@old.example`;
	return {
		email: random.chance(0.2) ? `${person.firstName.toLowerCase()}@former.example` : own,
		firstName: random.chance(0.2) ? 'Old' : person.firstName,
		lastName: random.chance(0.2) ? null : person.lastName,
		department: random.chance(0.5) ? (person.department ?? '') : random.pick(['', 'Legacy']),
		accessEnds: random.chance(0.25) ? day(random.pick([5, 30, 200])) : null,
		link: String(person.id),
	};
}

const GROUPS = ['Sales', 'IT', 'Everyone', 'Leads', 'By hand'];

function fillLearnUpon({ learnUpon }: Sandbox, people: Person[], random: Random): void {
	learnUpon.addUser({ email: 'admin@portal.example', userType: 'admin', lastName: 'Admin' });
	const groups = GROUPS.filter(() => random.chance(0.6)).map((title) => {
		const group = learnUpon.addGroup(title);
		if (random.chance(0.5)) group.description = 'Made by the Personio sync.';
		return group;
	});
	const taken = new Set<string>();
	for (const person of people) {
		const kind = random.pick(ACCOUNTS);
		if (kind === 'none') continue;
		const { email, firstName, lastName, department, accessEnds, link } = fieldsOf(person, random);
		if (taken.has(email.toLowerCase())) continue;
		taken.add(email.toLowerCase());
		const custom: Record<string, string> = {};
		if (department !== '') custom['Department'] = department;
		if (!kind.endsWith('nlinked')) custom['Personio ID'] = kind === 'linkedToOther' ? '999' : link;
		if (kind === 'invited') {
			const user = learnUpon.addUser({});
			learnUpon.users.delete(user.id);
			learnUpon.invites.set(user.id, {
				id: user.id,
				email,
				firstName,
				lastName,
				groupId: random.chance(0.5) ? (groups[0]?.id ?? null) : null,
				userType: 'learner',
				expiresAt: accessEnds,
				custom,
				status: random.pick(['sent', 'sent', 'sent', 'rejected', 'canceled'] as const),
				createdAt: '2026-01-05T08:00:00Z',
				acceptedAt: null,
				sfContactId: null,
				sfUserId: null,
			});
			continue;
		}
		const user = learnUpon.addUser({
			email,
			firstName,
			lastName,
			custom,
			accountExpires: accessEnds,
			enabled: !kind.startsWith('ended'),
		});
		for (const group of groups) if (random.chance(0.35)) learnUpon.addMembership(group.id, user.id);
	}
}

function fillThreeSixtyLearning(sandbox: Sandbox, people: Person[], random: Random): void {
	const { threeSixtyLearning: platform } = sandbox;
	const groups = GROUPS.filter(() => random.chance(0.6)).map((name) =>
		platform.addGroup({
			name,
			parentId: platform.syncRoot,
			...(random.chance(0.5) && { custom: 'Made by the Personio sync.' }),
		}),
	);
	const field = random.chance(0.7) ? platform.addCustomField({ name: 'Department' }) : undefined;
	const taken = new Set<string>();
	const accounts: string[] = [];
	for (const person of people) {
		const kind = random.pick(ACCOUNTS);
		if (kind === 'none') continue;
		const { email, firstName, lastName, department, accessEnds, link } = fieldsOf(person, random);
		if (taken.has(email.toLowerCase())) continue;
		taken.add(email.toLowerCase());
		const isEnded = kind.startsWith('ended');
		const user = platform.addUser({
			mail: email,
			firstName,
			...(lastName !== null && { lastName }),
			status: isEnded ? 'deleted' : kind === 'invited' ? 'invited' : 'active',
			...(isEnded && { deletedAt: ['2026-01-05T08:00:00.000Z'] }),
			...(accessEnds !== null && !isEnded && { toBeDeactivatedAt: `${accessEnds}T12:00:00.000Z` }),
		});
		if (field && department !== '') {
			platform.values.set(user._id, [{ customFieldId: field._id, type: 'string', value: department }]);
		}
		if (!kind.endsWith('nlinked') && !(isEnded && random.chance(0.3))) {
			const value = kind === 'linkedToOther' ? `99${accounts.length}` : link;
			platform.addExternalId({ platform: 'personio-n8n', targetId: user._id, value });
		}
		if (isEnded) continue;
		platform.addMembership(random.chance(0.8) ? platform.syncRoot : platform.rootGroup, user._id);
		for (const group of groups) if (random.chance(0.35)) platform.addMembership(group._id, user._id);
		if (accounts.length > 0 && random.chance(0.3)) {
			platform.managers.set(user._id, [random.pick(accounts)]);
		}
		accounts.push(user._id);
	}
}

function planOf(
	{ threeSixtyLearning }: Sandbox,
	platform: PlatformName,
	people: Person[],
	random: Random,
): INode['parameters'] {
	const wide = random.chance(0.75);
	const rules = [
		{ field: 'status', operator: 'isNotEmpty', value: '', group: 'Everyone' },
		{ field: 'position', operator: 'equals', value: 'lead', group: 'Leads' },
		{ field: 'department', operator: 'isEmpty', value: '', group: 'Nowhere' },
	].filter(() => random.chance(0.5));
	const levels = random.pick([[], ['department'], ['office', 'department']]);
	return {
		platform,
		dryRun: false,
		newLearners: random.pick(['invite', 'create']),
		endAccess: random.pick(['terminationDate', 'terminationDate', 'lastWorkingDay', 'earliest']),
		...(platform === 'threeSixtyLearning' && { rootGroup: threeSixtyLearning.syncRoot }),
		...(random.chance(0.6) && {
			fieldMapping: { field: [{ attribute: 'department', field: 'Department' }] },
		}),
		groupLevels: { level: levels.map((field) => ({ field })) },
		groupRules: { rule: rules },
		createMissingGroups: random.chance(0.6),
		limits: wide
			? {
					maxDeactivationPercent: 100,
					maxGroupRemovalPercent: 100,
					maxInvitationPercent: 100,
					maxCreationPercent: 100,
					maxEmailChangePercent: 100,
				}
			: { maxDeactivations: random.below(3), maxInvitations: random.below(3) },
		scope: {
			outOfScope: random.pick(['leaveAlone', 'leaveAlone', 'deactivate']),
			...(random.chance(0.2) && { statuses: ['active'] }),
			...(random.chance(0.15) && { exclude: String(random.pick(people).id) }),
			...(random.chance(0.15) && {
				filters: { filter: [{ field: 'office', operator: 'notEquals', value: 'Wien' }] },
			}),
		},
		options: {
			...(random.chance(0.15) && { matchBy: 'email' }),
			...(random.chance(0.3) && { usePreferredName: true }),
			...(random.chance(0.2) && { daysBeforeHire: 14 }),
		},
	};
}
