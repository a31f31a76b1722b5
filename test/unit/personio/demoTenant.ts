import { readFileSync } from 'fs';
import { join } from 'path';

import { employeeFromV1, type V1Attributes } from '../../../nodes/Personio/employee/v1';
import type { Employee } from '../../../nodes/shared/item';

interface Answer {
	data: Array<{ attributes: V1Attributes }>;
}

/** Tests over the answer of a real tenant, which is not part of this package. */
export function describeDemoTenant(folder: string): void {
	describe('the demo tenant of Personio', () => {
		const file = join(folder, 'v1-employees-demo-tenant-34.json');
		const { data } = JSON.parse(readFileSync(file, 'utf8')) as Answer;
		const keys = [...new Set(data.flatMap(({ attributes }) => Object.keys(attributes)))];
		const custom = keys.filter((key) => key.startsWith('dynamic_'));
		const employees = data.map(({ attributes }) => employeeFromV1(attributes, custom) as Employee);

		it('has 34 people, each with an id, an address and a status', () => {
			expect(new Set(employees.map(({ id }) => id)).size).toBe(34);
			expect(employees.every(({ email }) => email?.includes('@'))).toBe(true);
			expect(employees.every(({ status }) => typeof status === 'string')).toBe(true);
			expect(employees.some(({ status }) => status === 'leave')).toBe(true);
		});

		it('has calendar dates that are the first ten characters of what is written', () => {
			const dates = data.map(({ attributes }) => attributes.hire_date?.value);
			expect(employees.map(({ hireDate }) => hireDate)).toEqual(
				dates.map((date) => (typeof date === 'string' ? date.slice(0, 10) : null)),
			);
			expect(dates.filter((date) => typeof date === 'string').length).toBeGreaterThan(30);
		});

		it('has offices in two zones, and names of units without a wrapper', () => {
			expect(new Set(employees.map(({ timeZoneOffset }) => timeZoneOffset)).size).toBeGreaterThan(1);
			for (const { office, department, team, legalEntity } of employees) {
				for (const name of [office, department, team, legalEntity]) {
					expect(name === null || (typeof name === 'string' && name !== '')).toBe(true);
				}
			}
		});

		it('has supervisors who are employees themselves', () => {
			const ids = new Set(employees.map(({ id }) => id));
			const supervised = employees.filter(({ supervisor }) => supervisor);
			expect(supervised.length).toBeGreaterThan(20);
			expect(supervised.every(({ supervisor }) => ids.has(supervisor!.id))).toBe(true);
		});

		it('has no custom value that is a wrapper or a text of one', () => {
			const values = employees.flatMap((employee) => Object.values(employee.custom));
			expect(values.some((value) => Array.isArray(value))).toBe(true);
			expect(JSON.stringify(values)).not.toContain('[object');
		});
	});
}
