import type { EmployeeId, Gap, Instant, Learner, Roster } from '../../shared/item';
import { fullName } from './attribute';
import { hold } from './parts';
import { absenceOf, type Absence, type Memory } from './memory';
import type { PlannedPerson } from './plan';
import type { PlanSettings } from './settings';

/** What Personio says of somebody it did not list. `unknown`: asked without an answer. */
export type Answer = 'deleted' | 'exists' | 'unknown';
export type Answers = ReadonlyMap<EmployeeId, Answer>;

/** One call each, so not everybody is asked for when half the company is missing. */
const MOST_ASKED = 50;

/** Whom to ask for by id: once, and in every run where they may lose access after some of them. */
export function whomToAsk(
	missing: Learner[],
	memory: Pick<Memory, 'missing'>,
	{ missingRuns }: Pick<PlanSettings, 'missingRuns'>,
): EmployeeId[] {
	const ids = [...new Set(missing.flatMap(({ link }) => (link === null ? [] : [link])))];
	const askedAt = (id: EmployeeId) => absenceOf(memory, id)?.deletedAt ?? '';
	const asked = missingRuns > 0 ? ids : ids.filter((id) => askedAt(id) === '');
	// Who was never asked for comes first, then who was asked for the longest time ago.
	return asked.sort((a, b) => askedAt(a).localeCompare(askedAt(b))).slice(0, MOST_ASKED);
}

/**
 * What a read by id says of those who were asked for. Somebody whom the list holds was asked for with them: an
 * answer that does not know that one knows nothing of the others either.
 *
 * @param found ids that the read delivered, `undefined` where it failed
 */
export function answersOf(
	ids: EmployeeId[],
	witness: EmployeeId | undefined,
	found: EmployeeId[] | undefined,
): Answers {
	const existing = new Set(found);
	const isSound = witness !== undefined && existing.has(witness);
	const answer = (id: EmployeeId): Answer => (existing.has(id) ? 'exists' : isSound ? 'deleted' : 'unknown');
	return new Map(ids.map((id) => [id, answer(id)]));
}

/** Whoever exists and was not listed proves that the list has gaps. */
export function withAnswers(roster: Roster, answers: Answers): Roster {
	const existing = [...answers].filter(([, answer]) => answer === 'exists').map(([id]) => id);
	if (existing.length === 0) return roster;
	const shown = existing.slice(0, 5).join(', ') + (existing.length > 5 ? ', …' : '');
	const gap: Gap = {
		code: 'notListed',
		message: `Personio knows ${existing.length === 1 ? 'an employee' : `${existing.length} employees`} by id (${shown}) whom its list left out, so the list is not whole. Check the rights of the integration in Personio, or run again later.`,
	};
	return withGaps(roster, [gap]);
}

/** Larger companies take an hour to be read over v2. */
const OLDEST_MS = 3 * 60 * 60_000;

/** Facts that are too old to decide about anybody's access. */
export function tooOld({ readAt }: Roster, now: Instant): Gap[] {
	const age = Date.parse(now) - Date.parse(readAt);
	if (!(age > OLDEST_MS)) return [];
	const hours = Math.floor(age / 3_600_000);
	const message = `The employees were read at ${readAt.slice(0, 16)} UTC, ${hours} hours before this plan, and much may have changed since.`;
	return [{ code: 'tooOld', message }];
}

/** A roster about which more was found out than its own read proved. */
export function withGaps(roster: Roster, gaps: Gap[]): Roster {
	if (gaps.length === 0) return roster;
	const all = [...(roster.gaps ?? []), ...gaps];
	const reason = [...(roster.reason ? [roster.reason] : []), ...gaps.map(({ message }) => message)].join(' ');
	return { ...roster, complete: false, reason, gaps: all };
}

/** The absences as they are after a run that listed everybody. Whoever is back is forgotten. */
export function absencesAfter(
	missing: Learner[],
	memory: Pick<Memory, 'missing'>,
	answers: Answers,
	isComplete: boolean,
	now: Instant,
): Memory['missing'] {
	if (!isComplete) return memory.missing;
	const after = missing.flatMap(({ link }): Array<[EmployeeId, Absence]> => {
		if (link === null) return [];
		const absence = absenceOf(memory, link);
		if (answers.get(link) === 'deleted') return [[link, { deletedAt: now, runs: (absence?.runs ?? 0) + 1 }]];
		return absence !== undefined && !answers.has(link) ? [[link, absence]] : [];
	});
	return Object.fromEntries(after) as Memory['missing'];
}

/** A linked learner without an employee. Never a reason to end access by itself. */
export function missingPerson(
	learner: Learner,
	absence: Absence | undefined,
	answer: Answer | undefined,
	{ dryRun, missingRuns }: Pick<PlanSettings, 'dryRun' | 'missingRuns'>,
): PlannedPerson {
	const name = fullName(learner) || learner.email;
	const who = `${name} (${learner.email}, Personio id ${learner.link})`;
	const runs = answer === 'deleted' ? (absence?.runs ?? 0) + 1 : 0;
	const blank = { changes: [], invite: false, groups: { add: [], remove: [] }, dryRun };
	if (missingRuns > 0 && runs >= missingRuns) {
		const to = learner.status === 'pending' ? 'canceled' : 'inactive';
		const reason = `Missing in ${runs} complete ${runs === 1 ? 'run' : 'runs'}, and Personio has no such employee any more.`;
		const changes = [{ field: 'status', from: learner.status, to }];
		return { learner, decision: { ...blank, action: 'deactivate', reason, changes } };
	}
	const message = `${who} has an account, and Personio no longer lists them. ${finding(answer, absence)} Nothing was changed, because a missing entry does not prove that somebody has left. ${remedy(answer, absence, missingRuns, runs)}`;
	return {
		learner,
		decision: hold({ ...blank, reason: 'Not among the employees.' }, 'none', 'missing', message),
	};
}

function finding(answer: Answer | undefined, absence: Absence | undefined): string {
	if (answer === 'exists') return 'Asked by id, Personio knows them, so its list was not whole.';
	if (answer === 'deleted') return 'Asked by id, Personio has no such employee: the record was deleted.';
	if (answer === 'unknown') return 'Personio could not be asked by id.';
	if (absence) return `Asked by id on ${absence.deletedAt.slice(0, 10)}, Personio had no such employee.`;
	return 'They were not asked for by id: choose the Personio credential in this node for that.';
}

function remedy(
	answer: Answer | undefined,
	absence: Absence | undefined,
	missingRuns: number,
	runs: number,
): string {
	if (answer === 'exists') return 'Check the rights of the integration in Personio, or run again later.';
	if (missingRuns > 0 && answer === 'deleted') {
		return `Access ends after ${missingRuns} complete runs; this is number ${runs}.`;
	}
	const isDeleted = answer === 'deleted' || absence !== undefined;
	return isDeleted
		? 'If they have left, disable the account in the LMS, or let the plan do so by Options > "Deactivate Missing People After".'
		: 'If they have left, disable the account in the LMS; otherwise check the rights of the integration in Personio, or take the Personio ID off the account.';
}
