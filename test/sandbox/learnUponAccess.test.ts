import type { AxiosInstance } from 'axios';
import type { LearnUponOptions, Sandbox } from '.';
import { startSandbox } from '.';
import { learnUponApi } from './testClients';

type Json = Record<string, unknown>;

describe('access to LearnUpon in the sandbox', () => {
	let sandbox: Sandbox;
	let api: AxiosInstance;

	const set = (options: Partial<LearnUponOptions>) => Object.assign(sandbox.learnUpon.options, options);
	const put = (id: number, fields: Json) => api.put(`/users/${id}`, { User: fields });
	const read = async (id: number): Promise<Json> => (await api.get(`/users/${id}`)).data.user[0];

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false, now: () => new Date('2026-11-16T10:00:00Z') });
		api = learnUponApi(sandbox.learnUpon);
	});
	afterEach(() => sandbox.close());

	describe('the end of access', () => {
		it('disables and enables, by boolean or text, unless one of them has no effect', async () => {
			const { id } = sandbox.learnUpon.addUser();
			await put(id, { enabled: false });
			expect((await read(id))['enabled']).toBe(false);
			await put(id, { enabled: 'true' });
			expect((await read(id))['enabled']).toBe(true);
			set({ enabledAccepts: 'string' });
			expect((await put(id, { enabled: false })).status).toBe(200);
			expect((await read(id))['enabled']).toBe(true);
			await put(id, { enabled: 'false' });
			expect((await read(id))['enabled']).toBe(false);
		});

		it('hides disabled people from the search, not from the list', async () => {
			const { id, email } = sandbox.learnUpon.addUser({ enabled: false });
			expect((await api.get(`/users/search?email=${email}`)).status).toBe(404);
			expect((await api.get('/users?login_enabled=false')).data.user).toMatchObject([{ id }]);
			set({ searchFindsDisabled: true });
			expect((await api.get(`/users/search?email=${email}`)).status).toBe(200);
		});

		it('comes after the day of expiry, and stays until somebody enables the account', async () => {
			const { id } = sandbox.learnUpon.addUser({ accountExpires: '2026-11-16' });
			expect((await read(id))['enabled']).toBe(true);
			sandbox.clock.advance({ days: 1 });
			expect((await read(id))['enabled']).toBe(false);
			await put(id, { account_expires: '2027-12-31' });
			expect((await read(id))['enabled']).toBe(false);
			await put(id, { enabled: true });
			expect((await read(id))['enabled']).toBe(true);
		});

		it('comes again if only enabled is set while the expiry has passed', async () => {
			const { id } = sandbox.learnUpon.addUser({ accountExpires: '2026-11-01' });
			expect((await put(id, { enabled: true })).status).toBe(200);
			expect((await read(id))['enabled']).toBe(false);
		});

		it('is cleared by null, by "", by either or by nothing', async () => {
			const { id } = sandbox.learnUpon.addUser({ accountExpires: '2027-01-01' });
			const after = async (value: unknown) => {
				const { status } = await put(id, { account_expires: value });
				const expiry = (await read(id))['account_expires'];
				sandbox.learnUpon.users.get(id)!.accountExpires = '2027-01-01';
				return [status, expiry];
			};
			expect([await after(null), await after('')]).toEqual([
				[200, null],
				[200, '2027-01-01'],
			]);
			set({ expiryClearedBy: 'empty' });
			expect([await after(null), await after('')]).toEqual([
				[200, '2027-01-01'],
				[200, null],
			]);
			set({ expiryClearedBy: 'nothing' });
			expect([await after(null), await after('')]).toEqual([
				[400, '2027-01-01'],
				[400, '2027-01-01'],
			]);
		});
	});
});
