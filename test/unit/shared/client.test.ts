import { VendorClient } from '../../../nodes/shared/transport/client';
import type { NodeContext, Vendor } from '../../../nodes/shared/transport/vendor';

const VENDOR: Vendor = {
	name: 'Vendor',
	credentialType: 'vendorApi',
	quota: 'vendor',
	limits: [],
	waitAfter429: 'seconds',
	messageOf: () => undefined,
	remedies: {},
};

const SECOND = 1000;

interface Sent {
	path: string;
	at: number;
}

/** A node with one account. The vendor refuses the first call of all and asks for a wait. */
function node(account: string, sent: Sent[], retryAfter: string): NodeContext {
	const httpRequestWithAuthentication = async (_type: string, { url }: { url: string }) => {
		sent.push({ path: url, at: Date.now() });
		const refused = sent.length === 1;
		return refused
			? { statusCode: 429, headers: { 'retry-after': retryAfter }, body: {} }
			: { statusCode: 200, headers: {}, body: { path: url } };
	};
	const credentials = { vendorApi: { id: account, name: 'Account' } };
	const logger = { info: () => undefined };
	return { getNode: () => ({ credentials }), helpers: { httpRequestWithAuthentication }, logger } as never;
}

beforeEach(() => {
	jest.useFakeTimers({ now: 0 });
});

afterEach(() => {
	jest.useRealTimers();
});

describe('a refusal for too many calls', () => {
	it('holds back the other calls to the same account, of other nodes too, but not those to others', async () => {
		const sent: Sent[] = [];
		const refused = new VendorClient(node('one', sent, '5'), VENDOR).request({ path: '/refused' });
		await jest.advanceTimersByTimeAsync(SECOND);
		const same = new VendorClient(node('one', sent, '5'), VENDOR).request({ path: '/same' });
		const other = new VendorClient(node('two', sent, '5'), VENDOR).request({ path: '/other' });
		await jest.advanceTimersByTimeAsync(10 * SECOND);
		await Promise.all([refused, same, other]);

		const moments = (path: string) => sent.filter((call) => call.path === path).map(({ at }) => at);
		expect(moments('/refused')).toEqual([0, 5 * SECOND]);
		expect(moments('/same')).toEqual([5 * SECOND]);
		expect(moments('/other')).toEqual([SECOND]);
	});

	it('holds back only what counts against the same quota', async () => {
		const sent: Sent[] = [];
		const context = node('three', sent, '5');
		const refused = new VendorClient(context, VENDOR).request({ path: '/refused' });
		const other = new VendorClient(context, { ...VENDOR, quota: 'other' }).request({ path: '/other' });
		await jest.advanceTimersByTimeAsync(10 * SECOND);
		await Promise.all([refused, other]);
		expect(sent.find(({ path }) => path === '/other')?.at).toBe(0);
	});
});

describe('an account that refuses everything', () => {
	it('is waited for once, and not anew for each call behind that', async () => {
		let calls = 0;
		const httpRequestWithAuthentication = async () => {
			calls++;
			return { statusCode: 429, headers: { 'retry-after': '30' }, body: {} };
		};
		const credentials = { vendorApi: { id: 'seven', name: 'Account' } };
		const context = { getNode: () => ({ credentials }), helpers: { httpRequestWithAuthentication } };
		const client = new VendorClient(
			{ ...context, logger: { info: () => undefined } } as unknown as NodeContext,
			VENDOR,
		);
		const first = expect(client.request({ path: '/first' })).rejects.toThrow(/answered HTTP 429/);
		await jest.advanceTimersByTimeAsync(601 * SECOND);
		await first;
		const asked = calls;
		expect(asked).toBe(21);
		await expect(client.request({ path: '/second' })).rejects.toThrow(/no calls for a long time/);
		expect(calls).toBe(asked);
		// Then it may be different.
		await jest.advanceTimersByTimeAsync(60 * SECOND);
		void client.request({ path: '/third' }).catch(() => undefined);
		await jest.advanceTimersByTimeAsync(SECOND);
		expect(calls).toBe(asked + 1);
	});
});

describe('a call that has to be made within a time', () => {
	it('is given up at once where it could only be sent again later, with what to do', async () => {
		const sent: Sent[] = [];
		const client = new VendorClient(node('five', sent, '30'), VENDOR);
		await expect(client.request({ path: '/late', deadline: 5 * SECOND })).rejects.toMatchObject({
			message: 'The time that n8n allows a trigger is over before Vendor allows more calls.',
			remedy: expect.stringContaining('Schedule Trigger') as string,
		});
		expect(Date.now()).toBe(0);
		expect(sent).toHaveLength(1);
	});

	it('is not sent where the limits allow it only later', async () => {
		const sent: Sent[] = [{ path: '', at: 0 }];
		const limited = { ...VENDOR, quota: 'limited', limits: [{ calls: 1, ms: 60 * SECOND }] };
		const client = new VendorClient(node('six', sent, '1'), limited);
		await client.request({ path: '/first', deadline: 5 * SECOND });
		await expect(client.request({ path: '/second', deadline: 5 * SECOND })).rejects.toThrow(/is over/);
		expect(sent.map(({ path }) => path)).toEqual(['', '/first']);
	});
});

describe('a token that has expired', () => {
	/** n8n, which renews a token where it meets a 401 that it is not told to ignore. */
	function withToken(account: string) {
		const logins: number[] = [];
		let valid = false;
		const httpRequestWithAuthentication = async (
			_type: string,
			{ url, ignoreHttpStatusErrors }: { url: string; ignoreHttpStatusErrors?: boolean },
		) => {
			await new Promise((resolve) => setTimeout(resolve, 10));
			if (!valid && ignoreHttpStatusErrors) return { statusCode: 401, headers: {}, body: {} };
			if (!valid) {
				logins.push(Date.now());
				await new Promise((resolve) => setTimeout(resolve, 100));
				valid = true;
			}
			return { statusCode: 200, headers: {}, body: { path: url } };
		};
		const credentials = { vendorApi: { id: account, name: 'Account' } };
		const context = { getNode: () => ({ credentials }), helpers: { httpRequestWithAuthentication } };
		return { logins, context: { ...context, logger: { info: () => undefined } } as unknown as NodeContext };
	}

	it('costs one login, however many calls meet it at once', async () => {
		const { logins, context } = withToken('four');
		const client = new VendorClient(context, VENDOR);
		const calls = Array.from({ length: 10 }, async (_, index) => await client.request({ path: `/${index}` }));
		await jest.advanceTimersByTimeAsync(SECOND);
		const answers = await Promise.all(calls);
		expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
		expect(logins).toHaveLength(1);
	});
});
