import { updateDisplayOptions, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { limitOf, limitProperties } from '../../../shared/properties';
import { forAll, openPlatform } from '../context';

export const description = updateDisplayOptions(
	{ show: { resource: ['group'], operation: ['getAll'] } },
	limitProperties,
);

/** The groups of the LMS. `own` tells those that the sync has made. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const platform = openPlatform(this);
	const groups = await forAll(this, async () => await platform.groups());
	return [groups.slice(0, limitOf(this)).map((group) => ({ json: { ...group }, pairedItem: { item: 0 } }))];
}
