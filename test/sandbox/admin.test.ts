import type { AxiosInstance } from 'axios';
import type { Sandbox } from '.';
import { startSandbox } from '.';
import { http, learnUponApi, personioV1, threeSixtyLearningApi } from './testClients';

describe('the admin routes', () => {
	let sandbox: Sandbox;
	let personio: AxiosInstance;
	let learnUpon: AxiosInstance;

	beforeEach(async () => {
		sandbox = await startSandbox({ now: () => new Date('2026-11-16T10:00:00Z') });
		personio = http(`${sandbox.personio.url}/__sandbox`);
		learnUpon = http(`${sandbox.learnUpon.url}/__sandbox`);
	});
	afterEach(() => sandbox.close());

	it('hire, change and remove people', async () => {
		const { data } = await personio.post('/people', {
			firstName: 'Ida',
			status: 'onboarding',
			hireDate: '2026-11-20',
		});
		expect(data).toMatchObject({ id: expect.any(Number), firstName: 'Ida' });
		await personio.post(`/people/${data.id}`, { team: 'Design' });
		expect(sandbox.personio.people.get(data.id as number)).toMatchObject({
			firstName: 'Ida',
			team: 'Design',
		});
		await personio.post('/clock', { days: 4 });
		expect(sandbox.personio.people.get(data.id as number)!.status).toBe('active');
		await personio.delete(`/people/${data.id}`);
		expect((await personio.get('/state')).data.people).toHaveLength(34);
		expect((await personio.post('/people/1', {})).status).toBe(400);
	});

	it('accept invites and show the state', async () => {
		await learnUponApi(sandbox.learnUpon).post('/portal_invite', { Invite: { email: 'a@learners.example' } });
		const { data } = await learnUpon.post('/invites/accept', { email: 'a@learners.example' });
		expect(data).toMatchObject([{ email: 'a@learners.example' }]);
		expect((await learnUpon.get('/state')).data).toMatchObject({
			users: [{}, {}, { email: 'a@learners.example' }],
			invites: [{ status: 'accepted' }],
		});
	});

	it('run a 360Learning platform', async () => {
		const { threeSixtyLearning } = sandbox;
		const admin = http(`${threeSixtyLearning.url}/__sandbox`);
		const user = (await admin.post('/users', { mail: 'a@learners.example', status: 'invited' })).data;
		await admin.post('/users', { mail: 'b@learners.example', status: 'invited' });
		await admin.post('/groups', { name: 'Gäste', public: true });
		expect((await admin.post('/invites/accept', { id: user._id })).data).toMatchObject([
			{ status: 'active' },
		]);
		expect((await admin.post('/invites/accept')).data).toMatchObject([{ mail: 'b@learners.example' }]);
		expect((await admin.post('/invites/accept', { id: user._id })).status).toBe(400);
		const state = (await admin.get('/state')).data;
		expect(state).toMatchObject({ syncRoot: threeSixtyLearning.syncRoot, mails: [] });
		expect(state.users).toHaveLength(5);
		expect(state.groups.at(-1)).toMatchObject({ name: 'Gäste', parentId: threeSixtyLearning.rootGroup });
		const api = await threeSixtyLearningApi(threeSixtyLearning);
		expect((await admin.post('/scopes', { withdraw: ['users:read'] })).data).not.toContain('users:read');
		expect((await api.get('/users')).status).toBe(403);
		expect((await admin.post('/scopes', { grant: ['users:read'] })).data).toContain('users:read');
		expect((await api.get('/users')).status).toBe(200);
		await admin.post('/tokens/expire');
		expect((await api.get('/users')).status).toBe(401);
		expect((await admin.get('/calls')).data).toHaveLength(4);
	});

	it('take rules in JSON, and are in no log and under no rule', async () => {
		const api = await personioV1(sandbox.personio);
		const rule = { match: { path: '/v1/company/*' }, times: 1, do: { status: 502 } };
		expect((await personio.post('/misbehave', rule)).data).toEqual({ ok: true });
		expect((await personio.post('/misbehave', { do: 'nonsense' })).status).toBe(400);
		expect((await api.get('/v1/company/employees')).status).toBe(502);
		expect((await api.get('/v1/company/employees')).status).toBe(200);
		const { data } = await personio.get('/calls');
		expect((data as { path: string }[]).map(({ path }) => path)).toEqual([
			'/v1/auth',
			'/v1/company/employees',
			'/v1/company/employees',
		]);
		expect((await personio.get('/nonsense')).status).toBe(404);
	});
});
