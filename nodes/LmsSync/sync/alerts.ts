import type { Alert, CalendarDate, Gap, Roster } from '../../shared/item';
import type { LmsState } from './lmsState';
import type { Day, Listed, Memory } from './memory';

/** So many days with a run are looked back on. Where each hour has a run, so many runs are about one day. */
export const DAYS_KEPT = 30;

/** Before, no number of changes is usual. */
const FEWEST_DAYS = 3;

/** What happens once a week is usual from the second time on, and what happened on two days of 30 is not. */
const USUAL_SHARE = 0.93;

/** Fewer than so many changes are never odd, and neither is this share of the employees. */
const FEWEST_CHANGES = 10;
const FEWEST_CHANGES_SHARE = 0.01;

/** For the number of employees, so that a company that has really become smaller is not odd for long. */
const DAYS_OF_EMPLOYEES = 9;
/** Then more than half of them are like this. */
const DAYS_UNTIL_USUAL = Math.ceil(DAYS_OF_EMPLOYEES / 2);

/** The value that this share of all is not above. */
function percentile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const dayOf = ({ readAt }: Pick<Roster, 'readAt'>): CalendarDate => readAt.slice(0, 10);

/** What the days before had, or more if an earlier run of the same day did. */
function usualEmployees(roster: Roster, { days }: Pick<Memory, 'days'>): number {
	const isToday = ({ day }: Day) => day === dayOf(roster);
	const before = days.filter((each) => !isToday(each)).slice(-DAYS_OF_EMPLOYEES);
	const counts = before.map(({ employees }) => employees);
	return Math.max(percentile(counts, 0.5), days.find(isToday)?.employees ?? 0);
}

/** Half of the usual count is more likely a fault of the read than a fact. */
export function fewerEmployees(roster: Roster, memory: Pick<Memory, 'days'>): Gap[] {
	const usual = usualEmployees(roster, memory);
	const { count, scope } = roster;
	if (scope !== 'all' || count === 0 || count * 2 > usual || usual - count < 2) return [];
	const message = `Personio delivered ${count} employees, and ${usual} are usual. If that is right, it becomes usual after ${DAYS_UNTIL_USUAL} days with an applied run at the latest; otherwise check the rights of the integration in Personio.`;
	return [{ code: 'fewerThanUsual', message }];
}

/**
 * The last days after one more run. A count that is odd does not take the place of one of the same day.
 *
 * @param changes absent in a first load, which tells nothing of what is usual
 */
export function daysAfter({ days }: Pick<Memory, 'days'>, roster: Roster, changes?: number): Day[] {
	const day = dayOf(roster);
	const before = days.find((each) => each.day === day);
	const isOdd = roster.gaps?.some(({ code }) => code === 'fewerThanUsual') === true;
	const known = [before?.changes, changes].filter((each) => each !== undefined);
	const now: Day = {
		day,
		employees: isOdd && before ? before.employees : roster.count,
		...(known.length > 0 && { changes: Math.max(...known) }),
	};
	return [...days.filter((each) => each.day !== day), now].slice(-DAYS_KEPT);
}

/** What of the lists of an LMS does not become less by itself: ended accounts stay on them. */
export const listedIn = ({
	learners,
	groups,
	invitations,
}: Pick<LmsState, 'learners' | 'groups' | 'invitations'>): Listed => {
	// Whoever was brought back and cannot log in yet was on the list before, as an ended account.
	const accounts = learners.filter(({ status, restored }) => status !== 'pending' || restored);
	return {
		accounts: accounts.length,
		linked: accounts.filter(({ link }) => link !== null).length,
		groups: groups.length,
		...(invitations && { invitations: invitations.count }),
	};
};

const LISTED: Record<keyof Listed, string> = {
	accounts: 'accounts',
	linked: 'accounts with a Personio ID',
	groups: 'groups',
	invitations: 'invitations of any status',
};

/**
 * The gaps of an LMS's lists beside what the run before has seen of them: whatever is fewer is a gap, for one
 * run, and a list of groups that ends with a full page has its end there if it did so before.
 */
export function gapsSince({ listed: before }: Pick<Memory, 'listed'>, now: Listed, gaps: Gap[]): Gap[] {
	if (before === undefined) return gaps;
	const left = gaps.filter(({ code }) => code !== 'lastPageFull' || now.groups !== before.groups);
	const fewer = (Object.keys(LISTED) as Array<keyof Listed>)
		.filter((what) => (now[what] ?? Infinity) < (before[what] ?? 0))
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
	memory: Pick<Memory, 'days'>,
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
	return [...alerts, ...manyChanges(roster, changes, memory)];
}

/** Beside what the days before had: what is held in one run is not usual in the next one of the same day. */
function manyChanges(roster: Roster, changes: number, memory: Pick<Memory, 'days'>): Alert[] {
	const before = memory.days.filter(({ day }) => day !== dayOf(roster));
	const known = before.flatMap((each) => each.changes ?? []);
	const usual = percentile(known, USUAL_SHARE);
	const employees = Math.max(roster.count, usualEmployees(roster, memory));
	const fewest = Math.max(FEWEST_CHANGES, employees * FEWEST_CHANGES_SHARE);
	if (known.length < FEWEST_DAYS || changes < fewest || changes < usual * 2) return [];
	const message = `This run is about ${changes} people, and up to ${usual} are usual (by the last ${known.length} days with a run).`;
	return [{ code: 'manyChanges', message }];
}
