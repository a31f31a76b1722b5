import type { AttributeValue, Employee } from '../../shared/item';
import { tidy } from '../../shared/tidy';
import type { Condition } from './settings';

/**
 * The value of an attribute by the name of a field of the employee record or the key of a custom
 * attribute. The supervisor counts by e-mail address. `undefined`: not delivered, so unknown.
 */
export function attributeOf(employee: Employee, name: string): AttributeValue | undefined {
	if (Object.hasOwn(employee.custom, name)) return employee.custom[name];
	if (name === 'supervisor') {
		return employee.supervisor === null ? null : employee.supervisor?.email;
	}
	if (name === 'custom' || !Object.hasOwn(employee, name)) return undefined;
	return employee[name as Exclude<keyof Employee, 'custom' | 'supervisor'>];
}

const normal = (value: string): string => tidy(value).toLowerCase();

/** Whether a condition applies; `undefined` where the attribute is unknown. Letter case does not count. */
export function applies(condition: Condition, employee: Employee): boolean | undefined {
	const value = attributeOf(employee, condition.field);
	if (value === undefined) return undefined;
	const texts = (Array.isArray(value) ? value : value === null ? [] : [String(value)]).map(normal);
	const wanted = normal(condition.value);
	switch (condition.operator) {
		case 'equals':
			return texts.includes(wanted);
		case 'notEquals':
			return !texts.includes(wanted);
		case 'contains':
			return texts.some((text) => text.includes(wanted));
		case 'startsWith':
			return texts.some((text) => text.startsWith(wanted));
		case 'isEmpty':
			return texts.every((text) => text === '');
		case 'isNotEmpty':
			return texts.some((text) => text !== '');
	}
}

/** Addresses are the same whatever their letter case. */
export const addressKey = (email: string): string => normal(email);

/** First and last name, as far as there are any. */
export const fullName = (person: Pick<Employee, 'firstName' | 'lastName'> | undefined): string =>
	[person?.firstName, person?.lastName].filter((part) => part).join(' ');

/** How a person is named in a sentence. */
export function describe(employee: Employee): string {
	const name = fullName(employee);
	return name !== '' ? name : (employee.email ?? `Personio id ${employee.id}`);
}
