import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { applyToAll, type ApplyStep } from './applyStep';
import { decideHereProperties } from './decideHere';

const properties: INodeProperties[] = decideHereProperties;

export const description = updateDisplayOptions(
	{ show: { resource: ['learner'], operation: ['deactivate'] } },
	properties,
);

const deactivate: ApplyStep = {
	step: 'deactivate',
	concerns: ({ action }) => action === 'deactivate',
	async apply({ learner }, platform) {
		if (learner === undefined) throw new Error('The item names no learner to deactivate. Plan again.');
		const applied = await platform.deactivate(learner);
		return { ...applied, learner: { ...learner, status: 'inactive' } };
	},
};

/** Disables the accounts of people who left, and cancels their open invitations. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	return [await applyToAll(this, items, deactivate)];
}
