/** A word of names: what it ends, and the words that may follow it. */
interface Step {
	next: Map<string, Step>;
	/** What stands for the name that ends here; several people may have one name. */
	pseudonyms?: Set<string>;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Words are compared without letter case, accents or the way in which accents are written. */
const fold = (word: string): string =>
	word
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replaceAll('ß', 'ss');

const SPELLED: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', æ: 'ae', ø: 'oe' };

/** As addresses and user names spell it without umlauts. */
const spelledOut = (name: string): string =>
	name
		.normalize('NFC')
		.toLowerCase()
		.replace(/[äöüåæø]/g, (letter) => SPELLED[letter] ?? letter);

/** What may stand between the words of one name: `Berg, Anna`, `anna.berg`, `O'Donovan`. */
const LONGEST_JOINT = 3;

/** Shorter ones are words of every language; together with the other name they are found all the same. */
const SHORTEST_SINGLE = 3;

/** Words of sentences in English are written in these letters. */
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

const SHARED = 'somebody';

/**
 * First or last names that are also words of these sentences: alone they stay, since a sentence would lose
 * its sense without telling anything about a person.
 */
const ORDINARY = new Set(
	`account active address after again all also amount and any approved are attribute because been before
	both but can changed code company correct could count create created day days dead deny did done dry
	each employee employees end ended ends enter failed field fields find first for found from full further
	gap give good grant group groups had has have held her here him his hold how inactive into invite invited
	its job join joins just keep last later learner least leave leaves left let level like limit link list
	live long look lost made make manager many mark may merge missing more most moved much must name new next
	nobody none not nothing now off office old once one only open other otherwise our out over own page paid
	part past people person personio plan platform raise read report right root rule run runs same say scope
	see set she should show since somebody status still stop such sure sync take team than that the their them
	then they think this those time title too two under until update upon use used user value wanted was way
	were what when where which while who whose will with without work would yes yet you your young zone hidden`.split(
		/\s+/,
	),
);

/** Whether a word of a name tells about somebody wherever it stands, in whatever letter case. */
export const isTelling = (word: string): boolean =>
	OTHER_SCRIPT.test(word) || (word.length >= SHORTEST_SINGLE && !ORDINARY.has(fold(word)));

export const wordsOf = (name: string): string[] => name.match(WORD) ?? [];

/** All names of a run, to be found in sentences. */
export class NameIndex {
	/** Names by their words, one after the other. */
	private readonly start: Step = { next: new Map() };

	/** Names without any letter or digit. */
	private readonly signs = new Map<string, string>();

	/** Sentences that are the same whomever they are about; most of them come many times. */
	private readonly rewritten = new Map<string, string>();

	/** A name that is replaced wherever it stands. */
	add(name: string, pseudonym: string): void {
		if (this.rewritten.size > 0) this.rewritten.clear();
		if (wordsOf(name).length === 0) {
			if (name.trim().length > 1) this.signs.set(name.trim(), pseudonym);
			return;
		}
		for (const form of new Set([name, spelledOut(name)])) this.addWords(wordsOf(form), pseudonym);
	}

	private addWords(spelled: string[], pseudonym: string): void {
		const words = spelled.map(fold).filter((word) => word !== '');
		if (words.length === 0) return;
		let step = this.start;
		for (const word of words) {
			const known = step.next.get(word) ?? { next: new Map() };
			step.next.set(word, known);
			step = known;
		}
		step.pseudonyms = (step.pseudonyms ?? new Set()).add(pseudonym);
	}

	/** Both names together in either order, and each on its own. */
	addPerson(firstName: string, lastName: string, pseudonym: string): void {
		if (firstName !== '' && lastName !== '') {
			this.add(`${firstName} ${lastName}`, pseudonym);
			this.add(`${lastName} ${firstName}`, pseudonym);
			// As user names have it, and as languages write it that have no blanks.
			if (isTelling(firstName) && isTelling(lastName)) {
				this.add(firstName + lastName, pseudonym);
				this.add(lastName + firstName, pseudonym);
			}
		}
		this.addSingle(firstName, pseudonym);
		this.addSingle(lastName, pseudonym);
	}

	/** A part of a name, which is replaced unless it is too short or too ordinary to tell anything. */
	addSingle(name: string, pseudonym: string): void {
		const words = wordsOf(name);
		if (words.length !== 1 || words.every(isTelling)) this.add(name, pseudonym);
		// Of a name of several words each may be used alone.
		if (words.length > 1) for (const word of words.filter(isTelling)) this.add(word, pseudonym);
	}

	/** The text with every name replaced, the longest first; a shared name by that of the person it is about. */
	replace(text: string, own: string): string {
		const known = this.rewritten.get(text);
		if (known !== undefined) return known;
		let result = text;
		let isShared = false;
		for (const [sign, pseudonym] of this.signs) result = result.replaceAll(sign, pseudonym);
		const words = [...result.matchAll(WORD)].map(({ 0: word, index }) => ({
			start: index,
			end: index + word.length,
			folded: fold(word),
		}));
		let written = '';
		let position = 0;
		for (let at = 0; at < words.length; at++) {
			const found = this.longestAt(words, at);
			if (!found) continue;
			if (found.pseudonyms.size > 1) isShared = true;
			written += result.slice(position, words[at]?.start) + standFor(found.pseudonyms, own);
			position = found.end;
			at = found.last;
		}
		written += result.slice(position);
		if (!isShared) this.rewritten.set(text, written);
		return written;
	}

	private longestAt(words: Word[], from: number): Found | undefined {
		let found: Found | undefined;
		let step: Step | undefined = this.start;
		for (let at = from; at < words.length; at++) {
			const { start, end, folded } = words[at] as Word;
			if (at > from && start - (words[at - 1] as Word).end > LONGEST_JOINT) break;
			step = step.next.get(folded);
			if (!step) break;
			if (step.pseudonyms) found = { pseudonyms: step.pseudonyms, end, last: at };
		}
		return found;
	}
}

interface Word {
	start: number;
	end: number;
	folded: string;
}

interface Found {
	pseudonyms: Set<string>;
	/** Where it ends in the text, and its last word. */
	end: number;
	last: number;
}

function standFor(pseudonyms: Set<string>, own: string): string {
	const [only] = pseudonyms;
	if (pseudonyms.has(own)) return own;
	return pseudonyms.size === 1 && only !== undefined ? only : SHARED;
}
