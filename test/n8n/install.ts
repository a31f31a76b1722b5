import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { whileLocked } from './install-lock';
import { npm } from './npm';
import { withProgress, type Log } from './run';
import { completeSqlite } from './sqlite';

/** An n8n that the package is tried in, and what it takes to install it. */
export interface Release {
	n8n: string;
	/** The Node that runs it, whatever runs our own tools. */
	node: string;
	/** npm's overrides for the folder that it is installed into. */
	overrides?: Record<string, string>;
	/** Settings that other releases do not know. */
	env?: Record<string, string>;
}

/** n8n 2.36 and later run on Node 24 only. */
export const N8N_2: Release = {
	n8n: '2.41.1',
	node: '24',
	// It would ask for a list of servers on the network.
	env: { N8N_DISABLED_MODULES: 'mcp-registry' },
};

/** Of the n8n that everything runs in where nothing else is said. */
export const N8N_VERSION = N8N_2.n8n;

/** The last of the 1.x; its xlsx is a file on a host of its own, beside the registry. */
export const N8N_1: Release = { n8n: '1.123.81', node: '22', overrides: { xlsx: '0.18.5' } };

const GIB = 1024 ** 3;
/** n8n unpacks to 2.8 GB, and npm keeps what it downloaded beside that. */
const NEEDED_BYTES = 4 * GIB;

export interface Installation {
	release: Release;
	/** The Node binary that runs n8n. */
	node: string;
	/** The script that this Node runs. */
	n8n: string;
	folder: string;
}

/** A folder of its own for each release, in `$N8N_E2E_CACHE` if that is set, else in the user's cache. */
function folderOf({ n8n }: Release): string {
	const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
	return join(process.env['N8N_E2E_CACHE'] || join(cache, 'n8n-nodes-personio-lms'), `n8n-${n8n}`);
}

/**
 * Makes sure that n8n and a Node that runs it are on this machine, outside the checkout. Takes minutes the
 * first time and next to nothing afterwards. Needs the npm registry.
 */
export async function installN8n({ log, release = N8N_2 }: Wanted): Promise<Installation> {
	const folder = folderOf(release);
	const ready = await existing(folder, release);
	if (ready) return ready;

	await mkdir(dirname(folder), { recursive: true });
	return await whileLocked(`${folder}.lock`, log, async () => {
		// Whoever held the lock before us may have done the work.
		const done = await existing(folder, release);
		if (done) return done;
		await removeUnfinished(folder);
		await requireSpace(dirname(folder));

		log(`n8n ${release.n8n} is fetched once, into ${folder}. This takes five to ten minutes.`);
		const unfinished = `${folder}${UNFINISHED}${process.pid}`;
		await installNode(unfinished, release, log);
		await installN8nPackage(unfinished, release, log);
		const { binary, headers } = nodeIn(unfinished);
		await completeSqlite(join(unfinished, 'n8n'), binary, headers, log);
		await writeFile(markerOf(unfinished), JSON.stringify(release));
		await rename(unfinished, folder);
		return describe(folder, release);
	});
}

interface Wanted {
	log: Log;
	release?: Release;
}

/** Every attempt has a folder of its own, so that a child left over from a killed one cannot spoil the next. */
const UNFINISHED = '.unfinished-';

async function removeUnfinished(folder: string): Promise<void> {
	const siblings = await readdir(dirname(folder));
	const left = siblings.filter((name) => name.startsWith(`${basename(folder)}${UNFINISHED}`));
	// The folder itself is here only if it lost its marker or its content.
	for (const name of [basename(folder), ...left]) {
		await rm(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 3 });
	}
}

const markerOf = (folder: string) => join(folder, 'installed.json');

async function existing(folder: string, release: Release): Promise<Installation | undefined> {
	try {
		const marker = JSON.parse(await readFile(markerOf(folder), 'utf8')) as { n8n?: string };
		if (marker.n8n !== release.n8n) return undefined;
		const installation = describe(folder, release);
		return existsSync(installation.n8n) ? installation : undefined;
	} catch {
		return undefined;
	}
}

function describe(folder: string, release: Release): Installation {
	return {
		release,
		node: nodeIn(folder).binary,
		n8n: join(folder, 'n8n', 'node_modules', 'n8n', 'bin', 'n8n'),
		folder,
	};
}

/** The npm package `node` fetches one package more, with the binary and headers for this platform. */
function nodeIn(folder: string): { binary: string; headers: string } {
	const home = join(folder, 'node', 'node_modules', 'node');
	const platform = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
	const manifest = createRequire(join(home, 'package.json')).resolve(`${platform}/package.json`);
	return { binary: realpathSync(join(home, 'bin', 'node')), headers: dirname(manifest) };
}

async function installNode(folder: string, { node }: Release, log: Log): Promise<void> {
	const home = join(folder, 'node');
	// npm is about to ask for consent to each install script; this is the only one that must run.
	await writeManifest(home, { dependencies: { node }, allowScripts: { node: true } });
	await withProgress(log, `Fetching Node ${node}`, async () => {
		await npm(['install', '--ignore-scripts=false', '--no-audit', '--no-fund'], home);
	});
}

async function installN8nPackage(folder: string, { n8n, overrides }: Release, log: Log): Promise<void> {
	const home = join(folder, 'n8n');
	await writeManifest(home, { dependencies: { n8n }, ...(overrides && { overrides }) });
	let fetched = 0;
	let reported = 0;
	const onOutput = (chunk: string) => (fetched += chunk.match(/npm http fetch GET 200/g)?.length ?? 0);
	// With scripts on, the install fails: packages that n8n hardly needs download binaries of their own.
	const args = [
		'install',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--prefer-offline',
		'--loglevel=http',
	];
	await withProgress(
		log,
		`Fetching n8n ${n8n} (about 2,000 packages)`,
		async () => void (await npm(args, home, { onOutput })),
		() => {
			const more = fetched > reported;
			reported = fetched;
			return more ? `${fetched} answers from the registry` : 'unpacking';
		},
	);
}

async function writeManifest(home: string, content: object): Promise<void> {
	await mkdir(home, { recursive: true });
	await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, ...content }, null, 2));
}

async function requireSpace(folder: string): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	const free = bavail * bsize;
	if (free >= NEEDED_BYTES) return;
	const gib = (bytes: number) => (bytes / GIB).toFixed(1);
	throw new Error(
		`n8n needs ${gib(NEEDED_BYTES)} GiB of disk space and ${folder} has ${gib(free)} GiB. ` +
			'Make room, or set N8N_E2E_CACHE to a folder on another disk.',
	);
}
