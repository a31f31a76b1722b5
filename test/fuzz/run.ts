import {
	NodeHelpers,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { LmsSync } from '../../nodes/LmsSync/LmsSync.node';
import { Personio } from '../../nodes/Personio/Personio.node';
import type { SyncItem } from '../../nodes/shared/item';
import { contextOf, expectRefusal, expectRemedy, expectSentence, type FakeNode } from './node';
import type { World } from './world';

/** The nodes one behind the other, each with a context of its own. */

export type Parameters = Record<string, unknown>;
export type PlatformName = 'learnUpon' | 'threeSixtyLearning';
export const PLATFORMS: PlatformName[] = ['learnUpon', 'threeSixtyLearning'];

export type StepName = 'upsert' | 'invite' | 'mapGroups' | 'setManager' | 'deactivate';

const NODES: Record<'lmsSync' | 'personio', INodeType> = { lmsSync: new LmsSync(), personio: new Personio() };
export type NodeName = keyof typeof NODES;

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
};

export const planFor = (platform: PlatformName, world: World, more: object = {}): Parameters => ({
	...PLAN,
	platform,
	...(platform === 'threeSixtyLearning' && { rootGroup: world.threeSixtyLearning.syncRoot }),
	...more,
});

/** As n8n hands them to a node: with the defaults of all that nobody has set. */
export function filled(name: NodeName, parameters: Parameters): Parameters {
	const { description } = NODES[name];
	const node = { name, typeVersion: 1, parameters } as unknown as INode;
	const all = NodeHelpers.getNodeParameters(
		description.properties,
		parameters as IDataObject as never,
		true,
		false,
		node,
		description,
	);
	if (all === null) throw new Error(`The parameters of ${name} do not fit.`);
	return all as Parameters;
}

export const asItems = (items: object[]): INodeExecutionData[] =>
	items.map((json) => ({ json: structuredClone(json) as IDataObject }));

export const jsonOf = ({ json }: INodeExecutionData): SyncItem => json as unknown as SyncItem;

export interface Operating extends Partial<FakeNode> {
	/** Texts of others, which may stand in what is told. */
	quoted?: string[];
}

/** What a node puts out; `undefined` where it refused, in words that an operator can read. */
export async function operate(
	name: NodeName,
	parameters: Parameters,
	items: INodeExecutionData[],
	{ quoted = [], ...more }: Operating = {},
): Promise<INodeExecutionData[][] | undefined> {
	const context = contextOf({ parameters, items, ...more });
	try {
		const output = await NODES[name].execute?.call(context as IExecuteFunctions);
		return (output ?? []) as INodeExecutionData[][];
	} catch (error) {
		expectRefusal(error, quoted);
		return undefined;
	}
}

export async function read(
	parameters: Parameters = READ,
	quoted: string[] = [],
): Promise<INodeExecutionData[] | undefined> {
	const output = await operate('personio', filled('personio', parameters), [{ json: {} }], { quoted });
	return output?.[0];
}

export interface Run {
	planned: INodeExecutionData[][];
	applied: INodeExecutionData[];
	/** What the report has put out. */
	report: INodeExecutionData;
}

/** Changes the items of a plan before they are applied. */
export type Between = (planned: INodeExecutionData[][]) => void;

/** Plans, carries out everything that was planned, and reports. */
export async function sync(
	employees: INodeExecutionData[],
	parameters: Parameters,
	quoted: string[] = [],
	between?: Between,
): Promise<Run | undefined> {
	const planned = await operate('lmsSync', parameters, employees, { quoted });
	if (!planned) return undefined;
	for (const item of planned.flat()) expectReadable(jsonOf(item), quoted);
	between?.(planned);
	const [changes = [], endings = [], ...others] = planned;
	const platform = parameters.platform as PlatformName;
	const applied = [
		...(await applySteps(changes, platform, ['upsert', 'invite', 'mapGroups', 'setManager'], quoted)),
		...(await applySteps(endings, platform, ['deactivate'], quoted)),
		...others.flat(),
	];
	return { planned, applied, report: await reportOn(applied, quoted) };
}

export async function reportOn(
	items: INodeExecutionData[],
	quoted: string[],
	pseudonymise = false,
): Promise<INodeExecutionData> {
	const parameters = filled('lmsSync', { resource: 'run', operation: 'report', pseudonymise });
	const [[item] = []] = (await operate('lmsSync', parameters, items, { quoted })) ?? [];
	if (!item?.binary) throw new Error('The report refused to report.');
	return item;
}

const steps = new Map<string, Parameters>();

function stepOf(platform: PlatformName, operation: StepName): Parameters {
	const key = `${platform} ${operation}`;
	const known = steps.get(key) ?? filled('lmsSync', { platform, resource: 'learner', operation });
	steps.set(key, known);
	return known;
}

export async function applySteps(
	items: INodeExecutionData[],
	platform: PlatformName,
	names: StepName[],
	quoted: string[] = [],
): Promise<INodeExecutionData[]> {
	let current = items;
	for (const name of names) {
		const onError = 'continueRegularOutput' as const;
		const output = await operate('lmsSync', stepOf(platform, name), current, { onError, quoted });
		current = output?.[0] ?? current;
		for (const item of current) expectReadable(jsonOf(item), quoted);
	}
	return current;
}

/** Whatever is told of somebody are sentences, which say what to do where something was refused. */
export function expectReadable({ decision, outcomes = [], error }: SyncItem, quoted: string[] = []): void {
	if (typeof error === 'string') {
		expectSentence(error, quoted);
		expectRemedy(error);
	}
	if (Array.isArray(outcomes)) {
		for (const outcome of outcomes) {
			if (outcome?.status === 'failed') expectSentence(String(outcome.message), quoted);
		}
	}
	if (decision?.action === 'hold' && typeof decision.hold?.message === 'string') {
		expectSentence(decision.hold.message, quoted);
		expectRemedy(decision.hold.message);
	}
}
