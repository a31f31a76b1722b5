import type { Inbound, Reply } from '../core/http';
import type { LearnUponOptions } from './options';

export function pageOf({ query }: Inbound): number {
	const text = query.get('page') ?? '1';
	return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 1;
}

/** Facts §2. `before` are keys that come ahead of the list in the body. */
export function pageReply<T>(
	request: Inbound,
	key: string,
	items: readonly T[],
	render: (item: T) => Record<string, unknown>,
	{ pageSize }: LearnUponOptions,
	before: object = {},
): Reply {
	const page = pageOf(request);
	const start = (page - 1) * pageSize;
	const rows = items.slice(start, start + pageSize).map((item) => visible(render(item), request));
	return {
		status: 200,
		listKey: key,
		headers: {
			'LU-Current-Page': String(page),
			'LU-Records-Per-Page': String(pageSize),
			'LU-Has-Next-Page': String(start + pageSize < items.length),
		},
		body: { ...before, [key]: rows },
	};
}

function visible(record: Record<string, unknown>, { hidden }: Inbound): Record<string, unknown> {
	if (hidden.size === 0) return record;
	return Object.fromEntries(Object.entries(record).filter(([key]) => !hidden.has(key)));
}
