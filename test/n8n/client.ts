import { setTimeout as sleep } from 'node:timers/promises';
import type { IBinaryData, INodeParameters } from 'n8n-workflow';
import { Execution, isSettled, type ExecutionSummary } from './execution';
import { NodeLookups } from './lookups';
import { RestSession } from './rest';
import {
	asWorkflow,
	chooseCredentials,
	issuesOf,
	type CredentialChoice,
	type CredentialReference,
	type StoredWorkflow,
} from './workflow';

export interface Login {
	email: string;
	password: string;
}

export interface Credential extends CredentialReference {
	type: string;
}

export interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}

interface Waiting {
	timeoutMs?: number;
}

export interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

const POLL_MS = 100;
const RUN_TIMEOUT_MS = 120_000;
const PUBLISH_TIMEOUT_MS = 60_000;

/**
 * Drives a running n8n through the interface of its editor (routes read in n8n 2.41.1, `dist/controllers`,
 * `dist/workflows`, `dist/credentials`, `dist/executions`). It is n8n's internal interface and moves with it.
 */
export class N8nClient extends NodeLookups {
	constructor(readonly url: string) {
		super(new RestSession(url));
	}

	/** Makes the one owner of a fresh n8n, and signs in as it. */
	async setupOwner({ email, password }: Login): Promise<void> {
		const owner = { email, password, firstName: 'Demo', lastName: 'Owner' };
		await this.session.call('POST', '/owner/setup', owner);
		this.session.onExpired = async () => await this.login({ email, password });
	}

	async login({ email, password }: Login): Promise<void> {
		await this.session.call('POST', '/login', { emailOrLdapLoginId: email, password });
		this.session.onExpired = async () => await this.login({ email, password });
	}

	async createCredential(name: string, type: string, data: object): Promise<Credential> {
		const stored = await this.session.call<Credential>('POST', '/credentials', { name, type, data });
		return { id: stored.id, name: stored.name, type: stored.type };
	}

	async updateCredential({ id, name, type }: Credential, data: object): Promise<void> {
		await this.session.call('PATCH', `/credentials/${id}`, { name, type, data });
	}

	async credentials(): Promise<Credential[]> {
		return await this.session.call('GET', '/credentials');
	}

	/** What the Test button of a saved credential does. */
	async testCredential({ id, name, type }: Credential): Promise<TestResult> {
		const { data } = await this.session.call<{ data?: object }>('GET', `/credentials/${id}`, undefined, {
			includeData: true,
		});
		return await this.session.call('POST', '/credentials/test', { credentials: { id, name, type, data } });
	}

	/** Stores the content of a workflow file as the editor does on import, with the credentials chosen. */
	async importWorkflow(
		file: unknown,
		{ credentials = {}, rename }: { credentials?: CredentialChoice; rename?: string } = {},
	): Promise<StoredWorkflow> {
		const workflow = asWorkflow(file);
		chooseCredentials(workflow, await this.typesIn(workflow), credentials);
		const { name, nodes, connections, settings, pinData, meta, description } = workflow;
		return await this.session.call('POST', '/workflows', {
			name: rename ?? name,
			nodes,
			connections,
			settings,
			pinData,
			meta,
			description,
			// n8n 1.x has no default.
			active: false,
		});
	}

	async workflows(): Promise<StoredWorkflow[]> {
		return await this.session.call('GET', '/workflows');
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.session.call('GET', `/workflows/${id}`);
	}

	/** Saves a new draft. A published workflow goes on as it was until it is published again. */
	async updateWorkflow(id: string, change: (draft: StoredWorkflow) => void): Promise<StoredWorkflow> {
		const draft = await this.workflow(id);
		change(draft);
		const { name, nodes, connections, settings, pinData } = draft;
		return await this.session.call('PATCH', `/workflows/${id}`, {
			name,
			nodes,
			connections,
			settings,
			pinData,
		});
	}

	/** Changes the named parameters of one node and leaves its other ones. */
	async setParameters(id: string, nodeName: string, parameters: INodeParameters): Promise<void> {
		await this.updateWorkflow(id, ({ nodes }) => {
			const node = nodes.find(({ name }) => name === nodeName);
			if (!node) throw new Error(`Workflow ${id} has no node "${nodeName}".`);
			node.parameters = { ...node.parameters, ...parameters };
		});
	}

	/** What the editor would mark in red, by node name. */
	async workflowIssues(id: string): Promise<Record<string, string[]>> {
		const workflow = await this.workflow(id);
		return issuesOf(workflow, await this.typesIn(workflow));
	}

