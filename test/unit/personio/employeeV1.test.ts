import { EMPLOYEE_FIELDS } from '../../../nodes/shared/item';
import { employeeFromV1, V1_KEYS } from '../../../nodes/Personio/employee/v1';
import type { V1Attributes } from '../../../nodes/Personio/employee/v1';
import { describeDemoTenant } from './demoTenant';
import { MARAS_CUSTOM, maraV1, wrapped } from './payloads';

const read = (changes: V1Attributes = {}, custom: string[] = []) =>
	employeeFromV1({ ...maraV1(), ...changes }, custom);

describe('an employee of Personio v1', () => {
	it('is read with names of units, the supervisor, calendar dates and UTC instants', () => {
		expect(read({}, MARAS_CUSTOM)).toEqual({
			id: '8120',
			email: 'Mara.Lindqvist@example.com',
			firstName: 'Mara',
			lastName: 'Lindqvist',
			preferredName: 'Mari',
			status: 'active',
			position: 'Data Engineer',
			department: 'Engineering',
			team: 'Platform',
			office: 'Madrid',
			legalEntity: 'Example Iberia S.L.',
			employmentType: 'internal',
			supervisor: { id: '8001', email: 'oskar.brandt@example.com' },
			hireDate: '2021-03-01',
			contractEndDate: null,
			terminationDate: '2027-06-30',
			lastWorkingDay: '2027-06-15',
			timeZoneOffset: '+02:00',
			createdAt: '2021-02-10T08:30:00.000Z',
			lastModifiedAt: '2026-10-05T16:45:10.000Z',
			custom: {
				dynamic_41: 'Night shift',
				dynamic_42: ['First aid', 'Fire safety'],
				dynamic_43: '2024-01-15',
				dynamic_44: 3,
			},
		});
	});

	it.each(EMPLOYEE_FIELDS)('has no key "%s" where it was not delivered', (field) => {
		const attributes = maraV1();
		delete attributes[V1_KEYS[field]];
		expect(employeeFromV1(attributes, [])).not.toHaveProperty(field);
	});

	it.each(EMPLOYEE_FIELDS)('has null for "%s" in all three forms of empty', (field) => {
		for (const empty of [null, '', []]) {
			expect(read({ [V1_KEYS[field]]: wrapped(empty) })).toHaveProperty(field, null);
		}
	});

	it('does not read custom attributes that nobody asked for', () => {
		expect(read({}, ['dynamic_44'])?.custom).toEqual({ dynamic_44: 3 });
	});

	it('tells a custom attribute that is empty from one that was not delivered', () => {
		expect(read({ dynamic_41: wrapped('', 'list') }, ['dynamic_41', 'dynamic_99'])?.custom).toEqual({
			dynamic_41: null,
		});
	});

	it('keeps the id of a supervisor without e-mail, and has no key for the e-mail', () => {
		const supervisor = wrapped({ type: 'Employee', attributes: { id: wrapped(8001) } });
		expect(read({ supervisor })?.supervisor).toEqual({ id: '8001' });
		const empty = wrapped({ type: 'Employee', attributes: { id: wrapped(8001), email: wrapped('') } });
		expect(read({ supervisor: empty })?.supervisor).toEqual({ id: '8001' });
	});

	it('does not know a supervisor that came without an id', () => {
		const supervisor = wrapped({ type: 'Employee', attributes: { first_name: wrapped('Oskar') } });
		expect(read({ supervisor })).not.toHaveProperty('supervisor');
	});

	it('does not know a status that Personio has not documented', () => {
		expect(read({ status: wrapped('sabbatical') })).not.toHaveProperty('status');
	});

	it('is read from a record of 2018, which has labels and values only', () => {
		const attributes = {
			id: { label: 'ID', value: 12 },
			first_name: { label: 'First name', value: ' Ada ' },
			department: { label: 'Department', value: { type: 'Department', attributes: { id: 1, name: 'HR' } } },
			hire_date: { label: 'Hire date', value: '2018-02-01T00:00:00+0100' },
			dynamic_7: { label: 'Cost', value: '4711' },
		};
		expect(employeeFromV1(attributes, ['dynamic_7'])).toEqual({
			id: '12',
			firstName: 'Ada',
			department: 'HR',
			hireDate: '2018-02-01',
			timeZoneOffset: '+01:00',
			custom: { dynamic_7: '4711' },
		});
	});

	it('is not disturbed by ids of work schedules that are too large for a number', () => {
		const work_schedule = wrapped({ attributes: { id: 1067807102794692000, name: 'Full-time' } });
		expect(read({ work_schedule })).toEqual(read());
	});

	it.each([[undefined], [null], [''], ['  '], [{}], [true]])('is nobody without an id: %j', (id) => {
		expect(read({ id: wrapped(id) })).toBeUndefined();
	});

	it('is the same person whether the id comes as a number or as text', () => {
		expect(read({ id: wrapped('8120') })).toEqual(read({ id: wrapped(8120) }));
	});

	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
		'is not changed by a custom attribute with the name %s',
		(key) => {
			const text = JSON.stringify({ [key]: wrapped(['a'], 'tags') });
			const attributes = { ...maraV1(), ...(JSON.parse(text) as V1Attributes) };
			const custom = employeeFromV1(attributes, [key])?.custom ?? {};
			expect(Object.getPrototypeOf(custom)).toBe(Object.prototype);
			expect({}.toString).toBe(Object.prototype.toString);
			expect(employeeFromV1(maraV1(), [key])?.custom).toEqual({});
		},
	);
});

describe('the offset of the office', () => {
	const only = (key: string, value: string) =>
		employeeFromV1({ id: wrapped(1), [key]: wrapped(value, 'date') }, [])?.timeZoneOffset;

	it('is that of the termination date before any other, for it holds on that day', () => {
		const changes = { termination_date: wrapped('2027-12-31T00:00:00+01:00', 'date') };
		expect(read(changes)?.timeZoneOffset).toBe('+01:00');
	});

	it.each([
		['hire_date', '2021-07-01T00:00:00+0530', '+05:30'],
		['created_at', '2021-07-01T10:20:30-03:30', '-03:30'],
		['last_modified_at', '2021-07-01T10:20:30+05:45', '+05:45'],
	])('is read from %s where %s is written', (key, value, offset) => {
		expect(only(key, value)).toBe(offset);
	});

	it.each(['1835-02-01T00:00:00+00:53', '2021-07-01', '2021-07-01T10:20:30Z'])(
		'is not known from %s',
		(value) => {
			expect(only('hire_date', value)).toBeUndefined();
		},
	);

	it('passes over a historic date to one that tells', () => {
		const changes = { termination_date: wrapped('1835-02-01T00:00:00+00:53', 'date') };
		expect(read(changes)).toMatchObject({ terminationDate: '1835-02-01', timeZoneOffset: '+02:00' });
	});
});

const samples = process.env.PERSONIO_SAMPLES;
if (samples !== undefined) describeDemoTenant(samples);
