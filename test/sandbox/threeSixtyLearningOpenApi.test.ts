import type { AxiosInstance } from 'axios';
import type { Call, Sandbox, ThreeSixtyLearningSandbox } from '.';
import { startSandbox } from '.';
import { http, refusal, threeSixtyLearningApi } from './testClients';
import { openApiChecker } from './threeSixtyLearning/openApi';

type Example = readonly [method: string, path: string, body?: unknown];

const folder = process.env['THREE_SIXTY_LEARNING_OPENAPI'];
const describeWithFiles = folder ? describe : describe.skip;

/** Codes that say that a call is not as documented, whatever the state of the platform. */
const FORMAL = new Set([
	'badRequest',
	'badMediaType',
	'invalid_request',
	'unsupported_grant_type',
	'invalidApiVersion',
	'invalidInput',
	'inputTooLong',
	'notFound',
]);

const ID = '6a1f0c5e9b3d7a4e21000106';
const USER = `/users/${ID}`;
const ROLE = { groupId: ID, role: 'learner' };
const MAPPING = { platform: 'personio-n8n', targetId: ID, targetType: 'user', value: '4711' };
const ITEM = { userId: ID, ...ROLE };
const NEW = { mail: 'neu@learners.example', membership: ROLE };
const GROUP = { name: 'Vertrieb', public: false, parentId: ID };
const VALUE = { customFieldId: ID, type: 'string', value: 'a' };
const END = '2027-02-01T00:00:00.000Z';

const SOUND: readonly Example[] = [
	['get', '/users'],
	['get', '/users?status[ne]=deleted&mail[eq]=a%2Bb@c.example'],
	['get', '/users?mail[in][0]=a@b.example&mail[in][1]=c@d.example'],
	['get', USER],
	['post', '/users', NEW],
	[
		'post',
		'/users?sendInvitationEmail=false',
		{ ...NEW, firstName: 'Vera', lang: 'de', toBeDeactivatedAt: END },
	],
	['post', '/users', { membership: ROLE }],
	['patch', USER, {}],
	['patch', USER, { firstName: null, mail: null, toBeDeactivatedAt: null, primaryGroupId: null }],
	['patch', USER, { lang: 'nl_BE', custom: 'x', phone: '1', username: 'vera' }],
	['put', `${USER}/activate`],
	['delete', USER],
	['get', `${USER}/managers`],
	['post', `${USER}/managers/${ID}`],
	['delete', `${USER}/managers/${ID}`],
	['get', `${USER}/subordinates`],
	['get', `${USER}/roles`],
	['get', `${USER}/custom-fields/values`],
	['put', `${USER}/custom-fields/values`, { customValues: [] }],
	['put', `${USER}/custom-fields/values`, { customValues: [VALUE] }],
	[
		'put',
		`${USER}/custom-fields/values`,
		{ customValues: [{ ...VALUE, type: 'date', value: '2026-12-01' }] },
	],
	['get', '/custom-fields?targetType[eq]=users&type[nin][0]=date&name[ne]=x'],
	['post', '/custom-fields', { name: 'Site', targetType: 'users', type: 'date' }],
	['patch', `/custom-fields/${ID}`, { name: 'Site' }],
	['delete', `/custom-fields/${ID}`],
	['get', `/custom-fields/${ID}/authorized-values`],
	['put', `/custom-fields/${ID}/authorized-values`, { authorizedValues: ['a'] }],
	['put', `/custom-fields/${ID}/authorized-values`, { authorizedValues: ['2026-12-01'] }],
	['put', `/custom-fields/${ID}/authorized-values`, { authorizedValues: [] }],
	['get', `/external-ids?platform[eq]=personio-n8n&type[eq]=user&value[eq]=1&targetId[eq]=${ID}`],
	['post', '/external-ids', MAPPING],
	['put', `/external-ids/${ID}`, MAPPING],
	['delete', `/external-ids/${ID}`],
	['get', '/groups'],
	['get', `/groups/${ID}`],
	['post', '/groups', { ...GROUP, custom: 'x' }],
	['patch', `/groups/${ID}`, { name: 'Sales', custom: null, imprint: null, subdomain: null }],
	['patch', `/groups/${ID}`, { privacyPolicy: { url: 'https://a.example', explicitConsent: true } }],
	['delete', `/groups/${ID}`],
	['get', `/groups/${ID}/roles`],
	['post', `/groups/${ID}/user-admin/${ID}`],
	['delete', `/groups/${ID}/learner/${ID}`],
	['post', '/bulk/groups/memberships', { input: [ITEM] }],
	['delete', '/bulk/groups/memberships', { input: [{ ...ITEM, role: 'userAdmin' }] }],
	['get', '/bulk/operations?status[eq]=completed&type[eq]=addUsersToGroups'],
	['get', `/bulk/operations?createdAt[gte]=${END}`],
	['get', `/bulk/operations/${ID}`],
	['get', `/bulk/operations/${ID}/results`],
];

