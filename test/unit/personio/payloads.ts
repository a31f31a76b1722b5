import type { V1Attributes } from '../../../nodes/Personio/employee/v1';
import type { V2Employment, V2Names, V2Person } from '../../../nodes/Personio/employee/v2';

/** A v1 attribute as Personio wraps it. */
export const wrapped = (value: unknown, type = 'standard', label = 'Label') => ({ label, value, type });

const named = (type: string, id: number, name: string) => wrapped({ type, attributes: { id, name } });

/** Mara, who works in Madrid, as v1 delivers her: every granted attribute, the empty ones too. */
export const maraV1 = (): V1Attributes => ({
	id: wrapped(8120, 'integer'),
	first_name: wrapped('Mara'),
	last_name: wrapped('Lindqvist'),
	preferred_name: wrapped('Mari'),
	email: wrapped('Mara.Lindqvist@example.com'),
	status: wrapped('active'),
	position: wrapped('Data Engineer'),
	department: named('Department', 31, 'Engineering'),
	team: named('Team', 77, 'Platform'),
	office: named('Office', 5, 'Madrid'),
	subcompany: named('Subcompany', 2, 'Example Iberia S.L.'),
	employment_type: wrapped('internal'),
	supervisor: wrapped({
		type: 'Employee',
		attributes: {
			id: wrapped(8001, 'integer'),
			first_name: wrapped('Oskar'),
			last_name: wrapped('Brandt'),
			email: wrapped('oskar.brandt@example.com'),
		},
	}),
	hire_date: wrapped('2021-03-01T00:00:00+01:00', 'date'),
	contract_end_date: wrapped(null, 'date'),
	termination_date: wrapped('2027-06-30T00:00:00+02:00', 'date'),
	last_working_day: wrapped('2027-06-15T00:00:00+02:00', 'date'),
	created_at: wrapped('2021-02-10T09:30:00+01:00', 'date'),
	last_modified_at: wrapped('2026-10-05T18:45:10+02:00', 'date'),
	dynamic_41: wrapped('Night shift', 'list'),
	dynamic_42: wrapped('First aid,Fire safety', 'tags'),
	dynamic_43: wrapped('2024-01-15T00:00:00+01:00', 'date'),
	dynamic_44: wrapped(3, 'integer'),
});

/** The same Mara as v2 delivers her. */
export const maraV2 = (): V2Person => ({
	id: '8120',
	email: 'Mara.Lindqvist@example.com',
	first_name: 'Mara',
	last_name: 'Lindqvist',
	preferred_name: 'Mari',
	status: 'ACTIVE',
	created_at: '2021-02-10T08:30:00Z',
	updated_at: '2026-10-05T16:45:10Z',
	custom_attributes: [
		{ id: 'dynamic_9f3c1e.41', type: 'string', value: 'Night shift' },
		{ id: 'dynamic_9f3c1e.42', type: 'STRING_LIST', value: ['First aid', 'Fire safety'] },
		{ id: 'dynamic_9f3c1e.43', type: 'date', value: '2024-01-15' },
		{ id: 'dynamic_9f3c1e.44', type: 'INT', value: 3 },
	],
});

export const marasEmployment = (): V2Employment => ({
	status: 'ACTIVE',
	type: 'INTERNAL',
	position: { title: 'Data Engineer' },
	employment_start_date: '2021-03-01',
	contract_end_date: null,
	termination: { termination_date: '2027-06-30', last_working_date: '2027-06-15' },
	supervisor: { id: '8001' },
	office: { id: '5' },
	org_units: [
		{ type: 'team', id: '77' },
		{ type: 'department', id: '31' },
	],
	legal_entity: { id: '2' },
	created_at: '2021-02-10T08:30:00Z',
	updated_at: '2026-03-01T07:00:00Z',
});

export const NAMES: V2Names = {
	department: new Map([['31', 'Engineering']]),
	team: new Map([['77', 'Platform']]),
	office: new Map([['5', 'Madrid']]),
	legalEntity: new Map([['2', 'Example Iberia S.L.']]),
};

export const MARAS_CUSTOM = ['dynamic_41', 'dynamic_42', 'dynamic_43', 'dynamic_44'];
