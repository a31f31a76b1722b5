import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** "Return All" and "Limit" of every Get Many. */
export const limitProperties: INodeProperties[] = [
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

/** How many results are wanted: `undefined` for all. */
export function limitOf(context: IExecuteFunctions): number | undefined {
	const returnAll = context.getNodeParameter('returnAll', 0) as boolean;
	return returnAll ? undefined : (context.getNodeParameter('limit', 0) as number);
}
