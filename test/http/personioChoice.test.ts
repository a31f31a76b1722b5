import fc from 'fast-check';

import type { ReadRequest } from '../../nodes/Personio/api/reader';
import { ALWAYS_READ, fieldsToRead } from '../../nodes/Personio/employee/fields';
import { V1_KEYS } from '../../nodes/Personio/employee/v1';
import { EMPLOYEE_FIELDS, employeeId, type EmployeeField } from '../../nodes/shared/item';
import { maraV2, marasEmployment, wrapped } from '../unit/personio/payloads';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	allowLogin,
	attributeList,
	ATTRIBUTES,
	EMPLOYEES,
	pageV1,
	pageV2,
	personioRun,
	personV1,
	refusalV1,
	type PersonioRun,
} from './personio';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: PersonioRun;

beforeEach(() => {
	run = personioRun();
});

const chosen = (...fields: EmployeeField[]) => ({ attributes: fieldsToRead(fields)!, customAttributes: [] });
const asked = () => run.host.to(EMPLOYEES).map(({ query }) => query.getAll('attributes[]'));

describe('the fields to be read', () => {
	it('hold what was chosen and what is always needed, in the order of the record', () => {
		fc.assert(
			fc.property(fc.subarray([...EMPLOYEE_FIELDS]), (fields) => {
				const read = fieldsToRead(fields) ?? [...EMPLOYEE_FIELDS];
				expect(new Set(read)).toEqual(new Set([...fields, ...ALWAYS_READ]));
				expect(read).toEqual(EMPLOYEE_FIELDS.filter((field) => read.includes(field)));
			}),
		);
	});

	it('are all of them where nothing was taken out, which is not written down', () => {
		expect(fieldsToRead(EMPLOYEE_FIELDS)).toBeUndefined();
	});
});

describe('of v1', () => {
	it('nothing else is asked for, and the proof names what was', async () => {
		const request = chosen('department');
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		const { roster } = await run.v1.readAll(request);
		expect(asked()).toEqual([request.attributes.map((field) => V1_KEYS[field])]);
		expect(asked()[0]).not.toContain('supervisor');
		expect(roster).toMatchObject({ attributes: request.attributes, complete: true, apiVersion: 'v1' });
	});

	it('nothing else is kept, although Personio delivers more', async () => {
		const request = chosen('department');
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		const { employees } = await run.v1.readAll(request);
		const fields = Object.keys(employees[0]!).filter(
			(key) => !['id', 'custom', 'timeZoneOffset'].includes(key),
		);
		expect(fields.sort()).toEqual([...request.attributes].sort());
		expect(employees[0]!.custom).toEqual({});
	});

	it('only what was asked for can be missing', async () => {
		const { team: _team, department: _department, ...rest } = personV1(1).attributes;
		run.host.on('GET', EMPLOYEES, pageV1([{ attributes: rest }], 1));
		const { roster } = await run.v1.readAll(chosen('department'));
		expect(roster.missingAttributes).toEqual(['department']);
	});

	it('changes and single people are asked for in the same way', async () => {
		const request = chosen('team');
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		run.host.on('GET', `${EMPLOYEES}/7`, { body: { success: true, data: personV1(7) } });
		await run.v1.readChanged(request, '2026-11-21T06:00:00.000Z');
		const { roster } = await run.v1.readSome([employeeId(7)], request);
		expect(roster.attributes).toEqual(request.attributes);
		for (const { query } of run.host.calls) {
			expect(query.getAll('attributes[]')).toEqual(request.attributes.map((field) => V1_KEYS[field]));
		}
	});
});

