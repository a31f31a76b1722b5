import type { INodeProperties } from 'n8n-workflow';

import { EMPLOYEE_FIELDS } from '../shared/item';

export const apiVersionProperty: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'V1',
			value: 'v1',
			description:
				'One call for 100 employees: the fastest, and the only one that tells the zone of the office',
		},
		{
			name: 'V2',
			value: 'v2',
			description: 'One call for each employee; needs the rights to persons and organisation data',
		},
	],
	default: 'v1',
	description: 'Generation of the Personio API. Both give the same employees.',
};

export const outputProperty: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'One Item for All Employees',
			value: 'one',
			description:
				'A table for LMS Sync to plan with. It takes up a fraction of the room in the execution log of n8n, which counts from some thousand employees on.',
		},
		{
			name: 'One Item per Employee',
			value: 'each',
			description: 'For all other nodes',
		},
	],
	default: 'each',
	description: 'Whether each employee is an item',
};

export const attributesProperty: INodeProperties = {
	displayName: 'Employee Attributes',
	name: 'attributes',
	type: 'multiOptions',
	options: [
		{ name: 'Contract End Date', value: 'contractEndDate' },
		{ name: 'Created At', value: 'createdAt' },
		{ name: 'Department', value: 'department' },
		{ name: 'E-Mail', value: 'email' },
		{ name: 'Employment Type', value: 'employmentType' },
		{ name: 'First Name', value: 'firstName' },
		{ name: 'Hire Date', value: 'hireDate' },
		{ name: 'Last Modified', value: 'lastModifiedAt' },
		{ name: 'Last Name', value: 'lastName' },
		{ name: 'Last Working Day', value: 'lastWorkingDay' },
		{ name: 'Legal Entity', value: 'legalEntity' },
		{ name: 'Office', value: 'office' },
		{ name: 'Position', value: 'position' },
		{ name: 'Preferred Name', value: 'preferredName' },
		{ name: 'Status', value: 'status' },
		{ name: 'Supervisor', value: 'supervisor' },
		{ name: 'Team', value: 'team' },
		{ name: 'Termination Date', value: 'terminationDate' },
	],
	default: [...EMPLOYEE_FIELDS],
	description:
		'What is read of each employee. Take out what the learning platform does not need: it is then neither asked for nor passed on. ID, name, e-mail, status, hire date, termination date and last change are always read.',
};

export const customAttributesProperty: INodeProperties = {
	displayName: 'Custom Attribute Names or IDs',
	name: 'customAttributes',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getCustomAttributes' },
	default: [],
	description:
		'Attributes of your own to be read beside those of the employee record. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const allowSensitiveProperty: INodeProperties = {
	displayName: 'Allow Sensitive Attributes',
	name: 'allowSensitive',
	type: 'boolean',
	default: false,
	description:
		'Whether custom attributes may be read that seem to tell about pay, bank account, gender, birth date, health, disability, religion, tax, social security, family or nationality. A learning platform hardly ever needs them, so they are refused before any employee is read.',
};

/** What is read of each employee: the same for the trigger and for each operation. */
export const choiceProperties: INodeProperties[] = [
	attributesProperty,
	customAttributesProperty,
	allowSensitiveProperty,
];
