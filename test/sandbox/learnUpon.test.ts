import type { AxiosInstance } from 'axios';
import type { LearnUponOptions, Sandbox } from '.';
import { startSandbox } from '.';
import { http, learnUponApi } from './testClients';

type Json = Record<string, unknown>;

describe('LearnUpon in the sandbox', () => {
	let sandbox: Sandbox;
	let api: AxiosInstance;

	const set = (options: Partial<LearnUponOptions>) => Object.assign(sandbox.learnUpon.options, options);
	const create = (fields: Json) =>
		api.post('/users', { User: { email: 'neu@learners.example', password: 'geheim1', ...fields } });
	const put = (id: number, fields: Json) => api.put(`/users/${id}`, { User: fields });
	const read = async (id: number): Promise<Json> => (await api.get(`/users/${id}`)).data.user[0];

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false, now: () => new Date('2026-11-16T10:00:00Z') });
		api = learnUponApi(sandbox.learnUpon);
	});
	afterEach(() => sandbox.close());

	describe('transport', () => {
		it('wants the keys', async () => {
			const { url } = sandbox.learnUpon;
			expect((await http(url).get('/api/v1/users')).status).toBe(401);
			expect((await http(url, { Authorization: 'Basic bm86bm8=' }).get('/api/v1/users')).status).toBe(401);
			expect((await api.get('/portals')).data.portals).toHaveLength(1);
			sandbox.learnUpon.revokeKeys();
			expect((await api.get('/portals')).status).toBe(401);
		});

		it('refuses a JSON content type without a body', async () => {
			const { credentials, url } = sandbox.learnUpon;
			const basic = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
			const headers = {
				Authorization: `Basic ${basic}`,
				Accept: 'application/json',
				'Content-Type': 'application/json',
			};
			const reply = await fetch(`${url}/api/v1/users`, { headers });
			expect(reply.status).toBe(400);
			expect(await reply.json()).toEqual({ error: 'There was a problem in the JSON you submitted.' });
			const broken = await fetch(`${url}/api/v1/users`, { method: 'POST', headers, body: '{"User":' });
			expect(broken.status).toBe(400);
		});

		it('answers in XML unless JSON is asked for', async () => {
			const { data, headers } = await api.get('/users', { headers: { Accept: '*/*' } });
			expect(headers['content-type']).toContain('application/xml');
			expect(data).toContain('<email>trainer@lernpartner.example</email>');
		});

		it('answers 401 for a known path with another verb, 404 for an unknown path', async () => {
			expect((await api.put('/group_invites/1', { GroupInvite: {} })).status).toBe(401);
			expect((await api.get('/nonsense')).data).toMatchObject({ response_type: 'ERROR', response_code: 404 });
		});

		it('wants the wrapper', async () => {
			const { status, data } = await api.post('/users', { email: 'a@b.example', password: 'geheim1' });
			expect([status, data.message]).toEqual([404, 'Invalid user parameters provided']);
		});
	});

	describe('lists', () => {
		it('come by pages of 499, told in the headers', async () => {
			for (let count = 0; count < 500; count++) sandbox.learnUpon.addUser();
			const first = await api.get('/users?per_page=1000');
			expect(first.data.user).toHaveLength(499);
			expect(first.headers).toMatchObject({
				'lu-current-page': '1',
				'lu-records-per-page': '499',
				'lu-has-next-page': 'true',
			});
			const second = await api.get('/users?page=2');
			expect(second.data.user).toHaveLength(3);
			expect(second.headers['lu-has-next-page']).toBe('false');
			expect((await api.get('/users?page=3')).data.user).toEqual([]);
		});

		it('ignore unknown filters: everybody comes', async () => {
			const { data } = await api.get('/users?email=trainer@lernpartner.example&user_id=1');
			expect(data.user).toHaveLength(2);
		});

		it('send rate headers with good answers only', async () => {
			expect((await api.get('/users')).headers['x-lu-rate-limit-remaining-minute']).toMatch(/^\d+$/);
			expect((await api.get('/users/1')).headers['x-lu-rate-limit-remaining-minute']).toBeUndefined();
		});

		it('carry the definitions first, under a misspelt key', async () => {
			const { data } = await api.get('/users');
			expect(Object.keys(data)).toEqual(['customDataFieldDefintions', 'user']);
			expect(data.customDataFieldDefintions[0]).toEqual({
				id: expect.any(Number),
				type_id: 1,
				label: 'Personio ID',
			});
			const { data: definitions } = await api.get('/users/customuserdata');
			expect(definitions.customDataFieldDefinitions[2]).toMatchObject({
				type_id: 7,
				predefined_values: null,
			});
		});

		it('have updated_at and timezone_id by version only', async () => {
			const keys = async (query: string) => Object.keys((await api.get(`/users?${query}`)).data.user[0]);
			expect(await keys('')).not.toContain('updated_at');
			expect(await keys('version_id=1.1')).toContain('updated_at');
			expect(await keys('version_id=1.2')).toContain('timezone_id');
		});
	});

	describe('users', () => {
		it('are created with e-mail and password, and read back', async () => {
			const { status, data } = await create({
				first_name: 'Käthe',
				language: 'de',
				account_expires: '2027-01-31',
				CustomData: { 'personio id': 4711, 'Start Date': '2026-12-01' },
			});
			expect([status, data]).toEqual([200, { id: expect.any(Number) }]);
			const [link, , start] = sandbox.learnUpon.customFields;
			expect(await read(data.id as number)).toMatchObject({
				email: 'neu@learners.example',
				first_name: 'Käthe',
				last_name: null,
				locale: 'de',
				account_expires: '2027-01-31',
				enabled: true,
				user_type: 'learner',
				CustomData: { personio_id: '4711', start_date: '2026-12-01' },
				customDataFieldValues: [
					{ definition_id: link!.id, value: '4711' },
					{ definition_id: start!.id, value: '2026-12-01' },
				],
			});
		});

		it.each([
			[{ email: undefined }, /email/],
			[{ password: undefined }, /password/],
			[{ password: 'kurz1' }, /password/],
			[{ account_expires: '31.01.2027' }, /account_expires/],
			[{ account_expires: '2027-02-30' }, /account_expires/],
			[{ language: 'klingon' }, /language/],
			[{ CustomData: { 'Start Date': '1.12.2026' } }, /Start Date/],
		])('are refused with %j', async (fields, message) => {
			const { status, data } = await create(fields);
			expect(status).toBe(400);
			expect(data.message).toMatch(message);
			expect(sandbox.learnUpon.users.size).toBe(2);
		});

		it('cannot exist twice, in this portal or the realm', async () => {
			await create({});
			expect((await create({ email: 'NEU@learners.example' })).data.message).toContain('already in use');
			sandbox.learnUpon.usersInOtherPortals.add('away@learners.example');
			const { status, data } = await create({ email: 'Away@learners.example' });
			expect([status, data.message]).toEqual([
				400,
				'user already exists, you can try to invite them to this portal?',
			]);
			set({ allowUsersOfOtherPortals: true });
			expect((await create({ email: 'away@learners.example' })).status).toBe(200);
		});

		it('check choices and numbers of custom fields, and ignore unknown labels', async () => {
			sandbox.learnUpon.addCustomField({
				label: 'Standort',
				typeId: 4,
				predefinedValues: ['Dublin', 'Remote'],
			});
			sandbox.learnUpon.addCustomField({ label: 'Stufe', typeId: 3 });
			const { id } = sandbox.learnUpon.addUser();
			expect((await put(id, { CustomData: { Standort: 'Atlantis' } })).status).toBe(400);
			expect((await put(id, { CustomData: { Stufe: '2.5' } })).status).toBe(400);
			expect((await put(id, { CustomData: { Standort: 'Dublin', Stufe: '2', Unbekannt: 'x' } })).status).toBe(
				200,
			);
			expect((await read(id))['CustomData']).toEqual({ standort: 'Dublin', stufe: 2 });
			const [link] = sandbox.learnUpon.customFields;
			await put(id, { CustomData: { use_definition_ids: 1, [link!.id]: '17', [link!.id + 3]: null } });
			expect((await read(id))['CustomData']).toEqual({ stufe: 2, personio_id: '17' });
			set({ unknownCustomField: 'refuse' });
			expect((await put(id, { CustomData: { Unbekannt: 'x' } })).status).toBe(400);
		});

		it('have no custom data at all while nothing is set', async () => {
			const { id } = sandbox.learnUpon.addUser();
			expect(await read(id)).toMatchObject({ CustomData: null, customDataFieldValues: [] });
		});

		it('change only what is sent, and keep their id with a new address', async () => {
			const { id } = sandbox.learnUpon.addUser({ email: 'alt@learners.example', firstName: 'Vera' });
			expect((await put(id, { last_name: 'Neu', nonsense: 1 })).data).toEqual({ id });
			expect((await put(id, { email: 'neu@learners.example' })).status).toBe(200);
			expect(await read(id)).toMatchObject({
				first_name: 'Vera',
				last_name: 'Neu',
				email: 'neu@learners.example',
			});
			const taken = await put(id, { email: 'Trainer@lernpartner.example' });
			expect(taken.status).toBe(400);
			expect(taken.data.message).toContain('already in use');
			const moved = await put(0, { email: 'neu@learners.example', new_email: 'alt@learners.example' });
			expect(moved.data).toEqual({ id });
			expect((await put(4, { last_name: 'x' })).status).toBe(404);
		});

		it('are searched by e-mail or username; a miss is a 404', async () => {
			sandbox.learnUpon.addUser({ email: 'Vera@learners.example' });
			const search = (query: string) => api.get(`/users/search?${query}`);
			expect((await search('email=Vera@learners.example')).data.user).toHaveLength(1);
			expect((await search('email=vera@learners.example')).status).toBe(404);
			expect((await search('first_name=Ottilie')).status).toBe(404);
			set({ searchIgnoresCase: true, searchMissStatus: 200 });
			expect((await search('email=vera@learners.example')).data.user).toHaveLength(1);
			expect((await search('email=none@learners.example')).data.user).toEqual([]);
		});

		it('can be deleted, memberships and all', async () => {
			const { id } = sandbox.learnUpon.addUser();
			const group = sandbox.learnUpon.addGroup('Alle');
			sandbox.learnUpon.addMembership(group.id, id);
			expect((await api.delete(`/users/${id}`)).data).toEqual({});
			expect((await api.get(`/users/${id}`)).status).toBe(404);
			expect(sandbox.learnUpon.memberships).toEqual([]);
		});
	});

	it('gives equal snapshots for equal states', async () => {
		const before = sandbox.learnUpon.snapshot();
		await create({});
		const [created] = sandbox.learnUpon.snapshot().users.slice(-1);
		expect(created).toMatchObject({ email: 'neu@learners.example' });
		await api.delete(`/users/${created!.id}`);
		expect(sandbox.learnUpon.snapshot()).toEqual(before);
		expect(sandbox.learnUpon.writes().map(({ method }) => method)).toEqual(['POST', 'DELETE']);
	});
});
