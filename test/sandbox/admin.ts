import express from 'express';
import type { Clock } from './core/clock';
import type { Call } from './core/http';
import type { Misbehaviour } from './core/misbehaviour';
import type { VendorServer } from './core/server';
import type { LearnUponSandbox } from './learnUpon';
import type { User } from './learnUpon/types';
import type { PersonioSandbox } from './personio';
import type { PersonInput } from './personio/types';
import type { ThreeSixtyLearningSandbox } from './threeSixtyLearning';
import type { Scope } from './threeSixtyLearning/auth';
import type { Group, User as Learner } from './threeSixtyLearning/types';

type Work = (body: Record<string, unknown>, id: string) => unknown;

export interface AdminRoute {
	method: 'get' | 'post' | 'delete';
	path: string;
	about: string;
	work: Work;
}

/** Routes below `/__sandbox`, for people who play by curl. They are in no call log and know no limits. */
export function personioAdmin(personio: PersonioSandbox, clock: Clock): express.Router {
	return router(personioRoutes(personio, clock));
}

export function learnUponAdmin(learnUpon: LearnUponSandbox, clock: Clock): express.Router {
	return router(learnUponRoutes(learnUpon, clock));
}

export function threeSixtyLearningAdmin(platform: ThreeSixtyLearningSandbox, clock: Clock): express.Router {
	return router(threeSixtyLearningRoutes(platform, clock));
}

export function personioRoutes(personio: PersonioSandbox, clock: Clock): AdminRoute[] {
	return [
		route('get', '/state', 'people, custom attributes, granted attributes', () => ({
			now: clock.now(),
			people: [...personio.people.values()],
			customAttributes: personio.customAttributes,
			grantedAttributes: [...personio.grantedAttributes],
		})),
		route('post', '/people', 'hire a person (JSON of any Person fields)', (body) =>
			personio.hire(body as PersonInput),
		),
		route('post', '/people/:id', 'change a person', (body, id) =>
			personio.change(Number(id), body as PersonInput),
		),
		route('delete', '/people/:id', 'remove a person for good', (_body, id) => personio.remove(Number(id))),
		route('post', '/grants', 'attribute rights: {"grant": [...], "withdraw": [...]}', (body) => {
			for (const key of (body['grant'] as string[]) ?? []) personio.grantedAttributes.add(key);
			for (const key of (body['withdraw'] as string[]) ?? []) personio.grantedAttributes.delete(key);
			return [...personio.grantedAttributes];
		}),
		route('post', '/tokens/expire', 'make all tokens invalid', () => personio.expireTokens()),
		...commonRoutes(personio, clock, () => personio.applyDates()),
	];
}

export function learnUponRoutes(learnUpon: LearnUponSandbox, clock: Clock): AdminRoute[] {
	return [
		route('get', '/state', 'users, invites, groups, memberships, custom fields', () => ({
			now: clock.now(),
			...learnUpon.snapshot(),
			customFields: learnUpon.customFields,
			usersInOtherPortals: [...learnUpon.usersInOtherPortals],
		})),
		route(
			'post',
			'/invites/accept',
			'accept invites: {"email": "..."}, {"id": 1}, or nothing for all',
			(body) => {
				const one = (body['email'] ?? body['id']) as string | number | undefined;
				return one === undefined ? learnUpon.acceptAllInvites() : [learnUpon.acceptInvite(one)];
			},
		),
		route('post', '/users', 'add an account (JSON of any User fields)', (body) =>
			learnUpon.addUser(body as Partial<User>),
		),
		route('post', '/groups', 'add a group: {"title": "..."}', (body) =>
			learnUpon.addGroup(String(body['title'])),
		),
		...commonRoutes(learnUpon, clock, () => undefined),
	];
}

export function threeSixtyLearningRoutes(platform: ThreeSixtyLearningSandbox, clock: Clock): AdminRoute[] {
	return [
		route('get', '/state', 'users, groups, roles, managers, custom fields, external ids, mails', () => ({
			now: clock.now(),
			...platform.snapshot(),
			mails: platform.mails,
			scopes: platform.scopes,
			syncRoot: platform.syncRoot,
		})),
		route('post', '/users', 'add an account (JSON of any User fields)', (body) =>
			platform.addUser(body as Partial<Learner>),
		),
		route('post', '/groups', 'add a group: {"name": "...", "parentId", "public"}', (body) =>
			platform.addGroup(body as unknown as Group),
		),
		route('post', '/invites/accept', 'accept invitations: {"id": "..."}, or nothing for all', (body) =>
			typeof body['id'] === 'string'
				? [platform.acceptInvitation(body['id'])]
				: platform.acceptAllInvitations(),
		),
		route('post', '/scopes', 'scopes of the credentials: {"grant": [...], "withdraw": [...]}', (body) => {
			for (const scope of (body['grant'] as Scope[]) ?? []) platform.grantScope(scope);
			for (const scope of (body['withdraw'] as Scope[]) ?? []) platform.withdrawScope(scope);
			return platform.scopes;
		}),
		route('post', '/tokens/expire', 'make all tokens invalid', () => platform.expireTokens()),
		...commonRoutes(platform, clock, () => undefined),
	];
}

function commonRoutes(server: VendorServer, clock: Clock, midnight: () => void): AdminRoute[] {
	return [
		route('get', '/calls', 'every request so far', () => server.calls.map(printable)),
		route('delete', '/calls', 'forget them', () => server.clearCalls()),
		route(
			'post',
			'/misbehave',
			'add a rule: {"match": {"method", "path"}, "times", "skip", "do"}',
			(body) => {
				server.misbehave(body as unknown as Misbehaviour);
			},
		),
		route('post', '/behave', 'drop all rules', () => server.behave()),
		route('post', '/clock', 'move the clock of all servers: {"days": 1} or {"to": "2027-01-31"}', (body) => {
			if (typeof body['to'] === 'string') clock.set(body['to']);
			else clock.advance(body);
			midnight();
			return { now: clock.now() };
		}),
	];
}

function route(method: AdminRoute['method'], path: string, about: string, work: Work): AdminRoute {
	return { method, path, about, work };
}

function printable(call: Call): object {
	return { ...call, at: new Date(call.at), query: Object.fromEntries(call.query) };
}

function router(routes: AdminRoute[]): express.Router {
	const admin = express.Router();
	for (const { method, path, work } of routes) {
		admin[method](path, (request, response) => {
			try {
				const answer = work((request.body ?? {}) as Record<string, unknown>, String(request.params['id']));
				response.json(answer ?? { ok: true });
			} catch (error) {
				response.status(400).json({ error: (error as Error).message });
			}
		});
	}
	admin.use((request, response) => {
		response.status(404).json({ error: `No admin route ${request.method} ${request.path}` });
	});
	return admin;
}
