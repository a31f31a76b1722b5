import {
	NodeOperationError,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { errorItem } from '../../../shared/errorItem';
import { addressKey } from '../../sync/attribute';
import type { Learner } from '../../../shared/item';
import { linkField } from '../planOptions';
import { readLearners, toItem } from './getAll';

const properties: INodeProperties[] = [
	{
		displayName: 'Find By',
		name: 'findBy',
		type: 'options',
		options: [
			{ name: 'E-Mail', value: 'email' },
			{ name: 'Learner ID', value: 'id' },
			{ name: 'Personio ID', value: 'link' },
		],
		default: 'email',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. jane@example.com',
		description: 'The address or ID to look for',
	},
	linkField,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['learner'], operation: ['get'] } },
	properties,
);

const KEYS: Record<string, (learner: Learner) => string | null> = {
	email: ({ email }) => addressKey(email),
	id: ({ id }) => id,
	link: ({ link }) => link,
};

/** One learner for each item: an account, or an open invitation. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	const learners = await readLearners(this);
	const output: INodeExecutionData[] = [];
	items.forEach((item, index) => {
		const findBy = this.getNodeParameter('findBy', index) as string;
		const typed = String(this.getNodeParameter('value', index)).trim();
		const value = findBy === 'email' ? addressKey(typed) : typed;
		const found = value === '' ? undefined : learners.find((learner) => KEYS[findBy]?.(learner) === value);
		if (found) {
			output.push(toItem(found, index));
			return;
		}
		const message = value === '' ? '"Value" is empty.' : `The LMS has no learner with ${findBy} "${typed}".`;
		if (!this.continueOnFail()) throw new NodeOperationError(this.getNode(), message, { itemIndex: index });
		output.push(errorItem(this, message, index, item.json));
	});
	return [output];
}
