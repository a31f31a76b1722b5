import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	DEFINITIONS,
	JANE,
	janesAccount,
	learnUponRun,
	LINK,
	list,
	refusal,
	usersList,
	type LearnUponRun,
} from './learnUpon';
import { GENERATIONS } from './n8n';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: LearnUponRun;

beforeEach(() => {
	run = learnUponRun();
});

const NO_INVITES = list('group_invite', []);
const NO_GROUPS = list('groups', []);
const users = (first: number, count: number) =>
	Array.from({ length: count }, (_, index) => janesAccount({ id: first + index }));

/** Announces a whole reading: invitations, users and groups. */
function allowReading(accounts: unknown[], invites: unknown[] = []): void {
	run.portal.on('GET', '/group_invites', list('group_invite', invites));
	run.portal.on('GET', '/users', usersList(accounts)).on('GET', '/groups', NO_GROUPS);
}

describe('every call', () => {
	it('says who calls by HTTP Basic, wants JSON, and has no content type without a body', async () => {
		run.portal.on('GET', '/groups', NO_GROUPS);
		await run.learnUpon.groups();
		const [{ headers }] = run.portal.calls as [(typeof run.portal.calls)[0]];
		const keys = Buffer.from('learnupon-key:learnupon-secret-77ab').toString('base64');
		expect(headers.authorization).toBe(`Basic ${keys}`);
		expect(headers.accept).toBe('application/json');
		expect(headers).not.toHaveProperty('content-type');
		expect(headers).not.toHaveProperty('content-length');
	});
});

describe('a list', () => {
	it('is read to where LearnUpon says it ends, by pages of 499', async () => {
		run.portal.on('GET', '/group_invites', NO_INVITES).on('GET', '/groups', NO_GROUPS);
		run.portal.on('GET', '/users', usersList(users(1, 499), true), usersList(users(500, 499), true));
		run.portal.on('GET', '/users', usersList(users(999, 3)));
		const { learners } = await run.learnUpon.read();
		expect(learners).toHaveLength(1001);
		expect(run.portal.to('/users').map(({ query }) => query.get('page'))).toEqual(['1', '2', '3']);
	});

	it('ends with a page that brings nothing new where LearnUpon does not say', async () => {
		const bare = (titles: string[]) => ({
			body: { groups: titles.map((title, index) => ({ id: index + 1, title })) },
		});
		run.portal.on('GET', '/groups', bare(['A', 'B']), bare([]));
		expect(await run.learnUpon.groups()).toHaveLength(2);
	});

	it.each([[{}], [{ groups: {} }], [[]], [{ groups: [null] }]])(
		'of an unexpected form is refused: %j',
		async (body) => {
			run.portal.on('GET', '/groups', { body });
			const failure = await failureOf(run.n8n, run.learnUpon.groups());
			expect(failure.message).toMatch(/unexpected form/);
		},
	);
});

