import type { IncomingHttpHeaders } from 'node:http';

import { VendorClient } from '../../nodes/shared/transport/client';
import type { VendorRequest, VendorResponse } from '../../nodes/shared/transport/vendor';
import { clock } from '../../nodes/shared/transport/clock';
import { VendorError } from '../../nodes/shared/transport/vendorError';
import { seedLearnUpon, seedPersonio, seedThreeSixtyLearning } from '../sandbox/company';
import { Clock } from '../sandbox/core/clock';
import { encodeReply, type Inbound } from '../sandbox/core/http';
import type { VendorServer } from '../sandbox/core/server';
import { LearnUponSandbox } from '../sandbox/learnUpon';
import type { User } from '../sandbox/learnUpon/types';
import { PersonioSandbox } from '../sandbox/personio';
import type { Person } from '../sandbox/personio/types';
import { ThreeSixtyLearningSandbox } from '../sandbox/threeSixtyLearning';
import type { User as Account } from '../sandbox/threeSixtyLearning/types';
import { mutated, type Mutations } from './arbitraries';
import { deedOf, type Deed } from './deeds';

export type VendorName = 'personio' | 'learnUpon' | 'threeSixtyLearning';

/** What becomes of the answers of one vendor. */
export interface Spoiling {
	vendor: VendorName;
	/** The first answer that goes wrong, counted round; `every`: all of them do. */
	from: number;
	every: boolean;
	body: Mutations;
	/** What goes wrong with the headers, if anything. */
	headers?: Record<string, string> | undefined;
}

const DAY_MS = 86_400_000;

/** No more answers than a sane client asks for in such a small company. */
const MOST_CALLS = 3_000;

/**
 * A company of six, an LMS with their accounts and with strangers, and a wire between them and the adapters
 * on which answers go wrong.
 */
export class World {
	readonly personio: PersonioSandbox;
	readonly learnUpon: LearnUponSandbox;
	readonly threeSixtyLearning: ThreeSixtyLearningSandbox;
	/** What was written, in order. */
	readonly deeds: Deed[] = [];
	/** The name under which 360Learning keeps Personio ids, where it is another one than usual. */
	linkPlatform = 'personio-n8n';
	spoiling: Spoiling | undefined;
	private readonly answered = { personio: 0, learnUpon: 0, threeSixtyLearning: 0 };
	private readonly headers: Record<VendorName, IncomingHttpHeaders>;

	/** By what each of them stands for. */
	readonly people: Record<'anna' | 'ben' | 'cleo' | 'dan' | 'eva' | 'finn', Person>;

	constructor() {
		const clock = new Clock();
		const options = { rateLimits: false };
		this.personio = new PersonioSandbox(clock, options);
		this.learnUpon = new LearnUponSandbox(clock, options);
		this.threeSixtyLearning = new ThreeSixtyLearningSandbox(clock, options);
		seedPersonio(this.personio, 'empty');
		seedLearnUpon(this.learnUpon, []);
		seedThreeSixtyLearning(this.threeSixtyLearning, []);
		this.people = this.hireAll();
		this.openAccounts();
		this.headers = this.logIn();
	}

	private hireAll(): World['people'] {
		const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
		const hire = (firstName: string, more: object) =>
			this.personio.hire({
				firstName,
				lastName: 'Fuzz',
				email: `${firstName.toLowerCase()}@example.com`,
				status: 'active',
				department: 'Sales',
				position: 'Engineer',
				hireDate: '2020-02-29',
				...more,
			});
		const people = {
			anna: hire('Anna', {}),
			ben: hire('Ben', { department: 'Ops' }),
			cleo: hire('Cleo', { hireDate: day(-3) }),
			dan: hire('Dan', { status: 'inactive', terminationDate: day(-10) }),
			eva: hire('Eva', { terminationDate: day(40) }),
			finn: hire('Finn', { status: 'onboarding', hireDate: day(5) }),
		};
		// They manage each other.
		this.personio.change(people.anna.id, { supervisorId: people.eva.id });
		this.personio.change(people.eva.id, { supervisorId: people.anna.id });
		return people;
	}

