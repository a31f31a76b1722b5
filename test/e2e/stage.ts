import { resolve } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import type { Report } from '../../nodes/LmsSync/report/summary';
import type { SyncItem } from '../../nodes/shared/item';
import type { Credential } from '../n8n/client';
import type { Execution } from '../n8n/execution';
import type { RunningN8n } from '../n8n/server';
import type { StoredWorkflow } from '../n8n/workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { Company, describeWrite, type PlatformName } from '../scenarios/company';
import { FORM_LOGIN, importTemplates, provideCredentials, reportsOf, runByHand } from '../tools/demo';
import { SPEED } from '../n8n/speed';

export const CHECKOUT = resolve(__dirname, '..', '..');

export interface Run {
	execution: Execution;
	report: Report;
	/** One for each platform of the template. */
	reports: Report[];
	/** Writes to the platforms, as `describeWrite` puts them. */
	writes: string[];
	calls: number;
}

/** `alert`: the run is through, and its workflow ends as an error so that somebody looks. */
export type Ending = 'success' | 'alert' | 'waiting';

/** The step by which templates end a run that looks odd. */
export const ALERT_STEP = 'Stop with an Alert';

export function endingOf(execution: Execution): string {
	const isAlert = execution.status === 'error' && execution.lastNodeExecuted === ALERT_STEP;
	return isAlert ? 'alert' : execution.status;
}

function expectEnding(execution: Execution, ending: Ending): void {
	const found = endingOf(execution);
	if (found !== ending) throw new Error(`Expected "${ending}". ${execution.describe()}`);
}

/** An n8n, the demo company behind it, and the templates imported, as far as n8n does not hold them yet. */
export class Stage {
	private constructor(
		readonly sandbox: Sandbox,
		readonly n8n: RunningN8n,
		readonly credentials: Record<string, Credential>,
		readonly templates: Record<string, StoredWorkflow>,
		readonly company: Company,
	) {}

	static async open(n8n: RunningN8n, platform: PlatformName): Promise<Stage> {
		const sandbox = await startSandbox({ timeScale: SPEED });
		const credentials = await provideCredentials(n8n.client, sandbox);
		const templates = await importTemplates(n8n.client, resolve(CHECKOUT, 'workflows'), credentials, {
			rootGroup: sandbox.threeSixtyLearning.syncRoot,
		});
		return new Stage(sandbox, n8n, credentials, templates, new Company(sandbox, platform));
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	template(file: string): StoredWorkflow {
		const workflow = this.templates[file];
		if (!workflow) throw new Error(`workflows/${file} was not imported.`);
		return workflow;
	}

	async setParameters(file: string, node: string, parameters: INodeParameters): Promise<void> {
		await this.n8n.client.setParameters(this.template(file).id, node, parameters);
	}

	/**
	 * Runs a template by hand and reads its report.
	 *
	 * @param ending how the run is to end: an odd one stops with an alert, on purpose
	 */
	async run(file: string, ending: Ending = 'success'): Promise<Run> {
		this.clearCalls();
		const execution = await runByHand(this.n8n.client, this.template(file));
		expectEnding(execution, ending);
		return this.outcome(file, execution);
	}

	/**
	 * Publishes a template, reads the report of the run that its trigger starts, and takes the template off
	 * again.
	 */
	async scheduled(file: string, act: () => void = () => undefined, ending?: Ending): Promise<Run> {
		const { id } = this.template(file);
		act();
		const execution = await this.triggered(id);
		await this.n8n.client.unpublish(id);
		if (ending) expectEnding(execution, ending);
		return this.outcome(file, execution);
	}

	/** The run that the trigger of a workflow starts when the workflow is published. */
	async triggered(id: string): Promise<Execution> {
		const { client } = this.n8n;
		this.clearCalls();
		const known = new Set((await client.executions(id)).map((execution) => execution.id));
		await client.publish(id);
		const deadline = Date.now() + 60_000;
		for (;;) {
			const next = (await client.executions(id)).find(
				(each) => !known.has(each.id) && each.mode === 'trigger',
			);
			if (next) return await client.finished(next.id);
			if (Date.now() > deadline) throw new Error('No execution was started within a minute.');
			await new Promise((resume) => setTimeout(resume, 200));
		}
	}

	/** Publishes a template that begins with a form, and hands over the address of the form with its login. */
	async withForm<Result>(file: string, act: (url: string) => Promise<Result>): Promise<Result> {
		const { client, url } = this.n8n;
		const { id, nodes } = this.template(file);
		const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
		if (!trigger?.webhookId) throw new Error(`${file} begins with no form.`);
		await client.publish(id);
		try {
			const address = Object.assign(new URL(`${url}/form/${trigger.webhookId}`), {
				username: FORM_LOGIN.user,
				password: FORM_LOGIN.password,
			});
			return await act(address.href);
		} finally {
			await client.unpublish(id);
		}
	}

	/** What a run has written since `clearCalls`, and the first of its reports. */
	outcome(file: string, execution: Execution): Run {
		const reports = reportsOf(execution, this.template(file));
		const [first] = reports;
		if (!first) throw new Error('The run has no report.');
		const { personio, learnUpon, threeSixtyLearning } = this.sandbox;
		const calls = [personio, learnUpon, threeSixtyLearning].flatMap((server) => server.calls);
		return {
			execution,
			report: first.json as unknown as Report,
			reports: reports.map(({ json }) => json as unknown as Report),
			writes: this.writes(),
			calls: calls.length,
		};
	}

	/** Writes to the platforms since `clearCalls`; one that a limit refused is not one yet, and comes again. */
	writes(): string[] {
		const { learnUpon, threeSixtyLearning } = this.sandbox;
		const asked = [...learnUpon.writes(), ...threeSixtyLearning.writes()];
		return asked.filter(({ status }) => status !== 429).map(describeWrite);
	}

	clearCalls(): void {
		const { personio, learnUpon, threeSixtyLearning } = this.sandbox;
		for (const server of [personio, learnUpon, threeSixtyLearning]) server.clearCalls();
	}
}

/** What the plan put out, by output. */
export function planOf(
	{ execution }: Run,
	node: string,
): Record<'upsert' | 'deactivate' | 'held', SyncItem[]> {
	const items = (output: number) =>
		execution.itemsOf(node, output).map(({ json }) => json as unknown as SyncItem);
	return { upsert: items(0), deactivate: items(1), held: items(2) };
}
