import { createRequire } from 'node:module';
import { realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, type Command } from './run';

/**
 * `npm start` hands its own settings down in npm_* variables, `ignore-scripts` of this checkout among them.
 * Only those that say where packages come from may reach an npm that works elsewhere.
 */
const KEPT = /^npm_config_(registry|cache|userconfig|globalconfig|cafile|(https?_|no)?proxy)$/i;

export function cleanEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || KEPT.test(name)),
	);
}

/** Runs npm with the Node that runs us; a Node put first on PATH for n8n's sake does not change that. */
export async function npm(
	args: string[],
	cwd: string,
	more: Pick<Command, 'onOutput' | 'env'> = {},
): Promise<string> {
	const cli = npmCli();
	return await run({
		...(cli ? { command: process.execPath, args: [cli, ...args] } : { command: 'npm', args }),
		cwd,
		env: cleanEnvironment(),
		...more,
	});
}

/**
 * The node-gyp that npm brings. sqlite3 itself asks for node-gyp 8, which needs a Python module (distutils)
 * that Python 3.12 and later no longer have.
 */
export function nodeGypOfNpm(): string | undefined {
	const cli = npmCli();
	if (!cli) return undefined;
	try {
		return createRequire(cli).resolve('node-gyp/bin/node-gyp.js');
	} catch {
		return undefined;
	}
}

function npmCli(): string | undefined {
	const candidates = [
		process.env['npm_execpath'],
		...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'npm')),
	];
	for (const candidate of candidates) {
		if (!candidate) continue;
		try {
			const path = realpathSync(candidate);
			// Under another package manager npm_execpath names that one.
			if (/npm-cli\.js$/.test(path)) return path;
		} catch {
			// Not in this folder.
		}
	}
	return undefined;
}
