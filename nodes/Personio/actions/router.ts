import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { asNodeError } from '../../shared/transport/client';
import * as attributeGetAll from './attribute/getAll';
import * as employeeGet from './employee/get';
import * as employeeGetAll from './employee/getAll';

interface Operation {
	description: INodeProperties[];
	execute(this: IExecuteFunctions, items: INodeExecutionData[]): Promise<INodeExecutionData[]>;
}

const OPERATIONS: Record<string, Record<string, Operation>> = {
	employee: { get: employeeGet, getAll: employeeGetAll },
	attribute: { getAll: attributeGetAll },
};

export const operationProperties: INodeProperties[] = [
	...employeeGet.description,
	...employeeGetAll.description,
	...attributeGetAll.description,
];

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0) as string;
	const name = this.getNodeParameter('operation', 0) as string;
	const operation = OPERATIONS[resource]?.[name];
	if (!operation) {
		throw new NodeOperationError(
			this.getNode(),
			`The operation "${name}" of "${resource}" is not supported.`,
		);
	}
	try {
		return [await operation.execute.call(this, this.getInputData())];
	} catch (error) {
		throw asNodeError(this, error);
	}
}
