import type { AxiosInstance } from 'axios';
import type { Sandbox, ThreeSixtyLearningOptions, ThreeSixtyLearningSandbox } from '.';
import { startSandbox } from '.';
import { refusal, threeSixtyLearningApi } from './testClients';

type Json = Record<string, unknown>;

const NOBODY = 'f'.repeat(24);

describe('users of 360Learning in the sandbox', () => {
	let sandbox: Sandbox;
	let platform: ThreeSixtyLearningSandbox;
	let api: AxiosInstance;
	const set = (options: Partial<ThreeSixtyLearningOptions>) => Object.assign(platform.options, options);
	const create = (fields: Json = {}, query = '') =>
		api.post(`/users${query}`, {
			mail: 'Neu@learners.example',
			membership: { groupId: platform.syncRoot, role: 'learner' },
			...fields,
		});
	const patch = (id: string, fields: Json) => api.patch(`/users/${id}`, fields);
	const owner = () => [...platform.users.keys()][0]!;
	const kinds = () => platform.mails.map(({ kind }) => kind);

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false, now: () => new Date('2026-11-16T10:00:00Z') });
		platform = sandbox.threeSixtyLearning;
		api = await threeSixtyLearningApi(platform);
	});
	afterEach(() => sandbox.close());

	it('are created as invited, in one group, with a mail', async () => {
		const fields = { firstName: 'Käthe', lang: 'de', toBeDeactivatedAt: '2027-02-01T00:00:00.000Z' };
		const { status, data } = await create({ ...fields, primaryGroupId: platform.syncRoot });
		expect(status).toBe(201);
		expect(data).toEqual({
			_id: expect.stringMatching(/^[a-f\d]{24}$/),
			mail: 'Neu@learners.example',
			status: 'invited',
			deletedAt: [],
			reactivatedAt: [],
			primaryGroupId: platform.syncRoot,
			...fields,
		});
		expect((await api.get(`/users/${data._id}`)).data).toEqual(data);
		expect((await api.get(`/users/${data._id}/roles`)).data).toEqual([
			{ groupId: platform.syncRoot, role: 'learner' },
		]);
		expect(platform.mails).toEqual([
			{ to: 'Neu@learners.example', kind: 'invitation', at: '2026-11-16T10:00:00.000Z' },
		]);
	});

	it('can be created without a mail', async () => {
		expect((await create({}, '?sendInvitationEmail=false')).status).toBe(201);
		expect((await create({ mail: undefined, username: 'ohne.mail' })).status).toBe(201);
		expect(platform.mails).toEqual([]);
		expect(refusal(await create({}, '?sendInvitationEmail=no'))).toEqual([400, 'badRequest']);
	});

	it.each<[Json, string]>([
		[{ mail: undefined }, 'mailAndUsernameUndefined'],
		[{ mail: 'no address' }, 'mailInvalid'],
		[{ mail: 'coach@lernpartner.example' }, 'mailAlreadyUsed'],
		[{ mail: 'TRAINEE@lernpartner.example' }, 'mailAlreadyUsed'],
		[{ toBeDeactivatedAt: '2026-11-16T10:00:00.000Z' }, 'deactivationDateInvalid'],
		[{ primaryGroupId: 'a'.repeat(24) }, 'notMemberOfPrimaryGroup'],
		[{ mail: '' }, 'badRequest'],
		[{ mail: null }, 'badRequest'],
		[{ firstName: '' }, 'badRequest'],
		[{ lastName: null }, 'badRequest'],
		[{ lang: 'de_DE' }, 'badRequest'],
		[{ username: 'Käthe' }, 'badRequest'],
		[{ toBeDeactivatedAt: '2027-02-01' }, 'badRequest'],
		[{ toBeDeactivatedAt: '2027-02-30T00:00:00.000Z' }, 'badRequest'],
		[{ password: 'geheim123' }, 'badRequest'],
		[{ membership: undefined }, 'badRequest'],
		[{ membership: { groupId: 'root', role: 'learner' } }, 'badRequest'],
		[{ membership: { groupId: 'a'.repeat(24), role: 'user-admin' } }, 'badRequest'],
		[{ membership: { groupId: 'a'.repeat(24), role: 'learner', since: 'now' } }, 'badRequest'],
	])('are refused with %j', async (fields, code) => {
		expect(refusal(await create(fields))).toEqual([400, code]);
		expect(platform.users.size).toBe(3);
	});

	it('are refused for a group that is not there, a role or a login that is not on', async () => {
		const membership = { groupId: 'a'.repeat(24), role: 'learner' };
		expect(refusal(await create({ membership }))).toEqual([404, 'groupNotFound']);
		set({ analystRole: false, usernamesAllowed: false });
		const analyst = { membership: { groupId: platform.syncRoot, role: 'analyst' } };
		expect(refusal(await create(analyst))).toEqual([400, 'analystUnavailable']);
		expect(refusal(await create({ username: 'neu' }))).toEqual([400, 'usernameNotAllowed']);
	});

	it('need a body in JSON', async () => {
		const headers = { 'Content-Type': 'text/plain' };
		expect(refusal(await api.post('/users', '{}', { headers }))).toEqual([400, 'badMediaType']);
		const json = { 'Content-Type': 'application/json' };
		expect(refusal(await api.post('/users', '{"mail":', { headers: json }))).toEqual([400, 'badRequest']);
		expect(refusal(await api.post('/users', '[]', { headers: json }))).toEqual([400, 'badRequest']);
		set({ unknownProperties: 'ignore' });
		expect((await create({ password: 'geheim123' })).status).toBe(201);
	});

	it('cannot share a login, nor take one from two people', async () => {
		platform.addUser({ mail: 'a@learners.example', username: 'a' });
		platform.addUser({ mail: 'b@learners.example', username: 'b' });
		const both = await create({ mail: 'a@learners.example', username: 'b' });
		expect(refusal(both)).toEqual([400, 'loginIdentifierMultipleUsersFound']);
		expect(refusal(await create({ username: 'a' }))).toEqual([400, 'usernameAlreadyUsed']);
		platform.addUser({ mail: 'A@learners.example', status: 'deleted' });
		expect(refusal(await create({ mail: 'a@learners.example' }))).toEqual([400, 'mailUsedTooManyTimes']);
		await create();
		expect(refusal(await create())).toEqual([400, 'mailAlreadyUsed']);
		set({ repeatedInvitation: 'sentAgain' });
		expect((await create()).status).toBe(200);
		expect(kinds()).toEqual(['invitation', 'invitation']);
	});

	it('keep their address as typed and mind no case in it, by default', async () => {
		await create();
		expect(refusal(await create({ mail: 'NEU@learners.example' }))).toEqual([400, 'mailAlreadyUsed']);
		set({ mailUniqueness: 'exact', mailCase: 'lowered' });
		expect((await create({ mail: 'NEU@learners.example' })).data.mail).toBe('neu@learners.example');
	});

	it('become active by accepting, or by being activated', async () => {
		const { _id } = (await create()).data;
		const activated = await api.put(`/users/${_id}/activate`);
		expect([activated.status, activated.data.status]).toEqual([200, 'active']);
		expect(kinds()).toEqual(['invitation', 'activation']);
		expect((await api.put(`/users/${_id}/activate`)).data).toEqual(activated.data);
		const other = (await create({ mail: 'b@learners.example' })).data;
		expect(platform.acceptAllInvitations()).toMatchObject([{ _id: other._id, status: 'active' }]);
		expect(() => platform.acceptInvitation(other._id as string)).toThrow(/no open invitation/);
		set({ activateSendsMail: false });
		await api.put(`/users/${(await create({ mail: 'c@learners.example' })).data._id}/activate`);
		expect(kinds()).toEqual(['invitation', 'activation', 'invitation', 'invitation']);
		expect(refusal(await api.put(`/users/${NOBODY}/activate`))).toEqual([404, 'userNotFound']);
	});

	it('take no body where there is none to take', async () => {
		const { _id } = platform.addUser({ status: 'invited' });
		expect(refusal(await api.put(`/users/${_id}/activate`, {}))).toEqual([400, 'badRequest']);
		set({ unexpectedBody: 'ignore' });
		expect((await api.put(`/users/${_id}/activate`, {})).status).toBe(200);
	});

	describe('changed', () => {
		it('keep what is not sent and lose what is null', async () => {
			const { _id } = platform.addUser({ firstName: 'Vera', job: 'Coach', phone: '1', username: 'vera' });
			const { status, data } = await patch(_id, { job: null, lastName: 'Neu', mail: null, lang: 'fr' });
			expect(status).toBe(200);
			expect(data).toMatchObject({ firstName: 'Vera', lastName: 'Neu', phone: '1', lang: 'fr' });
			expect(data).not.toHaveProperty('job');
			expect(data).not.toHaveProperty('mail');
		});

		it.each<[Json, string]>([
			[{ mail: 'coach@lernpartner.example' }, 'mailAlreadyUsed'],
			[{ mail: 'no address' }, 'mailInvalid'],
			[{ mail: null }, 'userShouldHaveAtLeastOneValidIdentifier'],
			[{ username: 'taken' }, 'usernameAlreadyUsed'],
			[{ toBeDeactivatedAt: '2026-11-16T09:59:59.999Z' }, 'deactivationDateInvalid'],
			[{ primaryGroupId: 'a'.repeat(24) }, 'notMemberOfPrimaryGroup'],
			[{ profileImageId: 'a'.repeat(24) }, 'mediaNotFound'],
			[{ lang: null }, 'badRequest'],
			[{ firstName: '' }, 'badRequest'],
			[{ membership: { groupId: 'a'.repeat(24), role: 'learner' } }, 'badRequest'],
			[{ status: 'active' }, 'badRequest'],
		])('cannot take %j', async (changes, code) => {
			platform.addUser({ username: 'taken' });
			const { _id } = platform.addUser({ mail: 'own@learners.example', firstName: 'Vera' });
			const before = platform.snapshot();
			expect(refusal(await patch(_id, { firstName: 'Andere', ...changes }))).toEqual([400, code]);
			expect(platform.snapshot()).toEqual(before);
		});

		it('may keep their own address in another case, but not take a deleted one’s', async () => {
			const { _id } = platform.addUser({ mail: 'own@learners.example' });
			expect((await patch(_id, { mail: 'OWN@learners.example' })).data.mail).toBe('OWN@learners.example');
			platform.deleteUser(platform.addUser({ mail: 'gone@learners.example' })._id);
			expect(refusal(await patch(_id, { mail: 'gone@learners.example' }))).toEqual([400, 'mailAlreadyUsed']);
			expect(refusal(await patch(NOBODY, {}))).toEqual([404, 'userNotFound']);
		});
	});

	it('have ids of 24 digits and letters, whatever their case', async () => {
		expect(refusal(await api.get('/users/coach@lernpartner.example'))).toEqual([400, 'badRequest']);
		expect(refusal(await api.get(`/users/${NOBODY}`))).toEqual([404, 'userNotFound']);
		expect((await api.get(`/users/${owner().toUpperCase()}`)).data._id).toBe(owner());
	});

	it('give equal snapshots for equal states', async () => {
		const before = platform.snapshot();
		sandbox.clock.advance({ days: 1 });
		platform.acceptInvitation(platform.addUser({ status: 'invited' })._id);
		expect(platform.snapshot()).not.toEqual(before);
		platform.users.delete([...platform.users.keys()].at(-1)!);
		expect(platform.snapshot()).toEqual(before);
		await api.get('/users');
		expect(platform.writes()).toEqual([]);
	});
});
