import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { applyToAll, newLearner, type ApplyStep } from './applyStep';
import { decideHereProperties } from './decideHere';

const properties: INodeProperties[] = decideHereProperties;

export const description = updateDisplayOptions(
	{ show: { resource: ['learner'], operation: ['invite'] } },
	properties,
);

const invite: ApplyStep = {
	step: 'invite',
	concerns: ({ action }) => action === 'invite',
	async apply(person, platform) {
		const { decision, learner } = person;
		const [first] = decision.groups.add;
		const group = first && (await platform.ensureGroup(first));
		const applied = await platform.invite(decision.changes, group, learner);
		const invited = newLearner(person, applied, 'pending');
		return { ...applied, ...(invited && { learner: invited }) };
	},
};

/** Sends invitations. The first group is joined when the invitation is accepted, the others by the next run. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	return [await applyToAll(this, items, invite)];
}
