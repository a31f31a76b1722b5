import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { startEngine, type Engine } from './harness';

export interface Stage {
	sandbox: Sandbox;
	engine: Engine;
	close(): Promise<void>;
}

/** A company, a portal, and n8n's engine with credentials for both. */
export async function startStage(options: SandboxOptions = {}): Promise<Stage> {
	const sandbox = await startSandbox({ rateLimits: false, ...options });
	const engine = await startEngine({
		personioEmployeesApi: { baseUrl: sandbox.personio.url, ...sandbox.personio.credentials },
		learnUponApi: { portalUrl: sandbox.learnUpon.url, ...sandbox.learnUpon.credentials },
	});
	return { sandbox, engine, close: async () => await sandbox.close() };
}
