import { createHash } from 'crypto';

import type { ConfigurationUse, GroupRef } from '../../shared/item';
import { groupKey } from './groups';
import type { Configuration, Memory } from './memory';
import { isApplicable, isEnd, withhold, type Part } from './parts';
import type { PlannedPerson } from './plan';

/** Parameters by the names that the editor shows. What only concerns new people takes nothing away. */
const NAMES: Partial<Record<keyof Configuration, string>> = {
	endAccess: 'End Access',
	matchBy: 'Match By',
	linkField: 'Personio ID Field',
	rootGroup: 'Root Group',
	scope: 'Scope',
	fieldMapping: 'Field Mapping',
	groupLevels: 'Groups by Levels',
	groupRules: 'Groups by Rules',
	createMissingGroups: 'Create Missing Groups',
	limits: 'Limits',
	missingRuns: 'Deactivate Missing People After',
	managers: 'Update Managers',
	defaultZone: 'Time Zone',
};

const PARTS = Object.keys(NAMES) as Array<keyof Configuration>;

/** The same text for the same configuration, whatever the order of keys. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value)
		.filter(([, each]) => each !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

/** Eight digits that stand for a configuration. Says nothing about it, and is no secret. */
export function codeOf(configuration: Configuration): string {
	const text = canonical(PARTS.map((part) => configuration[part] ?? null));
	const digits = createHash('sha256').update(text).digest('hex').slice(0, 8);
	return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}

const codeKey = (code: string): string => code.toLowerCase().replace(/[^0-9a-f]/g, '');

/** How a configuration stands to the one that was applied last. */
export function compareConfiguration(
	configuration: Configuration,
	{ applied, seen }: Pick<Memory, 'applied' | 'seen'>,
	confirmed: string,
): ConfigurationUse {
	const code = codeOf(configuration);
	const changed = applied
		? PARTS.filter(
				(part) => canonical(configuration[part] ?? null) !== canonical(applied.configuration[part] ?? null),
			)
		: [];
	return {
		code,
		changed: changed.map((part) => NAMES[part] as string),
		...(applied && { lastApplied: applied.at }),
		confirmed: changed.length === 0 || seen === code || codeKey(confirmed) === codeKey(code),
	};
}

/** Another one of these reads another LMS: nothing then would have been taken away before. */
export const readsOtherwise = (one: Configuration, other: Configuration): boolean =>
	(['matchBy', 'linkField', 'rootGroup'] as const).some((part) => one[part] !== other[part]);

/** What a plan takes away, by person: ends, and names of groups. */
function removals(people: PlannedPerson[]): Map<string, Set<string>> {
	const found = new Map<string, Set<string>>();
	for (const { learner, decision } of people) {
		if (!learner || !isApplicable(decision)) continue;
		const taken = [
			...(decision.action === 'deactivate' ? ['deactivate'] : []),
			...decision.changes.filter(isEnd).map(({ to }) => `end ${String(to)}`),
			...decision.groups.remove.map(({ name }) => `group ${groupKey(name)}`),
		];
		if (taken.length > 0) found.set(learner.id, new Set(taken));
	}
	return found;
}

/**
 * Holds what only the new configuration takes away, and the former one would not.
 *
 * @param former the same run, planned with the configuration that was applied last
 */
export function withoutNews(
	people: PlannedPerson[],
	former: PlannedPerson[],
	{ changed, lastApplied = '' }: ConfigurationUse,
): PlannedPerson[] {
	const before = removals(former);
	const names = changed.map((name) => `"${name}"`).join(', ');
	const message = `This follows from the change of ${names} since the last applied run (${lastApplied.slice(0, 10)}), not from Personio. Make a dry run with this configuration and read its report. It names a code: enter that under Options > "Confirmed Configuration".`;
	return people.map((person) => {
		const { learner, decision } = person;
		if (!learner || !isApplicable(decision)) return person;
		const known = before.get(learner.id) ?? new Set<string>();
		const isNews = (what: string) => !known.has(what);
		const parts: Part[] = [];
		if (decision.action === 'deactivate' && isNews('deactivate')) parts.push('all');
		const ends = decision.action === 'update' ? decision.changes.filter(isEnd) : [];
		if (ends.some(({ to }) => isNews(`end ${String(to)}`))) parts.push('end');
		const isNewGroup = ({ name }: GroupRef) => isNews(`group ${groupKey(name)}`);
		if (decision.groups.remove.some(isNewGroup)) parts.push('groups');
		return parts.reduce(
			(each, part) => withhold(each, part, 'configurationChanged', message, isNewGroup),
			person,
		);
	});
}
