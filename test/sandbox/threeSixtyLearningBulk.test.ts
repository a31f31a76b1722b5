import type { AxiosInstance } from 'axios';
import type { Sandbox, SandboxOptions, ThreeSixtyLearningOptions, ThreeSixtyLearningSandbox } from '.';
import { startSandbox } from '.';
import { refusal, threeSixtyLearningApi } from './testClients';

type Item = Record<string, unknown>;

const NOBODY = 'f'.repeat(24);

describe('bulk operations of 360Learning in the sandbox', () => {
	let sandbox: Sandbox;
	let platform: ThreeSixtyLearningSandbox;
	let api: AxiosInstance;
	const set = (options: Partial<ThreeSixtyLearningOptions>) => Object.assign(platform.options, options);
	const start = async (options: SandboxOptions = {}) => {
		sandbox = await startSandbox({
			rateLimits: false,
			now: () => new Date('2026-11-16T10:00:00Z'),
			...options,
		});
		platform = sandbox.threeSixtyLearning;
		api = await threeSixtyLearningApi(platform);
	};
	const item = (userId: string, groupId = platform.syncRoot): Item => ({ userId, groupId, role: 'learner' });
	const submit = (input: unknown, method = 'post') =>
		api.request({ method, url: '/bulk/groups/memberships', data: { input } });
	const started = async (input: unknown, method = 'post') =>
		String((await submit(input, method)).headers['location']);
	const status = async (url: string) => (await api.get(url)).data.status as string;
	const members = () => platform.memberships.filter(({ groupId }) => groupId === platform.syncRoot).length;

	beforeEach(() => start());
	afterEach(() => sandbox.close());

	it('are accepted with an address to ask at, and done some looks later', async () => {
		const { _id } = platform.addUser();
		const reply = await submit([item(_id)]);
		const url = String(reply.headers['location']);
		expect([reply.status, reply.data]).toEqual([202, '']);
		expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2\/bulk\/operations\/[a-f\d]{24}$/);
		expect(refusal(await api.get(`${url}/results`))).toEqual([400, 'bulkOperationNotRun']);
		expect([await status(url), await status(url), members()]).toEqual(['queued', 'running', 0]);
		const done = (await api.get(url)).data;
		expect(members()).toBe(1);
		expect(done).toEqual({
			_id: expect.any(String),
			type: 'addUsersToGroups',
			status: 'completed',
			createdAt: '2026-11-16T10:00:00.000Z',
			queuedAt: '2026-11-16T10:00:00.000Z',
			startedAt: '2026-11-16T10:00:00.000Z',
			endedAt: '2026-11-16T10:00:00.000Z',
			progress: { index: 1, updatedAt: '2026-11-16T10:00:00.000Z' },
		});
		expect((await api.get(`${url}/results`)).data).toEqual([
			{ input: item(_id), status: 'success', resourceId: _id },
		]);
		expect(platform.writes().map(({ method, path }) => [method, path])).toEqual([
			['POST', '/api/v2/bulk/groups/memberships'],
		]);
	});

	it('tell of each item in order, and follow the rules of public groups', async () => {
		const team = platform.addGroup({ name: 'Team', parentId: platform.syncRoot, public: true })._id;
		const [one, gone] = [platform.addUser()._id, platform.addUser()._id];
		platform.deleteUser(gone);
		const input = [item(gone), item(one, team), item(one, NOBODY), item(NOBODY)];
		const url = await started(input);
		platform.finishBulkOperations();
		expect((await api.get(`${url}/results`)).data).toEqual([
			{ input: input[0], status: 'error', errorMessage: expect.stringContaining('deleted') },
			{ input: input[1], status: 'success', resourceId: one },
			{ input: input[2], status: 'error', errorMessage: expect.stringContaining('group') },
			{ input: input[3], status: 'error', errorMessage: expect.stringContaining('user') },
		]);
		expect(members()).toBe(1);
		platform.addMembership(platform.rootGroup, one);
		const removal = await started([item(one), item(one, team)], 'delete');
		platform.finishBulkOperations();
		expect((await api.get(removal)).data.type).toBe('removeUsersFromGroups');
		expect((await api.get(`${removal}/results`)).data).toMatchObject([
			{ status: 'success' },
			{ status: 'error' },
		]);
		expect(platform.users.get(one)!.status).toBe('active');
	});

	it('refuse what is no list, too long a list, and unsound items', async () => {
		const { _id } = platform.addUser();
		expect(refusal(await submit({}))).toEqual([400, 'invalidInput']);
		expect(refusal(await submit(undefined))).toEqual([400, 'invalidInput']);
		const many = Array.from({ length: 20_001 }, () => item(_id));
		expect(refusal(await submit(many))).toEqual([400, 'inputTooLong']);
		expect((await submit(many.slice(1))).status).toBe(202);
		for (const change of [{ role: 'user-admin' }, { userId: 'a@b.example' }, { since: 'now' }]) {
			expect(refusal(await submit([{ ...item(_id), ...change }]))).toEqual([400, 'badRequest']);
		}
	});

	it('are three at a time, or none', async () => {
		const urls = [await started([]), await started([]), await started([])];
		expect(refusal(await submit([]))).toEqual([429, 'bulkOperationsConcurrencyLimitReached']);
		for (let look = 0; look < 3; look++) await api.get(urls[0]!);
		expect((await submit([])).status).toBe(202);
		set({ bulkDisabled: true });
		expect(refusal(await submit([]))).toEqual([503, 'bulkAPIDisabled']);
	});

	it('are listed by twenty, and filtered', async () => {
		set({ bulkConcurrency: 99 });
		for (let count = 0; count < 21; count++) await submit([]);
		const { data, headers } = await api.get('/bulk/operations');
		expect(data).toHaveLength(20);
		expect(headers['link']).toContain('/api/v2/bulk/operations?next=');
		await api.get(`/bulk/operations/${data[0]._id}`);
		const count = async (query: string) => (await api.get(`/bulk/operations?${query}`)).data.length as number;
		expect(await count('status[eq]=queued&type[eq]=addUsersToGroups')).toBe(1);
		expect(await count('type[eq]=removeUsersFromGroups')).toBe(0);
		expect(await count('createdAt[lt]=2026-11-16T10:00:00.000Z')).toBe(0);
		expect(await count('createdAt[gte]=2026-11-16T10:00:00.000Z')).toBe(20);
		expect(refusal(await api.get('/bulk/operations?status[eq]=done'))).toEqual([400, 'badRequest']);
		expect(refusal(await api.get(`/bulk/operations/${NOBODY}`))).toEqual([404, 'bulkOperationNotFound']);
	});

	it('can take more looks, or time', async () => {
		set({ bulkPolls: 4 });
		const slow = await started([]);
		const seen = [];
		for (let look = 0; look < 5; look++) seen.push(await status(slow));
		expect(seen).toEqual(['pending', 'pending', 'queued', 'running', 'completed']);
		await sandbox.close();
		await start({ threeSixtyLearning: { bulkMs: 150 } });
		const { _id } = platform.addUser();
		const timed = await started([item(_id)]);
		for (let look = 0; look < 3; look++) expect(await status(timed)).not.toBe('completed');
		await new Promise((resolve) => setTimeout(resolve, 170));
		expect(members()).toBe(1);
		expect(await status(timed)).toBe('completed');
	});

	it('can break off halfway, lose items, or do nothing at all', async () => {
		const users = Array.from({ length: 4 }, () => platform.addUser()._id);
		const input = users.map((id) => item(id));
		platform.misbehave({ match: { path: '/api/v2/bulk/*' }, times: 1, do: 'bulkError' });
		const broken = await started(input);
		platform.finishBulkOperations();
		expect((await api.get(broken)).data).toMatchObject({
			status: 'error',
			errorMessage: expect.any(String),
			progress: { index: 2 },
		});
		expect([(await api.get(`${broken}/results`)).data.length, members()]).toEqual([2, 2]);
		platform.misbehave({ match: { method: 'POST' }, times: 1, do: { bulkItemErrors: 3 } });
		const lossy = await started(input);
		platform.finishBulkOperations();
		const results = (await api.get(`${lossy}/results`)).data as { status: string }[];
		expect(results.map((result) => result.status)).toEqual(['error', 'error', 'error', 'success']);
		const before = platform.snapshot();
		platform.misbehave({ match: { method: 'DELETE' }, times: 1, do: 'ignoreWrite' });
		const idle = await started(input, 'delete');
		platform.finishBulkOperations();
		expect((await api.get(`${idle}/results`)).data).toMatchObject(input.map(() => ({ status: 'success' })));
		expect(platform.snapshot()).toEqual(before);
	});
});
