import {
	EMPLOYEE_FIELDS,
	employeeId,
	type Employee,
	type EmployeeField,
	type Supervisor,
} from '../../shared/item';
import { calendarDate, customOf, instant, isEmpty, status, text } from './values';

export interface V2Person {
	id?: string;
	email?: string | null;
	first_name?: string | null;
	last_name?: string | null;
	preferred_name?: string | null;
	status?: string;
	created_at?: string;
	updated_at?: string;
	custom_attributes?: Array<{
		id?: string;
		type?: string;
		value?: unknown;
		label?: unknown;
		global_id?: unknown;
	}>;
	employments?: Array<{ id?: string }> | null;
}

export interface V2Employment {
	id?: string;
	status?: string;
	type?: string | null;
	position?: { title?: string | null } | null;
	employment_start_date?: string | null;
	contract_end_date?: string | null;
	termination?: {
		termination_date?: string | null;
		last_working_day?: string | null;
		/** The schema says `_day`, every example of the vendor says `_date`. */
		last_working_date?: string | null;
	} | null;
	supervisor?: { id?: string | null } | null;
	office?: { id?: string | null } | null;
	org_units?: Array<{ type?: string; id?: string }> | null;
	legal_entity?: { id?: string | null } | null;
	created_at?: string;
	updated_at?: string;
}

/** Names of org units, workplaces and legal entities by their id. v2 delivers ids only. */
export interface V2Names {
	department: ReadonlyMap<string, string>;
	team: ReadonlyMap<string, string>;
	office: ReadonlyMap<string, string>;
	legalEntity: ReadonlyMap<string, string>;
}

/** `dynamic_<hash>.<number>` and `dynamic_<number>` are the same attribute as v1's `dynamic_<number>`. */
export const customKey = (id: string): string => id.replace(/^dynamic_.*?(\d+)$/, 'dynamic_$1');

/**
 * The employee record of one v2 person and the employment that counts. What is absent stays unknown.
 *
 * @param employment `null` if the person has none, `undefined` if it could not be read
 * @param empty those of {@link silentFields} that are known to be empty
 * @param fields those to be kept: v2 delivers everything it may
 */
export function employeeFromV2(
	person: V2Person,
	employment: V2Employment | null | undefined,
	names: V2Names,
	empty: ReadonlySet<EmployeeField>,
	customKeys: string[],
	fields: readonly EmployeeField[] = EMPLOYEE_FIELDS,
): Employee | undefined {
	const id = text(person.id);
	if (id === undefined || id === '') return undefined;
	const known: { [F in EmployeeField]?: unknown } = {
		email: filled(person.email, text),
		firstName: filled(person.first_name, text),
		lastName: filled(person.last_name, text),
		preferredName: filled(person.preferred_name, text),
		createdAt: filled(person.created_at, instant),
		lastModifiedAt: later(person.updated_at, employment?.updated_at),
	};
	if (employment === null) known.status = status(person.status);
	if (employment) {
		const unit = (type: 'department' | 'team') => {
			const found = unitOf(employment, type);
			return found && names[type].get(text(found.id) ?? '');
		};
		Object.assign(known, {
			status: status(employment.status),
			employmentType:
				employment.type === 'UNSPECIFIED'
					? undefined
					: filled(employment.type, (type) => text(type)?.toLowerCase()),
			position:
				employment.position === undefined ? undefined : filled(employment.position?.title ?? null, text),
			department: unit('department'),
			team: unit('team'),
			office: nameOf(employment.office, names.office),
			legalEntity: nameOf(employment.legal_entity, names.legalEntity),
			supervisor: supervisorV2(employment.supervisor),
			hireDate: filled(employment.employment_start_date, calendarDate),
			contractEndDate: filled(employment.contract_end_date, calendarDate),
			terminationDate: filled(employment.termination?.termination_date, calendarDate),
			lastWorkingDay: filled(lastWorkingDayOf(employment), calendarDate),
		});
		for (const field of silentFields(employment)) if (empty.has(field)) known[field] = null;
	}
	const employee: Record<string, unknown> = { id };
	for (const field of fields) {
		const value = known[field];
		if (value !== undefined) employee[field] = isEmpty(value) ? null : value;
	}
	const attributes = listOf(person.custom_attributes);
	employee.custom = customOf(
		customKeys.map((key) => {
			const same = (as: (id: string) => string) =>
				attributes.find((each) => typeof each?.id === 'string' && as(each.id) === key);
			const found = same((full) => full) ?? same(customKey);
			return { key, value: found?.value, type: found?.type };
		}),
	);
	return employee as unknown as Employee;
}

/** The fields that v2 may leave out where they are empty, so that their absence says nothing. */
export const SILENT_FIELDS = [
	'terminationDate',
	'lastWorkingDay',
	'contractEndDate',
	'department',
	'team',
] as const satisfies EmployeeField[];

/** Those of them that an employment says nothing of. One without any right says nothing by its silence. */
export function silentFields(employment: V2Employment): EmployeeField[] {
	if (isShrunk(employment)) return [];
	const said: Record<(typeof SILENT_FIELDS)[number], unknown> = {
		terminationDate: employment.termination?.termination_date,
		lastWorkingDay: lastWorkingDayOf(employment),
		contractEndDate: employment.contract_end_date,
		// Without the list of units, all of it is unknown.
		department: employment.org_units === undefined ? [] : unitOf(employment, 'department'),
		team: employment.org_units === undefined ? [] : unitOf(employment, 'team'),
	};
	return SILENT_FIELDS.filter((field) => said[field] === undefined);
}

const unitOf = ({ org_units: units }: V2Employment, type: 'department' | 'team') =>
	listOf(units).find((each) => each?.type === type);

const lastWorkingDayOf = ({ termination }: V2Employment) =>
	termination?.last_working_day ?? termination?.last_working_date;

/** Without the right to any attribute, v2 answers `{ id, person, status, _meta }` and HTTP 200. */
export function isShrunk(employment: V2Employment): boolean {
	const { employment_start_date, type, position, org_units, office, created_at } = employment;
	return [employment_start_date, type, position, org_units, office, created_at].every(
		(value) => value === undefined,
	);
}

/** The newest employment that has not ended; a rehire is a new employment of the same person. */
export function currentEmployment(employments: V2Employment[]): V2Employment | null {
	return employments.find((each) => status(each.status) !== 'inactive') ?? employments[0] ?? null;
}

function nameOf(
	reference: { id?: string | null } | null | undefined,
	names: ReadonlyMap<string, string>,
): string | null | undefined {
	if (reference === undefined) return undefined;
	const id: unknown = reference?.id;
	return id === undefined || id === null ? null : names.get(text(id) ?? '');
}

function supervisorV2(reference: V2Employment['supervisor']): Supervisor | null | undefined {
	if (reference === undefined) return undefined;
	const id = text(reference?.id);
	return id ? { id: employeeId(id) } : null;
}

/** `null` for a delivered value that is empty, `undefined` for one that is absent or of an unexpected form. */
const filled = (value: unknown, read: (value: unknown) => string | undefined): string | null | undefined =>
	isEmpty(value) ? null : read(value);

const listOf = <Item>(value: Item[] | null | undefined): Item[] => (Array.isArray(value) ? value : []);

function later(a: string | undefined, b: string | undefined): string | undefined {
	return [instant(a), instant(b)]
		.filter((each) => each !== undefined)
		.sort()
		.at(-1);
}