describe('an account', () => {
	it('is read with its link, expiry and custom values', async () => {
		const account = janesAccount({
			account_expires: '2027-06-30',
			enabled: false,
			username: 'jane.doe',
			customDataFieldValues: [
				{ definition_id: 31, value: ' 8120 ' },
				{ definition_id: 32, value: 'Engineer' },
				{ definition_id: 33, value: null },
			],
		});
		allowReading([account]);
		const { learners, fields } = await run.learnUpon.read();
		expect(learners).toEqual([
			{
				id: '501',
				email: JANE,
				username: 'jane.doe',
				firstName: 'Jane',
				lastName: 'Doe',
				status: 'inactive',
				link: '8120',
				accessEnds: '2027-06-30',
				custom: { [LINK]: ' 8120 ', 'Job Title': 'Engineer' },
			},
		]);
		expect(fields).toEqual([
			{ label: LINK, type: 'text' },
			{ label: 'Job Title', type: 'text' },
			{ label: 'Cost centre?', type: 'choice', options: ['North', 'South'] },
		]);
	});

	it('has custom values also under the keys that LearnUpon normalises', async () => {
		const CustomData = { personio_id: '8120', job_title: 'Engineer', 'cost_centre?': 'North' };
		allowReading([janesAccount({ CustomData })]);
		const [learner] = (await run.learnUpon.read()).learners;
		expect(learner).toMatchObject({
			link: '8120',
			custom: { [LINK]: '8120', 'Job Title': 'Engineer', 'Cost centre?': 'North' },
		});
	});

	it('has no link where the field is empty', async () => {
		allowReading([
			janesAccount({ CustomData: { personio_id: '' } }),
			janesAccount({ id: 2, CustomData: null }),
		]);
		const { learners } = await run.learnUpon.read();
		expect(learners.map(({ link }) => link)).toEqual([null, null]);
	});

	it('has no end of access where the expiry is the day that never comes', async () => {
		allowReading([janesAccount({ account_expires: '2999-12-30T00:00:00Z' })]);
		expect((await run.learnUpon.read()).learners[0]?.accessEnds).toBeNull();
	});

	it.each([
		[false, 'inactive'],
		['false', 'inactive'],
		[true, 'active'],
		['true', 'active'],
	])('with "enabled" as %j is %s', async (enabled, status) => {
		allowReading([janesAccount({ enabled })]);
		expect((await run.learnUpon.read()).learners[0]?.status).toBe(status);
	});
});

describe('an invitation', () => {
	const invite = (id: number, invite_email_address: string, invite_status: string) => ({
		id,
		invite_email_address,
		invite_status,
		first_name: null,
		expires_at: '2027-06-30T00:00:00Z',
		customDataFieldValues: [{ definition_id: 31, value: '8120' }],
	});

	it('that is open is a pending learner, also beside an account', async () => {
		const invites = [
			invite(1, 'open@example.com', 'sent'),
			invite(2, 'JANE@example.com', 'sent'),
			invite(3, 'done@example.com', 'accepted'),
			invite(4, 'gone@example.com', 'canceled'),
		];
		allowReading([janesAccount()], invites);
		const { learners, rejections } = await run.learnUpon.read();
		expect(learners.map(({ id }) => id)).toEqual(['501', 'invitation-1', 'invitation-2']);
		expect(learners[1]).toMatchObject({ status: 'pending', link: '8120', accessEnds: '2027-06-30' });
		expect(rejections).toEqual([]);
	});

	it('is counted whatever became of it, and told apart once it is over', async () => {
		const all = ['sent', 'accepted', 'rejected', 'canceled'];
		allowReading(
			[janesAccount()],
			all.map((status, index) => invite(index, `${status}@example.com`, status)),
		);
		const { invitations } = await run.learnUpon.read();
		expect(invitations?.count).toBe(4);
		expect(invitations?.closed.map(({ email }) => email)).toEqual([
			'accepted@example.com',
			'rejected@example.com',
			'canceled@example.com',
		]);
	});

	it('that is open is a gap if nothing tells whose it is', async () => {
		const nameless = { ...invite(1, '', 'sent'), customDataFieldValues: [] };
		allowReading([janesAccount()], [nameless]);
		expect((await run.learnUpon.read()).gaps).toMatchObject([{ code: 'attributeMissing' }]);
		run = learnUponRun();
		allowReading([janesAccount()], [invite(1, '', 'sent'), { ...nameless, invite_status: 'canceled' }]);
		expect((await run.learnUpon.read()).gaps).toBeUndefined();
	});

	it('that was declined is told apart', async () => {
		allowReading([], [invite(5, 'no@example.com', 'rejected')]);
		const { learners, rejections } = await run.learnUpon.read();
		expect(learners).toEqual([]);
		expect(rejections).toMatchObject([{ email: 'no@example.com', link: '8120' }]);
	});
});

