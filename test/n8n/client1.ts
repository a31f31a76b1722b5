import { N8nClient, type PublicationStatus } from './client';

/**
 * Drives an n8n 1.x (read in n8n 1.123.81, `dist/workflows`): a run by hand carries the workflow itself, and
 * triggers are live, or have told why not, when the call to activate them has been answered.
 */
export class N8n1Client extends N8nClient {
	protected override async runOf(workflowId: string): Promise<object> {
		return { workflowData: await this.workflow(workflowId) };
	}

	protected override async publication(workflowId: string): Promise<PublicationStatus> {
		const { active } = await this.workflow(workflowId);
		return { status: active ? 'published' : 'not_published', triggers: [] };
	}
}
