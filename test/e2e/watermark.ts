import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { Random } from '../safety/random';
import type { Checks } from './checks';
import { numberOption } from './options';
import type { Stage } from './stage';
import { EVERY_MINUTE, NEVER, Trial } from './watermark/trial';

const KILLS = numberOption('kills', 8);
/** From the call to Personio to the end of the workflow, and a little more. */
const HAND_OVER_MS = 120;

/**
 * `npm run e2e -- watermark`: a trigger of changed employees in a real n8n loses no change, whatever happens:
 * every person who changed comes to the end of a workflow, and twice only where n8n was killed, the workflow
 * failed or the trigger was changed. `--kills 20` for more, `--seed` to have the same moments again.
 */
export async function watermarkChecks(checks: Checks, stage: Stage, kills = KILLS): Promise<void> {
	const trial = await Trial.begin(stage);
	try {
		await checks.run('the first poll hands over nobody', async () => {
			await trial.poll();
			assert.deepEqual(await trial.told(), []);
		});
		await changesDuringARun(checks, trial);
		await republished(checks, trial);
		await killed(checks, trial, kills);
		await failing(checks, trial);
		await renamed(checks, trial);
		await otherAttributes(checks, trial);
	} finally {
		await trial.end();
	}
}

async function changesDuringARun(checks: Checks, trial: Trial): Promise<void> {
	await checks.run(
		'a change before, during and after a read and during the workflow comes once',
		async () => {
			const names = [trial.change()];
			trial.desk.onCall = () => {
				trial.desk.onCall = () => undefined;
				names.push(trial.change());
			};
			const reading = trial.duringRead(
				async () => {
					names.push(trial.change());
					await sleep(600);
					names.push(trial.change());
				},
				{ delay: 300 },
			);
			await trial.poll();
			await reading;
			for (let count = 0; count < 2; count++) await trial.poll();
			assert.equal(names.length, 4);
			for (const name of names) assert.equal(await trial.through(name), 1, name);
			return `${names.length} changes, ${(await trial.told()).length} executions`;
		},
	);
}

async function republished(checks: Checks, trial: Trial): Promise<void> {
	await checks.run(
		'a workflow that is published anew is told nobody twice, and nobody is skipped',
		async () => {
			const before = trial.change();
			await trial.poll();
			for (let count = 0; count < 2; count++) await trial.poll();
			await trial.unpublish();
			const meanwhile = trial.change();
			await trial.publish();
			await trial.quiet();
			await trial.poll();
			assert.equal(await trial.through(before), 1);
			assert.equal(await trial.through(meanwhile), 1);
		},
	);
}

async function killed(checks: Checks, trial: Trial, kills: number): Promise<void> {
	if (kills === 0) return;
	const seed = numberOption('seed', randomInt(1_000_000));
	const random = new Random(seed);
	console.log(`${kills} kills, seed ${seed} (--kills ${kills} --seed ${seed} for the same moments)`);
	for (let number = 1; number <= kills; number++) {
		const moment = momentOf(number, random);
		const when = typeof moment === 'number' ? `${moment} ms after it asked Personio` : moment;
		await checks.run(`n8n killed ${when}: the change comes through, and then no more`, async () => {
			const name = trial.change();
			const given = (await trial.told()).length;
			await killIn(trial, moment);
			await trial.startAgain();
			await trial.poll();
			const through = await trial.through(name);
			const settled = (await trial.told()).length;
			await trial.poll();
			assert.equal((await trial.told()).length, settled, 'told again without a cause');
			assert.ok(through === 1 || through === 2, `came through ${through} times`);
			return `came through ${through} times, ${settled - given} executions`;
		});
	}
}

/** So many milliseconds after Personio was asked, or when the last node has done its work. */
type Moment = number | 'in the last node';

/** Every fourth is in the middle of the workflow, the others are around the hand-over. */
const momentOf = (number: number, random: Random): Moment =>
	number % 4 === 0 ? 'in the last node' : random.below(HAND_OVER_MS);

async function killIn(trial: Trial, moment: Moment): Promise<void> {
	const kill = async () => await trial.stage.n8n.kill();
	await trial.unpublish();
	const killed =
		typeof moment === 'number'
			? trial.duringRead(async () => {
					await sleep(moment);
					await kill();
				})
			: new Promise<void>((resolve, reject) => {
					trial.desk.onCall = async () => {
						trial.desk.onCall = () => undefined;
						await kill().then(resolve, reject);
					};
				});
	// Whoever waits for an answer of an n8n that is killed gets none.
	void trial.publish().catch(() => undefined);
	await killed;
}

async function failing(checks: Checks, trial: Trial): Promise<void> {
	await checks.run(
		'whom a workflow fails with comes again by itself until it works, and then no more',
		async () => {
			await trial.set({ pollTimes: EVERY_MINUTE });
			const name = trial.change();
			trial.desk.refusals = 1;
			const before = (await trial.told()).length;
			await trial.unpublish();
			await trial.publish();
			await trial.until('the failed one has not come again', async () => (await trial.through(name)) === 1);
			const other = trial.change();
			await trial.until('the next change has not come', async () => (await trial.through(other)) === 1);
			await trial.duringRead(() => undefined);
			await trial.set({ pollTimes: NEVER });
			await trial.poll();
			assert.equal(await trial.through(name), 1);
			assert.equal((await trial.told()).length, before + 3);
			return 'one execution failed, one made good for it, one for the next change';
		},
	);
}

async function renamed(checks: Checks, trial: Trial): Promise<void> {
	await checks.run(
		'another name of the node loses no change, and none with which the workflow failed',
		async () => {
			const failed = trial.change();
			trial.desk.refusals = 1;
			await trial.poll();
			assert.equal(await trial.through(failed), 0);
			const meanwhile = trial.change();
			await trial.rename('Changes in Personio');
			await trial.publish();
			await trial.quiet();
			assert.equal(await trial.through(failed), 1);
			assert.equal(await trial.through(meanwhile), 1);
			const given = (await trial.told()).length;
			await trial.poll();
			assert.equal((await trial.told()).length, given, 'told again without a cause');
		},
	);
	await checks.run('so does another name that is published in the middle of a poll', async () => {
		await trial.set({ pollTimes: EVERY_MINUTE });
		await trial.unpublish();
		await trial.publish();
		await trial.quiet();
		const name = trial.change();
		await trial.duringRead(
			async () => {
				await trial.rename('Changes');
				await trial.set({ pollTimes: NEVER });
				await trial.publish();
			},
			{ delay: 6000 },
		);
		await sleep(6000);
		await trial.quiet();
		await trial.poll();
		const through = await trial.through(name);
		assert.ok(through >= 1, `came through ${through} times`);
		return `came through ${through} times`;
	});
}

async function otherAttributes(checks: Checks, trial: Trial): Promise<void> {
	await checks.run('other attributes lose no change', async () => {
		await trial.poll();
		const name = trial.change();
		await trial.set({ attributes: ['department'] });
		await trial.publish();
		await trial.quiet();
		assert.equal(await trial.through(name), 1);
		const given = (await trial.told()).length;
		await trial.poll();
		assert.equal((await trial.told()).length, given, 'told again without a cause');
	});
	await checks.run('a change while n8n is down comes once', async () => {
		const { n8n } = trial.stage;
		await n8n.kill('SIGTERM');
		const name = trial.change();
		await n8n.restart();
		await trial.quiet();
		await trial.poll();
		assert.equal(await trial.through(name), 1);
	});
}
