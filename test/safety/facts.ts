import type { LearnUponSandbox, Sandbox, ThreeSixtyLearningSandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';

/** What an LMS knows, flat: one entry for each fact about an account, an invitation, a group or a mail. */
export type Facts = Map<string, string>;

/** Ids that were there before; what came later is named by its address, whatever id it was given. */
export type Known = ReadonlyMap<string | number, string>;

export const factsOf = ({ learnUpon, threeSixtyLearning }: Sandbox, platform: PlatformName, known: Known) =>
	platform === 'learnUpon' ? ofLearnUpon(learnUpon, known) : ofThreeSixtyLearning(threeSixtyLearning, known);

/** Names of all that is there now, for a later comparison. */
export function knownOf({ learnUpon, threeSixtyLearning }: Sandbox, platform: PlatformName): Known {
	if (platform === 'learnUpon') {
		return new Map([
			...[...learnUpon.users.values()].map(({ id, email }) => [id, `account ${email}`] as const),
			...[...learnUpon.invites.values()].map(({ id, email }) => [id, `invitation ${id} ${email}`] as const),
		]);
	}
	const { users, groups } = threeSixtyLearning;
	return new Map([
		...[...users.values()].map(({ _id, mail }) => [_id, `account ${mail ?? _id}`] as const),
		...[...groups.values()].map(({ _id, name }) => [_id, `group ${name}`] as const),
	]);
}

/** Adds facts, and numbers what would have the name of another one. */
class Collector {
	readonly facts: Facts = new Map();
	private readonly counts = new Map<string, number>();

	constructor(private readonly known: Known) {}

	nameOf(id: string | number, text: string): string {
		const name = this.known.get(id);
		if (name !== undefined) return name;
		const count = (this.counts.get(text) ?? 0) + 1;
		this.counts.set(text, count);
		return `new ${text}${count > 1 ? ` #${count}` : ''}`;
	}

	add(name: string, values: Record<string, unknown>): void {
		for (const [key, value] of Object.entries(values)) {
			if (value === null || value === undefined || value === '') continue;
			this.facts.set(`${name}: ${key}`, String(value));
		}
	}

	count(name: string): void {
		this.facts.set(name, String(Number(this.facts.get(name) ?? 0) + 1));
	}
}

function ofLearnUpon(portal: LearnUponSandbox, known: Known): Facts {
	const collector = new Collector(known);
	const { users, invites, groups, memberships } = portal.snapshot();
	const titles = new Map(groups.map(({ id, title }) => [id, title]));
	const names = new Map<number, string>();
	for (const user of users) {
		const { id, email, firstName, lastName, enabled, accountExpires, custom, userType } = user;
		const name = collector.nameOf(id, `account ${email}`);
		names.set(id, name);
		collector.add(name, { email, firstName, lastName, enabled, accountExpires, userType, ...custom });
	}
	for (const { id, email, firstName, lastName, groupId, expiresAt, custom, status } of invites) {
		const group = groupId === null ? null : titles.get(groupId);
		const name = collector.nameOf(id, `invitation ${email}`);
		// What an accepted one said is history: its account counts.
		if (status === 'accepted') {
			collector.add(name, { email, status });
			continue;
		}
		collector.add(name, { email, firstName, lastName, group, expiresAt, status, ...custom });
	}
	for (const { title } of groups) collector.count(`group ${title}`);
	for (const { groupId, userId } of memberships) {
		collector.count(`${names.get(userId)} in ${titles.get(groupId)}`);
	}
	return collector.facts;
}

function ofThreeSixtyLearning(platform: ThreeSixtyLearningSandbox, known: Known): Facts {
	const collector = new Collector(known);
	const { users, groups, memberships, managers, customFields, values, externalIds } = platform.snapshot();
	const names = new Map<string, string>();
	for (const user of users) {
		const {
			_id,
			deletedAt: _d,
			reactivatedAt: _r,
			...fields
		} = user as typeof user & Record<string, unknown>;
		const name = collector.nameOf(_id, `account ${fields.mail}`);
		names.set(_id, name);
		collector.add(name, fields);
	}
	const above = new Map(groups.map((group) => [group._id, group]));
	const pathOf = (id: string | undefined): string => {
		const group = id === undefined ? undefined : above.get(id);
		return group ? `${pathOf(group.parentId)}/${group.name}` : '';
	};
	for (const { _id, public: isPublic } of groups) {
		const name = collector.nameOf(_id, `group ${pathOf(_id)}`);
		names.set(_id, name);
		collector.add(name, { path: pathOf(_id), isPublic });
	}
	for (const { groupId, userId, role } of memberships) {
		collector.count(`${names.get(userId)} is ${role} in ${names.get(groupId)}`);
	}
	for (const { userId, managerIds } of managers) {
		for (const id of managerIds) collector.count(`${names.get(userId)} reports to ${names.get(id)}`);
	}
	const labels = new Map(customFields.map(({ _id, name }) => [_id, name]));
	for (const { name, authorizedValues } of customFields) {
		collector.add(`field ${name}`, { name, authorizedValues: authorizedValues.join(', ') });
	}
	for (const { userId, values: list } of values) {
		for (const { customFieldId, value } of list) {
			collector.add(names.get(userId) ?? userId, { [`value ${labels.get(customFieldId)}`]: value });
		}
	}
	for (const { platform: system, targetId, value } of externalIds) {
		// Whose turn it is to make groups. One that nobody has let go costs the next run half a minute.
		if (system === 'personio-n8n-making') continue;
		// What the sync notes at groups are ids, of groups and of fields.
		const text = /-(group$|field:)/.test(system) ? 'noted' : value;
		collector.add(names.get(targetId) ?? `gone ${targetId}`, { [system]: text });
	}
	for (const { kind, to } of platform.mails) collector.count(`mail ${kind} to ${to}`);
	return collector.facts;
}

/** One line for each fact that differs. */
export function differences(one: Facts, other: Facts): string[] {
	return [...new Set([...one.keys(), ...other.keys()])]
		.filter((key) => one.get(key) !== other.get(key))
		.sort()
		.map((key) => `${key}: ${one.get(key) ?? '–'} → ${other.get(key) ?? '–'}`);
}
