import { EMPLOYEE_FIELDS } from '../../../nodes/shared/item';
import { employeeFromV1, V1_KEYS } from '../../../nodes/Personio/employee/v1';
import { employeeFromV2, type V2Person } from '../../../nodes/Personio/employee/v2';
import type { Employee, EmployeeField } from '../../../nodes/shared/item';
import { MARAS_CUSTOM, maraV1, maraV2, marasEmployment, NAMES, wrapped } from './payloads';

const EMPTY = new Set(EMPLOYEE_FIELDS);

/** What v2 has no means to tell is left out: the offset of the office and the supervisor's address. */
function comparable(employee: Employee | undefined) {
	const { timeZoneOffset: _offset, supervisor, ...rest } = employee as Employee;
	return { ...rest, supervisor: supervisor && { id: supervisor.id } };
}

const fromV1 = (changes: ReturnType<typeof maraV1> = {}) =>
	comparable(employeeFromV1({ ...maraV1(), ...changes }, MARAS_CUSTOM));
const fromV2 = (person: V2Person = {}, employment: object = {}) =>
	comparable(
		employeeFromV2(
			{ ...maraV2(), ...person },
			{ ...marasEmployment(), ...employment },
			NAMES,
			EMPTY,
			MARAS_CUSTOM,
		),
	);

describe('v1 and v2 tell the same', () => {
	it('of a person with everything filled in', () => {
		expect(fromV2()).toEqual(fromV1());
	});

	it('of a person of whom nothing but the name and the status is filled in', () => {
		const kept: EmployeeField[] = ['firstName', 'lastName', 'status', 'createdAt', 'lastModifiedAt'];
		const emptied = EMPLOYEE_FIELDS.filter((field) => !kept.includes(field));
		const v1 = fromV1({
			...Object.fromEntries(emptied.map((field) => [V1_KEYS[field], wrapped(null)])),
			...Object.fromEntries(MARAS_CUSTOM.map((key) => [key, wrapped('')])),
		});
		const v2 = fromV2(
			{
				email: null,
				preferred_name: null,
				custom_attributes: MARAS_CUSTOM.map((id) => ({ id, value: null })),
			},
			{
				type: null,
				position: null,
				employment_start_date: null,
				contract_end_date: null,
				termination: null,
				supervisor: null,
				office: null,
				org_units: [],
				legal_entity: null,
			},
		);
		expect(v2).toEqual(v1);
	});

	it.each(['INACTIVE', 'ONBOARDING', 'LEAVE'])('of a person with the status %s', (status) => {
		expect(fromV2({}, { status })).toEqual(fromV1({ status: wrapped(status.toLowerCase()) }));
	});

	it('of an external person', () => {
		expect(fromV2({}, { type: 'EXTERNAL' })).toEqual(fromV1({ employment_type: wrapped('external') }));
	});

	it('of a person whose names and address were typed with blanks around them', () => {
		const v1 = fromV1({ email: wrapped(' mara@example.com '), last_name: wrapped('Lindqvist ') });
		expect(fromV2({ email: ' mara@example.com ', last_name: 'Lindqvist ' })).toEqual(v1);
	});
});
