import type { V2Person } from '../../nodes/Personio/employee/v2';
import { employeeId, type Roster } from '../../nodes/shared/item';
import { maraV2, marasEmployment } from '../unit/personio/payloads';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	allowLogin,
	ATTRIBUTES,
	EMPLOYEES,
	pageV2,
	personioRun,
	refusalV1,
	refusalV2,
	REQUEST,
	type PersonioRun,
} from './personio';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

const PERSONS = '/v2/persons';
const employmentsOf = (id: string) => `${PERSONS}/${id}/employments`;

let run: PersonioRun;
/** What v1 answers when it is asked how many employees there are. */
let count: Answer;

beforeEach(() => {
	run = personioRun();
	count = refusalV1(404, 'Not found');
	run.host.optional('GET', EMPLOYEES, () => count);
});

const codes = ({ gaps = [] }: Roster) => gaps.map(({ code }) => code);

const person = (id: string, changes: V2Person = {}): V2Person => ({ ...maraV2(), id, ...changes });
const employed = (changes: object = {}): Answer => pageV2([{ ...marasEmployment(), ...changes }]);

/** Announces the lists of names that Mara's employment refers to. */
function allowNames(): void {
	run.host.on(
		'GET',
		'/v2/org-units',
		pageV2([{ id: 31, name: 'Engineering' }]),
		pageV2([{ id: '77', name: 'Platform' }]),
	);
	run.host.on('GET', '/v2/workplaces', pageV2([{ id: '5', name: 'Madrid' }]));
	run.host.on('GET', '/v2/legal-entities', pageV2([{ id: '2', name: 'Example Iberia S.L.' }]));
}

/** Announces one page of these people, the employment of each and the names. */
function allowPeople(...ids: string[]): void {
	run.host.on('GET', PERSONS, pageV2(ids.map((id) => person(id))));
	for (const id of ids) run.host.on('GET', employmentsOf(id), employed());
	allowNames();
}

describe('everybody', () => {
	it('is read with one list of persons, one employment for each and every list of names once', async () => {
		allowPeople('1', '2', '3');
		const { employees, roster } = await run.v2.readAll(REQUEST);
		expect(employees.map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect(employees[2]).toMatchObject({
			status: 'active',
			department: 'Engineering',
			team: 'Platform',
			office: 'Madrid',
			legalEntity: 'Example Iberia S.L.',
		});
		expect(roster).toMatchObject({ complete: true, count: 3, missingAttributes: [], scope: 'all' });
		expect(roster).not.toHaveProperty('total');
		expect(run.host.calls.map(({ path }) => path).sort()).toEqual(
			[
				EMPLOYEES,
				PERSONS,
				...['1', '2', '3'].map(employmentsOf),
				...['/v2/org-units', '/v2/org-units', '/v2/workplaces', '/v2/legal-entities'],
			].sort(),
		);
	});

	it('is not complete where a person has no id, and nothing is asked about that person', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1'), { first_name: 'Ghost' }]));
		run.host.on('GET', employmentsOf('1'), employed());
		allowNames();
		const { employees, roster } = await run.v2.readAll(REQUEST);
		expect(employees.map(({ id }) => id)).toEqual(['1']);
		expect(roster.reason).toMatch(/1 record came without an id/);
	});

	it('is asked for fifty at a time, and names with the type and the mark of the beta', async () => {
		allowPeople('1');
		await run.v2.readAll(REQUEST);
		expect([...run.host.to(PERSONS)[0]!.query]).toEqual([['limit', '50']]);
		const units = run.host.to('/v2/org-units');
		expect(units.map(({ query }) => query.get('type'))).toEqual(['department', 'team']);
		expect(units.map(({ headers }) => headers.beta)).toEqual(['true', 'true']);
	});

	it('has no lists of names read that nobody refers to', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1')]));
		run.host.on('GET', employmentsOf('1'), employed({ office: null, org_units: [], legal_entity: null }));
		run.host.optional('GET', ATTRIBUTES, { body: { success: true, data: [] } });
		const { employees } = await run.v2.readAll(REQUEST);
		expect(employees[0]).toMatchObject({ office: null, legalEntity: null });
	});
});

