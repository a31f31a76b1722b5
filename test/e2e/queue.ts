import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Queue } from '../n8n/queue';
import type { PlatformName } from '../scenarios/company';
import type { Checks } from './checks';
import { startHost, withHost, withCompany, type Host } from './hosts';
import { crashes } from './queueCrash';
import { keepsMemory } from './queueMemory';
import { overlaps } from './queueOverlap';
import { learnUponApprovals } from './safetyApproval';
import { CHECKOUT, Stage } from './stage';
import { acceptAll, knowledgeOf, tellStory, TEMPLATES, type Story } from './story';
import { SYNC } from './templateNames';

export type QueueHost = Host & { queue: Queue };

const PLATFORMS: PlatformName[] = ['learnUpon', 'threeSixtyLearning'];

/** The days as n8n's regular mode tells them. */
export async function tellReferences(): Promise<Map<PlatformName, Story>> {
	const stories = new Map<PlatformName, Story>();
	await withHost(startHost(), async ({ n8n }) => {
		for (const platform of PLATFORMS) {
			const stage = await Stage.open(n8n, platform);
			stories.set(platform, await tellStory(stage));
			await stage.close();
		}
	});
	return stories;
}

/** n8n with workers on PostgreSQL and Redis. */
export async function queueChecks(
	checks: Checks,
	host: QueueHost,
	references: Map<PlatformName, Story>,
): Promise<void> {
	for (const platform of PLATFORMS) {
		const reference = references.get(platform);
		assert.ok(reference);
		await withCompany(checks, host, platform, async (stage) => {
			await sameAsRegular(checks, stage, host, reference);
			await files(checks, stage);
		});
		await withCompany(checks, host, platform, async (stage) => {
			await overlaps(checks, stage, host.queue, reference);
		});
	}
	await setAside(host, SYNC);
	await withCompany(checks, host, 'learnUpon', async (stage) => {
		await stage.setParameters(SYNC, 'Plan Sync', { dryRun: false });
		await stage.run(SYNC);
		acceptAll(stage);
		await stage.run(SYNC);
		await keepsMemory(checks, stage);
		await learnUponApprovals(checks, stage);
	});
	await withCompany(checks, host, 'learnUpon', async (stage) => await crashes(checks, stage, host.queue));
}

/** The next company gets a workflow of its own, for which nobody has lost access yet. */
async function setAside({ n8n: { client } }: Host, file: string): Promise<void> {
	const { name } = JSON.parse(await readFile(join(CHECKOUT, 'workflows', file), 'utf8')) as { name: string };
	for (const workflow of (await client.workflows()).filter((each) => each.name === name)) {
		await client.updateWorkflow(workflow.id, (draft) => {
			draft.name = `${name} (set aside)`;
		});
	}
}

async function sameAsRegular(
	checks: Checks,
	stage: Stage,
	{ queue }: QueueHost,
	reference: Story,
): Promise<void> {
	const { platform } = stage.company;
	await checks.run(
		`${platform}: workers write what the regular mode writes, by hand and by schedule, and the LMS ends the same`,
		async () => {
			const story = await tellStory(stage);
			assert.deepEqual(story, reference);
			return story.runs.map(({ run, writes }) => `${run}: ${writes.length} writes`).join('; ');
		},
	);
	await checks.run(`${platform}: every run was a worker's, none the main process's`, async () => {
		const all = await stage.n8n.client.executions(stage.template(TEMPLATES[platform]).id);
		const byWorker = queue.workers.map((worker) => new Set(worker.executions()));
		const strays = all.filter(({ id }) => !byWorker.some((each) => each.has(id)));
		assert.deepEqual(strays, []);
		return byWorker.map((each) => all.filter(({ id }) => each.has(id)).length).join(' and ');
	});
}

/** They come from a worker, which shares no disk with the main process. */
async function files(checks: Checks, stage: Stage): Promise<void> {
	await checks.run('page, table and undo file of a run come out of the database', async () => {
		const { client } = stage.n8n;
		stage.sandbox.personio.change(stage.company.person(1), { lastName: 'Datei' });
		const { execution } = await stage.run(TEMPLATES[stage.company.platform]);
		const { report, reportTable, reportUndo } = execution.itemsOf('Report on Run')[0]?.binary ?? {};
		assert.ok(report && reportTable && reportUndo);
		for (const file of [report, reportTable, reportUndo]) assert.match(file.id ?? '', /^database:/);
		const [page, table, undo] = await Promise.all(
			[report, reportTable, reportUndo].map(async (file) => (await client.binary(file)).toString()),
		);
		assert.match(page ?? '', /^<!doctype html>[^]*<\/html>\s*$/i);
		assert.match(table ?? '', /Datei/);
		assert.ok(JSON.parse(undo ?? ''));
		assert.ok(Object.values(knowledgeOf(stage)).includes('Datei'));
		return [page, table, undo].map((text) => `${text?.length} characters`).join(', ');
	});
}
