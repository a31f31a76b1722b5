import type { Action, RunSummary } from '../../shared/item';
import { undelivered } from '../sync/passport';
import { escapeHtml, escapeMarkdown } from './escape';
import type { Report, Warning } from './summary';
import { alertTitle, count, counted, holdWords, PREVIEWED, wordFor } from './words';

type Facts = Omit<Report, 'text' | 'markdown' | 'html' | 'explanation'>;

/** More of them nobody reads in a message; the report has them all. */
const LONGEST_LIST = 10;
const LONGEST_MESSAGE = 400;

const ORDER: readonly Action[] = ['invite', 'create', 'update', 'reactivate', 'deactivate', 'hold', 'none'];

type Figures = Pick<Facts, 'counts' | 'dryRun' | 'failed' | 'skipped' | 'previewed'>;

/** What was done with how many, e.g. `2 invited, 1 held, 1 failed`. */
export function headlineOf({ counts, dryRun, failed, skipped, previewed }: Figures): string {
	const figures = ORDER.filter((action) => counts[action] > 0).map(
		(action) => `${counts[action]} ${wordFor(action, dryRun)}`,
	);
	if (previewed > 0) figures.push(`${previewed} ${PREVIEWED}`);
	if (skipped > 0) figures.push(`${skipped} ${wordFor('skipped', dryRun)}`);
	if (failed.length > 0) figures.push(`${failed.length} failed`);
	return figures.length > 0 ? figures.join(', ') : 'nothing to do';
}

/** What nobody has carried out, or what does not belong together. */
export function cautionsOf({ undone, warnings }: Pick<Facts, 'undone' | 'warnings'>): Warning[] {
	if (undone === 0) return warnings;
	const message = `${counted(undone, 'decision')} ${undone === 1 ? 'was' : 'were'} carried out by no step: check how the outputs of the plan are wired.`;
	return [...warnings, { title: 'Not carried out', message }];
}

/** What concerns the run as a whole: what was not read, and what nobody has carried out. */
function remarksOn(facts: Facts, runs: RunSummary[]): string[] {
	const { dryRun, skipped, notes } = facts;
	const remarks = dryRun ? ['Nothing was changed: this is what a run would do.'] : [];
	remarks.push(...cautionsOf(facts).map(({ message }) => message));
	if (skipped > 0) remarks.push(skippedSentence(skipped));
	for (const run of runs) {
		const { roster, gaps = [], configuration } = run;
		remarks.push(...makesOf(run, run.dryRun));
		if (run.dryRun && configuration.changed.length > 0) {
			remarks.push(
				`Changed since the last applied run: ${configuration.changed.join(', ')}. To let go what follows from that, enter the code ${configuration.code} under Options > "Confirmed Configuration" of the plan.`,
			);
		}
		if (!roster.complete) {
			remarks.push(
				`The employees were not read completely, so nothing is taken away: ${roster.reason ?? ''}`,
			);
		}
		if (gaps.length > 0) {
			remarks.push(
				`${run.platform} was not read completely: ${gaps.map(({ message }) => message).join(' ')}`,
			);
		}
		const missing = undelivered(run);
		if (missing.length > 0) {
			const them = missing.length === 1 ? 'it' : 'them';
			remarks.push(
				`Personio did not deliver ${missing.join(', ')}, so nothing was changed on the strength of ${them}. Grant ${them} to the integration in Personio.`,
			);
		}
	}
	remarks.push(...notes);
	return [...new Set(remarks)];
}

export const skippedSentence = (skipped: number): string =>
	`Of ${counted(skipped, 'decision')} nothing was done, since it was no longer needed or has to wait for the next run. The list of people in the report says why.`;

export function plainTextOf(facts: Facts, runs: RunSummary[]): string {
	const { title, alerts, failed, held } = facts;
	const lines = [`${title}: ${headlineOf(facts)}.`];
	lines.push(...alerts.slice(0, LONGEST_LIST).map(({ message }) => `Attention: ${message}`));
	lines.push(...remarksOn(facts, runs));
	for (const [heading, entries] of [['Failed', failed] as const, ['Held', held] as const]) {
		if (entries.length === 0) continue;
		const { shown, more } = shortened(entries.map(sentenceAbout));
		lines.push(`${heading} (${entries.length}):`, ...shown.map((entry) => `- ${entry}`));
		if (more > 0) lines.push(`- and ${more} more, see the report`);
	}
	return lines.join('\n');
}

