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

/**
 * How many results are wanted: `undefined` for all.
 *
 * @throws Error that names the parameter
 */
export function limitOf(context: IExecuteFunctions): number | undefined {
	// Of what an expression may give, only the switch itself asks for all.
	if (context.getNodeParameter('returnAll', 0) === true) return undefined;
	const limit: unknown = context.getNodeParameter('limit', 0, null as never);
	if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0) return limit;
	throw new Error('"Limit" must be a whole number from 1 on. Enter one, or switch on "Return All".');
}
