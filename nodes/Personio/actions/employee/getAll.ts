import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { EmployeeStatus } from '../../../shared/item';
import { openPersonio, type ApiVersion } from '../../api';
import { apiVersionProperty, customAttributesProperty } from '../../descriptions';
import { itemsOf } from '../../items';

const properties: INodeProperties[] = [
	apiVersionProperty,
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: true,
		description: 'Whether to return all results or only up to a given limit',
		hint: "Only a read of all employees lets a plan end anybody's access",
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
	customAttributesProperty,
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

interface Filters {
	email?: string;
	statuses?: EmployeeStatus[];
}

/** Reads the roster once, whatever the number of items. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const parameter = <Value>(name: string) => this.getNodeParameter(name, 0) as Value;
	const { email, statuses = [] } = parameter<Filters>('filters');
	const read = await openPersonio(this, parameter<ApiVersion>('apiVersion')).readAll({
		customAttributes: parameter<string[]>('customAttributes'),
		...(email?.trim() && { email: email.trim() }),
		...(!parameter<boolean>('returnAll') && { limit: parameter<number>('limit') }),
	});
	if (statuses.length === 0) return itemsOf(read);
	const employees = read.employees.filter(({ status }) => status && statuses.includes(status));
	const roster = { ...read.roster, scope: 'selection' as const, count: employees.length };
	return itemsOf({ employees, roster });
}