describe('of v2', () => {
	const EMPLOYMENT = '/v2/persons/1/employments';

	it('lists of names that serve nothing chosen are not read, and nothing else is kept', async () => {
		const request = chosen('team');
		run.host.on('GET', '/v2/persons', pageV2([{ ...maraV2(), id: '1' }]));
		run.host.on('GET', EMPLOYMENT, pageV2([marasEmployment()]));
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		run.host.on('GET', '/v2/org-units', pageV2([{ id: '77', name: 'Platform' }]));
		const { employees, roster } = await run.v2.readAll(request);
		expect(run.host.to('/v2/org-units').map(({ query }) => query.get('type'))).toEqual(['team']);
		const fields = Object.keys(employees[0]!).filter((key) => !['id', 'custom'].includes(key));
		expect(fields.sort()).toEqual([...request.attributes].sort());
		expect(roster).toMatchObject({ complete: true, missingAttributes: [], attributes: request.attributes });
	});

	it('only what was asked for can be missing, and the list of attributes is not read for the rest', async () => {
		const { contract_end_date: _end, ...employment } = marasEmployment();
		run.host.on('GET', '/v2/persons', pageV2([{ ...maraV2(), id: '1', preferred_name: undefined }]));
		run.host.on('GET', EMPLOYMENT, pageV2([{ ...employment, org_units: undefined }]));
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		const { roster } = await run.v2.readAll(chosen());
		expect(roster.missingAttributes).toEqual([]);
		expect(run.host.to(ATTRIBUTES)).toEqual([]);
	});
});

const SALARY = { key: 'dynamic_41', label: 'Fixgehalt', universal_id: null };
const SENSITIVE = { customAttributes: ['dynamic_41'] };

describe.each(['v1', 'v2'] as const)('a sensitive attribute over %s', (version) => {
	const reads = (request: object) => [
		async () => await run[version].readAll({ ...SENSITIVE, ...request }),
		async () => await run[version].readChanged({ ...SENSITIVE, ...request }, '2026-11-21T06:00:00.000Z'),
		async () => await run[version].readSome([employeeId(1)], { ...SENSITIVE, ...request }),
	];

	it.each([0, 1, 2])('is refused before anybody is read, whatever is read (%i)', async (index) => {
		run.host.on('GET', ATTRIBUTES, attributeList(SALARY));
		const failure = await failureOf(run.n8n, reads({})[index]!());
		expect(failure.message).toMatch(/"Fixgehalt" \(pay\)/);
		expect(failure.message).toMatch(/Leave them out.*"Allow Sensitive Attributes"/);
		expect(run.host.calls.map(({ path }) => path)).toEqual([ATTRIBUTES]);
	});

	it('is refused by the name that Personio has for it', async () => {
		const list = attributeList({ key: 'dynamic_41', label: 'Feld 3', universal_id: 'date_of_birth' });
		run.host.on('GET', ATTRIBUTES, list);
		const failure = await failureOf(run.n8n, reads({})[0]!());
		expect(failure.message).toMatch(/"Feld 3" \(birth date\)/);
	});

	it('is refused by its key, where the list of attributes cannot be read, and each is named', async () => {
		allowLogin(run.host);
		run.host.always('GET', ATTRIBUTES, ({ headers }) =>
			refusalV1(headers.authorization === undefined ? 401 : 403, 'Forbidden'),
		);
		const request = { customAttributes: ['fix_salary', 'gender', 'dynamic_1'] };
		const failure = await failureOf(run.n8n, run[version].readAll(request));
		expect(failure.message).toMatch(/"fix_salary" \(pay\), "gender" \(gender\)\./);
		expect(failure.message).not.toContain('dynamic_1');
		expect(run.host.to(EMPLOYEES)).toEqual([]);
		expect(run.host.to('/v2/persons')).toEqual([]);
	});

	it('is refused by the full id that v2 has for it', async () => {
		run.host.on('GET', ATTRIBUTES, attributeList(SALARY));
		const request = { customAttributes: ['dynamic_9f3c1e.41'] };
		const failure = await failureOf(run.n8n, run[version].readAll(request));
		expect(failure.message).toMatch(/"Fixgehalt" \(pay\)/);
	});

	it('is no matter where none is asked for: the list is not even read', async () => {
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		if (version === 'v2') {
			run.host.on('GET', '/v2/persons', pageV2([{ ...maraV2(), id: '1' }]));
			run.host.on('GET', '/v2/persons/1/employments', pageV2([marasEmployment()]));
		}
		const { roster } = await run[version].readAll(chosen());
		expect(roster).not.toHaveProperty('labels');
		expect(run.host.to(ATTRIBUTES)).toEqual([]);
	});
});

