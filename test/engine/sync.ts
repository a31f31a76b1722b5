import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Outcome, RunSummary, SyncItem } from '../../nodes/shared/item';
import { PACKAGE, type Engine } from './harness';

export interface SyncResult {
	upsert: SyncItem[];
	deactivate: SyncItem[];
	held: SyncItem[];
	run: RunSummary;
	/** Items after all steps. */
	results: SyncItem[];
	outcomes: Outcome[];
	report: IDataObject;
}

/** The steps as the templates wire them; LearnUpon has no managers. */
const STEPS: Record<string, string[]> = {
	learnUpon: ['upsert', 'invite', 'mapGroups'],
	threeSixtyLearning: ['upsert', 'invite', 'mapGroups', 'setManager'],
};

const jsons = (items: INodeExecutionData[] = []): SyncItem[] =>
	items.map(({ json }) => json as unknown as SyncItem);

/** One run of the canvas: read, plan, apply, report. Any error of a node is thrown. */
export async function sync(
	engine: Engine,
	plan: INode['parameters'],
	read: INode['parameters'] = {},
	memory: IDataObject = {},
): Promise<SyncResult> {
	const planned = await engine.chain(
		[
			{
				name: 'Read',
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'getAll', returnAll: true, ...read },
			},
			{ name: 'Plan', parameters: { resource: 'run', operation: 'plan', ...plan } },
		],
		[{}],
		memory,
	);
	if (planned.error) throw planned.error;
	const [upsert, deactivate, held, unchanged] = planned.outputs.map((items) => jsons(items));
	const platform = (plan['platform'] ?? 'learnUpon') as string;
	const applied = await apply(engine, platform, upsert ?? [], STEPS[platform] ?? [], memory);
	const ended = await apply(engine, platform, deactivate ?? [], ['deactivate'], memory);
	const results = [...applied, ...ended, ...(held ?? []), ...(unchanged ?? [])];
	const report = await engine.run(
		{ name: 'Report', parameters: { resource: 'run', operation: 'report' } },
		results,
	);
	if (report.error) throw report.error;
	return {
		upsert: upsert ?? [],
		deactivate: deactivate ?? [],
		held: held ?? [],
		run: (unchanged ?? []).find(({ run }) => run)?.run as RunSummary,
		results,
		outcomes: results.flatMap(({ outcomes }) => outcomes ?? []),
		report: report.outputs[0]?.[0]?.json as IDataObject,
	};
}

async function apply(
	engine: Engine,
	platform: string,
	items: SyncItem[],
	operations: string[],
	memory: IDataObject,
): Promise<SyncItem[]> {
	if (items.length === 0) return [];
	const nodes = operations.map((operation) => ({
		name: operation,
		parameters: { platform, resource: 'learner', operation },
	}));
	const run = await engine.chain(nodes, items, memory);
	if (run.error) throw run.error;
	return jsons(run.outputs[0]);
}
