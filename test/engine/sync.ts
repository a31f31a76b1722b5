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

const learner = (operation: string): Partial<INode> => ({
	name: operation,
	parameters: { resource: 'learner', operation },
});

const jsons = (items: INodeExecutionData[] = []): SyncItem[] =>
	items.map(({ json }) => json as unknown as SyncItem);

/** One run of the canvas: read, plan, apply, report. Any error of a node is thrown. */
export async function sync(
	engine: Engine,
	plan: INode['parameters'],
	read: INode['parameters'] = {},
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
	);
	if (planned.error) throw planned.error;
	const [upsert, deactivate, held, unchanged] = planned.outputs.map((items) => jsons(items));
	const applied = await apply(engine, upsert ?? [], ['upsert', 'invite', 'mapGroups']);
	const ended = await apply(engine, deactivate ?? [], ['deactivate']);
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

async function apply(engine: Engine, items: SyncItem[], operations: string[]): Promise<SyncItem[]> {
	if (items.length === 0) return [];
	const run = await engine.chain(operations.map(learner), items);
	if (run.error) throw run.error;
	return jsons(run.outputs[0]);
}
