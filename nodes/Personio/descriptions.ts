import type { INodeProperties } from 'n8n-workflow';

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

export const customAttributesProperty: INodeProperties = {
	displayName: 'Custom Attribute Names or IDs',
	name: 'customAttributes',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getCustomAttributes' },
	default: [],
	description:
		'Attributes of your own to be read beside those of the employee record. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
