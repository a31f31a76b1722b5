import type { Inbound, Reply } from '../core/http';
import { contentType, isJsonType } from '../core/http';
import type { RouteMatch } from '../core/router';
import { Router } from '../core/router';
import type { Scope, ThreeSixtyLearningAuth } from './auth';
import { malformed, Refusal } from './errors';
import type { ThreeSixtyLearningOptions } from './options';
import type { Filters, Query } from './query';
import { parsedQuery } from './query';
import type { Check } from './schema';
import { isId } from './schema';

export interface Operation {
	scope: Scope;
	/** Lists take a cursor, and often filters. */
	isList?: boolean;
	filters?: Filters;
	flags?: Readonly<Record<string, readonly string[]>>;
	body?: Check;
}

/** A call that is known to be as documented. */
export interface Ask {
	request: Inbound;
	/** Ids are in lower case. */
	params: Record<string, string>;
	query: Query;
	body: Record<string, unknown>;
}

/** Checks what every operation documents of itself before it gets to work: scope, path, query, body. */
export class Api {
	private readonly router = new Router();

	constructor(
		private readonly auth: ThreeSixtyLearningAuth,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	on(method: string, template: string, operation: Operation, work: (ask: Ask) => Reply): this {
		this.router.on(method, `/api/v2${template}`, (request, raw) => {
			const refusal = this.auth.missing(operation.scope);
			if (refusal) return refusal;
			const params = Object.fromEntries(
				Object.entries(raw).map(([name, value]) => [name, pathId(name, value)]),
			);
			const query = parsedQuery(request, { isList: false, ...operation }, this.options);
			return work({ request, params, query, body: this.body(request, operation.body) });
		});
		return this;
	}

	find(request: Inbound): RouteMatch {
		return this.router.find(request);
	}

	private body(request: Inbound, check: Check | undefined): Record<string, unknown> {
		const { headers, rawBody } = request;
		if (!check) {
			if (rawBody === '' || this.options.unexpectedBody === 'ignore') return {};
			throw malformed('A body is not expected');
		}
		if (rawBody !== '' && !isJsonType(contentType(headers))) {
			throw new Refusal(400, 'badMediaType', 'The content type must be application/json.');
		}
		const body = json(rawBody);
		check(body, '', this.options.unknownProperties === 'refuse');
		return body as Record<string, unknown>;
	}
}

function json(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw malformed('The body must be JSON');
	}
}

function pathId(name: string, value: string): string {
	if (!name.endsWith('Id')) return value;
	if (!isId(value)) throw malformed(`${name} must be a valid ID`);
	return value.toLowerCase();
}