describe('custom fields', () => {
	it('are asked for where the list of users does not carry them', async () => {
		run.portal.on('GET', '/group_invites', NO_INVITES).on('GET', '/users', list('user', []));
		run.portal.on('GET', '/users/customuserdata', { body: { customDataFieldDefinitions: DEFINITIONS } });
		run.portal.on('GET', '/groups', NO_GROUPS);
		expect((await run.learnUpon.read()).fields).toHaveLength(3);
	});

	it('that are needed and not there end the run before anything is written', async () => {
		run = learnUponRun({ linkField: 'HR number' });
		run.portal.on('GET', '/group_invites', NO_INVITES).on('GET', '/users', usersList([]));
		const failure = await failureOf(run.n8n, run.learnUpon.read());
		expect(failure.message).toBe('The LearnUpon portal has no custom user field "HR number".');
		expect(failure.remedy).toMatch(/Custom User Data.*Nothing was changed/);
	});

	it('of the mapping are named where they are missing, and found in any spelling', async () => {
		run = learnUponRun({ linkField: 'personio_id', fields: ['JOB TITLE', 'Salary', 'Grade'] });
		run.portal.on('GET', '/group_invites', NO_INVITES).on('GET', '/users', usersList([]));
		const failure = await failureOf(run.n8n, run.learnUpon.read());
		expect(failure.message).toBe('The LearnUpon portal has no custom user field "Salary", "Grade".');
	});
});

describe('groups and their members', () => {
	it('are read by title; those made by the sync are told apart', async () => {
		const groups = [
			{ id: 7, title: 'Sales' },
			{ id: 8, title: 'Berlin', description: 'Made by the Personio sync.' },
		];
		run.portal.on('GET', '/groups', list('groups', groups));
		run.portal.on('GET', '/group_memberships', list('user', [janesAccount(), janesAccount({ id: 2 })]));
		run.portal.on('GET', '/group_memberships', list('user', [janesAccount()]));
		const known = await run.learnUpon.groups();
		expect(known).toEqual([
			{ id: '7', name: 'Sales', own: false },
			{ id: '8', name: 'Berlin', own: true },
		]);
		const { of: members, gaps } = await run.learnUpon.memberships(known);
		expect(gaps).toEqual([]);
		expect([...members]).toEqual([
			['501', ['Sales', 'Berlin']],
			['2', ['Sales']],
		]);
		const asked = run.portal.to('/group_memberships').map(({ query }) => query.get('group_id'));
		expect(asked).toEqual(['7', '8']);
	});
});

describe.each(GENERATIONS)('a refusal on %s', (generation) => {
	it.each([
		[401, 'unauthorized', /^LearnUpon answered HTTP 401: unauthorized$/, /API Password/],
		[403, 'no access', /^LearnUpon answered HTTP 403: no access$/, /LearnUpon support/],
		[404, 'nothing here', /^LearnUpon answered HTTP 404: nothing here$/, /"Portal URL"/],
	])('with %i tells what to do', async (status, words, sentence, remedy) => {
		run = learnUponRun({}, generation);
		run.portal.on('GET', '/groups', refusal(status, words));
		// It is sent once more for n8n to see it, which then sends it again.
		const again = status === 401 ? 2 : 0;
		run.portal.on('GET', '/groups', ...Array(again).fill(refusal(status, words)));
		const failure = await failureOf(run.n8n, run.learnUpon.groups());
		expect(failure.message).toMatch(sentence);
		expect(failure.remedy).toMatch(remedy);
	});

	it('with HTTP 200 is a refusal nevertheless', async () => {
		run = learnUponRun({}, generation);
		run.portal.on('GET', '/groups', { ...refusal(400, 'internal error, please try again'), status: 200 });
		const failure = await failureOf(run.n8n, run.learnUpon.groups());
		expect(failure.message).toBe('LearnUpon refused the call: internal error, please try again');
	});

	it('in XML is asked for again, and then is one error', async () => {
		run = learnUponRun({}, generation);
		const xml = { body: '<hash/>', headers: { 'content-type': 'application/xml' } };
		run.portal.on('GET', '/groups', xml, xml, xml, xml);
		const failure = await failureOf(run.n8n, run.learnUpon.groups());
		expect(failure.message).toMatch(/GET \/api\/v1\/groups with a page that is not JSON/);
	});
});
