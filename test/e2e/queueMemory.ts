import assert from 'node:assert/strict';

import type { Checks } from './checks';
import { slowLeak } from './safetyGuards';
import type { Stage } from './stage';
import { SYNC } from './templateNames';

const TRIGGER = 'Read Employees on Schedule';

/** What n8n keeps with the workflow: workers write it, and the main process polls with it. */
export async function keepsMemory(checks: Checks, stage: Stage): Promise<void> {
	await slowLeak(checks, stage);
	await checks.run('a trigger that emits changes skips none, though workers drop what it keeps', async () => {
		const { personio } = stage.sandbox;
		await stage.setParameters(SYNC, TRIGGER, { emit: 'changes' });
		const writes: string[][] = [];
		for (const lastName of ['Erstens', 'Zweitens', 'Drittens']) {
			const change = () => personio.change(stage.company.person(2), { lastName });
			writes.push((await stage.scheduled(SYNC, change, 'success')).writes);
		}
		await stage.setParameters(SYNC, TRIGGER, { emit: 'all' });
		assert.deepEqual(writes, Array(3).fill(['PUT /users/:id last_name']));
		return `${writes.length} changes, each before the workflow was published anew`;
	});
}
