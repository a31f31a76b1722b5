import {
	createServer,
	request as send,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in, and what of it nobody else may ever read. */
export interface Heard {
	method: string;
	path: string;
	headers: Record<string, string>;
	body: string;
}

/** What it does instead of handing a call on. `undefined`: it hands it on. */
export type Prank = (heard: Heard, response: ServerResponse) => boolean;

/** Replaces what our credential says by what the server behind knows. */
export interface Disguise {
	ours: string;
	theirs: string;
}

/**
 * Stands between n8n and a stand-in vendor, hears every secret that goes by, and can answer like the worst of
 * vendors: with a message that repeats what it was sent.
 */
export class Eavesdropper {
	/** Keys, tokens and passwords of new accounts. */
	readonly secrets = new Set<string>();

	/** They begin with a user name, which is no secret. */
	readonly basicHeaders = new Set<string>();

	readonly heard: Heard[] = [];

	prank: Prank | undefined;

	private readonly server: Server;

	private constructor(
		private readonly target: URL | undefined,
		private readonly disguise: Disguise,
	) {
		if (disguise.ours !== '') this.secrets.add(disguise.ours);
		this.server = createServer((request, response) => void this.serve(request, response));
	}

	/** @param target absent: nothing is there, and whatever comes is too much */
	static async open(target?: string, disguise: Disguise = { ours: '', theirs: '' }): Promise<Eavesdropper> {
		const opened = new Eavesdropper(target === undefined ? undefined : new URL(target), disguise);
		await new Promise<void>((resolve) => opened.server.listen(0, '127.0.0.1', resolve));
		return opened;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.server.closeAllConnections();
		await closed;
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { method = '', url: path = '' } = request;
		const headers = request.headers as Record<string, string>;
		const heard: Heard = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
		this.heard.push(heard);
		this.learn(heard);
		if (this.prank?.(heard, response)) return;
		if (this.target === undefined) response.writeHead(404).end();
		else this.handOn(this.target, heard, response);
	}

	private learn({ headers, body }: Heard): void {
		const [scheme, credentials] = (headers.authorization ?? '').split(' ');
		if (credentials) (scheme === 'Basic' ? this.basicHeaders : this.secrets).add(credentials);
		for (const [, secret = ''] of body.matchAll(/"(?:password|client_secret)":("(?:[^"\\]|\\.)*")/g)) {
			this.secrets.add(JSON.parse(secret) as string);
		}
	}

	private handOn(target: URL, { method, path, headers, body }: Heard, response: ServerResponse): void {
		const { ours, theirs } = this.disguise;
		const content = body
			.replaceAll(JSON.stringify(ours).slice(1, -1), theirs)
			.replaceAll(new URLSearchParams({ s: ours }).toString().slice(2), theirs);
		const { authorization, ...others } = headers;
		const [scheme, login = ''] = authorization?.split(' ') ?? [];
		const basic = Buffer.from(Buffer.from(login, 'base64').toString().replace(ours, theirs)).toString(
			'base64',
		);
		const onward = send(
			{
				host: target.hostname,
				port: target.port,
				method,
				path,
				headers: {
					...others,
					...(authorization !== undefined && {
						authorization: scheme === 'Basic' ? `Basic ${basic}` : authorization,
					}),
					...(content !== '' && { 'content-length': String(Buffer.byteLength(content)) }),
				},
			},
			(answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(response);
			},
		);
		onward.on('error', () => response.destroy());
		onward.end(content);
	}
}

/** Everything that somebody could repeat of a call, in every way of writing it. */
export function echoOf({ method, path, headers, body }: Heard): string {
	const sent = `${method} ${path} ${JSON.stringify(headers)} ${body}`;
	const base64 = Buffer.from(sent).toString('base64');
	const [, credentials = ''] = (headers.authorization ?? '').split(' ');
	const decoded = Buffer.from(credentials, 'base64').toString('latin1');
	return `You sent ${sent}, or ${encodeURIComponent(sent)}, or ${base64}, that is ${decoded}.`;
}

/** Refuses in the words of every vendor at once. */
export const echoing =
	(status: number, when: (heard: Heard) => boolean = () => true): Prank =>
	(heard, response) => {
		if (!when(heard)) return false;
		const message = echoOf(heard);
		const body = {
			success: false,
			response_type: 'ERROR',
			response_code: status,
			message,
			error: heard.path.includes('oauth2') ? message : { code: message, message },
			error_description: message,
			errors: [{ title: message, detail: message }],
			personio_trace_id: message,
		};
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		return true;
	};

/** A page of some proxy in between that shows the request. */
export const page =
	(status: number, when: (heard: Heard) => boolean = () => true): Prank =>
	(heard, response) => {
		if (!when(heard)) return false;
		const shown = echoOf(heard).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
		response.writeHead(status, { 'content-type': 'text/html' }).end(`<h1>Error</h1><pre>${shown}</pre>`);
		return true;
	};

export const redirecting =
	(status: number, location: string, when: (heard: Heard) => boolean = () => true): Prank =>
	(heard, response) => {
		if (!when(heard)) return false;
		response.writeHead(status, { location }).end(echoOf(heard));
		return true;
	};

export const dropping =
	(when: (heard: Heard) => boolean = () => true): Prank =>
	(heard, response) => {
		if (!when(heard)) return false;
		response.socket?.destroy();
		return true;
	};

/** Never answers. */
export const silent = (): Prank => () => true;
