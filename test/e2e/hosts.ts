import { installN8n, type Release } from '../n8n/install';
import { ownUntilExit } from '../n8n/lifetime';
import { startQueue, type Queue } from '../n8n/queue';
import { startN8n, type RunningN8n } from '../n8n/server';
import type { PlatformName } from '../scenarios/company';
import type { Checks } from './checks';
import { noSecrets } from './secrets';
import { AT_SPEED } from '../n8n/speed';
import { CHECKOUT, Stage } from './stage';

/** A real n8n with the packed package in it. */
export interface Host {
	n8n: RunningN8n;
	/** What all of its processes printed. */
	logs(): string;
	stop(): Promise<void>;
}

interface HostOptions {
	release?: Release;
	/** For n8n's environment. */
	env?: Record<string, string>;
}

const log = (line: string): void => console.log(line);

/** One process with a database of its own. */
export async function startHost({ release, env = {} }: HostOptions = {}): Promise<Host> {
	const installation = await installN8n({ log, ...(release && { release }) });
	const n8n = await startN8n({
		installation,
		packageFolder: CHECKOUT,
		editor: false,
		env: { ...AT_SPEED, ...env },
		log,
	});
	return { n8n, logs: () => n8n.logs(), stop: async () => await n8n.stop() };
}

/** A main process and two workers. */
export async function startQueueHost(): Promise<Host & { queue: Queue }> {
	const installation = await installN8n({ log });
	const queue = await startQueue({ installation, packageFolder: CHECKOUT, workers: 2, log });
	const { main: n8n, workers, stop } = queue;
	return { queue, n8n, logs: () => [n8n, ...workers].map((each) => each.logs()).join('\n'), stop };
}

/** Acts with an n8n, and ends it afterwards. */
export async function withHost<H extends Host>(
	start: Promise<H>,
	act: (host: H) => Promise<void>,
): Promise<void> {
	const host = await start;
	try {
		await act(host);
	} finally {
		await host.stop();
	}
}

/** Acts with a new company behind the n8n, and looks for secrets afterwards. */
export async function withCompany(
	checks: Checks,
	host: Host,
	platform: PlatformName,
	act: (stage: Stage) => Promise<void>,
): Promise<void> {
	const stage = await Stage.open(host.n8n, platform);
	const disown = ownUntilExit({ release: async () => await stage.close(), drop: () => undefined });
	try {
		await act(stage);
		await checks.run('no secret is in any log or execution', async () => await noSecrets(host, stage));
	} finally {
		await stage.close();
		disown();
	}
}