	/** Anna, Dan and Eva are linked, Ben has an account of his own, Cleo and Finn are new. */
	private openAccounts(): void {
		const { learnUpon, threeSixtyLearning: academy } = this;
		const sales = learnUpon.addGroup('Sales');
		learnUpon.addGroup('Ops');
		const root = academy.syncRoot;
		const salesBelow = academy.addGroup({ name: 'Sales', parentId: root })._id;
		for (const [name, { id, firstName, lastName, email }] of Object.entries(this.people)) {
			if (['cleo', 'finn'].includes(name)) continue;
			const isLinked = name !== 'ben';
			const names = { firstName: firstName ?? '', lastName: lastName ?? '' };
			const user = learnUpon.addUser({
				...names,
				email: email ?? '',
				...(isLinked && { custom: { 'Personio ID': String(id) } }),
			});
			if (name === 'anna') learnUpon.addMembership(sales.id, user.id);
			const account = academy.addUser({ ...names, mail: email ?? '' });
			academy.addMembership(root, account._id);
			if (name === 'anna') academy.addMembership(salesBelow, account._id);
			if (isLinked) {
				academy.addExternalId({
					platform: 'personio-n8n',
					targetId: account._id,
					targetType: 'user',
					value: String(id),
				});
			}
		}
	}

	private logIn(): Record<VendorName, IncomingHttpHeaders> {
		const json = { 'content-type': 'application/json' };
		const token = (server: VendorServer, path: string, body: object) =>
			server.answer(inbound('POST', path, json, JSON.stringify(body))).body as Record<string, unknown>;
		const { clientId: client_id, clientSecret: client_secret } = this.personio.credentials;
		const v1 = token(this.personio, '/v1/auth', { client_id, client_secret }) as { data: { token: string } };
		const academy = this.threeSixtyLearning.credentials;
		const { access_token } = token(this.threeSixtyLearning, '/api/v2/oauth2/token', {
			grant_type: 'client_credentials',
			client_id: academy.clientId,
			client_secret: academy.clientSecret,
		});
		const { username, password } = this.learnUpon.credentials;
		const basic = Buffer.from(`${username}:${password}`).toString('base64');
		return {
			personio: { authorization: `Bearer ${v1.data.token}` },
			learnUpon: { authorization: `Basic ${basic}` },
			threeSixtyLearning: {
				authorization: `Bearer ${String(access_token)}`,
				'360-api-version': 'v2.0',
			},
		};
	}

	/** Stands for the transport: what it sends, and what it makes of an answer. */
	answer(request: VendorRequest): VendorResponse {
		const vendor = vendorOf(request.path);
		const { method = 'GET', accept = [], body } = request;
		const count = this.answered[vendor]++;
		if (count > MOST_CALLS) throw new Error(`More than ${MOST_CALLS} calls: the client never ends.`);
		const query = new URLSearchParams();
		for (const [key, value] of Object.entries(request.query ?? {})) {
			if (Array.isArray(value)) for (const each of value) query.append(`${key}[]`, String(each));
			else query.append(key, String(value));
		}
		const path = request.path + (query.size > 0 ? `?${query.toString()}` : '');
		const headers = {
			accept: 'application/json',
			...request.headers,
			...this.headers[vendor],
			...(body && { 'content-type': 'application/json' }),
		};
		// What JSON does not know is lost on the wire.
		const text = body === undefined ? '' : JSON.stringify(body);
		const sent: unknown = text === '' ? undefined : JSON.parse(text);
		const deed = method === 'GET' ? undefined : deedOf(this, request.path, method, sent);
		const reply = this[vendor].answer(inbound(method, path, headers as IncomingHttpHeaders, text));
		if (deed) this.deeds.push({ ...deed, status: reply.status });
		return this.received(vendor, count, reply, method, accept);
	}