describe('the next page', () => {
	const LINKS: Array<[string, string]> = [
		['an absolute link', 'https://api.personio.de/v2/persons?limit=50&cursor=cur_2'],
		['a link to a route that does not exist', 'https://api.personio.de/v2/employments?cursor=cur_2'],
		['a link to a foreign host', 'https://evil.example/v2/persons?cursor=cur_2'],
		['a relative link', '/v2/persons?cursor=cur_2&limit=50'],
	];

	it.each(LINKS)('is asked for at Personio by the cursor of %s', async (_kind, link) => {
		run.host.on('GET', PERSONS, pageV2([person('1')], link), pageV2([person('2')]));
		for (const id of ['1', '2']) run.host.on('GET', employmentsOf(id), employed());
		allowNames();
		const { roster } = await run.v2.readAll(REQUEST);
		expect(roster).toMatchObject({ complete: true, count: 2 });
		expect(run.host.to(PERSONS)[1]!.query.get('cursor')).toBe('cur_2');
	});

	it.each([
		['leads to a page that was read before', '/v2/persons?cursor=cur_2', '/v2/persons?cursor=cur_2'],
		['has no cursor', '/v2/persons?cursor=cur_2', '/v2/persons?page=3'],
	])('whose link %s is not asked for, and the roster is not complete', async (what, first, second) => {
		run.host.on('GET', PERSONS, pageV2([person('1')], first), pageV2([person('2')], second));
		for (const id of ['1', '2']) run.host.on('GET', employmentsOf(id), employed());
		allowNames();
		const { roster } = await run.v2.readAll(REQUEST);
		expect(roster).toMatchObject({ complete: false, count: 2 });
		expect(roster.reason).toContain(what);
	});

	it('that does not come leaves the roster incomplete', async () => {
		const fault = refusalV2(500, 'Internal error');
		run.host.on('GET', PERSONS, pageV2([person('1')], '/v2/persons?cursor=cur_2'));
		run.host.on('GET', PERSONS, fault, fault, fault, fault);
		run.host.on('GET', employmentsOf('1'), employed());
		allowNames();
		const { roster } = await run.v2.readAll(REQUEST);
		expect(roster.reason).toMatch(/After 1 employees: .*Internal error \(trace trace-4711\)/);
	});

	it('that repeats a person leaves the roster incomplete', async () => {
		const link = '/v2/persons?cursor=cur_2';
		run.host.on('GET', PERSONS, pageV2([person('1')], link), pageV2([person('1')]));
		run.host.on('GET', employmentsOf('1'), employed());
		allowNames();
		const { employees, roster } = await run.v2.readAll(REQUEST);
		expect(employees).toHaveLength(1);
		expect(roster.reason).toMatch(/1 employee came twice/);
	});

	it('of a filtered list is asked for with the filter', async () => {
		run.host.on('GET', PERSONS, pageV2([], '/v2/persons?cursor=cur_2'), pageV2([person('1')]));
		run.host.on('GET', employmentsOf('1'), employed());
		allowNames();
		const { roster } = await run.v2.readAll({ ...REQUEST, email: 'mara@example.com' });
		const emails = run.host.to(PERSONS).map(({ query }) => query.get('email'));
		expect(emails).toEqual(['mara@example.com', 'mara@example.com']);
		expect(roster.scope).toBe('selection');
	});
});

