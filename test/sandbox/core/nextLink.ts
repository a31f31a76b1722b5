import type { Inbound, Reply } from './http';
import { WHOLE_BODY } from './http';

interface Links {
	/** The link to the next page as the vendor meant it; undefined on the last page. */
	next: string | undefined;
	/** This page, unless it is the first. */
	self: string | undefined;
}

type Rewrite = (links: Links) => string | undefined;

/** Rewrites the link to the next page of a list, wherever the vendor puts it. */
export function withNextLink(reply: Reply, request: Inbound, rewrite: Rewrite): Reply {
	return reply.listKey === WHOLE_BODY ? inHeader(reply, request, rewrite) : inBody(reply, request, rewrite);
}

/** The page says that it is the last one, wherever the vendor says so. */
export function withoutNextLink(reply: Reply): Reply {
	const { Link: _, ...headers } = reply.headers ?? {};
	if ('LU-Has-Next-Page' in headers) headers['LU-Has-Next-Page'] = 'false';
	const body = structuredClone(reply.body) as { _meta?: { links?: Record<string, unknown> } } | undefined;
	if (reply.listKey !== WHOLE_BODY) delete body?._meta?.links?.['next'];
	return { ...reply, headers, body };
}

export function pathAndQuery(href: string): string {
	return href.replace(/^[a-z]+:\/\/[^/]+/i, '');
}

/** `_meta.links.next.href` of Personio's v2 lists. */
function inBody(reply: Reply, request: Inbound, rewrite: Rewrite): Reply {
	const body = structuredClone(reply.body) as { _meta?: { links?: Record<string, { href: string }> } };
	const links = body?._meta?.links;
	if (!links) return reply;
	const self = request.query.has('cursor') ? withCursorOf(request, links) : undefined;
	const href = rewrite({ next: links['next']?.href, self });
	if (href !== undefined) links['next'] = { href };
	return { ...reply, body };
}

function withCursorOf({ query }: Inbound, links: Record<string, { href: string }>): string {
	const href = new URL(links['next']?.href ?? links['self']!.href);
	href.searchParams.set('cursor', query.get('cursor')!);
	return href.href;
}

/** `Link: <…>; rel="next"`. */
function inHeader(reply: Reply, request: Inbound, rewrite: Rewrite): Reply {
	const { Link, ...headers } = reply.headers ?? {};
	const self = request.query.has('next') ? `${request.origin}${request.path}?${request.rawQuery}` : undefined;
	const href = rewrite({ next: Link === undefined ? undefined : /<(.*)>/.exec(Link)?.[1], self });
	return { ...reply, headers: href === undefined ? headers : { ...headers, Link: nextLinkHeader(href) } };
}

export function nextLinkHeader(href: string): string {
	return `<${href}>; rel="next"`;
}