	private received(
		vendor: VendorName,
		count: number,
		reply: Parameters<typeof encodeReply>[0],
		method: string,
		accept: number[],
	): VendorResponse {
		const { text } = encodeReply(reply);
		const plain = Object.entries(reply.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
		let body: unknown;
		try {
			body = text === '' ? undefined : JSON.parse(text);
		} catch {
			body = text;
		}
		let headers = Object.fromEntries(plain) as Record<string, string>;
		const { spoiling } = this;
		const isHit = spoiling?.vendor === vendor && (spoiling.every || count % 12 === spoiling.from % 12);
		if (spoiling && isHit) {
			body = mutated(body, spoiling.body);
			headers = { ...headers, ...spoiling.headers };
		}
		if (body === null || body === '') body = undefined;
		const { status } = reply;
		if (accept.includes(status) || (status < 300 && typeof body !== 'string')) {
			return { status, headers, body };
		}
		throw new VendorError(`${vendor} answered HTTP ${status}`, {
			remedy: 'Run again.',
			status,
			uncertain: method !== 'GET' && (status >= 500 || status < 300),
		});
	}

	/** Everything about the accounts that Personio knows nothing of. */
	strangers(): string {
		const users = [...this.learnUpon.users.values()].filter(({ email }) => STRANGERS.includes(email));
		const accounts = [...this.threeSixtyLearning.users.values()].filter(({ mail }) =>
			STRANGERS.includes(mail ?? ''),
		);
		const isTheirs = (id: string | number) =>
			users.some((user) => user.id === id) || accounts.some((account) => account._id === id);
		return JSON.stringify([
			users,
			accounts,
			this.learnUpon.memberships.filter(({ userId }) => isTheirs(userId)),
			this.threeSixtyLearning.memberships.filter(({ userId }) => isTheirs(userId)),
			[...this.threeSixtyLearning.externalIds.values()].filter(({ targetId }) => isTheirs(targetId)),
		]);
	}

	userOf({ email }: Person): User[] {
		return [...this.learnUpon.users.values()].filter((user) => user.email === email);
	}

	accountOf({ email }: Person): Account[] {
		return [...this.threeSixtyLearning.users.values()].filter(({ mail }) => mail === email);
	}

	isStranger(email: string): boolean {
		return STRANGERS.some((each) => each.toLowerCase() === email);
	}

	linkOf({ _id }: Account): string | undefined {
		const ids = [...this.threeSixtyLearning.externalIds.values()];
		return ids.find(({ platform, targetId }) => platform === this.linkPlatform && targetId === _id)?.value;
	}
}

/** As the sandbox seeds them. */
const STRANGERS = [
	'academy-admin@nordhafen.example',
	'trainer@lernpartner.example',
	'academy-owner@nordhafen.example',
	'coach@lernpartner.example',
	'Trainee@lernpartner.example',
];

const vendorOf = (path: string): VendorName =>
	path.startsWith('/api/v1/') ? 'learnUpon' : path.startsWith('/api/v2/') ? 'threeSixtyLearning' : 'personio';

function inbound(method: string, target: string, headers: IncomingHttpHeaders, rawBody: string): Inbound {
	const origin = 'http://127.0.0.1';
	const url = new URL(target, origin);
	return {
		method,
		path: url.pathname,
		query: url.searchParams,
		rawQuery: url.search.slice(1),
		headers,
		rawBody,
		origin,
		hidden: new Set(),
		pretend: false,
		bulk: { fails: false, itemErrors: 0 },
	};
}

let current: World | undefined;

/** A new company, with which all adapters speak from now on. */
export function newWorld(): World {
	current = new World();
	return current;
}

/** Puts the wire in the place of the transport. What is waited for has passed at once. */
export function spoilTransport(): void {
	let waited = 0;
	const { now } = clock;
	jest.spyOn(clock, 'now').mockImplementation(() => now() + waited);
	jest.spyOn(clock, 'sleep').mockImplementation(async (ms) => {
		waited += ms;
	});
	jest.spyOn(VendorClient.prototype, 'request').mockImplementation(async (request) => {
		if (!current) throw new Error('There is no world.');
		return current.answer(request);
	});
}
