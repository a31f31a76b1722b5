import {
	EMPLOYEE_FIELDS,
	employeeId,
	type Employee,
	type EmployeeField,
	type Supervisor,
} from '../../shared/item';
import { calendarDate, customOf, instant, isEmpty, status, text } from './values';

/** The system attributes of Personio v1 that make up the employee record. Of the record, nothing else is asked for. */
export const V1_KEYS: Record<EmployeeField, string> = {
	email: 'email',
	firstName: 'first_name',
	lastName: 'last_name',
	preferredName: 'preferred_name',
	status: 'status',
	position: 'position',
	department: 'department',
	team: 'team',
	office: 'office',
	legalEntity: 'subcompany',
	employmentType: 'employment_type',
	supervisor: 'supervisor',
	hireDate: 'hire_date',
	contractEndDate: 'contract_end_date',
	terminationDate: 'termination_date',
	lastWorkingDay: 'last_working_day',
	createdAt: 'created_at',
	lastModifiedAt: 'last_modified_at',
};

interface V1Attribute {
	value?: unknown;
	type?: string;
	label?: string;
	universal_id?: string | null;
}
export type V1Attributes = Record<string, V1Attribute | undefined>;

/** Office, department, team and legal entity come as `{ attributes: { name } }`. */
function name(value: unknown): string | undefined {
	return text((value as { attributes?: { name?: unknown } }).attributes?.name) ?? text(value);
}

function supervisor(value: unknown): Supervisor | undefined {
	const attributes = (value as { attributes?: V1Attributes }).attributes;
	const id = text(attributes?.id?.value);
	if (id === undefined) return undefined;
	const email = text(attributes?.email?.value);
	return { id: employeeId(id), ...(email && { email }) };
}

const V1_VALUE: { [F in EmployeeField]: (value: unknown) => unknown } = {
	email: text,
	firstName: text,
	lastName: text,
	preferredName: text,
	status,
	position: text,
	department: name,
	team: name,
	office: name,
	legalEntity: name,
	employmentType: text,
	supervisor,
	hireDate: calendarDate,
	contractEndDate: calendarDate,
	terminationDate: calendarDate,
	lastWorkingDay: calendarDate,
	createdAt: instant,
	lastModifiedAt: instant,
};

/** Whose offset tells the zone of the office: end dates first, since they are what it is used for. */
const ZONE_KEYS = [
	'termination_date',
	'last_working_day',
	'contract_end_date',
	'last_modified_at',
	'hire_date',
	'created_at',
];

/** Offsets of today's zones are whole quarters of an hour; those of historic dates (+00:53) are not. */
function officeOffset(attributes: V1Attributes): string | undefined {
	for (const key of ZONE_KEYS) {
		const value = attributes[key]?.value;
		const match = typeof value === 'string' ? /([+-]\d{2}):?(00|15|30|45)$/.exec(value) : null;
		if (match) return `${match[1]}:${match[2]}`;
	}
	return undefined;
}

/**
 * The employee record of one v1 answer.
 *
 * @param attributes `data.attributes` of the answer: `{ <key>: { label, value, type, universal_id } }`
 * @param fields those to be kept; Personio may deliver more than was asked for
 * @returns `undefined` when there is no id, so that nobody can be confused with anybody
 */
export function employeeFromV1(
	attributes: V1Attributes,
	customKeys: string[],
	fields: readonly EmployeeField[] = EMPLOYEE_FIELDS,
): Employee | undefined {
	const id = text(attributes.id?.value);
	if (id === undefined || id === '') return undefined;
	const employee: Record<string, unknown> = { id };
	for (const field of fields) {
		const raw = attributes[V1_KEYS[field]]?.value;
		if (raw === undefined) continue;
		const value = isEmpty(raw) ? null : V1_VALUE[field](raw);
		if (value !== undefined) employee[field] = value === '' ? null : value;
	}
	employee.custom = customOf(
		customKeys.map((key) => ({ key, value: attributes[key]?.value, type: attributes[key]?.type })),
	);
	const timeZoneOffset = officeOffset(attributes);
	if (timeZoneOffset !== undefined) employee.timeZoneOffset = timeZoneOffset;
	return employee as unknown as Employee;
}