describe('an employment', () => {
	it('that fails now and then is asked for again', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1')]));
		run.host.on('GET', employmentsOf('1'), { status: 502 }, employed());
		allowNames();
		expect((await run.v2.readAll(REQUEST)).roster.complete).toBe(true);
	});

	it('that cannot be read leaves one person without a status, and the roster incomplete', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1'), person('2')]));
		run.host.on('GET', employmentsOf('1'), employed());
		const fault = { status: 502 };
		run.host.on('GET', employmentsOf('2'), fault, fault, fault, fault);
		allowNames();
		const { employees, roster } = await run.v2.readAll(REQUEST);
		expect(employees.map(({ status }) => status)).toEqual(['active', undefined]);
		expect(employees[1]).not.toHaveProperty('terminationDate');
		expect(codes(roster)).toEqual(['employmentMissing']);
		expect(roster.reason).toMatch(
			/employment of 1 person could not be read.*\(2: Personio answered HTTP 502/,
		);
	});

	it('of a person deleted meanwhile does not fail the reading of the others', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1'), person('2')]));
		run.host.on('GET', employmentsOf('1'), employed());
		run.host.on('GET', employmentsOf('2'), refusalV2(404, 'Not Found'));
		allowNames();
		const { employees, roster } = await run.v2.readAll(REQUEST);
		expect(employees[0]?.status).toBe('active');
		expect(employees[1]).not.toHaveProperty('status');
		expect(roster.complete).toBe(false);
	});

	it('that nobody may read costs a login or two, not one for each person', async () => {
		const ids = Array.from({ length: 40 }, (_, index) => String(index + 1));
		run.host.on('GET', PERSONS, pageV2(ids.map((id) => person(id))));
		run.host.always('POST', '/v1/auth', () => ({ body: { success: true, data: { token: 'papi-x' } } }));
		run.host.always('POST', '/v2/auth/token', () => ({ body: { access_token: 'papi-x' } }));
		const optionally = (path: string) => run.host.optional('GET', path, refusalV2(401, 'Unauthorized'));
		for (const id of ids) optionally(employmentsOf(id));
		run.host.on('GET', ATTRIBUTES, { body: { success: true, data: [] } });
		const { roster } = await run.v2.readAll(REQUEST);
		expect(roster.reason).toMatch(/employment of 40 persons could not be read/);
		expect(run.host.to('/v1/auth').length).toBeLessThanOrEqual(8);
	});
});

describe('without the rights', () => {
	it('shrunk records are people without a status: nothing is taken as empty', async () => {
		run.host.on('GET', PERSONS, pageV2([{ id: '1', employments: [{ id: 'e-1' }] }]));
		run.host.on('GET', employmentsOf('1'), pageV2([{ id: 'e-1', status: 'ACTIVE', person: { id: '1' } }]));
		run.host.on('GET', ATTRIBUTES, { body: { success: true, data: [{ key: 'termination_date' }] } });
		const { employees, roster } = await run.v2.readAll(REQUEST);
		expect(employees).toEqual([{ id: '1', status: 'active', custom: {} }]);
		expect(roster.missingAttributes).toEqual(expect.arrayContaining(['email', 'firstName', 'department']));
	});

	it('a termination that is not there is withdrawn only where it may be read', async () => {
		const open = { termination: undefined };
		for (const granted of [[{ key: 'termination_date' }], []]) {
			run = personioRun();
			run.host.on('GET', PERSONS, pageV2([person('1')])).on('GET', employmentsOf('1'), employed(open));
			allowNames();
			run.host.on('GET', ATTRIBUTES, { body: { success: true, data: granted } });
			const { employees } = await run.v2.readAll(REQUEST);
			if (granted.length > 0) expect(employees[0]).toHaveProperty('terminationDate', null);
			else expect(employees[0]).not.toHaveProperty('terminationDate');
		}
	});

	it('to the list of attributes only what was seen counts as readable', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1')]));
		run.host.on('GET', employmentsOf('1'), employed({ termination: undefined }));
		allowNames();
		allowLogin(run.host);
		run.host.always('GET', ATTRIBUTES, ({ headers }) =>
			refusalV1(headers.authorization === undefined ? 401 : 403, 'Forbidden'),
		);
		const { employees, roster } = await run.v2.readAll(REQUEST);
		expect(employees[0]).not.toHaveProperty('terminationDate');
		expect(roster).toMatchObject({
			complete: true,
			missingAttributes: ['terminationDate', 'lastWorkingDay'],
		});
	});

	it('to names they stay unknown, and the roster is not complete', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1')])).on('GET', employmentsOf('1'), employed());
		run.host.on('GET', '/v2/org-units', refusalV2(404, 'Not Found'), refusalV2(403, 'Forbidden'));
		run.host.on('GET', '/v2/workplaces', pageV2([{ id: '5', name: 'Madrid' }]));
		run.host.on('GET', '/v2/legal-entities', pageV2([]));
		const { employees, roster } = await run.v2.readAll(REQUEST);
		expect(employees[0]).toMatchObject({ office: 'Madrid' });
		for (const field of ['department', 'team', 'legalEntity']) {
			expect(employees[0]).not.toHaveProperty(field);
		}
		expect(codes(roster)).toEqual(['namesMissing', 'namesMissing', 'namesMissing']);
		expect(roster.reason).toMatch(/names of departments .*names of teams could not be read/);
	});

	it('to persons at all is one error', async () => {
		run.host.on('GET', PERSONS, refusalV2(403, 'Forbidden'));
		const failure = await failureOf(run.n8n, run.v2.readAll(REQUEST));
		expect(failure.remedy).toMatch(/may read Employees/);
	});
});

