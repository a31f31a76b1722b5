import { createHash } from 'crypto';

import type { AttributeValue, Change, Decision, Employee, Learner, SyncItem } from '../../shared/item';
import { isTelling, NameIndex, wordsOf } from './names';
import { soundItem, textOf } from './intake';
import { Masks } from './masks';
import { wholeWords, withoutMentions } from './mentions';

const HIDDEN = 'hidden';
const HIDDEN_ADDRESS = 'hidden address';

/** With fewer, some of very many people would share a pseudonym. */
const DIGITS = 10;

/** The same for the same person within one report, e.g. `Person 3f9a1c07d2`. */
type Pseudonyms = (key: string) => string;

/** Ids and addresses can be guessed: without the salt, whoever guesses one would find its pseudonym. */
const pseudonymsWith =
	(salt: string): Pseudonyms =>
	(key) =>
		`Person ${createHash('sha256').update(`${salt}\n${key}`).digest('hex').slice(0, DIGITS)}`;

/** By the Personio id, also of an account that has no employee any more. */
function keyOf({ employee, learner }: SyncItem): string {
	const account = textOf(learner?.id) || textOf(learner?.email);
	return textOf(employee?.id) || textOf(learner?.link) || `account ${account}`;
}

/**
 * The items of a run without anybody's name or address: people get pseudonyms, values of names and
 * addresses are masked, and sentences are rewritten. Personio ids stay, since they lead to the person.
 *
 * @param salt random, and another one for each report
 */
export function pseudonymised(items: SyncItem[], salt: string): SyncItem[] {
	const sound = items.map(soundItem);
	const pseudonymOf = pseudonymsWith(salt);
	const masks = new Masks(sound.flatMap(({ run }) => run?.passport ?? []));
	const names = new NameIndex();
	for (const item of sound) learnNames(names, item, masks, pseudonymOf);
	return sound.map((item) => new Veil(names, masks, pseudonymOf, item).veiled());
}

function learnNames(names: NameIndex, item: SyncItem, masks: Masks, pseudonymOf: Pseudonyms): void {
	const { employee, learner, decision } = item;
	const pseudonym = pseudonymOf(keyOf(item));
	for (const person of [employee, learner]) {
		const { firstName, lastName } = person ?? {};
		names.addPerson(textOf(firstName), textOf(lastName), pseudonym);
		names.add(textOf(person?.email), HIDDEN_ADDRESS);
	}
	names.addPerson(textOf(employee?.preferredName), textOf(employee?.lastName), pseudonym);
	names.addSingle(textOf(learner?.username), pseudonym);
	names.add(textOf(employee?.supervisor?.email), HIDDEN_ADDRESS);
	for (const value of masks.valuesOf(item)) {
		// A part of an address may be the name of the company.
		if (value.includes('@')) names.add(value, HIDDEN_ADDRESS);
		else names.addSingle(value, pseudonym);
	}
	for (const { name, id } of managersOf(decision)) {
		// One that is a word of the sentences is found in the sentences about this person only.
		if (isWord(name)) names.addSingle(name, pseudonymOf(id));
		else names.add(name, pseudonymOf(id));
	}
	const { approved } = (decision ?? {}) as Partial<Extract<Decision, { approved?: unknown }>>;
	names.add(textOf(approved?.by), HIDDEN);
}

function managersOf(decision: Decision | undefined): Array<{ id: string; name: string }> {
	const { from, to, fromName, toName } = decision?.manager ?? {};
	return [
		{ id: textOf(from), name: textOf(fromName) },
		{ id: textOf(to), name: textOf(toName) },
	].filter(({ name }) => name !== '');
}

/** A name that is so short, or so much a word of the sentences, that it is not looked for everywhere. */
const isWord = (name: string): boolean => {
	const words = wordsOf(name);
	return words.length === 1 && !words.every(isTelling);
};

/** Keys whose values are codes, ids or moments and no words about anybody. */
const KEPT = new Set([
	'action',
	'apiVersion',
	'at',
	'code',
	'field',
	'hireDate',
	'kind',
	'link',
	'plannedAt',
	'readAt',
	'scope',
	'state',
	'status',
	'step',
	'withheld',
]);

/** A name that is looked for in the sentences about one person only, and in exactly its letter case. */
interface OwnWord {
	pattern: RegExp;
	pseudonym: string;
	/** Where a sentence begins, it may as well be the word. */
	isAlsoFirst: boolean;
}

/** Words of two letters that sentences begin with. */
const SHORT_WORDS = /^(?:am|an|as|at|be|by|do|go|he|hi|hr|if|in|is|it|me|my|no|of|ok|on|or|so|to|up|us|we)$/i;

function ownWordsOf(
	{ employee, learner, decision }: SyncItem,
	own: string,
	pseudonymOf: Pseudonyms,
): OwnWord[] {
	const words: OwnWord[] = [];
	const add = (name: string, pseudonym: string, isOnlyName: boolean) => {
		if (!isWord(name) || !/^\p{Lu}/u.test(name)) return;
		const isShort = name.length === 2 && !SHORT_WORDS.test(name);
		words.push({ pattern: wholeWords(name), pseudonym, isAlsoFirst: isOnlyName || isShort });
	};
	for (const person of [employee, learner]) {
		const [first, last] = [textOf(person?.firstName), textOf(person?.lastName)];
		add(first, own, last === '');
		add(last, own, first === '');
	}
	add(textOf(employee?.preferredName), own, false);
	for (const { id, name } of managersOf(decision)) add(name, pseudonymOf(id), true);
	return words;
}

