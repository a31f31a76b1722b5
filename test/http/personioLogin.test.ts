import type * as Clock from './clock';
import { failureOf, SECRETS } from './failure';
import { GENERATIONS } from './n8n';
import {
	allowLogin,
	EMPLOYEES,
	pageV1,
	pageV2,
	personioRun,
	personV1,
	refusalV1,
	refusalV2,
	REQUEST,
	type PersonioRun,
} from './personio';
import type { Answer, Call } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

/** Answers as Personio does: 401 without a token, `expired` for the old one, `granted` for the new one. */
const byToken = (expired: Answer, granted: Answer) => (call: Call) => {
	if (call.headers.authorization === undefined) return refusalV1(401, 'Authorization is not provided');
	return call.headers.authorization === `Bearer ${SECRETS.newToken}` ? granted : expired;
};

const logins = ({ host }: PersonioRun) => host.to('/v1/auth').length;
const ONE_PERSON = pageV1([personV1(1)], 1);
const FORBIDDEN = refusalV1(403, 'Provided authorization is not valid');
const ID = 'the-client-id';

describe.each(GENERATIONS)('on %s', (generation) => {
	it('the first call logs in once, with the keys in the body and never in the address', async () => {
		const run = personioRun(generation, '');
		allowLogin(run.host);
		run.host.on('GET', EMPLOYEES, ONE_PERSON);
		expect((await run.v1.readAll(REQUEST)).roster.complete).toBe(true);

		const [v1, v2, read] = run.host.calls;
		const keys = { client_id: ID, client_secret: SECRETS.clientSecret };
		expect(v1).toMatchObject({ path: '/v1/auth', body: keys });
		expect(v1!.headers['content-type']).toBe('application/json');
		expect(v2).toMatchObject({ path: '/v2/auth/token' });
		expect(v2!.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
		const form = Object.fromEntries(new URLSearchParams(String(v2!.body)));
		expect(form).toEqual({ grant_type: 'client_credentials', ...keys });
		for (const { query } of [v1!, v2!]) expect(query.size).toBe(0);
		expect(read!.headers).toMatchObject({
			authorization: `Bearer ${SECRETS.newToken}`,
			'x-personio-app-id': 'N8N_PERSONIO_LMS',
		});
	});

	it('the token is kept and used again', async () => {
		const run = personioRun(generation, '');
		allowLogin(run.host);
		run.host.on('GET', EMPLOYEES, ONE_PERSON, ONE_PERSON);
		await run.v1.readAll(REQUEST);
		await run.v1.readAll(REQUEST);
		expect(logins(run)).toBe(1);
		expect(JSON.parse(String(run.n8n.stored.sessionToken))).toEqual({
			v1: SECRETS.newToken,
			v2: SECRETS.newToken,
		});
	});

	it('a token that v1 answers with 403 is renewed once, and the call is repeated', async () => {
		const run = personioRun(generation);
		allowLogin(run.host);
		run.host.always('GET', EMPLOYEES, byToken(FORBIDDEN, ONE_PERSON));
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(employees).toHaveLength(1);
		expect(roster.complete).toBe(true);
		for (const { headers } of run.host.to(EMPLOYEES)) expect(headers).not.toHaveProperty('x-renew-token');
	});

	it('a 403 that stays is one clear error after one login', async () => {
		const run = personioRun(generation);
		allowLogin(run.host);
		run.host.always('GET', EMPLOYEES, byToken(FORBIDDEN, FORBIDDEN));
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.message).toBe('Personio answered HTTP 403: Provided authorization is not valid');
		expect(failure.remedy).toMatch(/may read Employees/);
		expect(logins(run)).toBe(1);
		expect(run.host.to(EMPLOYEES).length).toBeLessThanOrEqual(5);
	});

	it('a 403 that comes back after a fault does not cost a second login', async () => {
		const run = personioRun(generation);
		allowLogin(run.host);
		let renewed = 0;
		run.host.always('GET', EMPLOYEES, (call) => {
			const isNew = call.headers.authorization?.includes(SECRETS.newToken);
			return isNew && renewed++ === 0 ? { status: 502 } : byToken(FORBIDDEN, FORBIDDEN)(call);
		});
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.message).toMatch(/^Personio answered HTTP 403/);
		expect(logins(run)).toBe(1);
	});

	it('a token that v2 answers with 401 is renewed once, and the call is repeated', async () => {
		const run = personioRun(generation);
		allowLogin(run.host);
		const unauthorised = refusalV2(401, 'Unauthorized Request');
		run.host.always('GET', '/v2/persons/1', byToken(unauthorised, { body: { id: '1' } }));
		run.host.on('GET', '/v2/persons/1/employments', pageV2([{ status: 'ACTIVE' }]));
		run.host.on('GET', `${EMPLOYEES}/attributes`, { body: { success: true, data: [] } });
		const { employees } = await run.v2.readSome(['1' as never], REQUEST);
		expect(employees).toEqual([{ id: '1', status: 'active', custom: {} }]);
	});

	it('a right that v2 lacks is one clear error after one login, with the trace for the support', async () => {
		const run = personioRun(generation);
		allowLogin(run.host);
		run.host.always('GET', '/v2/persons', () => refusalV2(401, 'Unauthorized Request'));
		const failure = await failureOf(run.n8n, run.v2.readAll(REQUEST));
		expect(failure.message).toBe('Personio answered HTTP 401: Unauthorized Request (trace trace-4711)');
		expect(failure.remedy).toMatch(/may read Employees/);
		expect(logins(run)).toBe(1);
	});

	it('a token of v2 alone serves v1 as well', async () => {
		const run = personioRun(generation, '');
		run.host.on('POST', '/v1/auth', refusalV1(404, 'Not found'));
		run.host.on('POST', '/v2/auth/token', { body: { access_token: SECRETS.newToken } });
		run.host.on('GET', EMPLOYEES, ONE_PERSON);
		await run.v1.readAll(REQUEST);
		expect(run.host.to(EMPLOYEES)[0]!.headers.authorization).toBe(`Bearer ${SECRETS.newToken}`);
	});

	const invalidClient = { status: 400, body: { error: 'invalid_client', error_description: 'No client' } };
	it.each<[string, Answer, Answer, RegExp]>([
		['the keys are wrong', refusalV1(403, 'Wrong credentials'), invalidClient, /refused the keys/],
		['the keys are wrong (401)', refusalV1(401, 'no'), { status: 401 }, /refused the keys/],
		['there were too many logins', { status: 429 }, { status: 429 }, /no more logins/],
		['Personio has a fault', { status: 503 }, { status: 502 }, /not available.*HTTP 503/],
		['the address is not Personio', { status: 404 }, { status: 404 }, /no Personio API at https:/],
		['a page of somebody else comes', { body: '<html/>' }, { body: '<html/>' }, /no Personio API at/],
	])('a login is told apart where %s, and is tried once', async (_case, v1, v2, sentence) => {
		const run = personioRun(generation, '');
		run.host.on('POST', '/v1/auth', v1).on('POST', '/v2/auth/token', v2);
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.message).toMatch(sentence);
		expect(run.n8n.stored.sessionToken).toBe('');
	});

	it('a Personio that cannot be reached is told as such', async () => {
		const run = personioRun(generation, '');
		run.host.on('POST', '/v1/auth', { fault: 'ECONNREFUSED' });
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.message).toBe(
			'Personio cannot be reached at https://api.personio.de: the connection was refused. Check "Base URL".',
		);
	});
});
