import type { AxiosInstance } from 'axios';
import type { Sandbox, ThreeSixtyLearningOptions, ThreeSixtyLearningSandbox } from '.';
import { startSandbox } from '.';
import { refusal, threeSixtyLearningApi } from './testClients';

type Json = Record<string, unknown>;

const NOBODY = 'f'.repeat(24);

describe('what hangs on users of 360Learning in the sandbox', () => {
	let sandbox: Sandbox;
	let platform: ThreeSixtyLearningSandbox;
	let api: AxiosInstance;
	const set = (options: Partial<ThreeSixtyLearningOptions>) => Object.assign(platform.options, options);

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false, now: () => new Date('2026-11-16T10:00:00Z') });
		platform = sandbox.threeSixtyLearning;
		api = await threeSixtyLearningApi(platform);
	});
	afterEach(() => sandbox.close());

	describe('custom fields', () => {
		const create = (fields: Json = {}) =>
			api.post('/custom-fields', { name: 'Location', targetType: 'users', type: 'string', ...fields });
		const names = async (query: string) =>
			((await api.get(`/custom-fields?${query}`)).data as { name: string }[]).map(({ name }) => name);

		it('are created, renamed and listed without their values', async () => {
			const { status, data } = await create();
			expect([status, data]).toEqual([
				201,
				{ _id: expect.any(String), name: 'Location', targetType: 'users', type: 'string' },
			]);
			expect((await api.patch(`/custom-fields/${data._id}`, { name: 'Site' })).data.name).toBe('Site');
			expect((await api.patch(`/custom-fields/${data._id}`, { name: 'site' })).status).toBe(200);
			expect((await api.get('/custom-fields')).data[0]).toEqual({
				_id: expect.any(String),
				name: 'Cost Center',
				targetType: 'users',
				type: 'string',
			});
		});

		it('are filtered', async () => {
			await create({ name: 'Since', type: 'date' });
			await create({ name: 'Topic', targetType: 'contents' });
			expect(await names('targetType[eq]=users')).toEqual(['Cost Center', 'Hobby', 'Since']);
			expect(await names('type[in][0]=date&targetType[ne]=contents')).toEqual(['Since']);
			expect(await names('name[eq]=Hobby')).toEqual(['Hobby']);
			expect(refusal(await api.get('/custom-fields?type[eq]=number'))).toEqual([400, 'badRequest']);
		});

		it.each<[Json, string]>([
			[{ name: ' ' }, 'invalidName'],
			[{ name: 'hobby' }, 'nameAlreadyTaken'],
			[{ type: 'number' }, 'badRequest'],
			[{ targetType: 'user' }, 'badRequest'],
			[{ name: null }, 'badRequest'],
			[{ authorizedValues: [] }, 'badRequest'],
		])('are refused with %j', async (fields, code) => {
			expect(refusal(await create(fields))).toEqual([400, code]);
		});

		it('have a limit, and may not be for contents', async () => {
			set({ maxCustomFields: 3, contentFields: false });
			expect((await create()).status).toBe(201);
			expect(refusal(await create({ name: 'Site' }))).toEqual([400, 'customFieldLimitReached']);
			const content = await create({ name: 'Topic', targetType: 'contents' });
			expect(refusal(content)).toEqual([400, 'customFieldsTargetTypeNotEnabled']);
		});

		it('go with their values', async () => {
			const [, hobby] = [...platform.customFields.keys()];
			const [, , trainee] = [...platform.users.keys()];
			expect((await api.delete(`/custom-fields/${hobby}`)).status).toBe(204);
			expect(platform.values.get(trainee!)).toMatchObject([{ value: '9000 Partner' }]);
			for (const method of ['delete', 'get'] as const) {
				const path = `/custom-fields/${hobby}${method === 'get' ? '/authorized-values' : ''}`;
				expect(refusal(await api[method](path))).toEqual([404, 'customFieldNotFound']);
			}
		});

		it('may be restricted to values, but not against those in use', async () => {
			const [center] = [...platform.customFields.keys()];
			const path = `/custom-fields/${center}/authorized-values`;
			expect((await api.get(path)).data).toContain('2000 Vertrieb');
			const conflict = await api.put(path, { authorizedValues: ['2000 Vertrieb'] });
			expect(refusal(conflict)).toEqual([400, 'customFieldValuesConflict']);
			const wider = ['9000 Partner', '9100 Gäste'];
			expect((await api.put(path, { authorizedValues: wider })).data).toEqual(wider);
			const many = Array.from({ length: 301 }, (_, index) => String(index));
			expect(refusal(await api.put(path, { authorizedValues: many }))).toEqual([400, 'badRequest']);
			const { _id } = platform.addCustomField({ name: 'Since', type: 'date' });
			const dates = `/custom-fields/${_id}/authorized-values`;
			expect((await api.put(dates, { authorizedValues: ['2026-12-31'] })).status).toBe(200);
			const wrong = await api.put(dates, { authorizedValues: ['31.12.2026'] });
			expect(refusal(wrong)).toEqual([400, 'authorizedValuesTypeMismatch']);
		});
	});

	describe('custom values', () => {
		let center: string;
		let hobby: string;
		let since: string;
		let user: string;
		const put = (...customValues: Json[]) => api.put(`/users/${user}/custom-fields/values`, { customValues });
		const text = (customFieldId: string, value: unknown) => ({ customFieldId, type: 'string', value });

		beforeEach(() => {
			[center, hobby] = [...platform.customFields.keys()] as [string, string];
			since = platform.addCustomField({ name: 'Since', type: 'date' })._id;
			user = [...platform.users.keys()][2]!;
		});

		it('are replaced, all of them', async () => {
			const date = { customFieldId: since, type: 'date', value: '2026-12-01' };
			const { status, data } = await put(text(center, '3000 Produkt'), date);
			expect([status, data]).toEqual([200, [text(center, '3000 Produkt'), date]]);
			expect((await api.get(`/users/${user}/custom-fields/values`)).data).toEqual(data);
			expect((await put()).data).toEqual([]);
			expect(platform.snapshot().values).toEqual([]);
		});

		it('fit their fields', async () => {
			const cases: [Json[], number, string][] = [
				[[text(center, '4711')], 400, 'unauthorizedValue'],
				[[text(since, '2026-12-01')], 400, 'wrongTypeValue'],
				[[{ customFieldId: since, type: 'date', value: '1.12.2026' }], 400, 'wrongTypeValue'],
				[[{ customFieldId: since, type: 'date', value: '2026-12-01T00:00:00.000Z' }], 400, 'wrongTypeValue'],
				[[text(hobby, 'a'), text(hobby, 'b')], 400, 'multipleValuesForSingleCustomField'],
				[[text(NOBODY, 'a')], 404, 'customFieldNotFound'],
				[[text(hobby, '')], 400, 'badRequest'],
				[[text(hobby, null)], 400, 'badRequest'],
				[[text(hobby, 7)], 400, 'badRequest'],
				[[{ customFieldId: hobby, value: 'a' }], 400, 'badRequest'],
				[Array.from({ length: 301 }, () => text(hobby, 'a')), 400, 'badRequest'],
			];
			const before = platform.snapshot();
			for (const [values, status, code] of cases) {
				expect([values.length, ...refusal(await put(...values))]).toEqual([values.length, status, code]);
			}
			expect(platform.snapshot()).toEqual(before);
			const content = platform.addCustomField({ name: 'Topic', targetType: 'contents' });
			expect((await put(text(content._id, 'a'))).status).toBe(404);
			user = NOBODY;
			expect(refusal(await put())).toEqual([404, 'userNotFound']);
		});
	});

	describe('external ids', () => {
		const create = (fields: Json) =>
			api.post('/external-ids', { platform: 'personio-n8n', targetType: 'user', value: '4711', ...fields });
		const list = async (query: string) => (await api.get(`/external-ids?${query}`)).data as Json[];

		it('are mappings to users and groups', async () => {
			const { _id } = platform.addUser();
			const { status, data } = await create({ targetId: _id });
			expect([status, data]).toEqual([
				201,
				{
					_id: expect.any(String),
					platform: 'personio-n8n',
					targetId: _id,
					targetType: 'user',
					value: '4711',
				},
			]);
			const group = { targetId: platform.syncRoot, targetType: 'group', value: 'department-1' };
			expect((await create(group)).status).toBe(201);
			expect(await list('platform[eq]=personio-n8n&type[eq]=user')).toEqual([data]);
			expect(await list('value[eq]=department-1')).toMatchObject([group]);
			expect(await list(`targetId[eq]=${_id}`)).toEqual([data]);
			expect(refusal(await api.get('/external-ids?targetType[eq]=user'))).toEqual([400, 'badRequest']);
			expect(refusal(await api.get('/external-ids?targetId[eq]=1'))).toEqual([400, 'badRequest']);
		});

		it('are one for each target and one for each value', async () => {
			const [one, other] = [platform.addUser()._id, platform.addUser()._id];
			const { data } = await create({ targetId: one });
			expect(refusal(await create({ targetId: one, value: '4712' }))).toEqual([400, 'mappingAlreadyExists']);
			expect(refusal(await create({ targetId: other }))).toEqual([400, 'valueAlreadyUsed']);
			expect((await create({ targetId: one, platform: 'other' })).status).toBe(201);
			const second = (await create({ targetId: other, value: '4712' })).data;
			const body = { platform: 'personio-n8n', targetType: 'user', targetId: one, value: '4713' };
			const put = (id: unknown, fields: Json = {}) => api.put(`/external-ids/${id}`, { ...body, ...fields });
			expect((await put(data._id)).data).toEqual({ ...body, _id: data._id });
			expect(refusal(await put(second._id))).toEqual([400, 'targetAlreadyMapped']);
			const taken = await put(second._id, { targetId: other, value: '4713' });
			expect(refusal(taken)).toEqual([400, 'valueAlreadyUsed']);
			expect(refusal(await put(NOBODY))).toEqual([404, 'mappingIdNotFound']);
			expect(refusal(await put(second._id, { targetId: NOBODY }))).toEqual([404, 'resourceNotFound']);
		});

		it('are for what is there, outside of reserved platforms', async () => {
			const { _id } = platform.addUser();
			expect(refusal(await create({ targetId: NOBODY }))).toEqual([404, 'resourceNotFound']);
			expect(refusal(await create({ targetId: _id, targetType: 'course' }))).toEqual([
				404,
				'resourceNotFound',
			]);
			const reserved = await create({ targetId: _id, platform: 'PERSONIO' });
			expect(refusal(reserved)).toEqual([400, 'reservedPlatformName']);
			expect(refusal(await create({ targetId: _id, value: '' }))).toEqual([400, 'badRequest']);
			const theirs = platform.addExternalId({ platform: 'Workday', targetId: _id, value: '1' });
			const path = `/external-ids/${theirs._id}`;
			expect(refusal(await api.delete(path))).toEqual([400, 'reservedPlatformName']);
			set({ reservedPlatforms: [] });
			expect((await api.delete(path)).status).toBe(204);
			expect(refusal(await api.delete(path))).toEqual([404, 'mappingIdNotFound']);
		});

		it('outlive the user', async () => {
			const { _id } = platform.addUser();
			await create({ targetId: _id });
			await api.delete(`/users/${_id}`);
			expect(await list(`targetId[eq]=${_id}`)).toHaveLength(1);
			const { _id: other } = platform.addUser();
			expect(refusal(await create({ targetId: other }))).toEqual([400, 'valueAlreadyUsed']);
		});
	});

	describe('managers', () => {
		const path = (user: string, manager: string) => `/users/${user}/managers/${manager}`;

		it('are any number, and know whom they manage', async () => {
			const [staff, ...bosses] = [platform.addUser(), platform.addUser(), platform.addUser()];
			for (const boss of bosses) expect((await api.post(path(staff._id, boss._id))).status).toBe(204);
			const ids = bosses.map(({ _id }) => _id);
			expect((await api.get(`/users/${staff._id}/managers`)).data).toEqual(ids);
			expect((await api.get(`/users/${ids[0]}/subordinates`)).data).toEqual([staff._id]);
			set({ pageSizes: { managers: 1 } });
			expect((await api.get(`/users/${staff._id}/managers`)).headers['link']).toContain('rel="next"');
			expect((await api.delete(path(staff._id, ids[0]!))).status).toBe(204);
			expect(platform.managers.get(staff._id)).toEqual([ids[1]]);
			expect((await api.post(path(ids[1]!, staff._id))).status).toBe(204);
		});

		it('are accepted twice, or not', async () => {
			const [staff, boss] = [platform.addUser()._id, platform.addUser()._id];
			await api.post(path(staff, boss));
			expect((await api.post(path(staff, boss))).status).toBe(204);
			expect(platform.managers.get(staff)).toEqual([boss]);
			set({ repeatedManager: 'refused' });
			expect((await api.post(path(staff, boss))).status).toBe(400);
		});

		it('must be alive and there, and so must the managed', async () => {
			const [staff, boss, gone] = [platform.addUser()._id, platform.addUser()._id, platform.addUser()._id];
			platform.deleteUser(gone);
			expect(refusal(await api.post(path(staff, gone)))).toEqual([400, 'managerDeleted']);
			expect(refusal(await api.post(path(gone, boss)))).toEqual([400, 'userDeleted']);
			expect(refusal(await api.delete(path(gone, boss)))).toEqual([400, 'userDeleted']);
			expect(refusal(await api.post(path(NOBODY, boss)))).toEqual([404, 'userNotFound']);
			expect(refusal(await api.post(path(staff, NOBODY)))).toEqual([404, 'managerNotFound']);
			expect(refusal(await api.delete(path(staff, NOBODY)))).toEqual([404, 'managerNotFound']);
			expect(refusal(await api.delete(path(staff, boss)))).toEqual([400, 'managerNotAssignedToUser']);
			expect(refusal(await api.get(`/users/${NOBODY}/managers`))).toEqual([404, 'userNotFound']);
		});
	});
});
