import fc from 'fast-check';

import { EMPLOYEE_FIELDS, type Employee } from '../../../nodes/shared/item';
import { pack, unpacked } from '../../../nodes/shared/packed';

const odd = fc.constantFrom(
	'',
	'~',
	'~null',
	'=0',
	'=zz',
	'a\tb',
	'a\nb',
	'"',
	'\\',
	'Ünïcode 🎉',
	'custom.x',
);
const text = fc.oneof(
	odd,
	fc.string({ unit: 'binary' }),
	fc.constantFrom('Sales', 'Customer Success', 'Berlin'),
);
const value = fc.oneof(
	text,
	fc.constant(null),
	// JSON has no zero below zero.
	fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => number + 0),
	fc.boolean(),
);
const supervisor = fc.record({ id: text, email: text }, { requiredKeys: ['id'] });
const field = fc.oneof(text, fc.constant(null));

const employee = fc
	.record(
		{
			id: text.map((id) => `${id}1`),
			...Object.fromEntries(
				EMPLOYEE_FIELDS.map((name) => [name, name === 'supervisor' ? fc.option(supervisor) : field]),
			),
			timeZoneOffset: fc.constantFrom('+01:00', '-03:30'),
			custom: fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), value, { maxKeys: 4 }),
		},
		{ requiredKeys: ['id', 'custom'] },
	)
	.map((record) => record as unknown as Employee);

/** As n8n stores it between a trigger and the node behind. */
const stored = (table: unknown): unknown => JSON.parse(JSON.stringify(table));

describe('employees in one item', () => {
	it('are the same again, whatever they hold and lack', () => {
		fc.assert(
			fc.property(fc.array(employee, { maxLength: 30 }), (employees) => {
				const plain = employees.map((each) => ({ ...each, custom: { ...each.custom } }));
				expect(unpacked(stored(pack(employees)))).toEqual(plain);
			}),
			{ numRuns: 500 },
		);
	});

	it('tell what was not delivered from what is empty', () => {
		const [first, second] = unpacked(
			pack([
				{ id: '1', team: null, custom: {} },
				{ id: '2', custom: {} },
			] as unknown as Employee[]),
		) as [Employee, Employee];
		expect(first).toHaveProperty('team', null);
		expect(second).not.toHaveProperty('team');
	});

	it('take up less than half of what items do', () => {
		const staff = Array.from({ length: 1000 }, (_, index) => ({
			id: String(100_000 + index),
			email: `first.last${index}@company.example`,
			firstName: `First${index % 200}`,
			lastName: `Last${index % 700}`,
			status: 'active',
			department: `Department ${index % 12}`,
			office: 'Berlin',
			supervisor: { id: String(100_000 + (index % 90)) },
			hireDate: `20${10 + (index % 15)}-03-01`,
			terminationDate: null,
			custom: {},
		})) as unknown as Employee[];
		expect(JSON.stringify(pack(staff)).length).toBeLessThan(JSON.stringify(staff).length / 2);
	});

	it.each([
		['nothing', undefined],
		['a text', 'employees'],
		['a list of people', [{ id: '1' }]],
		['a row that lacks a cell', { fields: ['id', 'email'], words: [], rows: ['1'] }],
		['a row without an id', { fields: ['id', 'email'], words: [], rows: ['\ta@b.example'] }],
		['a word that is not there', { fields: ['id'], words: [], rows: ['=0'] }],
		['what is no JSON', { fields: ['id', 'email'], words: [], rows: ['1\t~{'] }],
		['a row that is no text', { fields: ['id'], words: [], rows: [1] }],
	])('are not made of %s', (_what, table) => {
		expect(unpacked(table)).toBeUndefined();
	});
});
