import type { AxiosInstance } from 'axios';
import type { Sandbox, ThreeSixtyLearningOptions, ThreeSixtyLearningSandbox } from '.';
import { startSandbox } from '.';
import { refusal, threeSixtyLearningApi } from './testClients';

type Json = Record<string, unknown>;

describe('leavers and returners of 360Learning in the sandbox', () => {
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

	describe('deleted', () => {
		it('are there still, without groups and managers', async () => {
			const { _id } = (await create({ firstName: 'Vera', primaryGroupId: platform.syncRoot })).data;
			const staff = platform.addUser();
			platform.managers.set(staff._id, [_id as string]);
			expect((await api.delete(`/users/${_id}`)).status).toBe(204);
			const { data } = await api.get(`/users/${_id}`);
			expect(data).toMatchObject({
				status: 'deleted',
				firstName: 'Vera',
				deletedAt: ['2026-11-16T10:00:00.000Z'],
			});
			expect(data).not.toHaveProperty('primaryGroupId');
			expect((await api.get(`/users/${_id}/roles`)).data).toEqual([]);
			expect((await api.get(`/users/${staff._id}/managers`)).data).toEqual([]);
			expect(refusal(await api.put(`/users/${_id}/activate`))).toEqual([400, 'userDeleted']);
			const date = await patch(_id as string, { toBeDeactivatedAt: null });
			expect(refusal(date)).toEqual([400, 'invalidUpdateOnDeletedUser']);
			expect((await patch(_id as string, { lastName: 'Spät' })).status).toBe(200);
		});

		it('cannot be deleted again, unless they can', async () => {
			const { _id } = platform.addUser();
			await api.delete(`/users/${_id}`);
			expect(refusal(await api.delete(`/users/${_id}`))).toEqual([404, 'userNotFound']);
			set({ deleteOfDeleted: 'accepted' });
			expect((await api.delete(`/users/${_id}`)).status).toBe(204);
			expect(platform.users.get(_id)!.deletedAt).toHaveLength(1);
		});

		it('cannot be the owner, neither now nor later', async () => {
			expect(refusal(await api.delete(`/users/${owner()}`))).toEqual([400, 'userIsCompanyOwner']);
			const later = await patch(owner(), { toBeDeactivatedAt: '2027-02-01T00:00:00.000Z' });
			expect(refusal(later)).toEqual([400, 'ownerDeactivationNotAllowed']);
		});

		it('are so from the start of the day that is set', async () => {
			const { _id } = platform.addUser();
			await patch(_id, { toBeDeactivatedAt: '2026-11-18T23:00:00.000Z' });
			sandbox.clock.set('2026-11-17T23:59:59.999Z');
			expect(platform.users.get(_id)!.status).toBe('active');
			sandbox.clock.set('2026-11-18T00:00:00.000Z');
			api = await threeSixtyLearningApi(platform);
			expect((await api.get(`/users/${_id}`)).data.status).toBe('deleted');
		});

		it('are not if the date is taken back; it may be an instant', async () => {
			const { _id } = platform.addUser();
			await patch(_id, { toBeDeactivatedAt: '2026-11-18T23:00:00.000Z' });
			await patch(_id, { toBeDeactivatedAt: null });
			const other = platform.addUser({ toBeDeactivatedAt: '2026-11-18T23:00:00.000Z' });
			set({ deactivation: 'instant' });
			sandbox.clock.set('2026-11-18T22:00:00.000Z');
			expect(platform.users.get(other._id)!.status).toBe('active');
			sandbox.clock.set('2026-11-19T00:00:00.000Z');
			expect(platform.snapshot().users.filter(({ status }) => status === 'deleted')).toMatchObject([
				{ _id: other._id },
			]);
			expect(platform.users.get(_id)!.status).toBe('active');
		});

		it('are so from the start of that day in another zone, if told', async () => {
			set({ deactivationZoneHours: 1 });
			const { _id } = platform.addUser();
			await patch(_id, { toBeDeactivatedAt: '2026-11-18T23:00:00.000Z' });
			sandbox.clock.set('2026-11-18T22:59:59.000Z');
			expect(platform.users.get(_id)!.status).toBe('active');
			sandbox.clock.set('2026-11-18T23:00:00.000Z');
			expect(platform.users.get(_id)!.status).toBe('deleted');
		});
	});

	describe('restored', () => {
		let id: string;
		const gone = async () => {
			const fields = { firstName: 'Vera', toBeDeactivatedAt: '2027-02-01T00:00:00.000Z' };
			id = (await create({ ...fields, username: 'vera' })).data._id as string;
			const [coach] = [...platform.users.keys()].slice(1);
			const [, hobby] = [...platform.customFields.keys()];
			platform.managers.set(id, [coach!]);
			platform.managers.set(coach!, [id]);
			platform.values.set(id, [{ customFieldId: hobby!, type: 'string', value: 'Schach' }]);
			platform.addMembership(platform.rootGroup, id);
			await api.delete(`/users/${id}`);
		};

		it('keep id, names and values, and get nothing but the group', async () => {
			await gone();
			const { status, data } = await create({ mail: 'NEU@learners.example', firstName: 'Andere' });
			expect([status, data]).toEqual([
				200,
				{
					_id: id,
					mail: 'Neu@learners.example',
					username: 'vera',
					status: 'invited',
					lang: 'en',
					firstName: 'Vera',
					deletedAt: ['2026-11-16T10:00:00.000Z'],
					reactivatedAt: [],
				},
			]);
			expect((await api.get(`/users/${id}/roles`)).data).toHaveLength(1);
			expect((await api.get(`/users/${id}/custom-fields/values`)).data).toMatchObject([{ value: 'Schach' }]);
			expect((await api.get(`/users/${id}/managers`)).data).toEqual([]);
			expect((await api.get(`/users/${id}/subordinates`)).data).toEqual([]);
			expect(kinds()).toEqual(['invitation', 'invitation']);
			const activated = await api.put(`/users/${id}/activate`);
			expect(activated.data.reactivatedAt).toEqual(['2026-11-16T10:00:00.000Z']);
		});

		it('may take the fields and keep the managers', async () => {
			set({ restoreAppliesBody: true, restoreKeepsManagers: true });
			await gone();
			const { data } = await create({ mail: undefined, username: 'vera', firstName: 'Andere' });
			expect(data).toMatchObject({ _id: id, firstName: 'Andere', mail: 'Neu@learners.example' });
			expect((await api.get(`/users/${id}/managers`)).data).toHaveLength(1);
			expect((await api.get(`/users/${id}/subordinates`)).data).toHaveLength(1);
		});

		it('are so only if all is well', async () => {
			await gone();
			const before = platform.snapshot();
			const membership = { groupId: 'a'.repeat(24), role: 'learner' };
			expect((await create({ membership })).status).toBe(404);
			expect((await create({ primaryGroupId: platform.rootGroup })).status).toBe(400);
			expect(platform.snapshot()).toEqual(before);
		});
	});
});
