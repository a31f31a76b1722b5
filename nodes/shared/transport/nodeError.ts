import { NodeOperationError } from 'n8n-workflow';

import type { NodeContext } from './vendor';
import { VendorError } from './vendorError';

/** Turns what went wrong into n8n's own error, so that the editor shows the sentence and the remedy. */
export function asNodeError(context: NodeContext, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	const cause = error instanceof Error ? error : new Error(String(error));
	return new NodeOperationError(context.getNode(), cause.message, {
		...(cause instanceof VendorError && cause.remedy !== undefined && { description: cause.remedy }),
		...(itemIndex !== undefined && { itemIndex }),
	});
}
