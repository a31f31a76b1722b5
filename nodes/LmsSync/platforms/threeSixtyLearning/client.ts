import {
	headerOf,
	onceForCertain,
	VendorClient,
	type NodeContext,
	type ResponseHeaders,
	type Vendor,
	type VendorRequest,
	type VendorResponse,
} from '../../../shared/transport/client';
import { VendorError } from '../../../shared/transport/vendorError';
import { scopeOf } from './scopes';

const BASE = '/api/v2';

/** Enough to keep the allowed pace where an answer takes up to a fifth of a second. */
export const READS_AT_ONCE = 10;

const SECOND_MS = 1050;

const THREE_SIXTY_LEARNING: Vendor = {
	name: '360Learning',
	credentialType: 'threeSixtyLearningApi',
	quota: 'threeSixtyLearning',
	// Documented: 50 reads and 10 writes a second, of the whole company. Calls that start in one second may
	// arrive a little closer together, and a refusal costs a second of its own.
	limits: [{ calls: 50, ms: SECOND_MS }],
	writeLimits: [{ calls: 10, ms: SECOND_MS }],
	waitAfter429: 'seconds',
	messageOf,
	remedies: {
		401: 'Check "Client ID" and "Client Secret" in the credential.',
		429: 'Other programs use up the calls of this 360Learning. Run again in a minute.',
	},
	remedyOf({ method = 'GET', path }, status) {
		if (status !== 403) return undefined;
		const scope = scopeOf(method, path);
		return `The credential lacks ${scope ?? 'a scope'}. In 360Learning, open Settings > API v2 and grant it; a scope that is not offered there has to be opened by 360Learning.`;
	},
};

interface ErrorBody {
	error?: { code?: unknown; message?: unknown } | string;
	code?: unknown;
	message?: unknown;
}

/** Three forms of errors are documented: nested, flat, and a bare text. */
export function codeOf(body: unknown): string | undefined {
	const { error, code } = (body ?? {}) as ErrorBody;
	const found = typeof error === 'string' ? error : (error?.code ?? code);
	return typeof found === 'string' ? found : undefined;
}

function messageOf(body: unknown): string | undefined {
	const { error, message } = (body ?? {}) as ErrorBody;
	const words = typeof error === 'object' ? error?.message : message;
	const parts = [codeOf(body), words].filter((part) => typeof part === 'string' && part !== '');
	return parts.length > 0 ? parts.join(', ') : undefined;
}

/** Calls to one 360Learning. Filters stand in the path, since their brackets must not be encoded. */
export class ThreeSixtyClient {
	private readonly client: VendorClient;

	constructor(context: NodeContext) {
		this.client = new VendorClient(context, THREE_SIXTY_LEARNING);
	}

	async request(request: VendorRequest): Promise<VendorResponse> {
		return await this.client.request({ ...request, path: BASE + request.path });
	}

	async get<Body>(path: string): Promise<Body> {
		const { body } = await this.request({ path });
		if (typeof body !== 'object' || body === null) throw unexpected(path);
		return body as Body;
	}

	/** Sends a POST once for certain: see {@link onceForCertain}. */
	async post<Found>(
		request: VendorRequest,
		look: () => Promise<Found | undefined>,
	): Promise<{ answer: VendorResponse } | { found: Found }> {
		return await onceForCertain(async () => await this.request({ ...request, method: 'POST' }), look);
	}

	/**
	 * All records of a list, page by page as the `Link` header leads.
	 *
	 * @throws VendorError if the pages lead in a circle or out of the list: a list with gaps would make
	 * second accounts
	 */
	async list<Item>(path: string, isItem: (item: unknown) => boolean = isRecord): Promise<Item[]> {
		const items: Item[] = [];
		const seen = new Set<string>();
		for (let next: string | undefined = path; next !== undefined;) {
			if (seen.has(next)) throw gap(path);
			seen.add(next);
			const { headers, body }: VendorResponse = await this.request({ path: next });
			if (!Array.isArray(body) || !body.every(isItem)) throw unexpected(path);
			items.push(...(body as Item[]));
			next = nextPath(headers, path);
		}
		return items;
	}
}

const isRecord = (item: unknown): boolean =>
	typeof item === 'object' && item !== null && !Array.isArray(item);

export const isText = (item: unknown): boolean => typeof item === 'string';

/** Only path and query of the link are followed, so that the token goes nowhere else. */
function nextPath(headers: ResponseHeaders, path: string): string | undefined {
	const link = headerOf(headers, 'link') ?? '';
	const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link)?.[1];
	if (next === undefined) return undefined;
	const pathname = BASE + path.split('?')[0];
	const at = next.indexOf(pathname);
	if (at < 0 || !next.startsWith('?', at + pathname.length)) throw gap(path);
	return next.slice(at + BASE.length);
}

export function unexpected(path: string): VendorError {
	return new VendorError(`360Learning answered ${withoutQuery(path)} in an unexpected form.`, {
		remedy: 'Run again. If it stays, check the address in the credential.',
		status: 200,
	});
}

function gap(path: string): VendorError {
	return new VendorError(`360Learning delivered ${withoutQuery(path)} with pages left out.`, {
		remedy: 'Nothing was changed. Run again later.',
	});
}

const withoutQuery = (path: string): string => path.split('?')[0] ?? path;
