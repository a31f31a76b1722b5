import type { IncomingHttpHeaders } from 'node:http';

export type CallKind = 'read' | 'write' | 'auth';

/** One line of the call log. */
export interface Call {
	method: string;
	/** Without the query. */
	path: string;
	query: URLSearchParams;
	/** 0 while the answer is out, and for good if there was none (time-out, dropped connection). */
	status: number;
	/** Parsed JSON or form fields; the raw text if neither; undefined without a body. */
	body: unknown;
	/** Arrival, in milliseconds of the real clock, so that pacing can be measured. */
	at: number;
	kind: CallKind;
	/** As received, without Authorization and Cookie. */
	headers: IncomingHttpHeaders;
}

export interface Inbound {
	method: string;
	path: string;
	query: URLSearchParams;
	/** As it came, for a vendor that minds how it is encoded. */
	rawQuery: string;
	headers: IncomingHttpHeaders;
	rawBody: string;
	/** Scheme and host as the caller sees them: links in answers start with it. */
	origin: string;
	/** Attribute keys that a misbehaviour hides from this one answer. */
	hidden: Set<string>;
	/** Answer as usual but leave the state as it was (misbehaviour `ignoreWrite`). */
	pretend: boolean;
	/** How a bulk operation that this request starts goes wrong. */
	bulk: { fails: boolean; itemErrors: number };
}

/** Stands for the body itself where a list has no envelope. */
export const WHOLE_BODY = Symbol('the body itself');

export interface Reply {
	status: number;
	headers?: Record<string, string>;
	/** Sent as JSON unless `text` or `encode` says otherwise. */
	body?: unknown;
	text?: string;
	type?: string;
	encode?: (body: unknown) => { text: string; type: string };
	/** The key of the body that holds the records, if the answer is a page of a list. */
	listKey?: string | typeof WHOLE_BODY;
}

export type Outcome = Reply | 'hang' | 'drop';

export function contentType(headers: IncomingHttpHeaders): string {
	return (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
}

export function isJsonType(type: string): boolean {
	return type === 'application/json' || type.endsWith('+json');
}

export const FORM_TYPE = 'application/x-www-form-urlencoded';

/** undefined for anything that is not a JSON object. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function encodeReply(reply: Reply): { text: string; type: string | undefined } {
	if (reply.text !== undefined) return { text: reply.text, type: reply.type };
	if (reply.body === undefined) return { text: '', type: reply.type };
	if (reply.encode) return reply.encode(reply.body);
	return { text: JSON.stringify(reply.body), type: reply.type ?? 'application/json' };
}
