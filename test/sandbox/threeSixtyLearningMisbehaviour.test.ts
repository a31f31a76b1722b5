import type { AxiosInstance } from 'axios';
import type { Sandbox, ThreeSixtyLearningSandbox } from '.';
import { startSandbox } from '.';
import { threeSixtyLearningApi } from './testClients';

describe('360Learning misbehaving on demand', () => {
	let sandbox: Sandbox;
	let platform: ThreeSixtyLearningSandbox;
	let api: AxiosInstance;
	const linkOf = async (url: string) => {
		const { headers } = await api.get(url);
		return headers['link'] === undefined
			? undefined
			: /^<(.*)>; rel="next"$/.exec(String(headers['link']))![1]!;
	};

	beforeAll(async () => {
		sandbox = await startSandbox({ rateLimits: false, threeSixtyLearning: { pageSizes: { users: 1 } } });
		platform = sandbox.threeSixtyLearning;
		api = await threeSixtyLearningApi(platform);
	});
	afterEach(() => platform.behave());
	afterAll(() => sandbox.close());

	it('loses records of a list, or all of them, and leaves other answers alone', async () => {
		platform.misbehave({ do: { shortPage: 2 } });
		expect((await api.get('/groups')).data).toHaveLength(1);
		expect((await api.get(`/groups/${platform.syncRoot}`)).data).toMatchObject({ name: 'Personio' });
		platform.behave();
		platform.misbehave({ do: 'emptyPage' });
		expect((await api.get('/groups')).data).toEqual([]);
	});

	it('hides a property from a page on', async () => {
		platform.misbehave({ match: { path: '/api/v2/users' }, do: { vanishAttribute: 'mail', fromPage: 2 } });
		const first = await api.get('/users');
		const second = await api.get((await linkOf('/users'))!);
		expect(['mail' in first.data[0], 'mail' in second.data[0]]).toEqual([true, false]);
	});

	it('spoils the link to the next page', async () => {
		const good = (await linkOf('/users?status[ne]=deleted'))!;
		platform.misbehave({ do: 'repeatCursor' });
		expect(await linkOf('/users?status[ne]=deleted')).toBe(good);
		expect(await linkOf(good)).toBe(good);
		expect(await linkOf('/groups')).toBeUndefined();
		platform.behave();
		platform.misbehave({ do: 'relativeNextLink' });
		expect(await linkOf('/users')).toMatch(/^\/api\/v2\/users\?next=/);
		platform.behave();
		platform.misbehave({ do: { foreignNextLink: 'https://elsewhere.example' } });
		expect(await linkOf('/users')).toMatch(/^https:\/\/elsewhere\.example\/api\/v2\/users\?next=/);
		expect(await linkOf('/groups')).toBeUndefined();
	});

	it('answers a write and does nothing', async () => {
		const before = platform.snapshot();
		const mails = platform.mails.length;
		platform.misbehave({ match: (call) => call.kind === 'write', do: 'ignoreWrite' });
		const membership = { groupId: platform.syncRoot, role: 'learner' };
		const created = await api.post('/users', { mail: 'x@learners.example', membership });
		expect(created.status).toBe(201);
		const [owner] = [...platform.users.keys()];
		expect((await api.post(`/groups/${platform.syncRoot}/learner/${owner}`)).status).toBe(204);
		expect(platform.snapshot()).toEqual(before);
		expect(platform.mails).toHaveLength(mails);
		expect((await api.get(`/users/${created.data._id}`)).status).toBe(404);
	});

	it('has an error body of its own, and does the rest like the others', async () => {
		platform.misbehave({ do: 'successFalse200', times: 1 });
		expect(await api.get('/users')).toMatchObject({
			status: 200,
			data: { error: { code: 'internalError' } },
		});
		platform.misbehave({ do: { status: 502, html: '<h1>Bad Gateway</h1>' }, times: 1 });
		expect((await api.get('/users')).status).toBe(502);
		platform.misbehave({ do: 'wrongType', times: 1 });
		expect((await api.get('/users')).data).toBe('ok');
		const before = platform.groups.size;
		platform.misbehave({ match: { method: 'POST' }, do: 'dropAfter', times: 1 });
		const group = { name: 'After', public: false, parentId: platform.syncRoot };
		await expect(api.post('/groups', group)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(platform.groups.size).toBe(before + 1);
	});

	it('refuses rules that make no sense', () => {
		for (const deed of ['moveTotals', 'shiftRows'] as const) {
			expect(() => platform.misbehave({ do: deed })).toThrow(/360Learning/);
		}
		expect(() => sandbox.learnUpon.misbehave({ do: 'bulkError' })).toThrow(/LearnUpon/);
		expect(() => sandbox.personio.misbehave({ do: { bulkItemErrors: 1 } })).toThrow(/Personio/);
	});
});
