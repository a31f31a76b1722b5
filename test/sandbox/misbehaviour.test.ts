import type { AxiosInstance } from 'axios';
import type { Sandbox } from '.';
import { startSandbox } from '.';
import { http, learnUponApi, personioV1, personioV2 } from './testClients';

const V1_LIST = '/v1/company/employees';

describe('misbehaviour on demand', () => {
	let sandbox: Sandbox;
	let v1: AxiosInstance;
	let v2: AxiosInstance;
	let lms: AxiosInstance;
	const v1Ids = async (query: string) =>
		((await v1.get(`${V1_LIST}?${query}`)).data.data as { attributes: { id: { value: number } } }[]).map(
			({ attributes }) => attributes.id.value,
		);
	const failure = (call: Promise<unknown>) =>
		call.then(
			() => 'answered',
			(error: { code: string }) => error.code,
		);

	beforeAll(async () => {
		sandbox = await startSandbox({ rateLimits: false });
		v1 = await personioV1(sandbox.personio);
		v2 = await personioV2(sandbox.personio);
		lms = learnUponApi(sandbox.learnUpon);
	});
	afterEach(() => {
		sandbox.personio.behave();
		sandbox.learnUpon.behave();
	});
	afterAll(() => sandbox.close());

	it('hits the calls it is meant for, as often as told, after those it skips', async () => {
		const { personio } = sandbox;
		personio.misbehave({ match: { method: 'GET', path: '/v1/*' }, skip: 1, times: 2, do: { status: 503 } });
		const statuses: number[] = [];
		for (let count = 0; count < 4; count++) statuses.push((await v1.get(`${V1_LIST}/attributes`)).status);
		expect(statuses).toEqual([200, 503, 503, 200]);
		const undo = personio.misbehave({ match: { path: /employees$/ }, do: { status: 500 } });
		expect((await v1.get(V1_LIST)).status).toBe(500);
		expect((await v1.get(`${V1_LIST}/attributes`)).status).toBe(200);
		undo();
		expect((await v1.get(V1_LIST)).status).toBe(200);
		personio.misbehave({ match: (call) => call.query.get('offset') === '10', do: { status: 500 } });
		expect((await v1.get(`${V1_LIST}?offset=10`)).status).toBe(500);
		expect((await v1.get(`${V1_LIST}?offset=20`)).status).toBe(200);
	});

	it('sends any status with JSON, HTML and headers', async () => {
		sandbox.learnUpon.misbehave({
			do: { status: 429, body: { message: 'slow down' }, headers: { 'Retry-After': '2' } },
			times: 1,
		});
		const limited = await lms.get('/users');
		expect([limited.status, limited.data, limited.headers['retry-after']]).toEqual([
			429,
			{ message: 'slow down' },
			'2',
		]);
		sandbox.learnUpon.misbehave({ do: { status: 502, html: '<h1>Bad Gateway</h1>' }, times: 1 });
		const gateway = await lms.get('/users');
		expect([gateway.status, gateway.headers['content-type'], gateway.data]).toEqual([
			502,
			'text/html',
			'<h1>Bad Gateway</h1>',
		]);
	});

	it('lets calls time out, and drops connections before or after the work', async () => {
		const { learnUpon } = sandbox;
		const body = (title: string) => ({ Group: { title } });
		const titles = () => [...learnUpon.groups.values()].map(({ title }) => title);
		learnUpon.misbehave({ do: 'timeout', times: 1 });
		expect(await failure(lms.get('/users', { timeout: 80 }))).toBe('ECONNABORTED');
		learnUpon.misbehave({ do: 'dropBefore', times: 1 });
		expect(await failure(lms.post('/groups', body('Before')))).toBe('ECONNRESET');
		learnUpon.misbehave({ do: 'dropAfter', times: 1 });
		expect(await failure(lms.post('/groups', body('After')))).toBe('ECONNRESET');
		expect(titles()).toEqual(['After']);
		learnUpon.misbehave({ do: { status: 500, act: true }, times: 1 });
		expect((await lms.post('/groups', body('Acted'))).status).toBe(500);
		expect(titles()).toEqual(['After', 'Acted']);
		expect(learnUpon.calls.slice(-3).map(({ status }) => status)).toEqual([0, 0, 500]);
	});

	it('answers in many wrong ways', async () => {
		const { personio, learnUpon } = sandbox;
		const raw = { transformResponse: (text: string) => text };
		personio.misbehave({ do: 'truncateJson', times: 1 });
		const half = await v1.get(V1_LIST, raw);
		expect(() => JSON.parse(half.data as string) as unknown).toThrow();
		personio.misbehave({ do: 'wrongType', times: 1 });
		expect((await v1.get(V1_LIST)).data).toBe('ok');
		personio.misbehave({ do: { wrongType: [] }, times: 1 });
		expect((await v1.get(V1_LIST)).data).toEqual([]);
		personio.misbehave({ do: 'html200', times: 1 });
		expect((await v1.get(V1_LIST)).headers['content-type']).toContain('text/html');
		personio.misbehave({ do: 'emptyBody', times: 1 });
		expect((await v1.get(V1_LIST, raw)).data).toBe('');
		personio.misbehave({ do: 'successFalse200', times: 1 });
		expect(await v1.get(V1_LIST)).toMatchObject({ status: 200, data: { success: false } });
		learnUpon.misbehave({ do: 'successFalse200', times: 1 });
		expect(await lms.get('/users')).toMatchObject({ status: 200, data: { response_type: 'ERROR' } });
		learnUpon.misbehave({ do: { delay: 60 }, times: 1 });
		const started = Date.now();
		await lms.get('/users');
		expect(Date.now() - started).toBeGreaterThanOrEqual(55);
	});

	it('loses records of a page, or all of them', async () => {
		sandbox.personio.misbehave({ do: { shortPage: 3 } });
		expect(await v1Ids('limit=20')).toHaveLength(17);
		sandbox.personio.behave();
		sandbox.personio.misbehave({ do: 'emptyPage' });
		expect((await v2.get('/v2/persons')).data._data).toEqual([]);
		sandbox.learnUpon.misbehave({ do: 'shortPage' });
		expect((await lms.get('/users')).data.user).toHaveLength(1);
	});

	it('moves the total between v1 pages', async () => {
		sandbox.personio.misbehave({ match: { path: V1_LIST }, do: 'moveTotals' });
		const total = async (offset: number) =>
			(await v1.get(`${V1_LIST}?limit=20&offset=${offset}`)).data.metadata.total_elements as number;
		expect((await total(20)) - (await total(0))).toBe(1);
	});

	it('shifts v1 rows: a person comes twice', async () => {
		const before = sandbox.personio.people.size;
		sandbox.personio.misbehave({ match: { path: V1_LIST }, do: 'shiftRows', times: 1 });
		const first = await v1Ids('limit=10');
		const second = await v1Ids('limit=10&offset=10');
		expect(first.at(-1)).toBe(second[0]);
		expect(sandbox.personio.people.size).toBe(before + 1);
	});

	it('spoils the next link of v2', async () => {
		const { personio } = sandbox;
		const next = async (path: string) =>
			(await v2.get(path)).data._meta.links.next?.href as string | undefined;
		personio.misbehave({ do: 'repeatCursor' });
		const second = (await next('/v2/persons'))!;
		expect(await next(second)).toBe(second);
		personio.behave();
		personio.misbehave({ do: 'relativeNextLink' });
		expect(await next('/v2/persons')).toMatch(/^\/v2\/persons\?cursor=/);
		personio.behave();
		personio.misbehave({ do: { foreignNextLink: 'https://elsewhere.example' } });
		expect(await next('/v2/persons')).toMatch(/^https:\/\/elsewhere\.example\/v2\/persons\?cursor=/);
		expect(await next('/v2/persons?limit=50')).toBeUndefined();
	});

	it('lets an attribute vanish, from a page on', async () => {
		sandbox.personio.misbehave({ do: { vanishAttribute: 'status', fromPage: 2 } });
		const has = async (offset: number) =>
			'status' in (await v1.get(`${V1_LIST}?limit=10&offset=${offset}`)).data.data[0].attributes;
		expect([await has(0), await has(10), await has(20)]).toEqual([true, false, false]);
		const first = (await v2.get('/v2/persons')).data;
		const second = (await v2.get(first._meta.links.next.href)).data;
		expect(['status' in first._data[0], 'status' in second._data[0]]).toEqual([true, false]);
	});

	it('answers a write and does nothing', async () => {
		const { learnUpon } = sandbox;
		const before = learnUpon.snapshot();
		learnUpon.misbehave({ match: { method: 'POST' }, do: 'ignoreWrite' });
		const created = await lms.post('/users', { User: { email: 'x@learners.example', password: 'geheim1' } });
		expect([created.status, created.data]).toEqual([200, { id: expect.any(Number) }]);
		expect(learnUpon.snapshot()).toEqual(before);
	});

	it('refuses rules that make no sense', () => {
		expect(() => sandbox.learnUpon.misbehave({ do: 'repeatCursor' })).toThrow(/LearnUpon/);
		expect(() => sandbox.personio.misbehave({ do: 'ignoreWrite' })).toThrow(/Personio/);
		expect(() => sandbox.personio.misbehave({ do: 'explode' as 'timeout' })).toThrow(/Unknown/);
	});

	it('keeps a log without secrets', async () => {
		const { personio } = sandbox;
		personio.clearCalls();
		const { clientSecret } = personio.credentials;
		await http(personio.url).post('/v1/auth', { client_id: 'x', client_secret: clientSecret });
		await http(personio.url).post(`/v1/auth?client_secret=${clientSecret}`);
		await v1.get(`${V1_LIST}?limit=1&attributes[]=email&attributes[]=status`);
		expect(personio.calls.map(({ kind, method, status }) => [kind, method, status])).toEqual([
			['auth', 'POST', 403],
			['auth', 'POST', 403],
			['read', 'GET', 200],
		]);
		expect(personio.calls[2]!.query.getAll('attributes[]')).toEqual(['email', 'status']);
		const printed = JSON.stringify(personio.calls.map((call) => ({ ...call, query: String(call.query) })));
		expect(printed).not.toContain(clientSecret);
		expect(printed).not.toContain('Bearer');
	});
});
