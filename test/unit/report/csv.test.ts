import * as fc from 'fast-check';

import { demoRun } from './demoRun';
import { invited } from './items';
import { csvOf } from '../../../nodes/LmsSync/report/csv';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import { anEmployee } from '../sync/builders';

/** The table of a report, as a spreadsheet reads it. */

/** Rows of cells by RFC 4180. */
function parsed(csv: string): string[][] {
	const rows: string[][] = [[]];
	const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
	for (let match = cells.exec(csv); match; match = cells.exec(csv)) {
		const [, cell = '', end] = match;
		rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
		if (end === '\r\n') rows.push([]);
	}
	return rows.slice(0, -1);
}

const csvFor = (department: string) => csvOf(summarise([invited(anEmployee(1, { department }), false)]));
const departmentIn = (csv: string) => parsed(csv)[1]?.[3];

it('has one line for each decision, and a byte order mark before the heads', () => {
	const csv = csvOf(summarise(demoRun(false)));
	const rows = parsed(csv.slice(1));
	expect(csv.codePointAt(0)).toBe(0xfeff);
	expect(rows[0]?.join()).toBe(
		'person,Personio id,e-mail,department,decision,hold code,why,changes,groups joined,groups left,manager,notes,outcomes,failure,dry run',
	);
	expect(rows).toHaveLength(22);
	expect(new Set(rows.map((row) => row.length))).toEqual(new Set([15]));
	const moved = rows.find(([person]) => person === 'Deniz Yıldırım');
	expect(moved?.slice(4)).toEqual([
		'update',
		'',
		'Differs in Department, groups.',
		'Department: Kundenservice → Produkt & Entwicklung',
		'Produkt & Entwicklung',
		'Kundenservice',
		'Niamh Fitzgerald → Sören Västerbø',
		'',
		'account: done; groups: done',
		'',
		'no',
	]);
});

it.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '  =1', '"=1"', " '=1", '＝1', '\u200b=1'])(
	'%j is no formula',
	(text) => {
		expect(departmentIn(csvFor(text))).toBe(`'${text}`);
	},
);

it.each([
	['Sales;=1+1', "Sales;'=1+1"],
	['Sales; @SUM(1)', "Sales; '@SUM(1)"],
	['Sales\t=1', "Sales\t'=1"],
	['Sales,-1', "Sales,'-1"],
	['Sales\n"+1"', 'Sales\n"\'+1"'],
	['a;;=1;=2', "a;;'=1;'=2"],
	['\t=1', "'\t'=1"],
	['\r=1', "'\r'=1"],
	['\n=1', "'\n'=1"],
	['a\r\n\u200b＝1', "a\r\n\u200b'＝1"],
])('%j is no formula with any separator of a spreadsheet', (text, harmless) => {
	expect(departmentIn(csvFor(text))).toBe(harmless);
});

it.each(['Sales;IT', 'Sales\tIT'])('%j stands in quotes', (text) => {
	expect(csvFor(text)).toContain(`"${text}"`);
});

it.each(['Sales', 'a=b', 'Sales; IT', 'R & D - Nord, Süd', '7', "O'Donovan", 'Ärzte, "innen"\r\nund außen'])(
	'%j stays as it is',
	(text) => {
		expect(departmentIn(csvFor(text))).toBe(text);
	},
);

/** All beginnings of cells that a program could see, whatever it takes for a separator. */
const beginnings = (csv: string): string[] =>
	[',', ';', '\t'].flatMap((separator) =>
		csv
			.slice(1)
			.split(/\r\n|\r|\n/)
			.flatMap((line) => line.split(separator)),
	);

it('any text comes back whole from its own cell, and begins a formula in no program', () => {
	const signs = fc.constantFrom(...'=+-@;,\t\r\n"\' aé'.split(''));
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: signs })), (text) => {
			const csv = csvFor(text);
			expect(parsed(csv)[1]).toHaveLength(15);
			const told = departmentIn(csv) ?? '';
			expect(told.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
			for (const cell of beginnings(csv)) expect(cell).not.toMatch(/^[\s"]*[=+\-@]/);
		}),
		{ numRuns: 400 },
	);
});
