import type { IHttpRequestMethods } from 'n8n-workflow';

import { networkCause } from './networkCause';
import type { Vendor, VendorRequest, VendorResponse } from './vendor';
import { VendorError } from './vendorError';

/** What went wrong with a call, in sentences for an operator. */

/** The account has refused everything until a moment ago. */
export function refusedAgain({ name, remedies }: Vendor): VendorError {
	return new VendorError(`${name} has allowed no calls for a long time, so no more were sent.`, {
		remedy: remedies[429],
		status: 429,
	});
}

/** Limits allow the call after the deadline only. */
export function outOfTime({ name }: Vendor): VendorError {
	return new VendorError(`The time that n8n allows a trigger is over before ${name} allows more calls.`, {
		remedy:
			'Raise the poll timeout of n8n, or start the workflow with a Schedule Trigger and the Personio node, which may take their time.',
		status: 429,
	});
}

/** No answer came, or only a part of it. */
export function unanswered({ name }: Vendor, error: SendError, method: IHttpRequestMethods): VendorError {
	// A credential that could not be used speaks for itself; everything else has a code of the network.
	const code = networkCode(error);
	if (code === undefined)
		return new VendorError(error.message, { remedy: error.description ?? undefined, status: 400 });
	return new VendorError(`${name} cannot be reached: ${networkCause(code)}.`, {
		remedy: 'Check the address in the credential and the network of this n8n, then run again.',
		uncertain: method !== 'GET',
	});
}

/** An answer that the caller does not deal with. */
export function refused(
	vendor: Vendor,
	request: VendorRequest,
	method: IHttpRequestMethods,
	{ status, body }: VendorResponse,
): VendorError {
	const { name, remedies, remedyOf } = vendor;
	if (status < 300) {
		return new VendorError(`${name} answered ${method} ${request.path} with a page that is not JSON.`, {
			remedy: 'Check the address in the credential: it must be the address of the API itself.',
			status,
			uncertain: method !== 'GET',
		});
	}
	const words = vendor.messageOf(body);
	return new VendorError(`${name} answered HTTP ${status}${words ? `: ${words}` : ''}`, {
		remedy: remedyOf?.(request, status, body) ?? remedies[status] ?? generalRemedy(name, status),
		status,
		uncertain: status >= 500,
	});
}

function generalRemedy(vendor: string, status: number): string {
	if (status >= 500) return `${vendor} has a fault at the moment. Run again later.`;
	return status < 400
		? 'This address leads on to another one, where the keys are not sent. Enter the address of the API itself in the credential.'
		: 'Put right what is named in it, and run again.';
}

/** What n8n's helper throws. */
export interface SendError extends Error {
	httpCode?: string | null;
	code?: string;
	description?: string | null;
	messages?: string[];
	context?: { data?: unknown };
	cause?: { code?: string };
}

/** n8n keeps the original error as the cause, n8n 1.x only its texts. */
function networkCode(error: SendError): string | undefined {
	const texts = (error.messages ?? []).join(' ');
	return error.cause?.code ?? error.code ?? /\bE[A-Z_]{3,}\b|timeout|aborted|socket hang up/.exec(texts)?.[0];
}
