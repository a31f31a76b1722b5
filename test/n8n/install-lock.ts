import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownUntilExit } from './lifetime';
import type { Log } from './run';

const POLL_MS = 500;
const REPORT_MS = 10_000;
/** The holder touches its lock this often; a lock left untouched for STALE_MS has no living holder. */
const TOUCH_MS = 5_000;
const STALE_MS = 60_000;

/** Does `work` while no other process on this cache does its own. Waits as long as the other is alive. */
export async function whileLocked<T>(path: string, log: Log, work: () => Promise<T>): Promise<T> {
	await acquire(path, log);
	const disown = ownUntilExit({ drop: () => rmSync(path, { force: true }) });
	const touching = setInterval(() => void touch(path), TOUCH_MS);
	touching.unref();
	try {
		return await work();
	} finally {
		clearInterval(touching);
		disown();
		await rm(path, { force: true });
	}
}

async function acquire(path: string, log: Log): Promise<void> {
	const me = `${process.pid}@${hostname()}`;
	for (let waited = 0; ; waited += POLL_MS) {
		try {
			const lock = await open(path, 'wx');
			await lock.writeFile(me);
			await lock.close();
			return;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		const holder = await abandonedBy(path);
		if (holder !== undefined) await takeAway(path, holder);
		else {
			if (waited % REPORT_MS === 0) log(`Waiting for another installation (${path}) … ${waited / 1000} s`);
			await sleep(POLL_MS);
		}
	}
}

/** Who left the lock behind, or undefined while its holder may be alive. */
async function abandonedBy(path: string): Promise<string | undefined> {
	try {
		const [holder, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
		if (Date.now() - mtimeMs > STALE_MS) return holder;
		const [pid, host] = holder.split('@');
		return host === hostname() && !isAlive(Number(pid)) ? holder : undefined;
	} catch {
		return undefined;
	}
}

/** Renaming is atomic: of several who find the same dead lock, each moves aside what it then looks at. */
async function takeAway(path: string, holder: string): Promise<void> {
	const aside = `${path}.${process.pid}`;
	try {
		await rename(path, aside);
	} catch {
		return;
	}
	if ((await readFile(aside, 'utf8')) === holder) await rm(aside, { force: true });
	// Someone was quicker, and this is the new, living lock.
	else await rename(aside, path);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function touch(path: string): Promise<void> {
	const now = new Date();
	await utimes(path, now, now).catch(() => undefined);
}