/** One part of a message: a heading, and lines below it. */
interface Part {
	heading: string;
	lines: string[];
}

/** Holds are told by their kind, with names only where they are few. */
function partsOf({ alerts, failed, held }: Facts): Part[] {
	const parts: Part[] = [];
	const add = (heading: string, entries: string[]) => {
		if (entries.length === 0) return;
		const { shown, more } = shortened(entries);
		parts.push({
			heading,
			lines: [...shown, ...(more > 0 ? [`and ${count(more)} more, see the report`] : [])],
		});
	};
	add(
		'Attention',
		alerts.map(({ code, message }) => `${alertTitle(code)}: ${message}`),
	);
	add(`Failed (${count(failed.length)})`, failed.map(sentenceAbout));
	add(`Held (${count(held.length)})`, holdsOf(held));
	return parts;
}

function holdsOf(held: Facts['held']): string[] {
	if (held.length <= 3) return held.map(sentenceAbout);
	return groupsOf(held).map(([code, entries]) => {
		const { title, remedy } = holdWords(code);
		const names = entries
			.slice(0, 3)
			.map(({ who }) => who)
			.join(', ');
		const more = entries.length > 3 ? ` and ${count(entries.length - 3)} more` : '';
		const times = entries.length > 1 ? `, ${count(entries.length)} times` : '';
		return `${title}${times}: ${names}${more}.${remedy && ` ${remedy}`}`;
	});
}

/** Held decisions by their code, the most frequent first. */
export function groupsOf<Entry extends { code: string }>(entries: Entry[]): Array<[string, Entry[]]> {
	const groups = new Map<string, Entry[]>();
	for (const entry of entries) {
		const group = groups.get(entry.code);
		if (group) group.push(entry);
		else groups.set(entry.code, [entry]);
	}
	return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

export function markdownOf(facts: Facts, runs: RunSummary[]): string {
	const blocks = [`*${escapeMarkdown(facts.title)}*`, `${escapeMarkdown(headlineOf(facts))}.`];
	const listed = (lines: string[]) => lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
	const remarks = remarksOn(facts, runs).map(cut);
	if (remarks.length > 0) blocks.push(listed(remarks.slice(0, LONGEST_LIST)));
	// Teams needs the blank line before a list, and Slack does not mind it.
	for (const { heading, lines } of partsOf(facts)) {
		blocks.push(`*${escapeMarkdown(heading)}*`, listed(lines));
	}
	return blocks.join('\n\n');
}

export function htmlMessageOf(facts: Facts, runs: RunSummary[]): string {
	const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
	const listed = (lines: string[]) =>
		`<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
	const remarks = remarksOn(facts, runs).map(cut).slice(0, LONGEST_LIST);
	return [
		`<p><strong>${escapeHtml(facts.title)}</strong></p>`,
		paragraph(`${headlineOf(facts)}.`),
		...remarks.map(paragraph),
		...partsOf(facts).map(
			({ heading, lines }) => `<p><strong>${escapeHtml(heading)}</strong></p>${listed(lines)}`,
		),
	].join('');
}

function shortened(entries: string[]): { shown: string[]; more: number } {
	const shown = entries.slice(0, LONGEST_LIST).map(cut);
	return { shown, more: entries.length - shown.length };
}

const cut = (text: string): string =>
	text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE - 1).trimEnd()}…` : text;

/** The sentence about somebody, with the name before it unless it is in it. */
export function sentenceAbout({ who, message }: { who: string; message: string }): string {
	const name = who.replace(/ \(.*\)$/, '');
	return message.includes(name) ? message : `${who}: ${message}`;
}

/** Groups and fields that a run makes, which nobody sees among the people. */
export function makesOf({ makes }: RunSummary, dryRun: boolean): string[] {
	const sentence = (what: string, names: string[]) => {
		if (names.length === 0) return [];
		const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
		return [
			`${dryRun ? 'Would be made' : 'Made once somebody needs it'}: ${counted(names.length, what)} (${shown}).`,
		];
	};
	return [...sentence('group', makes.groups), ...sentence('custom field', makes.fields)];
}
