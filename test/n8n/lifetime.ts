import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';

/** Something that must not outlive this process: a server, a child process, a temporary folder. */
export interface Belonging {
	/** Ends it in an orderly way; given up after the grace period. */
	release?: () => Promise<unknown>;
	/** Ends it at once. Called while the process exits, so it must be synchronous. */
	drop: () => void;
}

const GRACE_MS = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const belongings = new Set<Belonging>();
let listening = false;
let interrupted = false;
let isWelcome = false;

/** Ties a belonging to the life of this process. The returned function unties it again. */
export function ownUntilExit(belonging: Belonging): () => void {
	if (!listening) {
		listening = true;
		process.on('exit', dropAll);
		for (const signal of SIGNALS) process.on(signal, () => void interrupt(signal));
	}
	belongings.add(belonging);
	return () => void belongings.delete(belonging);
}

/**
 * Starts a child in a process group of its own, so that whatever it starts (n8n its task runner, npm its
 * scripts) ends with it, and so that Ctrl-C in a terminal reaches it through us and not past us.
 */
export function spawnOwned(command: string, args: string[], options: SpawnOptions): ChildProcess {
	const child = spawn(command, args, { ...options, detached: true });
	const disown = ownUntilExit({ drop: () => signalGroup(child, 'SIGKILL') });
	child.once('error', disown);
	child.once('exit', () => {
		// A group may outlive its leader; this process is the only one left that knows of it.
		signalGroup(child, 'SIGKILL');
		disown();
	});
	return child;
}

/** From now on an interruption is how the work is meant to end, and no failure. */
export function welcomeInterruption(): void {
	isWelcome = true;
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group is gone already, which is what was wanted.
	}
}

async function interrupt(signal: (typeof SIGNALS)[number]): Promise<void> {
	const code = isWelcome ? 0 : 128 + constants.signals[signal];
	// Whoever asks twice does not want to wait.
	if (interrupted) process.exit(code);
	interrupted = true;
	const deadline = setTimeout(() => process.exit(code), GRACE_MS);
	// Newest first: what was started last may depend on what was started before it.
	for (const belonging of [...belongings].reverse()) await belonging.release?.().catch(() => undefined);
	clearTimeout(deadline);
	process.exit(code);
}

function dropAll(): void {
	for (const belonging of [...belongings].reverse()) belonging.drop();
}
