import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';

import { LearnUponApi } from '../../credentials/LearnUponApi.credentials';
import { PersonioEmployeesApi } from '../../credentials/PersonioEmployeesApi.credentials';
import { ThreeSixtyLearningApi } from '../../credentials/ThreeSixtyLearningApi.credentials';
import { LearnUpon } from '../../nodes/LmsSync/platforms/learnUpon/learnUpon';
import { NO_OPTIONS } from '../../nodes/LmsSync/platforms/platform';
import { ThreeSixtyLearning } from '../../nodes/LmsSync/platforms/threeSixtyLearning/threeSixtyLearning';
import { PersonioClient } from '../../nodes/Personio/api/client';
import { PersonioV1 } from '../../nodes/Personio/api/v1';
import { PersonioV2 } from '../../nodes/Personio/api/v2';
import type { Gap, Roster } from '../../nodes/shared/item';
import { clock } from '../../nodes/shared/transport/clock';
import { failureOf, SECRETS } from './failure';
import { endless, HostileServer, json, packed, redirect, status, text, type Deed } from './hostileServer';
import { GENERATIONS, standIn, type Generation, type StandIn } from './n8n';

/** Servers that want to keep a run for ever, to fill its memory, or to get at its keys. */

let server: HostileServer;
let elsewhere: HostileServer;

beforeEach(async () => {
	server = await new HostileServer().start();
	elsewhere = await new HostileServer().start();
	jest.spyOn(clock, 'sleep').mockResolvedValue();
});

/** The limits of time as they are, four hundred times as fast. */
function inAHurry(): void {
	const { timeout } = AbortSignal;
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout.call(AbortSignal, ms / 400));
}

afterEach(async () => {
	jest.restoreAllMocks();
	await Promise.all([server.stop(), elsewhere.stop()]);
});

interface Reader {
	n8n: StandIn;
	read(): Promise<unknown>;
}

const token = JSON.stringify({ v1: SECRETS.oldToken, v2: SECRETS.oldToken });

function personioFor(generation: Generation): StandIn {
	const keys = { clientId: 'the-client-id', clientSecret: SECRETS.clientSecret, sessionToken: token };
	return standIn(new PersonioEmployeesApi(), { baseUrl: server.origin, ...keys }, generation);
}

const READERS: Record<string, (generation: Generation) => Reader> = {
	LearnUpon(generation) {
		const keys = { username: 'learnupon-key', password: SECRETS.password };
		const n8n = standIn(new LearnUponApi(), { portalUrl: server.origin, ...keys }, generation);
		const platform = new LearnUpon(n8n.context, { ...NO_OPTIONS, linkField: 'Personio ID', needsLink: true });
		return { n8n, read: async () => await platform.read() };
	},
	'360Learning': (generation) => {
		const keys = { clientId: 'id', clientSecret: SECRETS.threeSixtySecret, sessionToken: SECRETS.oldToken };
		const credential = { region: 'custom', baseUrl: server.origin, ...keys };
		const n8n = standIn(new ThreeSixtyLearningApi(), credential, generation);
		const platform = new ThreeSixtyLearning(n8n.context, {
			...NO_OPTIONS,
			linkField: 'personio-n8n',
			needsLink: true,
		});
		return { n8n, read: async () => await platform.read() };
	},
	'Personio v1': (generation) => {
		const n8n = personioFor(generation);
		const reader = new PersonioV1(new PersonioClient(n8n.context));
		return { n8n, read: async () => await reader.readAll({ customAttributes: [] }) };
	},
	'Personio v2': (generation) => {
		const n8n = personioFor(generation);
		const reader = new PersonioV2(new PersonioClient(n8n.context));
		return { n8n, read: async () => await reader.readAll({ customAttributes: [] }) };
	},
};

const everyReader = Object.keys(READERS);

const readerOf = (vendor: string, generation: Generation = 'n8n 2.x'): Reader =>
	(READERS[vendor] as (generation: Generation) => Reader)(generation);

async function refusal(vendor: string, deed: Deed, generation?: Generation): Promise<string> {
	server.deed = deed;
	const { n8n, read } = readerOf(vendor, generation);
	const { message, remedy = '' } = await failureOf(n8n, read());
	return `${message} ${remedy}`;
}