	/**
	 * Runs the whole workflow by hand from one of its triggers, polling triggers included, and waits for its
	 * end. Without a destination n8n runs every node that the trigger reaches. It runs what is saved.
	 *
	 * @throws if n8n refuses to run it or it does not end in time; a run that fails is returned like any other
	 */
	async runManually(
		workflowId: string,
		triggerName: string,
		{ timeoutMs = RUN_TIMEOUT_MS }: Waiting = {},
	): Promise<Execution> {
		const order = { ...(await this.runOf(workflowId)), triggerToStartFrom: { name: triggerName } };
		const path = `/workflows/${workflowId}/run`;
		const { executionId } = await this.session.call<{ executionId?: string }>('POST', path, order);
		if (executionId === undefined) {
			throw new Error(`n8n waits for a call to "${triggerName}" instead of running workflow ${workflowId}.`);
		}
		return await this.finished(executionId, { timeoutMs });
	}

	/** What n8n has to be told of a workflow that it is to run. */
	protected async runOf(_workflowId: string): Promise<object> {
		return {};
	}

	/** Waits until n8n is done with an execution. One that exceeds the time is stopped. */
	async finished(executionId: string, { timeoutMs = RUN_TIMEOUT_MS }: Waiting = {}): Promise<Execution> {
		const settled = await until(timeoutMs, async () => {
			const execution = await this.execution(executionId);
			return isSettled(execution) && execution.isStored ? execution : undefined;
		});
		if (settled) return settled;
		await this.session.call('POST', `/executions/${executionId}/stop`).catch(() => undefined);
		throw new Error(`Execution ${executionId} was still running after ${timeoutMs} ms and was stopped.`);
	}

	async execution(id: string): Promise<Execution> {
		return new Execution(await this.session.call('GET', `/executions/${id}`));
	}

	/** The latest executions of a workflow or of all, newest first, at most 100. */
	async executions(workflowId?: string): Promise<ExecutionSummary[]> {
		const filter = JSON.stringify({ workflowId });
		const page = await this.session.call<{ results: ExecutionSummary[] }>('GET', '/executions', undefined, {
			filter,
			limit: 100,
		});
		return page.results;
	}

	/** Waits for the first execution of the workflow newer than `after` (from the start if not given). */
	async nextExecution(
		workflowId: string,
		{ after = '0', timeoutMs = RUN_TIMEOUT_MS }: Waiting & { after?: string } = {},
	): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		const started = await until(timeoutMs, async () => {
			const newer = (await this.executions(workflowId)).filter(({ id }) => Number(id) > Number(after));
			return newer.sort((a, b) => Number(a.id) - Number(b.id))[0];
		});
		if (!started) {
			throw new Error(`Workflow ${workflowId} had no execution after ${after} within ${timeoutMs} ms.`);
		}
		return await this.finished(started.id, { timeoutMs: Math.max(POLL_MS, deadline - Date.now()) });
	}

	/**
	 * Publishes the saved version and waits until its triggers are live. A polling trigger polls at once.
	 *
	 * @throws with the trigger's own message if it refuses to start
	 */
	async publish(workflowId: string): Promise<void> {
		const { versionId } = await this.workflow(workflowId);
		await this.session.call('POST', `/workflows/${workflowId}/activate`, { versionId });
		// Between the call and the begin of the job, n8n still tells the state of before.
		const status = await this.publication(
			workflowId,
			({ status }) => status !== 'in_progress' && status !== 'not_published',
		);
		if (status.status === 'published') return;
		const reasons = status.triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		throw new Error(`Workflow ${workflowId} is ${status.status}. ${reasons.join(' ')}`.trim());
	}

	async unpublish(workflowId: string): Promise<void> {
		await this.session.call('POST', `/workflows/${workflowId}/deactivate`, {});
		await this.publication(workflowId, ({ status }) => status === 'not_published');
	}

	/** Publishing is a job that n8n does in the background. */
	protected async publication(
		workflowId: string,
		isDone: (status: PublicationStatus) => boolean,
	): Promise<PublicationStatus> {
		let last: PublicationStatus | undefined;
		const done = await until(PUBLISH_TIMEOUT_MS, async () => {
			last = await this.session.call<PublicationStatus>('GET', `/workflows/${workflowId}/publication-status`);
			return isDone(last) ? last : undefined;
		});
		if (done) return done;
		throw new Error(`Publication of workflow ${workflowId} is still ${last?.status} after a minute.`);
	}

	/** The content of a file that an item carries. */
	async binary(file: IBinaryData): Promise<Buffer> {
		if (file.id === undefined) return Buffer.from(file.data, 'base64');
		const { data } = await this.session.request({
			method: 'GET',
			url: '/rest/binary-data',
			params: { id: file.id, action: 'download' },
			responseType: 'arraybuffer',
		});
		return Buffer.from(data as ArrayBuffer);
	}
}

async function until<T>(timeoutMs: number, attempt: () => Promise<T | undefined>): Promise<T | undefined> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const result = await attempt();
		if (result !== undefined || Date.now() > deadline) return result;
		await sleep(POLL_MS);
	}
}
