import type { Action, Alert, HeldDecision, OutcomeStatus, RunSummary, SyncItem } from '../../shared/item';
import { nameOf } from '../actions/context';
import { undelivered } from '../sync/passport';
import { approvalRequestOf, type ApprovalRequest } from './approvalRequest';
import { arrivalsOf } from './arrivals';
import { drynessOf } from './dryness';
import { explanationOf } from './explanation';
import { soundItem } from './intake';
import { headlineOf, htmlMessageOf, markdownOf, plainTextOf } from './messages';
import { count, type State } from './words';

/** One person of the report. Whoever has a part of a decision held has a row for it. */
export interface Row {
	who: string;
	item: SyncItem;
	state: State;
	/** Only previewed: no step has done anything. */
	dryRun: boolean;
	failure?: string;
}

/** Something about the report as a whole that a reader has to know before anything else. */
export interface Warning {
	title: string;
	message: string;
}

export interface Report {
	title: string;
	dryRun: boolean;
	/** Nobody failed or was left out, and the employees were read with everything that the plan uses. */
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
	/** The same without what failed, was skipped, left undone or only previewed, in a real run. */
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
	/** Decisions of which nothing was done, since the platform was there already or the next run does it. */
	skipped: number;
	/** In a real run: decisions of a dry run that have come together with it. */
	previewed: number;
	/** Decisions that a plan counted and that did not arrive here. */
	lost: number;
	warnings: Warning[];
	/** What a reader may want to know, and need not act on. */
	notes: string[];
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
	const { dryRun, dryPlatforms, sentence: mixed } = drynessOf(runs, rows);
	const arrivals = arrivalsOf(sound, runs);
	// Of a real run the first line tells what was done, not what was meant to be.
	const counts = { ...decisions };
	const isPreview = (row: Row) => row.dryRun && !dryRun && hadToDo(row.state) && row.state !== 'failed';
	for (const row of rows) {
		const { item, state } = row;
		if (item.decision && (NOT_DONE.has(state) || isPreview(row))) counts[item.decision.action]--;
	}
	const withheld = rows.flatMap(({ who, item }) => (isHeld(item) ? [{ who, decision: item.decision }] : []));
	const held = withheld.map(({ who, decision }) => ({ who, ...decision.hold }));
	const failed = rows.flatMap(({ who, failure }) =>
		failure === undefined ? [] : [{ who, message: failure.replace(`${who}: `, '') }],
	);
	const undone = rows.filter(({ state }) => state === 'undone').length;
	const skipped = rows.filter(({ state }) => state === 'skipped').length;
	const previewed = rows.filter(isPreview).length;
	const warnings: Warning[] = [
		...(mixed === undefined ? [] : [{ title: 'A dry run and a real run', message: mixed }]),
		...(arrivals.sentence === undefined
			? []
			: [{ title: 'Not everything arrived', message: arrivals.sentence }]),
	];
	const alerts = alertsOf(runs, rows);
	const isRead = runs.every((each) => each.roster.complete !== false && undelivered(each).length === 0);
	const isWhole = isRead && runs.every(({ gaps = [] }) => gaps.length === 0);
	const facts: Omit<Report, 'text' | 'markdown' | 'html' | 'explanation'> = {
		title: markOf(dryRun, dryPlatforms) + titleOf(runs, rows),
		dryRun,
		success: failed.length === 0 && undone === 0 && isRead,
		needsAttention: failed.length + held.length + undone + alerts.length + warnings.length > 0 || !isWhole,
		alerts,
		decisions,
		counts,
		outcomes,
		held,
		approval: approvalRequestOf(withheld, alerts),
		headline: headlineOf({ counts, dryRun, failed, skipped, previewed }),
		failed,
		undone,
		skipped,
		previewed,
		lost: arrivals.lost,
		warnings,
		notes: arrivals.note === undefined ? [] : [arrivals.note],
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
	const isApproval = rows.some(
		({ item: { decision } }) => decision && 'approved' in decision && decision.approved,
	);
	if (isApproval && runs.length === 0) return `Approved for ${listOf(platforms)}`;
	const names = listOf(runs.length > 0 ? runs.map(({ platform }) => platform) : platforms);
	// Without a plan or a decision it may as well be an undo.
	return names === '' && rows.length === 0 ? 'Personio and LMS' : `Personio to ${names || 'LMS'}`;
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
		failure !== undefined
			? 'failed'
			: isUndone(item)
				? 'undone'
				: isSkipped(item)
					? 'skipped'
					: (item.decision?.action ?? 'none');
	const dryRun = item.decision?.dryRun === true && !hasOutcome(item, 'done');
	return [{ who: nameOf(item), item, state, dryRun, ...(failure !== undefined && { failure }) }];
}

const hasOutcome = ({ outcomes = [] }: SyncItem, wanted: OutcomeStatus): boolean =>
	outcomes.some(({ status }) => status === wanted);

/** Every step found that there was nothing to do, or nothing yet. */
const isSkipped = ({ outcomes = [] }: SyncItem): boolean =>
	outcomes.length > 0 && outcomes.every(({ status }) => status === 'skipped');

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
const markOf = (dryRun: boolean, dryPlatforms: string[]): string =>
	dryRun ? 'DRY RUN: ' : dryPlatforms.length > 0 ? `DRY RUN of ${listOf(dryPlatforms)} only: ` : '';

/** From so many failures on, and from such a share, it is more likely the run than the people. */
const MANY_FAILURES = { people: 3, share: 0.1 };

function alertsOf(runs: RunSummary[], rows: Row[]): Alert[] {
	const all = runs.flatMap(({ alerts }) => alerts);
	for (const { item, failure } of rows) {
		// What concerns nobody in particular is a plan that did not come about.
		if (failure === undefined || isAboutSomebody(item)) continue;
		all.push({ code: 'runFailed', message: failure });
	}
	// Several plans from one list of employees say the same of it.
	const told = [...new Map(all.map((each) => [each.message, each])).values()];
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

/** Ends of a decision in which nothing was done. */
const NOT_DONE: ReadonlySet<State> = new Set(['failed', 'undone', 'skipped']);

const hadToDo = (state: State): boolean => state !== 'hold' && state !== 'none';

export const listOf = (names: string[]): string => {
	const unique = [...new Set(names)];
	const last = unique.pop() ?? '';
	return unique.length > 0 ? `${unique.join(', ')} and ${last}` : last;
};
