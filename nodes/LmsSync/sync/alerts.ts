import type { Alert, Gap, Roster } from '../../shared/item';
import type { LmsState } from './lmsState';
import type { Listed, Memory } from './memory';

/** So many runs are looked back on. */
export const RUNS_KEPT = 30;

/** Before, nothing is usual. */
const FEWEST_RUNS = 3;

/** The value that this share of all is not above. */
function percentile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const usualEmployees = ({ runs }: Pick<Memory, 'runs'>): number =>
	percentile(
		runs.map(({ employees }) => employees),
		0.5,
	);

/** Half of the usual count is more likely a fault of the read than a fact. */
export function fewerEmployees(roster: Roster, memory: Pick<Memory, 'runs'>): Gap[] {
	const usual = usualEmployees(memory);
	const { count, scope } = roster;
	if (scope !== 'all' || count === 0 || count * 2 > usual || usual - count < 2) return [];
	const message = `Personio delivered ${count} employees, and ${usual} are usual. If that is right, it will be usual after some runs; otherwise check the rights of the integration in Personio.`;
	return [{ code: 'fewerThanUsual', message }];
}

/** What of the lists of an LMS does not become less by itself: ended accounts stay on them. */
export const listedIn = ({ learners, groups }: Pick<LmsState, 'learners' | 'groups'>): Listed => ({
	accounts: learners.filter(({ status }) => status !== 'pending').length,
	linked: learners.filter(({ link, status }) => link !== null && status !== 'pending').length,
	groups: groups.length,
});

const LISTED: Record<keyof Listed, string> = {
	accounts: 'accounts',
	linked: 'accounts with a Personio ID',
	groups: 'groups',
};

/**
 * The gaps of an LMS's lists beside what the run before has seen of them: whatever is fewer is a gap, for one
 * run, and a list of groups that ends with a full page has its end there if it did so before.
 */
export function gapsSince({ listed: before }: Pick<Memory, 'listed'>, now: Listed, gaps: Gap[]): Gap[] {
	if (before === undefined) return gaps;
	const left = gaps.filter(({ code }) => code !== 'lastPageFull' || now.groups !== before.groups);
	const fewer = (Object.keys(LISTED) as Array<keyof Listed>)
		.filter((what) => now[what] < before[what])
		.map((what): Gap => ({
			code: 'fewerThanUsual',
			message: `The LMS listed ${now[what]} ${LISTED[what]}, and ${before[what]} in the run before. If somebody has deleted them there, the next run goes on.`,
		}));
	return [...left, ...fewer];
}

/**
 * What is odd about a run as a whole. A share of failures is not known before the steps are through: the
 * report looks at that.
 */
export function alertsOf(
	roster: Roster,
	gaps: Gap[] | undefined,
	changes: number,
	memory: Pick<Memory, 'runs'>,
): Alert[] {
	const alerts: Alert[] = [];
	if (roster.scope === 'all' && roster.count === 0) {
		alerts.push({ code: 'nobody', message: 'Personio delivered no employee at all.' });
	}
	for (const { code, message } of roster.gaps ?? []) {
		if (code === 'fewerThanUsual') alerts.push({ code: 'fewEmployees', message });
		if (code === 'notListed') alerts.push({ code: 'notListed', message });
	}
	const others = (roster.gaps ?? []).filter(
		({ code }) => !['fewerThanUsual', 'notListed', 'nobody'].includes(code),
	);
	const rest = [...others, ...(gaps ?? [])];
	if (rest.length > 0 || (!roster.complete && (roster.gaps ?? []).length === 0)) {
		const message =
			rest.map((gap) => gap.message).join(' ') ||
			(roster.reason ?? 'The employees were not read completely.');
		alerts.push({ code: 'incomplete', message });
	}
	const usual = percentile(
		memory.runs.map((run) => run.changes),
		0.9,
	);
	if (memory.runs.length >= FEWEST_RUNS && changes >= 10 && changes >= usual * 2) {
		alerts.push({
			code: 'manyChanges',
			message: `This run changes ${changes} people, and up to ${usual} are usual.`,
		});
	}
	return alerts;
}
