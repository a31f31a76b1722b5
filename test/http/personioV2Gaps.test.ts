import type { V2Person } from '../../nodes/Personio/employee/v2';
import { employeeId, type Roster } from '../../nodes/shared/item';
import { maraV2, marasEmployment, wrapped } from '../unit/personio/payloads';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	attributeList,
	ATTRIBUTES,
	EMPLOYEES,
	pageV1,
	pageV2,
	personioRun,
	personV1,
	refusalV1,
	refusalV2,
	REQUEST,
	type PersonioRun,
} from './personio';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

const PERSONS = '/v2/persons';
const LINK = '/v2/persons?cursor=cur_';
const employmentsOf = (id: string) => `${PERSONS}/${id}/employments`;

let run: PersonioRun;
/** What v1 answers when it is asked how many employees there are. */
let count: Answer;

beforeEach(() => {
	run = personioRun();
	count = refusalV1(404, 'Not found');
	run.host.optional('GET', EMPLOYEES, () => count);
});

const person = (id: string, changes: V2Person = {}): V2Person => ({ ...maraV2(), id, ...changes });
const people = (first: number, many: number) =>
	Array.from({ length: many }, (_, index) => person(String(first + index)));
const counted = (total: number): Answer => pageV1([personV1(1)], total);
/** Nothing to look names up for. */
const plain = { office: null, org_units: [], legal_entity: null };
const employed = (changes: object = {}): Answer => pageV2([{ ...marasEmployment(), ...plain, ...changes }]);
const everyEmployment = (...ids: string[]) => {
	for (const id of ids) run.host.on('GET', employmentsOf(id), employed());
};
const codes = ({ gaps = [] }: Roster) => gaps.map(({ code }) => code);
const CHOSEN = {
	...REQUEST,
	attributes: ['email', 'firstName', 'lastName', 'status', 'hireDate'] as never[],
};

describe('the end of a list that does not say how long it is', () => {
	it('is proved by the count of v1, which asks for nothing but ids', async () => {
		count = counted(2);
		run.host.on('GET', PERSONS, pageV2(people(1, 2)));
		everyEmployment('1', '2');
		const { roster } = await run.v2.readAll(CHOSEN);
		expect(roster).toMatchObject({ complete: true, count: 2, apiVersion: 'v2' });
		const { query } = run.host.to(EMPLOYEES)[0]!;
		expect([...query]).toEqual([
			['limit', '1'],
			['offset', '0'],
			['attributes[]', 'id'],
		]);
	});

	it.each<[string, Answer[]]>([
		['a page came short', [pageV2(people(1, 1), `${LINK}2`), pageV2(people(3, 1))]],
		['a page came empty', [pageV2(people(1, 2), `${LINK}2`), pageV2([])]],
		['the link to the next page got lost', [pageV2(people(1, 2))]],
	])('is not the end where v1 counts more people: %s', async (_case, pages) => {
		count = counted(3);
		run.host.on('GET', PERSONS, ...pages);
		for (const id of ['1', '2', '3']) run.host.optional('GET', employmentsOf(id), employed());
		const { employees, roster } = await run.v2.readAll(CHOSEN);
		expect(employees).toHaveLength(2);
		expect(codes(roster)).toEqual(['countDiffers']);
		expect(roster.reason).toMatch(/counts 3 employees and delivered 2/);
	});

	it('is the end where v1 counts fewer: somebody was hired meanwhile', async () => {
		count = counted(1);
		run.host.on('GET', PERSONS, pageV2(people(1, 2)));
		everyEmployment('1', '2');
		expect((await run.v2.readAll(CHOSEN)).roster.complete).toBe(true);
	});

	it.each([
		[50, true],
		[51, false],
	])('is looked at twice where the last page is full: v1 counts %i', async (total, complete) => {
		count = counted(total);
		run.host.on('GET', PERSONS, pageV2(people(1, 50)));
		for (let id = 1; id <= 50; id++) everyEmployment(String(id));
		expect((await run.v2.readAll(CHOSEN)).roster.complete).toBe(complete);
	});

	it('is doubtful where the last page is full and v1 does not count', async () => {
		run.host.on('GET', PERSONS, pageV2(people(1, 50)));
		for (let id = 1; id <= 50; id++) everyEmployment(String(id));
		const { roster } = await run.v2.readAll(CHOSEN);
		expect(codes(roster)).toEqual(['noProof']);
		expect(roster.reason).toMatch(/ends after 50.*"Employees: Read".*"V1"/);
	});

	it.each<[string, unknown]>([
		['no links', { _data: [person('1')] }],
		['links of an unexpected form', { _data: [person('1')], _meta: { links: 'none' } }],
	])('is doubtful where the page has %s and v1 does not count', async (_what, body) => {
		run.host.on('GET', PERSONS, { body });
		everyEmployment('1');
		expect(codes((await run.v2.readAll(CHOSEN)).roster)).toEqual(['noProof']);
	});

	it('is doubtful where a page in the middle is empty and v1 does not count', async () => {
		run.host.on(
			'GET',
			PERSONS,
			pageV2(people(1, 1), `${LINK}2`),
			pageV2([], `${LINK}3`),
			pageV2(people(9, 1)),
		);
		everyEmployment('1', '9');
		const { employees, roster } = await run.v2.readAll(CHOSEN);
		expect(employees).toHaveLength(2);
		expect(codes(roster)).toEqual(['pageShort']);
	});

	it('is not asked about where only a part is read', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1')]));
		everyEmployment('1');
		await run.v2.readAll({ ...CHOSEN, email: 'mara@example.com' });
		expect(run.host.to(EMPLOYEES)).toEqual([]);
	});

	it('counts for a read of changes, too, which reads everybody', async () => {
		count = counted(2);
		run.host.on('GET', PERSONS, pageV2(people(1, 1)));
		everyEmployment('1');
		const { roster } = await run.v2.readChanged(CHOSEN, '2026-01-01T00:00:00Z');
		expect(codes(roster)).toEqual(['countDiffers']);
	});
});

