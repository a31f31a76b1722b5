import type { Action, Alert, HeldDecision, OutcomeStatus, RunSummary, SyncItem } from '../../shared/item';
import { nameOf } from '../actions/context';
import { approvalRequestOf, type ApprovalRequest } from './approvalRequest';
import { explanationOf } from './explanation';
import { soundItem } from './intake';
import { headlineOf, htmlMessageOf, markdownOf, plainTextOf } from './messages';
import { count, type State } from './words';

/** One person of the report. Whoever has a part of a decision held has a row for it. */
export interface Row {
	who: string;
	item: SyncItem;
	state: State;
	failure?: string;
}

export interface Report {
	title: string;
	dryRun: boolean;
	/** Nobody failed or was left out, and the employees were read completely. */
	success: boolean;
	/** Somebody failed or is held, or the run as a whole looks wrong. */
	needsAttention: boolean;
	/** The run in a few lines, ready for a message. */
	text: string;
	/** The same in what Slack and Teams both understand of Markdown. */
	markdown: string;
	/** The same as a fragment of HTML, for the body of an e-mail. */
	html: string;
	/** Why the decisions about the first few people are what they are, as a fragment of HTML. */
	explanation: string;
	alerts: Alert[];
	decisions: Record<Action, number>;
	/** The same without what failed or was left undone, in a real run. */
	counts: Record<Action, number>;
	outcomes: Record<OutcomeStatus, number>;
	held: Array<{ who: string; code: string; message: string }>;
	/** For the form in which a person lets held decisions go. */
	approval: ApprovalRequest;
	/** What was done with how many. */
	headline: string;
	failed: Array<{ who: string; message: string }>;
	/** Decisions that no step has carried out, although it was not a dry run. */
	undone: number;
	/** Of several plans, the first. */
	run?: RunSummary;
}

/** Everything that the files of a report are made from. */
export interface Summary {
	report: Report;
	rows: Row[];
	/** One for each plan whose items arrived. */
	runs: RunSummary[];
}

/** What a run decided and did, from the items of all its branches. */
export function summarise(items: SyncItem[]): Summary {
	const sound = items.map(soundItem);
	const runs = runsOf(sound);
	const [run] = runs;
	const rows = sound.flatMap(rowOf);
	const decisions = noFigures();
	const outcomes: Record<OutcomeStatus, number> = { done: 0, skipped: 0, failed: 0, previewed: 0 };
	for (const { item, failure } of rows) {
		if (item.decision) decisions[item.decision.action]++;
		for (const { status } of item.outcomes ?? []) if (status !== 'failed') outcomes[status]++;
		if (failure !== undefined) outcomes.failed++;
	}
	if (run) decisions.none = runs.reduce((sum, each) => sum + each.decisions.none, 0);
	// Of a real run the first line tells what was done, not what was meant to be.
	const counts = { ...decisions };
	for (const { item, state } of rows) {
		if (item.decision && (state === 'failed' || state === 'undone')) counts[item.decision.action]--;
	}
	const withheld = rows.flatMap(({ who, item }) => (isHeld(item) ? [{ who, decision: item.decision }] : []));
	const held = withheld.map(({ who, decision }) => ({ who, ...decision.hold }));
	const failed = rows.flatMap(({ who, failure }) =>
		failure === undefined ? [] : [{ who, message: failure.replace(`${who}: `, '') }],
	);
	const undone = rows.filter(({ state }) => state === 'undone').length;
	const { dryRun, mark } = drynessOf(runs, rows);
	const alerts = alertsOf(runs, rows);
	const isWhole = runs.every(({ roster, gaps = [] }) => roster.complete !== false && gaps.length === 0);
	const isRead = runs.every(({ roster }) => roster.complete !== false);
	const facts: Omit<Report, 'text' | 'markdown' | 'html' | 'explanation'> = {
		title: mark + titleOf(runs, rows),
		dryRun,
		success: failed.length === 0 && undone === 0 && isRead,
		needsAttention: failed.length + held.length + undone + alerts.length > 0 || !isWhole,
		alerts,
		decisions,
		counts,
		outcomes,
		held,
		approval: approvalRequestOf(withheld, alerts),
		headline: headlineOf({ counts, dryRun, failed }),
		failed,
		undone,
		...(run && { run }),
	};
	const report = {
		...facts,
		text: plainTextOf(facts, runs),
		markdown: markdownOf(facts, runs),
		html: htmlMessageOf(facts, runs),
		explanation: explanationOf(rows),
	};
	return { report, rows, runs };
}

