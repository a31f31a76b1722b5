import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import type { Installation } from './install';

/** What n8n may know of the machine; anything else in our environment could change how it behaves. */
const PASSED_ON = /^(HOME|USER|LANG|LC_.*|TMPDIR|NODE_EXTRA_CA_CERTS|(https?|no)_proxy)$/i;

/** The environment of every n8n that we start. Whatever it does not need is off. */
export async function n8nEnvironment({
	installation: { release, node, folder },
	userFolder,
	port,
}: {
	installation: Installation;
	userFolder: string;
	port: number;
}): Promise<Record<string, string>> {
	const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name)) as Array<
		[string, string]
	>;
	return {
		...Object.fromEntries(passed),
		PATH: [dirname(node), process.env['PATH'] ?? ''].join(delimiter),
		// n8n loads thousands of files at each start; their compiled form is kept for the next one.
		NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		// The editor is served over plain http here.
		N8N_SECURE_COOKIE: 'false',
		// Its default is New York's, which would shift every schedule.
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		// Two n8n on one machine would fight for the default port of the Code node's runner.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_PYTHON_ENABLED: 'false',
		// Nothing here is to leave the machine or to ask a person questions.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		...release.env,
	};
}

/**
 * A port of 127.0.0.1 that nobody listens on.
 *
 * @throws if the wanted one is taken
 */
export async function freePort(wanted = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', () => reject(new Error(`Port ${wanted} of 127.0.0.1 is in use.`)));
		server.listen(wanted, '127.0.0.1', () => {
			const address = server.address();
			server.close(() =>
				typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port')),
			);
		});
	});
}
