import { asNodeError } from '../../nodes/shared/transport/nodeError';
import { VendorError } from '../../nodes/shared/transport/vendorError';
import type { StandIn } from './n8n';

/** Everything that must never be read by anybody: keys, and the forms in which they travel. */
export const SECRETS = {
	clientSecret: 'personio-secret-9d41',
	password: 'learnupon-secret-77ab',
	threeSixtySecret: '360-secret-41cf',
	oldToken: 'papi-old-5c02',
	newToken: 'papi-new-e8f3',
};

const forbidden = [
	...Object.values(SECRETS),
	Buffer.from(`learnupon-key:${SECRETS.password}`).toString('base64'),
];

/** The error with which the work ends. No part of what an operator gets to see of it holds a secret. */
export async function failureOf({ context }: StandIn, work: Promise<unknown>): Promise<VendorError> {
	const outcome: unknown = await work.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (!(outcome instanceof VendorError))
		throw new Error(`A VendorError was expected, not ${String(outcome)}`);
	const shown = asNodeError(context, outcome);
	const texts = [shown.message, shown.description, shown.stack, JSON.stringify(shown), outcome.stack].join();
	for (const secret of forbidden) expect(texts).not.toContain(secret);
	return outcome;
}
