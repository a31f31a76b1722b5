import nock from 'nock';

/** A call as it arrived at the vendor. */
export interface Call {
	method: string;
	path: string;
	/** Path and query, letter by letter. */
	uri: string;
	query: URLSearchParams;
	headers: Record<string, string>;
	body: unknown;
}

/** What the vendor answers to one call. `fault` breaks the connection instead, with node's code and words. */
export interface Answer {
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	fault?: string;
	words?: string;
}

const unexpected: string[] = [];

/** One vendor's host. Every call is announced beforehand: others fail the test, and so do missing ones. */
export class VendorHost {
	readonly calls: Call[] = [];

	constructor(private readonly host: string) {}

	/** Announces one call for each answer, in this order. */
	on(method: string, path: string, ...answers: Answer[]): this {
		for (const answer of answers) {
			const interceptor = this.intercept(method, path);
			if (answer.fault !== undefined) {
				const error = Object.assign(new Error(answer.words ?? `read ${answer.fault}`), {
					code: answer.fault,
				});
				interceptor.replyWithError(error);
				continue;
			}
			this.reply(interceptor, method, path, () => answer);
		}
		return this;
	}

	/** Answers any number of calls, at least one, by what they look like. */
	always(method: string, path: string, answerTo: (call: Call) => Answer): this {
		this.reply(this.intercept(method, path), method, path, answerTo).persist();
		return this;
	}

	/** Answers any number of calls, which need not come. */
	optional(method: string, path: string, answer: Answer | ((call: Call) => Answer)): void {
		const interceptor = this.intercept(method, path).optionally();
		const answerTo = typeof answer === 'function' ? answer : () => answer;
		this.reply(interceptor, method, path, answerTo).persist();
	}

	private intercept(method: string, path: string): nock.Interceptor {
		return nock(this.host).intercept(path, method).query(true);
	}

	private reply(
		interceptor: nock.Interceptor,
		method: string,
		path: string,
		answerTo: (call: Call) => Answer,
	): nock.Scope {
		const { calls } = this;
		return interceptor.reply(function (uri, body) {
			const query = new URLSearchParams(uri.split('?')[1] ?? '');
			const headers = this.req.headers as unknown as Record<string, string>;
			const call: Call = { method, path, uri, query, headers, body };
			calls.push(call);
			const answer = answerTo(call);
			return [answer.status ?? 200, answer.body as nock.Body, answer.headers ?? {}];
		});
	}

	to(path: string): Call[] {
		return this.calls.filter((call) => call.path === path);
	}
}

const onNoMatch = (request: { method?: string; path?: string; options?: { path?: string } }) => {
	unexpected.push(`${request.method ?? ''} ${request.path ?? request.options?.path ?? ''}`);
};

beforeAll(() => {
	nock.disableNetConnect();
	nock.emitter.on('no match', onNoMatch);
});

beforeEach(() => {
	unexpected.length = 0;
});

afterEach(() => {
	const missing = nock.pendingMocks();
	const done = nock.isDone();
	nock.cleanAll();
	expect({ unexpected, missing }).toEqual({ unexpected: [], missing: [] });
	expect(done).toBe(true);
});

afterAll(() => {
	nock.emitter.off('no match', onNoMatch);
	nock.enableNetConnect();
	nock.restore();
});
