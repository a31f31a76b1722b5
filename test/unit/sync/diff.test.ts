import type { AttributeValue, Employee, Learner } from '../../../nodes/shared/item';
import { diff, sameLabel } from '../../../nodes/LmsSync/sync/diff';
import type { CustomField } from '../../../nodes/LmsSync/sync/lmsState';
import { accountOf, aField, anEmployee, someSettings, without, type SettingsOver } from './builders';

const anna = anEmployee(1);

function differences(
	employee: Employee,
	learner: Learner | undefined,
	over: SettingsOver = {},
	fields: CustomField[] = [],
	accessEnds?: string | null,
) {
	return diff(employee, learner, accessEnds, { fields }, someSettings(over));
}

const changesOf = (...args: Parameters<typeof differences>) => differences(...args).changes;

/** What a mapped attribute becomes in a custom field that holds `from`. */
function carried(value: AttributeValue | undefined, field: CustomField, from: AttributeValue = null) {
	const employee = anEmployee(1, { custom: value === undefined ? {} : { dynamic_1: value } });
	return differences(
		employee,
		accountOf(employee, { custom: from === null ? {} : { [field.label]: from } }),
		{ fieldMapping: [{ attribute: 'dynamic_1', field: field.label }] },
		[field],
	);
}

describe('an account in step with its employee', () => {
	it('needs no change', () => {
		expect(differences(anna, accountOf(anna), {}, [], null)).toEqual({ changes: [], notes: [], refused: [] });
	});

	it('needs none for blanks around a name, or for another form of an umlaut', () => {
		const juergen = anEmployee(2, { firstName: 'Ju\u0308rgen', lastName: 'Mu\u0308ller' });
		const account = accountOf(juergen, { firstName: ' J\u00fcrgen ', lastName: 'M\u00fcller' });
		expect(changesOf(juergen, account)).toEqual([]);
	});

	it('needs none for an address in other letter case', () => {
		expect(changesOf(anna, accountOf(anna, { email: 'P1@ACME.Example' }))).toEqual([]);
	});

	it.each(['constructor', 'toString', '__proto__'])('has nothing in an empty field called "%s"', (label) => {
		expect(carried('Sales', aField(label)).changes).toEqual([
			{ field: `custom.${label}`, label, from: null, to: 'Sales' },
		]);
		expect(carried(null, aField(label)).changes).toEqual([]);
	});

	it('needs none for what Personio did not deliver', () => {
		const account = accountOf(anna, { accessEnds: '2026-12-31', custom: { Office: 'London' } });
		const blank = without(anna, 'email', 'firstName', 'lastName', 'terminationDate', 'office');
		const mapped = { fieldMapping: [{ attribute: 'office', field: 'Office' }] };
		expect(changesOf(blank, account, mapped, [aField('Office')])).toEqual([]);
	});
});

describe('an account out of step', () => {
	it('gets a new name and address, and keeps what is the same', () => {
		const account = accountOf(anna, { email: 'old@acme.example', lastName: 'Maiden' });
		expect(changesOf(anna, account)).toEqual([
			{ field: 'email', from: 'old@acme.example', to: 'p1@acme.example' },
			{ field: 'lastName', from: 'Maiden', to: 'Last1' },
		]);
	});

	it('gets a name in other letter case, which is a name', () => {
		expect(changesOf(anna, accountOf(anna, { lastName: 'LAST1' }))).toMatchObject([{ field: 'lastName' }]);
	});

	it.each([null, ''])('never loses name or address to an empty value (%j)', (empty) => {
		const nameless = anEmployee(1, { email: empty, firstName: empty, lastName: empty });
		expect(changesOf(nameless, accountOf(anna))).toEqual([]);
	});

	it('gets the link, under the label of the field that holds it', () => {
		expect(changesOf(anna, accountOf(anna, { link: null }))).toEqual([
			{ field: 'link', label: 'Personio ID', from: null, to: '1' },
		]);
	});

	it('gets no link where addresses alone are compared', () => {
		expect(changesOf(anna, accountOf(anna, { link: null }), { matchBy: 'email' })).toEqual([]);
	});

	it('gets a new last day, and loses one that was withdrawn', () => {
		const ending = accountOf(anna, { accessEnds: '2026-04-30' });
		expect(changesOf(anna, ending, {}, [], '2026-05-31')).toMatchObject([
			{ field: 'accessEnds', from: '2026-04-30', to: '2026-05-31' },
		]);
		expect(changesOf(anna, ending, {}, [], null)).toMatchObject([{ field: 'accessEnds', to: null }]);
		expect(changesOf(anna, ending, {}, [], undefined)).toEqual([]);
	});
});

describe('a preferred name', () => {
	const bob = anEmployee(1, { firstName: 'Robert', preferredName: 'Bob' });

	it('is the first name only where that is wanted', () => {
		const account = accountOf(bob);
		expect(changesOf(bob, account)).toEqual([]);
		expect(changesOf(bob, account, { usePreferredName: true })).toMatchObject([{ to: 'Bob' }]);
	});

	it('gives way to the first name when it is taken back', () => {
		const account = accountOf(bob, { firstName: 'Bob' });
		const robert = { ...bob, preferredName: null };
		expect(changesOf(robert, account, { usePreferredName: true })).toMatchObject([{ to: 'Robert' }]);
	});

	it('stays when it is not delivered any more', () => {
		const account = accountOf(bob, { firstName: 'Bob' });
		expect(changesOf(without(bob, 'preferredName'), account, { usePreferredName: true })).toEqual([]);
	});
});

