import type { AxiosInstance } from 'axios';
import type { LearnUponOptions, Sandbox } from '.';
import { startSandbox } from '.';
import { learnUponApi } from './testClients';

type Json = Record<string, unknown>;

describe('invites and groups of LearnUpon in the sandbox', () => {
	let sandbox: Sandbox;
	let api: AxiosInstance;

	const set = (options: Partial<LearnUponOptions>) => Object.assign(sandbox.learnUpon.options, options);
	const create = (fields: Json) =>
		api.post('/users', { User: { email: 'neu@learners.example', password: 'geheim1', ...fields } });
	const put = (id: number, fields: Json) => api.put(`/users/${id}`, { User: fields });
	const read = async (id: number): Promise<Json> => (await api.get(`/users/${id}`)).data.user[0];
	const invite = (fields: Json) =>
		api.post('/portal_invite', { Invite: { email: 'neu@learners.example', ...fields } });
	const invites = async (): Promise<Json[]> => (await api.get('/group_invites')).data.group_invite;

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false, now: () => new Date('2026-11-16T10:00:00Z') });
		api = learnUponApi(sandbox.learnUpon);
	});
	afterEach(() => sandbox.close());

	describe('invites', () => {
		it('carry names, custom data, expiry and a group into the account', async () => {
			const group = sandbox.learnUpon.addGroup('Vertrieb');
			const reply = await invite({
				first_name: 'Jörg',
				last_name: 'Weiß',
				expires_at: '2027-06-30',
				group_id: group.id,
				CustomData: { 'Personio ID': '99' },
			});
			expect(reply.data).toEqual({
				portal_invite: { id: expect.any(Number), email: 'neu@learners.example' },
			});
			expect((await api.get('/users')).data.user).toHaveLength(2);
			expect((await api.get('/users/search?email=neu@learners.example')).status).toBe(404);
			expect(await invites()).toMatchObject([
				{
					invite_status: 'sent',
					group_id: group.id,
					expires_at: '2027-06-30',
					accept_url: expect.stringMatching(/^\//),
				},
			]);
			const user = sandbox.learnUpon.acceptInvite('neu@learners.example');
			expect(await read(user.id)).toMatchObject({
				first_name: 'Jörg',
				account_expires: '2027-06-30',
				CustomData: { personio_id: '99' },
			});
			expect((await api.get(`/group_memberships?user_id=${user.id}`)).data.group).toMatchObject([
				{ id: group.id },
			]);
			expect(await invites()).toMatchObject([{ invite_status: 'accepted', accepted_at: expect.any(String) }]);
		});

		it('are not repeated, and not sent to people of this portal', async () => {
			await invite({});
			const again = await invite({ email: 'Neu@learners.example' });
			expect(again.status).toBe(422);
			expect(again.data.message).toContain('already been invited');
			expect((await invite({ email: 'trainer@lernpartner.example' })).status).toBe(400);
			sandbox.learnUpon.usersInOtherPortals.add('away@learners.example');
			expect((await invite({ email: 'away@learners.example' })).status).toBe(200);
		});

		it('go to many at once, without names', async () => {
			const GroupInvite = { email_addresses: 'a@learners.example, b@learners.example', first_name: 'Anna' };
			const { data } = await api.post('/group_invites', { GroupInvite });
			expect(data.group_invites).toMatchObject([
				{ invite_email_address: 'a@learners.example' },
				{ invite_email_address: 'b@learners.example' },
			]);
			expect(await invites()).toMatchObject([{ first_name: null }, { first_name: null }]);
			expect((await api.post('/group_invites', { GroupInvite })).data.message).toContain('duplicate invite');
		});

		it('can be taken back and sent again, and leave a line or nothing', async () => {
			const id = (await invite({})).data.portal_invite.id as number;
			expect((await api.delete(`/group_invites/${id}`)).data).toEqual({});
			expect((await api.get(`/group_invites/${id}`)).data.group_invite).toMatchObject([
				{ invite_status: 'canceled' },
			]);
			set({ deletedInvite: 'gone' });
			const next = (await invite({})).data.portal_invite.id as number;
			expect((await invites()).map(({ invite_status: status }) => status)).toEqual(['sent', 'canceled']);
			await api.delete(`/group_invites/${next}`);
			expect(await invites()).toHaveLength(1);
			expect((await api.delete(`/group_invites/${next}`)).status).toBe(404);
		});

		it('are listed by group, rejected ones too', async () => {
			const group = sandbox.learnUpon.addGroup('Service');
			await invite({ group_id: group.id });
			await invite({ email: 'b@learners.example' });
			sandbox.learnUpon.rejectInvite('neu@learners.example');
			const { data } = await api.get(`/group_invites?group_id=${group.id}`);
			expect(data.group_invite).toMatchObject([{ invite_status: 'rejected' }]);
		});

		it('can meet an account made meanwhile', async () => {
			await invite({});
			expect((await create({})).status).toBe(200);
			expect(await invites()).toMatchObject([{ invite_status: 'sent' }]);
			set({ createWhileInvited: 'refuse' });
			await invite({ email: 'b@learners.example' });
			expect((await create({ email: 'b@learners.example' })).status).toBe(400);
		});
	});

	describe('groups', () => {
		it('have unique titles', async () => {
			const { data } = await api.post('/groups', { Group: { title: 'Vertrieb' } });
			expect(data).toEqual({ id: expect.any(Number) });
			expect((await api.post('/groups', { Group: { title: 'vertrieb' } })).status).toBe(400);
			expect((await api.post('/groups', { Group: {} })).status).toBe(400);
			await api.post('/groups', { Group: { title: 'Vertrieb / DACH' } });
			expect((await api.get('/groups?title=Vertrieb')).data.groups).toHaveLength(2);
			set({ titleFilter: 'exact' });
			expect((await api.get('/groups?title=Vertrieb')).data.groups).toMatchObject([{ number_of_members: 0 }]);
		});

		it('are joined and left, by membership id or by group and user', async () => {
			const group = sandbox.learnUpon.addGroup('Service');
			const user = sandbox.learnUpon.addUser();
			const GroupMembership = { group_id: group.id, user_id: user.id };
			const joined = await api.post('/group_memberships', { GroupMembership });
			expect((await api.post('/group_memberships', { GroupMembership })).status).toBe(422);
			const list = (query: string) => api.get(`/group_memberships?${query}`);
			expect((await list(`group_id=${group.id}`)).data.user).toMatchObject([{ id: user.id }]);
			expect((await list(`group_id=${group.id}&version_id=1.1`)).data.user).toMatchObject([
				{ id: user.id, membership_id: joined.data.id },
			]);
			expect((await list(`user_id=${user.id}`)).data.group).toMatchObject([
				{ id: group.id, title: 'Service' },
			]);
			expect((await api.delete('/group_memberships/0', { data: { GroupMembership } })).data).toEqual({});
			expect((await list(`user_id=${user.id}`)).data.group).toEqual([]);
			const again = await api.post('/group_memberships', { GroupMembership });
			expect((await api.delete(`/group_memberships/${again.data.id}`)).status).toBe(200);
			expect((await api.delete(`/group_memberships/${again.data.id}`)).status).toBe(404);
		});

		it('want a filter on memberships, and have none of an unknown group', async () => {
			expect((await api.get('/group_memberships')).status).toBe(404);
			expect((await api.get('/group_memberships?group_id=1')).data).toEqual({ user: [] });
		});

		it('are managed by people of type manager only', async () => {
			const group = sandbox.learnUpon.addGroup('Service');
			const user = sandbox.learnUpon.addUser();
			const GroupManager = { group_id: String(group.id), user_id: String(user.id), can_create_users: true };
			expect((await api.post('/group_managers', { GroupManager })).status).toBe(400);
			await put(user.id, { user_type: 'manager' });
			const { data } = await api.post('/group_managers', { GroupManager });
			expect((await api.get(`/group_managers?user_id=${user.id}`)).data.group_manager).toMatchObject([
				{ id: data.id, group_title: 'Service', can_create_users: true },
			]);
			expect((await api.delete(`/group_managers/${data.id}`)).data).toEqual({});
		});
	});
});
