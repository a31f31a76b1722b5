import type { Call, Inbound, Outcome, Reply } from './http';
import { encodeReply, isRecord, WHOLE_BODY } from './http';
import { pathAndQuery, withNextLink, withoutNextLink } from './nextLink';
import type { Vendor } from './vendor';

export type PlainDeed =
	| 'timeout'
	| 'timeoutAfter'
	| 'dropBefore'
	| 'dropAfter'
	| 'truncateJson'
	| 'wrongType'
	| 'html200'
	| 'emptyBody'
	| 'shortPage'
	| 'emptyPage'
	| 'moveTotals'
	| 'repeatCursor'
	| 'foreignNextLink'
	| 'relativeNextLink'
	| 'noNextLink'
	| 'successFalse200'
	| 'shiftRows'
	| 'ignoreWrite'
	| 'bulkError';

export interface StatusDeed {
	status: number;
	/** JSON; `html` wins over it. Without both the answer is empty. */
	body?: unknown;
	html?: string;
	headers?: Record<string, string>;
	/** Whether the server does the work before it reports the failure. */
	act?: boolean;
}

export type Deed =
	| PlainDeed
	| StatusDeed
	| { delay: number }
	| { vanishAttribute: string; fromPage?: number }
	| { shortPage: number }
	| { wrongType: unknown }
	| { html200: string }
	| { foreignNextLink: string }
	| { bulkItemErrors: number };

const NAMES = [
	...([
		'timeout',
		'timeoutAfter',
		'dropBefore',
		'dropAfter',
		'truncateJson',
		'wrongType',
		'html200',
		'emptyBody',
	] as const),
	...(['shortPage', 'emptyPage', 'moveTotals', 'repeatCursor', 'foreignNextLink'] as const),
	...(['relativeNextLink', 'noNextLink', 'successFalse200', 'shiftRows', 'ignoreWrite'] as const),
	...(['status', 'delay', 'vanishAttribute', 'bulkError', 'bulkItemErrors'] as const),
];

export type DeedName = (typeof NAMES)[number];

/** A vendor names what it has no use for, and a rule that asks for that is refused. */
export function deedsExcept(...without: DeedName[]): ReadonlySet<DeedName> {
	return new Set(NAMES.filter((name) => !without.includes(name)));
}

interface Context {
	call: Call;
	request: Inbound;
	vendor: Vendor;
}

type Misdeed = (context: Context, next: () => Promise<Outcome>) => Promise<Outcome>;

const HTML = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>';

const before =
	(outcome: Outcome): Misdeed =>
	async () =>
		outcome;

/** Spoils an answer after the work is done; hanging and dropped connections stay what they are. */
const after =
	(spoil: (reply: Reply, context: Context) => Outcome): Misdeed =>
	async (context, next) => {
		const outcome = await next();
		return typeof outcome === 'string' ? outcome : spoil(outcome, context);
	};

/** Spoils the records of a page; other answers pass. */
const records = (change: (rows: unknown[]) => unknown[]): Misdeed =>
	after((reply) => {
		const { listKey, body } = reply;
		if (listKey === WHOLE_BODY) return Array.isArray(body) ? { ...reply, body: change(body) } : reply;
		const rows = listKey !== undefined && isRecord(body) ? body[listKey] : undefined;
		return Array.isArray(rows)
			? { ...reply, body: { ...(body as object), [listKey!]: change(rows) } }
			: reply;
	});

const nextLink = (rewrite: Parameters<typeof withNextLink>[2]): Misdeed =>
	after((reply, { request }) => withNextLink(reply, request, rewrite));

const MISDEEDS: { [name in DeedName]: (argument: never, deed: Deed) => Misdeed } = {
	timeout: () => before('hang'),
	timeoutAfter: () => after(() => 'hang'),
	dropBefore: () => before('drop'),
	dropAfter: () => after(() => 'drop'),
	status: (status: number, deed) => {
		const { body, html, headers = {}, act } = deed as StatusDeed;
		const answer: Reply =
			html === undefined ? { status, headers, body } : { status, headers, text: html, type: 'text/html' };
		return act ? after(() => answer) : before(answer);
	},
	delay: (ms: number) => async (_context, next) => {
		await new Promise((resolve) => setTimeout(resolve, ms));
		return await next();
	},
	truncateJson: () =>
		after((reply) => {
			const { text, type } = encodeReply(reply);
			const half = text.slice(0, Math.ceil(text.length / 2));
			return {
				status: reply.status,
				headers: reply.headers ?? {},
				text: half,
				type: type ?? 'application/json',
			};
		}),
	wrongType: (value: unknown) =>
		after((reply) => ({ status: 200, headers: reply.headers ?? {}, body: value ?? 'ok' })),
	html200: (html: string | undefined) =>
		before({ status: 200, text: html ?? HTML, type: 'text/html; charset=utf-8' }),
	emptyBody: () => after((reply) => ({ status: reply.status, headers: reply.headers ?? {} })),
	shortPage: (missing: number | undefined) => records((rows) => rows.slice(0, -(missing ?? 1))),
	emptyPage: () => records(() => []),
	moveTotals: () =>
		after((reply, { request, vendor }) => {
			const body = structuredClone(reply.body) as { metadata?: { total_elements: number } };
			if (body?.metadata) body.metadata.total_elements += vendor.pageOf(request) - 1;
			return { ...reply, body };
		}),
	repeatCursor: () => nextLink(({ next, self }) => self ?? next),
	foreignNextLink: (origin: string | undefined) =>
		nextLink(({ next }) => next && `${origin ?? 'https://api.vendor.invalid'}${pathAndQuery(next)}`),
	relativeNextLink: () => nextLink(({ next }) => next && pathAndQuery(next)),
	vanishAttribute: (key: string, deed) => async (context, next) => {
		const fromPage = (deed as { fromPage?: number }).fromPage ?? 1;
		if (context.vendor.pageOf(context.request) >= fromPage) context.request.hidden.add(key);
		return await next();
	},
	noNextLink: () => after(withoutNextLink),
	successFalse200: () =>
		after((reply, { request, vendor }) => ({ ...reply, status: 200, body: vendor.errorBody(request) })),
	shiftRows: () =>
		after((reply, { vendor }) => {
			if (reply.status === 200 && reply.listKey !== undefined) vendor.shiftRows?.();
			return reply;
		}),
	ignoreWrite: () => async (context, next) => {
		context.request.pretend = true;
		return await next();
	},
	bulkError: () => async (context, next) => {
		context.request.bulk.fails = true;
		return await next();
	},
	bulkItemErrors: (count: number) => async (context, next) => {
		context.request.bulk.itemErrors = count;
		return await next();
	},
};

export function deedName(deed: Deed): DeedName {
	const name = typeof deed === 'string' ? deed : NAMES.find((known) => known in deed);
	if (name === undefined || !(name in MISDEEDS))
		throw new Error(`Unknown misbehaviour ${JSON.stringify(deed)}`);
	return name;
}

export function misdeed(deed: Deed): Misdeed {
	const name = deedName(deed);
	const argument = typeof deed === 'string' ? undefined : (deed as Record<string, unknown>)[name];
	return MISDEEDS[name](argument as never, deed);
}