describe('a part of the people', () => {
	it('that changed holds those whose person or employment changed', async () => {
		const since = '2026-11-21T06:00:00.000Z';
		const old = { updated_at: '2026-01-01T00:00:00Z' };
		run.host.on('GET', PERSONS, pageV2([person('1', old), person('2', old), person('3')]));
		run.host.on('GET', employmentsOf('1'), employed(old));
		run.host.on('GET', employmentsOf('2'), employed({ updated_at: '2026-11-21T07:00:00Z' }));
		run.host.on('GET', employmentsOf('3'), employed(old));
		allowNames();
		const { employees, roster } = await run.v2.readChanged(REQUEST, since);
		expect(employees.map(({ id }) => id)).toEqual(['2']);
		expect(roster).toMatchObject({ complete: true, count: 1, scope: 'changes' });
		expect(run.host.to(PERSONS)[0]!.query.has('updated_at.gt')).toBe(false);
	});

	it('by ids leaves out whom Personio does not know', async () => {
		run.host.on('GET', `${PERSONS}/1`, { body: person('1') });
		run.host.on('GET', `${PERSONS}/2`, refusalV2(404, 'Not Found'));
		run.host.on('GET', employmentsOf('1'), employed());
		allowNames();
		const { employees } = await run.v2.readSome([employeeId(1), employeeId(2)], REQUEST);
		expect(employees.map(({ id }) => id)).toEqual(['1']);
	});

	it.each<Answer>([{ status: 404 }, { status: 404, body: {} }, { status: 404, body: { errors: [] } }])(
		'by ids takes nobody for deleted on the strength of a 404 that is not Personio’s: %j',
		async (answer) => {
			run.host.on('GET', `${PERSONS}/2`, answer);
			const failure = await failureOf(run.n8n, run.v2.readSome([employeeId(2)], REQUEST));
			expect(failure.message).toMatch(/HTTP 404 in an unexpected form/);
		},
	);

	it('up to a limit has the employments of no more than that read, and is not complete', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1'), person('2'), person('3')]));
		run.host.on('GET', employmentsOf('1'), employed());
		allowNames();
		const { employees, roster } = await run.v2.readAll({ ...REQUEST, limit: 1 });
		expect(employees).toHaveLength(1);
		expect(roster.reason).toMatch(/Only the first 1 employees/);
	});
});
