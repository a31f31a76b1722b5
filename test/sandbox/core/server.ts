import express from 'express';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call, CallKind, Inbound, Outcome, Reply } from './http';
import { contentType, encodeReply, FORM_TYPE } from './http';
import type { Misbehaviour } from './misbehaviour';
import { Misbehaviours } from './misbehaviour';
import type { DeedName } from './misdeeds';
import type { Vendor } from './vendor';

const SECRET_FIELDS = new Set(['client_id', 'client_secret', 'token', 'refresh_token']);

/** The HTTP shell around a vendor: call log, misbehaviour, listening and closing. */
export abstract class VendorServer implements Vendor {
	abstract readonly name: string;
	abstract readonly deeds: ReadonlySet<DeedName>;
	abstract kindOf(method: string, path: string): CallKind;
	abstract answer(request: Inbound): Reply;
	abstract errorBody(request: Inbound): unknown;
	abstract pageOf(request: Inbound): number;
	shiftRows?(): void;

	url = '';
	readonly calls: Call[] = [];
	private server: Server | undefined;
	private readonly misbehaviours = new Misbehaviours(this);

	clearCalls(): void {
		this.calls.length = 0;
	}

	writes(): Call[] {
		return this.calls.filter((call) => call.kind === 'write');
	}

	/** Returns an undo function. */
	misbehave(rule: Misbehaviour): () => void {
		return this.misbehaviours.add(rule);
	}

	behave(): void {
		this.misbehaviours.clear();
	}

	async listen(port: number, admin?: express.Router): Promise<void> {
		const app = express();
		app.disable('x-powered-by');
		app.disable('etag');
		if (admin) app.use('/__sandbox', express.json({ type: () => true }), admin);
		app.use(express.raw({ type: () => true, limit: '20mb' }), (request, response) => {
			void this.serve(request, response);
		});
		this.server = createServer(app);
		// A client's idle connection must not be cut by the sandbox itself: that would look like a misbehaviour.
		this.server.keepAliveTimeout = 120_000;
		await new Promise<void>((resolve, reject) => {
			this.server!.once('error', reject).listen(port, '127.0.0.1', resolve);
		});
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		const server = this.server;
		if (!server) return;
		this.server = undefined;
		const closed = new Promise((resolve) => server.close(resolve));
		server.closeAllConnections();
		await closed;
	}

	private async serve(request: express.Request, response: express.Response): Promise<void> {
		const inbound = read(request);
		const call = this.log(inbound);
		let outcome: Outcome;
		try {
			outcome = await this.misbehaviours.answer(call, inbound);
		} catch (error) {
			// A fault of the sandbox must not pass for a fault of the vendor.
			console.error(error);
			outcome = { status: 599, text: `Sandbox error: ${String(error)}`, type: 'text/plain' };
		}
		if (outcome === 'hang') return;
		if (outcome === 'drop') {
			request.socket.destroy();
			return;
		}
		call.status = outcome.status;
		const { text, type } = encodeReply(outcome);
		response.status(outcome.status);
		if (type !== undefined) response.setHeader('Content-Type', type);
		for (const [name, value] of Object.entries(outcome.headers ?? {})) response.setHeader(name, value);
		response.end(text);
	}

	private log(inbound: Inbound): Call {
		const kind = this.kindOf(inbound.method, inbound.path);
		const body = parsed(inbound);
		const call: Call = {
			method: inbound.method,
			path: inbound.path,
			query: kind === 'auth' ? withoutSecretQuery(inbound.query) : new URLSearchParams(inbound.query),
			status: 0,
			body: kind === 'auth' ? withoutSecrets(body) : body,
			at: Date.now(),
			kind,
			headers: withoutCredentials(inbound.headers),
		};
		this.calls.push(call);
		return call;
	}
}

function read(request: express.Request): Inbound {
	const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
	const url = new URL(request.originalUrl, origin);
	return {
		method: request.method,
		path: url.pathname,
		query: url.searchParams,
		rawQuery: url.search.slice(1),
		headers: request.headers,
		rawBody: Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '',
		origin,
		hidden: new Set(),
		pretend: false,
		bulk: { fails: false, itemErrors: 0 },
	};
}

function parsed({ rawBody, headers }: Inbound): unknown {
	if (rawBody === '') return undefined;
	if (contentType(headers) === FORM_TYPE) return Object.fromEntries(new URLSearchParams(rawBody));
	try {
		return JSON.parse(rawBody) as unknown;
	} catch {
		return rawBody;
	}
}

function withoutSecrets(body: unknown): unknown {
	if (body === undefined) return undefined;
	if (typeof body !== 'object' || body === null) return '(kept out)';
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [key, SECRET_FIELDS.has(key) ? '(kept out)' : value]),
	);
}

function withoutSecretQuery(query: URLSearchParams): URLSearchParams {
	const kept = new URLSearchParams(query);
	for (const key of SECRET_FIELDS) if (kept.has(key)) kept.set(key, '(kept out)');
	return kept;
}

function withoutCredentials(headers: IncomingHttpHeaders): IncomingHttpHeaders {
	const kept = { ...headers };
	delete kept.authorization;
	delete kept.cookie;
	return kept;
}
