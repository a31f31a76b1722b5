import { describeWrite } from '../scenarios/company';
import type { Call, Sandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';

export type Server = 'personio' | PlatformName;

/** All calls that mean the same to a vendor: another page, another person or another group is no other kind. */
export interface Kind {
	server: Server;
	name: string;
	/** How often it was met in the run that the kinds were taken from. */
	count: number;
	isWrite: boolean;
	isAuth: boolean;
	/** One of the calls. */
	example: Call;
}

/** Say where in a list, how much or which attributes of it. */
const PAGING = new Set(['page', 'next', 'limit', 'offset', 'cursor', 'attributes', 'attributes[]']);

const isId = (text: string): boolean => /^(\d+|[\da-f]{24}|.*@.*)$/.test(text);

function filtersOf({ query }: Call): string {
	const filters = [...query]
		.filter(([name]) => !PAGING.has(name))
		.map(([name, value]) => (isId(value) ? name : `${name}=${value}`));
	return filters.length > 0 ? `?${[...new Set(filters)].join('&')}` : '';
}

/** The kind of a call by what it asks: a write also by the fields that it writes. */
export function nameOf(call: Call): string {
	const { method, path, kind } = call;
	const route = path.replace(/\/(\d+|[\da-f]{24})(?=\/|$)/g, '/:id');
	if (kind === 'write') return describeWrite(call) + filtersOf(call);
	return `${method} ${route.replace(/^\/api\/v\d/, '')}${kind === 'auth' ? '' : filtersOf(call)}`;
}

/** The kinds of calls in the logs of a run, in the order in which they were met first. */
export function kindsIn(sandbox: Sandbox, platform: PlatformName): Kind[] {
	return (['personio', platform] as const).flatMap((server) => {
		const kinds = new Map<string, Kind>();
		for (const call of sandbox[server].calls) {
			const name = nameOf(call);
			const known = kinds.get(name);
			if (known) known.count++;
			else {
				const { kind } = call;
				kinds.set(name, {
					server,
					name,
					count: 1,
					isWrite: kind === 'write',
					isAuth: kind === 'auth',
					example: call,
				});
			}
		}
		return [...kinds.values()];
	});
}
