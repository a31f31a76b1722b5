import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackages, onPath } from './debian';
import { freePort } from './environment';
import { ownUntilExit, spawnOwned } from './lifetime';
import { run, tail, withProgress, type Log } from './run';

/** What n8n's queue mode needs beside n8n, on 127.0.0.1. */
export interface Services {
	/** n8n's settings for both. */
	env: Record<string, string>;
	stop(): Promise<void>;
}

const DEBIAN_FOLDER = '/usr/lib/postgresql';
/** Debian's packages of a database make this user; PostgreSQL refuses to be root's. */
const SERVANT = 'postgres';
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const POLL_MS = 50;

/**
 * Starts PostgreSQL and Redis on free ports with data in a temporary folder, and fetches them with apt where
 * they are missing. Those that Debian starts by itself are not touched.
 */
export async function startServices(log: Log): Promise<Services> {
	const postgresFolder = await requireServices(log);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-services-'));
	const disown = ownUntilExit({ drop: () => rmSync(folder, { recursive: true, force: true }) });
	const started: Service[] = [];
	const stop = async () => {
		for (const service of [...started].reverse()) await service.stop();
		await rm(folder, { recursive: true, force: true });
		disown();
	};
	try {
		return await withProgress(log, 'Starting PostgreSQL and Redis', async () => {
			await giveToServant(folder);
			const redis = await startRedis(folder, started);
			const postgres = await startPostgres(folder, postgresFolder, started);
			return { env: { ...redis, ...postgres }, stop };
		});
	} catch (error) {
		await stop();
		throw error;
	}
}

/** @returns the folder of PostgreSQL's programs */
async function requireServices(log: Log): Promise<string> {
	const missing = [
		...((await postgresPrograms()) === undefined ? ['postgresql'] : []),
		...(onPath('redis-server') ? [] : ['redis-server']),
		...(onPath('setpriv') ? [] : ['util-linux']),
	];
	if (missing.length > 0) await installPackages(missing, "to try n8n's queue mode", log);
	const found = await postgresPrograms();
	if (found === undefined)
		throw new Error(`No PostgreSQL was found, neither on PATH nor in ${DEBIAN_FOLDER}.`);
	return found;
}

/** Debian keeps them off PATH, in a folder for each version; the newest is taken. */
async function postgresPrograms(): Promise<string | undefined> {
	const versions = await readdir(DEBIAN_FOLDER).catch(() => []);
	const ofDebian = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN_FOLDER, version, 'bin'));
	const folders = [...ofDebian, ...(process.env['PATH'] ?? '').split(delimiter)];
	return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

async function startRedis(folder: string, started: Service[]): Promise<Record<string, string>> {
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	const redis = new Service('Redis', ['redis-server', ...args], folder, 'SIGTERM');
	started.push(redis);
	await redis.untilReady(async () => (await answerOf(port, 'PING\r\n')).startsWith('+PONG'));
	return { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) };
}

async function startPostgres(
	folder: string,
	programs: string,
	started: Service[],
): Promise<Record<string, string>> {
	const port = String(await freePort());
	const data = join(folder, 'postgres');
	const password = randomBytes(12).toString('hex');
	const passwordFile = join(folder, 'password');
	await writeFile(passwordFile, password, { mode: 0o600 });
	await giveToServant(passwordFile);
	const [command = '', ...before] = asServant();
	const make = [join(programs, 'initdb'), '--pgdata', data, '--username', SERVANT, '--pwfile', passwordFile];
	const form = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
	await run({ command, args: [...before, ...make, ...form], cwd: folder });

	// A database that nobody keeps needs no care for its disk.
	const settings = ['fsync=off', 'full_page_writes=off', 'dynamic_shared_memory_type=mmap'];
	const where = ['-D', data, '-h', '127.0.0.1', '-p', port, '-k', folder];
	const options = [...where, ...settings.flatMap((setting) => ['-c', setting])];
	const postgres = new Service('PostgreSQL', [join(programs, 'postgres'), ...options], folder, 'SIGINT');
	started.push(postgres);
	await postgres.untilReady(async () => {
		const args = ['-h', '127.0.0.1', '-p', port];
		await run({ command: join(programs, 'pg_isready'), args, cwd: folder });
		return true;
	});
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: port,
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: SERVANT,
		DB_POSTGRESDB_PASSWORD: password,
	};
}

class Service {
	private readonly child: ChildProcess;
	private output = '';
	private ended: string | undefined;

	/** @param gently the signal that ends it in an orderly way */
	constructor(
		private readonly name: string,
		command: string[],
		folder: string,
		private readonly gently: NodeJS.Signals,
	) {
		const [program = '', ...args] = [...asServant('SIGQUIT'), ...command];
		this.child = spawnOwned(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
		this.child.once('error', ({ message }) => (this.ended = message));
		this.child.once('exit', (code, signal) => (this.ended = `it ended with ${signal ?? `code ${code}`}`));
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream?.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-100_000)));
		}
	}

	async untilReady(isReady: () => Promise<boolean>): Promise<void> {
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!(await isReady().catch(() => false))) {
			const late = Date.now() > deadline ? `it was not ready after ${START_TIMEOUT_MS / 1000} s` : undefined;
			const reason = this.ended ?? late;
			if (reason !== undefined)
				throw new Error(`${this.name} did not start: ${reason}. The end of its log:\n${tail(this.output)}`);
			await sleep(POLL_MS);
		}
	}

	async stop(): Promise<void> {
		if (this.ended !== undefined) return;
		const gone = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
		this.child.kill(this.gently);
		const impatience = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
		await gone;
		clearTimeout(impatience);
	}
}

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * What has to stand before a command so that it runs as somebody other than root, and ends with the process
 * that started it however that ends.
 */
function asServant(lastSignal?: NodeJS.Signals): string[] {
	const identity = isRoot() ? [`--reuid=${SERVANT}`, `--regid=${SERVANT}`, '--init-groups'] : [];
	const end = lastSignal ? ['--pdeathsig', lastSignal] : [];
	return ['setpriv', ...identity, ...end];
}

async function giveToServant(path: string): Promise<void> {
	if (!isRoot()) return;
	const id = async (which: string) => Number(await run({ command: 'id', args: [which, SERVANT], cwd: '/' }));
	await chown(path, await id('-u'), await id('-g'));
}

/** The first thing that a server says to a line. */
async function answerOf(port: number, line: string): Promise<string> {
	return await new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => socket.write(line));
		socket.once('data', (chunk: Buffer) => {
			socket.destroy();
			resolve(chunk.toString());
		});
		socket.once('error', reject);
	});
}
