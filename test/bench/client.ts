/** n8n's engine with the built nodes, in a process of its own, so that its memory is that of one run. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { serialize } from 'node:v8';
import type { IDataObject } from 'n8n-workflow';

import type { PlanInput, Plan } from '../../nodes/LmsSync/sync/plan';
import type { Report } from '../../nodes/LmsSync/report/summary';
import type * as Clock from '../../nodes/shared/transport/clock';
import { startEngine, type Engine } from '../engine/harness';
import { canvasOf, PLAN, READ, REPORT } from './canvas';
import type { Cell } from './cells';
import { sinceNow, type Effort } from './effort';
import { idle, peakSince } from './memory';
import { serve } from './process';
import type { Place } from './world';

export interface ClientOrder extends Place {
	cell: Cell;
	speed: number;
	/** What n8n keeps with the workflow. */
	memory: IDataObject;
}

export interface Ran {
	effort: Effort;
	idleBytes: number;
	peakBytes: number;
	decisions: Report['decisions'];
	outcomes: Report['outcomes'];
	failed: number;
	held: number;
	/** Decisions that no step carried out, and such as got lost on the way. */
	undone: number;
	comparison?: string;
	/** The first sentences about people who failed or are held. */
	words: string[];
	memory: IDataObject;
}

const required = createRequire(__filename);
/** The built files that the nodes use too. */
const { clock } = required('../../dist/nodes/shared/transport/clock') as typeof Clock;
const built = required('../../dist/nodes/LmsSync/sync/plan') as { plan(input: PlanInput): Plan };

let engine: Engine;
let order: ClientOrder;

const methods = {
	async start(given: ClientOrder): Promise<void> {
		order = given;
		clock.speed = order.speed;
		engine = await startEngine(order.credentials);
	},

	/** Puts what the plans of the run work on into a file. */
	async capture(file: string): Promise<void> {
		const { plan } = built;
		const inputs: PlanInput[] = [];
		built.plan = (input) => {
			// What n8n keeps comes in a form that tells n8n of changes, which no file can hold.
			const memory = JSON.parse(JSON.stringify(input.memory ?? null)) as PlanInput['memory'];
			inputs.push({ ...input, ...(memory && { memory }) });
			return plan(input);
		};
		const { nodes } = canvasOf(order.cell, order.rootGroup);
		const some = [READ, PLAN].flatMap((name) => nodes.filter((node) => node.name === name));
		const { error } = await engine.chain(some, [{}], structuredClone(order.memory));
		if (error) throw error;
		writeFileSync(file, serialize(inputs));
	},

	async run(): Promise<Ran> {
		const { nodes, connections } = canvasOf(order.cell, order.rootGroup);
		const memory = structuredClone(order.memory);
		await sleep(500);
		const idleBytes = idle();
		const peak = peakSince();
		const effort = sinceNow();
		const { data } = await engine.workflow(nodes, connections, memory);
		const spent = effort();
		const peakBytes = peak();
		const { error, runData } = data.resultData;
		if (error) throw error;
		const report = runData[REPORT]?.[0]?.data?.main?.[0]?.[0]?.json as unknown as Report | undefined;
		if (report === undefined) throw new Error('There is no report.');
		const { decisions, outcomes, failed, held, undone, lost, run } = report;
		return {
			effort: spent,
			idleBytes,
			peakBytes,
			decisions,
			outcomes,
			failed: failed.length,
			held: held.length,
			undone: undone + lost,
			...(run?.comparison && { comparison: run.comparison.kind }),
			words: [...failed, ...held].slice(0, 5).map(({ who, message }) => `${who}: ${message}`),
			memory,
		};
	},
};

export type Client = typeof methods;

serve(methods);
