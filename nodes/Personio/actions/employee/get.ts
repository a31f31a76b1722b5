import {
	NodeOperationError,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { errorItem } from '../../../shared/errorItem';
import { employeeId } from '../../../shared/item';
import { asNodeError } from '../../../shared/transport/nodeError';
import { openPersonio, type ApiVersion } from '../../api';
import type { EmployeeReader } from '../../api/reader';
import { choiceOf } from '../../choice';
import { apiVersionProperty, choiceProperties } from '../../descriptions';
import { itemsOf } from '../../items';

const properties: INodeProperties[] = [
	apiVersionProperty,
	{
		displayName: 'Employee ID',
		name: 'employeeId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 13649280',
		description: 'ID of the employee, the last part of the address of the profile in Personio',
	},
	...choiceProperties,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['employee'], operation: ['get'] } },
	properties,
);

/** One employee for each item. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	// One for all items, so that the list of attributes is read once.
	const readers = new Map<ApiVersion, EmployeeReader>();
	for (const [index, item] of items.entries()) {
		try {
			const typed: unknown = this.getNodeParameter('employeeId', index);
			// An expression may give anything.
			const id = typeof typed === 'string' || typeof typed === 'number' ? String(typed).trim() : '';
			if (!/^\d+$/.test(id)) {
				throw new NodeOperationError(
					this.getNode(),
					id === ''
						? '"Employee ID" is empty.'
						: `"${id}" is not the ID of an employee, which has digits only.`,
					{
						itemIndex: index,
						description: 'Enter the digits at the end of the address of the profile in Personio.',
					},
				);
			}
			const choice = choiceOf((name) => this.getNodeParameter(name, index));
			const version = this.getNodeParameter('apiVersion', index) as ApiVersion;
			const reader = readers.get(version) ?? openPersonio(this, version);
			readers.set(version, reader);
			// The answer names the id without zeros before it, and the two are compared.
			const read = await reader.readSome([employeeId(id.replace(/^0+(?=\d)/, ''))], choice);
			if (read.employees.length === 0) {
				throw new NodeOperationError(this.getNode(), `Personio has no employee with the ID ${id}.`, {
					itemIndex: index,
					description: 'Check the ID, and whether the credential may read this employee.',
				});
			}
			output.push(...itemsOf(read, index));
		} catch (error) {
			const cause = asNodeError(this, error, index);
			if (!this.continueOnFail()) throw cause;
			output.push(errorItem(this, cause.message, index, item.json));
		}
	}
	return output;
}
