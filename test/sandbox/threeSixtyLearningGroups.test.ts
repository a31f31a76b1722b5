import type { AxiosInstance } from 'axios';
import type { Sandbox, ThreeSixtyLearningOptions, ThreeSixtyLearningSandbox } from '.';
import { startSandbox } from '.';
import { refusal, threeSixtyLearningApi } from './testClients';

type Json = Record<string, unknown>;

const NOBODY = 'f'.repeat(24);

describe('groups of 360Learning in the sandbox', () => {
	let sandbox: Sandbox;
	let platform: ThreeSixtyLearningSandbox;
	let api: AxiosInstance;
	const set = (options: Partial<ThreeSixtyLearningOptions>) => Object.assign(platform.options, options);
	const create = (fields: Json = {}) =>
		api.post('/groups', { name: 'Vertrieb', public: false, parentId: platform.syncRoot, ...fields });
	const join = (group: string, user: string, role = 'learner') =>
		api.post(`/groups/${group}/${role}/${user}`);
	const leave = (group: string, user: string, role = 'learner') =>
		api.delete(`/groups/${group}/${role}/${user}`);
	const groupsOf = (user: string) =>
		platform.memberships.filter(({ userId }) => userId === user).map(({ groupId }) => groupId);
	const add = (name: string, parentId: string, isPublic: boolean) =>
		platform.addGroup({ name, parentId, public: isPublic })._id;

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false, now: () => new Date('2026-11-16T10:00:00Z') });
		platform = sandbox.threeSixtyLearning;
		api = await threeSixtyLearningApi(platform);
	});
	afterEach(() => sandbox.close());

	it('are created below another, with names that may repeat', async () => {
		const { status, data } = await create({ custom: 'department 17' });
		expect([status, data]).toEqual([
			201,
			{
				_id: expect.any(String),
				name: 'Vertrieb',
				public: false,
				parentId: platform.syncRoot,
				custom: 'department 17',
			},
		]);
		expect((await create()).status).toBe(201);
		expect((await api.get(`/groups/${data._id}`)).data).toEqual(data);
		expect((await api.head(`/groups/${data._id}`)).status).toBe(200);
		expect((await api.get('/groups')).data).toHaveLength(5);
		expect(refusal(await api.get('/groups?name[eq]=Vertrieb'))).toEqual([400, 'badRequest']);
	});

	it.each<[Json, number, string]>([
		[{ parentId: NOBODY }, 404, 'parentGroupNotFound'],
		[{ parentId: undefined }, 400, 'badRequest'],
		[{ public: undefined }, 400, 'badRequest'],
		[{ name: '' }, 400, 'badRequest'],
		[{ custom: null }, 400, 'badRequest'],
		[{ color: 'red' }, 400, 'badRequest'],
		[{ logoImageId: NOBODY }, 400, 'mediaNotFound'],
		[{ public: true, subdomain: 'vertrieb' }, 400, 'noSubdomainOnPublicGroup'],
		[{ public: true, imprint: { url: 'https://a.example' } }, 400, 'noImprintOnPublicGroup'],
	])('are refused with %j', async (fields, status, code) => {
		expect(refusal(await create(fields))).toEqual([status, code]);
		expect(platform.groups.size).toBe(3);
	});

	it('have a limit, and subdomains of their own', async () => {
		expect((await create({ subdomain: 'vertrieb' })).status).toBe(201);
		expect(refusal(await create({ subdomain: 'vertrieb' }))).toEqual([400, 'subdomainUnavailable']);
		set({ maxGroups: 4 });
		expect(refusal(await create())).toEqual([400, 'maxGroupsLimitReached']);
	});

	it('are changed and moved, but not below themselves', async () => {
		const { _id } = (await create({ custom: 'x' })).data;
		const child = add('Innen', _id as string, false);
		const patch = (id: unknown, fields: Json) => api.patch(`/groups/${id}`, fields);
		const { data } = await patch(_id, { name: 'Sales', custom: null, parentId: platform.rootGroup });
		expect(data).toEqual({ _id, name: 'Sales', public: false, parentId: platform.rootGroup });
		expect(platform.groups.get(_id as string)).toEqual(data);
		for (const parentId of [_id, child]) {
			expect(refusal(await patch(_id, { parentId }))).toEqual([400, 'parentGroupNotDescendantOrSelf']);
		}
		expect(refusal(await patch(_id, { parentId: NOBODY }))).toEqual([404, 'parentGroupNotFound']);
		expect(refusal(await patch(NOBODY, {}))).toEqual([404, 'groupNotFound']);
		expect(refusal(await patch(platform.rootGroup, { public: true }))).toEqual([400, 'rootGroupNotPublic']);
		expect(refusal(await patch(_id, { parentId: null }))).toEqual([400, 'badRequest']);
	});

	it('are deleted with all below, members who are nowhere else included', async () => {
		const top = (await create()).data._id as string;
		const below = add('Innen', top, false);
		const [alone, both] = [platform.addUser()._id, platform.addUser()._id];
		platform.addMembership(below, alone);
		platform.addMembership(below, both);
		platform.addMembership(platform.syncRoot, both);
		platform.groupsWithIntegrations.add(below);
		expect(refusal(await api.delete(`/groups/${top}`))).toEqual([
			400,
			'hasActiveIntegrationsOrLtiConnectors',
		]);
		platform.groupsWithIntegrations.clear();
		expect((await api.delete(`/groups/${top}`)).status).toBe(204);
		expect(platform.groups.size).toBe(3);
		expect([alone, both].map((id) => platform.users.get(id)!.status)).toEqual(['deleted', 'active']);
		expect(refusal(await api.delete(`/groups/${top}`))).toEqual([404, 'groupNotFound']);
		expect(refusal(await api.delete(`/groups/${platform.rootGroup}`))).toEqual([400, 'groupIsRoot']);
	});

	describe('roles', () => {
		let user: string;
		beforeEach(() => {
			user = platform.addUser({ mail: 'neu@learners.example' })._id;
		});

		it('are listed from both sides, in the words of bodies', async () => {
			expect((await join(platform.syncRoot, user, 'user-admin')).status).toBe(204);
			expect((await join(platform.syncRoot, user)).status).toBe(204);
			expect((await api.get(`/groups/${platform.syncRoot}/roles`)).data).toEqual([
				{ userId: user, role: 'learner' },
				{ userId: user, role: 'userAdmin' },
			]);
			expect((await api.get(`/users/${user}/roles`)).data).toEqual([
				{ groupId: platform.syncRoot, role: 'learner' },
				{ groupId: platform.syncRoot, role: 'userAdmin' },
			]);
			expect((await api.get(`/groups/${platform.rootGroup}/roles`)).data).toMatchObject([
				{ role: 'admin' },
				{ role: 'owner' },
			]);
			expect(platform.mails).toMatchObject([{ to: 'neu@learners.example', kind: 'groupAdded' }]);
			set({ pageSizes: { groupRoles: 1 } });
			expect((await api.get(`/groups/${platform.syncRoot}/roles`)).headers['link']).toContain('next=');
		});

		it('are given to somebody who is there, in a group that is there', async () => {
			const gone = platform.addUser()._id;
			platform.deleteUser(gone);
			expect(refusal(await join(NOBODY, user))).toEqual([404, 'groupNotFound']);
			expect(refusal(await join(platform.syncRoot, NOBODY))).toEqual([404, 'userNotFound']);
			expect(refusal(await join(platform.syncRoot, gone))).toEqual([400, 'userDeleted']);
			for (const role of ['userAdmin', 'owner', 'author']) {
				expect(refusal(await join(platform.syncRoot, user, role))).toEqual([400, 'badRequest']);
			}
			expect(refusal(await join('1', user))).toEqual([400, 'badRequest']);
			expect(refusal(await api.get(`/groups/${NOBODY}/roles`))).toEqual([404, 'groupNotFound']);
			set({ analystRole: false });
			for (const change of [join, leave]) {
				const reply = await change(platform.syncRoot, user, 'analyst');
				expect(refusal(reply)).toEqual([400, 'analystUnavailable']);
			}
		});

		it('may be given twice, or not; the mail may be left out', async () => {
			set({ groupSendsMail: false });
			await join(platform.syncRoot, user);
			expect((await join(platform.syncRoot, user)).status).toBe(204);
			expect(groupsOf(user)).toEqual([platform.syncRoot]);
			expect(platform.mails).toEqual([]);
			set({ repeatedRole: 'refused' });
			expect((await join(platform.syncRoot, user)).status).toBe(400);
		});

		it('are taken from somebody who has them', async () => {
			await join(platform.syncRoot, user, 'coach');
			expect(refusal(await leave(platform.syncRoot, user))).toEqual([404, 'userNotFoundInGroup']);
			expect(refusal(await leave(platform.syncRoot, NOBODY))).toEqual([404, 'userNotFoundInGroup']);
			expect(refusal(await leave(NOBODY, user))).toEqual([404, 'groupNotFound']);
		});

		it('of learners in public groups reach up to the first private one', async () => {
			const department = add('Department', platform.syncRoot, false);
			const team = add('Team', department, true);
			const squad = add('Squad', team, true);
			await join(squad, user);
			expect(groupsOf(user)).toEqual([squad, team, department]);
			const coach = platform.addUser()._id;
			await join(squad, coach, 'coach');
			expect(groupsOf(coach)).toEqual([squad]);
			set({ learnersReachUp: false });
			const late = platform.addUser()._id;
			await join(squad, late);
			expect(groupsOf(late)).toEqual([squad]);
			set({ learnersReachUp: true });
			const { data } = await api.post('/users', {
				mail: 'b@learners.example',
				membership: { groupId: team, role: 'learner' },
				primaryGroupId: department,
			});
			expect(groupsOf(data._id as string)).toEqual([team, department]);
		});

		it('of learners go from the public groups below, down to the first private one', async () => {
			const department = add('Department', platform.syncRoot, false);
			const team = add('Team', department, true);
			const squad = add('Squad', team, true);
			const secret = add('Secret', team, false);
			const below = add('Below', secret, true);
			for (const group of [platform.syncRoot, department, team, squad, secret, below]) {
				platform.addMembership(group, user);
			}
			platform.addMembership(squad, user, 'coach');
			platform.users.get(user)!.primaryGroupId = team;
			expect((await leave(department, user)).status).toBe(204);
			expect(groupsOf(user)).toEqual([platform.syncRoot, secret, below, squad]);
			expect(platform.users.get(user)).not.toHaveProperty('primaryGroupId');
		});

		it.each([
			['deletesUser', 204, 'deleted', 0],
			['refuses', 400, 'active', 1],
			['allowed', 204, 'active', 0],
		] as const)('that are the last one: %s', async (lastMembership, status, fate, left) => {
			set({ lastMembership });
			await join(platform.syncRoot, user);
			expect((await leave(platform.syncRoot, user)).status).toBe(status);
			expect(platform.users.get(user)!.status).toBe(fate);
			expect(groupsOf(user)).toHaveLength(left);
		});
	});
});
