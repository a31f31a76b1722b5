import { quoted } from './masks';

/**
 * People who are not among the items, such as those who are unchanged, are known by nothing but a sentence
 * of the plan that has the Personio id behind the name.
 */
const BESIDE = 'Personio id ';
const ID = /\((?:hidden address, )?Personio id ([\w-]+)\)/g;

/** What the sentences of a plan have before a name with an id, where they do not begin with it. */
const BEFORE =
	/(?: in Personio as | no status for |hidden address of | ring of managers: |The supervisor | so no manager is set\. )/g;

/** What they have between two of them. */
const BETWEEN = /^(?:, | and | reports to )/;

/**
 * The text with a pseudonym for each name that has an id behind it, also where it stands once more. Names
 * have any form: whatever is no known part of a sentence belongs to the name.
 */
export function withoutMentions(text: string, pseudonymOf: (id: string) => string): string {
	if (!text.includes(BESIDE)) return text;
	const names = new Map<string, string>();
	let written = '';
	let position = 0;
	for (const { 0: mention, 1: id = '', index } of text.matchAll(ID)) {
		const before = text.slice(position, index);
		const start = startOfName(before);
		const name = before.slice(start).trim();
		if (!NO_NAMES.has(name)) names.set(name, pseudonymOf(id));
		written += `${before.slice(0, start)}${pseudonymOf(id)} ${mention}`;
		position = index + mention.length;
	}
	written += text.slice(position);
	for (const [name, pseudonym] of names) written = written.replace(wholeWords(name), pseudonym);
	return written;
}

/** Stand for people already, or for nobody. */
const NO_NAMES = new Set(['', 'Person', 'hidden address']);

function startOfName(before: string): number {
	const known = [...before.matchAll(BEFORE)].at(-1);
	if (known) return known.index + known[0].length;
	return BETWEEN.exec(before)?.[0].length ?? 0;
}

/** In exactly this letter case. */
export const wholeWords = (name: string): RegExp =>
	new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${quoted(name)}(?![\\p{L}\\p{M}\\p{N}])`, 'gu');
