import type { Reply } from '../core/http';
import { isRecord } from '../core/http';

export function errorReply(status: number, code: string, message: string): Reply {
	return { status, body: { error: { code, message } } };
}

/** The other shape: OAuth and rate limits. */
export function plainError(status: number, error: string): Reply {
	return { status, body: { error } };
}

export function flattened(reply: Reply): Reply {
	const { error } = (reply.body ?? {}) as { error?: unknown };
	return isRecord(error) ? { ...reply, body: error } : reply;
}

/** Carried through the handlers as an exception, so that a check can stop anywhere. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}

	get reply(): Reply {
		return errorReply(this.status, this.code, this.message);
	}
}

/** How a violated schema looks is unknown; this has the shape of every other refusal. */
export function malformed(message: string): Refusal {
	return new Refusal(400, 'badRequest', message);
}
