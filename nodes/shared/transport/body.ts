/** The largest answers that are known have some megabytes. */
const LARGEST_BYTES = 64 * 2 ** 20;
/** n8n's own time limit ends with the headers of an answer. */
const LONGEST_MS = 120_000;

export interface AnswerStream extends AsyncIterable<Buffer | string> {
	destroy(error?: Error): unknown;
}

/** A body that was cut off here. The code is one that the network has for such things. */
class BodyRefused extends Error {
	constructor(readonly code: 'ETIMEDOUT' | 'ETOOLARGE') {
		super(code);
	}
}

export const isStream = (body: unknown): body is AnswerStream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;

/**
 * The text of an answer.
 *
 * @throws Error with a `code` if it does not end within two minutes or has more than 64 MB, unpacked
 */
export async function textOf(stream: AnswerStream): Promise<string> {
	const late = AbortSignal.timeout(LONGEST_MS);
	const giveUp = () => stream.destroy(new BodyRefused('ETIMEDOUT'));
	late.addEventListener('abort', giveUp);
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of stream) {
			const bytes = Buffer.from(chunk as Buffer);
			size += bytes.length;
			if (size > LARGEST_BYTES) throw new BodyRefused('ETOOLARGE');
			chunks.push(bytes);
		}
	} finally {
		late.removeEventListener('abort', giveUp);
		stream.destroy();
	}
	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/^\uFEFF/, '');
}

/** JSON where the text is JSON, else the text itself; `undefined` where there is none. */
export function parsed(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
