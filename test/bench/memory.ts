import { writeFileSync } from 'node:fs';

/** Bytes that the process holds at rest, after the garbage was collected. Wants `--expose-gc`. */
export function idle(): number {
	const { gc } = globalThis;
	if (!gc) throw new Error('Start this process with --expose-gc.');
	gc();
	gc();
	return process.memoryUsage.rss();
}

const EVERY_MS = 20;

/**
 * The most bytes that the process holds from this call on. Linux keeps that itself and can begin anew;
 * elsewhere, what a work without a pause holds is seen only where it is more than the start of n8n took.
 *
 * @returns ends the watch
 */
export function peakSince(): () => number {
	let most = process.memoryUsage.rss();
	const look = () => (most = Math.max(most, process.memoryUsage.rss()));
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Another system.
	}
	const before = process.resourceUsage().maxRSS;
	const timer = setInterval(look, EVERY_MS);
	return () => {
		clearInterval(timer);
		look();
		const after = process.resourceUsage().maxRSS;
		return after > before ? Math.max(most, after * 1024) : most;
	};
}
