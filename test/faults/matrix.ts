/**
 * `npx tsx test/faults/matrix.ts`: each way in which a call can fail, for each kind of call that a run makes,
 * and what a live run and the one after it make of it. Prints the matrix and writes it to
 * docs/fault-matrix.md. With a pattern behind it, only the cells whose name it matches are run, and nothing
 * is written. With FAULT_LINES, the name of a file, results are kept there, and an interrupted run goes on
 * from them.
 */
import { fork } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { Random } from '../safety/random';
import { cellsOf, nameOf, runCell, type Cell, type Result } from './cell';
import { hasten } from './haste';
import { isBad, pageOf, troubleOf } from './print';
import { SETTINGS } from './world';

// n8n's engine would log every error that is provoked here.
process.env['N8N_LOG_LEVEL'] ??= 'silent';

const FILE = resolve(__dirname, '..', '..', 'docs', 'fault-matrix.md');
const PROCESSES = 2;
const LONGEST_CELL_MS = 300_000;

const KEPT = process.env['FAULT_LINES'];

function keptResults(): Map<string, Result> {
	const text = KEPT !== undefined && existsSync(KEPT) ? readFileSync(KEPT, 'utf8') : '';
	const lines = text.split('\n').filter((line) => line !== '');
	return new Map(lines.map((line) => JSON.parse(line) as Result).map((result) => [result.name, result]));
}

async function allCells(): Promise<Cell[]> {
	const cells: Cell[] = [];
	for (const setting of SETTINGS) cells.push(...(await cellsOf(setting)));
	return cells;
}

/** In an order in which trouble of any sort shows early, the same each time. */
function mixed(cells: Cell[]): Cell[] {
	const random = new Random(1);
	const keyed = cells.map((cell) => ({ cell, key: random.next() }));
	return keyed.sort((one, other) => one.key - other.key).map(({ cell }) => cell);
}

/** A share of the cells in a process of its own, which tells each result as it comes. */
async function work(share: number, pattern: RegExp): Promise<void> {
	const { setTimeout: start } = globalThis;
	hasten();
	const unhandled: string[] = [];
	process.on('unhandledRejection', (reason) => unhandled.push(`Nobody has caught ${String(reason)}`));
	const kept = keptResults();
	const own = mixed(await allCells()).filter((_, index) => index % PROCESSES === share);
	for (const cell of own.filter((each) => pattern.test(nameOf(each)) && !kept.has(nameOf(each)))) {
		const late = new Promise<never>((_, fail) => {
			start(() => fail(new Error('It did not end')), LONGEST_CELL_MS).unref();
		});
		const result = await Promise.race([runCell(cell), late]).catch((error: unknown): Result => {
			const harm = [`The cell could not be run: ${String(error)}`];
			const none = {
				because: '',
				unnamed: [],
				isSilent: false,
				unclear: [],
				left: [],
				waiting: [],
				runs: 0,
				calls: 0,
				hits: 0,
			};
			return { name: nameOf(cell), verdict: 'ended', harm, ...none };
		});
		process.send?.({ ...result, harm: [...result.harm, ...unhandled.splice(0)] });
	}
	process.exit(0);
}

async function runAll(pattern: string): Promise<Map<string, Result>> {
	const results = keptResults();
	await Promise.all(
		Array.from({ length: PROCESSES }, async (_, share) => {
			await new Promise<void>((done, fail) => {
				const child = fork(__filename, ['--share', String(share), pattern]);
				child.on('message', (result: Result) => {
					results.set(result.name, result);
					if (KEPT !== undefined) appendFileSync(KEPT, `${JSON.stringify(result)}\n`);
					if (results.size % 100 === 0) console.error(`${results.size} cells`);
					if (isBad(result)) console.error(troubleOf(result).join('\n'));
				});
				child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`Process ${share} failed`))));
			});
		}),
	);
	return results;
}

async function main(): Promise<void> {
	const [first, second, third] = process.argv.slice(2);
	if (first === '--share') return await work(Number(second), new RegExp(third ?? '.'));
	const results = await runAll(first ?? '.');
	hasten();
	const page = await pageOf([...results.values()]);
	console.log(page);
	const trouble = [...results.values()].filter(isBad).flatMap(troubleOf);
	if (trouble.length > 0) {
		console.log(trouble.join('\n'));
		process.exitCode = 1;
	}
	if (first === undefined) await writeFile(FILE, page);
}

void main();
