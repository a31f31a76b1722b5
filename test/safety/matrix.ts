/**
 * `npx tsx test/safety/matrix.ts`: each way in which a read can be incomplete, on each page of each list of
 * each vendor, and what a live run makes of it. Prints the table and writes it to docs/safety-matrix.md.
 * With a pattern behind it, only the cells whose name it matches are run, and nothing is written. With
 * SAFETY_LINES, the name of a file, results are kept there, and an interrupted run goes on from them.
 */
import { fork } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { table } from '../bench/table';
import { runCell, type Result } from './cell';
import { allCells, LISTS, nameOf, PLACES, waysOf, type Cell } from './cells';
import { withoutPace } from '../engine/pace';
import { cleanCounts, worldOf } from './world';

const FILE = resolve(__dirname, '..', '..', 'docs', 'safety-matrix.md');
const PROCESSES = 2;

type Line = Omit<Result, 'cell'>;

const KEPT = process.env['SAFETY_LINES'];

function keptLines(): Map<string, Line> {
	const text = KEPT !== undefined && existsSync(KEPT) ? readFileSync(KEPT, 'utf8') : '';
	const lines = text.split('\n').filter((line) => line !== '');
	return new Map(lines.map((line) => JSON.parse(line) as Line).map((line) => [line.name, line]));
}

/** A share of the cells in a process of its own, which tells each result as it comes. */
async function work(share: number, pattern: RegExp): Promise<void> {
	withoutPace();
	const own = allCells().filter(({ list }) => LISTS.indexOf(list) % PROCESSES === share);
	const kept = keptLines();
	for (const cell of own.filter((each) => pattern.test(nameOf(each)) && !kept.has(nameOf(each)))) {
		const { cell: _, ...line } = await runCell(cell).catch((error: unknown): Result => {
			const harm = [`The cell could not be run: ${String(error)}`];
			return { cell, name: nameOf(cell), kind: 'run failed', because: [], harm, left: [], runs: 0 };
		});
		process.send?.(line);
	}
}

async function runAll(pattern: string): Promise<Map<string, Line>> {
	const lines = keptLines();
	const shares = Array.from({ length: PROCESSES }, (_, share) => share);
	await Promise.all(
		shares.map(
			async (share) =>
				await new Promise<void>((done, fail) => {
					const child = fork(__filename, ['--share', String(share), pattern]);
					child.on('message', (line: Line) => {
						lines.set(line.name, line);
						if (KEPT !== undefined) appendFileSync(KEPT, `${JSON.stringify(line)}\n`);
						if (lines.size % 50 === 0) console.error(`${lines.size} cells`);
						if (line.harm.length + line.left.length > 0) console.error(line.name, line.harm, line.left);
					});
					child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`Process ${share} failed`))));
				}),
		),
	);
	return lines;
}

/** What happened in a cell, in a few words. */
export function verdict({ kind, because, harm, left, accepted }: Line): string {
	if (harm.length > 0) return '**harm**';
	if (left.length > 0) return '**not healed**';
	const note = accepted ? '¹' : '';
	if (kind === 'held') return `held${note}: ${because.join(', ')}`;
	return `${kind === 'undetected' ? 'undetected, nobody harmed' : kind}${note}`;
}

/** The variants of a cell that came out alike are told once. */
function together(cells: Cell[], lines: Map<string, Line>): string {
	const verdicts = cells.flatMap((cell) => {
		const line = lines.get(nameOf(cell));
		return line ? [verdict(line)] : [];
	});
	return [...new Set(verdicts)].join('; or ') || '–';
}

function tableOf(lines: Map<string, Line>): string {
	const cells = allCells();
	const rows: string[][] = [];
	for (const list of LISTS) {
		for (const { name: way } of waysOf(list)) {
			const own = cells.filter((cell) => cell.list === list && cell.way.name === way);
			rows.push([
				`${list.vendor}, ${list.name}: ${way}`,
				...PLACES.map((place) =>
					together(
						own.filter((cell) => cell.place === place),
						lines,
					),
				),
			]);
		}
	}
	return table(
		['list and way', ...PLACES.map((place) => `${place} page`)],
		rows.filter((row) => row.slice(1).some((text) => text !== '–')),
	);
}

async function pageOf(lines: Map<string, Line>): Promise<string> {
	const all = [...lines.values()];
	const count = (test: (line: Line) => boolean) => all.filter(test).length;
	const kinds = (['run failed', 'held', 'no difference', 'undetected'] as const).map(
		(kind) => `${count((line) => line.kind === kind)} ${kind}`,
	);
	const clean = cleanCounts(
		await worldOf({ platform: 'learnUpon', apiVersion: 'v1', longLists: 'personio' }),
	);
	return [
		'# Safety matrix',
		'',
		'What a live run makes of each way in which a list can be incomplete: the built nodes in n8n’s engine against the stand-in servers of this repository. On each of three pages there are a leaver, somebody who changed the department, somebody with a new address, a joiner, a joiner whose address an account without a link has, an open invitation, somebody who comes back, somebody with an end date, and an account whose employee is gone.',
		'',
		`Without a fault, the run ends ${clean['deactivate']} accounts, takes ${clean['removals']} people out of groups, invites ${clean['invite']}, brings ${clean['reactivate']} back and changes ${clean['update']}. With a fault that it notices (\`held\`, \`run failed\`) it ends no access, takes nobody out of a group, makes no second account and sends no second invitation; after the fault, the state is that of a company that never had one. Limits are switched off. Each cell was run with and without what n8n remembers of an earlier run, and those of Personio for both platforms.`,
		'',
		`${all.length} cells: ${kinds.join(', ')}; harm in ${count(({ harm }) => harm.length > 0)}, not healed after two runs in ${count(({ left }) => left.length > 0)}. Made by \`npx tsx test/safety/matrix.ts\`.`,
		'',
		'`no difference`: nothing was noticed, and the run came out as one without the fault: everything was come by all the same, or nothing hung on it. `undetected, nobody harmed`: the run did a part of what it does without the fault, and nothing else. ¹ An invitation went out without a value that was not delivered; it comes when the invitation is accepted.',
		'',
		tableOf(lines),
		'',
	].join('\n');
}

async function main(): Promise<void> {
	const [first, second, third] = process.argv.slice(2);
	if (first === '--share') return await work(Number(second), new RegExp(third ?? '.'));
	const lines = await runAll(first ?? '.');
	withoutPace();
	const page = await pageOf(lines);
	console.log(page);
	for (const { name, harm, left } of lines.values()) {
		for (const each of harm) console.log(`${name}: ${each}`);
		for (const each of left) console.log(`${name}, not healed: ${each}`);
	}
	if (first === undefined) await writeFile(FILE, page);
}

if (require.main === module) {
	void main();
}
