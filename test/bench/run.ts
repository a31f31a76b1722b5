/**
 * `npm run bench`: what runs of the templates cost in calls, seconds, CPU and memory. Each cell of the table is
 * measured in fresh processes and kept in docs/benchmarks/cells, so that the benchmark can be broken off and goes
 * on where it was, as long as the code is the same. A part is printed only; with every cell measured, the table is
 * written to docs/benchmarks.
 *
 *     npm run bench -- --quick                     companies of 100 and 1,000
 *     npm run bench -- --only 360learning,10000    any of platforms, sizes and runs (firstLoad, noChange, …)
 *     npm run bench -- --table                     of what is measured already
 *     npm run bench -- --again                     also what is measured already
 *     npm run bench -- --cache <folder>            where to keep what runs begin with, instead of the
 *                                              temporary folder
 */
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { allCells, chosen, nameOf, type Cell } from './cells';
import { codeOfToday } from './code';
import { figuresOf, type Figures } from './figures';
import { Bench, type Result } from './measure';
import type { Memberships } from './memberships';
import { asMarkdown, figuresTable, verdictsTable } from './page';
import { Helper } from './process';
import { table, type Table } from './table';
import { verdictsOf } from './targets';

const FOLDER = resolve(__dirname, '..', '..', 'docs', 'benchmarks');
const CELLS = join(FOLDER, 'cells');
const log = (line: string) => console.log(line);

const { values: options } = parseArgs({
	options: {
		only: { type: 'string', default: '' },
		quick: { type: 'boolean', default: false },
		table: { type: 'boolean', default: false },
		again: { type: 'boolean', default: false },
		cache: { type: 'string', default: join(tmpdir(), 'n8n-nodes-personio-lms-bench') },
	},
});

async function main(): Promise<void> {
	const code = codeOfToday();
	const bench = new Bench({ results: CELLS, cache: options.cache, code, log });
	const words = options.only.split(/[,\s]+/).filter((word) => word !== '');
	const wanted = chosen(allCells(), options.quick ? [...words, '100', '1000'] : words);
	if (!options.table) await measureAll(bench, wanted);

	const known = await Promise.all(wanted.map(async (cell) => await bench.known(cell)));
	const figures = known.flatMap((result) => (result ? [figuresOf(result)] : []));
	const verdicts = verdictsOf(figures);
	for (const { title, head, rows } of [figuresTable(figures), verdictsTable(verdicts)]) {
		log(`\n${title}\n\n${table(head, rows)}`);
	}
	const isWhole = wanted.length === allCells().length && figures.length === wanted.length;
	if (!isWhole) return log('\nThis is a part of the benchmark, so docs/benchmarks stays as it is.');

	const memberships = await membershipsTable(code);
	const about = [
		...new Map(
			known.flatMap((result) => (result ? [[JSON.stringify(result.about), result.about]] : [])),
		).values(),
	];
	const page = asMarkdown(figures, verdicts, about, [memberships]);
	await writeFile(join(FOLDER, 'runs.md'), page);
	await writeFile(join(FOLDER, 'runs.json'), asJson({ about, figures, verdicts, memberships }));
	log(`\nWritten to ${FOLDER}.`);
}

async function measureAll(bench: Bench, cells: Cell[]): Promise<void> {
	for (const [index, cell] of cells.entries()) {
		const progress = `${index + 1} of ${cells.length}: ${nameOf(cell)}`;
		const known = options.again ? undefined : await bench.known(cell);
		if (known) {
			log(`${progress}, measured ${known.measuredAt}`);
			continue;
		}
		log(progress);
		log(`  ${summaryOf(await bench.measure(cell))}`);
	}
}

function summaryOf(result: Result): string {
	const { made, seconds, floorSeconds, planCpuSeconds, peakMegabytes, refused, took }: Figures =
		figuresOf(result);
	const people = result.ran.words.map((words) => `\n  ${words}`).join('');
	return `${made.reads} reads, ${made.writes} writes, ${seconds.toFixed(1)} s (${floorSeconds.toFixed(0)} at best), ${planCpuSeconds.toFixed(2)} s of planning, ${peakMegabytes.toFixed(0)} MB, ${refused} refused; took ${took.toFixed(0)} s${people}`;
}

/** Kept like a cell. */
async function membershipsTable(code: string): Promise<Table> {
	const file = join(CELLS, 'memberships.json');
	const kept = await readFile(file, 'utf8').catch(() => undefined);
	const known = kept === undefined ? undefined : (JSON.parse(kept) as { code: string; table: Table });
	if (known?.code === code && !options.again) return known.table;
	log('Memberships at 360Learning, one by one and in bulk');
	const helper = new Helper<Memberships>(join(__dirname, 'memberships.ts'));
	try {
		const measured = await helper.ask('measure');
		await writeFile(file, asJson({ code, table: measured }));
		return measured;
	} finally {
		await helper.end();
	}
}

const asJson = (content: object): string => `${JSON.stringify(content, rounded, '\t')}\n`;

/** What is behind the fourth digit is noise. */
const rounded = (_key: string, value: unknown): unknown =>
	typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
