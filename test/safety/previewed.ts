import type { Decision, SyncItem } from '../../nodes/shared/item';
import type { PlatformName } from '../scenarios/company';
import { expected } from './expected';
import { differences, factsOf, knownOf, type Facts } from './facts';
import { countOf, live } from './live';
import { randomCompany } from './randomCompany';
import { engineFor } from './world';

export interface Previewed {
	seed: number;
	people: number;
	/** Calls that changed something, by the sandbox's log. */
	writes: number;
	decisions: Record<string, number>;
	/** What was not as it was previewed. */
	wrong: string[];
}

/** What 360Learning sends of its own accord is no part of a preview. */
const withoutCourtesy = (facts: Facts): Facts =>
	new Map([...facts].filter(([key]) => !/^mail (groupAdded|activation) /.test(key)));

/** A decision without what a real run has otherwise by nature. */
function comparable({ employee, learner, decision }: SyncItem): string {
	const { dryRun: _, decidedAt: __, ...rest } = (decision ?? {}) as Decision;
	return JSON.stringify({ employee: employee?.id, learner, ...rest });
}

const linesOf = (planned: SyncItem[]): string[] => planned.filter(({ decision }) => decision).map(comparable);

/** A company of its own by the seed: the dry run, then the real one, and what came of it. */
export async function preview(platform: PlatformName, seed: number): Promise<Previewed> {
	const { sandbox, plan, people } = await randomCompany(platform, seed);
	try {
		const engine = await engineFor(sandbox);
		const known = knownOf(sandbox, platform);
		const look = () => withoutCourtesy(factsOf(sandbox, platform, known));
		const before = look();
		const wrong: string[] = [];

		const shown = await live(engine, { plan: { ...plan, dryRun: true }, outputUnchanged: true });
		if (shown.error !== undefined || !shown.run) throw new Error(shown.error ?? 'There is no summary');
		wrong.push(...differences(before, look()).map((line) => `The dry run changed ${line}`));
		const early = sandbox[platform].writes();
		wrong.push(...early.map(({ method, path }) => `The dry run wrote: ${method} ${path}`));
		const wanted = expected(before, known, { planned: shown.planned, run: shown.run }, sandbox, platform);

		const done = await live(engine, { plan, outputUnchanged: true });
		if (done.error !== undefined) throw new Error(done.error);
		const [previewed, decided] = [linesOf(shown.planned), linesOf(done.planned)];
		wrong.push(
			...previewed.filter((line) => !decided.includes(line)).map((line) => `Only previewed: ${line}`),
			...decided.filter((line) => !previewed.includes(line)).map((line) => `Not previewed: ${line}`),
		);
		for (const { status, step, message } of done.outcomes) {
			if (status !== 'done') wrong.push(`${step} ${status}: ${message}`);
		}
		wrong.push(...differences(wanted, look()).map((line) => `Previewed → done: ${line}`));
		const decisions = Object.fromEntries(
			(['create', 'invite', 'update', 'reactivate', 'deactivate', 'none', 'hold'] as const).map((action) => [
				action,
				countOf(done, action),
			]),
		);
		return { seed, people, writes: sandbox[platform].writes().length, decisions, wrong };
	} finally {
		await sandbox.close();
	}
}
