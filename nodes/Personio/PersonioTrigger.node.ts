import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { asNodeError } from '../shared/transport/nodeError';
import { apiVersionProperty, choiceProperties, outputProperty } from './descriptions';
import { getCustomAttributes } from './methods/loadOptions';
import { poll } from './poll';

export class PersonioTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Personio Trigger',
		name: 'personioTrigger',
		icon: { light: 'file:personio.svg', dark: 'file:personio.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["emit"] === "all" ? "all employees" : "changed employees" }}',
		description: 'Starts the workflow with the employees of Personio, on a schedule',
		eventTriggerDescription: '',
		activationMessage: 'Employees are read now, and then at the times you have set.',
		defaults: { name: 'Personio Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'personioEmployeesApi', required: true }],
		properties: [
			{
				displayName: 'Emit',
				name: 'emit',
				type: 'options',
				options: [
					{
						name: 'All Employees',
						value: 'all',
						description: 'The whole roster at each run: what a sync needs',
					},
					{
						name: 'Changed Employees',
						value: 'changes',
						description:
							'Those whose record changed, or whose hire or leaving date has come. They come again where the workflow failed or n8n was stopped.',
					},
				],
				default: 'all',
			},
			apiVersionProperty,
			...choiceProperties,
			{ ...outputProperty, displayOptions: { show: { emit: ['all'] } } },
			{
				displayName: 'Emit Existing Employees on First Run',
				name: 'emitExisting',
				type: 'boolean',
				default: false,
				displayOptions: { show: { emit: ['changes'] } },
				description:
					'Whether the first run emits everybody. Otherwise it only remembers who is there, and emits changes from then on.',
			},
		],
	};

	methods = { loadOptions: { getCustomAttributes } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			const items = await poll(this);
			return items.length === 0 ? null : [items];
		} catch (error) {
			throw asNodeError(this, error);
		}
	}
}
