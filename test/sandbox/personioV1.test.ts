import type { AxiosInstance } from 'axios';
import type { Sandbox } from '.';
import { startSandbox } from '.';
import { http, personioV1, v1Token, v2Token } from './testClients';

interface Wrapped {
	attributes: Record<string, { label: string; value: unknown; type: string; universal_id: string | null }>;
}

const LIST = '/v1/company/employees';

describe('Personio API v1 in the sandbox', () => {
	let sandbox: Sandbox;
	let api: AxiosInstance;
	const { stringify } = JSON;

	const records = async (query = 'limit=100'): Promise<Wrapped[]> =>
		(await api.get(`${LIST}?${query}`)).data.data;
	const values = async (key: string) => (await records()).map(({ attributes }) => attributes[key]?.value);
	const names = async (query: string) =>
		(await records(query)).map(({ attributes }) => attributes['last_name']?.value);

	beforeEach(async () => {
		sandbox = await startSandbox({ rateLimits: false });
		api = await personioV1(sandbox.personio);
	});
	afterEach(() => sandbox.close());

	describe('authentication', () => {
		const post = (body: unknown) => http(sandbox.personio.url).post('/v1/auth', body);

		it('takes the credentials as JSON or as a form and gives the same token for a day', async () => {
			const { clientId, clientSecret } = sandbox.personio.credentials;
			const fields = { client_id: clientId, client_secret: clientSecret };
			const first = await post(fields);
			const second = await post(new URLSearchParams(fields));
			expect(first.data).toEqual({
				success: true,
				data: { token: expect.stringMatching(/^papi-/), expires_in: 86_400, scope: 'employees:read' },
			});
			expect(second.data.data.token).toBe(first.data.data.token);
			sandbox.clock.advance({ hours: 25 });
			expect((await post(fields)).data.data.token).not.toBe(first.data.data.token);
			expect((await api.get(LIST)).status).toBe(403);
		});

		it('refuses wrong keys, and keys in the query string', async () => {
			const { clientId, clientSecret } = sandbox.personio.credentials;
			const wrong = await post({ client_id: clientId, client_secret: 'no' });
			expect(wrong.status).toBe(403);
			expect(wrong.data).toEqual({ success: false, error: { code: 0, message: 'Wrong credentials' } });
			const query = new URLSearchParams({ client_id: clientId, client_secret: clientSecret });
			expect((await http(sandbox.personio.url).post(`/v1/auth?${query.toString()}`)).status).toBe(403);
		});

		it('tells a missing token from one that is no longer valid', async () => {
			const none = await http(sandbox.personio.url).get(LIST);
			expect([none.status, none.data]).toEqual([
				401,
				{ success: false, error: { code: 401, message: 'Authorization is not provided' } },
			]);
			sandbox.personio.expireTokens();
			const expired = await api.get(LIST);
			expect([expired.status, expired.data.error]).toEqual([
				403,
				{ code: 403, message: 'Provided authorization is not valid' },
			]);
		});

		it('accepts a v2 token, and none after the credential was revoked', async () => {
			const v2 = await v2Token(sandbox.personio);
			const withV2 = http(sandbox.personio.url, { Authorization: `Bearer ${v2}` });
			expect((await withV2.get(LIST)).status).toBe(200);
			sandbox.personio.revokeCredentials();
			expect((await withV2.get(LIST)).status).toBe(403);
			expect(await v1Token(sandbox.personio).catch(() => 'refused')).toBe('refused');
			sandbox.personio.restoreCredentials();
			expect(await v1Token(sandbox.personio)).toMatch(/^papi-/);
		});

		it('answers 403 without the right to read employees', async () => {
			sandbox.personio.denyEmployees(true);
			expect((await api.get(LIST)).status).toBe(403);
			expect((await api.get(`${LIST}/attributes`)).status).toBe(403);
		});
	});

	describe('the list', () => {
		it('gives 34 people on one page, newest first', async () => {
			const { data } = await api.get(`${LIST}?limit=100`);
			expect(data).toMatchObject({
				success: true,
				metadata: { total_elements: 34, current_page: 0, total_pages: 1 },
				offset: 0,
				limit: 100,
			});
			const created = (data.data as Wrapped[]).map(({ attributes }) =>
				Date.parse(String(attributes['created_at']!.value)),
			);
			expect(created).toEqual([...created].sort((a, b) => b - a));
		});

		it('counts the offset in records and ends with a short page', async () => {
			const { data } = await api.get(`${LIST}?limit=20&offset=20`);
			expect(data.metadata).toEqual({ total_elements: 34, current_page: 1, total_pages: 2 });
			expect(data.data).toHaveLength(14);
			expect((await api.get(`${LIST}?limit=20&offset=40`)).data.data).toEqual([]);
		});

		it('has 50 as its default and 100 as its largest page', async () => {
			expect((await api.get(LIST)).data.limit).toBe(50);
			for (const query of ['limit=101', 'limit=0', 'limit=x', 'offset=-1']) {
				expect((await api.get(`${LIST}?${query}`)).status).toBe(400);
			}
		});

		it('projects on attributes[], with the id in any case', async () => {
			const [first] = await records('limit=1&attributes[]=email&attributes[]=nonsense');
			expect(Object.keys(first!.attributes)).toEqual(['id', 'email']);
			expect(first!.attributes['email']).toEqual({
				label: 'Email',
				value: expect.stringContaining('@'),
				type: 'standard',
				universal_id: 'email',
			});
		});

		it('finds one person by e-mail', async () => {
			expect(await names('email=oisin.brannigan@nordhafen.example')).toEqual(['Brannigan']);
			expect(await names('email=nobody@nordhafen.example')).toEqual([]);
		});
	});

	describe('updated_since', () => {
		const SINCE = 'updated_since=2030-01-01T00:00:00';
		let id: number;

		beforeEach(async () => {
			sandbox.clock.set('2030-01-02T12:00:00Z');
			api = await personioV1(sandbox.personio);
			id = [...sandbox.personio.people.keys()][5]!;
		});

		it('counts only changes of granted attributes, and of those asked for', async () => {
			sandbox.personio.change(id, { team: 'Neues Team' });
			expect(await names(SINCE)).toHaveLength(1);
			expect(await names(`${SINCE}&attributes[]=last_name&attributes[]=position`)).toEqual([]);
			expect(await names(`${SINCE}&attributes[]=last_name&attributes[]=team`)).toHaveLength(1);
			sandbox.personio.grantedAttributes.delete('team');
			expect(await names(SINCE)).toEqual([]);
		});

		it('is paged and ignores the e-mail filter', async () => {
			for (const person of sandbox.personio.people.values()) {
				sandbox.personio.change(person.id, { position: 'Everything' });
			}
			const { data } = await api.get(`${LIST}?${SINCE}&limit=10&offset=30&email=nobody@nordhafen.example`);
			expect(data.metadata.total_elements).toBe(34);
			expect(data.data).toHaveLength(4);
		});

		it('takes the documented formats only, and does not see untouched changes', async () => {
			expect((await api.get(`${LIST}?updated_since=2030-01-01`)).status).toBe(200);
			expect((await api.get(`${LIST}?updated_since=2030-01-01T00:00:00Z`)).status).toBe(400);
			sandbox.personio.change(id, { status: 'inactive' }, { touch: false });
			expect(await names(SINCE)).toEqual([]);
		});
	});

	describe('values', () => {
		it('writes dates as midnight in the office, with its summer time', async () => {
			const { hire } = sandbox.personio;
			const add = hire.bind(sandbox.personio);
			const people = [
				add({ office: 'Dublin', hireDate: '2025-01-15' }),
				add({ office: 'Dublin', hireDate: '2025-07-15' }),
				add({ office: 'Remote', hireDate: '2025-07-15' }),
				add({ office: 'New York', hireDate: '2025-01-15' }),
				add({ office: null, hireDate: '2025-01-15' }),
			];
			const dates = new Map((await records()).map((one) => [one.attributes['id']!.value, one.attributes]));
			expect(people.map(({ id }) => dates.get(id)!['hire_date']!.value)).toEqual([
				'2025-01-15T00:00:00+00:00',
				'2025-07-15T00:00:00+01:00',
				'2025-07-15T00:00:00+02:00',
				'2025-01-15T00:00:00-05:00',
				'2025-01-15T00:00:00+01:00',
			]);
		});

		it('writes instants in the same zone', async () => {
			const createdAt = '2025-06-30T23:30:00.500Z';
			const shown = [];
			for (const office of ['Dublin', 'Remote', 'New York', 'Bengaluru']) {
				const { id } = sandbox.personio.hire({ office, createdAt });
				shown.push((await api.get(`${LIST}/${id}`)).data.data.attributes.created_at.value);
			}
			expect(shown).toEqual([
				'2025-07-01T00:30:00+01:00',
				'2025-07-01T01:30:00+02:00',
				'2025-06-30T19:30:00-04:00',
				'2025-07-01T05:00:00+05:30',
			]);
		});

		it('leaves things empty as null, "" or []', async () => {
			for (let count = 0; count < 12; count++) sandbox.personio.hire({});
			const offices = (await values('office')).filter(
				(value) => typeof value !== 'object' || !value || Array.isArray(value),
			);
			expect(new Set(offices.map((value) => stringify(value)))).toEqual(new Set(['null', '""', '[]']));
			const positions = (await values('position')).filter((value) => !value);
			expect(new Set(positions)).toEqual(new Set([null, '']));
		});

		it('writes tags with commas, or as JSON in a string', async () => {
			const tags = (await values('dynamic_8112303')).filter(
				(value) => typeof value === 'string' && value !== '',
			);
			expect(tags).toContainEqual(expect.stringMatching(/^\[".*"\]$/));
			expect(tags).toContainEqual(expect.stringMatching(/^[^[]+,[^[]+$/));
		});

		it('wraps the attributes of supervisors and tells only the id of some', async () => {
			const bosses = (await values('supervisor')).filter(
				(value) => value && !Array.isArray(value),
			) as Wrapped[];
			const keys = new Set(bosses.map(({ attributes }) => Object.keys(attributes).join()));
			expect(keys).toEqual(new Set(['id', 'id,first_name,last_name,email']));
			expect(bosses[0]).toMatchObject({
				type: 'Employee',
				attributes: { id: { value: expect.any(Number) } },
			});
		});

		it('has names inline, cost centres in a list and an id beyond the safe integers', async () => {
			const [first] = await records('limit=1');
			expect(first!.attributes['department']!.value).toEqual({
				type: 'Department',
				attributes: { id: expect.any(Number), name: expect.any(String) },
			});
			expect(first!.attributes['cost_centers']!.value).toMatchObject([{ type: 'CostCenter' }]);
			const schedules = (await values('work_schedule')) as { attributes: { id: unknown } }[];
			expect(schedules.some(({ attributes }) => Number(attributes.id) > Number.MAX_SAFE_INTEGER)).toBe(true);
			expect(new Set(schedules.map(({ attributes }) => typeof attributes.id)).size).toBe(2);
		});
	});

	describe('rights and single records', () => {
		it('leaves out what was not granted, here and in the attribute list', async () => {
			sandbox.personio.grantedAttributes.delete('status');
			sandbox.personio.grantedAttributes.delete('email');
			const [first] = await records('limit=1&attributes[]=status&attributes[]=first_name');
			expect(Object.keys(first!.attributes)).toEqual(['id', 'first_name']);
			const { data } = await api.get(`${LIST}/attributes`);
			const keys = (data.data as { key: string }[]).map(({ key }) => key);
			expect(keys).toContain('team');
			expect(keys).not.toContain('status');
			const bosses = (await values('supervisor')).filter(
				(value) => value && !Array.isArray(value),
			) as Wrapped[];
			expect(bosses.some(({ attributes }) => 'email' in attributes)).toBe(false);
		});

		it('lists attributes with labels, and options for list and tags', async () => {
			const { data } = await api.get(`${LIST}/attributes`);
			expect(data.data).toContainEqual({
				key: 'dynamic_8112305',
				label: 'Ersthelfer:in',
				type: 'list',
				universal_id: null,
				options: ['ja', 'nein'],
			});
			expect((await api.get(`${LIST}/custom-attributes`)).data).toEqual(data);
		});

		it('gives one employee, or the vendor’s odd 404', async () => {
			const id = [...sandbox.personio.people.keys()][0]!;
			const { data } = await api.get(`${LIST}/${id}`);
			expect(data).toMatchObject({
				success: true,
				data: { type: 'Employee', attributes: { id: { value: id } } },
			});
			const missing = await api.get(`${LIST}/1`);
			expect([missing.status, missing.data.error]).toEqual([
				404,
				{ code: 404, message: 'Es ist ein Problem aufgetreten ' },
			]);
		});
	});
});
