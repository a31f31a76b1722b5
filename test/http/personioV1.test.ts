import { employeeId, type Roster } from '../../nodes/shared/item';
import { V1_KEYS } from '../../nodes/Personio/employee/v1';
import { wrapped } from '../unit/personio/payloads';
import { waits } from './clock';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	attributeList,
	ATTRIBUTES,
	EMPLOYEES,
	pageV1,
	peopleV1,
	personioRun,
	personV1,
	refusalV1,
	REQUEST,
	type PersonioRun,
} from './personio';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: PersonioRun;

beforeEach(() => {
	run = personioRun();
});

const offsets = () => run.host.to(EMPLOYEES).map(({ query }) => query.get('offset'));
const codes = ({ gaps = [] }: Roster) => gaps.map(({ code }) => code);
const FAULT = { status: 502, body: '<html>Bad gateway</html>' };
const NO_JSON = { status: 200, body: '<html>Login</html>', headers: { 'content-type': 'text/html' } };
const CUT_OFF = {
	status: 200,
	body: '{"success":true,"data":[{"type":"Employee"',
	headers: { 'content-type': 'application/json' },
};

describe('everybody', () => {
	it('is read by offsets of records, a hundred at a time', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 234));
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(101, 100), 234), pageV1(peopleV1(201, 34), 234));
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(offsets()).toEqual(['0', '100', '200']);
		expect(employees.map(({ id }) => Number(id))).toEqual(Array.from({ length: 234 }, (_, i) => i + 1));
		expect(roster).toMatchObject({ complete: true, count: 234, total: 234, scope: 'all' });
		expect(roster.missingAttributes).toEqual([]);
	});

	it('is asked for with the attributes of the record alone, each by its own key', async () => {
		run.host.on('GET', ATTRIBUTES, attributeList({ key: 'dynamic_41', label: 'Shift' }));
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		const { roster } = await run.v1.readAll({ customAttributes: ['dynamic_41'] });
		expect(roster.labels).toEqual({ dynamic_41: 'Shift' });
		const { query, headers } = run.host.to(EMPLOYEES)[0]!;
		expect(query.get('limit')).toBe('100');
		expect(query.getAll('attributes[]')).toEqual([...Object.values(V1_KEYS), 'dynamic_41']);
		expect([...new Set(query.keys())]).toEqual(['limit', 'offset', 'attributes[]']);
		expect(headers.accept).toContain('application/json');
		expect(headers).not.toHaveProperty('content-type');
	});

	it('is read on after a page that is shorter than asked for', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 60), 100), pageV1(peopleV1(61, 40), 100));
		const { roster } = await run.v1.readAll(REQUEST);
		expect(offsets()).toEqual(['0', '60']);
		expect(roster).toMatchObject({ complete: true, count: 100 });
	});

	it('is read to an empty page where no total is told, and is not complete for want of a proof', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 60)), pageV1(peopleV1(61, 41)), pageV1([]));
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(offsets()).toEqual(['0', '60', '101']);
		expect(employees).toHaveLength(101);
		expect(codes(roster)).toEqual(['noProof']);
	});

	it('is not complete where only some pages tell the total', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 101), pageV1(peopleV1(101, 1)));
		expect(codes((await run.v1.readAll(REQUEST)).roster)).toEqual(['noProof']);
	});

	it('is looked for beyond a full page, although the total says that it is the last', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 100), pageV1(peopleV1(101, 3), 100));
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(employees).toHaveLength(103);
		expect(codes(roster)).toEqual(['countDiffers']);
	});

	it('is complete where nobody comes after a full last page', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 100), pageV1([], 100));
		expect((await run.v1.readAll(REQUEST)).roster).toMatchObject({ complete: true, total: 100 });
	});

	it.each([[undefined], [1000]])(
		'is not asked for without end where each page is the first again (total %s)',
		async (total) => {
			const first = pageV1(peopleV1(1, 100), total);
			// Where the total is known, the pages behind are asked for meanwhile.
			run.host.on('GET', EMPLOYEES, ...Array<Answer>(total === undefined ? 2 : 6).fill(first));
			const { employees, roster } = await run.v1.readAll(REQUEST);
			expect(employees).toHaveLength(100);
			expect(codes(roster)).toEqual(expect.arrayContaining(['pageRepeated', 'idRepeated']));
			expect(roster.reason).toMatch(/same page again after 100 employees/);
		},
	);

	it.each<[string, unknown]>([
		['a text of figures', '2'],
		['a number', 2],
	])('has its total from %s', async (_what, total_elements) => {
		const body = { success: true, metadata: { total_elements }, data: peopleV1(1, 2) };
		run.host.on('GET', EMPLOYEES, { body });
		expect((await run.v1.readAll(REQUEST)).roster).toMatchObject({ complete: true, total: 2 });
	});

	it.each([[null], ['many'], [-1], [1.5], [{}]])('has no total from %j', async (total_elements) => {
		const body = { success: true, metadata: { total_elements }, data: peopleV1(1, 2) };
		run.host.on('GET', EMPLOYEES, { body }, { body: { success: true, metadata: null, data: [] } });
		expect(codes((await run.v1.readAll(REQUEST)).roster)).toEqual(['noProof']);
	});

	it('is not complete, and no fault of the node, where a record is none', async () => {
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1), null, 'x', { attributes: null }], 4));
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(employees.map(({ id }) => id)).toEqual(['1']);
		expect(codes(roster)).toContain('idMissing');
		expect(roster.reason).toMatch(/3 records came without an id/);
	});

	it.each<[string, Answer]>([
		['a fault', FAULT],
		['a page of HTML', NO_JSON],
		['a page that is cut off', CUT_OFF],
		['a broken connection', { fault: 'ECONNRESET' }],
		['"success: false"', { body: { success: false, error: { message: 'no' } } }],
		['not found', { status: 404, body: {} }],
		['an unexpected form', { body: { success: true, data: {} } }],
	])('is not complete where a page in the middle is %s', async (_what, answer) => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 250), pageV1(peopleV1(101, 100), 250));
		run.host.optional('GET', EMPLOYEES, answer.fault ? { status: 502 } : answer);
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(employees).toHaveLength(200);
		expect(codes(roster)).toEqual(['pageMissing', 'countDiffers']);
		expect(roster.reason).toMatch(/^After 200 employees: Personio /);
	});

	it('is not complete where somebody was hired meanwhile and the last of a page came again', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 110), pageV1(peopleV1(100, 10), 110));
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(employees).toHaveLength(109);
		expect(roster.complete).toBe(false);
		expect(roster.reason).toMatch(/1 employee came twice/);
	});

	it('is not complete where the total moves', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 110), pageV1(peopleV1(101, 11), 111));
		const { roster } = await run.v1.readAll(REQUEST);
		expect(roster).toMatchObject({ complete: false, reason: expect.stringMatching(/from 110 to 111/) });
	});

	it('is not complete where the pages end before the total', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 110), pageV1([], 110));
		const { roster } = await run.v1.readAll(REQUEST);
		expect(roster).toMatchObject({ complete: false, count: 100 });
		expect(roster.reason).toMatch(/empty page after 100 of 110 employees/);
		expect(roster.reason).toMatch(/counts 110 employees and delivered 100/);
		expect(codes(roster)).toEqual(['pageShort', 'countDiffers']);
	});

	it('is not complete where a later page fails, and keeps who came before it', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 150), FAULT, FAULT, FAULT, FAULT);
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(employees).toHaveLength(100);
		expect(roster.complete).toBe(false);
		expect(roster.reason).toMatch(/After 100 employees: Personio answered HTTP 502/);
	});

	it('is not complete where a record has no id, and that record is nobody', async () => {
		const nameless = { type: 'Employee', attributes: { first_name: wrapped('Ghost') } };
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1), nameless], 2));
		const { employees, roster } = await run.v1.readAll(REQUEST);
		expect(employees.map(({ id }) => id)).toEqual(['1']);
		expect(roster.reason).toMatch(/1 record came without an id/);
	});

	it('is not complete where Personio delivers nobody', async () => {
		run.host.on('GET', EMPLOYEES, pageV1([], 0));
		expect((await run.v1.readAll(REQUEST)).roster.reason).toMatch(/no employee at all/);
	});

	it('is not complete where the time of the trigger is over', async () => {
		const { roster } = await run.v1.readAll({ ...REQUEST, deadline: Date.now() - 1 });
		expect(roster.reason).toMatch(/too little time/);
		expect(codes(roster)).toEqual(['outOfTime']);
		expect(run.host.calls).toEqual([]);
	});

	it('has missing attributes named; without the status it is not complete', async () => {
		const { status: _status, ...rest } = personV1(2).attributes;
		const { team: _team, dynamic_41: _custom, ...other } = personV1(1).attributes;
		run.host.on('GET', EMPLOYEES, pageV1([{ attributes: other }, { attributes: rest }], 2));
		run.host.on('GET', ATTRIBUTES, attributeList());
		const { employees, roster } = await run.v1.readAll({ customAttributes: ['dynamic_41'] });
		expect(codes(roster)).toEqual(['attributeMissing']);
		expect(roster.missingAttributes).toEqual(['status', 'team', 'dynamic_41']);
		expect(roster.reason).toMatch(/"Status"/);
		expect(employees[0]).not.toHaveProperty('team');
	});
});

