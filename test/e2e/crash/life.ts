import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Report } from '../../../nodes/LmsSync/report/summary';
import { isSettled, type Execution } from '../../n8n/execution';
import type { StoredWorkflow } from '../../n8n/workflow';
import { factsOf, type Facts } from '../../safety/facts';
import { startSandbox, type Sandbox } from '../../sandbox';
import type { PlatformName } from '../../scenarios/company';
import { provideCredentials, reportsOf, runByHand } from '../../tools/demo';
import type { Stage } from '../stage';
import { company, happen, type Chapter } from './company';
import { countsOf, killAt, type Counts, type Moment } from './moment';

export type Mode = 'by hand' | 'scheduled';

const TEMPLATES: Record<PlatformName, string> = {
	learnUpon: 'sync-personio-to-learnupon.json',
	threeSixtyLearning: 'sync-personio-to-360learning.json',
};

/** The template starts by itself when it is published, and at no other time while a test runs. */
const NEVER = { item: [{ mode: 'custom', cronExpression: '0 0 0 1 1 *' }] };

const PATIENCE_MS = 60_000;

/** So much faster than documented are the vendors' limits, as the stage has the package's own clock. */
const SPEED = 60;

export const SPED_UP: Record<string, string> = {
	// A publication that was under way is taken up by the next n8n after two minutes otherwise.
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '10',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '2000',
};

export interface Lived {
	execution: Execution;
	/** Of the run, or of both. */
	counts: Counts;
}

/** One company with its LMS, and a workflow of its own, from the first load on. */
export class Life {
	private constructor(
		private readonly stage: Stage,
		readonly platform: PlatformName,
		readonly mode: Mode,
		readonly sandbox: Sandbox,
		readonly workflow: StoredWorkflow,
	) {}

	static async begin(stage: Stage, platform: PlatformName, mode: Mode, name: string): Promise<Life> {
		const { client } = stage.n8n;
		const sandbox = await startSandbox({
			company: company(),
			timeScale: SPEED,
			// Whatever is asked for twice is done twice: a second mail would go out.
			learnUpon: { duplicatePortalInvite: 'second' },
			threeSixtyLearning: { repeatedInvitation: 'sentAgain' },
		});
		const credentials = await provideCredentials(client, sandbox);
		const { name: title, ...template } = stage.template(TEMPLATES[platform]);
		const workflow = await client.importWorkflow(template, { credentials, rename: `${title}: ${name}` });
		const { syncRoot } = sandbox.threeSixtyLearning;
		await client.setParameters(workflow.id, 'Plan Sync', {
			dryRun: false,
			...(platform === 'threeSixtyLearning' && { rootGroup: syncRoot }),
		});
		await client.setParameters(workflow.id, 'Read Employees on Schedule', { pollTimes: NEVER });
		return new Life(stage, platform, mode, sandbox, workflow);
	}

	/** A workflow that stayed published would run again with every start of n8n. */
	async end(): Promise<void> {
		const { client } = this.stage.n8n;
		try {
			if ((await client.workflow(this.workflow.id)).active) await client.unpublish(this.workflow.id);
		} finally {
			await this.sandbox.close();
		}
	}

	/** The facts that the LMS knows. */
	facts(): Facts {
		return factsOf(this.sandbox, this.platform, new Map());
	}

	/** Lets the chapter happen and runs the sync; with a moment, that run is killed and another one follows. */
	async live(chapter: Chapter, moment?: Moment): Promise<Lived> {
		happen(chapter, this.sandbox, this.platform);
		const before = countsOf(this.sandbox);
		const execution = moment ? await this.runAfterKill(moment) : await this.run();
		return { execution, counts: countsOf(this.sandbox, before) };
	}

	/** One more run, without anything that has happened. */
	async again(): Promise<Lived> {
		const before = countsOf(this.sandbox);
		const execution = await this.run();
		return { execution, counts: countsOf(this.sandbox, before) };
	}

	/** A run that nobody kills, from its start to its end. */
	async run(): Promise<Execution> {
		const { client } = this.stage.n8n;
		const { id } = this.workflow;
		if (this.mode === 'by hand') return await runByHand(client, this.workflow);
		const from = Date.now();
		await client.publish(id);
		const execution = await this.startedSince(from);
		await client.unpublish(id);
		return execution;
	}

	reportOf(execution: Execution): Report {
		const [report] = reportsOf(execution, this.workflow);
		assert.ok(report, `The run has no report. ${execution.describe()}`);
		return report.json as unknown as Report;
	}

	private async runAfterKill(moment: Moment): Promise<Execution> {
		const { n8n } = this.stage;
		const { id } = this.workflow;
		const { killed, disarm } = killAt(this.sandbox, moment, async () => await n8n.kill());
		// Whoever waits for an answer of an n8n that is killed gets none.
		const run = this.run().catch(() => undefined);
		if ((await Promise.race([killed, run.then(() => 'ended')])) === 'ended') await n8n.kill();
		disarm();
		await run;

		// n8n waits ten seconds before it starts where it finds this.
		await rm(join(n8n.userFolder, '.n8n', 'crash.journal'), { force: true });
		const from = Date.now();
		await n8n.restart();
		const left = (await n8n.client.executions(id)).filter((each) => Date.parse(each.startedAt ?? '') < from);
		const open = left.filter((each) => !isSettled(each));
		assert.deepEqual(open, [], 'n8n holds a killed run for one that goes on');
		const { active } = await n8n.client.workflow(id);
		if (!active) return await this.run();
		// As it was published, n8n has started it anew by itself.
		const execution = await this.startedSince(from);
		await n8n.client.unpublish(id);
		return execution;
	}

	private async startedSince(moment: number): Promise<Execution> {
		const { client } = this.stage.n8n;
		const deadline = Date.now() + PATIENCE_MS;
		for (;;) {
			const all = await client.executions(this.workflow.id);
			const found = all.find(({ startedAt }) => Date.parse(startedAt ?? '') >= moment);
			if (found) return await client.finished(found.id);
			if (Date.now() > deadline) throw new Error('No execution was started within a minute.');
			await sleep(200);
		}
	}
}
