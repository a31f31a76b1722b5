import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Learner } from '../../../shared/item';
import { limitOf, limitProperties } from '../../../shared/properties';
import { NO_OPTIONS } from '../../platforms/platform';
import { forAll, openPlatform, platformEntry, whole } from '../context';
import { choicesOf, textOf } from '../parameterValues';
import { linkField } from '../planOptions';

const properties: INodeProperties[] = [
	...limitProperties,
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'Inactive', value: 'inactive' },
			{ name: 'Pending', value: 'pending', description: 'Invited, not yet accepted' },
		],
		default: ['active', 'inactive', 'pending'],
	},
	linkField,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['learner'], operation: ['getAll'] } },
	properties,
);

const STATUSES = ['active', 'inactive', 'pending'] as const;

/** Accounts and open invitations of the LMS. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const statuses = choicesOf('Statuses', this.getNodeParameter('statuses', 0), STATUSES);
	const learners = (await readLearners(this)).filter(({ status }) => statuses.includes(status));
	return [learners.slice(0, limitOf(this)).map((learner) => toItem(learner, 0))];
}

export async function readLearners(context: IExecuteFunctions): Promise<Learner[]> {
	const entry = platformEntry(context);
	const named = textOf('Personio ID Field', context.getNodeParameter('linkField', 0, '')) || entry.linkField;
	const platform = openPlatform(context, { ...NO_OPTIONS, linkField: named });
	return (await forAll(context, async () => whole(await platform.read()))).learners;
}

export const toItem = (learner: Learner, item: number): INodeExecutionData => ({
	json: { learner: learner as unknown as IDataObject },
	pairedItem: { item },
});
