import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/**
 * The item of somebody who could not be handled, where the operator lets the others go on.
 *
 * For the error output n8n takes an item that holds nothing but `error`, and adds what came in by itself;
 * an item that carries an error object, or more than the message, would lose the rest.
 *
 * @param json the item as it is to travel on the regular output
 */
export function errorItem(
	context: IExecuteFunctions,
	message: string,
	item: number,
	json: object,
): INodeExecutionData {
	const toErrorOutput = context.getNode().onError === 'continueErrorOutput';
	return {
		json: (toErrorOutput ? { error: message } : { ...json, error: message }) as IDataObject,
		pairedItem: { item },
	};
}
