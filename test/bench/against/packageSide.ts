import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { IWorkflowSettings } from 'n8n-workflow';

import type { Report } from '../../../nodes/LmsSync/report/summary';
import type { Credential, N8nClient } from '../../n8n/client';
import type { StoredWorkflow } from '../../n8n/workflow';
import type { Sandbox } from '../../sandbox';
import { provideCredentials, reportsOf, runByHand } from '../../tools/demo';
import type { Side } from './side';

const TEMPLATE = resolve(__dirname, '..', '..', '..', 'workflows', 'sync-personio-to-learnupon.json');

/** The two fields that the rival keeps in step, too. */
const FIELD_MAPPING = {
	field: [
		{ attribute: 'department', field: 'Department' },
		{ attribute: 'hireDate', field: 'Start Date' },
	],
};

/** The shipped template, live, with two custom fields mapped. */
export async function packageSide(
	client: N8nClient,
	sandbox: Sandbox,
	warmUpSandbox: Sandbox,
	settings: IWorkflowSettings = {},
): Promise<Side> {
	const workflow = await install(client, await provideCredentials(client, sandbox), 'Package', settings);
	const warmUpCredentials = await otherCredentials(client, warmUpSandbox);
	const warmUp = await install(client, warmUpCredentials, 'Package, warm-up', {});
	return {
		name: 'package',
		sandbox,
		workflowId: workflow.id,
		publish: async () => await client.publish(workflow.id),
		warmUp: async () => {
			const execution = await runByHand(client, warmUp);
			if (execution.status !== 'success') throw new Error(execution.describe());
		},
		failed: (execution) =>
			reportsOf(execution, workflow).flatMap(({ json }) => (json as unknown as Report).failed).length,
	};
}

async function install(
	client: N8nClient,
	credentials: Record<string, Credential>,
	rename: string,
	settings: IWorkflowSettings,
): Promise<StoredWorkflow> {
	const template = JSON.parse(await readFile(TEMPLATE, 'utf8')) as unknown;
	const { id } = await client.importWorkflow(template, { credentials, rename });
	await client.setParameters(id, 'Plan Sync', { dryRun: false, fieldMapping: FIELD_MAPPING });
	return await client.updateWorkflow(id, (draft) => {
		draft.settings = { ...draft.settings, ...settings };
	});
}

/** `provideCredentials` keeps one of each type: these are others, and so have limits of their own. */
async function otherCredentials(
	client: N8nClient,
	{ personio, learnUpon }: Sandbox,
): Promise<Record<string, Credential>> {
	return {
		personioEmployeesApi: await client.createCredential('Personio (warm-up)', 'personioEmployeesApi', {
			baseUrl: personio.url,
			...personio.credentials,
		}),
		learnUponApi: await client.createCredential('LearnUpon (warm-up)', 'learnUponApi', {
			portalUrl: learnUpon.url,
			...learnUpon.credentials,
		}),
	};
}
