import { EMPLOYEE_FIELDS } from '../../../nodes/shared/item';
import fc from 'fast-check';

import { employeeFromV1, V1_KEYS } from '../../../nodes/Personio/employee/v1';
import type { V1Attributes } from '../../../nodes/Personio/employee/v1';
import { employeeFromV2, type V2Employment, type V2Person } from '../../../nodes/Personio/employee/v2';
import type { Employee, EmployeeField } from '../../../nodes/shared/item';
import { NAMES } from './payloads';

const CUSTOM = ['dynamic_1', '__proto__', 'constructor', 'toString'];
const NOTHING_EMPTY = new Set<EmployeeField>();

const json = fc.jsonValue({ maxDepth: 4 });
/** Any JSON, or a value of a type that Personio uses. */
const value = fc.oneof(
	json,
	fc.constantFrom(null, '', [], 'ACTIVE', 'leave', '2026-02-03', '2026-02-03T00:00:00+0100', 8120, '8120'),
	fc.record({ attributes: fc.record({ id: json, name: json, email: json }, { requiredKeys: [] }) }),
);
const attribute = fc.oneof(
	fc.record({ value, type: json, label: json }, { requiredKeys: [] }),
	fc.record({ value, type: fc.constantFrom('tags', 'date', 'integer', 'list') }, { requiredKeys: ['value'] }),
	json,
);

/** An object with any of the keys, as JSON would deliver it: `__proto__` is a key like any other. */
const withKeys = <Value>(keys: string[], each: fc.Arbitrary<Value>): fc.Arbitrary<object> =>
	fc
		.dictionary(fc.constantFrom(...keys), each, { maxKeys: keys.length })
		.map((record) => JSON.parse(JSON.stringify(record)) as object);

const attributes = withKeys(['id', 'id', ...Object.values(V1_KEYS), ...CUSTOM], attribute);

const PERSON_KEYS = ['email', 'first_name', 'last_name', 'preferred_name', 'status', 'created_at'];
const person = fc
	.tuple(
		withKeys([...PERSON_KEYS, 'updated_at'], value),
		fc.oneof(json, fc.constantFrom('8120', 8120)),
		fc.oneof(
			json,
			fc.array(fc.record({ id: fc.constantFrom(...CUSTOM), type: json, value }, { requiredKeys: [] })),
		),
	)
	.map(([rest, id, custom_attributes]) => ({ ...rest, id, custom_attributes }));
const employment = fc.oneof(
	fc.constantFrom(null, undefined),
	withKeys(
		[
			...['status', 'type', 'position', 'employment_start_date', 'contract_end_date', 'termination'],
			...['supervisor', 'office', 'org_units', 'legal_entity', 'created_at', 'updated_at'],
		],
		value,
	),
);

function expectSound(employee: Employee | undefined): void {
	if (employee === undefined) return;
	expect(typeof employee.id).toBe('string');
	expect(employee.id).not.toBe('');
	expect(Object.getPrototypeOf(employee.custom)).toBe(Object.prototype);
	for (const field of EMPLOYEE_FIELDS) {
		if (field === 'supervisor' || !(field in employee)) continue;
		const value = employee[field];
		expect(value === null || typeof value === 'string').toBe(true);
	}
	expect(Object.values(employee)).not.toContain(undefined);
	expect(Object.values(employee.custom)).not.toContain(undefined);
}

describe('whatever JSON Personio may answer', () => {
	it('v1 gives a sound record or nobody, and null only for what came empty', () => {
		fc.assert(
			fc.property(attributes, (delivered) => {
				const employee = employeeFromV1(delivered as V1Attributes, CUSTOM);
				expectSound(employee);
				for (const field of employee ? EMPLOYEE_FIELDS : []) {
					const key = V1_KEYS[field];
					const came = (delivered as V1Attributes)[key]?.value !== undefined;
					if (!came) expect(employee).not.toHaveProperty(field);
				}
			}),
			{ numRuns: 800 },
		);
	});

	it('v2 gives a sound record or nobody', () => {
		fc.assert(
			fc.property(person, employment, (who, works) => {
				const employee = employeeFromV2(
					who as unknown as V2Person,
					works as V2Employment | null | undefined,
					NAMES,
					NOTHING_EMPTY,
					CUSTOM,
				);
				expectSound(employee);
			}),
			{ numRuns: 800 },
		);
	});

	it('v2 has no key for what the person and the employment do not hold', () => {
		fc.assert(
			fc.property(fc.subarray(PERSON_KEYS), (keys) => {
				const who = { id: '8120', ...Object.fromEntries(keys.map((key) => [key, null])) };
				const employee = employeeFromV2(who as V2Person, undefined, NAMES, NOTHING_EMPTY, CUSTOM);
				const present = Object.keys(employee ?? {}).filter((key) => key !== 'id' && key !== 'custom');
				expect(present.length).toBeLessThanOrEqual(keys.length);
				for (const field of ['email', 'firstName', 'lastName', 'preferredName'] as const) {
					expect(field in employee!).toBe(keys.includes(V1_KEYS[field]));
				}
			}),
		);
	});
});
