import type { IAuthenticateRuleResponseCode, IHttpRequestOptions } from 'n8n-workflow';

import { parsedUrl } from '../baseUrl';

const LONGEST_MS = 30_000;

/**
 * A request that takes keys or a token along, held to the address of its credential. Left to itself, n8n
 * would call any address that stands in the request, follow a redirect, and hand a basic header on to
 * whatever host that leads to.
 *
 * @param base origin of the vendor's API
 * @throws Error where the request is for another address
 */
export function confined(options: IHttpRequestOptions, base: string): IHttpRequestOptions {
	const target = targetOf(options);
	if (parsedUrl(target, base)?.origin !== base) {
		throw new Error(`The keys of this credential are for ${base} only, and the call is for another address.`);
	}
	return {
		...options,
		baseURL: base,
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: Math.min(options.timeout ?? LONGEST_MS, LONGEST_MS),
	};
}

/** The path of a confined request. */
export const pathOf = (options: IHttpRequestOptions): string =>
	new URL(targetOf(options), options.baseURL).pathname;

/** n8n's older helpers, which the HTTP Request node uses, call it `uri`. */
const targetOf = ({ url, uri }: IHttpRequestOptions & { uri?: unknown }): string => String(url ?? uri ?? '');

/** What the test of a credential says where an address leads on to another one. */
export const redirectRules = (fields: string): IAuthenticateRuleResponseCode[] =>
	[301, 302, 303, 307, 308].map((value) => ({
		type: 'responseCode',
		properties: {
			value,
			message: `This address leads on to another one, where the keys are not sent. Enter the address of the API itself in ${fields}.`,
		},
	}));