describe('what v2 does not mention', () => {
	const ASKED = { ...REQUEST, attributes: ['status', 'terminationDate', 'department'] as never[] };
	const SALES = [{ type: 'department', id: '9' }];
	/** Anna has both, Ben has none. */
	const annaAndBen = (ben: object = {}) => {
		run.host.on('GET', PERSONS, pageV2([person('1'), person('2')]));
		const annas = { termination: { termination_date: '2027-01-31' }, org_units: SALES };
		run.host.on('GET', employmentsOf('1'), employed(annas));
		run.host.on('GET', employmentsOf('2'), employed({ termination: undefined, ...ben }));
		run.host.on('GET', '/v2/org-units', pageV2([{ id: '9', name: 'Sales' }]));
	};
	const bensIs = (date: string | null, department: string | null) =>
		personV1(2, {
			termination_date: wrapped(date, 'date'),
			department: wrapped(department && { attributes: { name: department } }, 'standard'),
		});

	it('is empty where v1 says so, in one call for a hundred people', async () => {
		annaAndBen();
		count = pageV1([personV1(1), bensIs(null, null)], 2);
		const { employees, roster } = await run.v2.readAll(ASKED);
		expect(employees[1]).toMatchObject({ terminationDate: null, department: null });
		expect(roster).toMatchObject({ complete: true, missingAttributes: [] });
		const [call, ...others] = run.host.to(EMPLOYEES);
		expect(others).toEqual([]);
		expect(call?.query.getAll('attributes[]')).toEqual(['id', 'termination_date', 'department']);
	});

	it('was left out where v1 has it: it stays unknown, and the attribute was not delivered', async () => {
		annaAndBen();
		count = pageV1([personV1(1), bensIs('2027-03-31T00:00:00+01:00', 'Sales')], 2);
		const { employees, roster } = await run.v2.readAll(ASKED);
		expect(employees[1]).not.toHaveProperty('terminationDate');
		expect(employees[1]).not.toHaveProperty('department');
		expect(roster.missingAttributes).toEqual(['terminationDate', 'department']);
	});

	it('of somebody whose employment has ended makes nothing incomplete', async () => {
		annaAndBen({ status: 'INACTIVE' });
		count = pageV1([personV1(1), bensIs('2026-03-31T00:00:00+01:00', 'Sales')], 2);
		const { employees, roster } = await run.v2.readAll(ASKED);
		expect(employees[1]).not.toHaveProperty('terminationDate');
		expect(roster.missingAttributes).toEqual([]);
	});

	it.each<[string, () => Answer]>([
		['does not answer', () => refusalV1(404, 'Not found')],
		['does not know the person', () => pageV1([personV1(1)], 2)],
		[
			'does not tell the attribute',
			() => pageV1([personV1(1), { attributes: { id: wrapped(2, 'integer') } }], 2),
		],
	])('is empty where v1 %s', async (_what, answer) => {
		annaAndBen();
		count = answer();
		const { employees } = await run.v2.readAll(ASKED);
		expect(employees[1]).toMatchObject({ terminationDate: null, department: null });
	});

	it('is asked for by id where single people are read', async () => {
		run.host.on('GET', `${PERSONS}/2`, { body: person('2') });
		run.host.on('GET', employmentsOf('2'), employed({ termination: undefined }));
		run.host.on('GET', ATTRIBUTES, attributeList({ key: 'termination_date' }, { key: 'department' }));
		run.host.on('GET', `${EMPLOYEES}/2`, {
			body: { success: true, data: bensIs('2027-03-31T00:00:00+01:00', null) },
		});
		const { employees } = await run.v2.readSome([employeeId('2')], ASKED);
		expect(employees[0]).not.toHaveProperty('terminationDate');
	});
});

