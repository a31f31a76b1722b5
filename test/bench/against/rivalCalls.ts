import type { INode, INodeParameters } from 'n8n-workflow';

/** Shortens a pause as much as the minutes of the sandbox. */
export type Scaled = (ms: number) => number;

/** Of the 300 calls that LearnUpon allows in a minute, a few are left to others. */
const BATCH = { size: 24, everyMs: 5000 };

export const BASIC_AUTH = { authentication: 'genericCredentialType', genericAuthType: 'httpBasicAuth' };

/** For reads, which may be repeated: so often and with the longest pauses that n8n offers. */
export const retried = (scaled: Scaled): Partial<INode> => ({
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: scaled(5000),
});

export const batching = (scaled: Scaled): INodeParameters => ({
	batching: { batch: { batchSize: BATCH.size, batchInterval: scaled(BATCH.everyMs) } },
});

/** A list of LearnUpon, all pages. */
export function learnUponList(path: string, scaled: Scaled): INodeParameters {
	return {
		url: `={{ $('Settings').first().json.learnUpon }}/api/v1/${path}`,
		...BASIC_AUTH,
		options: {
			pagination: {
				pagination: {
					parameters: { parameters: [{ name: 'page', value: '={{ $pageCount + 1 }}' }] },
					paginationCompleteWhen: 'other',
					completeExpression: "={{ $response.headers['lu-has-next-page'] !== 'true' }}",
					requestInterval: scaled(200),
				},
			},
		},
	};
}
