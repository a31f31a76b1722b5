import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { N8nClient } from '../../n8n/client';
import { installN8n, type Installation } from '../../n8n/install';
import { run } from '../../n8n/run';
import { startN8n, type RunningN8n } from '../../n8n/server';
import { AT_SPEED, SPEED } from '../../n8n/speed';
import { Database } from './database';
import { ProcessWatch, n8nIn } from './processes';

const CHECKOUT = resolve(__dirname, '..', '..', '..');

/** Documented minutes last a second: in the sandbox, in the package's clock and in the rival's pauses. */
export const TIME_SCALE = SPEED;

/** For n8n to end what it does after a start or a run, and to collect garbage. */
const SETTLE_MS = 5000;

/** The one n8n in which both workflows run, as an operator has it, with the packed package in it. */
export class Arena {
	readonly database: Database;
	private watch: ProcessWatch | undefined;

	private constructor(
		private readonly n8n: RunningN8n,
		private readonly installation: Installation,
	) {
		this.database = new Database(installation, n8n.userFolder);
	}

	static async open(log: (line: string) => void): Promise<Arena> {
		const installation = await installN8n({ log });
		const n8n = await startN8n({
			installation,
			packageFolder: CHECKOUT,
			editor: false,
			env: {
				...AT_SPEED,
				NODE_OPTIONS: `${AT_SPEED['NODE_OPTIONS']} --require ${resolve(__dirname, 'collect.cjs')}`,
			},
		});
		return new Arena(n8n, installation);
	}

	get client(): N8nClient {
		return this.n8n.client;
	}

	/** Of the Node that runs n8n. */
	async nodeVersion(): Promise<string> {
		const { node: command } = this.installation;
		return (await run({ command, args: ['--version'], cwd: CHECKOUT })).trim();
	}

	logs(): string {
		return this.n8n.logs();
	}

	/** A process that knows of nothing but a small run, at rest. */
	async refresh(warmUp: () => Promise<void>): Promise<ProcessWatch> {
		await this.watch?.stop();
		this.watch = undefined;
		await this.n8n.restart();
		await warmUp();
		await sleep(SETTLE_MS);
		this.watch = ProcessWatch.start(this.installation.node, n8nIn(this.n8n.userFolder));
		return this.watch;
	}

	async close(): Promise<void> {
		await this.watch?.stop();
		await this.n8n.stop();
	}
}
