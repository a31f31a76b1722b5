import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { GroupRef } from '../../../shared/item';
import { applyToAll, type ApplyStep } from './applyStep';
import { decideHereProperties } from './decideHere';

const properties: INodeProperties[] = decideHereProperties;

export const description = updateDisplayOptions(
	{ show: { resource: ['learner'], operation: ['mapGroups'] } },
	properties,
);

const mapGroups: ApplyStep = {
	step: 'mapGroups',
	concerns: ({ action, groups }) => action !== 'invite' && groups.add.length + groups.remove.length > 0,
	async apply({ decision, learner }, platform) {
		const { add, remove } = decision.groups;
		if (learner === undefined || learner.status === 'pending') {
			return { status: 'skipped', message: 'Groups are joined when the invitation is accepted.' };
		}
		// Nobody is to be without a group in between.
		for (const ref of add) await platform.join(learner.id, await platform.ensureGroup(ref));
		for (const ref of remove) if (exists(ref)) await platform.leave(learner.id, ref);
		const message = [
			...add.map(({ name }) => `joined "${name}"`),
			...remove.map(({ name }) => `left "${name}"`),
		];
		return { status: 'done', message: `${message.join(', ')}.`, learnerId: learner.id };
	},
};

const exists = (ref: GroupRef): ref is GroupRef & { id: string } => ref.id !== undefined;

/** Adds learners to the groups they are to be in, then takes them out of those they are not. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	return [await applyToAll(this, items, mapGroups)];
}
