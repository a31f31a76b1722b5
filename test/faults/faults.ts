import { scopeOf } from '../../nodes/LmsSync/platforms/threeSixtyLearning/scopes';
import type { Call, Deed, Sandbox, ThreeSixtyLearningScope } from '../sandbox';
import { nameOf, type Kind } from './kinds';

/** Something that goes wrong with a call, or at the moment of a call. */
export interface Fault {
	name: string;
	/** Whether this can go wrong with that kind of call. */
	concerns(kind: Kind): boolean;
	/** The answer that comes instead. */
	deed?: Deed | ((kind: Kind) => Deed);
	/** What happens just before the call is answered; the second takes it back. */
	event?(sandbox: Sandbox, kind: Kind): [strike: () => void, takeBack: () => void];
	/** The answer of every call of the server after that, while it lasts. */
	afterwards?: Deed;
	/** It makes no sense for one call alone. */
	alwaysLasts?: boolean;
}

const BODY = { message: 'Something went wrong', error: { code: 0, message: 'Something went wrong' } };
const PAGE = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

const any: Fault['concerns'] = () => true;
const isWrite: Fault['concerns'] = (kind) => kind.isWrite;

const isBulk: Fault['concerns'] = ({ name }) => name.includes('/bulk/groups/memberships');

const answered = (name: string, deed: Fault['deed'] & {}, concerns = any): Fault => ({
	name,
	deed,
	concerns,
});

const TOKENS = new Set(['personio', 'threeSixtyLearning']);

/** What an integration in Personio may lose on its own, while it may still read people. */
const ATTRIBUTES = ['department', 'supervisor', 'office', 'termination_date'];

export const FAULTS: readonly Fault[] = [
	answered('429, Retry-After', { status: 429, body: BODY, headers: { 'Retry-After': '2' } }),
	answered('429', { status: 429, body: BODY }),
	answered('500', { status: 500, body: BODY }),
	answered('500, done', { status: 500, body: BODY, act: true }, isWrite),
	answered('502 HTML', { status: 502, html: PAGE }),
	answered('503', { status: 503, body: BODY }),
	answered('timeout', 'timeout'),
	answered('timeout, done', 'timeoutAfter', isWrite),
	answered('dropped', 'dropBefore'),
	answered('dropped, done', 'dropAfter', isWrite),
	answered('truncated', 'truncateJson'),
	answered('text for JSON', { wrongType: 'ok' }),
	answered('wrong type', ({ server }) => ({ wrongType: server === 'threeSixtyLearning' ? {} : [] })),
	{
		name: 'token expired',
		concerns: ({ server, isAuth }) => TOKENS.has(server) && !isAuth,
		event: (sandbox, { server }) => [
			() => server !== 'learnUpon' && sandbox[server].expireTokens(),
			() => undefined,
		],
	},
	{ name: 'credential revoked', concerns: any, event: revoked },
	{
		name: 'right removed',
		concerns: ({ server, isAuth }) => !isAuth && server !== 'learnUpon',
		event: withoutRight,
	},
	{
		// LearnUpon's support closes the interface as a whole.
		name: 'right removed',
		concerns: ({ server }) => server === 'learnUpon',
		afterwards: { status: 403, body: { error: 'API access is disabled' } },
	},
	{
		name: 'attributes removed',
		concerns: ({ server, isAuth }) => server === 'personio' && !isAuth,
		event: ({ personio: { grantedAttributes } }) => [
			() => ATTRIBUTES.forEach((key) => grantedAttributes.delete(key)),
			() => ATTRIBUTES.forEach((key) => grantedAttributes.add(key)),
		],
	},
	answered('bulk broken off', 'bulkError', isBulk),
	answered('bulk refused in part', { bulkItemErrors: 7 }, isBulk),
	{ name: 'outage', concerns: any, deed: 'dropAfter', afterwards: 'dropBefore', alwaysLasts: true },
];

/** The token is dead and no new one is given out; LearnUpon has keys alone. */
function revoked(sandbox: Sandbox, { server }: Kind): [() => void, () => void] {
	if (server === 'learnUpon') {
		return [() => sandbox.learnUpon.revokeKeys(), () => sandbox.learnUpon.restoreKeys()];
	}
	return [() => sandbox[server].revokeCredentials(), () => sandbox[server].restoreCredentials()];
}

function withoutRight(sandbox: Sandbox, { server, example }: Kind): [() => void, () => void] {
	const { personio, threeSixtyLearning } = sandbox;
	if (server === 'threeSixtyLearning') {
		const scope = scopeOf(example.method, example.path) as ThreeSixtyLearningScope;
		return [() => threeSixtyLearning.withdrawScope(scope), () => threeSixtyLearning.grantScope(scope)];
	}
	const deny = (denied: boolean) =>
		/employees|persons/.test(example.path)
			? personio.denyEmployees(denied)
			: personio.denyOrganisation(denied);
	return [() => deny(true), () => deny(false)];
}

/** Which of the calls of a kind are hit: so many are left alone first, and then one, or all. */
export interface Extent {
	name: string;
	skip: number;
	lasts: boolean;
}

/** So many writes of a kind are each tried. */
const FEW = 4;

export function extentsOf({ alwaysLasts = false }: Fault, { count, isWrite: writes }: Kind): Extent[] {
	const places =
		writes && count <= FEW
			? Array.from({ length: count }, (_, place) => place)
			: [0, Math.floor(count / 2), count - 1];
	const extents = [...new Set(places)].map((skip): Extent => {
		return { name: `call ${skip + 1}`, skip, lasts: alwaysLasts };
	});
	return alwaysLasts ? extents : [...extents, { name: 'all calls', skip: 0, lasts: true }];
}

/** Lets it happen; the result tells how many calls were hit, and takes everything back. */
export function strike(
	sandbox: Sandbox,
	{ deed: deedOf, event, afterwards }: Fault,
	kind: Kind,
	{ skip, lasts }: Extent,
): { hits: () => number; takeBack: () => void } {
	const server = sandbox[kind.server];
	const deed = typeof deedOf === 'function' ? deedOf(kind) : deedOf;
	const [happen, takeBack] = event?.(sandbox, kind) ?? [];
	let met = 0;
	let hits = 0;
	let last: Call | undefined;
	const isHit = (call: Call): boolean => {
		if (nameOf(call) !== kind.name) return false;
		met++;
		return lasts ? met > skip : met === skip + 1;
	};
	server.misbehave({
		match: (call) => {
			if (isHit(call)) {
				hits++;
				last = call;
				happen?.();
				return deed !== undefined;
			}
			// A credential that was revoked is not given back before a login was refused.
			if (last && !lasts && call.kind !== 'auth') {
				last = undefined;
				takeBack?.();
			}
			return false;
		},
		do: deed ?? { delay: 0 },
	});
	if (afterwards !== undefined) {
		server.misbehave({
			match: (call) => last !== undefined && (deed === undefined || call !== last),
			do: afterwards,
		});
	}
	return { hits: () => hits, takeBack: () => takeBack?.() };
}
