import { EMPLOYEE_FIELDS, type EmployeeField } from '../../shared/item';

/**
 * What is read of everybody, whatever the operator chose: who it is, whether and until when the person
 * belongs to the company, and whether the record has changed.
 */
export const ALWAYS_READ: readonly EmployeeField[] = [
	'email',
	'firstName',
	'lastName',
	'status',
	'hireDate',
	'terminationDate',
	'lastModifiedAt',
];

export const isEmployeeField = (name: string): name is EmployeeField =>
	(EMPLOYEE_FIELDS as readonly string[]).includes(name);

/** The chosen fields and those that are always read, in the order of the record; `undefined` for all. */
export function fieldsToRead(chosen: readonly EmployeeField[]): EmployeeField[] | undefined {
	const fields = EMPLOYEE_FIELDS.filter((field) => ALWAYS_READ.includes(field) || chosen.includes(field));
	return fields.length < EMPLOYEE_FIELDS.length ? fields : undefined;
}
