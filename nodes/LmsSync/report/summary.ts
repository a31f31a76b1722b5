import type { Action, HeldDecision, OutcomeStatus, RunSummary, SyncItem } from '../../shared/item';
import { nameOf } from '../actions/context';

/** One person of the report. */
export interface Row {
	who: string;
	item: SyncItem;
}

export interface Report {
	title: string;
	dryRun: boolean;
	/** Nobody failed or was left out, and the employees were read completely. */
	success: boolean;
	/** Somebody failed or is held. */
	needsAttention: boolean;
	/** The run in a few lines, ready for a message. */
	text: string;
	decisions: Record<Action, number>;
	/** The same without what failed or was left undone, in a real run. */
	counts: Record<Action, number>;
	outcomes: Record<OutcomeStatus, number>;
	held: Array<{ who: string; code: string; message: string }>;
	failed: Array<{ who: string; message: string }>;
	/** Decisions that no step has carried out, although it was not a dry run. */
	undone: number;
	run?: RunSummary;
}

/** What a run decided and did, from the items of all its branches. */
export function summarise(items: SyncItem[]): { report: Report; rows: Row[] } {
	const run = items.find((item) => item.run)?.run;
	const rows = items.flatMap((item) =>
		item.decision || failureOf(item) !== undefined ? [{ who: nameOf(item), item }] : [],
	);
	const decisions: Record<Action, number> = {
		create: 0,
		invite: 0,
		update: 0,
		reactivate: 0,
		deactivate: 0,
		hold: 0,
		none: 0,
	};
	const outcomes: Record<OutcomeStatus, number> = { done: 0, skipped: 0, failed: 0, previewed: 0 };
	for (const { item } of rows) {
		if (item.decision) decisions[item.decision.action]++;
		for (const { status } of item.outcomes ?? []) if (status !== 'failed') outcomes[status]++;
		if (failureOf(item) !== undefined) outcomes.failed++;
	}
	if (run) decisions.none = run.decisions.none;
	// Of a real run the first line tells what was done, not what was meant to be.
	const counted = { ...decisions };
	for (const { item } of rows) {
		if (item.decision && (failureOf(item) !== undefined || isUndone(item))) counted[item.decision.action]--;
	}
	const held = rows.flatMap(({ who, item }) => (isHeld(item) ? [{ who, ...item.decision.hold }] : []));
	const failed = rows.flatMap(({ who, item }) => {
		const message = failureOf(item);
		return message === undefined ? [] : [{ who, message: message.replace(`${who}: `, '') }];
	});
	const undone = rows.filter(({ item }) => isUndone(item)).length;
	const dryRun = run?.dryRun ?? rows.some(({ item }) => item.decision?.dryRun);
	const title = `${dryRun ? 'DRY RUN: ' : ''}Personio to ${run?.platform ?? 'LMS'}`;
	const report: Report = {
		title,
		dryRun,
		success: failed.length === 0 && undone === 0 && run?.roster.complete !== false,
		needsAttention: failed.length + held.length + undone > 0 || run?.roster.complete === false,
		text: textOf(title, dryRun, counted, held, failed, undone, run),
		decisions,
		counts: counted,
		outcomes,
		held,
		failed,
		undone,
		...(run && { run }),
	};
	return { report, rows };
}

/** On the error output a failure is the item's `error`, on the regular one an outcome beside it. */
export function failureOf({ error, outcomes }: SyncItem): string | undefined {
	const outcome = outcomes?.find(({ status }) => status === 'failed');
	return error ?? (outcome && (outcome.message ?? 'No reason was given.'));
}

const ALWAYS_NEEDED = ['email', 'firstName', 'lastName'];

function isUndone(item: SyncItem): boolean {
	const { decision, outcomes = [] } = item;
	if (!decision || decision.dryRun || decision.action === 'hold' || decision.action === 'none') return false;
	return outcomes.length === 0 && failureOf(item) === undefined;
}

const isHeld = (item: SyncItem): item is SyncItem & { decision: HeldDecision } =>
	item.decision?.action === 'hold';

const LABELS: Array<[Action, did: string, would: string]> = [
	['invite', 'invited', 'to invite'],
	['create', 'created', 'to create'],
	['update', 'updated', 'to update'],
	['reactivate', 'reactivated', 'to reactivate'],
	['deactivate', 'deactivated', 'to deactivate'],
	['hold', 'held', 'held'],
	['none', 'unchanged', 'unchanged'],
];

function textOf(
	title: string,
	dryRun: boolean,
	decisions: Record<Action, number>,
	held: Report['held'],
	failed: Report['failed'],
	undone: number,
	run: RunSummary | undefined,
): string {
	const counts = LABELS.filter(([action]) => decisions[action] > 0)
		.map(([action, did, would]) => `${decisions[action]} ${dryRun ? would : did}`)
		.join(', ');
	const failures = failed.length > 0 ? [`${failed.length} failed`] : [];
	const all = [...(counts === '' ? [] : [counts]), ...failures].join(', ');
	const lines = [`${title}: ${all === '' ? 'nothing to do' : all}.`];
	if (dryRun) lines.push('Nothing was changed: this is what a run would do.');
	if (run) lines.push(...makesOf(run, dryRun));
	if (run && !run.roster.complete) {
		lines.push(
			`The employees were not read completely, so nothing is taken away: ${run.roster.reason ?? ''}`,
		);
	}
	const missing = run?.roster.missingAttributes.filter((name) => ALWAYS_NEEDED.includes(name)) ?? [];
	if (missing.length > 0) {
		lines.push(`Personio did not deliver ${missing.join(', ')}. Grant it to the integration in Personio.`);
	}
	if (undone > 0) {
		lines.push(
			`${undone} decisions were carried out by no step: check how the outputs of the plan are wired.`,
		);
	}
	const list = (heading: string, entries: Array<{ who: string; message: string }>) => {
		if (entries.length === 0) return;
		lines.push(`${heading} (${entries.length}):`);
		lines.push(...entries.slice(0, 10).map((entry) => `- ${sentenceAbout(entry)}`));
		if (entries.length > 10) lines.push(`- and ${entries.length - 10} more, see the report`);
	};
	list('Failed', failed);
	list('Held', held);
	return lines.join('\n');
}

/** The sentence about somebody, with the name before it unless it is in it. */
export function sentenceAbout({ who, message }: { who: string; message: string }): string {
	const name = who.replace(/ \(.*\)$/, '');
	return message.includes(name) ? message : `${who}: ${message}`;
}

/** Groups and fields that a run makes, which nobody sees among the people. */
export function makesOf({ makes }: RunSummary, dryRun: boolean): string[] {
	const sentence = (what: string, names: string[] = []) => {
		if (names.length === 0) return [];
		const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
		return [
			`${dryRun ? 'Would be made' : 'Made where missing'}: ${names.length} ${what}${names.length === 1 ? '' : 's'} (${shown}).`,
		];
	};
	return [...sentence('group', makes?.groups), ...sentence('custom field', makes?.fields)];
}
