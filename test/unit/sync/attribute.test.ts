import { employeeId } from '../../../nodes/shared/item';
import { addressKey, applies, attributeOf, describe as nameOf } from '../../../nodes/LmsSync/sync/attribute';
import type { RuleOperator } from '../../../nodes/LmsSync/sync/settings';
import { anEmployee, without } from './builders';

const anna = anEmployee(1, {
	office: 'London',
	department: null,
	supervisor: { id: employeeId(9), email: 'boss@acme.example' },
	custom: { dynamic_1: ['First Aid', 'Forklift'], dynamic_2: 7, dynamic_3: true, dynamic_4: null },
});
const asked = (field: string, operator: RuleOperator, value = '') =>
	applies({ field, operator, value }, anna);

describe('an attribute of an employee', () => {
	it('is found among the fields and among the custom attributes', () => {
		expect(attributeOf(anna, 'office')).toBe('London');
		expect(attributeOf(anna, 'dynamic_2')).toBe(7);
	});

	it('is unknown when it was not delivered, and empty when it was delivered empty', () => {
		expect(attributeOf(anna, 'team')).toBeUndefined();
		expect(attributeOf(anna, 'dynamic_99')).toBeUndefined();
		expect(attributeOf(anna, 'department')).toBeNull();
		expect(attributeOf(anna, 'dynamic_4')).toBeNull();
	});

	it('is never something that every object has', () => {
		for (const name of ['custom', 'constructor', 'toString', '__proto__']) {
			expect(attributeOf(anna, name)).toBeUndefined();
		}
	});

	it('is the address where it is a supervisor, unknown where only the id came', () => {
		expect(attributeOf(anna, 'supervisor')).toBe('boss@acme.example');
		expect(attributeOf(anEmployee(2, { supervisor: { id: employeeId(9) } }), 'supervisor')).toBeUndefined();
		expect(attributeOf(anEmployee(2, { supervisor: null }), 'supervisor')).toBeNull();
		expect(attributeOf(anEmployee(2), 'supervisor')).toBeUndefined();
	});
});

describe('a condition', () => {
	it.each<[string, RuleOperator, string, boolean]>([
		['office', 'equals', ' london ', true],
		['office', 'equals', 'Lond', false],
		['office', 'notEquals', 'LONDON', false],
		['office', 'notEquals', 'Berlin', true],
		['office', 'contains', 'NDO', true],
		['office', 'contains', 'Berlin', false],
		['office', 'startsWith', 'lo', true],
		['office', 'startsWith', 'ndon', false],
		['office', 'isEmpty', '', false],
		['office', 'isNotEmpty', '', true],
		['department', 'equals', 'IT', false],
		['department', 'notEquals', 'IT', true],
		['department', 'isEmpty', '', true],
		['department', 'isNotEmpty', '', false],
		['dynamic_1', 'equals', 'forklift', true],
		['dynamic_1', 'equals', 'First Aid, Forklift', false],
		['dynamic_1', 'notEquals', 'First Aid', false],
		['dynamic_1', 'startsWith', 'fork', true],
		['dynamic_2', 'equals', '7', true],
		['dynamic_3', 'equals', 'TRUE', true],
	])('%s %s "%s" is %s for Anna', (field, operator, value, verdict) => {
		expect(asked(field, operator, value)).toBe(verdict);
	});

	it.each<RuleOperator>(['equals', 'notEquals', 'contains', 'startsWith', 'isEmpty', 'isNotEmpty'])(
		'%s says nothing about an attribute that was not delivered',
		(operator) => {
			expect(asked('team', operator, 'A')).toBeUndefined();
		},
	);

	it('takes an umlaut as one letter or as a letter with a mark', () => {
		const cologne = anEmployee(3, { office: 'Ko\u0308ln' });
		expect(applies({ field: 'office', operator: 'equals', value: 'K\u00f6ln' }, cologne)).toBe(true);
	});
});

describe('an address', () => {
	it('is the same in another letter case and with blanks around it', () => {
		expect(addressKey(' Anna.M@Acme.Example ')).toBe(addressKey('anna.m@acme.example'));
	});

	it('is the same with an umlaut as one letter or as a letter with a mark', () => {
		expect(addressKey('mu\u0308ller@acme.example')).toBe(addressKey('m\u00fcller@acme.example'));
	});
});

describe('a person in a sentence', () => {
	it('goes by the name, else by the address, else by the Personio id', () => {
		const nameless = anEmployee(5, { firstName: null, lastName: '' });
		expect(nameOf(anEmployee(5))).toBe('First5 Last5');
		expect(nameOf(anEmployee(5, { firstName: null }))).toBe('Last5');
		expect(nameOf(nameless)).toBe('p5@acme.example');
		expect(nameOf(without(nameless, 'email'))).toBe('Personio id 5');
	});
});
