import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACME,
	API,
	BERLIN,
	BOBS_ID,
	EUROPE,
	hex,
	HOME,
	JANE,
	jane,
	JANES_ID,
	LINK,
	mapping,
	MARK,
	refusal,
	rolesIn,
	STAFF,
	threeSixtyRun,
	to,
	TREE,
	user,
	type ThreeSixtyRun,
} from './threeSixtyLearning';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

beforeEach(() => {
	run = threeSixtyRun();
});

const ROLES = `/users/${JANES_ID}/roles`;
const LEFT_OUT = `360Learning delivered the groups of account ${JANES_ID} with pages left out.`;
const linked = (link: string, ...groups: string[]) => ({ ...rolesIn(...groups), headers: { link } });

describe('the next page', () => {
	it.each([
		['by an absolute link', `<${EUROPE}${API}${ROLES}?next=p2>; rel="next"`],
		['by a relative link', `<${API}${ROLES}?next=p2>; rel="next"`],
		['by a link without quotes', `<${EUROPE}${API}${ROLES}?next=p2>;rel=next`],
		['by a link in capitals', `<${EUROPE}${API}${ROLES}?next=p2>; REL="NEXT"`],
		['by one link of several', `<${API}${ROLES}?next=p0>; rel="prev", <${API}${ROLES}?next=p2>; rel="next"`],
		['by a link with a title', `<${EUROPE}${API}${ROLES}?next=p2>; title="more"; rel="next"`],
	])('is asked for %s', async (_what, link) => {
		run.company.on('GET', ROLES, linked(link, STAFF), rolesIn(BERLIN));
		expect(await run.lms.groupsOf(jane.id)).toEqual(new Set([STAFF, BERLIN]));
		expect(run.company.asked).toEqual([`GET ${ROLES}`, `GET ${ROLES}?next=p2`]);
	});

	it('at a foreign host is asked of our own, with the token', async () => {
		run.company.on('GET', ROLES, linked(`<https://evil.example.com${API}${ROLES}?next=p2>; rel="next"`));
		run.company.on('GET', ROLES, rolesIn(BERLIN));
		expect(await run.lms.groupsOf(jane.id)).toEqual(new Set([BERLIN]));
	});

	it('is asked for with its cursor letter by letter', async () => {
		const cursor = 'eyJhIjoxfQ%3D%3D&status[ne]=deleted&mail%5Beq%5D=a%2Bb';
		run.company.on('GET', ROLES, linked(`<${EUROPE}${API}${ROLES}?next=${cursor}>; rel="next"`));
		run.company.on('GET', ROLES, rolesIn(BERLIN));
		await run.lms.groupsOf(jane.id);
		expect(run.company.asked[1]).toBe(`GET ${ROLES}?next=${cursor}`);
	});

	it.each([
		['an empty page is followed too', `<${API}${ROLES}?next=p2>; rel="next"`, 2],
		['no link is the last', '', 1],
		['a link to the page before is the last', `<${API}${ROLES}?next=p0>; rel="prev"`, 1],
	])('after %s', async (_what, link, pages) => {
		run.company.on('GET', ROLES, { body: [], headers: { link } });
		if (pages === 2) run.company.on('GET', ROLES, rolesIn(STAFF));
		expect((await run.lms.groupsOf(jane.id)).size).toBe(pages - 1);
	});

	it.each([
		['of another list', `<${EUROPE}${API}/users?next=p2>; rel="next"`],
		['below the list', `<${EUROPE}${API}${ROLES}/more?next=p2>; rel="next"`],
		['of another version', `<${EUROPE}/api/v3${ROLES}?next=p2>; rel="next"`],
		['without a cursor', `<${EUROPE}${API}${ROLES}>; rel="next"`],
		['that is a query only', '<?next=p2>; rel="next"'],
		['that is empty', '<>; rel="next"'],
	])('by a link %s is refused', async (_what, link) => {
		run.company.on('GET', ROLES, linked(link, STAFF));
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toBe(LEFT_OUT);
		expect(failure.remedy).toBe('Nothing was changed. Run again later.');
	});

	it('that came before is refused', async () => {
		const link = (page: string, group: string) => linked(`<${API}${ROLES}?next=${page}>; rel="next"`, group);
		run.company.on('GET', ROLES, link('p2', STAFF), link('p3', BERLIN), link('p2', ACME));
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toBe(LEFT_OUT);
	});
});

describe('a list', () => {
	it.each([
		['an object', {}],
		['an envelope', { data: [] }],
		['a number', 5],
		['nothing', undefined],
	])('that is %s is refused', async (_what, body) => {
		run.company.on('GET', ROLES, { body });
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toBe(`360Learning answered ${ROLES} in an unexpected form.`);
	});

	it.each([[null], ['text'], [[]]])('of what is no record is refused: %j', async (record) => {
		run.company.on('GET', ROLES, { body: [record] });
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toBe(`360Learning answered ${ROLES} in an unexpected form.`);
	});

	it('that is a page for people is asked for again, and refused in the end', async () => {
		run.company.always('GET', ROLES, () => ({ body: '<html/>' }));
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toBe(`360Learning answered GET ${API}${ROLES} with a page that is not JSON.`);
		expect(failure.remedy).toMatch(/must be the address of the API itself/);
		expect(run.company.calls).toHaveLength(4);
	});

	it('that breaks off after a page is refused', async () => {
		run.company.on('GET', ROLES, linked(`<${API}${ROLES}?next=p2>; rel="next"`, STAFF));
		run.company.always('GET', ROLES, () => ({ status: 502 }));
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toBe('360Learning answered HTTP 502');
	});
});

