import type { Reply } from '../core/http';

/** The usual error body. */
export function errorReply(status: number, message: string): Reply {
	return { status, body: { response_type: 'ERROR', response_code: status, message } };
}

/** Carried through the handlers as an exception, so that a check can stop anywhere. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}
