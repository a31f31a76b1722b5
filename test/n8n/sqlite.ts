import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { installPackages, onPath } from './debian';
import { cleanEnvironment, nodeGypOfNpm } from './npm';
import { run, withProgress, type Log } from './run';

/** GitHub answers at once or is not reachable from here; compiling is the way out. */
const PREBUILT_TIMEOUT_MS = 20_000;

const PROBE = `new (require('sqlite3').Database)(':memory:', (error) => process.exit(error ? 1 : 0))`;

/**
 * Gives n8n's database driver its native half, the one module of n8n that comes without a binary: the
 * vendor's prebuilt file if it can be had, else compiled here.
 *
 * @param n8nFolder holds node_modules with n8n in it
 * @param node the Node binary that will run n8n
 * @param headers a folder with include/node of that Node, so that no headers are downloaded
 */
export async function completeSqlite(n8nFolder: string, node: string, headers: string, log: Log) {
	const folder = join(n8nFolder, 'node_modules', 'sqlite3');
	const env = { ...cleanEnvironment() };
	env['PATH'] = [dirname(node), env['PATH']].join(delimiter);

	const loads = async () => {
		try {
			await run({ command: node, args: ['-e', PROBE], cwd: n8nFolder, env });
			return true;
		} catch {
			return false;
		}
	};

	if (await tryPrebuilt(folder, node, env)) {
		if (await loads()) return log('SQLite driver: prebuilt file fetched');
	}
	await requireCompiler(log);
	const gyp =
		nodeGypOfNpm() ?? createRequire(join(folder, 'package.json')).resolve('node-gyp/bin/node-gyp.js');
	// Half the time of its own -O3, and fast enough for a database of a few megabytes.
	const frugal = { ...env, CFLAGS: '-O1', CXXFLAGS: '-O1' };
	await withProgress(log, 'Compiling the SQLite driver (about a minute)', async () => {
		const args = [gyp, 'rebuild', '-j', '2', `--nodedir=${headers}`];
		await run({ command: node, args, cwd: folder, env: frugal });
	});
	if (!(await loads())) throw new Error(`The SQLite driver in ${folder} was compiled but does not load.`);
}

async function tryPrebuilt(folder: string, node: string, env: NodeJS.ProcessEnv): Promise<boolean> {
	try {
		const tool = createRequire(join(folder, 'package.json')).resolve('prebuild-install/bin.js');
		await run({
			command: node,
			args: [tool, '-r', 'napi'],
			cwd: folder,
			env,
			timeoutMs: PREBUILT_TIMEOUT_MS,
		});
		return true;
	} catch {
		return false;
	}
}

const TOOLS = ['python3', 'make', 'g++'];

/** What node-gyp needs. Debian's packages have the names of the commands. */
async function requireCompiler(log: Log): Promise<void> {
	const missing = TOOLS.filter((tool) => !onPath(tool));
	if (missing.length > 0) await installPackages(missing, "to compile n8n's SQLite driver", log);
}
