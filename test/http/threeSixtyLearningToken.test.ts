import type * as Clock from './clock';
import { failureOf, SECRETS } from './failure';
import { GENERATIONS } from './n8n';
import {
	API,
	BERLIN,
	DONE,
	hex,
	JANES_ID,
	oneUser,
	refusal,
	rolesIn,
	STAFF,
	threeSixtyRun,
	to,
	jane,
	type RunOptions,
} from './threeSixtyLearning';
import type { Answer, Call } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

const TOKEN = '/oauth2/token';
const granted = (changes: object = {}): Answer => ({
	body: { token_type: 'Bearer', access_token: SECRETS.newToken, expires_in: '3600', ...changes },
});
const EXPIRED: Answer = { status: 401, body: { error: 'invalid_token' } };
const ROLES = `/users/${JANES_ID}/roles`;
const withoutToken = (options: RunOptions = {}) =>
	threeSixtyRun({ ...options, credential: { sessionToken: '', ...options.credential } });

/** 401 for the old token, `answer` for the new one. */
const byToken = (answer: Answer) => (call: Call) =>
	call.headers.authorization === `Bearer ${SECRETS.newToken}` ? answer : EXPIRED;

describe.each(GENERATIONS)('on %s', (generation) => {
	describe('the token', () => {
		it('is asked for as JSON with the three documented properties and no other', async () => {
			const { company, lms } = withoutToken({ generation });
			company.on('POST', TOKEN, granted()).on('GET', ROLES, rolesIn(STAFF));
			await lms.groupsOf(jane.id);
			const [login] = company.to(TOKEN) as [Call];
			expect(login.uri).toBe(API + TOKEN);
			expect(login.body).toEqual({
				grant_type: 'client_credentials',
				client_id: 'the-client-id',
				client_secret: SECRETS.threeSixtySecret,
			});
			expect(login.headers).toMatchObject({
				'content-type': 'application/json',
				accept: 'application/json',
				'360-api-version': 'v2.0',
			});
			expect(login.headers).not.toHaveProperty('authorization');
		});

		it('goes with every call, together with the version', async () => {
			const { company, lms } = withoutToken({ generation });
			company.on('POST', TOKEN, granted()).lets(JANES_ID);
			company
				.on('GET', `/users/${JANES_ID}`, oneUser())
				.on('DELETE', `/users/${JANES_ID}`, DONE)
				.on('PATCH', `/users/${JANES_ID}`, oneUser());
			company.on('PUT', `/users/${JANES_ID}/activate`, oneUser());
			company.on('POST', `/groups/${STAFF}/learner/${JANES_ID}`, DONE);
			await lms.groupsOf(jane.id);
			await lms.update({ ...jane, status: 'pending' }, [to('status', 'active'), to('lastName', 'Roe')]);
			await lms.join(jane.id, { id: STAFF, name: 'Staff', own: false });
			await lms.deactivate(jane);
			expect(company.calls).toHaveLength(10);
			for (const { headers, path } of company.calls) {
				expect(headers['360-api-version']).toBe('v2.0');
				if (path.endsWith(TOKEN)) continue;
				expect(headers.authorization).toBe(`Bearer ${SECRETS.newToken}`);
				expect(headers.accept).toBe('application/json, application/problem+json');
			}
		});

		it.each([['3600'], [3600], [undefined]])('is kept, whether it expires in %j', async (expires_in) => {
			const { company, lms, n8n } = withoutToken({ generation });
			company.on('POST', TOKEN, granted({ expires_in }));
			company.on('GET', ROLES, rolesIn(STAFF), rolesIn(STAFF));
			await lms.groupsOf(jane.id);
			await lms.groupsOf(jane.id);
			expect(n8n.stored.sessionToken).toBe(SECRETS.newToken);
		});

		it('is renewed in the middle of a list, which then goes on where it was', async () => {
			const { company, lms } = threeSixtyRun({ generation, credential: { sessionToken: SECRETS.oldToken } });
			company.on('GET', ROLES, {
				...rolesIn(STAFF),
				headers: { link: `<https://app.360learning.com${API}${ROLES}?next=p2>; rel="next"` },
			});
			company.always('GET', ROLES, byToken(rolesIn(BERLIN))).on('POST', TOKEN, granted());
			expect(await lms.groupsOf(jane.id)).toEqual(new Set([STAFF, BERLIN]));
			const [first, ...others] = company.asked.filter((call) => call.startsWith('GET'));
			expect(first).toBe(`GET ${ROLES}`);
			expect(new Set(others)).toEqual(new Set([`GET ${ROLES}?next=p2`]));
			expect(company.to(TOKEN)).toHaveLength(1);
		});

		it('is renewed where a call is refused with it for another reason', async () => {
			const { company, lms, n8n } = threeSixtyRun({ generation });
			const path = `/groups/${STAFF}/learner/${JANES_ID}`;
			company.always('POST', path, byToken(refusal(400, 'userDeleted'))).on('POST', TOKEN, granted());
			company.on('GET', ROLES, rolesIn());
			const group = { id: STAFF, name: 'Staff', own: false };
			const failure = await failureOf(n8n, lms.join(jane.id, group));
			expect(failure.message).toBe('360Learning refused the membership of "Staff": userDeleted');
			const asNew = company
				.to(path)
				.filter(({ headers }) => headers.authorization?.includes(SECRETS.newToken));
			expect(asNew).toHaveLength(1);
		});

		it('that stays refused is one clear error after one login', async () => {
			const { company, lms, n8n } = threeSixtyRun({ generation });
			company.always('GET', ROLES, () => EXPIRED).on('POST', TOKEN, granted());
			const failure = await failureOf(n8n, lms.groupsOf(jane.id));
			expect(failure.message).toBe('360Learning answered HTTP 401: invalid_token');
			expect(failure.remedy).toBe('Check "Client ID" and "Client Secret" in the credential.');
		});

		it('of keys that were revoked meanwhile is not asked for twice', async () => {
			const { company, lms, n8n } = threeSixtyRun({ generation });
			company.always('GET', ROLES, () => EXPIRED);
			company.on('POST', TOKEN, { status: 401, body: { error: 'invalid_client' } });
			const failure = await failureOf(n8n, lms.groupsOf(jane.id));
			expect(failure.message).toMatch(/^360Learning refused the keys\./);
		});
	});

	const KEYS =
		'360Learning refused the keys. Check "Client ID" and "Client Secret", and that they are of the API v2 and of this region.';
	const notUnderstood = (why: string) =>
		`360Learning did not understand the keys (${why}). Check "Client ID" and "Client Secret".`;
	const noApi = (status: number) =>
		`There is no 360Learning API v2 at https://app.360learning.com (HTTP ${status}). Check "Region" or "Base URL".`;
	const flat = (status: number, error: string): Answer => ({
		status,
		body: { error, message: `${SECRETS.threeSixtySecret} is not right` },
	});

	it.each<[string, Answer, string]>([
		['invalid_client', flat(401, 'invalid_client'), KEYS],
		['401 without words', { status: 401 }, KEYS],
		['invalid_request', flat(400, 'invalid_request'), notUnderstood('invalid_request')],
		['unsupported_grant_type', flat(400, 'unsupported_grant_type'), notUnderstood('unsupported_grant_type')],
		['non_existing_user', flat(400, 'non_existing_user'), notUnderstood('non_existing_user')],
		['400 in another form', refusal(400, 'invalid', SECRETS.threeSixtySecret), notUnderstood('HTTP 400')],
		['429', { status: 429 }, '360Learning allows no more calls at the moment. Try again in a minute.'],
		['503', { status: 503 }, '360Learning is not available at the moment (HTTP 503). Try again later.'],
		['404', { status: 404, body: '<html/>' }, noApi(404)],
		['a page', { body: '<html/>' }, noApi(200)],
		['nothing', { status: 204 }, noApi(204)],
		['no token', granted({ access_token: undefined }), noApi(200)],
		['an empty token', granted({ access_token: '' }), noApi(200)],
		['a token that is no text', granted({ access_token: { a: 1 } }), noApi(200)],
		['another address', { status: 302, headers: { location: 'https://example.com' } }, noApi(302)],
		[
			'no answer',
			{ fault: 'ECONNREFUSED' },
			'360Learning cannot be reached at https://app.360learning.com: the connection was refused. Check "Region" or "Base URL".',
		],
	])('a login that is answered with %s is tried once and told so', async (_what, answer, sentence) => {
		const { company, lms, n8n } = withoutToken({ generation });
		company.on('POST', TOKEN, answer);
		const failure = await failureOf(n8n, lms.groupsOf(jane.id));
		expect(failure.message).toBe(sentence);
		expect(n8n.stored.sessionToken).toBe('');
	});

	it.each([
		['eu', '', 'https://app.360learning.com'],
		['eu', 'https://ignored.example.com', 'https://app.360learning.com'],
		['us', '', 'https://app.us.360learning.com'],
		['custom', 'https://learn.example.com/some/path', 'https://learn.example.com'],
		['custom', 'learn.example.com', 'https://learn.example.com'],
		['custom', 'http://localhost:4010', 'http://localhost:4010'],
		['custom', 'http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
	])('region %s with "%s" is %s', async (region, baseUrl, host) => {
		const { company, lms } = withoutToken({ generation, host, credential: { region, baseUrl } });
		company.on('POST', TOKEN, granted()).on('GET', ROLES, rolesIn(STAFF));
		expect(await lms.groupsOf(jane.id)).toEqual(new Set([STAFF]));
	});

	it.each([
		['', /"Base URL" is empty/],
		['http://learn.example.com', /"Base URL" must start with https/],
		['http://127.0.0.1.example.com', /"Base URL" must start with https/],
		['ftp://learn.example.com', /"Base URL" must start with https/],
		[`https://key:${SECRETS.threeSixtySecret}@learn.example.com`, /must not contain a user name/],
		[`https://key:${SECRETS.threeSixtySecret}@learn:example`, /is not an address/],
	])('no call is made to "%s", with a token or without', async (baseUrl, sentence) => {
		for (const sessionToken of ['', SECRETS.oldToken]) {
			const credential = { region: 'custom', baseUrl, sessionToken };
			const { company, lms, n8n } = threeSixtyRun({ generation, credential });
			const failure = await failureOf(n8n, lms.groupsOf(jane.id));
			expect(failure.message).toMatch(sentence);
			expect(company.calls).toEqual([]);
		}
	});
});

describe('a call without a body', () => {
	it('has no content type as GET and DELETE', async () => {
		const { company, lms } = threeSixtyRun();
		company.on('GET', `/users/${JANES_ID}`, oneUser()).on('DELETE', `/users/${JANES_ID}`, DONE);
		company.lets(JANES_ID);
		await lms.deactivate(jane);
		for (const { headers } of company.calls) expect(headers).not.toHaveProperty('content-type');
	});

	it('has no content type as POST and PUT', async () => {
		const { company, lms } = threeSixtyRun();
		company.on('POST', `/groups/${hex(7)}/learner/${JANES_ID}`, DONE);
		company.on('PUT', `/users/${JANES_ID}/activate`, oneUser());
		await lms.join(jane.id, { id: hex(7), name: 'Sales', own: false });
		await lms.update({ ...jane, status: 'pending' }, [to('status', 'active')]);
		for (const { headers, body } of company.calls) {
			expect(body).toBe('');
			expect(headers).not.toHaveProperty('content-type');
		}
	});
});
