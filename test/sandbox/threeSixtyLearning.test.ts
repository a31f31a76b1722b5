import type { AxiosInstance } from 'axios';
import type { Sandbox, ThreeSixtyLearningOptions, ThreeSixtyLearningSandbox } from '.';
import { startSandbox } from '.';
import { http, refusal, threeSixtyLearningApi, threeSixtyLearningToken } from './testClients';

describe('360Learning in the sandbox', () => {
	let sandbox: Sandbox;
	let platform: ThreeSixtyLearningSandbox;
	let api: AxiosInstance;
	const set = (options: Partial<ThreeSixtyLearningOptions>) => Object.assign(platform.options, options);
	const mails = async (query: string) =>
		((await api.get(`/users?${query}`)).data as { mail?: string }[]).map(({ mail }) => mail);

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false, now: () => new Date('2026-11-16T10:00:00Z') });
		platform = sandbox.threeSixtyLearning;
		api = await threeSixtyLearningApi(platform);
	});
	afterEach(() => sandbox.close());

	describe('tokens', () => {
		const ask = (change: Record<string, unknown> = {}, headers = {}) => {
			const { clientId, clientSecret } = platform.credentials;
			const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
			return http(platform.url, headers).post('/api/v2/oauth2/token', { ...body, ...change });
		};

		it('come for the credentials, with a lifetime in words', async () => {
			const { status, data } = await ask();
			expect(status).toBe(200);
			expect(data).toEqual({ token_type: 'Bearer', access_token: expect.any(String), expires_in: '3600' });
			set({ expiresIn: 'number' });
			expect((await ask()).data.expires_in).toBe(3600);
		});

		it.each([
			[{ scope: 'users:read' }, 400, 'invalid_request'],
			[{ client_secret: undefined }, 400, 'invalid_request'],
			[{ client_id: 7 }, 400, 'invalid_request'],
			[{ user_id: 'me' }, 400, 'invalid_request'],
			[{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
			[{ client_secret: 'wrong' }, 401, 'invalid_client'],
			[{ user_id: 'f'.repeat(24) }, 400, 'non_existing_user'],
		])('do not come for %j', async (change, status, error) => {
			const reply = await ask(change);
			expect([reply.status, reply.data]).toEqual([status, { error }]);
		});

		it('are asked for in JSON only', async () => {
			const reply = await ask({}, { 'Content-Type': 'application/x-www-form-urlencoded' });
			expect(refusal(reply)).toEqual([400, 'invalid_request']);
		});

		it('die after an hour, or when they are told to', async () => {
			sandbox.clock.advance({ minutes: 59 });
			expect((await api.get('/users')).status).toBe(200);
			sandbox.clock.advance({ minutes: 1 });
			const late = await api.get('/users');
			expect([late.status, late.data]).toEqual([401, { error: 'invalid_token' }]);
			api = await threeSixtyLearningApi(platform);
			platform.expireTokens();
			expect((await api.get('/users')).status).toBe(401);
		});

		it('die with the credentials', async () => {
			platform.revokeCredentials();
			expect((await api.get('/users')).status).toBe(401);
			expect(refusal(await ask())).toEqual([401, 'invalid_client']);
			platform.restoreCredentials();
			expect((await ask()).status).toBe(200);
		});

		it('are kept out of the log, and so are the credentials', async () => {
			platform.clearCalls();
			const token = await threeSixtyLearningToken(platform);
			await api.get('/users?status[ne]=deleted');
			const { clientSecret } = platform.credentials;
			const printed = JSON.stringify(platform.calls.map((call) => ({ ...call, query: String(call.query) })));
			for (const secret of [token, clientSecret, 'Bearer']) expect(printed).not.toContain(secret);
			expect(platform.calls.map(({ kind, path }) => [kind, path])).toEqual([
				['auth', '/api/v2/oauth2/token'],
				['read', '/api/v2/users'],
			]);
			expect(platform.calls[1]!.query.get('status[ne]')).toBe('deleted');
		});
	});

	it('wants the version on every call', async () => {
		for (const version of [undefined, 'v1', '2.0']) {
			const reply = await api.get('/users', { headers: { '360-api-version': version } });
			expect(refusal(reply)).toEqual([400, 'invalidApiVersion']);
		}
		set({ missingVersion: 'ignore', errorShape: 'flat' });
		const headers = { '360-api-version': undefined };
		expect((await api.get('/users', { headers })).status).toBe(200);
		const reply = await api.get('/users', { headers: { '360-api-version': 'v1' } });
		expect(reply.data).toEqual({ code: 'invalidApiVersion', message: expect.any(String) });
	});

	it('knows nothing of v1, of other paths and of other verbs', async () => {
		const [user] = [...platform.users.keys()];
		for (const path of ['/user', `/groups/${platform.syncRoot}/members`, `/users/${user}/activate`]) {
			expect(refusal(await api.get(path))).toEqual([404, 'notFound']);
		}
		expect((await api.put(`/users/${user}`, {})).status).toBe(404);
		expect((await api.get('/v1/users', { baseURL: `${platform.url}/api` })).status).toBe(404);
	});

	it('minds the scopes, which differ between a field and its values', async () => {
		const [user] = [...platform.users.keys()];
		platform.withdrawScope('customFields:read');
		const refused = await api.get('/custom-fields');
		expect(refused.status).toBe(403);
		expect(refused.data.error).toEqual({ code: 'invalid_scope', message: expect.any(String) });
		expect((await api.get(`/users/${user}/custom-fields/values`)).status).toBe(200);
		set({ scopeError: 'text' });
		expect((await api.get('/custom-fields')).data).toEqual({ error: 'invalid_scope' });
		platform.grantScope('customFields:read');
		expect((await api.get('/custom-fields')).status).toBe(200);
	});

	it.each([
		['users:read', 'get', '/users'],
		['users:write', 'post', '/users'],
		['users:read', 'get', '/users/ID/roles'],
		['groups:read', 'get', '/groups/ID/roles'],
		['groups:write', 'post', '/groups/ID/learner/ID'],
		['groups:bulk', 'post', '/bulk/groups/memberships'],
		['bulkOperations:read', 'get', '/bulk/operations'],
		['externalIds:read', 'get', '/external-ids'],
		['externalIds:write', 'delete', '/external-ids/ID'],
	] as const)('asks for %s to %s %s', async (scope, method, path) => {
		platform.withdrawScope(scope);
		const reply = await api.request({ method, url: path.replace(/ID/g, 'a'.repeat(24)) });
		expect(refusal(reply)).toEqual([403, 'invalid_scope']);
	});

	describe('lists', () => {
		it('are bare arrays with a link to the next page that keeps the filters', async () => {
			for (let count = 0; count < 1001; count++) platform.addUser({ status: 'invited' });
			const first = await api.get('/users?status[eq]=invited');
			expect(first.data).toHaveLength(500);
			const link = /^<([^>]+)>; rel="next"$/.exec(String(first.headers['link']))![1]!;
			expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2\/users\?status\[eq\]=invited&next=[\w-]+$/);
			const second = await api.get(link);
			const third = await api.get(/<(.*)>/.exec(String(second.headers['link']))![1]!);
			expect([second.data.length, third.data.length]).toEqual([500, 1]);
			expect(third.headers['link']).toBeUndefined();
		});

		it('can have smaller pages, and lose nothing when a record goes', async () => {
			set({ pageSizes: { users: 2 } });
			const first = await api.get('/users');
			platform.users.delete(first.data[1]._id as string);
			const second = await api.get(/<(.*)>/.exec(String(first.headers['link']))![1]!);
			expect(second.data).toMatchObject([{ mail: 'Trainee@lernpartner.example' }]);
			set({ pageSizes: 1 });
			expect((await api.get('/groups')).data).toHaveLength(1);
		});

		it('refuse a cursor that is none, or another list’s, or for other filters', async () => {
			set({ pageSizes: 1 });
			const link = String((await api.get('/users?status[ne]=deleted')).headers['link']);
			const next = /next=([\w-]+)/.exec(link)![1]!;
			expect((await api.get(`/users?status[ne]=deleted&next=${next}`)).status).toBe(200);
			for (const path of [
				'/users?next=nonsense',
				`/users?next=${next}`,
				`/users?status[ne]=active&next=${next}`,
				`/groups?next=${next}`,
			]) {
				expect(refusal(await api.get(path))).toEqual([400, 'badRequest']);
			}
		});

		it('are filtered by eq, ne, in and nin', async () => {
			const [owner, coach, trainee] = [...platform.users.values()].map(({ mail }) => mail!);
			expect(await mails(`mail[eq]=${coach}`)).toEqual([coach]);
			expect(await mails(`mail[ne]=${coach}`)).toEqual([owner, trainee]);
			expect(await mails(`mail[in][0]=${coach}&mail[in][1]=${owner}`)).toEqual([owner, coach]);
			expect(await mails(`mail[nin][0]=${coach}&status[eq]=active`)).toEqual([owner, trainee]);
			expect(await mails(`mail[eq]=${encodeURIComponent('a+b@c.example')}`)).toEqual([]);
			platform.addUser({ username: 'ohne.mail' });
			expect(await mails('username[eq]=ohne.mail')).toEqual([undefined]);
		});

		it('mind the case of addresses, unless they do not', async () => {
			expect(await mails('mail[eq]=trainee@lernpartner.example')).toEqual([]);
			set({ mailFilter: 'ignoreCase' });
			expect(await mails('mail[eq]=trainee@lernpartner.example')).toEqual(['Trainee@lernpartner.example']);
		});

		it.each([
			'email[eq]=a@b.example',
			'mail=a@b.example',
			'mail[like]=a',
			'mail[in]=a@b.example',
			'mail[in][]=a@b.example',
			'mail[eq][0]=a@b.example',
			'mail[eq]=a@b.example&mail[eq]=c@d.example',
			'mail%5Beq%5D=a@b.example',
			'status[eq]=gone',
			'status[in][0]=active',
			'limit=10',
		])('refuse the query %s', async (query) => {
			expect(refusal(await api.get(`/users?${query}`))).toEqual([400, 'badRequest']);
		});

		it('can ignore what they do not know, and take encoded brackets', async () => {
			set({ unknownQuery: 'ignore' });
			expect(await mails('limit=1&mail%5Beq%5D=a@b.example')).toHaveLength(3);
			set({ encodedBrackets: 'same' });
			expect(await mails('mail%5Beq%5D=coach@lernpartner.example')).toHaveLength(1);
		});

		it('have the deleted ones unless a filter keeps them out', async () => {
			const { _id, mail } = platform.addUser();
			platform.deleteUser(_id);
			expect(await mails('')).toContain(mail);
			expect(await mails('status[eq]=deleted')).toEqual([mail]);
			expect(await mails('status[ne]=deleted')).not.toContain(mail);
			set({ listHasDeleted: false });
			expect(await mails('')).not.toContain(mail);
			expect(await mails('status[eq]=deleted')).toEqual([mail]);
		});
	});

	describe('what is there before the first sync', () => {
		it('is an owner, a group for the sync, partners and two fields', () => {
			const names = [...platform.groups.values()].map(({ name, parentId }) => [name, parentId]);
			const root = platform.rootGroup;
			expect(names).toEqual([
				['Nordhafen Academy', undefined],
				['Personio', root],
				['Partners', root],
			]);
			expect(platform.groups.get(platform.syncRoot)).toMatchObject({ name: 'Personio', public: false });
			const [owner] = [...platform.users.values()];
			expect(platform.memberships.filter(({ userId }) => userId === owner!._id)).toMatchObject([
				{ groupId: root, role: 'owner' },
				{ groupId: root, role: 'admin' },
			]);
			expect([...platform.customFields.values()]).toMatchObject([
				{ name: 'Cost Center', authorizedValues: expect.arrayContaining(['9000 Partner']) },
				{ name: 'Hobby', authorizedValues: [] },
			]);
			expect(platform.snapshot().values).toHaveLength(1);
			expect(platform.snapshot().managers).toHaveLength(1);
		});

		it('is less on an empty platform', async () => {
			await sandbox.close();
			sandbox = await startSandbox({ company: 'empty' });
			const { users, groups, customFields } = sandbox.threeSixtyLearning;
			expect([users.size, groups.size, customFields.size]).toEqual([1, 2, 0]);
		});
	});
});
