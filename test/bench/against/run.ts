/**
 * `npm run bench:against [sizes]`: the shipped template and a workflow of n8n's own nodes in one real n8n, for
 * the same company. Prints the tables and writes them to docs/benchmarks. Takes half an hour and more.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';

import { N8N_VERSION } from '../../n8n/install';
import { ownUntilExit } from '../../n8n/lifetime';
import { companyOf, startSandbox, type Sandbox } from '../../sandbox';
import { Arena, TIME_SCALE } from './arena';
import { eventRows } from './events';
import { describeHarm, harmTo } from './harm';
import { measured } from './measure';
import { packageSide } from './packageSide';
import { pageOf } from './page';
import { NO_CHANGE, type Kept, type Results } from './results';
import { rivalSide } from './rivalSide';
import type { Side } from './side';

const CHECKOUT = resolve(__dirname, '..', '..', '..');
const FOLDER = resolve(CHECKOUT, 'docs', 'benchmarks');
const SIZES = [1000, 10_000];
/** Where the events are tried: they are about single people, whatever the size. */
const EVENT_SIZE = 1000;
const REPEATS = 3;

const began = Date.now();
const log = (line: string) =>
	console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(6)} s  ${line}`);

async function main(): Promise<void> {
	const sizes = process.argv.slice(2).map(Number);
	if (sizes.some((size) => !Number.isInteger(size) || size < 200)) {
		throw new Error('Sizes are whole numbers from 200 on: npm run bench:against -- 1000 10000');
	}
	const arena = await Arena.open(log);
	const disown = ownUntilExit({ release: async () => await arena.close(), drop: () => undefined });
	try {
		const results = await emptyResults(arena);
		for (const size of sizes.length > 0 ? sizes : SIZES) await bench(arena, size, results);
		console.log(pageOf(results));
	} catch (error) {
		console.log(arena.logs().slice(-3000));
		throw error;
	} finally {
		await arena.close();
		disown();
	}
}

async function emptyResults(arena: Arena): Promise<Results> {
	const manifest = JSON.parse(await readFile(resolve(CHECKOUT, 'package.json'), 'utf8')) as {
		version: string;
	};
	const machine = {
		cores: cpus().length,
		model: cpus()[0]?.model ?? 'unknown',
		memoryGb: Math.round(totalmem() / 2 ** 30),
	};
	const versions = {
		n8n: N8N_VERSION,
		nodeOfN8n: await arena.nodeVersion(),
		node: process.version,
		package: manifest.version,
	};
	return { machine, versions, timeScale: TIME_SCALE, runs: [], weights: [], events: [] };
}

/** After each measurement, so that a long bench that breaks off has told what it knows. */
async function save(results: Results): Promise<void> {
	await mkdir(FOLDER, { recursive: true });
	await writeFile(resolve(FOLDER, 'against.json'), `${JSON.stringify(results, null, 2)}\n`);
	await writeFile(resolve(FOLDER, 'against.md'), pageOf(results));
}

async function bench(arena: Arena, size: number, results: Results): Promise<void> {
	const sandboxes: Sandbox[] = [];
	const open = async (options = {}) => {
		const sandbox = await startSandbox({ timeScale: TIME_SCALE, ...options });
		sandboxes.push(sandbox);
		return sandbox;
	};
	const company = { company: companyOf(size) };
	const { client } = arena;
	try {
		const companies = [await open(company), await open(company)] as const;
		const smallOnes = [await open(), await open()] as const;
		const sidesWith = async (settings = {}): Promise<[Side, Side]> => [
			await packageSide(client, companies[0], smallOnes[0], settings),
			await rivalSide(client, companies[1], smallOnes[1], settings),
		];
		const measure = async (run: string, kept: Kept, sides: Side[]) => {
			for (const side of sides) await measureOne(arena, results, { people: size, run, kept, side });
		};
		const sides = await sidesWith();
		await measure('first load', 'every run kept', sides);
		for (const { learnUpon } of companies) learnUpon.acceptAllInvites();
		await measure('all invitations accepted', 'every run kept', sides);
		for (let repeat = 0; repeat < REPEATS; repeat++) await measure(NO_CHANGE, 'every run kept', sides);
		await measure(NO_CHANGE, 'successes not kept', await sidesWith({ saveDataSuccessExecution: 'none' }));
		if (size === EVENT_SIZE) {
			for (const side of sides) {
				for await (const row of eventRows(arena, side)) {
					results.events.push(row);
					await save(results);
					log(`${row.side}: ${row.event}: ${row.run.status}, then ${describeHarm(row.next.harm)}`);
				}
			}
		}
	} finally {
		for (const sandbox of sandboxes) await sandbox.close();
	}
}

async function measureOne(
	arena: Arena,
	results: Results,
	{ people, run, kept, side }: { people: number; run: string; kept: Kept; side: Side },
): Promise<void> {
	const { weights, ...figures } = await measured(arena, side);
	const { sandbox } = side;
	const state = describeHarm(harmTo(sandbox.personio.people.values(), sandbox, new Map()));
	results.runs.push({ people, run, kept, side: side.name, ...figures, state });
	if (run === NO_CHANGE && weights.length > 0) {
		results.weights = results.weights.filter((each) => each.people !== people || each.side !== side.name);
		results.weights.push({ people, side: side.name, nodes: weights });
	}
	await save(results);
	log(
		`${people}, ${run}, ${kept}, ${side.name}: ${figures.seconds.toFixed(1)} s, ${figures.status}, ${state}`,
	);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