describe('the way to the next page', () => {
	it('may be a text instead of an object', async () => {
		const first = { _data: [person('1')], _meta: { links: { next: `${LINK}2` } } };
		run.host.on('GET', PERSONS, { body: first }, pageV2([person('2')]));
		everyEmployment('1', '2');
		expect((await run.v2.readAll(CHOSEN)).roster).toMatchObject({ complete: true, count: 2 });
	});

	it.each([[7], [{ href: 7 }], [{ href: '' }], [{ href: '/v2/persons?cursor=' }], ['/v2/persons'], [true]])(
		'is broken where it is %j',
		async (next) => {
			run.host.on('GET', PERSONS, { body: { _data: [person('1')], _meta: { links: { next } } } });
			everyEmployment('1');
			const { roster } = await run.v2.readAll(CHOSEN);
			expect(codes(roster)).toEqual(['linkBroken']);
			expect(roster.reason).toMatch(/list of employees broke off after 1: .* Run again\./);
		},
	);

	it.each([[null], [{ href: null }], [undefined]])('is none where it is %j', async (next) => {
		run.host.on('GET', PERSONS, { body: { _data: [person('1')], _meta: { links: { next } } } });
		everyEmployment('1');
		expect((await run.v2.readAll(CHOSEN)).roster.complete).toBe(true);
	});

	it('is not followed without end where new cursors lead to the same page', async () => {
		run.host.on('GET', PERSONS, pageV2(people(1, 2), `${LINK}2`), pageV2(people(1, 2), `${LINK}3`));
		everyEmployment('1', '2');
		const { employees, roster } = await run.v2.readAll(CHOSEN);
		expect(employees).toHaveLength(2);
		expect(codes(roster)).toEqual(['pageRepeated', 'idRepeated']);
	});

	it('is not followed without end where new cursors lead to empty pages', async () => {
		run.host.on('GET', PERSONS, pageV2(people(1, 1), `${LINK}0`));
		let asked = 0;
		run.host.optional('GET', PERSONS, () => pageV2([], `${LINK}${++asked}`));
		everyEmployment('1');
		expect(codes((await run.v2.readAll(CHOSEN)).roster)).toEqual(['linkBroken']);
		expect(asked).toBeLessThan(10);
	});
});

describe('a record that is none', () => {
	it('is a gap and no fault of the node', async () => {
		run.host.on('GET', PERSONS, pageV2([null, 'x', person('1'), { id: null }]));
		everyEmployment('1');
		const { employees, roster } = await run.v2.readAll(CHOSEN);
		expect(employees.map(({ id }) => id)).toEqual(['1']);
		expect(roster.reason).toMatch(/3 records came without an id/);
		expect(codes(roster)).toEqual(['idMissing']);
	});

	it.each([[{}], [{ id: '9' }]])('is refused where one person was asked for: %j', async (body) => {
		run.host.on('GET', `${PERSONS}/1`, { body });
		const failure = await failureOf(run.n8n, run.v2.readSome([employeeId(1)], REQUEST));
		expect(failure.message).toMatch(/in an unexpected form/);
	});
});

