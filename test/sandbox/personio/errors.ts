import { randomUUID } from 'node:crypto';
import type { Reply } from '../core/http';

const ERROR_PAGE = 'https://developer.personio.de/reference/errors#';

/** Facts §6.2, v1. */
export function v1Error(status: number, message: string, code = status): Reply {
	return { status, body: { success: false, error: { code, message } } };
}

export function v1TooMany(headers: Record<string, string>): Reply {
	return { ...v1Error(429, 'Too many requests'), headers };
}

interface Problem {
	title: string;
	detail: string;
	type: string | null;
	meta?: Record<string, string>;
	traceId?: string;
}

/** Facts §6.2, v2 resources. */
export function problem(status: number, { title, detail, type, meta, traceId }: Problem, now: Date): Reply {
	const error = { title, detail, type: type === null ? null : type.replace(/^#/, ERROR_PAGE) };
	return {
		status,
		type: 'application/problem+json',
		body: {
			personio_trace_id: traceId ?? randomUUID(),
			timestamp: now.toISOString(),
			errors: [meta ? { ...error, _meta: meta } : error],
		},
	};
}

export const BAD_VALUE: Problem = {
	title: 'Bad request',
	detail: 'Provided request parameters are invalid.',
	type: '#common.bad_request',
};

export const BAD_FILTER: Problem = {
	title: 'Bad request',
	detail: 'Provided filter encoding is invalid.',
	type: '#common.bad_request',
};

export const BAD_LIMIT: Problem = {
	title: 'Bad request',
	detail: 'Provided value for limit is not valid',
	type: '#common.bad_request',
};

export const NOT_FOUND: Problem = {
	title: 'Resource not found',
	detail: 'There is no resource for the specified id.',
	type: '#common.resource_not_found',
};

/** Both a bad token and a missing right look like this. */
export const UNAUTHORIZED: Problem = {
	title: 'Unauthorized Request',
	detail: 'Unauthorized Request',
	type: '#common.unauthorized',
};

export const SERVER_ERROR: Problem = {
	title: 'Internal Server Error',
	detail: 'The request could not be processed.',
	type: '#common.internal_server_error',
};

export function unknownRoute(path: string): Problem {
	return {
		title: 'Not Found',
		detail: `The endpoint with ${path} was not found.`,
		type: 'https://developer.personio.de/v2.0/page/public-api-error-codes#apinot_found',
		meta: { path },
		// Empty in the observed answer.
		traceId: '',
	};
}

/** Carried through the handlers as an exception, so that a check can stop anywhere. */
export class ProblemError extends Error {
	constructor(
		readonly status: number,
		readonly problem: Problem,
	) {
		super(problem.detail);
	}
}
