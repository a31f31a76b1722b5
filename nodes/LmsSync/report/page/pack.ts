import { WIDTHS, type Block, type Person } from '../people';

/**
 * People in a compact form: every text stands once, blocks that several people share stand once, and a
 * person is a list of indexes. In texts the person's own name, address and id are signs, so that sentences
 * about different people are the same sentence.
 */
export interface Pack {
	texts: string[];
	/** Title, width of a row, then the cells, as indexes of texts. */
	blocks: number[][];
	/** Name, e-mail, id, department, platform, state, badge, outcome, why, then indexes of blocks. */
	people: number[][];
}

/** Stand for name, e-mail and id. From the private use area, in which no text of a person has signs. */
export const SIGNS = ['\uE000', '\uE001', '\uE002'] as const;

/** Shorter ones stand in texts by chance, and save nothing. */
const SHORTEST = 4;

export function packOf(people: Person[]): Pack {
	const texts = new Register<string>((text) => text);
	const blocks = new Register<number[]>((block) => block.join());
	const packed = people.map((person) => {
		const { name, email, id, department, platform, state, badge, outcome, why } = person;
		const own = [email, name, id].map(clean);
		const textIndex = (text: string) => texts.indexOf(withSigns(clean(text), own));
		return [
			...[name, email, id, department, platform, state, badge, outcome].map((text) =>
				texts.indexOf(clean(text)),
			),
			textIndex(why),
			...person.blocks.map((block) => blocks.indexOf(packedBlock(block, textIndex))),
		];
	});
	return { texts: texts.entries, blocks: blocks.entries, people: packed };
}

function packedBlock({ title, kind, rows }: Block, indexOf: (text: string) => number): number[] {
	const width = WIDTHS[kind];
	const packed = [indexOf(title), width];
	for (const row of rows) {
		for (let cell = 0; cell < width; cell++) packed.push(indexOf(row[cell] ?? ''));
	}
	return packed;
}

/** The text as an attribute of the page keeps it: a value to choose by has to be the same on both sides. */
export const clean = (text: string): string =>
	UNCLEAN.test(text) ? text.replace(/\r\n?/g, '\n').replace(/[\0\p{Cs}\uE000-\uE002]/gu, '\uFFFD') : text;

const UNCLEAN = /[\r\0\p{Cs}\uE000-\uE002]/u;

function withSigns(text: string, [email = '', name = '', id = '']: string[]): string {
	if (text.length < SHORTEST) return text;
	const replaced = (from: string, own: string, sign: string) =>
		own.length >= SHORTEST && from.includes(own) ? from.replaceAll(own, sign) : from;
	return replaced(replaced(replaced(text, email, SIGNS[1]), name, SIGNS[0]), id, SIGNS[2]);
}

/** Each entry once, with its index. */
class Register<Entry> {
	readonly entries: Entry[] = [];

	private readonly indexes = new Map<string, number>();

	constructor(private readonly keyOf: (entry: Entry) => string) {}

	indexOf(entry: Entry): number {
		const key = this.keyOf(entry);
		const known = this.indexes.get(key);
		if (known !== undefined) return known;
		this.indexes.set(key, this.entries.length);
		this.entries.push(entry);
		return this.entries.length - 1;
	}
}
