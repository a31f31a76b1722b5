import type { Sandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';

/** What a platform's server has in its tables, so that a state can be had again without the calls that led to it. */
export type Kept = Record<string, unknown>;

const TABLES: Record<PlatformName, readonly string[]> = {
	learnUpon: ['users', 'invites', 'groups', 'memberships', 'managers', 'last'],
	threeSixtyLearning: [
		'users',
		'groups',
		'customFields',
		'externalIds',
		'values',
		'managers',
		'memberships',
		'mails',
		'last',
	],
};

interface Table {
	copy?(): unknown;
}

const copied = (table: unknown): unknown =>
	typeof (table as Table | undefined)?.copy === 'function'
		? (table as Required<Table>).copy()
		: structuredClone(table);

const stateOf = (sandbox: Sandbox, platform: PlatformName): Kept =>
	(sandbox[platform] as unknown as { state: Kept }).state;

export function keep(sandbox: Sandbox, platform: PlatformName): Kept {
	const state = stateOf(sandbox, platform);
	return Object.fromEntries(TABLES[platform].map((name) => [name, copied(state[name])]));
}

/** The same state again; the copy that was kept stays as it is. */
export function restore(sandbox: Sandbox, platform: PlatformName, kept: Kept): void {
	const state = stateOf(sandbox, platform);
	for (const name of TABLES[platform]) {
		const { [name]: present } = state;
		// Ids are counted in an object that cannot be replaced.
		if (name === 'last' && typeof present === 'object') Object.assign(present as object, kept[name]);
		else state[name] = copied(kept[name]);
	}
}
