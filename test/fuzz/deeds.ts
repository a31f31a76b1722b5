import type { World } from './world';

/** What a write does to whom, in words that are the same in every world of the same company. */
export interface Deed {
	/** The Personio id of the person, `stranger`, an address that belongs to nobody, or `nobody`. */
	about: string;
	kind: DeedKind;
	/** What exactly: names and values. */
	what: string;
	status: number;
}

export type DeedKind =
	/** Takes something away. */
	| 'end'
	| 'leave'
	| 'cancel'
	| 'unlink'
	| 'unmanage'
	/** Somebody gets a mail, or an account. */
	| 'invite'
	| 'create'
	| 'change'
	| 'expiry'
	| 'join'
	| 'link'
	| 'note'
	| 'manager'
	| 'activate'
	/** Something that is nobody's. */
	| 'group'
	| 'field'
	| 'unknown';

export const HARMFUL: ReadonlySet<DeedKind> = new Set(['end', 'leave', 'cancel', 'unlink', 'unmanage']);

type Body = Record<string, unknown>;

const part = (body: unknown, name: string): Body => {
	const found = typeof body === 'object' && body !== null ? (body as Body)[name] : undefined;
	return typeof found === 'object' && found !== null ? (found as Body) : {};
};

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** The write as it is about to happen: who somebody is, is asked of the state before it. */
export function deedOf(world: World, path: string, method: string, body: unknown): Omit<Deed, 'status'> {
	const [pathname = ''] = path.split('?');
	return pathname.startsWith('/api/v1/')
		? inLearnUpon(world, method, pathname.slice(7), body)
		: inAcademy(world, method, pathname.slice(7), body, path);
}

function inLearnUpon(world: World, method: string, path: string, body: unknown): Omit<Deed, 'status'> {
	const [, collection = '', id = ''] = path.split('/');
	const { users, invites, groups } = world.learnUpon;
	switch (`${method} ${collection}`) {
		case 'POST users': {
			const { password: _, ...user } = part(body, 'User');
			const link = text(part(user, 'CustomData')['Personio ID']);
			return { about: whoIs(world, link, user.email), kind: 'create', what: text(user) };
		}
		case 'POST portal_invite': {
			const invite = part(body, 'Invite');
			const link = text(part(invite, 'CustomData')['Personio ID']);
			const title = groups.get(Number(invite.group_id))?.title;
			const what = text({ ...invite, group_id: title });
			return { about: whoIs(world, link, invite.email), kind: 'invite', what };
		}
		case 'PUT users': {
			const owner = users.get(Number(id));
			const about = whoIs(world, owner?.custom['Personio ID'], owner?.email);
			const user = part(body, 'User');
			if ('enabled' in user && String(user.enabled) === 'false') return { about, kind: 'end', what: '' };
			if (typeof user.account_expires === 'string') {
				return { about, kind: 'expiry', what: text(user.account_expires) };
			}
			return { about, kind: 'change', what: text(user) };
		}
		case 'DELETE group_invites': {
			const invite = invites.get(Number(id));
			const about = whoIs(world, invite?.custom['Personio ID'], invite?.email);
			return { about, kind: 'cancel', what: '' };
		}
		case 'POST group_memberships':
		case 'DELETE group_memberships': {
			const { user_id, group_id } = part(body, 'GroupMembership');
			const owner = users.get(Number(user_id));
			const about = whoIs(world, owner?.custom['Personio ID'], owner?.email);
			const what = groups.get(Number(group_id))?.title ?? `group ${text(group_id)}`;
			return { about, kind: method === 'POST' ? 'join' : 'leave', what };
		}
		case 'POST groups':
			return { about: 'nobody', kind: 'group', what: text(part(body, 'Group').title) };
	}
	return { about: 'nobody', kind: 'unknown', what: `${method} ${path}` };
}

function inAcademy(
	world: World,
	method: string,
	path: string,
	body: unknown,
	target: string,
): Omit<Deed, 'status'> {
	const [, collection = '', id = '', sub = '', other = ''] = path.split('/');
	const { users, groups, externalIds } = world.threeSixtyLearning;
	const ownerOf = (account: string): string => {
		const user = users.get(account);
		return whoIs(world, user && world.linkOf(user), user?.mail);
	};
	const fields = (typeof body === 'object' && body !== null ? body : {}) as Body;
	const called = (group: string) => groups.get(group)?.name ?? `group ${group}`;
	switch (`${method} ${collection}${sub && ` ${sub}`}`) {
		case 'POST users': {
			const kind = target.includes('sendInvitationEmail=true') ? 'invite' : 'create';
			const { groups: into, ...user } = fields;
			const names = Array.isArray(into) ? into.map((each) => called(text(each))) : [];
			return { about: whoIs(world, undefined, fields.mail), kind, what: text({ ...user, groups: names }) };
		}
		case 'PUT users activate':
			return { about: ownerOf(id), kind: 'activate', what: '' };
		case 'PATCH users':
			if (typeof fields.toBeDeactivatedAt === 'string') {
				return { about: ownerOf(id), kind: 'expiry', what: fields.toBeDeactivatedAt };
			}
			return { about: ownerOf(id), kind: 'change', what: text(fields) };
		case 'DELETE users':
			return { about: ownerOf(id), kind: 'end', what: '' };
		case 'PUT users custom-fields': {
			const all = Array.isArray(fields.customValues) ? (fields.customValues as Body[]) : [];
			const labelOf = (field: unknown) => world.threeSixtyLearning.customFields.get(text(field))?.name;
			const named = all.map(({ customFieldId, value }) => [labelOf(customFieldId), value]);
			return { about: ownerOf(id), kind: 'change', what: text(named) };
		}
		case 'POST users managers':
		case 'DELETE users managers':
			return {
				about: ownerOf(id),
				kind: method === 'POST' ? 'manager' : 'unmanage',
				what: ownerOf(other),
			};
		case 'POST groups':
			return { about: 'nobody', kind: 'group', what: text(fields.name) };
		case 'POST groups learner':
			return { about: ownerOf(other), kind: 'join', what: called(id) };
		case 'DELETE groups learner':
			return { about: ownerOf(other), kind: 'leave', what: called(id) };
		case 'POST custom-fields':
			return { about: 'nobody', kind: 'field', what: text(fields.name) };
		case 'PUT custom-fields authorized-values':
			return { about: 'nobody', kind: 'field', what: text(fields.authorizedValues) };
		case 'POST external-ids':
		case 'PUT external-ids':
		case 'DELETE external-ids': {
			const held = externalIds.get(id);
			const { platform, targetId, value } = { ...held, ...fields } as Body;
			const isLink = platform === 'personio-n8n' || world.linkPlatform === platform;
			const about = groups.has(text(targetId)) ? 'nobody' : ownerOf(text(targetId));
			if (!isLink) return { about, kind: 'note', what: text(platform) };
			// Whoever is not linked yet is the one whom their address tells.
			return { about, kind: method === 'DELETE' ? 'unlink' : 'link', what: text(value) };
		}
	}
	return { about: 'nobody', kind: 'unknown', what: `${method} ${path}` };
}

/** By the link first, then by the address. */
function whoIs(world: World, link: unknown, email: unknown): string {
	if (typeof link === 'string' && link !== 'null' && link !== '') return link;
	const key = text(email).toLowerCase();
	if (world.isStranger(key)) return 'stranger';
	const person = [...world.personio.people.values()].find((each) => each.email?.toLowerCase() === key);
	return person ? String(person.id) : key;
}