describe('employments', () => {
	const ended = { ...marasEmployment(), ...plain, id: 'e-1', status: 'INACTIVE' };
	const running = { ...marasEmployment(), ...plain, id: 'e-2', status: 'ACTIVE' };

	it('that are paged are read to the end: who came back is no leaver', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1')]));
		run.host.on('GET', employmentsOf('1'), pageV2([ended], `${LINK}2`), pageV2([running]));
		const { employees, roster } = await run.v2.readAll(CHOSEN);
		expect(employees[0]).toMatchObject({ status: 'active' });
		expect(roster.complete).toBe(true);
	});

	it.each<[string, V2Person, unknown[]]>([
		['one of them did not come', { employments: [{ id: 'e-2' }, { id: 'e-1' }] }, [ended]],
		['none of them came', { employments: [{ id: 'e-1' }] }, []],
		['all have ended, and the person is active', { status: 'ACTIVE' }, [ended]],
	])('are not trusted where %s', async (_case, changes, list) => {
		run.host.on('GET', PERSONS, pageV2([person('1', changes), person('2')]));
		run.host.on('GET', employmentsOf('1'), pageV2(list));
		everyEmployment('2');
		const { employees, roster } = await run.v2.readAll(CHOSEN);
		expect(employees[0]).not.toHaveProperty('status');
		expect(employees[0]).not.toHaveProperty('terminationDate');
		expect(codes(roster)).toEqual(['employmentMissing']);
		expect(roster.reason).toMatch(/employment of 1 person could not be read.*\(1: /);
		expect(roster.missingAttributes).not.toContain('status');
	});

	it('that have all ended make a leaver of a person who is inactive', async () => {
		const inactive = { status: 'INACTIVE', employments: [{ id: 'e-1' }] };
		run.host.on('GET', PERSONS, pageV2([person('1', inactive)]));
		run.host.on('GET', employmentsOf('1'), pageV2([ended]));
		const { employees, roster } = await run.v2.readAll(CHOSEN);
		expect(employees[0]).toMatchObject({ status: 'inactive' });
		expect(roster.complete).toBe(true);
	});

	it('that are none leave the status to the person, and without that it is missing', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1'), person('2', { status: 'UNSPECIFIED' })]));
		for (const id of ['1', '2']) run.host.on('GET', employmentsOf(id), pageV2([]));
		run.host.on('GET', ATTRIBUTES, attributeList());
		const { employees, roster } = await run.v2.readAll(CHOSEN);
		expect(employees.map(({ status }) => status)).toEqual(['active', undefined]);
		expect(codes(roster)).toEqual(['attributeMissing']);
	});

	it('of a person who is gone say so', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1')]));
		run.host.on('GET', employmentsOf('1'), refusalV2(404, 'Not Found'));
		run.host.on('GET', ATTRIBUTES, attributeList());
		const { roster } = await run.v2.readAll(CHOSEN);
		expect(roster.reason).toMatch(/1: Deleted since the list was read/);
	});

	it('of a person who came twice are read once', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1'), person('2'), person('1')]));
		everyEmployment('1', '2');
		expect(codes((await run.v2.readAll(CHOSEN)).roster)).toEqual(['idRepeated']);
	});
});

describe('names', () => {
	const DEPARTMENT = { ...REQUEST, attributes: ['status', 'department'] as never[] };
	const inDepartment = () => employed({ org_units: [{ type: 'department', id: '31' }] });

	it.each([[''], ['  '], [null], [5], [undefined]])('that are %j stay unknown', async (name) => {
		run.host.on('GET', PERSONS, pageV2([person('1')])).on('GET', employmentsOf('1'), inDepartment());
		run.host.on('GET', '/v2/org-units', pageV2([{ id: '31', name }]));
		const { employees, roster } = await run.v2.readAll(DEPARTMENT);
		expect(employees[0]).not.toHaveProperty('department');
		expect(codes(roster)).toEqual(['namesMissing']);
	});

	it('of a unit without an id stay unknown: nobody leaves a group for it', async () => {
		run.host.on('GET', PERSONS, pageV2([person('1'), person('2')]));
		run.host.on('GET', employmentsOf('1'), inDepartment());
		run.host.on('GET', employmentsOf('2'), employed({ org_units: [{ type: 'department' }] }));
		run.host.on('GET', '/v2/org-units', pageV2([{ id: '31', name: 'Engineering' }]));
		const { employees } = await run.v2.readAll(DEPARTMENT);
		expect(employees[1]).not.toHaveProperty('department');
	});

	it('that all came are enough, although a later page of the list did not', async () => {
		const fault = { status: 500 };
		run.host.on('GET', PERSONS, pageV2([person('1')])).on('GET', employmentsOf('1'), inDepartment());
		run.host.on('GET', '/v2/org-units', pageV2([{ id: '31', name: 'Engineering' }], `${LINK}2`));
		run.host.on('GET', '/v2/org-units', fault, fault, fault, fault);
		const { employees, roster } = await run.v2.readAll(DEPARTMENT);
		expect(employees[0]).toMatchObject({ department: 'Engineering' });
		expect(roster.complete).toBe(true);
	});

	it('on a page that did not come are missed with the reason', async () => {
		const fault = { status: 500 };
		run.host.on('GET', PERSONS, pageV2([person('1')])).on('GET', employmentsOf('1'), inDepartment());
		run.host.on('GET', '/v2/org-units', pageV2([{ id: '30', name: 'Sales' }], `${LINK}2`));
		run.host.on('GET', '/v2/org-units', fault, fault, fault, fault);
		const { roster } = await run.v2.readAll(DEPARTMENT);
		expect(codes(roster)).toEqual(['namesMissing']);
		expect(roster.reason).toMatch(/names of 1 departments.*HTTP 500/);
	});
});

it('a list of v1 that repeats its page leaves a gap in a read of v2', async () => {
	count = pageV1([personV1(1)]);
	run.host.on('GET', PERSONS, pageV2(people(1, 2)));
	everyEmployment('1', '2');
	const { roster } = await run.v2.readAll({ ...REQUEST, attributes: ['status', 'terminationDate'] });
	expect(roster.complete).toBe(false);
	expect(codes(roster)).toContain('pageRepeated');
});
