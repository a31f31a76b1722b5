import type { IDataObject, IHttpRequestHelper } from 'n8n-workflow';

import { AnswerRefused, isStream, parsed, textOf, type AnswerStream } from './body';

/** A token and what goes with it have some hundred bytes. */
const LARGEST_BYTES = 256 * 1024;
/** For the whole of it, however slowly it drips. */
const LONGEST_MS = 30_000;

export interface TokenRequest {
	url: string;
	headers: IDataObject;
	body: IDataObject;
}

export interface TokenAnswer {
	statusCode: number;
	/** The parsed JSON or the text; `undefined` where there is none, or far too much for a token. */
	body: unknown;
}

/**
 * Sends keys to the address where a vendor exchanges them for a token, and to no other one: a redirect is
 * an answer like any other.
 *
 * @throws Error with the network's code where no answer comes in time
 */
export async function askForToken(
	{ helpers }: IHttpRequestHelper,
	request: TokenRequest,
): Promise<TokenAnswer> {
	const late = AbortSignal.timeout(LONGEST_MS);
	try {
		const { statusCode, body } = (await helpers.httpRequest({
			...request,
			method: 'POST',
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: LONGEST_MS,
			abortSignal: late,
		})) as TokenAnswer;
		return { statusCode, body: isStream(body) ? await shortBody(body, late) : body };
	} catch (error) {
		throw late.aborted ? Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }) : error;
	}
}

async function shortBody(stream: AnswerStream, late: AbortSignal): Promise<unknown> {
	const text = await textOf(stream, LARGEST_BYTES, late).catch((error: unknown) => {
		if (error instanceof AnswerRefused && error.code === 'ETOOLARGE') return '';
		throw error;
	});
	return parsed(text);
}

/** Whether it can stand in a header. */
export const isToken = (value: unknown): value is string =>
	typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
