import type { IDataObject, IHttpRequestHelper } from 'n8n-workflow';

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
		return { statusCode, body: isStream(body) ? parsed(await textOf(body, late)) : body };
	} catch (error) {
		throw late.aborted ? Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }) : error;
	}
}

interface AnswerStream extends AsyncIterable<Uint8Array> {
	destroy(): unknown;
}

const isStream = (body: unknown): body is AnswerStream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;

/** `undefined` if there is more than anybody needs. */
async function textOf(stream: AnswerStream, late: AbortSignal): Promise<string | undefined> {
	const giveUp = () => stream.destroy();
	late.addEventListener('abort', giveUp);
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of stream) {
			size += chunk.length;
			if (size > LARGEST_BYTES) return undefined;
			chunks.push(chunk);
		}
	} finally {
		late.removeEventListener('abort', giveUp);
		stream.destroy();
	}
	late.throwIfAborted();
	return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string | undefined): unknown {
	if (text === undefined || text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** Whether it can stand in a header. */
export const isToken = (value: unknown): value is string =>
	typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
