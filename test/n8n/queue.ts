import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, n8nEnvironment } from './environment';
import type { Installation } from './install';
import { ownUntilExit } from './lifetime';
import { layPackage, packPackage } from './package';
import { N8nProcess } from './process';
import { withProgress, type Log } from './run';
import { startN8n, type RunningN8n } from './server';
import { startServices } from './services';

export interface QueueOptions {
	installation: Installation;
	/** A built checkout. */
	packageFolder: string;
	workers: number;
	log: Log;
}

/** What all processes of one n8n share, beside the database and the queue. */
const SHARED = {
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	// A worker that was killed is noticed after seconds instead of a minute.
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/**
 * Starts n8n's queue mode: a main process and workers on PostgreSQL and Redis. Each has a folder of its own, as
 * on machines of their own, with the package in it.
 */
export async function startQueue({
	installation,
	packageFolder,
	workers,
	log,
}: QueueOptions): Promise<Queue> {
	const started: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => {
		for (const each of [...started].reverse()) await each.stop();
	};
	try {
		const services = await startServices(log);
		started.push(services);
		const folder = await mkdtemp(join(tmpdir(), 'n8n-queue-'));
		started.push({ stop: async () => await remove(folder) });
		const { tarball } = await packPackage(packageFolder, folder);
		const env = { ...SHARED, ...services.env, N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64') };
		// The first one, since it brings the database up to date.
		const main = await startN8n({ installation, tarball, editor: false, env, log });
		started.push(main);
		const all: Worker[] = [];
		await withProgress(log, `Starting ${workers} workers`, async () => {
			for (let number = 1; number <= workers; number++) {
				const worker = await Worker.prepare({ installation, tarball, number, mainUrl: main.url, env });
				started.push(worker);
				all.push(worker);
			}
			await Promise.all(all.map(async (worker) => await worker.start()));
		});
		return { main, workers: all, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

export interface Queue {
	main: RunningN8n;
	workers: Worker[];
	stop(): Promise<void>;
}

const remove = async (folder: string) => await rm(folder, { recursive: true, force: true });

/** A process that carries out executions, one at a time, so that two at once go to two workers. */
export class Worker {
	private constructor(
		private readonly process: N8nProcess,
		private readonly userFolder: string,
		private readonly disown: () => void,
	) {}

	static async prepare({ installation, tarball, number, mainUrl, env }: WorkerOptions): Promise<Worker> {
		const userFolder = await mkdtemp(join(tmpdir(), 'n8n-worker-'));
		const disown = ownUntilExit({ drop: () => rmSync(userFolder, { recursive: true, force: true }) });
		await layPackage(tarball, userFolder);
		const health = await freePort();
		const process = new N8nProcess({
			name: `Worker ${number}`,
			installation,
			command: ['worker', '--concurrency=1'],
			folder: userFolder,
			url: `http://127.0.0.1:${health}`,
			hasUsers: false,
			env: async () => ({
				// With the address of the main process, to which the forms of executions lead.
				...(await n8nEnvironment({ installation, userFolder, port: Number(new URL(mainUrl).port) })),
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(health),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
				...env,
			}),
		});
		return new Worker(process, userFolder, disown);
	}

	async start(): Promise<void> {
		await this.process.start();
	}

	async kill(): Promise<void> {
		await this.process.end('SIGKILL');
	}

	async stop(): Promise<void> {
		await this.process.end('SIGTERM');
		this.disown();
		await remove(this.userFolder);
	}

	logs(): string {
		return this.process.logs();
	}

	/** Ids of the executions that it has begun. */
	executions(): string[] {
		return [...this.logs().matchAll(/Worker started execution (\d+)/g)].map(([, id]) => id ?? '');
	}
}

interface WorkerOptions {
	installation: Installation;
	tarball: string;
	number: number;
	mainUrl: string;
	env: Record<string, string>;
}
