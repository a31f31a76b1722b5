import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessLook {
	/** The most that all processes together held at one moment, and what each of them held then. */
	peak: { bytes: number; processes: Array<{ name: string; bytes: number }> };
	median: number;
	/** Used by all of them since the last reset. */
	cpuSeconds: number;
}

const IDLE_MS = 2000;
/** It says twice that this checkout has no "type": Node finds out by itself. */
const QUIET = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'];

/**
 * Resident memory (RSS) of n8n's main process and of all that it started, its task runner above all, added
 * up. Pages that they share count in each of them, which is the same at rest and at the peak.
 */
export class ProcessWatch {
	private constructor(
		private readonly sampler: ChildProcess,
		private readonly pid: number,
	) {}

	/** @param node a Node that strips types, as 24 does */
	static start(node: string, pid: number): ProcessWatch {
		const sampler = fork(resolve(__dirname, 'sampler.ts'), [String(pid)], {
			execPath: node,
			execArgv: QUIET,
		});
		return new ProcessWatch(sampler, pid);
	}

	/** Forgets the peak. */
	async reset(): Promise<ProcessLook> {
		return await this.ask('reset');
	}

	async take(): Promise<ProcessLook> {
		return await this.ask('take');
	}

	/** The middle one of the values of two seconds in which nothing is asked of n8n, its garbage collected. */
	async idle(): Promise<number> {
		process.kill(this.pid, 'SIGUSR2');
		await sleep(IDLE_MS);
		await this.reset();
		await sleep(IDLE_MS);
		return (await this.take()).median;
	}

	async stop(): Promise<void> {
		const gone = once(this.sampler, 'exit');
		this.sampler.disconnect();
		await gone;
	}

	private async ask(question: 'reset' | 'take'): Promise<ProcessLook> {
		const answer = once(this.sampler, 'message');
		this.sampler.send(question);
		const [look] = (await answer) as [ProcessLook];
		return look;
	}
}

/** The main process of the n8n whose data are in this folder. */
export function n8nIn(userFolder: string): number {
	for (const entry of readdirSync('/proc')) {
		if (!/^\d+$/.test(entry)) continue;
		try {
			const isN8n = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0').includes('start');
			const environment = readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0');
			if (isN8n && environment.includes(`N8N_USER_FOLDER=${userFolder}`)) return Number(entry);
		} catch {
			// Gone meanwhile, or somebody else's.
		}
	}
	throw new Error(`No n8n runs on ${userFolder}.`);
}
