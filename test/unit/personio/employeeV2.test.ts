import {
	currentEmployment,
	customKey,
	employeeFromV2,
	isShrunk,
	type V2Employment,
	type V2Person,
} from '../../../nodes/Personio/employee/v2';
import type { EmployeeField } from '../../../nodes/shared/item';
import { MARAS_CUSTOM, maraV2, marasEmployment, NAMES } from './payloads';

const END_DATES = ['terminationDate', 'lastWorkingDay', 'contractEndDate'] as const;
const NO_END_DATES = new Set<EmployeeField>(END_DATES);
const NOTHING_EMPTY = new Set<EmployeeField>();

const read = (
	employment: V2Employment | null | undefined,
	empty: ReadonlySet<EmployeeField> = NOTHING_EMPTY,
	person: V2Person = maraV2(),
) => employeeFromV2(person, employment, NAMES, empty, MARAS_CUSTOM);

/** Without the given keys: v2 leaves out what is empty as well as what may not be read. */
function without<Part extends object>(part: Part, ...keys: Array<keyof Part>): Part {
	const rest = { ...part };
	for (const key of keys) delete rest[key];
	return rest;
}

describe('an employee of Personio v2', () => {
	it('is read from the person, the employment and the names it refers to', () => {
		expect(read(marasEmployment())).toEqual({
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
			supervisor: { id: '8001' },
			hireDate: '2021-03-01',
			contractEndDate: null,
			terminationDate: '2027-06-30',
			lastWorkingDay: '2027-06-15',
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

	it.each(['last_working_day', 'last_working_date'])('has the last working day from %s', (key) => {
		const termination = { termination_date: '2027-06-30', [key]: '2027-06-10' };
		expect(read({ ...marasEmployment(), termination })?.lastWorkingDay).toBe('2027-06-10');
	});

	it('was last modified when the later of person and employment was', () => {
		const employment = { ...marasEmployment(), updated_at: '2026-11-01T00:00:00Z' };
		expect(read(employment)?.lastModifiedAt).toBe('2026-11-01T00:00:00.000Z');
	});

	it('is not known by an office or a team whose id is no id', () => {
		const odd = { toString: 'no function' } as never;
		const employment = {
			...marasEmployment(),
			office: { id: odd },
			org_units: [{ type: 'department', id: odd }],
		} as V2Employment;
		expect(read(employment)).toMatchObject({ id: '8120' });
		expect(read(employment)).not.toHaveProperty('office', 'Madrid');
	});

	it('has the status of the person where there is no employment at all', () => {
		expect(read(null)?.status).toBe('active');
	});

	it('has no status where the employment could not be read', () => {
		expect(read(undefined)).not.toHaveProperty('status');
	});

	it('does not know names that could not be read', () => {
		const employment: V2Employment = {
			...marasEmployment(),
			office: { id: '6' },
			org_units: [{ type: 'department', id: '99' }],
		};
		const employee = read(employment);
		expect(employee).not.toHaveProperty('office');
		expect(employee).not.toHaveProperty('department');
	});

	it('has names also where the ids they are found by are numbers', () => {
		const numbers = {
			office: { id: 5 },
			org_units: [
				{ type: 'team', id: 77 },
				{ type: 'department', id: 31 },
			],
			legal_entity: { id: 2 },
		};
		const employment = { ...marasEmployment(), ...numbers } as unknown as V2Employment;
		expect(read(employment)).toEqual(read(marasEmployment()));
	});

	it.each([[undefined], [null], [''], ['  ']])('is nobody without an id: %j', (id) => {
		const person = { ...maraV2(), id } as unknown as V2Person;
		expect(read(marasEmployment(), NOTHING_EMPTY, person)).toBeUndefined();
	});

	it('has an id of text also where a number is delivered', () => {
		const person = { ...maraV2(), id: 8120 } as unknown as V2Person;
		expect(read(marasEmployment(), NOTHING_EMPTY, person)?.id).toBe('8120');
	});
});

describe('a shrunk record, for want of rights', () => {
	it('has nothing but the id for a person', () => {
		expect(read(undefined, NO_END_DATES, { id: '8120' })).toEqual({ id: '8120', custom: {} });
	});

	it('has nothing but the status for an employment, and no end date is taken as empty', () => {
		const shrunk: V2Employment = { status: 'ACTIVE' };
		expect(isShrunk(shrunk)).toBe(true);
		expect(read(shrunk, NO_END_DATES, { id: '8120' })).toEqual({
			id: '8120',
			status: 'active',
			custom: {},
		});
	});

	it('is told from a full one', () => {
		expect(isShrunk(marasEmployment())).toBe(false);
	});
});

describe('an end date that is not there', () => {
	const open = without(marasEmployment(), 'termination', 'contract_end_date');

	it('is unknown where it may not be read', () => {
		for (const field of END_DATES) expect(read(open)).not.toHaveProperty(field);
	});

	it('is empty where it may be read, so that a withdrawn termination is seen', () => {
		expect(read(open, NO_END_DATES)).toMatchObject({
			terminationDate: null,
			lastWorkingDay: null,
			contractEndDate: null,
		});
	});

	it.each([[null], [{ termination_date: null, last_working_day: null }]])(
		'is empty where the termination is delivered as %j and may be read',
		(termination) => {
			expect(read({ ...open, termination }, NO_END_DATES)).toMatchObject({
				terminationDate: null,
				lastWorkingDay: null,
			});
		},
	);
});

describe('a unit that is not there', () => {
	it('is unknown where no units are delivered', () => {
		const employee = read(without(marasEmployment(), 'org_units', 'office', 'legal_entity', 'position'));
		for (const field of ['department', 'team', 'office', 'legalEntity', 'position']) {
			expect(employee).not.toHaveProperty(field);
		}
	});

	it('is empty where units are delivered and it is known to be readable', () => {
		const employment = { ...marasEmployment(), org_units: [{ type: 'team', id: '77' }] };
		expect(read(employment, new Set(['department', 'team']))).toMatchObject({
			team: 'Platform',
			department: null,
		});
	});

	it('is unknown where only units of the other kind are delivered and nothing says it may be read', () => {
		const employment = { ...marasEmployment(), org_units: [{ type: 'team', id: '77' }] };
		const employee = read(employment, new Set(['team']));
		expect(employee).toHaveProperty('team', 'Platform');
		expect(employee).not.toHaveProperty('department');
	});
});

describe('of several employments', () => {
	const ended = (start: string): V2Employment => ({ status: 'INACTIVE', employment_start_date: start });
	const running: V2Employment = { status: 'ACTIVE', employment_start_date: '2020-01-01' };

	it('the running one counts, although one that ended is newer', () => {
		expect(currentEmployment([ended('2024-01-01'), running, ended('2015-01-01')])).toBe(running);
	});

	it.each(['ONBOARDING', 'LEAVE'])('one of status %s counts as running: a rehire', (status) => {
		const rehire = { status, employment_start_date: '2027-01-01' };
		expect(currentEmployment([rehire, ended('2015-01-01')])).toBe(rehire);
	});

	it('the newest counts where all have ended', () => {
		const newest = ended('2024-01-01');
		expect(currentEmployment([newest, ended('2015-01-01')])).toBe(newest);
	});

	it('none counts where there is none', () => {
		expect(currentEmployment([])).toBeNull();
	});
});

describe('a custom attribute of v2', () => {
	it.each([
		['dynamic_305', 'dynamic_305'],
		['dynamic_9f3c1e.41', 'dynamic_41'],
		['dynamic_12ab34.7', 'dynamic_7'],
		['first_name', 'first_name'],
		['dynamic_', 'dynamic_'],
	])('with the id %s has the key %s', (id, key) => {
		expect(customKey(id)).toBe(key);
	});

	const custom = (attributes: V2Person['custom_attributes'], keys: string[]) =>
		employeeFromV2({ id: '1', custom_attributes: attributes! }, null, NAMES, NOTHING_EMPTY, keys)?.custom;

	it('is found under its full id as well', () => {
		const attributes = [{ id: 'dynamic_9f3c1e.41', value: 'x' }];
		expect(custom(attributes, ['dynamic_9f3c1e.41'])).toEqual({ 'dynamic_9f3c1e.41': 'x' });
	});

	it('is absent where it is not in the list, and null where it is empty', () => {
		const attributes = [{ id: 'dynamic_41', value: null }, { id: 'dynamic_42' }];
		expect(custom(attributes, ['dynamic_41', 'dynamic_42', 'dynamic_43'])).toEqual({ dynamic_41: null });
	});

	it('without a type is taken as it is', () => {
		const attributes = [{ id: 'dynamic_41', type: null as unknown as string, value: 'x' }];
		expect(custom(attributes, ['dynamic_41'])).toEqual({ dynamic_41: 'x' });
	});
});
