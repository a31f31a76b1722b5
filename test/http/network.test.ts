import { LearnUponApi } from '../../credentials/LearnUponApi.credentials';
import { NO_OPTIONS } from '../../nodes/LmsSync/platforms/platform';
import { LearnUpon } from '../../nodes/LmsSync/platforms/learnUpon/learnUpon';
import { waits } from './clock';
import type * as Clock from './clock';
import { failureOf, SECRETS } from './failure';
import { learnUponRun, list, LINK, NEW_JANE, NOBODY, oneUser } from './learnUpon';
import { GENERATIONS, standIn } from './n8n';
import { EMPLOYEES, pageV1, personioRun, personV1, REQUEST } from './personio';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

/** What node says where no answer comes, and what that means. */
const FAULTS: Array<[string, string, string]> = [
	['ECONNRESET', 'read ECONNRESET', 'the connection was cut'],
	['ECONNRESET', 'socket hang up', 'the connection was cut'],
	['ECONNABORTED', 'timeout of 30000ms exceeded', 'no answer in time'],
	['ETIMEDOUT', 'connect ETIMEDOUT 192.0.2.1:443', 'no answer in time'],
	['ENOTFOUND', 'getaddrinfo ENOTFOUND api.personio.de', 'the host name is not known'],
	['EAI_AGAIN', 'getaddrinfo EAI_AGAIN api.personio.de', 'the host name could not be looked up'],
	['EPROTO', 'write EPROTO', 'no answer'],
];

describe.each(GENERATIONS)('on %s', (generation) => {
	describe.each(FAULTS)('where no answer comes (%s, %s)', (fault, words, meaning) => {
		it('a GET is sent again', async () => {
			const { host, v1 } = personioRun(generation);
			host.on('GET', EMPLOYEES, { fault, words }, pageV1([personV1(1)], 1));
			expect((await v1.readAll(REQUEST)).roster.complete).toBe(true);
			expect(waits).toEqual([500]);
		});

		it('a POST is looked up before anything else', async () => {
			const { portal, learnUpon } = learnUponRun({}, generation);
			portal.on('POST', '/users', { fault, words }).on('GET', '/users/search', oneUser());
			expect(await learnUpon.create(NEW_JANE)).toEqual({ status: 'done', learnerId: '501' });
		});

		it('the error says so in the end', async () => {
			const { host, n8n, v1 } = personioRun(generation);
			host.on('GET', EMPLOYEES, ...Array(4).fill({ fault, words }));
			const failure = await failureOf(n8n, v1.readAll(REQUEST));
			expect(failure.message).toBe(`Personio cannot be reached: ${meaning}.`);
			expect(failure.remedy).toMatch(/Check the address/);
		});
	});

	it('an answer of 404 that is expected is no error', async () => {
		const { portal, learnUpon } = learnUponRun({}, generation);
		portal.on('GET', '/group_invites', list('group_invite', []));
		portal.on('GET', '/users/search', NOBODY).on('POST', '/portal_invite', { body: {} });
		expect(await learnUpon.invite(NEW_JANE)).toEqual({ status: 'done' });
	});

	it.each([
		['', /"Portal URL" is empty/],
		['http://acme.learnupon.com', /"Portal URL" must start with https/],
		[`https://key:${SECRETS.password}@acme.learnupon.com`, /must not contain a user name or password/],
		[`https://key:${SECRETS.password}@acme:learnupon`, /"Portal URL" is not an address/],
	])('no call is made with the portal URL "%s"', async (portalUrl, sentence) => {
		const credential = { portalUrl, username: 'learnupon-key', password: SECRETS.password };
		const n8n = standIn(new LearnUponApi(), credential, generation);
		const learnUpon = new LearnUpon(n8n.context, { ...NO_OPTIONS, linkField: LINK });
		const failure = await failureOf(n8n, learnUpon.groups());
		expect(failure.message).toMatch(sentence);
		expect(waits).toEqual([]);
	});
});

describe('the last calls of a burst at Personio v2', () => {
	const withLeft = (left: string) => ({
		body: { id: '1' },
		headers: { 'x-ratelimit-remaining': left },
	});

	it.each([
		['10', 1],
		['11', 0],
	])('with %s left make the next one wait %i times', async (left, pauses) => {
		const { host, v2 } = personioRun();
		host.on('GET', '/v2/persons/1', withLeft(left));
		host.on('GET', '/v2/persons/1/employments', { body: { _data: [] } });
		host.optional('GET', `${EMPLOYEES}/attributes`, { body: { success: true, data: [] } });
		await v2.readSome(['1' as never], REQUEST);
		expect(waits).toHaveLength(pauses);
		for (const wait of waits) expect(wait).toBeLessThanOrEqual(500);
	});
});

describe('a list that many wait for', () => {
	it('is asked for at most fifteen times a second', async () => {
		const { host, v1 } = personioRun();
		host.always('GET', EMPLOYEES, () => pageV1([personV1(1)], 1));
		const read = async (times: number) =>
			await Promise.all(Array.from({ length: times }, async () => await v1.readAll(REQUEST)));
		const fifteen = read(15);
		expect(waits).toEqual([]);
		await Promise.all([fifteen, read(1)]);
		expect(host.calls).toHaveLength(16);
		expect(waits).toHaveLength(1);
	});
});
