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
import { choiceOf, textOf } from '../parameterValues';
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

const FIND_BY = ['email', 'id', 'link'] as const;

const KEYS: Record<(typeof FIND_BY)[number], (learner: Learner) => string | null> = {
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
		const findBy = choiceOf('Find By', this.getNodeParameter('findBy', index), FIND_BY);
		const typed = textOf('Value', this.getNodeParameter('value', index));
		const value = findBy === 'email' ? addressKey(typed) : typed;
		const found = value === '' ? undefined : learners.find((learner) => KEYS[findBy](learner) === value);
		if (found) {
			output.push(toItem(found, index));
			return;
		}
		const message =
			value === ''
				? '"Value" is empty. Enter the address or the ID to look for.'
				: `The LMS has no learner with ${findBy} "${typed}". Check "Find By" and "Value".`;
		if (!this.continueOnFail()) throw new NodeOperationError(this.getNode(), message, { itemIndex: index });
		output.push(errorItem(this, message, index, item.json));
	});
	return [output];
}
