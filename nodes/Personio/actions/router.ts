import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { propertiesOf, runOperation, type Operations } from '../../shared/operations';
import { asNodeError } from '../../shared/transport/nodeError';
import * as attributeGetAll from './attribute/getAll';
import * as employeeGet from './employee/get';
import * as employeeGetAll from './employee/getAll';

const OPERATIONS: Operations<INodeExecutionData[]> = {
	employee: { get: employeeGet, getAll: employeeGetAll },
	attribute: { getAll: attributeGetAll },
};

export const operationProperties = propertiesOf(OPERATIONS);

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		return [await runOperation(this, OPERATIONS)];
	} catch (error) {
		throw asNodeError(this, error);
	}
}