/** Whether what stands before a word ends a sentence. */
const ENDS_SENTENCE = /(?:^|[.!?:;]|\n)\s*$/;

/** Rewrites one item. */
class Veil {
	private readonly pseudonym: string;

	private readonly ownWords: OwnWord[];

	constructor(
		private readonly names: NameIndex,
		private readonly masks: Masks,
		private readonly pseudonymOf: Pseudonyms,
		private readonly item: SyncItem,
	) {
		this.pseudonym = pseudonymOf(keyOf(item));
		this.ownWords = ownWordsOf(item, this.pseudonym, pseudonymOf);
	}

	veiled(): SyncItem {
		const { employee, learner, decision, outcomes, run, error } = this.item;
		return {
			...(employee && { employee: this.employee(employee) }),
			...(learner && { learner: this.learner(learner) }),
			...(decision && { decision: this.decision(decision) }),
			...(outcomes && { outcomes: this.value(outcomes) }),
			...(run && { run: this.value(run) }),
			...(error !== undefined && { error: this.text(error) }),
		};
	}

	private text(text: string): string {
		const addressed = text.includes('@') ? text.replace(ADDRESS, HIDDEN_ADDRESS) : text;
		const moved = this.masks.withoutMoves(addressed).replace(WITHOUT_ACCESS, 'Somebody');
		const named = withoutMentions(moved, this.pseudonymOf);
		const replaced = this.names.replace(named, this.pseudonym).replace(WITH_ADDRESS, '$1');
		return this.ownWords.reduce((told, word) => withoutWord(told, word), replaced);
	}

	/** Every text in a value, however deep; ids that are no address stay. */
	private value<Value>(value: Value, key = ''): Value {
		if (typeof value === 'string') return this.isKept(key, value) ? value : (this.text(value) as Value);
		if (Array.isArray(value)) return value.map((each) => this.value<unknown>(each, key)) as Value;
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, each]) => [name, this.value<unknown>(each, name)]),
		) as Value;
	}

	private isKept(key: string, value: string): boolean {
		if (/^(id|learnerId|from|to)$/.test(key) && /^[\da-f-]+$/i.test(value)) return true;
		return KEPT.has(key) && !value.includes('@');
	}

	private get nameParts(): { firstName: string; lastName: string } {
		const [firstName = '', lastName = ''] = this.pseudonym.split(' ');
		return { firstName, lastName };
	}

	private employee({ id, status, department }: Employee): Employee {
		return {
			id,
			...this.nameParts,
			...(status !== undefined && { status }),
			...(department !== undefined && { department: this.value(department) }),
			custom: {},
		};
	}

	private learner({ id, status, link, accessEnds }: Learner): Learner {
		const known = this.value({ id });
		return { ...known, email: '', ...this.nameParts, status, link, accessEnds, custom: {} };
	}

	private decision(decision: Decision): Decision {
		const { changes, explanation, manager, ...rest } = decision;
		const { approved } = decision as { approved?: object };
		return {
			...this.value(rest),
			changes: changes.map((change) => this.change(change)),
			...(manager && {
				manager: {
					...this.value(manager),
					...(manager.fromName !== undefined && { fromName: this.pseudonymOf(textOf(manager.from)) }),
					...(manager.toName !== undefined && { toName: this.pseudonymOf(textOf(manager.to)) }),
				},
			}),
			...(explanation && {
				explanation: {
					...this.value({ ...explanation, facts: {} }),
					facts: Object.fromEntries(
						Object.entries(explanation.facts).map(([name, value]) => [name, this.fact(name, value)]),
					),
				},
			}),
			...(approved && { approved: { ...this.value(approved), by: HIDDEN } }),
		} as Decision;
	}

	private change(change: Change): Change {
		const { from, to } = change;
		const isNaming = this.masks.hidesField(change) || [from, to].some((value) => this.isOwnName(value));
		const told = (value: AttributeValue) => (isNaming ? hidden(value) : this.value(value));
		return { ...change, from: told(from), to: told(to) };
	}

	/** Where one side is the name of the person, the other one may be a former name. */
	private isOwnName(value: AttributeValue): boolean {
		const text = textOf(value);
		return text !== '' && this.names.replace(text, this.pseudonym).includes(this.pseudonym);
	}

	private fact(name: string, value: AttributeValue): AttributeValue {
		return this.masks.hidesAttribute(name) ? hidden(value) : this.value(value);
	}
}

const hidden = (value: AttributeValue): AttributeValue => (value === null || value === '' ? value : HIDDEN);

const withoutWord = (text: string, { pattern, pseudonym, isAlsoFirst }: OwnWord): string =>
	text.replace(pattern, (word, offset: number) =>
		!isAlsoFirst && ENDS_SENTENCE.test(text.slice(0, offset)) ? word : pseudonym,
	);

/** How a person is named in the messages of a step. */
const WITH_ADDRESS = new RegExp(`(Person [0-9a-f]{${DIGITS}}) \\(${HIDDEN_ADDRESS}\\)`, 'g');

/** How an undo names people who may be no items. */
const WITHOUT_ACCESS = /^.*(?=: without access by now, so not manager or report again)/;

/** Anything that looks like an e-mail address, whoever's it is. */
const ADDRESS =
	/(?<![^\s<>()[\]"“”„,;:|])[^\s<>()[\]"“”„,;:|]*@[^\s<>()[\]"“”„,;:|]*[^\s<>()[\]"“”„,;:|.!?]/gu;
