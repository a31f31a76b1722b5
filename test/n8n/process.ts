import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { signalGroup, spawnOwned } from './lifetime';
import type { Installation } from './install';
import { tail } from './run';

/** One process of n8n, which can be started again after its end. */
export interface ProcessOptions {
	/** As an operator calls it. */
	name: string;
	installation: Installation;
	/** n8n's own command with its options. */
	command: string[];
	folder: string;
	env(): Promise<Record<string, string>>;
	/** Where it tells that it is ready. */
	url: string;
	/** Whether it has an interface for users, which n8n 1.x opens a little later. */
	hasUsers: boolean;
}

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 15_000;
const LOG_LIMIT = 2_000_000;

/**
 * Ends n8n, and what it started, when the process that started it was killed and could not do so. At once:
 * an orderly end would write to the log, which nobody reads any more, and n8n never gets over that.
 */
const FOLLOW_PARENT =
	'data:text/javascript,process.on("disconnect",()=>process.kill(-process.pid,"SIGKILL"));process.channel?.unref()';

export class N8nProcess {
	private child: ChildProcess | undefined;
	private output = '';

	constructor(private readonly options: ProcessOptions) {}

	/** Everything that it printed since the first start, the latest two million characters at most. */
	logs(): string {
		return this.output;
	}

	async start(): Promise<void> {
		const { installation, command, folder, env } = this.options;
		const { node, n8n } = installation;
		const child = spawnOwned(node, ['--import', FOLLOW_PARENT, n8n, ...command], {
			cwd: folder,
			env: await env(),
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		});
		this.child = child;
		let ended: string | undefined;
		child.once('error', (error) => (ended = error.message));
		child.once('exit', (code, signal) => (ended = `it ended with ${signal ?? `code ${code}`}`));
		const keep = (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-LOG_LIMIT));
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
		await this.untilReady(() => ended);
	}

	private async untilReady(ended: () => string | undefined): Promise<void> {
		const { name, url, hasUsers } = this.options;
		const deadline = Date.now() + START_TIMEOUT_MS;
		const isReady = async () =>
			(await statusOf(`${url}/healthz/readiness`)) === 200 &&
			(!hasUsers || ![undefined, 404].includes(await statusOf(`${url}/rest/login`)));
		while (!(await isReady())) {
			const late = Date.now() > deadline ? `it was not ready after ${START_TIMEOUT_MS / 1000} s` : undefined;
			const reason = ended() ?? late;
			if (reason !== undefined) {
				throw new Error(`${name} did not start: ${reason}. The end of its log:\n${tail(this.output, 40)}`);
			}
			await sleep(100);
		}
	}

	/** SIGKILL ends it as a crash would, with all that it started. */
	async end(signal: NodeJS.Signals): Promise<void> {
		const child = this.child;
		if (!child || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
		const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		if (signal === 'SIGKILL') signalGroup(child, signal);
		else child.kill(signal);
		const impatience = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
		await gone;
		clearTimeout(impatience);
	}
}

async function statusOf(url: string): Promise<number | undefined> {
	try {
		const { status } = await axios.get(url, { proxy: false, timeout: 5_000, validateStatus: () => true });
		return status;
	} catch {
		return undefined;
	}
}