const BIG = Buffer.alloc(80 * 2 ** 20, '[');
const BOMBS: Array<['gzip' | 'deflate' | 'br', Buffer]> = [
	['gzip', gzipSync(BIG)],
	['deflate', deflateSync(BIG)],
	['br', brotliCompressSync(BIG, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
];

describe.each(everyReader)('a server in the place of %s', (vendor) => {
	it.each(GENERATIONS)('that drips its headers byte by byte is not waited for (%s)', async (generation) => {
		inAHurry();
		const told = await refusal(vendor, server.dripHeaders, generation);
		expect(told).toMatch(/cannot be reached: no answer in time\. Check the address/);
	});

	it('that drips its body byte by byte is not waited for', async () => {
		inAHurry();
		expect(await refusal(vendor, server.dripBody)).toMatch(/no answer in time\. Check the address/);
	});

	it('that never ends its answer is cut off, and so is its connection', async () => {
		expect(await refusal(vendor, endless)).toMatch(/the answer was too large\. Check the address/);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(server.open).toBe(0);
	});

	it.each(BOMBS)('whose answer swells when it is unpacked (%s) is cut off', async (encoding, bomb) => {
		expect(bomb.length).toBeLessThan(2 ** 18);
		expect(await refusal(vendor, packed(encoding, bomb))).toMatch(/the answer was too large/);
	});

	it.each([301, 302, 303, 307, 308])('that redirects to another host (%i) is not followed', async (code) => {
		const told = await refusal(vendor, redirect(code, `${elsewhere.origin}/api/v1/users`));
		expect(told).toMatch(new RegExp(`HTTP ${code}.* leads on to another one, where the keys are not sent`));
		expect(elsewhere.asked).toEqual([]);
	});

	it.each([
		['lists', '[', ']'],
		['objects', '{"a":', '}'],
	])('whose answer has 100,000 %s in each other is one of an unexpected form', async (_, open, close) => {
		const deep = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
		const { n8n, read } = readerOf(vendor);
		for (const body of [deep, `{"success":true,"data":${deep},"user":${deep}}`, `[{"_id":${deep}}]`]) {
			server.deed = text(body);
			const found = await read().catch(async (error: Error) => await failureOf(n8n, Promise.reject(error)));
			expect(doubtsOf(found)).toMatch(/unexpected form|lack their id|without an id|no account/);
		}
	});
});

/** Why something could not be read, or is not whole. */
function doubtsOf(found: unknown): string {
	if (found instanceof Error) return found.message;
	const { gaps, roster } = found as { gaps?: Gap[]; roster?: Roster };
	return (gaps ?? roster?.gaps ?? []).map(({ message }) => message).join(' ');
}

describe.each(GENERATIONS)('once the token has run out, in %s', (generation) => {
	const vendors = everyReader.filter((vendor) => vendor !== 'LearnUpon');

	/** Answers the token request, refuses the old token, and does this to whoever comes with the new one. */
	const renewed =
		(deed: Deed): Deed =>
		(response, request) => {
			if (request.method === 'POST') {
				const session = { token: SECRETS.newToken, expires_in: 86400 };
				json({ success: true, data: session, access_token: SECRETS.newToken, expires_in: 86400 })(
					response,
					request,
				);
			} else if (request.headers.authorization?.includes(SECRETS.newToken)) deed(response, request);
			else status(401)(response, request);
		};

	it.each(vendors)('an answer of %s that never ends is cut off as any other', async (vendor) => {
		expect(await refusal(vendor, renewed(endless), generation)).toMatch(/the answer was too large/);
	});

	it.each(vendors)('an error of %s that never ends is cut off as any other', async (vendor) => {
		const failing: Deed = (response, request) => {
			response.statusCode = 400;
			endless(response, request);
		};
		expect(await refusal(vendor, renewed(failing), generation)).toMatch(/the answer was too large/);
	});

	it.each(vendors)('the words of an error of %s are told as those of any other', async (vendor) => {
		const body = { message: 'no such luck', error: { message: 'no such luck' }, detail: 'no such luck' };
		const failing: Deed = (response) => {
			response.writeHead(400, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		expect(await refusal(vendor, renewed(failing), generation)).toMatch(/HTTP 400: .*no such luck/);
	});

	it.each(vendors)('a login at %s that drips, swells or never ends is given up', async (vendor) => {
		const login =
			(deed: Deed): Deed =>
			(response, request) =>
				(request.method === 'POST' ? deed : status(401))(response, request);
		const [, bomb] = BOMBS[0] as (typeof BOMBS)[number];
		for (const deed of [endless, packed('gzip', bomb)]) {
			expect(await refusal(vendor, login(deed), generation)).toMatch(/^There is no .* API.* at http/);
		}
		inAHurry();
		for (const deed of [server.dripHeaders, server.dripBody]) {
			expect(await refusal(vendor, login(deed), generation)).toMatch(/in time|cannot be reached/i);
		}
	});
});

describe('a next page on a foreign host', () => {
	const person = (id: number) => ({ id: String(id), email: `p${id}@example.com`, status: 'ACTIVE' });

	it('is not asked for by the reader of Personio v2', async () => {
		const next = { href: `${elsewhere.origin}/v2/persons?cursor=2` };
		server.deed = json({ _data: [person(1)], _meta: { links: { next } } });
		const { read } = readerOf('Personio v2');
		const outcome = (await read().catch((error: Error) => error)) as { roster?: { complete: boolean } };
		if (!(outcome instanceof Error)) expect(outcome.roster?.complete).toBe(false);
		expect(elsewhere.asked).toEqual([]);
	});

	it.each(['/api/v2/users?cursor=2', '/elsewhere?cursor=2', '/api/v2/users/../../elsewhere?x'])(
		'(%s) is not asked for by that of 360Learning',
		async (path) => {
			const user = { _id: 'a1', mail: 'a@example.com', status: 'active' };
			server.deed = (response, request) => {
				const link = request.url?.includes('cursor') ? undefined : `<${elsewhere.origin}${path}>; rel="next"`;
				json(request.url?.startsWith('/api/v2/users') ? [user] : [], link ? { link } : {})(response, request);
			};
			const { read } = readerOf('360Learning');
			await read().catch(() => undefined);
			expect(server.asked.length).toBeGreaterThan(1);
			expect(elsewhere.asked).toEqual([]);
		},
	);
});
