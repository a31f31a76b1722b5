import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { forAll, openPlatform } from '../context';

const properties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
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
];

export const description = updateDisplayOptions(
	{ show: { resource: ['group'], operation: ['getAll'] } },
	properties,
);

/** The groups of the LMS. `own` tells those that the sync has made. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const platform = openPlatform(this, { linkField: '', needsLink: false, fields: [] });
	const groups = await forAll(this, async () => await platform.groups());
	const limit = (this.getNodeParameter('returnAll', 0) as boolean)
		? groups.length
		: (this.getNodeParameter('limit', 0) as number);
	return [groups.slice(0, limit).map((group) => ({ json: { ...group }, pairedItem: { item: 0 } }))];
}
