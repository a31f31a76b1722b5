export interface AnswerStream extends AsyncIterable<Uint8Array | string> {
	destroy(error?: Error): unknown;
}

/** An answer that was cut off here. The code is one that the network has for such things. */
export class AnswerRefused extends Error {
	constructor(readonly code: 'ETIMEDOUT' | 'ETOOLARGE') {
		super(code);
	}
}

export const isStream = (body: unknown): body is AnswerStream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;

/**
 * The text of an answer.
 *
 * @param largest bytes, unpacked
 * @param late aborts when it has taken too long
 * @throws Error with a `code` if there is more of it, or if it does not end in time
 */
export async function textOf(stream: AnswerStream, largest: number, late: AbortSignal): Promise<string> {
	const giveUp = () => stream.destroy(new AnswerRefused('ETIMEDOUT'));
	late.addEventListener('abort', giveUp);
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		if (late.aborted) throw new AnswerRefused('ETIMEDOUT');
		for await (const chunk of stream) {
			const bytes = Buffer.from(chunk as Uint8Array);
			size += bytes.length;
			if (size > largest) throw new AnswerRefused('ETOOLARGE');
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

/** What comes in time, or an error with a `code`. What comes too late is let go of. */
export async function inTime<Answer extends { body: unknown }>(
	answer: Promise<Answer>,
	late: AbortSignal,
): Promise<Answer> {
	let giveUp = () => {};
	const tooLate = new Promise<never>((_, reject) => {
		giveUp = () => {
			reject(new AnswerRefused('ETIMEDOUT'));
			answer.then(({ body }) => isStream(body) && body.destroy()).catch(() => {});
		};
		late.addEventListener('abort', giveUp);
	});
	try {
		return await Promise.race([answer, tooLate]);
	} finally {
		late.removeEventListener('abort', giveUp);
	}
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
