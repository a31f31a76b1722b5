import type { IDataObject, INode } from 'n8n-workflow';

import type { Report } from '../../nodes/LmsSync/report/summary';
import type { SyncItem } from '../../nodes/shared/item';
import { PACKAGE, type Engine } from '../engine/harness';
import { STEPS } from '../safety/live';
import type { PlatformName } from '../scenarios/company';

export interface Order {
	plan: INode['parameters'];
	read: INode['parameters'];
	/** Static data of the workflow, which is changed. */
	memory: IDataObject;
	/** What happens when the run begins, and when the plan is made and nothing is applied yet. */
	begin: () => void;
	between: () => void;
}

/** How a run ended: with an error of a node, or with a report. */
export interface Ended {
	error?: { node: string; name: string; message: string; description: string };
	report?: Report;
	/** Everything that reached the report. */
	results: SyncItem[];
}

const itemsOf = (items: Array<{ json: unknown }> = []): SyncItem[] =>
	items.map(({ json }) => json as SyncItem);

/** One run as the templates wire it: whoever fails in a step leaves it by the error output, for the report. */
export async function runCanvas(engine: Engine, order: Order): Promise<Ended> {
	const { plan, read, memory, begin, between } = order;
	begin();
	const platform = plan['platform'] as PlatformName;
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
	if (planned.error) return failed(planned.error);
	between();
	const [upsert = [], deactivate = [], held = [], unchanged = []] = planned.outputs.map(itemsOf);
	const results = [
		...(await apply(engine, platform, upsert, STEPS[platform])),
		...(await apply(engine, platform, deactivate, ['deactivate'])),
		...held,
		...unchanged,
	];
	const report = await engine.run(
		{ name: 'Report', parameters: { resource: 'run', operation: 'report' } },
		results,
	);
	if (report.error) return failed(report.error);
	return { report: report.outputs[0]?.[0]?.json as unknown as Report, results };
}

function failed(error: Error & { description?: string | null; node?: { name: string } }): Ended {
	const { name, message, description, node } = error;
	return {
		error: { node: node?.name ?? '', name, message, description: description ?? '' },
		results: [],
	};
}

/** The steps over the items of an output, and what left them on either side. */
async function apply(
	engine: Engine,
	platform: PlatformName,
	items: SyncItem[],
	operations: readonly string[],
): Promise<SyncItem[]> {
	if (items.length === 0) return [];
	const { outputs, error, raw } = await engine.chain(
		operations.map((operation) => ({
			name: operation,
			parameters: { platform, resource: 'learner', operation },
			onError: 'continueErrorOutput' as const,
		})),
		items,
	);
	if (error) throw error;
	const { runData } = raw.data.resultData;
	const fallen = operations.flatMap((name) => runData[name]?.[0]?.data?.main?.[1] ?? []);
	return [...itemsOf(outputs[0]), ...itemsOf(fallen)];
}
