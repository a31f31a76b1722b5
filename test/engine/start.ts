import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { withoutPace } from './pace';
import { credentialsOf } from './credentials';
import { startEngine, type Engine } from './harness';

export interface Stage {
	sandbox: Sandbox;
	engine: Engine;
	close(): Promise<void>;
}

/** A company, a portal, and n8n's engine with credentials for both. */
export async function startStage(options: SandboxOptions = {}): Promise<Stage> {
	withoutPace();
	const sandbox = await startSandbox({ rateLimits: false, ...options });
	const engine = await startEngine(credentialsOf(sandbox));
	return { sandbox, engine, close: async () => await sandbox.close() };
}
