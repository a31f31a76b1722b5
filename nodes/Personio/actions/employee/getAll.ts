import {
	NodeOperationError,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { limitOf, limitProperties } from '../../../shared/properties';
import { openPersonio, type ApiVersion } from '../../api';
import { choiceOf } from '../../choice';
import { apiVersionProperty, choiceProperties, outputProperty } from '../../descriptions';
import { asChosen, type Output } from '../../items';
import { filtersOf } from './filters';

/** Only a read of all employees lets a plan end anybody's access. */
const wholeRosterByDefault = (property: INodeProperties): INodeProperties =>
	property.name === 'returnAll'
		? { ...property, default: true, hint: "Only a read of all employees lets a plan end anybody's access" }
		: property;

const properties: INodeProperties[] = [
	apiVersionProperty,
	...limitProperties.map(wholeRosterByDefault),
	...choiceProperties,
	outputProperty,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'E-Mail',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'e.g. jane@example.com',
				description: 'Only the employee with this address',
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: [
					{ name: 'Active', value: 'active' },
					{ name: 'Inactive', value: 'inactive' },
					{ name: 'Leave', value: 'leave' },
					{ name: 'Onboarding', value: 'onboarding' },
				],
				default: [],
				description:
					'Only employees with these statuses. All are read, since a plan needs to know the leavers.',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['employee'], operation: ['getAll'] } },
	properties,
);

/** Reads the roster once, whatever the number of items. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const parameter = <Value>(name: string) => this.getNodeParameter(name, 0) as Value;
	const { address, statuses } = filtersOf(parameter('filters'));
	const limit = limitOf(this);
	if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
		throw new NodeOperationError(this.getNode(), '"Limit" must be a whole number from 1 on.');
	}
	const reader = openPersonio(this, parameter<ApiVersion>('apiVersion'));
	const request = { ...choiceOf(parameter), ...(limit !== undefined && { limit }) };
	let read = await reader.readAll({ ...request, ...(address !== '' && { email: address }) });
	// Whether Personio minds the case is not documented, and people type addresses as they like.
	if (read.employees.length === 0 && address !== address.toLowerCase()) {
		read = await reader.readAll({ ...request, email: address.toLowerCase() });
	}
	const output = parameter<Output>('output');
	if (statuses.length === 0) return asChosen(output, read);
	const employees = read.employees.filter(({ status }) => status && statuses.includes(status));
	// Others may have the address, and another status.
	const { byAddress: _, ...rest } = read.roster;
	const roster = { ...rest, scope: 'selection' as const, count: employees.length };
	return asChosen(output, { employees, roster });
}
