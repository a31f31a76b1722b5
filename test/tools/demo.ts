import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credential, N8nClient } from '../n8n/client';
import type { Execution, Item } from '../n8n/execution';
import type { StoredWorkflow } from '../n8n/workflow';
import type { Sandbox } from '../sandbox';

/** Who may open the forms of the templates. */
export const FORM_LOGIN = { user: 'operator', password: 'Demo-forms-1' };

const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/**
 * Makes the credentials for the sandbox servers, and the login of the forms. In a folder that was kept, those of the last time are
 * pointed at the sandbox of today, whose ports differ.
 */
export async function provideCredentials(
	client: N8nClient,
	{ personio, learnUpon, threeSixtyLearning }: Sandbox,
): Promise<Record<string, Credential>> {
	const wanted = {
		personioEmployeesApi: {
			name: 'Personio (sandbox)',
			data: { baseUrl: personio.url, ...personio.credentials },
		},
		learnUponApi: {
			name: 'LearnUpon (sandbox)',
			data: { portalUrl: learnUpon.url, ...learnUpon.credentials },
		},
		threeSixtyLearningApi: {
			name: '360Learning (sandbox)',
			data: {
				region: 'custom',
				baseUrl: threeSixtyLearning.url,
				...threeSixtyLearning.credentials,
			},
		},
		httpBasicAuth: { name: 'Forms (sandbox)', data: FORM_LOGIN },
	};
	const present = await client.credentials();
	const choice: Record<string, Credential> = {};
	for (const [type, { name, data }] of Object.entries(wanted)) {
		const known = present.find((credential) => credential.type === type && credential.name === name);
		if (known) await client.updateCredential(known, data);
		choice[type] = known ?? (await client.createCredential(name, type, data));
	}
	return choice;
}

/**
 * Imports every template that n8n does not hold yet by its name, and fills in what its notes ask an
 * operator to choose.
 *
 * @returns by file name; those that were there already may have been edited since
 */
export async function importTemplates(
	client: N8nClient,
	folder: string,
	credentials: Record<string, Credential>,
	{ rootGroup }: { rootGroup: string },
): Promise<Record<string, StoredWorkflow>> {
	const present = await client.workflows();
	const imported: Record<string, StoredWorkflow> = {};
	for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
		const template = JSON.parse(await readFile(join(folder, file), 'utf8')) as { name: string };
		const known = present.find(({ name }) => name === template.name);
		imported[file] = known
			? await client.workflow(known.id)
			: await client.importWorkflow(template, { credentials });
		const { id, nodes } = imported[file];
		for (const { name, parameters } of nodes) {
			if (parameters['rootGroup'] === '') await client.setParameters(id, name, { rootGroup });
		}
	}
	return imported;
}

/** Runs a template from its Manual Trigger. */
export async function runByHand(client: N8nClient, workflow: StoredWorkflow): Promise<Execution> {
	const trigger = workflow.nodes.find(({ type }) => type === MANUAL_TRIGGER);
	if (!trigger) throw new Error(`"${workflow.name}" has no Manual Trigger to start it by hand.`);
	return await client.runManually(workflow.id, trigger.name);
}

/** What the report nodes of the run gave out, of those that were reached. */
export function reportsOf(execution: Execution, workflow: StoredWorkflow): Item[] {
	return workflow.nodes
		.filter(({ parameters }) => parameters['operation'] === 'report')
		.flatMap(({ name }) => execution.itemsOf(name)[0] ?? []);
}
