import type { Execution } from '../../n8n/execution';
import type { Sandbox } from '../../sandbox';

/** A workflow that keeps a portal in step, with a company of its own behind it. */
export interface Side {
	name: 'package' | 'rival';
	sandbox: Sandbox;
	workflowId: string;
	/** Publishes the workflow so that its trigger starts it at once or very soon. */
	publish(): Promise<void>;
	/** Runs a copy of the workflow, by hand, for a company of 34. */
	warmUp(): Promise<void>;
	/** People whom a run says that it has failed for. */
	failed(execution: Execution): number;
}
