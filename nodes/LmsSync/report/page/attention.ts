import type { Alert, Gap, RunSummary } from '../../../shared/item';
import { escapeHtml } from '../escape';
import { cautionsOf, groupsOf } from '../messages';
import { isAboutSomebody, type Report, type Summary } from '../summary';
import { alertTitle, count, counted, holdWords } from '../words';
import { name, paragraph, section } from './markup';

/** Of a group of so many only the first are written out; the list of people has them all. */
const LONGEST = 100;
/** Up to so many stand open. */
const FEW = 6;

/** What is wrong with the run as a whole, before anything else. */
export function alertsOf({ report, runs }: Summary): string {
	const cards = cautionsOf(report).map(({ title, message }) => card(title, [message]));
	cards.push(...report.alerts.map(({ code, message }) => card(alertTitle(code), [message])));
	const told = new Set(report.alerts.map(({ message }: Alert) => message));
	for (const run of runs) cards.push(...gapsOf(run, told));
	// Plans of several platforms from one list of employees say the same of it.
	const unique = [...new Set(cards)];
	return unique.length === 0
		? ''
		: `<section class="alerts" aria-label="Attention">${unique.join('')}</section>`;
}

const card = (title: string, lines: string[]): string =>
	`<div class="alert"><h2>${escapeHtml(title)}</h2>${lines.map((line) => paragraph(line)).join('')}</div>`;

function gapsOf({ roster, gaps = [], platform }: RunSummary, told: Set<string>): string[] {
	const news = (list: Gap[]) => list.map(({ message }) => message).filter((message) => !told.has(message));
	const cards: string[] = [];
	const own = roster.gaps?.length ? news(roster.gaps) : roster.reason ? [roster.reason] : [];
	if (!roster.complete) {
		cards.push(
			card('The employees were not read completely', [
				...own,
				'Nothing is taken away from anybody in this run: no access ends, and nobody leaves a group.',
			]),
		);
	}
	const others = news(gaps);
	if (others.length > 0) {
		cards.push(card(`${platform} was not read completely`, others));
	}
	const missing = roster.missingAttributes;
	if (missing.length > 0) {
		cards.push(
			card('Personio did not deliver everything', [
				`Missing: ${missing.join(', ')}. Grant ${missing.length === 1 ? 'it' : 'them'} to the integration in Personio. What is unknown is neither compared nor written.`,
			]),
		);
	}
	return cards;
}

interface Entry {
	who: string;
	message: string;
}

/** Held decisions by their reason, with what somebody can do about them. */
export function holdsOf({ held }: Report): string {
	const groups = groupsOf(held).map(([code, entries]) => {
		const { title, remedy } = holdWords(code);
		return fold(title, entries, 'hold', remedy, held.length <= 3 * FEW);
	});
	const lead = `${counted(held.length, 'decision')} wait for somebody. Nothing happens to these people until the reason is gone or somebody approves.`;
	return section(
		'holds',
		'Held: what to do',
		groups.join(''),
		lead.replace(/^1 decision wait/, '1 decision waits'),
	);
}

/** Failures by their reason. What to do about it is a part of the reason. */
export function failuresOf({ report: { failed }, rows }: Summary): string {
	const isOnlyTheRun = !rows.some(({ item, state }) => state === 'failed' && isAboutSomebody(item));
	const entries = failed.map(({ who, message }) => ({ who, message: withoutName(message, who), code: '' }));
	const groups = groupsOf(entries.map((entry) => ({ ...entry, code: entry.message }))).map(
		([message, group]) => fold(firstSentence(message), group, 'failed', '', failed.length <= 3 * FEW),
	);
	return section(
		'failures',
		'Failed',
		groups.join(''),
		isOnlyTheRun
			? 'This is about the run as a whole, and about no single person.'
			: 'Everybody else was handled. The next run sees the same difference and tries again by itself, once the reason is gone.',
	);
}

const withoutName = (message: string, who: string): string =>
	message.startsWith(`${who}: `) ? message.slice(who.length + 2) : message;

const firstSentence = (message: string): string => /^.*?[.!?](?=\s|$)/s.exec(message)?.[0] ?? message;

function fold(title: string, entries: Entry[], kind: string, remedy: string, open: boolean): string {
	const isOpen = open && entries.length <= FEW;
	const [first] = entries;
	const isSame = entries.length > 1 && entries.every(({ message }) => message === first?.message);
	const shared = isSame && first && first.message !== title ? paragraph(first.message) : '';
	const todo = remedy === '' ? '' : `<p class="todo"><b>What to do:</b> ${escapeHtml(remedy)}</p>`;
	const lines = entries.slice(0, LONGEST).map(({ who, message }) => {
		const told = isSame || message === title ? '' : `<span>${escapeHtml(message)}</span>`;
		return `<li><b>${name(who)}</b>${told}</li>`;
	});
	const rest = entries.length - lines.length;
	const more =
		rest > 0 ? paragraph(`And ${count(rest)} more: see the list of people below or the table.`) : '';
	return `<details class="fold ${kind}"${isOpen ? ' open' : ''}><summary><span class="n">${count(entries.length)}</span><h3>${escapeHtml(title)}</h3></summary><div class="body">${todo}${shared}<ul class="${isSame ? 'names' : 'entries'}">${lines.join('')}</ul>${more}</div></details>`;
}
