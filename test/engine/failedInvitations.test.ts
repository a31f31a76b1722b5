import type { IDataObject } from 'n8n-workflow';

import type { Deed } from '../sandbox';
import { startStage, type Stage } from './start';
import { PACKAGE } from './harness';

let stage: Stage;
beforeEach(async () => {
	stage = await startStage({ company: 'empty' });
	stage.sandbox.learnUpon.addUser({ email: 'admin@acme.example' });
	for (const firstName of ['Anna', 'Ben', 'Cara'])
		stage.sandbox.personio.hire({ firstName, status: 'active' });
});
afterEach(async () => await stage.close());

/** A scheduled run by the canvas of the templates, on whose wires failed items go on. */
async function run(memory: IDataObject) {
	const node = (operation: string, resource = 'learner', more: object = {}) => ({
		name: operation,
		onError: 'continueRegularOutput' as const,
		parameters: { platform: 'learnUpon', resource, operation, ...more },
	});
	return await stage.engine.chain(
		[
			{
				name: 'Read',
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
			},
			node('plan', 'run', { dryRun: false }),
			node('upsert'),
			node('invite'),
		],
		[{}],
		memory,
	);
}

const invited = () => [...stage.sandbox.learnUpon.invites.values()].map(({ status }) => status);

it.each<[string, Deed]>([
	['were refused', { status: 403 }],
	['met a fault, and were looked up since', { status: 503 }],
	['were refused for their pace to the end', { status: 422, body: { message: 'no more seats' } }],
])('a first load whose invitations all %s goes on at the next run', async (_how, deed) => {
	const memory: IDataObject = {};
	const undo = stage.sandbox.learnUpon.misbehave({
		match: { method: 'POST', path: '/api/v1/portal_invite' },
		do: deed,
	});
	await run(memory);
	expect(invited()).toEqual([]);
	undo();
	await run(memory);
	expect(invited()).toEqual(['sent', 'sent', 'sent']);
	await run(memory);
	expect(invited()).toHaveLength(3);
});

it('a first load whose invitations nobody could look up since is held while the list is empty', async () => {
	const memory: IDataObject = {};
	const { learnUpon } = stage.sandbox;
	learnUpon.misbehave({ match: { method: 'POST', path: '/api/v1/portal_invite' }, do: 'dropBefore' });
	learnUpon.misbehave({ match: { path: '/api/v1/group_invites' }, skip: 2, do: { status: 500 } });
	await run(memory);
	learnUpon.behave();
	await run(memory);
	expect(invited()).toEqual([]);
});
