import assert from 'node:assert/strict';

import { factsOf } from '../safety/facts';
import type { PlatformName } from '../scenarios/company';
import { LIFECYCLE } from '../scenarios/lifecycle';
import type { Stage } from './stage';
import { SYNC, SYNC_360 } from './templateNames';

/** What the runs of a few days wrote, and what the LMS knew afterwards. */
export interface Story {
	runs: Array<{ run: string; writes: string[] }>;
	/** When everybody had accepted the invitation. */
	loaded: Record<string, string>;
	end: Record<string, string>;
}

export const TEMPLATES: Record<PlatformName, string> = { learnUpon: SYNC, threeSixtyLearning: SYNC_360 };

/** What happens on one day to people who have nothing to do with each other. */
const DAY = [
	'somebody marries and has a new last name',
	'somebody moves to another department',
	'somebody will leave in 20 days',
	"somebody's last day was yesterday",
	'somebody is hired for in two weeks',
];

/** The same days in whatever n8n: by hand and by schedule, from an empty LMS on. */
export async function tellStory(stage: Stage): Promise<Story> {
	const file = TEMPLATES[stage.company.platform];
	const runs: Story['runs'] = [];
	const note = (run: string, { writes }: { writes: string[] }) => {
		// Several people are handled at a time.
		runs.push({ run, writes: [...writes].sort() });
	};
	await stage.setParameters(file, 'Plan Sync', { dryRun: false });
	note('a first load by hand', await stage.run(file));
	acceptAll(stage);
	note('the next one by schedule', await stage.scheduled(file, () => undefined, 'success'));
	const idle = await stage.run(file);
	assert.deepEqual(idle.writes, []);
	const loaded = knowledgeOf(stage);
	for (const name of DAY) {
		const scenario = LIFECYCLE.find((each) => each.name === name);
		assert.ok(scenario, name);
		scenario.change(stage.company);
	}
	note('a day with changes by schedule', await stage.scheduled(file, () => undefined, 'success'));
	const again = await stage.run(file);
	assert.deepEqual(again.writes, []);
	return { runs, loaded, end: knowledgeOf(stage) };
}

export function acceptAll({ sandbox: { learnUpon, threeSixtyLearning } }: Stage): void {
	learnUpon.acceptAllInvites();
	threeSixtyLearning.acceptAllInvitations();
}

/** Everything that the LMS knows, by names instead of ids. */
export const knowledgeOf = ({ sandbox, company }: Stage): Record<string, string> =>
	Object.fromEntries(factsOf(sandbox, company.platform, new Map()));
