import assert from 'node:assert/strict';

import type { Checks } from './checks';
import { explanations } from './safetyExplain';
import { learnUponApprovals, oddWithoutApproval } from './safetyApproval';
import { configurationGuard, pseudonyms, slowLeak } from './safetyGuards';
import { glitches } from './safetyGlitch';
import { undoing } from './safetyUndo';
import type { Stage } from './stage';
import { APPROVAL, EXPLAIN, SYNC, TELL } from './templateNames';

/** What happens to a company whose sync goes wrong: by scheduled runs and by forms, as an operator meets it. */
export async function safetyChecks(checks: Checks, stage: Stage): Promise<void> {
	const { client } = stage.n8n;
	const { learnUpon } = stage.sandbox;
	await stage.setParameters(SYNC, 'Plan Sync', {
		dryRun: false,
		groupRules: { rule: [{ field: 'status', operator: 'isNotEmpty', value: '', group: 'Everyone' }] },
	});
	await checks.run('the error workflow is published and chosen in the settings of the sync', async () => {
		const { id } = stage.template(TELL);
		await client.publish(id);
		await client.updateWorkflow(stage.template(SYNC).id, (draft) => {
			draft.settings = { ...draft.settings, errorWorkflow: id };
		});
		const { settings } = await client.workflow(stage.template(SYNC).id);
		assert.equal(settings?.errorWorkflow, id);
	});
	await glitches(checks, stage);
	await undoing(checks, stage);
	await slowLeak(checks, stage);
	await pseudonyms(checks, stage);
	await configurationGuard(checks, stage);
	// Both decide as the sync does, as their notes ask for: groups that it made are theirs, too.
	const plan = (await client.workflow(stage.template(SYNC).id)).nodes.find(
		({ name }) => name === 'Plan Sync',
	);
	const groupRules = plan?.parameters.groupRules ?? {};
	await stage.setParameters(APPROVAL, 'Plan Sync', { groupRules });
	await stage.setParameters(EXPLAIN, 'Plan for This Person', { groupRules });
	await learnUponApprovals(checks, stage);
	await oddWithoutApproval(checks, stage, APPROVAL);
	await explanations(checks, stage, {
		template: EXPLAIN,
		isKnown: (email) => [...learnUpon.invites.values()].some((invite) => invite.email === email),
	});
}
