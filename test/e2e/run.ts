/**
 * `npm run e2e`: the packed package in a real n8n, by the shipped templates, against the sandbox.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8N_1 } from '../n8n/install';
import { packPackage } from '../n8n/package';
import type { PlatformName } from '../scenarios/company';
import { Checks } from './checks';
import { crashChecks, SPED_UP } from './crash';
import { credentialTests } from './credentials';
import { startHost, startQueueHost, withCompany, withHost } from './hosts';
import { learnUponChecks } from './learnUpon';
import { n8n1Checks } from './n8n1';
import { wantedParts } from './options';
import { queueChecks, tellReferences } from './queue';
import { safetyChecks } from './safety';
import { safetyThreeSixtyLearningChecks } from './safetyThreeSixtyLearning';
import { securityChecks, securityControl, TALKATIVE, UNMASKED } from './security';
import { CHECKOUT, Stage } from './stage';
import { templatesImport } from './templates';
import { threeSixtyLearningChecks } from './threeSixtyLearning';
import { watermarkChecks } from './watermark';

const checks = new Checks();

interface Part {
	platform: PlatformName;
	/** For n8n's environment. */
	env?: Record<string, string>;
	act(stage: Stage): Promise<void>;
}

/** Each has a company and an n8n of its own; those that are functions bring their own. */
const PARTS: Record<string, Part | (() => Promise<void>)> = {
	learnUpon: {
		platform: 'learnUpon',
		async act(stage) {
			await templatesImport(checks, stage);
			await credentialTests(checks, stage);
			await learnUponChecks(checks, stage);
		},
	},
	threeSixtyLearning: {
		platform: 'threeSixtyLearning',
		act: async (stage) => await threeSixtyLearningChecks(checks, stage),
	},
	safety: { platform: 'learnUpon', act: async (stage) => await safetyChecks(checks, stage) },
	safetyThreeSixtyLearning: {
		platform: 'threeSixtyLearning',
		act: async (stage) => await safetyThreeSixtyLearningChecks(checks, stage),
	},
	security: {
		platform: 'learnUpon',
		env: TALKATIVE,
		act: async (stage) => await securityChecks(checks, stage),
	},
	/** What the same checks find where nothing is masked. */
	async securityControl() {
		await withHost(startHost({ env: UNMASKED }), async (host) => {
			const stage = await Stage.open(host.n8n, 'learnUpon');
			try {
				await securityControl(checks, stage);
			} finally {
				await stage.close();
			}
		});
	},
	crash: {
		platform: 'learnUpon',
		env: SPED_UP,
		act: async (stage) => await crashChecks(checks, stage),
	},
	watermark: {
		platform: 'learnUpon',
		env: SPED_UP,
		act: async (stage) => await watermarkChecks(checks, stage),
	},
	/** The same in n8n 1.x, with fewer kills. */
	async watermarkN8n1() {
		await withHost(startHost({ release: N8N_1 }), async (host) => {
			await withCompany(checks, host, 'learnUpon', async (stage) => await watermarkChecks(checks, stage, 3));
		});
	},
	/** And where workers run the workflow. */
	async watermarkQueue() {
		await withHost(startQueueHost(), async (host) => {
			await withCompany(checks, host, 'learnUpon', async (stage) => await watermarkChecks(checks, stage, 0));
		});
	},
	async queue() {
		const references = tellReferences();
		await withHost(startQueueHost(), async (host) => await queueChecks(checks, host, await references));
	},
	async n8n1() {
		await withHost(startHost({ release: N8N_1 }), async (host) => await n8n1Checks(checks, host));
	},
};

/** They take long or fetch much, so they run only where the command names them. */
const ON_REQUEST = new Set(['crash', 'watermark', 'watermarkN8n1', 'watermarkQueue', 'queue', 'n8n1']);

/** All other parts, or those that the command names: `npm run e2e -- safety`. */
async function main(): Promise<void> {
	const unknown = wantedParts.filter((name) => !(name in PARTS));
	if (unknown.length > 0)
		throw new Error(`There is no ${unknown.join(', ')}. There is ${Object.keys(PARTS).join(', ')}.`);
	await checks.run('the package holds dist, workflows, README and licence, nothing else', packageContents);
	for (const [name, part] of Object.entries(PARTS)) {
		const isWanted = wantedParts.length === 0 ? !ON_REQUEST.has(name) : wantedParts.includes(name);
		if (isWanted) await (typeof part === 'function' ? part() : alone(part));
	}
	process.exitCode = checks.close() ? 0 : 1;
}

async function alone({ platform, env = {}, act }: Part): Promise<void> {
	await withHost(startHost({ env }), async (host) => await withCompany(checks, host, platform, act));
}

async function packageContents(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'pack-'));
	const { files } = await packPackage(CHECKOUT, folder);
	await rm(folder, { recursive: true });
	const allowed = /^(dist\/|workflows\/[\w-]+\.json$|README\.md$|LICENSE\.md$|package\.json$)/;
	assert.deepEqual(
		files.filter((file) => !allowed.test(file)),
		[],
	);
	return `${files.length} files`;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
