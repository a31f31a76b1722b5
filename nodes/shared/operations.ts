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
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = operations[resource]?.[name];
	if (!operation) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${name}" of "${resource}" is not supported.`,
		);
	}
	return await operation.execute.call(context, context.getInputData());
}
