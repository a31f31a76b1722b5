import assert from 'node:assert/strict';

import type { Host } from './hosts';
import type { Stage } from './stage';

/** Looks for the keys and tokens of the company in what n8n has kept and printed. */
export async function noSecrets(host: Host, stage: Stage): Promise<string> {
	const { client } = stage.n8n;
	const { personio, learnUpon, threeSixtyLearning } = stage.sandbox;
	const secrets = [
		personio.credentials.clientSecret,
		learnUpon.credentials.password,
		threeSixtyLearning.credentials.clientSecret,
		'papi-',
		...threeSixtyLearning.tokens,
	];
	let size = 0;
	const ids = new Set<string>();
	for (const workflow of [undefined, ...Object.values(stage.templates)]) {
		for (const { id } of await client.executions(workflow?.id)) ids.add(id);
	}
	for (const id of ids) {
		const text = JSON.stringify((await client.execution(id)).data);
		size += text.length;
		for (const secret of secrets) assert.ok(!text.includes(secret), `execution ${id} holds ${secret}`);
	}
	assert.ok(size > 0, 'there is no execution to look through');
	const logs = host.logs();
	for (const secret of secrets) assert.ok(!logs.includes(secret), `the log holds ${secret}`);
	return `${Math.round(size / 1024)} kB of executions, ${Math.round(logs.length / 1024)} kB of log`;
}
