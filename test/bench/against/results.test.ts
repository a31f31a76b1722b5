import { stringify } from 'flatted';

import { pageOf } from './page';
import { NO_CHANGE, targetsOf, type Results, type RunRow } from './results';
import { weightsOf } from './weights';

const row = (side: RunRow['side'], seconds: number, aboveIdle: number, bytes: number): RunRow => ({
	people: 10_000,
	run: NO_CHANGE,
	side,
	kept: 'every run kept',
	status: 'success',
	failed: 0,
	seconds,
	cpuSeconds: seconds,
	personio: { reads: 101, writes: 0, refused: 0 },
	learnUpon: { reads: 65, writes: 0, refused: 0 },
	idleBytes: 500,
	peakBytes: 500 + aboveIdle,
	processes: [],
	growth: { bytes, usedBytes: bytes, doomedBytes: 0, binaryBytes: 0 },
	load: 1,
	state: 'as it should be',
});

const NO_HARM = {
	strayAccounts: 0,
	secondInvitations: 0,
	oldGroups: 0,
	missingGroups: 0,
	leftOut: 0,
	wrongAccess: 0,
	outdated: 0,
};

function resultsWith(runs: RunRow[], leftOut: number, status: 'success' | 'error'): Results {
	const run = { status, failed: 0, harm: { ...NO_HARM, leftOut } };
	const next = { status: 'success' as const, failed: 0, harm: NO_HARM };
	return {
		machine: { cores: 2, model: 'a processor', memoryGb: 24 },
		versions: { n8n: '2', nodeOfN8n: 'v24', node: 'v20', package: '0.1.0' },
		timeScale: 60,
		runs,
		weights: [],
		events: [{ event: 'An event', side: 'package', people: 1, run, next, others: NO_HARM }],
	};
}

const met = (results: Results) => targetsOf(results).map((target) => target.met);

it('takes a target as met up to its very bound, by the middle one of several runs', () => {
	const rival = row('rival', 80, 800, 2500);
	const runs = [row('package', 1, 900, 100), row('package', 10, 100, 100), row('package', 99, 1, 100), rival];
	expect(met(resultsWith(runs, 0, 'success'))).toEqual(Array(7).fill(true));
	const slower = [row('package', 10.1, 101, 101), rival];
	expect(met(resultsWith(slower, 0, 'success')).slice(0, 3)).toEqual([false, false, false]);
});

it('holds it against a run that it is called a success with somebody left out, and not that it is an error', () => {
	const runs = [row('package', 1, 1, 1), row('rival', 80, 800, 2500)];
	expect(met(resultsWith(runs, 1, 'success')).at(-1)).toBe(false);
	expect(met(resultsWith(runs, 1, 'error')).at(-1)).toBe(true);
});

it('calls nothing met that was not measured', () => {
	const results = { ...resultsWith([row('package', 1, 1, 1)], 0, 'success'), events: [] };
	expect(met(results)).toEqual(Array(7).fill(undefined));
	expect(pageOf(results)).toContain('not measured');
});

it('weighs the output of each node, and the whole as it is stored', () => {
	const items = Array.from({ length: 3 }, () => ({ json: { name: 'Anna' } }));
	const task = { startTime: 0, executionIndex: 0, executionTime: 7, source: [], data: { main: [items] } };
	const text = stringify({ resultData: { runData: { Read: [task] } } });
	const [all, read] = weightsOf(text);
	expect(all).toMatchObject({ node: '(all)', stored: text.length });
	expect(read).toMatchObject({ node: 'Read', items: 3, ms: 7, json: JSON.stringify([task]).length });
	// Three times the same name is stored once.
	expect(stringify([task]).match(/Anna/g)).toHaveLength(1);
});
