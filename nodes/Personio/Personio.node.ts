import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { operationProperties, router } from './actions/router';
import { getCustomAttributes } from './methods/loadOptions';

export class Personio implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Personio',
		name: 'personio',
		icon: { light: 'file:personio.svg', dark: 'file:personio.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle:
			'={{ ($parameter["operation"] === "get" ? "get " : "get many ") + $parameter["resource"] + ($parameter["operation"] === "get" ? "" : "s") }}',
		description: 'Read employees and their attributes from Personio',
		defaults: { name: 'Personio' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'personioEmployeesApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Attribute', value: 'attribute' },
					{ name: 'Employee', value: 'employee' },
				],
				default: 'employee',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['employee'] } },
				options: [
					{ name: 'Get', value: 'get', action: 'Get an employee', description: 'Read one employee by ID' },
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many employees',
						description: 'Read the roster, with the proof of how complete it is',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['attribute'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many attributes',
						description: 'List the attributes that the credential may read',
					},
				],
				default: 'getAll',
			},
			...operationProperties,
		],
	};

	methods = { loadOptions: { getCustomAttributes } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
