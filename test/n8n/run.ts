import { spawnOwned } from './lifetime';

/** Receives one line of progress, without a line break. */
export type Log = (line: string) => void;

export interface Command {
	command: string;
	args: string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
	timeoutMs?: number;
	/** Sees every chunk of output as it comes. */
	onOutput?: (chunk: string) => void;
}

export class CommandFailed extends Error {
	constructor(
		{ command, args }: Command,
		reason: string,
		readonly output: string,
	) {
		super(`\`${[command, ...args].join(' ')}\` ${reason}\n${tail(output)}`);
	}
}

/** Runs a command to its end. Resolves with its standard output, rejects with the end of all it printed. */
export async function run(what: Command): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawnOwned(what.command, what.args, {
			cwd: what.cwd,
			env: what.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let stdout = '';
		let all = '';
		const take = (chunk: Buffer) => {
			all += chunk.toString();
			what.onOutput?.(chunk.toString());
		};
		child.stdout?.on('data', (chunk: Buffer) => {
			stdout += chunk.toString();
			take(chunk);
		});
		child.stderr?.on('data', take);

		const timer =
			what.timeoutMs === undefined
				? undefined
				: setTimeout(() => {
						child.kill('SIGKILL');
						reject(new CommandFailed(what, `did not end within ${what.timeoutMs} ms`, all));
					}, what.timeoutMs);
		child.once('error', (error) => {
			clearTimeout(timer);
			reject(new CommandFailed(what, `could not be started: ${error.message}`, all));
		});
		child.once('close', (code, signal) => {
			clearTimeout(timer);
			if (code === 0) resolve(stdout);
			else reject(new CommandFailed(what, `ended with ${signal ?? `code ${code}`}`, all));
		});
	});
}

export function tail(text: string, lines = 25): string {
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}

const HEARTBEAT_MS = 8_000;

/** Reports that `what` is still going on, with the seconds it has taken, until `work` ends. */
export async function withProgress<T>(
	log: Log,
	what: string,
	work: () => Promise<T>,
	detail: () => string = () => '',
): Promise<T> {
	const started = Date.now();
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	log(`${what} …`);
	const timer = setInterval(() => {
		const more = detail();
		log(`${what} … ${seconds()}${more && `, ${more}`}`);
	}, HEARTBEAT_MS);
	try {
		const result = await work();
		log(`${what}: done in ${seconds()}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
