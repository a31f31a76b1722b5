import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, type Login } from './client';
import { N8n1Client } from './client1';
import { freePort, n8nEnvironment } from './environment';
import type { Installation } from './install';
import { ownUntilExit } from './lifetime';
import { layPackage, packPackage } from './package';
import { N8nProcess } from './process';
import { N8nApiError } from './rest';
import { withProgress, type Log } from './run';

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
	private readonly process: N8nProcess;
	private readonly disown: () => void;

	constructor(
		options: StartOptions,
		port: number,
		readonly userFolder: string,
		readonly owner: Login,
		private readonly log: Log,
		private readonly removeFolder: () => void,
	) {
		this.url = `http://127.0.0.1:${port}`;
		this.client = options.installation.release.n8n.startsWith('1.')
			? new N8n1Client(this.url)
			: new N8nClient(this.url);
		this.process = new N8nProcess({
			name: 'n8n',
			installation: options.installation,
			command: ['start'],
			folder: userFolder,
			url: this.url,
			hasUsers: true,
			env: async () => await environmentOf(options, port, userFolder),
		});
		this.disown = ownUntilExit({ release: async () => await this.stop(), drop: removeFolder });
	}

	/** Everything that n8n printed since the first start, the latest two million characters at most. */
	logs(): string {
		return this.process.logs();
	}

	/** @internal called by `startN8n` and `restart` */
	async start(): Promise<void> {
		await withProgress(this.log, 'Starting n8n', async () => {
			await this.process.start();
			await this.signIn();
		});
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
		await this.process.end('SIGTERM');
		await this.start();
	}

	/** Ends n8n as a crash would; `restart` brings it back. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		await this.process.end(signal);
	}

	/** Ends n8n and removes its data if they were temporary. */
	async stop(): Promise<void> {
		await this.process.end('SIGTERM');
		this.disown();
		this.removeFolder();
	}
}

async function environmentOf(
	{ installation, editor, env }: StartOptions,
	port: number,
	userFolder: string,
): Promise<Record<string, string>> {
	return {
		...(await n8nEnvironment({ installation, userFolder, port })),
		...(editor === false && { N8N_DISABLE_UI: 'true' }),
		...env,
	};
}
