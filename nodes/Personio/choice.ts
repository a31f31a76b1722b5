import type { ReadRequest } from './api/reader';
import { fieldsToRead, isEmployeeField } from './employee/fields';

export type Choice = Pick<ReadRequest, 'attributes' | 'customAttributes' | 'allowSensitive'>;

/**
 * What the operator wants to be read of each person.
 *
 * @param parameter reads a parameter of the node; an expression may have made anything of it
 * @throws Error where it is not a list of attributes
 */
export function choiceOf(parameter: (name: string) => unknown): Choice {
	const attributes = listOf(parameter('attributes'), 'Employee Attributes');
	if (attributes.length === 0) {
		throw new Error(
			'"Employee Attributes" is empty. Choose at least one; if an expression gives the list, check what it gives.',
		);
	}
	const fields = attributes.filter(isEmployeeField);
	if (fields.length < attributes.length) {
		const unknown = attributes.filter((name) => !isEmployeeField(name));
		throw new Error(
			`"Employee Attributes" holds ${unknown.map((name) => `"${name}"`).join(', ')}, which the employee record does not have. Choose from the list, and name attributes of your own under "Custom Attributes".`,
		);
	}
	const toRead = fieldsToRead(fields);
	return {
		...(toRead && { attributes: toRead }),
		customAttributes: listOf(parameter('customAttributes'), 'Custom Attribute Names or IDs'),
		// Anything but the switch itself, such as the text "false" of an expression, is no permission.
		allowSensitive: parameter('allowSensitive') === true,
	};
}

function listOf(value: unknown, name: string): string[] {
	if (!Array.isArray(value) || !value.every((each): each is string => typeof each === 'string')) {
		throw new Error(
			`"${name}" is not a list of names. Choose from the list, or let the expression give a list such as ["team", "office"].`,
		);
	}
	return [...new Set(value.map((each) => each.trim()).filter((each) => each !== ''))];
}
