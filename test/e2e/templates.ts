import assert from 'node:assert/strict';

import type { Checks } from './checks';
import type { Stage } from './stage';

/** Every shipped template, as the editor shows it after its import. */
export async function templatesImport(checks: Checks, stage: Stage): Promise<void> {
	for (const [file, { id, nodes }] of Object.entries(stage.templates)) {
		await checks.run(`${file} is imported without a broken node or a missing parameter`, async () => {
			assert.deepEqual(await stage.n8n.client.workflowIssues(id), {});
			return `${nodes.length} nodes`;
		});
	}
}