const UNSOUND: readonly Example[] = [
	['get', '/user'],
	['put', USER, {}],
	['post', `/groups/${ID}/members`, { userId: ID }],
	['post', `${USER}/managers`, { managerId: ID }],
	['get', '/users/a@b.example'],
	['get', '/users?limit=10'],
	['get', '/users?email[eq]=a@b.example'],
	['get', '/users?mail=a@b.example'],
	['get', '/users?mail[like]=a'],
	['get', '/users?mail[in]=a@b.example'],
	['get', '/users?status[eq]=gone'],
	['get', '/users?status[in][0]=active'],
	['get', `${USER}?next=x`],
	['get', '/groups?name[eq]=x'],
	['post', '/users'],
	['post', '/users', []],
	['post', '/users', { mail: 'a@b.example' }],
	['post', '/users', { ...NEW, mail: '' }],
	['post', '/users', { ...NEW, firstName: null }],
	['post', '/users', { ...NEW, lang: 'de_DE' }],
	['post', '/users', { ...NEW, password: 'geheim123' }],
	['post', '/users', { ...NEW, toBeDeactivatedAt: '2027-02-01' }],
	['post', '/users', { ...NEW, toBeDeactivatedAt: '2027-02-01T00:00:00Z' }],
	['post', '/users', { ...NEW, primaryGroupId: 'root' }],
	['post', '/users', { ...NEW, membership: { ...ROLE, role: 'owner' } }],
	['post', '/users', { ...NEW, membership: { ...ROLE, role: 'user-admin' } }],
	['post', '/users', { ...NEW, membership: { ...ROLE, extra: 1 } }],
	['post', '/users?sendInvitationEmail=0', NEW],
	['patch', USER, { lang: null }],
	['patch', USER, { firstName: '' }],
	['patch', USER, { status: 'active' }],
	['patch', USER, { phone: 1 }],
	['put', `${USER}/activate`, {}],
	['put', `${USER}/custom-fields/values`, { customValues: null }],
	['put', `${USER}/custom-fields/values`, { customValues: [{ ...VALUE, value: '' }] }],
	['put', `${USER}/custom-fields/values`, { customValues: [{ ...VALUE, value: null }] }],
	['put', `${USER}/custom-fields/values`, { customValues: [{ ...VALUE, type: 'number' }] }],
	['put', `${USER}/custom-fields/values`, { customValues: Array.from({ length: 301 }, () => VALUE) }],
	['post', '/custom-fields', { name: 'Site', targetType: 'users' }],
	['patch', `/custom-fields/${ID}`, { name: 'Site', type: 'date' }],
	['put', `/custom-fields/${ID}/authorized-values`, { authorizedValues: [1] }],
	['get', '/external-ids?targetType[eq]=user'],
	['get', '/external-ids?targetId[eq]=1'],
	['post', '/external-ids', { ...MAPPING, value: 4711 }],
	['post', '/external-ids', { ...MAPPING, targetType: 'person' }],
	['put', `/external-ids/${ID}`, { value: '1' }],
	['post', '/groups', { name: 'Vertrieb', public: false }],
	['post', '/groups', { ...GROUP, custom: null }],
	['post', '/groups', { ...GROUP, subdomain: 'A' }],
	['patch', `/groups/${ID}`, { parentId: null }],
	['patch', `/groups/${ID}`, { imprint: {} }],
	['post', `/groups/${ID}/userAdmin/${ID}`],
	['delete', `/groups/${ID}/learner/me`],
	['post', '/bulk/groups/memberships', [ITEM]],
	['post', '/bulk/groups/memberships', { input: ITEM }],
	['post', '/bulk/groups/memberships', { input: [{ ...ITEM, role: 'owner' }] }],
	['delete', '/bulk/groups/memberships'],
	['get', '/bulk/operations?status[eq]=done'],
	['get', '/bulk/operations?createdAt[gte]=2026'],
];