describe('an answer that is none', () => {
	it.each([
		['a page of HTML', NO_JSON],
		['a page that is cut off', CUT_OFF],
		['a fault', FAULT],
		['a broken connection', { fault: 'ECONNRESET' }],
	])('is asked for again: %s', async (_what, answer) => {
		run.host.on('GET', EMPLOYEES, answer, answer, pageV1([personV1(1)], 1));
		expect((await run.v1.readAll(REQUEST)).roster.complete).toBe(true);
		expect(waits).toEqual([500, 1000]);
	});

	it.each([
		['a page of HTML', NO_JSON, /a page that is not JSON/],
		['a fault', FAULT, /^Personio answered HTTP 502$/],
		[
			'a broken connection',
			{ fault: 'ECONNRESET' },
			/^Personio cannot be reached: the connection was cut\.$/,
		],
	])('that stays is one error: %s', async (_what, answer, sentence) => {
		run.host.on('GET', EMPLOYEES, answer, answer, answer, answer);
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.message).toMatch(sentence);
		expect(failure.remedy).toBeDefined();
	});

	it('with "success: false" and HTTP 200 is an error in the words of Personio', async () => {
		run.host.on('GET', EMPLOYEES, refusalV1(200, 'Something went wrong '));
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.message).toBe('Personio refused the call: Something went wrong');
	});

	it.each([[{ success: true }], [{ success: true, data: {} }], [[]]])(
		'of an unexpected form is told: %j',
		async (body) => {
			run.host.on('GET', EMPLOYEES, { body });
			const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
			expect(failure.message).toMatch(/in an unexpected form/);
		},
	);

	it('at an address that is not Personio says to check the address', async () => {
		run.host.on('GET', EMPLOYEES, { status: 404, body: '<html/>' });
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.remedy).toMatch(/"Base URL"/);
	});

	it('that leads to another host is not followed, so that no token goes there', async () => {
		run.host.on('GET', EMPLOYEES, { status: 302, headers: { location: 'https://evil.example/x' } });
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.message).toMatch(/HTTP 302/);
	});
});

