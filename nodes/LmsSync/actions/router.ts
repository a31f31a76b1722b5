import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { propertiesOf, runOperation, type Operations } from '../../shared/operations';
import * as groupGetAll from './group/getAll';
import * as deactivate from './learner/deactivate';
import * as get from './learner/get';
import * as getAll from './learner/getAll';
import * as invite from './learner/invite';
import * as mapGroups from './learner/mapGroups';
import * as setManager from './learner/setManager';
import * as upsert from './learner/upsert';
import * as approve from './run/approve';
import * as plan from './run/plan';
import * as report from './run/report';
import * as undo from './run/undo';

const OPERATIONS: Operations<INodeExecutionData[][]> = {
	run: { approve, plan, report, undo },
	learner: { deactivate, get, getAll, invite, mapGroups, setManager, upsert },
	group: { getAll: groupGetAll },
};

export const operationProperties = propertiesOf(OPERATIONS);

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runOperation(this, OPERATIONS);
}