describe('a filter', () => {
	it('has brackets as they are, and its value encoded', async () => {
		const name = 'personio & co [a]=b/ü';
		run = threeSixtyRun({ linkField: name });
		run.company
			.on('GET', '/external-ids', { body: [] })
			.on('POST', '/users', refusal(400, 'mailAlreadyUsed'));
		run.company.on('GET', '/users', { body: [user({ mail: 'jane+a@example.com' })] });
		const changes = [to('email', 'jane+a@example.com'), to('link', '8/1?2#0', name)];
		await run.lms.create(changes, HOME);
		const encoded = 'personio%20%26%20co%20%5Ba%5D%3Db%2F%C3%BC';
		expect(run.company.asked).toEqual([
			`GET /external-ids?platform[eq]=${encoded}&type[eq]=user&value[eq]=8%2F1%3F2%230`,
			'POST /users?sendInvitationEmail=false',
			'GET /users?mail[eq]=jane%2Ba%40example.com',
		]);
	});
});

describe('reading everything', () => {
	const BOB = { _id: hex(0x502), status: 'deleted', lang: 'de', mail: 'bob@example.com', deletedAt: ['x'] };

	it('asks for groups, links, marks, accounts that are there and accounts that are ended', async () => {
		run = threeSixtyRun({ rootGroup: 'Staff' });
		run.company.on('GET', '/groups', { body: TREE });
		const mark = mapping(2, '8120.aa.0', { platform: MARK });
		run.company.keeps([mapping(1, '8120'), mark, mapping(3, 'other', { platform: 'another program' })]);
		const account = user({ job: 'Engineer', lang: 'de', phone: '', toBeDeactivatedAt: null, username: 'jd' });
		run.company.on('GET', '/users', { body: [account] }, { body: [BOB] });
		const state = await run.lms.read();
		expect(run.company.asked).toEqual(
			expect.arrayContaining([
				'GET /groups',
				`GET /external-ids?platform[eq]=${LINK}&type[eq]=user`,
				`GET /external-ids?platform[eq]=${MARK}&type[eq]=user`,
				'GET /users?status[ne]=deleted',
				'GET /users?status[eq]=deleted',
			]),
		);
		expect(state).toMatchObject({ markField: MARK, rejections: [], rootGroup: { id: STAFF } });
		expect(state.learners).toEqual([
			{
				id: JANES_ID,
				email: JANE,
				username: 'jd',
				firstName: 'Jane',
				lastName: 'Doe',
				status: 'active',
				link: '8120',
				accessEnds: null,
				custom: { 'Job Title': 'Engineer', Language: 'de' },
				mark: '8120.aa.0',
			},
			expect.objectContaining({ id: BOB._id, status: 'inactive', link: null, mark: null, firstName: null }),
		]);
	});

	const announce = (users: unknown[][], links = [mapping(1, '8120')]) => {
		run.company.on('GET', '/groups', { body: TREE }).keeps(links);
		run.company.on('GET', '/users', ...users.map((body) => ({ body })));
	};

	it.each([
		['invited', 'pending'],
		['active', 'active'],
		['deleted', 'inactive'],
	])('has an account that is %s as %s', async (status, expected) => {
		announce([[user({ status })], []]);
		expect((await run.lms.read()).learners[0]).toMatchObject({ status: expected });
	});

	it.each([
		['invited', ['2026-01-31T00:00:00.000Z'], true],
		['invited', [], undefined],
		['active', ['2026-01-31T00:00:00.000Z'], undefined],
	])('tells whether one that is %s was brought back: %j', async (status, deletedAt, restored) => {
		announce([[user({ status, deletedAt })], []]);
		expect((await run.lms.read()).learners[0]?.restored).toBe(restored);
	});

	it('leaves out a linked account that is really gone', async () => {
		announce([[user({ _id: BOBS_ID })], []]);
		run.company.on('GET', `/users/${JANES_ID}`, refusal(404, 'userNotFound'));
		const { learners, gaps } = await run.lms.read();
		expect(learners).toMatchObject([{ id: BOBS_ID }]);
		expect(gaps).toBeUndefined();
	});

	it('has an account once that ends between the two lists', async () => {
		announce([[user()], [user({ status: 'deleted' })]]);
		expect((await run.lms.read()).learners).toMatchObject([{ id: JANES_ID, status: 'inactive' }]);
	});

	it.each([
		['noon UTC of the day after', '2027-07-01T12:00:00.000Z'],
		['midnight UTC', '2027-07-01T00:00:00.000Z'],
		['midnight in Berlin', '2027-06-30T22:00:00.000Z'],
		['midnight in Berlin with its offset', '2027-07-01T00:00:00+02:00'],
		['midnight in New York', '2027-07-01T04:00:00Z'],
		['midnight in Tokyo', '2027-06-30T15:00:00Z'],
		['a date', '2027-07-01'],
	])('has the last day of access from %s', async (_what, toBeDeactivatedAt) => {
		announce([[user({ toBeDeactivatedAt })], []]);
		expect((await run.lms.read()).learners[0]).toMatchObject({ accessEnds: '2027-06-30' });
	});

	it.each([[null], [''], [undefined]])('has no last day of access from %j', async (toBeDeactivatedAt) => {
		announce([[user({ toBeDeactivatedAt })], []]);
		expect((await run.lms.read()).learners[0]).toMatchObject({ accessEnds: null });
	});
});
