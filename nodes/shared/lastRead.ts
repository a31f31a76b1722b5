import type { IDataObject } from 'n8n-workflow';

import type { Instant, Roster } from './item';

/**
 * Until when a workflow has planned with what Personio delivered, kept for the whole workflow. In queue mode,
 * n8n 2.41.1 starts a worker without what the trigger has kept, and at the end puts what the worker leaves in
 * the place of all of it: then this is what a trigger can go on from.
 */
const KEY = 'employeesReadAt';

/** @param data static data of the workflow; a read of chosen people says nothing of the others */
export function noteRead(data: IDataObject, { readAt, scope }: Pick<Roster, 'readAt' | 'scope'>): void {
	if (scope !== 'selection') data[KEY] = readAt;
}

export function lastReadIn(data: IDataObject): Instant | undefined {
	const { [KEY]: readAt } = data;
	return typeof readAt === 'string' && !Number.isNaN(Date.parse(readAt)) ? readAt : undefined;
}
