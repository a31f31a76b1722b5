import type { IExecuteFunctions } from 'n8n-workflow';

import { runOperation, type Operation } from '../../../nodes/shared/operations';

const get: Operation<string> = { description: [], execute: async () => 'done' };

const run = async (resource: unknown, operation: unknown) =>
	await runOperation(
		{
			getNode: () => ({ name: 'Node', type: 'lmsSync', typeVersion: 1, position: [0, 0], parameters: {} }),
			getNodeParameter: (name: string) => (name === 'resource' ? resource : operation),
			getInputData: () => [],
		} as unknown as IExecuteFunctions,
		{ learner: { get } },
	);

it('runs the operation that the node is set to', async () => {
	expect(await run('learner', 'get')).toBe('done');
});

it.each([
	['constructor', 'get'],
	['learner', 'toString'],
	['__proto__', 'hasOwnProperty'],
	['learner', ['get']],
	[null, undefined],
	[{}, NaN],
])('refuses %j and %j, which an expression may give', async (resource, operation) => {
	await expect(run(resource, operation)).rejects.toMatchObject({
		message: expect.stringMatching(/^The operation .* of .* is not supported\.$/),
		description: expect.stringMatching(/^Choose the resource/),
	});
});
