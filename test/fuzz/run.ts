import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import * as deactivate from '../../nodes/LmsSync/actions/learner/deactivate';
import * as invite from '../../nodes/LmsSync/actions/learner/invite';
import * as mapGroups from '../../nodes/LmsSync/actions/learner/mapGroups';
import * as setManager from '../../nodes/LmsSync/actions/learner/setManager';
import * as upsert from '../../nodes/LmsSync/actions/learner/upsert';
import * as plan from '../../nodes/LmsSync/actions/run/plan';
import * as report from '../../nodes/LmsSync/actions/run/report';
import { router as readPersonio } from '../../nodes/Personio/actions/router';
import type { SyncItem } from '../../nodes/shared/item';
import { contextOf, expectRefusal, expectSentence } from './node';
import type { World } from './world';

/** The nodes one behind the other, each with a context of its own. */

const STEPS = { upsert, invite, mapGroups, setManager, deactivate };
export type StepName = keyof typeof STEPS;

export const PLAN = {
	resource: 'run',
	operation: 'plan',
	dryRun: false,
	newLearners: 'create',
	fieldMapping: { field: [{ attribute: 'position', field: 'Department' }] },
	groupLevels: { level: [{ field: 'department' }] },
	createMissingGroups: true,
	limits: {
		maxDeactivationPercent: 100,
		maxGroupRemovalPercent: 100,
		maxCreationPercent: 100,
		maxInvitationPercent: 100,
		maxEmailChangePercent: 100,
	},
};

export const READ = {
	resource: 'employee',
	operation: 'getAll',
	returnAll: true,
	apiVersion: 'v1',
	attributes: ['department', 'position', 'supervisor'],
	customAttributes: [],
	allowSensitive: false,
	filters: {},
};

export const planFor = (platform: string, world: World, more: object = {}): Record<string, unknown> => ({
	...PLAN,
	platform,
	...(platform === 'threeSixtyLearning' && { rootGroup: world.threeSixtyLearning.syncRoot }),
	...more,
});

export const asItems = (items: object[]): INodeExecutionData[] =>
	items.map((json) => ({ json: structuredClone(json) as IDataObject }));

export const jsonOf = ({ json }: INodeExecutionData): SyncItem => json as unknown as SyncItem;

/** What an operation put out; `undefined` where it refused, in words that an operator can read. */
export async function outputOf(
	operation: {
		execute(this: IExecuteFunctions, items: INodeExecutionData[]): Promise<INodeExecutionData[][]>;
	},
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	quoted: string[] = [],
): Promise<INodeExecutionData[][] | undefined> {
	try {
		return await operation.execute.call(context, items);
	} catch (error) {
		expectRefusal(error, quoted);
		return undefined;
	}
}

export async function read(
	parameters: Record<string, unknown> = READ,
): Promise<INodeExecutionData[] | undefined> {
	const context = contextOf({ parameters });
	const [items] =
		(await outputOf({ execute: readPersonio as never }, context, [{ json: {} }])) ??
		([] as INodeExecutionData[][]);
	return items;
}

/** Plans, and carries out everything that was planned. */
export async function sync(
	employees: INodeExecutionData[],
	parameters: Record<string, unknown>,
	quoted: string[] = [],
): Promise<{ planned: INodeExecutionData[][]; applied: INodeExecutionData[] } | undefined> {
	const planned = await outputOf(plan, contextOf({ parameters }), employees, quoted);
	if (!planned) return undefined;
	for (const { json } of planned.flat()) expectReadable(json as unknown as SyncItem, quoted);
	const [changes = [], endings = [], ...others] = planned;
	const platform = parameters.platform as string;
	let applied = await applySteps(changes, platform, ['upsert', 'invite', 'mapGroups', 'setManager'], quoted);
	applied = [...applied, ...(await applySteps(endings, platform, ['deactivate'], quoted)), ...others.flat()];
	const context = contextOf({ parameters: { binaryPropertyName: 'report', pseudonymise: false } });
	const told = await outputOf(report, context, applied, quoted);
	if (!told) throw new Error('The report refused to report.');
	return { planned, applied };
}

export async function applySteps(
	items: INodeExecutionData[],
	platform: string,
	steps: StepName[],
	quoted: string[] = [],
): Promise<INodeExecutionData[]> {
	let current = items;
	for (const name of steps) {
		const context = contextOf({
			parameters: { platform, decideHere: false },
			onError: 'continueRegularOutput',
		});
		current = (await outputOf(STEPS[name], context, current, quoted))?.[0] ?? current;
		for (const item of current) expectReadable(jsonOf(item), quoted);
	}
	return current;
}

/** Whatever is told of somebody is a sentence, and names who it is about where something was refused. */
export function expectReadable({ decision, outcomes = [], error }: SyncItem, quoted: string[] = []): void {
	if (typeof error === 'string') expectSentence(error, quoted);
	if (Array.isArray(outcomes)) {
		for (const outcome of outcomes) {
			if (outcome?.status === 'failed') expectSentence(String(outcome.message), quoted);
		}
	}
	if (decision?.action === 'hold' && typeof decision.hold?.message === 'string') {
		expectSentence(decision.hold.message, quoted);
	}
}