/** An undo has no plan of its own. */
function titleOf(runs: RunSummary[], rows: Row[]): string {
	const platforms = rows.flatMap(({ item: { decision } }) => decision?.platform ?? []);
	const isUndo = rows.some(({ item: { decision } }) => decision && 'undoes' in decision);
	if (isUndo) return `Undo in ${listOf(platforms)}`;
	return `Personio to ${listOf(runs.length > 0 ? runs.map(({ platform }) => platform) : platforms) || 'LMS'}`;
}

const noFigures = (): Record<Action, number> => ({
	create: 0,
	invite: 0,
	update: 0,
	reactivate: 0,
	deactivate: 0,
	hold: 0,
	none: 0,
});

/** A plan may reach the report by several ways. */
function runsOf(items: SyncItem[]): RunSummary[] {
	const runs = items.flatMap(({ run }) => run ?? []);
	const keyOf = ({ platform, plannedAt }: RunSummary) => `${platform}\n${plannedAt}`;
	return [...new Map(runs.map((run) => [keyOf(run), run])).values()];
}

function rowOf(item: SyncItem): Row[] {
	const failure = failureOf(item);
	if (!item.decision && failure === undefined) return [];
	const state: State =
		failure !== undefined ? 'failed' : isUndone(item) ? 'undone' : (item.decision?.action ?? 'none');
	return [{ who: nameOf(item), item, state, ...(failure !== undefined && { failure }) }];
}

/** On the error output a failure is the item's `error`, on the regular one an outcome beside it. */
export function failureOf({ error, outcomes }: SyncItem): string | undefined {
	const outcome = outcomes?.find(({ status }) => status === 'failed');
	return error ?? (outcome && (outcome.message ?? 'No reason was given.'));
}

function isUndone({ decision, outcomes = [] }: SyncItem): boolean {
	if (!decision || decision.dryRun || decision.action === 'hold' || decision.action === 'none') return false;
	return outcomes.length === 0;
}

export const isHeld = (item: SyncItem): item is SyncItem & { decision: HeldDecision } =>
	item.decision?.action === 'hold';

/** Plans of several platforms may be at different stages; then the report is no dry run, and says which was. */
function drynessOf(runs: RunSummary[], rows: Row[]): { dryRun: boolean; mark: string } {
	const dry = runs.filter((run) => run.dryRun);
	const dryRun =
		runs.length > 0 ? dry.length === runs.length : rows.some(({ item }) => item.decision?.dryRun);
	if (dryRun) return { dryRun, mark: 'DRY RUN: ' };
	const mark = dry.length > 0 ? `DRY RUN of ${listOf(dry.map(({ platform }) => platform))} only: ` : '';
	return { dryRun, mark };
}

/** From so many failures on, and from such a share, it is more likely the run than the people. */
const MANY_FAILURES = { people: 3, share: 0.1 };

function alertsOf(runs: RunSummary[], rows: Row[]): Alert[] {
	const told = [...runs.flatMap(({ alerts }) => alerts)];
	for (const { item, failure } of rows) {
		// What concerns nobody in particular is a plan that did not come about.
		if (failure === undefined || isAboutSomebody(item)) continue;
		told.push({ code: 'runFailed', message: failure });
	}
	if (told.some(({ code }) => code === 'manyFailures')) return told;
	const failed = rows.filter(({ item, state }) => state === 'failed' && isAboutSomebody(item)).length;
	const wanted = rows.filter(({ item, state }) => isAboutSomebody(item) && hadToDo(state)).length;
	if (failed < MANY_FAILURES.people || failed < wanted * MANY_FAILURES.share) return told;
	const share = Math.round((failed / wanted) * 100);
	const message = `${count(failed)} of ${count(wanted)} people for whom something was to be done failed (${share} %). So many rarely fail for reasons of their own: look at the first of the reasons, and at the state of the platform.`;
	return [...told, { code: 'manyFailures', message }];
}

export const isAboutSomebody = ({ employee, learner }: SyncItem): boolean =>
	employee !== undefined || learner !== undefined;

const hadToDo = (state: State): boolean => state !== 'hold' && state !== 'none';

export const listOf = (names: string[]): string => {
	const unique = [...new Set(names)];
	const last = unique.pop() ?? '';
	return unique.length > 0 ? `${unique.join(', ')} and ${last}` : last;
};
