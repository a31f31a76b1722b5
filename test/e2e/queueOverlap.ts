import assert from 'node:assert/strict';

import type { Queue } from '../n8n/queue';
import { runByHand } from '../tools/demo';
import type { Checks } from './checks';
import { endingOf, type Stage } from './stage';
import { acceptAll, knowledgeOf, TEMPLATES, type Story } from './story';

const EVERYBODY = 34;

/** Two workers have the same workflow in hand at the same time, and share no memory. */
export async function overlaps(
	checks: Checks,
	stage: Stage,
	{ workers }: Queue,
	{ loaded }: Story,
): Promise<void> {
	const { client } = stage.n8n;
	const { platform } = stage.company;
	const file = TEMPLATES[platform];
	await checks.run(
		`${platform}: two first loads at once, each by a worker: nobody is invited twice, both end clearly`,
		async () => {
			await stage.setParameters(file, 'Plan Sync', { dryRun: false });
			const runs = await Promise.all([1, 2].map(async () => await runByHand(client, stage.template(file))));
			const byWorker = runs.map(({ id }) => workers.findIndex((each) => each.executions().includes(id)));
			assert.deepEqual(byWorker.sort(), [0, 1]);
			const endings = runs.map(endingOf);
			for (const ending of endings) assert.match(ending, /^(success|alert)$/);
			const invited = invitationsOf(stage);
			assert.equal(invited.length, EVERYBODY);
			assert.equal(new Set(invited).size, EVERYBODY);
			const reports = runs.map((execution) => stage.outcome(file, execution).report);
			assert.deepEqual(
				reports.flatMap(({ failed }) => failed),
				[],
			);
			return reports.map(({ headline }, index) => `${endings[index]}: ${headline}`).join('; ');
		},
	);
	await checks.run(`${platform}: the run after them writes nothing`, async () => {
		assert.deepEqual((await stage.run(file)).writes, []);
	});
	await checks.run(`${platform}: the LMS ends as it does after one first load`, async () => {
		acceptAll(stage);
		await stage.run(file);
		assert.deepEqual(knowledgeOf(stage), loaded);
		return `${Object.keys(loaded).length} facts`;
	});
}

/** Everybody who has got an invitation, as often as they have. */
export function invitationsOf({ company, sandbox: { learnUpon, threeSixtyLearning } }: Stage): string[] {
	return company.platform === 'learnUpon'
		? [...learnUpon.invites.values()].map(({ email }) => email)
		: threeSixtyLearning.mails.filter(({ kind }) => kind === 'invitation').map(({ to }) => to);
}
