import { HARMFUL, type Deed } from './deeds';

/** The part of a run that was made odd. */
export interface Fuzzed {
	/** Personio ids, and other names under which deeds speak of the people in it. */
	people: ReadonlySet<string>;
	/** All that stood in it, as it was and as it became. */
	values: unknown[];
	/** Whether what somebody's own record says ends their access. */
	hasEnded?: (about: string) => boolean;
	/** Whether what somebody's own record says takes them out of a group. */
	hasMoved?: (about: string) => boolean;
	/** Whether Personio names this one as the supervisor of that one. */
	isSupervisor?: (who: string, about: string) => boolean;
}

const keyOf = ({ about, kind, what }: Deed): string => JSON.stringify([about, kind, what]);

const isDone = ({ status }: Deed): boolean => status < 300;

/** Letters and digits alone: names of groups are trimmed, put together and freed of some signs. */
const bare = (text: string): string =>
	text
		.normalize('NFKC')
		// The end of access is a moment of its day.
		.replace(/^(\d{4}-\d{2}-\d{2})T[\d:.]+Z$/, '$1')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '');

/** Parts of a path, and entries of a list in a text. */
const partsOf = (text: string): string[] => text.split(/[>,;|]/).map(bare);

function textsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
	if (typeof value === 'string') {
		found.add(bare(value));
		for (const part of partsOf(value)) found.add(part);
	} else if (typeof value === 'object' && value !== null) {
		for (const each of Object.values(value as object)) textsIn(each, found);
	} else found.add(bare(String(value)));
	return found;
}

/** The texts that a deed writes. A path may be put together of what stands nowhere together. */
function written({ what }: Deed): string[] {
	try {
		const content = JSON.parse(what) as unknown;
		// A text that looks like a number is a text.
		if (typeof content === 'object') return [...textsIn(content)];
	} catch {
		// No JSON.
	}
	return partsOf(what);
}

/** Whether everything that is written stands in what was fuzzed, or in what is written without it. */
function isOfValues(deed: Deed, known: ReadonlySet<string>): string | undefined {
	const all = [...known].join('\n');
	return written(deed).find((each) => !known.has(each) && !all.includes(each));
}

/**
 * Every write that took effect is one that the same company makes without the fuzzed part, or is about a
 * person in it and of their values. Nobody else loses anything, and nobody is added twice.
 *
 * @throws Error that names the write
 */
export function expectNoWrongWrite(found: Deed[], clean: Deed[], fuzzed: Fuzzed): void {
	const expected = new Set(clean.map(keyOf));
	let known: Set<string> | undefined;
	const added = new Map<string, number>();
	for (const deed of found.filter(isDone)) {
		const { about, kind } = deed;
		const tell = (why: string): never => {
			throw new Error(`Wrong write, ${why}: ${JSON.stringify(deed)}`);
		};
		if (kind === 'invite' || kind === 'create') added.set(about, (added.get(about) ?? 0) + 1);
		if ((added.get(about) ?? 0) > 1) tell('the person was added before');
		if (expected.has(keyOf(deed))) continue;
		if (about === 'stranger') tell('about somebody whom HR does not know');
		if (kind === 'unknown') tell('of no kind that is known');
		if (HARMFUL.has(kind)) {
			const isTold = kind === 'leave' ? fuzzed.hasMoved?.(about) : fuzzed.hasEnded?.(about);
			if (kind === 'unlink' || kind === 'unmanage' || isTold !== true) tell('it takes away');
			continue;
		}
		if (kind === 'manager' && fuzzed.isSupervisor?.(deed.what, about)) continue;
		// What the sync notes for itself at a person of the company says nothing about anybody else.
		if (kind === 'note') continue;
		if (about !== 'nobody' && !fuzzed.people.has(about)) tell('about somebody who is as ever');
		known ??= textsIn([fuzzed.values, clean.map(written), OWN]);
		const strange = isOfValues(deed, known);
		if (strange !== undefined) tell(`the value ${JSON.stringify(strange.slice(0, 80))} is from nowhere`);
	}
}

/** What the sync writes of its own. */
const OWN = [
	'Made by the Personio sync.',
	'true',
	'false',
	'null',
	'',
	'1',
	'users',
	'string',
	'date',
	'active',
];
