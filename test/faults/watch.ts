import type { Call, Sandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';
import { PEOPLE, type Person } from './company';
import { momentOf, type Holder, type Moment } from './moment';
import type { World } from './world';

/** Addresses that two people have, one after the other, tell nothing of who it is. */
const SHARED = new Set(
	PEOPLE.flatMap(({ addresses }) => addresses).filter((each, index, all) => all.indexOf(each) !== index),
);

const isOf =
	({ id, addresses, lastNames }: Person) =>
	({
		email,
		lastName,
		link,
	}: Pick<Holder, 'email'> & { link?: string | undefined; lastName?: string | null }) =>
		link !== undefined
			? link === String(id)
			: lastNames.includes(lastName ?? '') || (addresses.includes(email) && !SHARED.has(email));

/** What may not be at any moment, with the people to whom it happened. */
export function harmAt(world: World, now: Moment): string[] {
	const { startMoment: start, referenceMoment: reference } = world;
	const harm: string[] = [];
	for (const [id, before] of start.holders) {
		const after = now.holders.get(id);
		const wanted = reference.holders.get(id);
		const who = `${before.lastName || before.email}, ${id}`;
		if (!isKnown(before)) {
			if (after?.all !== before.all) harm.push(`a foreign account was touched: ${who}`);
			continue;
		}
		if (before.hasAccess && wanted?.hasAccess) harm.push(...lost(who, before, after, wanted));
		if (!before.hasAccess && !wanted?.hasAccess && after?.hasAccess) {
			harm.push(`access was given back: ${who}`);
		}
	}
	for (const [id, holder] of now.holders) {
		if (!start.holders.has(id) && !isKnown(holder)) harm.push(`an account of nobody: ${holder.email}, ${id}`);
	}
	for (const person of PEOPLE) harm.push(...doubles(person, now, reference));
	return harm;
}

const isKnown = (holder: Holder): boolean => PEOPLE.some((person) => isOf(person)(holder));

/** What somebody has lost who was to keep it. */
function lost(who: string, before: Holder, after: Holder | undefined, wanted: Holder): string[] {
	if (!after?.hasAccess) return [`access was lost: ${who}`];
	const gone = (of: 'groups' | 'managers') =>
		[...before[of]].filter((each) => wanted[of].has(each) && !after[of].has(each));
	const isAlone = before.groups.size > 0 && wanted.groups.size > 0 && after.groups.size === 0;
	return [
		...gone('groups').map((group) => `a group was lost: ${who}, ${group}`),
		...gone('managers').map((manager) => `a manager was lost: ${who}, ${manager}`),
		...(isAlone ? [`without any group: ${who}`] : []),
	];
}

function doubles(person: Person, now: Moment, reference: Moment): string[] {
	const { fate } = person;
	const holders = [...now.holders].filter(([, each]) => isOf(person)(each));
	const mailsIn = ({ mails }: Moment) =>
		mails.filter(({ email, lastName }) =>
			isOf(person)({ email: email.toLowerCase(), ...(lastName !== undefined && { lastName }) }),
		).length;
	return [
		...(holders.length > 1 ? [`a second account: ${fate}, ${holders.map(([id]) => id).join(', ')}`] : []),
		...(mailsIn(now) > mailsIn(reference) ? [`an invitation too many: ${fate}`] : []),
	];
}

/** Bulk operations do their work when somebody looks at them. */
const changesSomething = ({ kind, path }: Call): boolean => kind === 'write' || path.includes('/bulk/');

/**
 * Looks at the LMS before the call that follows on one that may have changed something, and so at every state
 * that it is ever in.
 *
 * @returns what was found so far, each thing once, looking once more
 */
export function watch(sandbox: Sandbox, platform: PlatformName, world: World): () => string[] {
	const found = new Set<string>();
	const look = () => {
		for (const each of harmAt(world, momentOf(sandbox, platform))) found.add(each);
	};
	let isChanged = true;
	sandbox[platform].misbehave({
		match: (call) => {
			if (isChanged) look();
			isChanged = changesSomething(call);
			return false;
		},
		do: { delay: 0 },
	});
	return () => {
		look();
		return [...found];
	};
}
