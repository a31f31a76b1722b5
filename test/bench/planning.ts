/** How much CPU the pure plan takes on the data of a run, in a process that has done nothing else. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deserialize } from 'node:v8';

import type { Plan, PlanInput } from '../../nodes/LmsSync/sync/plan';
import { serve } from './process';

export interface Planned {
	/** Of each plan that a run makes: two where the platform is asked more between a draft and the plan. */
	cpuSeconds: number[];
	/** For explaining everybody about whom there is something to do. */
	explainedCpuSeconds: number;
}

const required = createRequire(__filename);

const methods = {
	measure(file: string): Planned {
		const inputs = deserialize(readFileSync(file)) as PlanInput[];
		const { plan } = required('../../dist/nodes/LmsSync/sync/plan') as { plan(input: PlanInput): Plan };
		globalThis.gc?.();
		const cpuSeconds: number[] = [];
		let last: Plan | undefined;
		for (const input of inputs) {
			const [made, seconds] = timed(() => plan(input));
			cpuSeconds.push(seconds);
			last = made;
		}
		const shown = last?.people.filter(({ decision }) => decision.action !== 'none') ?? [];
		const [, explainedCpuSeconds] = timed(() => shown.map((person) => last?.explain(person)));
		return { cpuSeconds, explainedCpuSeconds };
	},
};

export type Planning = typeof methods;

function timed<Result>(task: () => Result): [Result, number] {
	const before = process.cpuUsage();
	const result = task();
	const { user, system } = process.cpuUsage(before);
	return [result, (user + system) / 1e6];
}

serve(methods);
