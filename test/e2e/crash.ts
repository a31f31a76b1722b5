import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';

import { differences, type Facts } from '../safety/facts';
import { Random } from '../safety/random';
import type { PlatformName } from '../scenarios/company';
import type { Checks } from './checks';
import { CHAPTERS, type Chapter } from './crash/company';
import { Life, type Mode } from './crash/life';
import { described, randomMoment, type Counts, type Moment } from './crash/moment';
import { accessLost, invitedTwice, wrongIn } from './crash/truth';
import { numberOption } from './options';
import type { Stage } from './stage';

export { SPED_UP } from './crash/life';

/** In some ten minutes. */
const KILLS = 10;

/** What comes of a chapter in a life that nobody disturbs. */
interface Chaptered {
	facts: Facts;
	counts: Counts;
}

type Reference = Record<Chapter, Chaptered>;

const PLATFORMS: Record<PlatformName, string> = {
	learnUpon: 'LearnUpon',
	threeSixtyLearning: '360Learning',
};

/**
 * `npm run e2e -- crash`: n8n is killed by SIGKILL while it syncs 300 people, is started again, and the sync is
 * run again. After that the LMS has to be in the state that it has in a life without a crash, each time.
 * `--kills 50` for more, `--seed` to have the same moments again.
 */
export async function crashChecks(checks: Checks, stage: Stage): Promise<void> {
	const kills = numberOption('kills', KILLS);
	const seed = numberOption('seed', randomInt(1_000_000));
	console.log(`${kills} kills, seed ${seed} (--kills ${kills} --seed ${seed} for the same moments)`);
	const random = new Random(seed);
	const names = Object.keys(PLATFORMS) as PlatformName[];
	for (const [index, platform] of names.entries()) {
		const share = Math.floor((kills + index) / names.length);
		const reference = await undisturbed(checks, stage, platform);
		if (reference) await disturbed(checks, stage, platform, reference, share, random);
	}
}

async function undisturbed(
	checks: Checks,
	stage: Stage,
	platform: PlatformName,
): Promise<Reference | undefined> {
	const chapters: Partial<Reference> = {};
	await checks.run(`${PLATFORMS[platform]}: a life without a crash is as Personio has it`, async () => {
		const life = await Life.begin(stage, platform, 'by hand', 'without a crash');
		try {
			for (const chapter of CHAPTERS) {
				const { execution, counts } = await life.live(chapter);
				assert.ok(execution.succeeded, execution.describe());
				none(
					'failed',
					life.reportOf(execution).failed.map(({ message }) => message),
				);
				none('not as Personio has it', wrongIn(life));
				chapters[chapter] = { facts: life.facts(), counts };
			}
			await quiet(life);
		} finally {
			await life.end();
		}
		return CHAPTERS.map(
			(chapter) => `${chapter} ${chapters[chapter]?.counts.calls}/${chapters[chapter]?.counts.writes}`,
		).join(', ');
	});
	return CHAPTERS.every((chapter) => chapters[chapter]) ? (chapters as Reference) : undefined;
}

async function disturbed(
	checks: Checks,
	stage: Stage,
	platform: PlatformName,
	reference: Reference,
	kills: number,
	random: Random,
): Promise<void> {
	let left = kills;
	for (let number = 1; left > 0; number++) {
		const mode: Mode = number % 2 === 1 ? 'scheduled' : 'by hand';
		let life: Life | undefined;
		let isSound = true;
		for (const chapter of CHAPTERS) {
			// Hardly anything is left to be done when the invitations are accepted.
			const isKilled = chapter !== 'after acceptance' && left > 0;
			const moment = isKilled ? randomMoment(random, reference[chapter].counts) : undefined;
			if (moment) left--;
			// What follows upon a wrong state says nothing.
			if (!isSound) continue;
			isSound = false;
			const when = moment ? `killed ${described(moment)}` : 'not killed';
			await checks.run(`${PLATFORMS[platform]} ${number}, ${mode}, ${chapter}: ${when}`, async () => {
				life ??= await Life.begin(stage, platform, mode, String(number));
				const figure = await chapterOf(life, chapter, reference, moment);
				isSound = true;
				return figure;
			});
		}
		await (life as Life | undefined)?.end();
	}
}

async function chapterOf(
	life: Life,
	chapter: Chapter,
	reference: Reference,
	moment: Moment | undefined,
): Promise<string> {
	const { execution, counts } = await life.live(chapter, moment);
	assert.ok(execution.succeeded, execution.describe());
	const { failed, held } = life.reportOf(execution);
	none(
		'failed',
		failed.map(({ message }) => message),
	);
	none(
		'held',
		held.map(({ who, message }) => `${who}: ${message}`),
	);
	none('other than without a crash', differences(reference[chapter].facts, life.facts()));
	none('invited twice', invitedTwice(life));
	none('without access for a while', accessLost(life));
	if (chapter === CHAPTERS.at(-1)) await quiet(life);
	return `${counts.writes} writes in both runs, ${reference[chapter].counts.writes} are needed`;
}

function none(what: string, found: string[]): void {
	assert.equal(found.length, 0, `${found.length} ${what}:\n${found.slice(0, 8).join('\n')}`);
}

/** One more run finds nothing to be done. */
async function quiet(life: Life): Promise<void> {
	const { counts, execution } = await life.again();
	assert.ok(execution.succeeded, execution.describe());
	assert.equal(counts.writes, 0);
}
