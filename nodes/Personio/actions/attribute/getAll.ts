import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { listAttributes } from '../../api/attributes';
import { PersonioClient } from '../../api/client';

export const description: INodeProperties[] = [];

/** The attributes that this credential may read: what Personio calls them and what type they are. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const attributes = await listAttributes(new PersonioClient(this));
	return attributes.map((attribute) => ({ json: { ...attribute }, pairedItem: { item: 0 } }));
}
