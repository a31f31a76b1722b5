/**
 * Runs as a process of its own (Node 24 takes it as it is), so that neither the sandbox nor the harness
 * delays a look. Adds up what a process and all that it started hold in memory, every 100 ms.
 */
import { readdirSync, readFileSync } from 'node:fs';

const INTERVAL_MS = 100;
/** New processes are looked for less often: that means reading about every process of the machine. */
const LOOKS_PER_TREE = 10;
const PAGE_BYTES = 4096;

interface Look {
	bytes: number;
	processes: Array<{ name: string; bytes: number }>;
}

const root = Number(process.argv[2]);
let tree: number[] = [];
let looks = 0;
let samples: number[] = [];
let peak: Look = { bytes: 0, processes: [] };

interface Stat {
	name: string;
	parent: number;
	/** In a user's program and in the kernel for it. */
	cpuSeconds: number;
}

const TICKS_PER_SECOND = 100;

function statOf(pid: number): Stat | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name may hold blanks and brackets itself.
		const end = text.lastIndexOf(')');
		const fields = text.slice(end + 2).split(' ');
		return {
			name: text.slice(text.indexOf('(') + 1, end),
			parent: Number(fields[1]),
			cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
		};
	} catch {
		return undefined;
	}
}

function treeOf(top: number): number[] {
	const children = new Map<number, number[]>();
	for (const entry of readdirSync('/proc')) {
		const pid = Number(entry);
		const stat = Number.isInteger(pid) ? statOf(pid) : undefined;
		if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), pid]);
	}
	const found = [top];
	for (let index = 0; index < found.length; index++) found.push(...(children.get(found[index]!) ?? []));
	return found;
}

function residentBytes(pid: number): number {
	try {
		const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
		return Number(pages) * PAGE_BYTES;
	} catch {
		return 0;
	}
}

function look(): void {
	if (looks++ % LOOKS_PER_TREE === 0) tree = treeOf(root);
	const each = tree.map((pid) => ({ pid, bytes: residentBytes(pid) }));
	const bytes = each.reduce((sum, one) => sum + one.bytes, 0);
	samples.push(bytes);
	if (bytes <= peak.bytes) return;
	const processes = each.map((one) => ({ name: statOf(one.pid)?.name ?? '?', bytes: one.bytes }));
	peak = { bytes, processes: processes.filter((one) => one.bytes > 0) };
}

/** What the processes that live have used so far. */
function cpuSeconds(): number {
	return treeOf(root).reduce((sum, pid) => sum + (statOf(pid)?.cpuSeconds ?? 0), 0);
}

let cpuBefore = cpuSeconds();
setInterval(look, INTERVAL_MS);

process.on('message', (question: 'reset' | 'take') => {
	if (question === 'reset') {
		samples = [];
		peak = { bytes: 0, processes: [] };
		looks = 0;
		cpuBefore = cpuSeconds();
	}
	look();
	const sorted = [...samples].sort((a, b) => a - b);
	const median = sorted[Math.floor(sorted.length / 2)];
	process.send?.({ peak, median, cpuSeconds: cpuSeconds() - cpuBefore });
});
process.on('disconnect', () => process.exit());
