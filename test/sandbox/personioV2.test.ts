import type { AxiosInstance, AxiosResponse } from 'axios';
import type { Sandbox } from '.';
import { startSandbox } from '.';
import { personioV1, personioV2 } from './testClients';

type Json = Record<string, unknown>;

describe('Personio API v2 in the sandbox', () => {
	let sandbox: Sandbox;
	let api: AxiosInstance;

	const problemOf = async (path: string) => {
		const { status, data, headers } = await api.get(path);
		return {
			status,
			detail: data.errors?.[0]?.detail,
			type: headers['content-type'],
			trace: data.personio_trace_id,
		};
	};
	const everyPage = async (path: string): Promise<Json[]> => {
		const all: Json[] = [];
		for (let next: string | undefined = path; next;) {
			const reply: AxiosResponse = await api.get(next);
			all.push(...(reply.data._data as Json[]));
			next = reply.data._meta.links.next?.href;
		}
		return all;
	};
	const employmentOf = async (id: number): Promise<Json> =>
		(await api.get(`/v2/persons/${id}/employments`)).data._data[0];

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false });
		api = await personioV2(sandbox.personio);
	});
	afterEach(() => sandbox.close());

	describe('persons', () => {
		it('come by pages of 10 unless asked, 50 at most, with absolute links', async () => {
			const { data, headers } = await api.get('/v2/persons');
			expect(data._data).toHaveLength(10);
			expect(data._meta.links.next.href).toMatch(
				new RegExp(`^${sandbox.personio.url}/v2/persons\\?cursor=cur_`),
			);
			expect(headers).toMatchObject({
				'x-ratelimit-replenish-rate': '30',
				'x-ratelimit-burst-capacity': '100',
				'x-ratelimit-requested-tokens': '1',
			});
			expect(await problemOf('/v2/persons?limit=51')).toEqual({
				status: 400,
				detail: 'Provided value for limit is not valid',
				type: 'application/problem+json',
				trace: expect.any(String),
			});
		});

		it('come all and once through the cursors, whoever appears or goes meanwhile', async () => {
			const ids = (await everyPage('/v2/persons?limit=7')).map(({ id }) => id);
			expect(new Set(ids).size).toBe(34);
			const { data } = await api.get('/v2/persons?limit=20');
			sandbox.personio.remove(Number(data._data.at(-1).id));
			sandbox.personio.hire({});
			const rest = (await api.get(data._meta.links.next.href)).data._data as Json[];
			expect(rest).toHaveLength(15);
		});

		it('keep the filter in the cursor and refuse a different one', async () => {
			const { data } = await api.get('/v2/persons?limit=5&status=ACTIVE');
			const { href } = data._meta.links.next as { href: string };
			expect((await api.get(href)).data._data).toHaveLength(5);
			expect((await api.get(`${href}&status=ACTIVE&limit=3`)).data._data).toHaveLength(3);
			expect((await problemOf(`${href}&status=INACTIVE`)).status).toBe(400);
			expect((await problemOf('/v2/persons?cursor=cur_nonsense')).status).toBe(400);
		});

		it('can be filtered', async () => {
			const [first, second] = [...sandbox.personio.people.values()];
			const found = async (query: string) =>
				(await everyPage(`/v2/persons?limit=50&${query}`)).map(({ id }) => id);
			expect(await found(`id=${first!.id},${second!.id}`)).toHaveLength(2);
			expect(await found(`email=${second!.email}`)).toEqual([String(second!.id)]);
			expect(await found('last_name=Fitzgerald')).toHaveLength(1);
			sandbox.personio.change(first!.id, { status: 'inactive' });
			expect(await found('status=INACTIVE')).toEqual([String(first!.id)]);
			sandbox.personio.change(second!.id, { lastName: 'Neu' });
			expect(await found('updated_at.gt=2026-10-01T00:00:00Z')).toEqual([String(second!.id)]);
		});

		it('do not show a change of the employment in updated_at', async () => {
			const [first] = [...sandbox.personio.people.values()];
			sandbox.personio.change(first!.id, { department: 'Anderswo' });
			expect((await api.get('/v2/persons?updated_at.gt=2026-10-01T00:00:00Z')).data._data).toEqual([]);
			expect((await employmentOf(first!.id))['updated_at']).toBe(first!.lastModifiedAt);
		});

		it.each([
			['updated_at.gte=2026-01-01T00:00:00Z', 'Provided filter encoding is invalid.'],
			['id.like=1', 'Provided filter encoding is invalid.'],
			['updated_at.gt=yesterday', 'Provided request parameters are invalid.'],
			['updated_at.gt=2026-01-01', 'Provided request parameters are invalid.'],
			['status=LEAVE', 'Provided request parameters are invalid.'],
			['department=Vertrieb', 'Provided request parameters are invalid.'],
		])('refuse the filter %s', async (query, detail) => {
			expect(await problemOf(`/v2/persons?${query}`)).toMatchObject({ status: 400, detail });
		});

		it('leave unset fields out, or null', async () => {
			const people = await everyPage('/v2/persons?limit=50');
			const forms = new Set(
				people
					.filter((person) => !person['preferred_name'])
					.map((person) => ('preferred_name' in person ? 'null' : 'absent')),
			);
			expect(forms).toEqual(new Set(['null', 'absent']));
		});

		it('carry custom attributes under another id, typed, without labels', async () => {
			const [first] = await everyPage('/v2/persons?limit=50');
			const custom = first!['custom_attributes'] as Json[];
			const byNumber = (number: string) => custom.find(({ id }) => String(id).endsWith(`.${number}`));
			expect(byNumber('8112302')).toMatchObject({
				id: expect.stringMatching(/^dynamic_[0-9a-f]+\.8112302$/),
				type: 'date',
				global_id: 'date_of_birth',
				value: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
			});
			expect(byNumber('8112304')).toMatchObject({ type: 'string_list', value: expect.any(Array) });
			expect(custom.every((attribute) => !('label' in attribute))).toBe(true);
		});
	});

	describe('employments', () => {
		it('carry the status of the person, ids of the units and calendar dates', async () => {
			const person = [...sandbox.personio.people.values()].find(({ status }) => status === 'leave')!;
			const employment = await employmentOf(person.id);
			expect(employment).toMatchObject({
				id: expect.stringMatching(/^[0-9a-f]{8}-/),
				status: 'LEAVE',
				type: 'INTERNAL',
				employment_start_date: person.hireDate,
				position: { title: person.position },
				supervisor: { id: String(person.supervisorId) },
				org_units: [
					{ type: 'team', id: expect.any(String) },
					{ type: 'department', id: expect.any(String) },
				],
				person: { id: String(person.id) },
			});
			const single = await api.get(`/v2/persons/${person.id}/employments/${String(employment['id'])}`);
			expect(single.data).toEqual(employment);
			expect((await api.get(`/v2/persons/${person.id}`)).data.status).toBe('ACTIVE');
		});

		it('name the last working day in two ways', async () => {
			const dates = { terminationDate: '2027-03-31', lastWorkingDay: '2027-03-12' };
			const keys = new Set<string>();
			for (const { id } of [...sandbox.personio.people.values()].slice(0, 12)) {
				sandbox.personio.change(id, dates);
				const { termination } = (await employmentOf(id)) as { termination: Json };
				expect(termination['termination_date']).toBe('2027-03-31');
				keys.add(Object.keys(termination).find((key) => termination[key] === '2027-03-12')!);
			}
			expect(keys).toEqual(new Set(['last_working_day', 'last_working_date']));
		});

		it('begin anew with a rehire, the newest first', async () => {
			const person = sandbox.personio.hire({
				status: 'inactive',
				hireDate: '2020-01-01',
				terminationDate: '2025-01-31',
			});
			const old = await employmentOf(person.id);
			sandbox.personio.change(person.id, { status: 'active', hireDate: '2026-11-01', terminationDate: null });
			const { data } = await api.get(`/v2/persons/${person.id}/employments`);
			expect(
				(data._data as Json[]).map(({ status, employment_start_date: start }) => [status, start]),
			).toEqual([
				['ACTIVE', '2026-11-01'],
				['INACTIVE', '2020-01-01'],
			]);
			expect(data._data[1].id).toBe(old['id']);
			expect((await api.get(`/v2/persons/${person.id}`)).data.employments).toHaveLength(2);
		});

		it('answer 404 for an unknown person', async () => {
			expect(await problemOf('/v2/persons/1/employments')).toMatchObject({
				status: 404,
				detail: 'There is no resource for the specified id.',
			});
		});
	});

	describe('the organisation', () => {
		it('wants the type of org units', async () => {
			expect((await problemOf('/v2/org-units')).status).toBe(400);
			const departments = await everyPage('/v2/org-units?type=department&limit=50');
			expect(departments).toHaveLength(6);
			const id = String(departments[0]!['id']);
			expect((await api.get(`/v2/org-units/${id}?type=department`)).data.name).toBe(departments[0]!['name']);
			expect((await api.get(`/v2/org-units/${id}`)).status).toBe(400);
		});

		it('resolves the ids that employments carry', async () => {
			const person = [...sandbox.personio.people.values()][0]!;
			const { office, legal_entity: entity } = (await employmentOf(person.id)) as Record<
				string,
				{ id: string }
			>;
			const places = await everyPage('/v2/workplaces');
			expect(places.find(({ id }) => id === office!.id)!['name']).toBe(person.office);
			const entities = await everyPage('/v2/legal-entities?limit=1');
			expect(entities.find(({ id }) => id === entity!.id)!['name']).toBe(person.legalEntity);
			expect(await everyPage('/v2/cost-centers')).toHaveLength(6);
		});

		it('can still be in beta', async () => {
			sandbox.personio.options.workplacesNeedBetaHeader = true;
			const { status, data } = await api.get('/v2/workplaces');
			expect(status).toBe(404);
			expect(data).toMatchObject({
				personio_trace_id: '',
				errors: [{ title: 'Not Found', _meta: { path: '/v2/workplaces' } }],
			});
			expect((await api.get('/v2/workplaces', { headers: { Beta: 'true' } })).status).toBe(200);
		});
	});

	describe('rights', () => {
		it('shrink a person and an employment to the bare bones', async () => {
			const [person] = [...sandbox.personio.people.values()];
			sandbox.personio.grantedAttributes.clear();
			const bare = (await api.get(`/v2/persons/${person!.id}`)).data;
			expect(Object.keys(bare).sort()).toEqual(['_meta', 'employments', 'id']);
			sandbox.personio.grantedAttributes.add('status');
			expect(Object.keys(await employmentOf(person!.id)).sort()).toEqual(['_meta', 'id', 'person', 'status']);
		});

		it('take single keys away, the same as in v1', async () => {
			const [person] = [...sandbox.personio.people.values()];
			for (const key of ['status', 'team', 'email', 'dynamic_8112302'])
				sandbox.personio.grantedAttributes.delete(key);
			const { data } = await api.get(`/v2/persons/${person!.id}`);
			expect('email' in data || 'status' in data).toBe(false);
			expect(JSON.stringify(data)).not.toContain('8112302');
			const employment = await employmentOf(person!.id);
			expect('status' in employment).toBe(false);
			expect(employment['org_units']).toEqual([{ type: 'department', id: expect.any(String) }]);
		});

		it('look like a bad token when they are missing altogether', async () => {
			sandbox.personio.denyEmployees(true);
			expect(await problemOf('/v2/persons')).toMatchObject({ status: 401, detail: 'Unauthorized Request' });
			expect((await api.get('/v2/workplaces')).status).toBe(200);
		});

		it('answer 404 for a route that does not exist', async () => {
			expect(await problemOf('/v2/employments')).toMatchObject({
				status: 404,
				detail: 'The endpoint with /v2/employments was not found.',
			});
		});
	});

	it('shows the same people as v1', async () => {
		const v1 = await personioV1(sandbox.personio);
		const { data } = await v1.get('/v1/company/employees?limit=100');
		const v1Ids = (data.data as { attributes: { id: { value: number } } }[]).map((one) =>
			String(one.attributes.id.value),
		);
		const v2Ids = (await everyPage('/v2/persons?limit=50')).map(({ id }) => id);
		expect([...v1Ids].sort()).toEqual([...v2Ids].sort());
	});
});