function titled(examples: readonly Example[]): [string, Example][] {
	return examples.map((example) => {
		const [method, path, body] = example;
		return [`${method} ${path} ${JSON.stringify(body) ?? ''}`.slice(0, 120).trim(), example];
	});
}

describeWithFiles('the OpenAPI files of 360Learning', () => {
	let sandbox: Sandbox;
	let platform: ThreeSixtyLearningSandbox;
	let api: AxiosInstance;
	let check: (call: Call) => string[];
	const send = async ([method, url, data]: Example) => {
		const reply = await api.request({ method, url, data });
		const [, code] = refusal({ ...reply, data: reply.data ?? {} });
		return { isRefused: FORMAL.has(String(code)), violations: check(platform.calls.at(-1)!) };
	};

	beforeAll(async () => {
		check = openApiChecker(folder!);
		sandbox = await startSandbox({ rateLimits: false, now: () => new Date('2026-11-16T10:00:00Z') });
		platform = sandbox.threeSixtyLearning;
		platform.options.bulkConcurrency = 99;
		api = await threeSixtyLearningApi(platform);
	});
	afterAll(() => sandbox.close());

	it.each(titled(SOUND))('and the sandbox allow %s', async (_title, example) => {
		expect(await send(example)).toEqual({ isRefused: false, violations: [] });
	});

	it.each(titled(UNSOUND))('and the sandbox refuse %s', async (_title, example) => {
		expect(await send(example)).toEqual({
			isRefused: true,
			violations: expect.arrayContaining([expect.any(String)]),
		});
	});

	it('know the version', async () => {
		await api.get('/users', { headers: { '360-api-version': 'v1' } });
		expect(check(platform.calls.at(-1)!)).toEqual([expect.stringContaining('360-api-version')]);
		await api.get('/users', { headers: { '360-api-version': undefined } });
		expect(check(platform.calls.at(-1)!)).toEqual(['GET /api/v2/users: header 360-api-version is missing']);
	});

	it('know the token endpoint, which takes JSON and nothing more than it asks for', async () => {
		const { clientId, clientSecret } = platform.credentials;
		const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
		const token = async (data: object, headers = {}) => {
			await http(platform.url, headers).post('/api/v2/oauth2/token', data);
			return check(platform.calls.at(-1)!).length;
		};
		expect(await token(body)).toBe(0);
		expect(await token({ ...body, scope: 'users:read' })).toBe(1);
		expect(await token({ ...body, grant_type: 'password' })).toBe(1);
		expect(await token(new URLSearchParams(body))).toBe(1);
	});

	it('know the links that lead from page to page', async () => {
		platform.options.pageSizes = 1;
		const { headers } = await api.get('/users?status[ne]=deleted');
		await api.get(/<(.*)>/.exec(String(headers['link']))![1]!);
		expect(check(platform.calls.at(-1)!)).toEqual([]);
	});
});
