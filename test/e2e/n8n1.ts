import type { Checks } from './checks';
import { withCompany, type Host } from './hosts';
import { learnUponChecks } from './learnUpon';
import { learnUponApprovals } from './safetyApproval';
import { explanations } from './safetyExplain';
import { templatesImport } from './templates';
import { APPROVAL, EXPLAIN, SYNC } from './templateNames';
import { threeSixtyLearningChecks } from './threeSixtyLearning';

/** The last n8n 1.x does what n8n 2.x does by the same templates, with the same writes. */
export async function n8n1Checks(checks: Checks, host: Host): Promise<void> {
	await withCompany(checks, host, 'learnUpon', async (stage) => {
		await templatesImport(checks, stage);
		await learnUponChecks(checks, stage);
		const { client } = stage.n8n;
		const { learnUpon } = stage.sandbox;
		// Both decide as the sync does, as their notes ask for: groups that it made are theirs, too.
		const { nodes } = await client.workflow(stage.template(SYNC).id);
		const groupRules = nodes.find(({ name }) => name === 'Plan Sync')?.parameters.groupRules ?? {};
		await stage.setParameters(APPROVAL, 'Plan Sync', { groupRules });
		await stage.setParameters(EXPLAIN, 'Plan for This Person', { groupRules });
		await learnUponApprovals(checks, stage);
		await explanations(checks, stage, {
			template: EXPLAIN,
			isKnown: (email) => [...learnUpon.invites.values()].some((invite) => invite.email === email),
		});
	});
	await withCompany(checks, host, 'threeSixtyLearning', async (stage) => {
		await threeSixtyLearningChecks(checks, stage);
	});
}
