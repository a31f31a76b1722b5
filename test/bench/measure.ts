import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { nameOf, speedOf, type Cell } from './cells';
import { circumstances, type Circumstances } from './circumstances';
import type { Client, Ran } from './client';
import { benchCompany, manyLeavers, NO_CHANGES, usualDay, type Changes } from './company';
import { sum } from './minimum';
import type { Planned, Planning } from './planning';
import { Helper } from './process';
import type { Log, Place, Sizes, World } from './world';

/** What came of one cell, before anything is made of it. */
export interface Result {
	cell: Cell;
	/** With the code that was measured. */
	about: Circumstances;
	speed: number;
	changes: Changes;
	/** Before the run. */
	sizes: Sizes;
	planned: Planned;
	ran: Omit<Ran, 'memory'>;
	log: Log;
	/** ISO instant, and the seconds that the whole cell took, with everything around the run. */
	measuredAt: string;
	took: number;
}

/** Without limits of a vendor, a plan waits for nothing. */
const UNLIMITED = 1000;
/** A first load, the acceptance of the invitations, and then at most so many runs until nothing is to be done. */
const RUNS_TO_REST = 3;
/** Of which the median counts: a second of one process is not that of the next. */
const PLANNING_PROCESSES = 5;

const module = (name: string) => resolve(__dirname, `${name}.ts`);
const newWorld = () => new Helper<World>(module('world'), ['--max-old-space-size=8192']);
/** With the heap that n8n would have: how much garbage piles up depends on how much there may be. */
const newClient = () => new Helper<Client>(module('client'), ['--expose-gc']);

interface Settings {
	/** For what comes of cells. */
	results: string;
	/** For what further runs begin with. */
	cache: string;
	code: string;
	log(line: string): void;
}

/** Measures cells, and keeps what came of them. */
export class Bench {
	constructor(private readonly settings: Settings) {}

	/** What was measured before, if it was the same code at the same speed. */
	async known(cell: Cell): Promise<Result | undefined> {
		const text = await readFile(this.resultFile(cell), 'utf8').catch(() => undefined);
		const result = text === undefined ? undefined : (JSON.parse(text) as Result);
		return result?.about.code === this.settings.code && result.speed === speedOf(cell) ? result : undefined;
	}

	async measure(cell: Cell): Promise<Result> {
		const start = performance.now();
		const { results, cache, code } = this.settings;
		for (const folder of [results, cache]) await mkdir(folder, { recursive: true });
		const isFirst = cell.run === 'firstLoad';
		const rest = isFirst ? undefined : await this.atRest(cell);
		const speed = speedOf(cell);
		const changes = changesOf(cell);
		const world = newWorld();
		try {
			const place = await world.ask('start', {
				platform: cell.platform,
				people: cell.people,
				...(rest && { kept: rest.kept }),
				changes,
				speed,
			});
			const sizes = await world.ask('sizes');
			const memory = rest?.memory ?? {};
			const planned = await this.planning(cell, place, memory);
			const client = newClient();
			await client.ask('start', { ...place, cell, speed, memory });
			await world.ask('begin');
			const { memory: after, ...ran } = await client.ask('run');
			const log = await world.ask('log');
			await client.end();
			if (isFirst) await this.bringToRest(cell, world, place, after);
			const measuredAt = new Date().toISOString();
			const took = (performance.now() - start) / 1000;
			const about = circumstances(code);
			const result: Result = { cell, about, speed, changes, sizes, planned, ran, log, measuredAt, took };
			await writeFile(this.resultFile(cell), `${JSON.stringify(result, undefined, '\t')}\n`);
			return result;
		} finally {
			await world.end();
		}
	}

	private async planning(cell: Cell, place: Place, memory: IDataObject): Promise<Planned> {
		const file = join(this.settings.cache, `${nameOf(cell)}.plans`);
		const client = newClient();
		try {
			await client.ask('start', { ...place, cell, speed: UNLIMITED, memory });
			await client.ask('capture', file);
			await client.end();
			const measured: Planned[] = [];
			while (measured.length < PLANNING_PROCESSES) measured.push(await plannedAnew(file));
			return measured.sort((one, other) => sum(one.cpuSeconds) - sum(other.cpuSeconds))[
				Math.floor(PLANNING_PROCESSES / 2)
			]!;
		} finally {
			await client.end();
			await rm(file, { force: true });
		}
	}

	/** The platform after a first load, when a further run would do nothing, and what n8n keeps by then. */
	private async atRest({ platform, people }: Cell): Promise<{ kept: string; memory: IDataObject }> {
		const cell: Cell = { platform, people, run: 'firstLoad' };
		const { kept, memory } = this.restFiles(cell);
		const read = async () => JSON.parse(await readFile(memory, 'utf8')) as Kept;
		const known = await read().catch(() => undefined);
		if (known?.code === this.settings.code && isFresh(known)) return { kept, memory: known.memory };
		this.settings.log(`  ${people} people are loaded without limits first`);
		const world = newWorld();
		try {
			const place = await world.ask('start', { platform, people, changes: NO_CHANGES, speed: UNLIMITED });
			await this.bringToRest(cell, world, place, await this.unlimited(cell, place, {}));
		} finally {
			await world.end();
		}
		return { kept, memory: (await read()).memory };
	}

	private async bringToRest(
		cell: Cell,
		world: Helper<World>,
		place: Place,
		memory: IDataObject,
	): Promise<void> {
		await world.ask('free');
		await world.ask('accept');
		for (let run = 1; run <= RUNS_TO_REST; run++) {
			const before = (await world.ask('log')).lms.writes;
			memory = await this.unlimited(cell, place, memory);
			const writes = (await world.ask('log')).lms.writes - before;
			if (writes > 0) continue;
			const files = this.restFiles(cell);
			await world.ask('keep', files.kept);
			const kept: Kept = { code: this.settings.code, at: Date.now(), memory };
			await writeFile(files.memory, JSON.stringify(kept));
			return;
		}
		throw new Error(
			`${nameOf(cell)} does not come to rest: after ${RUNS_TO_REST} runs there are still writes.`,
		);
	}

	private async unlimited(cell: Cell, place: Place, memory: IDataObject): Promise<IDataObject> {
		const client = newClient();
		try {
			await client.ask('start', { ...place, cell, speed: UNLIMITED, memory });
			return (await client.ask('run')).memory;
		} finally {
			await client.end();
		}
	}

	private resultFile(cell: Cell): string {
		return join(this.settings.results, `${nameOf(cell)}.json`);
	}

	private restFiles({ platform, people }: Cell): { kept: string; memory: string } {
		const name = join(this.settings.cache, `${platform}-${people}-rest`);
		return { kept: `${name}.world`, memory: `${name}.json` };
	}
}

async function plannedAnew(file: string): Promise<Planned> {
	const planning = new Helper<Planning>(module('planning'), ['--expose-gc']);
	try {
		return await planning.ask('measure', file);
	} finally {
		await planning.end();
	}
}

interface Kept {
	code: string;
	at: number;
	memory: IDataObject;
}

/** A full comparison is due every week, and none is meant to be. */
const isFresh = ({ at }: Kept): boolean => Date.now() - at < 5 * 86_400_000;

function changesOf({ run, people }: Cell): Changes {
	if (run === 'usualDay') return usualDay(people);
	return run === 'manyLeavers' ? manyLeavers(benchCompany(people)) : NO_CHANGES;
}
