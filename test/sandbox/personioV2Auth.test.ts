import type { Sandbox } from '.';
import { startSandbox } from '.';
import { http, personioV2, v1Token } from './testClients';

describe('authentication in Personio API v2', () => {
	let sandbox: Sandbox;

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false });
	});
	afterEach(() => sandbox.close());

	describe('the token endpoint', () => {
		const post = (body: unknown) => http(sandbox.personio.url).post('/v2/auth/token', body);
		const form = (change: Record<string, string> = {}) => {
			const { clientId, clientSecret } = sandbox.personio.credentials;
			const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
			return new URLSearchParams({ ...fields, ...change });
		};

		it('takes a form', async () => {
			const { status, data } = await post(form());
			expect(status).toBe(200);
			expect(data).toMatchObject({
				access_token: expect.stringMatching(/^papi-/),
				expires_in: 86_400,
				token_type: 'Bearer',
				scope: expect.stringContaining('personio:persons:read'),
			});
		});

		it('takes nothing else', async () => {
			const json = await post(Object.fromEntries(form()));
			expect([json.status, json.data.error]).toEqual([400, 'invalid_request']);
			expect(json.headers['content-type']).toContain('application/problem+json');
			expect(json.data.trace_id).toEqual(expect.any(String));
		});

		it.each([
			['invalid_request', { grant_type: '' }],
			['unsupported_grant_type', { grant_type: 'refresh_token' }],
			['invalid_client', { client_id: 'somebody' }],
			['unauthorized_client', { client_secret: 'wrong' }],
			['invalid_scope', { scope: 'personio:person:read' }],
		])('answers 400 %s', async (error, change) => {
			const { status, data } = await post(form(change as Record<string, string>));
			expect([status, data.error]).toEqual([400, error]);
		});

		it('does not open v2 to v1 tokens, or to expired ones', async () => {
			const v1 = http(sandbox.personio.url, { Authorization: `Bearer ${await v1Token(sandbox.personio)}` });
			expect((await v1.get('/v2/persons')).status).toBe(401);
			const api = await personioV2(sandbox.personio);
			expect((await api.get('/v2/persons')).status).toBe(200);
			sandbox.personio.expireTokens();
			expect((await api.get('/v2/persons')).status).toBe(401);
		});
	});
});
