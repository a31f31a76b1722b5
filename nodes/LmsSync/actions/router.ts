import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import * as groupGetAll from './group/getAll';
import * as deactivate from './learner/deactivate';
import * as get from './learner/get';
import * as getAll from './learner/getAll';
import * as invite from './learner/invite';
import * as mapGroups from './learner/mapGroups';
import * as upsert from './learner/upsert';
import * as plan from './run/plan';
import * as report from './run/report';

interface Operation {
	description: INodeProperties[];
	execute(this: IExecuteFunctions, items: INodeExecutionData[]): Promise<INodeExecutionData[][]>;
}

const OPERATIONS: Record<string, Record<string, Operation>> = {
	run: { plan, report },
	learner: { deactivate, get, getAll, invite, mapGroups, upsert },
	group: { getAll: groupGetAll },
};

export const operationProperties: INodeProperties[] = Object.values(OPERATIONS)
	.flatMap((operations) => Object.values(operations))
	.flatMap(({ description }) => description);

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
	return await operation.execute.call(this, this.getInputData());
}
