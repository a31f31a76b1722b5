import type { INodeProperties } from 'n8n-workflow';

import { planProperties } from '../planProperties';

/** Lets an apply step work without a plan, e.g. for one person from a form, by the same engine. */
export const decideHereProperties: INodeProperties[] = [
	{
		displayName: 'Decide Here',
		name: 'decideHere',
		type: 'boolean',
		default: false,
		description:
			'Whether to decide in this step about employees that come without a plan, e.g. one person from a form. Items that come from a plan keep their decision.',
	},
	...planProperties.map((property) => ({ ...property, displayOptions: { show: { decideHere: [true] } } })),
];
