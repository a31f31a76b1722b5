import { Agent } from 'node:http';
import axios, { type AxiosInstance, type AxiosRequestConfig, type AxiosResponse } from 'axios';

/** n8n answered a call with an error. The message is n8n's own sentence. */
export class N8nApiError extends Error {
	constructor(
		call: string,
		readonly status: number,
		readonly body: unknown,
	) {
		super(`n8n: ${call} → ${status} ${sentenceIn(body)}`);
	}
}

/** The session of one user with n8n's internal REST interface, the one that the editor uses. */
export class RestSession {
	private readonly http: AxiosInstance;
	private readonly cookies = new Map<string, string>();
	private isRenewing = false;
	/** Called once when n8n no longer knows the session; then the call is made again. */
	onExpired?: () => Promise<unknown>;

	constructor(baseURL: string) {
		this.http = axios.create({
			baseURL,
			// A connection kept by an n8n that is busy for seconds ends just when the next call is on its way.
			httpAgent: new Agent({ keepAlive: false }),
			// n8n listens on this machine; a proxy from the environment must not come between.
			proxy: false,
			// n8n answers 204 and nothing else to callers whose name it takes for a bot's.
			headers: { 'User-Agent': 'Mozilla/5.0 (n8n-nodes-personio-lms tests)' },
			maxBodyLength: Infinity,
			maxContentLength: Infinity,
			validateStatus: () => true,
		});
	}

	/** Calls /rest and returns what n8n wraps in `data`. */
	async call<T>(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body?: unknown,
		params?: Record<string, unknown>,
	): Promise<T> {
		const response = await this.request({ method, url: `/rest${path}`, data: body, params });
		const content = response.data as { data?: T } | T;
		return isWrapped(content) ? content.data : (content as T);
	}

	/** Any path, unwrapped: files, and answers that carry more than `data`. */
	async request(config: AxiosRequestConfig): Promise<AxiosResponse> {
		const send = async () => {
			const headers = { ...config.headers, Cookie: this.cookieHeader() };
			const response = await this.http.request({ ...config, headers });
			this.takeCookies(response);
			return response;
		};
		let response = await send();
		if (response.status === 401 && this.onExpired && !this.isRenewing) {
			this.isRenewing = true;
			try {
				await this.onExpired();
			} finally {
				this.isRenewing = false;
			}
			response = await send();
		}
		if (response.status >= 200 && response.status < 300) return response;
		throw new N8nApiError(`${config.method} ${config.url}`, response.status, response.data);
	}

	private cookieHeader(): string {
		return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	private takeCookies(response: AxiosResponse): void {
		for (const cookie of response.headers['set-cookie'] ?? []) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (name !== undefined && value !== undefined) this.cookies.set(name, value);
		}
	}
}

function isWrapped<T>(content: { data?: T } | T): content is { data: T } {
	return typeof content === 'object' && content !== null && 'data' in content;
}

function sentenceIn(body: unknown): string {
	if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
	return typeof body === 'string' ? body.slice(0, 300) : JSON.stringify(body);
}