describe('a new account', () => {
	it('gets name, address, link, last day and mapped fields', () => {
		const employee = anEmployee(1, { department: 'IT' });
		const mapping = { fieldMapping: [{ attribute: 'department', field: 'Department' }] };
		expect(changesOf(employee, undefined, mapping, [aField('Department')], '2026-12-31')).toEqual([
			{ field: 'email', from: null, to: 'p1@acme.example' },
			{ field: 'firstName', from: null, to: 'First1' },
			{ field: 'lastName', from: null, to: 'Last1' },
			{ field: 'link', label: 'Personio ID', from: null, to: '1' },
			{ field: 'accessEnds', from: null, to: '2026-12-31' },
			{ field: 'custom.Department', label: 'Department', from: null, to: 'IT' },
		]);
	});

	it('gets no empty fields', () => {
		const employee = anEmployee(1, { department: null });
		const mapping = { fieldMapping: [{ attribute: 'department', field: 'Department' }] };
		expect(changesOf(employee, undefined, mapping, [aField('Department')], null).map(({ to }) => to)).toEqual(
			['p1@acme.example', 'First1', 'Last1', '1'],
		);
	});
});

describe('a mapped attribute', () => {
	it('is written only where the mapping names it and the portal has the field', () => {
		const employee = anEmployee(1, { department: 'IT', office: 'London' });
		const mapping = {
			fieldMapping: [
				{ attribute: 'department', field: 'department_name' },
				{ attribute: 'office', field: 'No Such Field' },
			],
		};
		expect(changesOf(employee, accountOf(employee), mapping, [aField('Department Name')])).toEqual([
			{ field: 'custom.Department Name', label: 'Department Name', from: null, to: 'IT' },
		]);
	});

	it('empties its field when it is empty, and leaves it when it is unknown', () => {
		expect(carried(null, aField('F'), 'old').changes).toMatchObject([{ from: 'old', to: null }]);
		expect(carried('', aField('F'), 'old').changes).toMatchObject([{ to: null }]);
		expect(carried(undefined, aField('F'), 'old')).toEqual({ changes: [], notes: [], refused: [] });
	});

	it.each<[string, AttributeValue, CustomField, AttributeValue]>([
		['a list as text', ['a', 'b'], aField('F'), 'a, b'],
		['a number as text', 7, aField('F'), '7'],
		['a truth as text', false, aField('F'), 'false'],
		['a date', '2026-03-10T00:00:00+01:00', aField('F', 'date'), '2026-03-10'],
		['a whole number', '-12', aField('F', 'integer'), -12],
		['zero', 0, aField('F', 'integer'), 0],
		['a number with a comma', '1,5', aField('F', 'decimal'), 1.5],
		['a choice, as the list spells it', 'sales', aField('F', 'choice', ['IT', 'Sales']), 'Sales'],
	])('is carried over as %s', (_, value, field, to) => {
		expect(carried(value, field)).toEqual({
			changes: [{ field: 'custom.F', label: 'F', from: null, to }],
			notes: [],
			refused: [],
		});
	});

	it.each<[AttributeValue, CustomField]>([
		['1.5', aField('F', 'integer')],
		['many', aField('F', 'decimal')],
		['soon', aField('F', 'date')],
		['Legal', aField('F', 'choice', ['IT', 'Sales'])],
		['IT', aField('F', 'choice')],
		[['IT', 'Sales'], aField('F', 'choice', ['IT', 'Sales'])],
	])('%j that does not fit is a note and no change', (value, field) => {
		const { changes, notes, refused } = carried(value, field, 'old');
		expect(changes).toEqual([]);
		const sentences = [...notes, ...refused.map(({ message }) => message)];
		expect(sentences).toEqual([expect.stringContaining('"F"')]);
	});

	it.each<[AttributeValue, CustomField, AttributeValue]>([
		[7, aField('F'), '7'],
		[7, aField('F', 'integer'), '7'],
		['IT', aField('F', 'choice', ['IT']), 'IT'],
		['Ko\u0308ln', aField('F'), 'K\u00f6ln'],
		[1.5, aField('F', 'decimal'), '1.50'],
		['2026-03-10', aField('F', 'date'), '2026-03-10T00:00:00Z'],
	])('%j is the same in %j as %j, and not written', (value, field, held) => {
		expect(carried(value, field, held)).toEqual({ changes: [], notes: [], refused: [] });
	});

	it('finds its choice in another form of an umlaut', () => {
		const offices = aField('F', 'choice', ['K\u00f6ln']);
		expect(carried('Ko\u0308ln', offices)).toMatchObject({ changes: [{ to: 'K\u00f6ln' }], notes: [] });
	});

	it.each<CustomField['type']>(['text', 'choice', 'date', 'integer'])(
		'without any tag empties a field of type %s',
		(type) => {
			const { changes, notes } = carried([], aField('F', type, ['old']), 'old');
			expect(notes).toEqual([]);
			expect(changes.map(({ from, to }) => [from, to ?? ''])).toEqual([['old', '']]);
		},
	);
});

describe('the label of a field', () => {
	it('is the same in other letter case, with underscores and more blanks', () => {
		expect(sameLabel('Personio ID', ' personio_id ')).toBe(true);
		expect(sameLabel('Cost  Center', 'cost_center')).toBe(true);
		expect(sameLabel('Personio ID', 'PersonioID')).toBe(false);
	});
});
