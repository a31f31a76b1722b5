import { employeeId } from '../../../nodes/shared/item';
import { fingerprintOf, markOf, markText, saysMore } from '../../../nodes/LmsSync/sync/marks';
import type { CustomField } from '../../../nodes/LmsSync/sync/lmsState';
import { aField, anEmployee, without } from './builders';

const anna = anEmployee(1, { department: 'IT', office: 'London', position: 'Engineer' });
const costly = (label: string, over: Partial<CustomField> = {}): CustomField => ({
	...aField(label),
	costly: true,
	...over,
});
const fields = [costly('Team'), costly('Place'), aField('Job Title')];
const team = { attribute: 'department', field: 'Team' };
const place = { attribute: 'office', field: 'Place' };
const job = { attribute: 'position', field: 'Job Title' };
const print = (employee = anna, fieldMapping = [team, place], known = fields) =>
	fingerprintOf(employee, { fields: known }, { fieldMapping });

describe('a mark', () => {
	it.each([employeeId(7), null])('tells what was written into it, with the manager %j', (manager) => {
		const mark = { fingerprint: '0123456789ab', manager };
		expect(markOf(markText(employeeId(1), mark))).toEqual(mark);
	});

	it('is another one for everybody, whatever they have in common', () => {
		const mark = { fingerprint: '0123456789ab', manager: null };
		expect(markText(employeeId(1), mark)).not.toBe(markText(employeeId(2), mark));
	});

	it.each([null, undefined, '', 'hello', '1.xyz.2', '1.0a', '1.0a.', '.0a.2'])(
		'is none where the LMS holds %j',
		(text) => {
			expect(markOf(text)).toBeUndefined();
		},
	);
});

describe('a mark beside another one', () => {
	it('says more where it knows the manager and the rest is the same', () => {
		expect(saysMore('1.0a1b.7', '1.0a1b.0')).toBe(true);
	});

	it.each([
		['1.0a1b.0', '1.0a1b.7'],
		['1.0a1b.7', '1.0a1b.7'],
		['1.0a1b.7', '1.0a1b.8'],
		['1.0a1b.7', '1.ffff.0'],
		['2.0a1b.7', '1.0a1b.0'],
		['1.0a1b.7', 'hello'],
		['hello', '1.0a1b.0'],
	])('%s does not say more than %s', (text, than) => {
		expect(saysMore(text, than)).toBe(false);
	});
});

describe('the fingerprint of a person', () => {
	it('is the same for the same values, in whatever order they are mapped', () => {
		expect(print()).toMatch(/^[0-9a-f]{12}$/);
		expect(print(anna, [place, team])).toBe(print());
		expect(print({ ...anna, id: employeeId(2), lastName: 'Else' })).toBe(print());
	});

	it('changes with a value, with an empty one too', () => {
		const prints = [anna, { ...anna, department: 'HR' }, { ...anna, department: null }].map((each) =>
			print(each),
		);
		expect(new Set(prints).size).toBe(3);
	});

	it('changes when two values are exchanged', () => {
		expect(print({ ...anna, department: 'London', office: 'IT' })).not.toBe(print());
	});

	it('changes with the mapping', () => {
		expect(print(anna, [team])).not.toBe(print());
		expect(print(anna, [team, { ...place, attribute: 'position' }])).not.toBe(print());
	});

	it('does not depend on fields that every list tells', () => {
		expect(print(anna, [team, place, job])).toBe(print());
		expect(print(without(anna, 'position'), [team, place, job])).toBe(print());
	});

	it('does not depend on fields that the LMS does not have', () => {
		expect(print(anna, [team, place, { attribute: 'status', field: 'No Such Field' }])).toBe(print());
	});

	it('is unknown while one of the values is', () => {
		expect(print(without(anna, 'office'))).toBeUndefined();
	});

	it('is about the value as the field takes it', () => {
		const dates = [costly('Since', { type: 'date' })];
		const since = [{ attribute: 'hireDate', field: 'since' }];
		const of = (hireDate: string) => print({ ...anna, hireDate }, since, dates);
		expect(of('2020-01-01T00:00:00+01:00')).toBe(of('2020-01-01'));
		expect(of('2020-01-02')).not.toBe(of('2020-01-01'));
	});

	it('of a value that does not fit is not that of an empty one', () => {
		const kinds = [costly('Kind', { type: 'choice', options: ['A'] })];
		const kind = [{ attribute: 'department', field: 'Kind' }];
		const empty = print({ ...anna, department: null }, kind, kinds);
		expect(print({ ...anna, department: 'Z' }, kind, kinds)).not.toBe(empty);
	});

	it('is the same for a new value and for the spelling of it on the list afterwards', () => {
		const kinds = (...options: string[]) => [costly('Kind', { type: 'choice', options, extensible: true })];
		const kind = [{ attribute: 'department', field: 'Kind' }];
		expect(print(anna, kind, kinds('A', 'it', 'IT'))).toBe(print(anna, kind, kinds('A')));
	});
});
