import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { N8nClient, type Login } from './client';
import { freePort, n8nEnvironment } from './environment';
import type { Installation } from './install';
import { ownUntilExit, signalGroup, spawnOwned } from './lifetime';
import { layPackage, packPackage } from './package';
import { N8nApiError } from './rest';
import { tail, withProgress, type Log } from './run';

export interface StartOptions {
	installation: Installation;
	/** A built checkout, which is packed first … */
	packageFolder?: string;
	/** … or the packed package itself. */
	tarball?: string;
	/** Where n8n keeps its database; a temporary folder, removed in the end, if not given. */
	userFolder?: string;
	/** False: without the pages of the editor, which n8n writes anew at each start. True if not given. */
	editor?: boolean;
	/** Any free port if not given. */
	port?: number;
	/** Added to n8n's environment, which is otherwise the same everywhere. */
	env?: Record<string, string>;
	owner?: Login;
	log?: Log;
}

/** Guards nothing: n8n listens on this machine only, and holds made-up people. */
const DEMO_OWNER: Login = { email: 'owner@demo.example', password: 'Demo-owner-1' };

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 15_000;
const LOG_LIMIT = 2_000_000;

/**
 * Ends n8n, and what it started, when the process that started it was killed and could not do so. At once:
 * an orderly end would write to the log, which nobody reads any more, and n8n never gets over that.
 */
const FOLLOW_PARENT =
	'data:text/javascript,process.on("disconnect",()=>process.kill(-process.pid,"SIGKILL"));process.channel?.unref()';

/** Starts n8n with the package in it and an owner signed in. */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const { log = () => undefined, owner = DEMO_OWNER } = options;
	const port = await freePort(options.port);
	const isTemporary = options.userFolder === undefined;
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-user-')));
	await mkdir(userFolder, { recursive: true });
	const removeFolder = () => isTemporary && rmSync(userFolder, { recursive: true, force: true });
	const n8n = new RunningN8n(options, port, userFolder, owner, log, removeFolder);
	try {
		await bringPackage(options, userFolder);
		await n8n.start();
	} catch (error) {
		await n8n.stop();
		throw error;
	}
	return n8n;
}

async function bringPackage({ tarball, packageFolder }: StartOptions, userFolder: string): Promise<void> {
	if (tarball !== undefined) await layPackage(tarball, userFolder);
	else if (packageFolder !== undefined) {
		const folder = await mkdtemp(join(tmpdir(), 'n8n-package-'));
		try {
			await layPackage((await packPackage(packageFolder, folder)).tarball, userFolder);
		} finally {
			await rm(folder, { recursive: true });
		}
	}
}

export class RunningN8n {
	readonly url: string;
	readonly client: N8nClient;
	private child: ChildProcess | undefined;
	private output = '';
	private readonly disown: () => void;

	constructor(
		private readonly options: StartOptions,
		private readonly port: number,
		readonly userFolder: string,
		readonly owner: Login,
		private readonly log: Log,
		private readonly removeFolder: () => void,
	) {
		this.url = `http://127.0.0.1:${port}`;
		this.client = new N8nClient(this.url);
		this.disown = ownUntilExit({ release: async () => await this.stop(), drop: removeFolder });
	}

	/** Everything that n8n printed since the first start, the latest two million characters at most. */
	logs(): string {
		return this.output;
	}

	/** @internal called by `startN8n` and `restart` */
	async start(): Promise<void> {
		const { node, n8n, folder } = this.options.installation;
		const env = {
			...(await n8nEnvironment({ node, cache: folder, userFolder: this.userFolder, port: this.port })),
			...(this.options.editor === false && { N8N_DISABLE_UI: 'true' }),
			...this.options.env,
		};
		const child = spawnOwned(node, ['--import', FOLLOW_PARENT, n8n, 'start'], {
			cwd: this.userFolder,
			env,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		});
		this.child = child;
		let ended: string | undefined;
		child.once('error', (error) => (ended = error.message));
		child.once('exit', (code, signal) => (ended = `it ended with ${signal ?? `code ${code}`}`));
		const keep = (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-LOG_LIMIT));
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);

		await withProgress(this.log, 'Starting n8n', async () => {
			await this.untilReady(() => ended);
			await this.signIn();
		});
	}

	private async untilReady(ended: () => string | undefined): Promise<void> {
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!(await isReady(this.url))) {
			const late = Date.now() > deadline ? `it was not ready after ${START_TIMEOUT_MS / 1000} s` : undefined;
			const reason = ended() ?? late;
			if (reason !== undefined) {
				throw new Error(`n8n did not start: ${reason}. The end of its log:\n${tail(this.output, 40)}`);
			}
			await sleep(100);
		}
	}

	private async signIn(): Promise<void> {
		try {
			await this.client.setupOwner(this.owner);
		} catch (error) {
			// The answer of an n8n that has its owner already, as in a folder that was kept.
			if (!(error instanceof N8nApiError) || error.status !== 400) throw error;
			await this.client.login(this.owner);
		}
	}

	/** Ends n8n in an orderly way, starts it again on the same port and data, and signs in. */
	async restart(): Promise<void> {
		await this.end('SIGTERM');
		await this.start();
	}

	/** Ends n8n as a crash would; `restart` brings it back. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		await this.end(signal);
	}

	/** Ends n8n and removes its data if they were temporary. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
		this.disown();
		this.removeFolder();
	}

	private async end(signal: NodeJS.Signals): Promise<void> {
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

async function isReady(url: string): Promise<boolean> {
	try {
		const { status } = await axios.get(`${url}/healthz/readiness`, {
			proxy: false,
			timeout: 5_000,
			validateStatus: () => true,
		});
		return status === 200;
	} catch {
		return false;
	}
}
