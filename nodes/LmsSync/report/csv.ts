import { changesOf, changeText, groupNames, managerSides } from './changes';
import { isHeld, type Row, type Summary } from './summary';
import { textOf } from './intake';
import { ACTION_WORDS, stepWord, STATUS_WORDS } from './words';

const HEAD = [
	'person',
	'Personio id',
	'e-mail',
	'department',
	'decision',
	'hold code',
	'why',
	'changes',
	'groups joined',
	'groups left',
	'manager',
	'notes',
	'outcomes',
	'failure',
	'dry run',
] as const;

/** Tells a spreadsheet that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** All rows of a report as a table (RFC 4180), with one line for each decision. */
export function csvOf({ rows, runs }: Summary): string {
	const lineOf = (cells: readonly string[]) => `${cells.map(cellOf).join(',')}\r\n`;
	const lines = rows.map((row) => lineOf(cellsOf(row, runs.length > 1)));
	return BYTE_ORDER_MARK + [lineOf(HEAD), ...lines].join('');
}

const together = (texts: string[]): string => texts.join('; ');

function cellsOf({ who, item, failure }: Row, withPlatform: boolean): string[] {
	const { employee, learner, decision, outcomes = [] } = item;
	const platform = withPlatform && decision?.platform ? ` (${decision.platform})` : '';
	return [
		nameAlone(item) || who,
		employee?.id ?? learner?.link ?? '',
		textOf(employee?.email) || textOf(learner?.email),
		textOf(employee?.department),
		decision ? ACTION_WORDS[decision.action] + platform : '',
		isHeld(item) ? item.decision.hold.code : '',
		isHeld(item) ? item.decision.hold.message || item.decision.reason : (decision?.reason ?? ''),
		together(changesOf(item).map(changeText)),
		together(groupNames(decision?.groups.add ?? [])),
		together(groupNames(decision?.groups.remove ?? [])),
		decision?.manager ? managerSides(decision.manager).join(' → ') : '',
		together(decision?.notes ?? []),
		together(
			outcomes.map(
				({ step, status, message }) =>
					`${stepWord(step)}: ${STATUS_WORDS[status]}${message ? ` (${message})` : ''}`,
			),
		),
		failure ?? '',
		decision ? (decision.dryRun ? 'yes' : 'no') : '',
	];
}

/** The name without the address, which has a column of its own. */
export function nameAlone({ employee, learner }: Row['item']): string {
	const person = employee ?? learner;
	return [textOf(person?.firstName), textOf(person?.lastName)].filter((part) => part !== '').join(' ');
}

/** What a spreadsheet takes for a formula, also behind blanks and quotes and in full width. */
const FORMULA = /^[\s\p{Cf}"'`]*[=+\-@\t\r＝＋－＠−]/u;

/** The same where a spreadsheet with another separator would begin a cell, as Excel does in German or French. */
const FORMULA_WITHIN = /(?<=[;,\t\r\n][\s\p{Cf}"'`]*)[=+\-@＝＋－＠−]/gu;

function cellOf(text: string): string {
	const within = text.replace(FORMULA_WITHIN, "'$&");
	const harmless = FORMULA.test(text) ? `'${within}` : within;
	return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