describe('a sensitive attribute', () => {
	it('is read where that was allowed, and the proof says what it is called', async () => {
		run.host.on('GET', ATTRIBUTES, attributeList(SALARY, { key: 'dynamic_42', label: 'Courses' }));
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		const request = { customAttributes: ['dynamic_41', 'dynamic_42'], allowSensitive: true };
		const { employees, roster } = await run.v1.readAll(request);
		expect(employees[0]!.custom).toHaveProperty('dynamic_41');
		expect(roster.labels).toEqual({ dynamic_41: 'Fixgehalt', dynamic_42: 'Courses' });
	});

	it('whose label only the records tell is not handed on', async () => {
		run.host.on('GET', ATTRIBUTES, { body: { success: true } });
		const paid = personV1(1, { dynamic_41: wrapped(5000, 'decimal', 'Bruttolohn') });
		run.host.on('GET', EMPLOYEES, pageV1([paid], 1));
		const failure = await failureOf(run.n8n, run.v1.readAll(SENSITIVE));
		expect(failure.message).toMatch(/"Bruttolohn" \(pay\)/);
	});

	it('whose label only the records of v2 tell is not handed on', async () => {
		run.host.on('GET', ATTRIBUTES, { body: { success: true } });
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		const custom = [{ id: 'dynamic_9f3c1e.41', value: 5000, label: 'Bruttolohn' }];
		run.host.on('GET', '/v2/persons', pageV2([{ ...maraV2(), id: '1', custom_attributes: custom }]));
		const failure = await failureOf(run.n8n, run.v2.readAll(SENSITIVE));
		expect(failure.message).toMatch(/"Bruttolohn" \(pay\)/);
	});

	describe.each([
		['does not hold it', attributeList({ key: 'dynamic_42', label: 'Courses' })],
		['has no label for it', attributeList({ key: 'dynamic_41', label: ' ' })],
		['calls it something else', attributeList({ key: 'dynamic_41', label: 'Feld 3' })],
		['cannot be read', { body: { success: true } }],
	])('that the records tell, where the list of attributes %s,', (_what, list) => {
		const reads = [
			async (version: 'v1' | 'v2', request: ReadRequest) => await run[version].readAll(request),
			async (version: 'v1' | 'v2', request: ReadRequest) =>
				await run[version].readChanged(request, '2026-11-21T06:00:00.000Z'),
			async (version: 'v1' | 'v2', request: ReadRequest) =>
				await run[version].readSome([employeeId(1), employeeId(2)], request),
		];

		it.each([0, 1, 2])('is not handed on over v1 (%i)', async (index) => {
			// The first of them does not tell it.
			const people = [
				personV1(1, { dynamic_41: { value: 4000 } }),
				personV1(2, { dynamic_41: wrapped(5000, 'decimal', 'Bruttolohn') }),
			];
			run.host.on('GET', ATTRIBUTES, list);
			if (index < 2) run.host.on('GET', EMPLOYEES, pageV1(people, 2));
			else {
				for (const data of people) {
					run.host.on('GET', `${EMPLOYEES}/${String(data.attributes.id?.value)}`, {
						body: { success: true, data },
					});
				}
			}
			const failure = await failureOf(run.n8n, reads[index]!('v1', SENSITIVE));
			expect(failure.message).toMatch(/"Bruttolohn" \(pay\)/);
		});

		it.each([
			[0, 'dynamic_41'],
			[1, 'dynamic_41'],
			[2, 'dynamic_41'],
			[0, 'dynamic_9f3c1e.41'],
		])('is not handed on over v2 (%i, %s)', async (index, key) => {
			const id = 'dynamic_9f3c1e.41';
			const people = [
				{ ...maraV2(), id: '1', custom_attributes: [{ id, value: 4000 }] },
				{ ...maraV2(), id: '2', custom_attributes: [{ id, value: 5000, label: 'Bruttolohn' }] },
			];
			run.host.on('GET', ATTRIBUTES, list);
			if (index < 2) {
				run.host.on('GET', '/v2/persons', pageV2(people));
				run.host.on('GET', EMPLOYEES, pageV1([personV1(1), personV1(2)], 2));
			} else {
				for (const person of people) run.host.on('GET', `/v2/persons/${person.id}`, { body: person });
			}
			const failure = await failureOf(run.n8n, reads[index]!('v2', { customAttributes: [key] }));
			expect(failure.message).toMatch(/"Bruttolohn" \(pay\)/);
			expect(run.host.calls.map(({ path }) => path)).not.toContain('/v2/persons/1/employments');
		});
	});

	it('that only the records tell by the name that Personio has for it is not handed on', async () => {
		run.host.on('GET', ATTRIBUTES, attributeList({ key: 'dynamic_41', label: 'Feld 3' }));
		const told = { ...wrapped('1990-01-01', 'date', 'Feld 3'), universal_id: 'date_of_birth' };
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1, { dynamic_41: told })], 1));
		const failure = await failureOf(run.n8n, run.v1.readAll(SENSITIVE));
		expect(failure.message).toMatch(/"Feld 3" \(birth date\)/);
	});

	it('that only the records tell is read where that was allowed, and the proof names it', async () => {
		run.host.on('GET', ATTRIBUTES, attributeList({ key: 'dynamic_42', label: 'Courses' }));
		const paid = personV1(1, { dynamic_41: wrapped(5000, 'decimal', 'Bruttolohn') });
		run.host.on('GET', EMPLOYEES, pageV1([paid], 1));
		const request = { customAttributes: ['dynamic_41', 'dynamic_42'], allowSensitive: true };
		const { employees, roster } = await run.v1.readAll(request);
		expect(employees[0]!.custom).toMatchObject({ dynamic_41: 5000 });
		// The list has the last word on what an attribute is called.
		expect(roster.labels).toEqual({ dynamic_41: 'Bruttolohn', dynamic_42: 'Courses' });
	});

	it('may be one that nobody names: it is read, and the proof has no name for it', async () => {
		run.host.on('GET', ATTRIBUTES, attributeList({ key: 'dynamic_42', label: 'Courses' }));
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1, { dynamic_41: { value: 5000 } })], 1));
		const request = { customAttributes: ['dynamic_41', 'dynamic_42'] };
		const { employees, roster } = await run.v1.readAll(request);
		expect(employees[0]!.custom).toMatchObject({ dynamic_41: 5000 });
		expect(roster).toMatchObject({ customAttributes: request.customAttributes });
		expect(roster.labels).toEqual({ dynamic_42: 'Courses' });
	});

	it('that is none is read without a list of attributes, by the labels of the records', async () => {
		run.host.on('GET', ATTRIBUTES, { body: { success: true } });
		run.host.on('GET', EMPLOYEES, pageV1([personV1(1)], 1));
		const { roster } = await run.v1.readAll(SENSITIVE);
		expect(roster).toMatchObject({ complete: true, labels: { dynamic_41: 'Label' } });
	});

	it('has the list of attributes read once, however many reads there are', async () => {
		run.host.on('GET', ATTRIBUTES, attributeList({ key: 'dynamic_41', label: 'Shift' }));
		for (const id of [1, 2, 3]) {
			run.host.on('GET', `${EMPLOYEES}/${id}`, { body: { success: true, data: personV1(id) } });
			await run.v1.readSome([employeeId(id)], SENSITIVE);
		}
		expect(run.host.to(ATTRIBUTES)).toHaveLength(1);
	});
});
