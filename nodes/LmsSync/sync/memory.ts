import type { CalendarDate, EmployeeId, Instant, LimitKind } from '../../shared/item';
import { isRecord } from './form';
import type { PlanSettings } from './settings';

/**
 * What one scheduled run leaves to the next one. Small: ids and figures, no names, no addresses. n8n keeps
 * it with the workflow, and only for runs that were not started by hand.
 */
export interface Memory {
	/** Which account of which LMS it is about: another one starts anew. */
	source?: string;
	/** Number of the last run that was not a dry one. */
	run?: number;
	/** The configuration of the last applied run that had been looked at. */
	applied?: { at: Instant; configuration: Configuration };
	/** Code of the configuration that the last dry run about everybody had, until a run is applied. */
	seen?: string;
	/** Whom runs have touched, the oldest first. */
	touched: Touch[];
	/** Linked accounts whose employee Personio did not list. */
	missing: Record<EmployeeId, Absence>;
	/** How large the complete runs of the last days were, the oldest first. */
	days: Day[];
	/** How much the LMS listed. */
	listed?: Listed;
	/** Whom runs have invited or made accounts for, and whom the LMS has not shown since. */
	added: Addition[];
	/** Whose open invitation was on the list, where old ones stay on it, and who has no account since. */
	open: EmployeeId[];
}

export interface Day {
	/** In UTC. */
	day: CalendarDate;
	/** In its last run. */
	employees: number;
	/** In the run with the most of them; absent where the first load was the only run. */
	changes?: number;
}

export interface Listed {
	accounts: number;
	/** Accounts and invitations that carry a Personio id. */
	linked: number;
	groups: number;
	/** Of any status, where old ones stay on the list. */
	invitations?: number;
}

export interface Touch {
	at: Instant;
	kind: LimitKind;
	people: string[];
	/** Of a first load, which counts for no limit. */
	free?: true;
}

export interface Addition {
	at: Instant;
	kind: 'invitations' | 'creations';
	people: EmployeeId[];
	/** The LMS had a run to show them: they may be added again. */
	again?: true;
	/** The run was killed. */
	lost?: true;
}

export interface Absence {
	/** When Personio was asked by id last, and said that there is no such employee. */
	deletedAt: Instant;
	/** Complete runs in a row that missed this employee. */
	runs: number;
}

/** What decides about somebody, without what only concerns a single run. */
export type Configuration = Omit<PlanSettings, 'dryRun'> & { rootGroup?: string };

export const NOTHING: Memory = { touched: [], missing: {}, days: [], added: [], open: [] };

/** What was kept, with parts of an unexpected form left out: other versions may have written it. */
export function memoryOf(kept: unknown, source = ''): Memory {
	if (!isRecord(kept) || (kept.source ?? '') !== source)
		return { ...NOTHING, ...(source !== '' && { source }) };
	const { run, applied, seen, touched, missing, days, listed, added, open } = kept;
	const isTouch = (each: unknown): each is Touch =>
		isRecord(each) && typeof each.at === 'string' && Array.isArray(each.people);
	const isAbsence = (each: unknown): each is Absence =>
		isRecord(each) && typeof each.runs === 'number' && typeof each.deletedAt === 'string';
	return {
		...(source !== '' && { source }),
		...(Number.isSafeInteger(run) && { run: run as number }),
		...(isApplied(applied) && { applied }),
		...(typeof seen === 'string' && { seen }),
		touched: Array.isArray(touched) ? touched.filter(isTouch) : [],
		missing: isRecord(missing)
			? (Object.fromEntries(
					Object.entries(missing).filter(([, each]) => isAbsence(each)),
				) as Memory['missing'])
			: {},
		days: Array.isArray(days) ? days.filter(isDay) : [],
		...(isListed(listed) && { listed }),
		added: Array.isArray(added) ? added.filter(isAddition) : [],
		open: Array.isArray(open) ? (open.filter(isText) as EmployeeId[]) : [],
	};
}

const isDay = (value: unknown): value is Day =>
	isRecord(value) &&
	typeof value.day === 'string' &&
	typeof value.employees === 'number' &&
	['undefined', 'number'].includes(typeof value.changes);

const isListed = (value: unknown): value is Listed =>
	isRecord(value) &&
	[value.accounts, value.linked, value.groups, value.invitations ?? 0].every(
		(each) => typeof each === 'number',
	);

const isAddition = (value: unknown): value is Addition =>
	isRecord(value) &&
	isText(value.at) &&
	isText(value.kind) &&
	Array.isArray(value.people) &&
	value.people.every(isText);

/** Of any form else, it could not be planned with. */
function isApplied(value: unknown): value is NonNullable<Memory['applied']> {
	if (!isRecord(value) || typeof value.at !== 'string' || !isRecord(value.configuration)) return false;
	const { scope, limits, fieldMapping, groupLevels, groupRules } = value.configuration;
	if (!isRecord(scope) || !isRecord(limits)) return false;
	const condition = ['field', 'operator', 'value'];
	const rows: Array<[unknown, string[]]> = [
		[scope.filters, condition],
		[fieldMapping, ['attribute', 'field']],
		[groupRules, [...condition, 'group']],
	];
	const texts = [scope.statuses, scope.exclude, groupLevels];
	return (
		rows.every(([list, names]) => Array.isArray(list) && list.every((row) => hasTexts(row, names))) &&
		texts.every((list) => Array.isArray(list) && list.every(isText))
	);
}

const isText = (value: unknown): value is string => typeof value === 'string';

const hasTexts = (row: unknown, names: string[]): boolean =>
	isRecord(row) && names.every((name) => isText(row[name]));

/** Links are texts of any kind, and an object has names of its own. */
export const absenceOf = ({ missing }: Pick<Memory, 'missing'>, id: EmployeeId): Absence | undefined =>
	Object.hasOwn(missing, id) ? missing[id] : undefined;
