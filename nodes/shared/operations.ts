import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

/** One operation of a node: its parameters and what it does. */
export interface Operation<Output> {
	description: INodeProperties[];
	execute(this: IExecuteFunctions, items: INodeExecutionData[]): Promise<Output>;
}

/** Operations by resource and name, as workflows store them. */
export type Operations<Output> = Record<string, Record<string, Operation<Output>>>;

export const propertiesOf = (operations: Operations<unknown>): INodeProperties[] =>
	Object.values(operations)
		.flatMap((ofResource) => Object.values(ofResource))
		.flatMap(({ description }) => description);

/** Runs the operation that the node is set to. */
export async function runOperation<Output>(
	context: IExecuteFunctions,
	operations: Operations<Output>,
): Promise<Output> {
	const resource: unknown = context.getNodeParameter('resource', 0);
	const name: unknown = context.getNodeParameter('operation', 0);
	const operation = own(own(operations, resource), name);
	if (!operation) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation ${shown(name)} of ${shown(resource)} is not supported.`,
			{ description: 'Choose the resource and the operation from the lists of the node.' },
		);
	}
	return await operation.execute.call(context, context.getInputData());
}

/** An expression may give anything, also a name that all objects have. */
const own = <Value>(values: Record<string, Value> | undefined, name: unknown): Value | undefined =>
	values && typeof name === 'string' && Object.hasOwn(values, name) ? values[name] : undefined;

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
