import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { withoutPace } from './pace';
import { startEngine, type Credentials, type Engine } from './harness';

export interface Stage {
	sandbox: Sandbox;
	engine: Engine;
	close(): Promise<void>;
}

export const credentialsOf = ({ personio, learnUpon, threeSixtyLearning }: Sandbox): Credentials => ({
	personioEmployeesApi: { baseUrl: personio.url, ...personio.credentials },
	learnUponApi: { portalUrl: learnUpon.url, ...learnUpon.credentials },
	threeSixtyLearningApi: {
		region: 'custom',
		baseUrl: threeSixtyLearning.url,
		...threeSixtyLearning.credentials,
	},
});

/** A company, a portal, and n8n's engine with credentials for both. */
export async function startStage(options: SandboxOptions = {}): Promise<Stage> {
	withoutPace();
	const sandbox = await startSandbox({ rateLimits: false, ...options });
	const engine = await startEngine(credentialsOf(sandbox));
	return { sandbox, engine, close: async () => await sandbox.close() };
}
