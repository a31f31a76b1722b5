import { demoRun } from './demoRun';
import { csvOf } from '../../../nodes/LmsSync/report/csv';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import type { SyncItem } from '../../../nodes/shared/item';

/** Every text of a whole report is one that wants to become a formula in whoever's spreadsheet. */

/** A table as RFC 4180 has it, read sign by sign: nothing of it is shared with what writes it. */
function table(csv: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let cell = '';
	let isQuoted = false;
	for (let at = csv.codePointAt(0) === 0xfeff ? 1 : 0; at < csv.length; at++) {
		const sign = csv[at] as string;
		if (isQuoted) {
			if (sign !== '"') cell += sign;
			else if (csv[at + 1] === '"') cell += csv[++at] as string;
			else isQuoted = false;
		} else if (sign === '"' && cell === '') isQuoted = true;
		else if (sign === ',') {
			row.push(cell);
			cell = '';
		} else if (sign === '\r' && csv[at + 1] === '\n') {
			at++;
			rows.push([...row, cell]);
			row = [];
			cell = '';
		} else cell += sign;
	}
	if (isQuoted || cell !== '' || row.length > 0) throw new Error('The table ends in the middle of a row.');
	return rows;
}

const FORMULA = '1+1|calc!A1';
const HOSTILE = [
	...['=', '+', '-', '@', '\t=', '\r=', '\n=', '\r\n=', ' =', '   +', '\u00a0-', '\u200b@', '\ufeff='],
	...[
		'"=',
		'""=',
		"'=",
		'`=',
		'"\t+',
		';=',
		'x;=',
		'x;\t=',
		'x,=',
		'x\t@',
		'x\n-',
		'x\r\n"=',
		'x";=',
		'x"\n+',
	],
	...['＝', '＋', '－', '＠', '−', '=HYPERLINK("http://x","', "=cmd|'/C x'!A", '","=', '"\r\n"='],
].map((start) => start + FORMULA);

/** Ids, codes and dates that stand for something else than a text. */
const KEPT = new Set(
	'action status step code kind withheld platform plannedAt readAt decidedAt at field format'.split(' '),
);

function spoilt(value: unknown, hostile: string, key = ''): unknown {
	if (typeof value === 'string') return KEPT.has(key) ? value : hostile;
	if (Array.isArray(value)) return value.map((each) => spoilt(each, hostile, key));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoilt(each, hostile, name)]));
}

/** Where a spreadsheet begins a cell, whatever it takes for a separator and for the end of a line. */
const beginnings = (cell: string): string[] => [cell, ...cell.split(/[;,\t\r\n]/)];

/** After what a spreadsheet leaves out at the beginning of a cell. */
const BEGINS_FORMULA = /^[\s\u00a0\u200b\ufeff"`]*[=+\-@＝＋－＠−]/u;

const COLUMNS = 15;

it.each(HOSTILE)('no cell of a report in which every text is %j begins a formula', (hostile) => {
	const items = demoRun(false).map((item) => spoilt(item, hostile) as SyncItem);
	const rows = table(csvOf(summarise(items)));
	expect(rows.length).toBeGreaterThan(20);
	for (const row of rows) {
		expect(row).toHaveLength(COLUMNS);
		for (const cell of row.flatMap(beginnings)) expect(cell).not.toMatch(BEGINS_FORMULA);
	}
	// Nothing of the texts is lost but for the signs that make them harmless.
	const told = rows.flat().join('\n').replaceAll("'", '');
	expect(told).toContain(hostile.replaceAll("'", ''));
});
