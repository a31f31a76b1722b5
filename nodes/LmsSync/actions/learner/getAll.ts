import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Learner } from '../../../shared/item';
import { limitOf, limitProperties } from '../../../shared/properties';
import { forAll, openPlatform } from '../context';
import { DEFAULT_LINK_FIELD } from '../planProperties';

export const linkFieldProperty: INodeProperties = {
	displayName: 'Personio ID Field',
	name: 'linkField',
	type: 'string',
	default: DEFAULT_LINK_FIELD,
	description: 'Label of the custom field in the LMS that holds the Personio ID of each learner',
};

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
	linkFieldProperty,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['learner'], operation: ['getAll'] } },
	properties,
);

/** Accounts and open invitations of the LMS. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const statuses = this.getNodeParameter('statuses', 0) as Array<Learner['status']>;
	const learners = (await readLearners(this)).filter(({ status }) => statuses.includes(status));
	return [learners.slice(0, limitOf(this)).map((learner) => toItem(learner, 0))];
}

export async function readLearners(context: IExecuteFunctions): Promise<Learner[]> {
	const linkField = context.getNodeParameter('linkField', 0, DEFAULT_LINK_FIELD) as string;
	const platform = openPlatform(context, { linkField, needsLink: false, fields: [] });
	return (await forAll(context, async () => await platform.read())).learners;
}

export const toItem = (learner: Learner, item: number): INodeExecutionData => ({
	json: { learner: learner as unknown as IDataObject },
	pairedItem: { item },
});
