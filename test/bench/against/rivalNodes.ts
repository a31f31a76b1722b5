import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

/** Puts a canvas together: nodes by name, and wires between them. */
export class Canvas {
	readonly nodes: INode[] = [];
	readonly connections: IConnections = {};

	/** @param extra what stands beside the parameters, such as "On Error" */
	add(
		name: string,
		[type, typeVersion]: readonly [string, number],
		position: [number, number],
		parameters: INodeParameters = {},
		extra: Partial<INode> = {},
	): string {
		const [column, row] = position;
		this.nodes.push({
			id: `00000000-0000-4000-8000-${String(this.nodes.length + 1).padStart(12, '0')}`,
			name,
			type: `n8n-nodes-base.${type}`,
			typeVersion,
			position: [column * 220, row * 160],
			parameters,
			...extra,
		});
		return name;
	}

	/** Connects nodes in a row, each by its first output to the first input of the next. */
	chain(...names: string[]): void {
		names.slice(1).forEach((name, index) => this.wire(names[index]!, name));
	}

	wire(from: string, to: string, { output = 0, input = 0 }: { output?: number; input?: number } = {}): void {
		const outputs = ((this.connections[from] ??= {})['main'] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]!.push({ node: to, type: 'main', index: input });
	}
}

export const TYPES = {
	schedule: ['scheduleTrigger', 1.2],
	manual: ['manualTrigger', 1],
	set: ['set', 3.4],
	http: ['httpRequest', 4.2],
	splitOut: ['splitOut', 1],
	filter: ['filter', 2.2],
	if: ['if', 2.2],
	switch: ['switch', 3.2],
	merge: ['merge', 3.2],
	removeDuplicates: ['removeDuplicates', 2],
	wait: ['wait', 1.1],
	stop: ['stopAndError', 1],
} as const satisfies Record<string, readonly [string, number]>;

type FieldType = 'string' | 'number' | 'boolean';

/** Edit Fields: the named fields and nothing else. */
export function fields(values: Record<string, readonly [FieldType, string]>): INodeParameters {
	const assignments = Object.entries(values).map(([name, [type, expression]]) => ({
		id: name,
		name,
		value: `={{ ${expression} }}`,
		type,
	}));
	return { assignments: { assignments }, options: {} };
}

/** The conditions of an If, a Filter or a rule of a Switch: one expression that is true or false. */
export function isTrue(expression: string): INodeParameters {
	return {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
		conditions: [
			{
				id: expression,
				leftValue: `={{ ${expression} }}`,
				rightValue: '',
				operator: { type: 'boolean', operation: 'true', singleValue: true },
			},
		],
		combinator: 'and',
	};
}

/** Merge by fields: those of the first input, and what they are called in the second one. */
export function matching(
	pairs: Array<[string, string]>,
	joinMode: 'enrichInput1' | 'keepMatches' | 'keepNonMatches',
	outputDataFrom?: 'input1' | 'both',
): INodeParameters {
	return {
		mode: 'combine',
		combineBy: 'combineByFields',
		advanced: true,
		mergeByFields: { values: pairs.map(([field1, field2]) => ({ field1, field2 })) },
		joinMode,
		...(outputDataFrom && { outputDataFrom }),
		options: joinMode === 'keepNonMatches' ? {} : { multipleMatches: 'first' },
	};
}
