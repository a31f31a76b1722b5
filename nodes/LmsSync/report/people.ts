import type { Explanation, SyncItem } from '../../shared/item';
import { changesOf, fieldName, groupNames, managerSides, shown } from './changes';
import { nameAlone } from './csv';
import { momentOf, textOf } from './intake';
import { isAboutSomebody, isHeld, type Row } from './summary';
import {
	factTitle,
	holdWords,
	STATES,
	STATUS_WORDS,
	stepWord,
	WITHHELD_WORDS,
	wordFor,
	type State,
} from './words';

/** How many cells a row of each kind has. */
export const WIDTHS = { lines: 1, facts: 2, changes: 3 } as const;

/** A part of what is told about somebody: sentences, pairs of name and value, or changes from and to. */
export interface Block {
	title: string;
	kind: keyof typeof WIDTHS;
	rows: string[][];
}

/** One row of the report as people read it: every word is chosen, only its place on the page is not. */
export interface Person {
	name: string;
	email: string;
	id: string;
	department: string;
	platform: string;
	state: State;
	badge: string;
	/** What the steps made of it, for filtering. */
	outcome: string;
	why: string;
	/** Made anew whenever it is read: those of thousands of people at once are many times the page. */
	readonly blocks: Block[];
}

/** Everybody of a report, those who need somebody first, then by name. */
export function peopleOf(rows: Row[]): Person[] {
	const order = new Map(STATES.map((state, index) => [state, index]));
	const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
	return rows
		.map(personOf)
		.sort((a, b) => (order.get(a.state) ?? 0) - (order.get(b.state) ?? 0) || compare(a.name, b.name));
}

function personOf({ who, item, state, dryRun, failure: told }: Row): Person {
	const failure = told?.replace(`${who}: `, '');
	const { employee, learner, decision } = item;
	return {
		name: nameAlone(item) || who,
		email: textOf(employee?.email) || textOf(learner?.email),
		id: textOf(employee?.id) || textOf(learner?.link),
		department: textOf(employee?.department),
		platform: decision?.platform ?? '',
		state,
		badge: wordFor(state, dryRun),
		outcome: outcomeOf(item, state),
		why: isHeld(item)
			? holdWords(item.decision.hold.code).title
			: (failure ?? skipOf(item, state) ?? decision?.reason ?? ''),
		get blocks() {
			return blocksOf(item, state, failure);
		},
	};
}

/** Why nothing was done, as the steps tell it. */
function skipOf({ outcomes = [] }: SyncItem, state: State): string | undefined {
	if (state !== 'skipped') return undefined;
	const messages = new Set(outcomes.map(({ message }) => textOf(message)).filter((text) => text !== ''));
	return ['Nothing was done.', ...messages].join(' ');
}

function outcomeOf({ decision, outcomes = [] }: SyncItem, state: State): string {
	if (state === 'failed') return 'failed';
	if (state === 'undone') return 'not carried out';
	if (state === 'hold' || state === 'none') return 'nothing to do';
	if (decision?.dryRun) return 'would be done';
	return outcomes.some(({ status }) => status === 'done') ? 'done' : 'nothing done';
}

function blocksOf(item: SyncItem, state: State, failure: string | undefined): Block[] {
	const { decision, outcomes = [] } = item;
	const blocks: Block[] = [];
	const add = (title: string, kind: Block['kind'], rows: string[][]) => {
		const told = rows.filter((row) => row.some((cell) => cell !== ''));
		if (told.length > 0) blocks.push({ title, kind, rows: told });
	};
	const lines = (texts: Array<string | undefined>) => texts.flatMap((text) => (text ? [[text]] : []));

	if (!decision) return blocks;
	if (isHeld(item)) add('Held', 'lines', lines([item.decision.hold.message, withheldOf(item)]));
	// What stands beside the name already is not told again.
	const isTold = isHeld(item)
		? decision.reason === item.decision.hold.message
		: failure === undefined && state !== 'skipped';
	if (!isTold) add('Reason', 'lines', lines([decision.reason]));
	add(
		isHeld(item)
			? 'Changes withheld'
			: decision.dryRun
				? 'Would change'
				: state === 'skipped'
					? 'Changes that were not made'
					: 'Changes',
		'changes',
		changesOf(item).map((change) => [fieldName(change), shown(change.from), shown(change.to)]),
	);
	const { groups, manager, notes, home } = decision;
	add('Groups', 'facts', [
		...groupNames(groups.add).map((name) => ['joins', name]),
		...groupNames(groups.remove).map((name) => ['leaves', name]),
		...(home && textOf(home.name) !== '' ? [['made in', home.name]] : []),
	]);
	if (manager) add('Manager', 'changes', [['manager', ...managerSides(manager)]]);
	add('Not carried over', 'lines', lines(notes ?? []));
	add(
		'Steps',
		'facts',
		outcomes.map(({ step, status, message }) => [
			stepWord(step),
			message && status !== 'failed' ? `${STATUS_WORDS[status]}: ${message}` : STATUS_WORDS[status],
		]),
	);
	add('Approval', 'lines', lines([approvalOf(item)]));
	if (decision.explanation) {
		add('How this was decided', 'facts', sentencesOf(decision.explanation));
		add(
			'What was read',
			'facts',
			Object.entries(decision.explanation.facts).map(([name, value]) => [factTitle(name), shown(value)]),
		);
	}
	return blocks;
}

function withheldOf({ decision }: SyncItem): string {
	if (decision?.action !== 'hold' || decision.withheld === 'none') return '';
	const words = WITHHELD_WORDS[decision.withheld];
	return words === undefined ? '' : `Withheld: ${words}.`;
}

function approvalOf({ decision }: SyncItem): string {
	if (!decision || !('approved' in decision) || !decision.approved) return '';
	const { by, at, code } = decision.approved;
	const who = textOf(by) || 'somebody whom the workflow did not name';
	return `Let go by ${who} at ${momentOf(textOf(at))}; it had been held: ${holdWords(textOf(code)).title}.`;
}

function sentencesOf({ scope, match, access, groups, guards }: Explanation): string[][] {
	const zone = textOf(access.zone);
	const parts: Array<[string, string]> = [
		['Scope', scope.sentence],
		['Match', match.sentence],
		['Access', access.sentence && zone ? `${access.sentence} (zone ${zone})` : access.sentence],
		['Groups', groups.sentence],
		...guards.map((sentence): [string, string] => ['Guard', sentence]),
	];
	return parts.filter(([, sentence]) => sentence !== '');
}

/** What a group of rows has in common, for a picture: not a failure of the run itself, which is nobody. */
export const somebody = (rows: Row[]): Row[] => rows.filter(({ item }) => isAboutSomebody(item));