describe('a refusal for too many calls', () => {
	it('is waited for as long as Personio asks', async () => {
		run.host.on('GET', EMPLOYEES, { status: 429, headers: { 'retry-after': '7' } });
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		expect((await run.v1.readAll(REQUEST)).roster.complete).toBe(true);
		expect(waits).toHaveLength(1);
		expect(waits[0]).toBeGreaterThan(6900);
		expect(waits[0]).toBeLessThanOrEqual(7000);
	});

	it('is waited for in doubling seconds where Personio does not say how long', async () => {
		run.host.on('GET', EMPLOYEES, { status: 429 }, { status: 429 }, pageV1([personV1(1)], 1));
		await run.v1.readAll(REQUEST);
		expect(waits.map((wait) => Math.ceil(wait / 1000))).toEqual([1, 2]);
	});

	it('that does not end is one error', async () => {
		const refused = { status: 429, body: { success: false, error: { message: 'Too many' } } };
		run.host.always('GET', EMPLOYEES, () => refused);
		const failure = await failureOf(run.n8n, run.v1.readAll(REQUEST));
		expect(failure.message).toBe('Personio answered HTTP 429: Too many');
	});
});

describe('a part of the people', () => {
	it('up to a limit asks for no more than that, and is not complete', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 10), 34));
		const { employees, roster } = await run.v1.readAll({ ...REQUEST, limit: 10 });
		expect(run.host.calls[0]!.query.get('limit')).toBe('10');
		expect(employees).toHaveLength(10);
		expect(roster.reason).toMatch(/Only the first 10 employees/);
		expect(codes(roster)).toEqual(['limited']);
	});

	it('up to a limit that nobody is beyond is complete', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 3), 3));
		expect((await run.v1.readAll({ ...REQUEST, limit: 3 })).roster.complete).toBe(true);
	});

	it('up to a limit beyond a page has no more asked for on the last one', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 340), pageV1(peopleV1(101, 20), 340));
		const { employees } = await run.v1.readAll({ ...REQUEST, limit: 120 });
		expect(run.host.calls.map(({ query }) => query.get('limit'))).toEqual(['100', '20']);
		expect(employees).toHaveLength(120);
	});

	it('with one address is a selection', async () => {
		run.host.on('GET', EMPLOYEES, pageV1([personV1(7)], 1));
		const { roster } = await run.v1.readAll({ ...REQUEST, email: 'mara@example.com' });
		expect(run.host.calls[0]!.query.get('email')).toBe('mara@example.com');
		expect(roster).toMatchObject({ scope: 'selection', complete: true });
	});

	it('that changed is paged too, from a moment written without a zone', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 100), 101), pageV1(peopleV1(101, 1), 101));
		const { roster } = await run.v1.readChanged(REQUEST, '2026-11-21T06:00:00.000Z');
		const since = run.host.calls.map(({ query }) => query.get('updated_since'));
		expect(since).toEqual(['2026-11-21T06:00:00', '2026-11-21T06:00:00']);
		expect(offsets()).toEqual(['0', '100']);
		expect(roster).toMatchObject({ scope: 'changes', complete: true, count: 101 });
	});

	it.each([[{ success: true }], [{ success: true, data: null }], [{ success: true, data: personV1(9) }]])(
		'by ids is refused where the answer is not about the one asked for: %#',
		async (body) => {
			run.host.on('GET', `${EMPLOYEES}/7`, { body });
			const failure = await failureOf(run.n8n, run.v1.readSome([employeeId(7)], REQUEST));
			expect(failure.message).toMatch(/in an unexpected form/);
		},
	);

	it.each<Answer>([
		{ status: 404 },
		{ status: 404, body: {} },
		{ status: 404, body: '<html/>' },
		{ status: 404, body: { success: false } },
		{ status: 404, body: { message: 'no Route matched with those values' } },
	])(
		'by ids takes nobody for deleted on the strength of a 404 that is not Personio’s: %j',
		async (answer) => {
			run.host.on('GET', `${EMPLOYEES}/7`, answer);
			const failure = await failureOf(run.n8n, run.v1.readSome([employeeId(7)], REQUEST));
			expect(failure.message).toMatch(/HTTP 404 in an unexpected form/);
		},
	);

	it('that changed and comes without a total is complete: the window moves on', async () => {
		run.host.on('GET', EMPLOYEES, pageV1(peopleV1(1, 3)), pageV1([]));
		const { roster } = await run.v1.readChanged(REQUEST, '2026-11-21T06:00:00.000Z');
		expect(roster).toMatchObject({ complete: true, count: 3 });
	});

	it('by ids asks for each, and leaves out whom Personio does not know', async () => {
		run.host.on('GET', `${EMPLOYEES}/7`, { body: { success: true, data: personV1(7) } });
		run.host.on('GET', `${EMPLOYEES}/8`, refusalV1(404, 'Es ist ein Problem aufgetreten '));
		const { employees, roster } = await run.v1.readSome([employeeId(7), employeeId(8)], REQUEST);
		expect(employees.map(({ id }) => id)).toEqual(['7']);
		expect(roster).toMatchObject({ scope: 'selection', complete: true, count: 1 });
		expect(run.host.calls[0]!.query.getAll('attributes[]')).toContain('termination_date');
	});
});
