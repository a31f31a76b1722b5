import type { Inbound, Reply } from './http';

export type Handler = (request: Inbound, params: Record<string, string>) => Reply;

interface Route {
	method: string;
	template: string;
	pattern: RegExp;
	handler: Handler;
}

export type RouteMatch =
	{ found: 'route'; template: string; run: () => Reply } | { found: 'otherVerb' } | { found: 'nothing' };

export class Router {
	private readonly routes: Route[] = [];

	/** `template` as in `/v1/company/employees/:id`. First registered wins. */
	on(method: string, template: string, handler: Handler): this {
		const source = template.replace(/[.]/g, '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)');
		this.routes.push({ method, template, pattern: new RegExp(`^${source}/?$`), handler });
		return this;
	}

	find(request: Inbound): RouteMatch {
		let samePath = false;
		for (const route of this.routes) {
			const match = route.pattern.exec(request.path);
			if (!match) continue;
			if (route.method !== request.method) {
				samePath = true;
				continue;
			}
			const params = Object.fromEntries(
				Object.entries(match.groups ?? {}).map(([name, value]) => [name, decode(value)]),
			);
			return { found: 'route', template: route.template, run: () => route.handler(request, params) };
		}
		return { found: samePath ? 'otherVerb' : 'nothing' };
	}
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
