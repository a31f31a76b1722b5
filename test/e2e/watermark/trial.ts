import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';

import { isSettled } from '../../n8n/execution';
import type { StoredWorkflow } from '../../n8n/workflow';
import type { Call } from '../../sandbox';
import { Desk } from './desk';
import type { Stage } from '../stage';

/** Only where the workflow is published. */
export const NEVER = { item: [{ mode: 'custom', cronExpression: '0 0 0 1 1 *' }] };
export const EVERY_MINUTE = { item: [{ mode: 'everyMinute' }] };

const LAST = 'Hand In';
const PATIENCE_MS = 150_000;
/** So long nothing must happen before it counts as quiet. */
const QUIET_MS = 1500;

/** What one execution was given. */
interface Told {
	id: string;
	/** The workflow came to its end with them. */
	isThrough: boolean;
	names: string[];
}

export const isRead = ({ method, path }: Call): boolean =>
	method === 'GET' && path === '/v1/company/employees';

/** A workflow of a trigger of changed employees and a last node, and the people who change. */
export class Trial {
	private trigger = 'Personio Trigger';

	private number = 0;

	private constructor(
		readonly stage: Stage,
		readonly desk: Desk,
		private readonly workflow: StoredWorkflow,
	) {}

	static async begin(stage: Stage): Promise<Trial> {
		const desk = await Desk.open();
		const trigger = { emit: 'changes', pollTimes: NEVER };
		const handIn = {
			method: 'POST',
			url: desk.url,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify({ name: $json.employee.lastName }) }}',
		};
		const workflow = await stage.n8n.client.importWorkflow(
			{
				name: 'Changed employees',
				nodes: [
					node('Personio Trigger', 'n8n-nodes-personio-lms.personioTrigger', 1, trigger),
					node(LAST, 'n8n-nodes-base.httpRequest', 4.2, handIn),
				],
				connections: { 'Personio Trigger': { main: [[{ node: LAST, type: 'main', index: 0 }]] } },
			},
			{ credentials: stage.credentials },
		);
		return new Trial(stage, desk, workflow);
	}

	async end(): Promise<void> {
		await this.unpublish();
		await this.desk.close();
	}

	/** Gives somebody in Personio a new last name, and tells it. */
	change(): string {
		const { personio } = this.stage.sandbox;
		const ids = [...personio.people.keys()];
		const lastName = `Name ${++this.number}`;
		personio.change(ids[this.number % ids.length] as number, { lastName });
		return lastName;
	}

	/** One poll: n8n makes it when the workflow is published. */
	async poll(): Promise<void> {
		await this.unpublish();
		await this.publish();
		await this.quiet();
	}

	async publish(): Promise<void> {
		await this.client.publish(this.workflow.id);
	}

	async unpublish(): Promise<void> {
		if (await this.isPublished()) await this.client.unpublish(this.workflow.id);
	}

	async set(parameters: INodeParameters): Promise<void> {
		await this.client.setParameters(this.workflow.id, this.trigger, parameters);
	}

	/** As in the editor: the draft, and with it what leads from the node. */
	async rename(name: string): Promise<void> {
		await this.client.updateWorkflow(this.workflow.id, ({ nodes, connections }) => {
			for (const each of nodes) if (each.name === this.trigger) each.name = name;
			connections[name] = connections[this.trigger] ?? {};
			delete connections[this.trigger];
		});
		this.trigger = name;
	}

	/** After a kill. */
	async startAgain(): Promise<void> {
		const { n8n } = this.stage;
		// n8n waits ten seconds before it starts where it finds this.
		await rm(join(n8n.userFolder, '.n8n', 'crash.journal'), { force: true });
		await n8n.restart();
		// Where it was not published yet; where it was, n8n polls as it starts.
		if (!(await this.isPublished())) await this.publish();
		await this.quiet();
	}

	/** Every execution that was given people, oldest first. */
	async told(): Promise<Told[]> {
		const summaries = (await this.client.executions(this.workflow.id)).reverse();
		return await Promise.all(
			summaries.map(async ({ id, status }) => {
				// Of a killed one n8n may have nothing more than its number.
				if (status === 'crashed') return { id, isThrough: false, names: [] };
				const execution = await this.client.execution(id);
				const [first = ''] = execution.executedNodes;
				const employees = execution.itemsOf(first).map(({ json }) => json['employee']);
				return {
					id,
					isThrough: execution.succeeded && execution.lastNodeExecuted === LAST,
					names: employees.map((employee) => (employee as { lastName: string }).lastName),
				};
			}),
		);
	}

	/** How many executions that came to their end were given the person by this name. */
	async through(name: string): Promise<number> {
		return (await this.told()).filter(({ isThrough, names }) => isThrough && names.includes(name)).length;
	}

	/** Until no execution goes on and none begins. */
	async quiet(): Promise<void> {
		let since = Date.now();
		let known = -1;
		await this.until('no quiet', async () => {
			const executions = await this.client.executions(this.workflow.id);
			if (executions.length !== known || !executions.every(isSettled)) since = Date.now();
			known = executions.length;
			return Date.now() - since > QUIET_MS;
		});
	}

	async until(otherwise: string, isReached: () => Promise<boolean>, everyMs = 200): Promise<void> {
		const deadline = Date.now() + PATIENCE_MS;
		while (!(await isReached())) {
			if (Date.now() > deadline) throw new Error(`After ${PATIENCE_MS / 1000} s: ${otherwise}.`);
			await sleep(everyMs);
		}
	}

	/** Waits for the next poll, and does something while Personio is asked. */
	async duringRead(act: () => void | Promise<void>, answer: { delay: number } = { delay: 1 }): Promise<void> {
		let isAsked = false;
		this.stage.sandbox.personio.misbehave({
			match: (call) => isRead(call) && (isAsked = true),
			times: 1,
			do: answer,
		});
		await this.until('Personio was not asked', async () => isAsked, 5);
		await act();
	}

	private get client() {
		return this.stage.n8n.client;
	}

	private async isPublished(): Promise<boolean> {
		return (await this.client.workflow(this.workflow.id)).active;
	}
}

const node = (name: string, type: string, typeVersion: number, parameters: INodeParameters): INode => ({
	id: `${name}-id`,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});
