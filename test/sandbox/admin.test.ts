import type { AxiosInstance } from 'axios';
import type { Sandbox } from '.';
import { startSandbox } from '.';
import { http, learnUponApi, personioV1 } from './testClients';

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
