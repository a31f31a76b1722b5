import { parse, stringify } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';

export interface Weight {
	/** A node, or `(the rest)`: what n8n keeps of a run beside the output of nodes. */
	node: string;
	items: number;
	/** That n8n notes for the node, without what it does between nodes. */
	ms: number;
	/** Length of the output as plain JSON: what the editor gets, and what is held in memory. */
	json: number;
	/** Length of the output on its own in the notation of the database, in which equal texts count once. */
	stored: number;
}

/** @param text what n8n keeps of an execution, in the notation of `flatted` */
export function weightsOf(text: string): Weight[] {
	const { resultData, ...rest } = parse(text) as IRunExecutionData;
	const nodes = Object.entries(resultData.runData).map(([node, runs]) => ({
		node,
		items: runs.flatMap(({ data }) => (data?.['main'] ?? []).flat()).length,
		ms: runs.reduce((sum, { executionTime }) => sum + executionTime, 0),
		json: JSON.stringify(runs).length,
		stored: stringify(runs).length,
	}));
	const { runData: _, ...others } = resultData;
	const remains = { ...rest, resultData: others };
	return [
		...nodes,
		{
			node: '(the rest)',
			items: 0,
			ms: 0,
			json: JSON.stringify(remains).length,
			stored: stringify(remains).length,
		},
		{ node: '(all)', items: 0, ms: 0, json: JSON.stringify(parse(text)).length, stored: text.length },
	].sort((a, b) => b.json - a.json);
}
