import type { IWorkflowSettings } from 'n8n-workflow';

import type { Credential, N8nClient } from '../../n8n/client';
import type { Sandbox } from '../../sandbox';
import { runByHand } from '../../tools/demo';
import { TIME_SCALE } from './arena';
import { rival } from './rival';
import type { Side } from './side';

/** How long after it is published the schedule fires. */
const AHEAD_MS = 10_000;

/** The workflow of n8n's own nodes. */
export async function rivalSide(
	client: N8nClient,
	sandbox: Sandbox,
	warmUpSandbox: Sandbox,
	settings: IWorkflowSettings = {},
): Promise<Side> {
	const credentials = await provideGenericCredentials(client, sandbox);
	const install = async ({ personio, learnUpon }: Sandbox, rename: string) => {
		const file = rival({
			personioUrl: personio.url,
			learnUponUrl: learnUpon.url,
			timeScale: TIME_SCALE,
		});
		for (const node of file.nodes) {
			// What is chosen under "Generic Auth Type" is not among the slots that the node's description names.
			const type = node.parameters['genericAuthType'] as string | undefined;
			const credential = type === undefined ? undefined : credentials[type];
			if (type && credential) node.credentials = { [type]: { id: credential.id, name: credential.name } };
		}
		const workflow = { ...file, settings: { ...file.settings, ...settings } };
		const { id } = await client.importWorkflow(workflow, { rename });
		const issues = await client.workflowIssues(id);
		if (Object.keys(issues).length > 0) throw new Error(`The rival is broken: ${JSON.stringify(issues)}`);
		return id;
	};
	const workflowId = await install(sandbox, 'Rival');
	const warmUpId = await install(warmUpSandbox, 'Rival, warm-up');
	return {
		name: 'rival',
		sandbox,
		workflowId,
		publish: async () => {
			const at = new Date(Date.now() + AHEAD_MS);
			const expression = `${at.getSeconds()} ${at.getMinutes()} ${at.getHours()} * * *`;
			await client.setParameters(workflowId, 'On Schedule', {
				rule: { interval: [{ field: 'cronExpression', expression }] },
			});
			await client.publish(workflowId);
		},
		warmUp: async () => {
			const execution = await runByHand(client, await client.workflow(warmUpId));
			if (execution.status !== 'success') throw new Error(execution.describe());
		},
		failed: (execution) =>
			execution.executedNodes
				.filter((node) => node.endsWith(' Again'))
				.flatMap((node) => execution.itemsOf(node, 1)).length,
	};
}

/** All sandboxes have the same secrets. */
async function provideGenericCredentials(
	client: N8nClient,
	{ personio, learnUpon }: Sandbox,
): Promise<Record<string, Credential>> {
	const { clientId, clientSecret } = personio.credentials;
	const { username, password } = learnUpon.credentials;
	return {
		httpCustomAuth: await client.createCredential('Personio API', 'httpCustomAuth', {
			json: JSON.stringify({ body: { client_id: clientId, client_secret: clientSecret } }),
		}),
		httpBasicAuth: await client.createCredential('LearnUpon API', 'httpBasicAuth', {
			user: username,
			password,
		}),
	};
}
