import type { IDataObject, INode } from 'n8n-workflow';

import type { Decision, Outcome, RunSummary, SyncItem } from '../../nodes/shared/item';
import type { PlatformName } from '../scenarios/company';
import { PACKAGE, type Engine } from '../engine/harness';

/** What a run did; `error` alone where it failed before anything was decided. */
export interface Live {
	error?: string;
	run?: RunSummary;
	/** Items of the plan, those of all outputs together. */
	planned: SyncItem[];
	/** The same after all steps. */
	results: SyncItem[];
	outcomes: Outcome[];
}

export const STEPS: Record<PlatformName, readonly string[]> = {
	learnUpon: ['upsert', 'invite', 'mapGroups'],
	threeSixtyLearning: ['upsert', 'invite', 'mapGroups', 'setManager'],
};

export interface Order {
	plan: INode['parameters'];
	read?: INode['parameters'];
	/** Also items of those about whom there is nothing to do. */
	outputUnchanged?: true;
	/** Static data of the workflow, which is changed. */
	memory?: IDataObject;
}

/**
 * One run as the templates wire it: whoever fails in a step costs nobody else anything, so that the steps
 * behind it are tried all the same. `sync` would stop at the first failure, before anybody is deactivated.
 */
export async function live(engine: Engine, order: Order): Promise<Live> {
	const { plan, read = {}, memory = {}, outputUnchanged = false } = order;
	const platform = plan['platform'] as PlatformName;
	const planned = await engine.chain(
		[
			{
				name: 'Read',
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'getAll', returnAll: true, ...read },
			},
			{
				name: 'Plan',
				parameters: { resource: 'run', operation: 'plan', outputUnchanged, ...plan },
			},
		],
		[{}],
		memory,
	);
	if (planned.error) {
		const { message, description } = planned.error;
		return { error: `${message} ${description ?? ''}`.trim(), planned: [], results: [], outcomes: [] };
	}
	const [upsert = [], deactivate = [], held = [], unchanged = []] = planned.outputs.map((items) =>
		items.map(({ json }) => json as unknown as SyncItem),
	);
	const applied = await apply(engine, platform, upsert, STEPS[platform]);
	const ended = await apply(engine, platform, deactivate, ['deactivate']);
	const results = [...applied, ...ended, ...held, ...unchanged];
	const run = unchanged.find((item) => item.run)?.run;
	return {
		...(run && { run }),
		planned: [...upsert, ...deactivate, ...held, ...unchanged],
		results,
		outcomes: results.flatMap(({ outcomes }) => outcomes ?? []),
	};
}

/** The steps over the items of an output, one behind the other. */
export async function apply(
	engine: Engine,
	platform: PlatformName,
	items: SyncItem[],
	operations: readonly string[],
): Promise<SyncItem[]> {
	if (items.length === 0) return [];
	const nodes = operations.map((operation): Partial<INode> => ({
		name: operation,
		parameters: { platform, resource: 'learner', operation },
		onError: 'continueRegularOutput',
	}));
	const { outputs, error } = await engine.chain(nodes, items);
	if (error) throw error;
	return (outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem);
}

export const decisionsOf = ({ planned }: Live): Decision[] =>
	planned.flatMap(({ decision }) => decision ?? []);

export const countOf = (run: Live, action: Decision['action']): number =>
	decisionsOf(run).filter((each) => each.action === action).length;
