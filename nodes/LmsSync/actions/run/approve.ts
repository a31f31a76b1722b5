import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { approve } from '../../sync/approval';
import { syncItemOf } from '../context';
import { textOf } from '../parameterValues';

const properties: INodeProperties[] = [
	{
		displayName:
			'What arrives here counts as approved: put this node behind the answer of a person. What needs to be put right in Personio or in the LMS stays held. The steps behind it look at each person again, and refuse whoever has changed since.',
		name: 'approveNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Approved By',
		name: 'approvedBy',
		type: 'string',
		default: '',
		placeholder: 'e.g. Jane Doe',
		description: 'Who has approved, for the report',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['approve'] } },
	properties,
);

/** Lets held decisions go. Whatever nobody can let go, and everything else, passes through as it is. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	const at = new Date().toISOString();
	let approved = 0;
	const output = items.map((item, index): INodeExecutionData => {
		const { decision } = syncItemOf(item);
		const by = textOf('Approved By', this.getNodeParameter('approvedBy', index, ''));
		const released = decision?.action === 'hold' ? approve(decision, by, at) : undefined;
		if (released) approved++;
		const json = released ? { ...item.json, decision: released as unknown as IDataObject } : item.json;
		return { json, pairedItem: { item: index } };
	});
	if (approved < items.length) {
		this.addExecutionHints({
			message: `${approved} of ${items.length} items were approved. The others cannot be let go, and stay as they are.`,
			location: 'outputPane',
		});
	}
	return [output];
}
