import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAxiosError } from 'axios';

import type { N8nClient } from '../../n8n/client';
import { Execution, isSettled, type ExecutionStatus, type ExecutionSummary } from '../../n8n/execution';
import { N8nApiError } from '../../n8n/rest';
import type { Call } from '../../sandbox';
import type { Arena } from './arena';
import type { DatabaseSize } from './database';
import type { Side } from './side';
import { weightsOf, type Weight } from './weights';

const POLL_MS = 100;
const START_MS = 120_000;
const RUN_MS = 7_200_000;
/** n8n goes on writing for a moment after it has told the end. */
const AFTERMATH_MS = 2000;

export interface CallCount {
	reads: number;
	writes: number;
	/** Among these, answered with 429. */
	refused: number;
}

export interface Ending {
	/** `not kept`: a run that succeeded and whose workflow keeps no such runs. */
	status: ExecutionStatus | 'not kept';
	/** What n8n shows of a run that is no success. */
	message?: string;
	/** People whom the run itself says that it has failed for; unknown of a run that is not kept. */
	failed?: number;
}

export interface Measured extends Ending {
	/** From the first call to a vendor to the end: our trigger reads before n8n starts the execution. */
	seconds: number;
	/** Of n8n's processes: hardly moved by what else the machine does. */
	cpuSeconds: number;
	personio: CallCount;
	learnUpon: CallCount;
	idleBytes: number;
	peakBytes: number;
	processes: Array<{ name: string; bytes: number }>;
	growth: DatabaseSize;
	weights: Weight[];
	/** Of the machine in the minute before the end; it has other work, too. */
	load: number;
}

/** One run of a workflow by its own trigger, in an n8n that was at rest. */
export async function measured(arena: Arena, side: Side): Promise<Measured> {
	const { client, database } = arena;
	const watch = await arena.refresh(async () => await side.warmUp());
	const before = await database.size();
	const idleBytes = await watch.idle();
	await watch.reset();
	const { execution, end } = await triggered(client, side);
	const { peak, cpuSeconds } = await watch.take();
	const [load] = loadavg();
	await sleep(AFTERMATH_MS);
	const after = await database.size();
	const text = end === undefined ? await database.execution(execution.id) : undefined;
	return {
		...endingOf(side, execution, text),
		...callsOf(side, end ?? Date.parse(execution.stoppedAt ?? '')),
		cpuSeconds,
		idleBytes,
		peakBytes: peak.bytes,
		processes: peak.processes,
		growth: {
			bytes: after.bytes - before.bytes,
			usedBytes: after.usedBytes - before.usedBytes,
			doomedBytes: after.doomedBytes - before.doomedBytes,
			binaryBytes: after.binaryBytes - before.binaryBytes,
		},
		weights: text === undefined ? [] : weightsOf(text),
		load: load ?? 0,
	};
}

/** A run of which only the result counts. */
export async function ended({ client, database }: Arena, side: Side): Promise<Ending> {
	const { execution, end } = await triggered(client, side);
	return endingOf(side, execution, end === undefined ? await database.execution(execution.id) : undefined);
}

function endingOf(side: Side, summary: ExecutionSummary, text: string | undefined): Ending {
	if (text === undefined) return { status: 'not kept' };
	const execution = new Execution({ ...summary, data: text });
	const message = execution.error?.message;
	return {
		status: summary.status,
		...(message !== undefined && { message }),
		failed: side.failed(execution),
	};
}

function callsOf({ sandbox: { personio, learnUpon } }: Side, end: number) {
	const start = Math.min(...[personio.calls[0], learnUpon.calls[0]].map((call) => call?.at ?? Infinity));
	return {
		seconds: (end - start) / 1000,
		personio: counted(personio.calls),
		learnUpon: counted(learnUpon.calls),
	};
}

function counted(calls: readonly Call[]): CallCount {
	const writes = calls.filter(({ kind }) => kind === 'write').length;
	const refused = calls.filter(({ status }) => status === 429).length;
	return { reads: calls.length - writes, writes, refused };
}

interface Ended {
	execution: ExecutionSummary;
	/** When it was gone, if n8n keeps nothing of it. */
	end?: number;
}

/**
 * Lets the workflow's own trigger start it once, and waits for the end by the short list of executions: to
 * ask for the whole of one would cost n8n more than the run.
 */
async function triggered(client: N8nClient, side: Side): Promise<Ended> {
	const { workflowId, sandbox } = side;
	const known = await until(START_MS, async () => await client.executions(workflowId));
	const isNew = (id: string) => !known.some((execution) => execution.id === id);
	sandbox.personio.clearCalls();
	sandbox.learnUpon.clearCalls();
	await side.publish();
	try {
		const started = await until(START_MS, async () =>
			(await client.executions(workflowId)).find(({ id, mode }) => isNew(id) && mode === 'trigger'),
		);
		return await until(RUN_MS, async () => {
			const execution = (await client.executions(workflowId)).find(({ id }) => id === started.id);
			if (execution === undefined) return { execution: started, end: Date.now() };
			return isSettled(execution) ? { execution } : undefined;
		});
	} finally {
		await until(START_MS, async () => {
			await client.unpublish(workflowId);
			return true;
		});
	}
}

async function until<T>(timeoutMs: number, attempt: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const result = await attempt().catch(whileBusy);
		if (result !== undefined) return result;
		if (Date.now() > deadline) throw new Error(`Nothing happened within ${timeoutMs / 1000} s.`);
		await sleep(POLL_MS);
	}
}

/**
 * An n8n that computes for seconds drops connections, and takes its database for lost meanwhile. One that is
 * gone lets the deadline pass.
 */
function whileBusy(error: unknown): undefined {
	if (isAxiosError(error) && error.response === undefined) return undefined;
	if (error instanceof N8nApiError && error.status === 503) return undefined;
	throw error;
}
