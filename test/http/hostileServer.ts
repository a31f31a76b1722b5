import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a hostile server does with one call. */
export type Deed = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on loopback that does what it is told, and remembers what it was asked and what it sent. */
export class HostileServer {
	readonly asked: string[] = [];

	private readonly sockets = new Set<Socket>();

	private readonly timers = new Set<NodeJS.Timeout>();

	deed: Deed = (response) => response.end();

	private readonly server: Server = createServer((request, response) => {
		this.asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
		request.resume();
		this.deed(response, request);
	});

	async start(): Promise<this> {
		this.server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('close', () => this.sockets.delete(socket));
			// The client hangs up on what it does not want.
			socket.on('error', () => {});
		});
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Bytes that have left for all clients that are still connected. */
	get open(): number {
		return this.sockets.size;
	}

	async stop(): Promise<void> {
		for (const timer of this.timers) clearInterval(timer);
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Sends one byte after the other, without end. */
	private drip(socket: Socket, byte: string): void {
		const timer = setInterval(() => {
			if (socket.destroyed) clearInterval(timer);
			else socket.write(byte);
		}, 5);
		this.timers.add(timer);
		socket.on('close', () => clearInterval(timer));
	}

	readonly dripHeaders: Deed = ({ socket }) => {
		socket?.write('HTTP/1.1 200 OK\r\nx-slow: ');
		if (socket) this.drip(socket, 'a');
	};

	readonly dripBody: Deed = ({ socket }) => {
		socket?.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
		if (socket) this.drip(socket, ' ');
	};
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A body that never ends, as fast as it is taken. */
export const endless: Deed = (response) => {
	const chunk = Buffer.alloc(2 ** 20, ' ');
	response.writeHead(200, JSON_TYPE);
	const pump = (): void => {
		while (!response.destroyed && response.write(chunk));
		if (!response.destroyed) response.once('drain', pump);
	};
	pump();
};

export const packed =
	(encoding: 'gzip' | 'br' | 'deflate', body: Buffer): Deed =>
	(response) => {
		response.writeHead(200, { ...JSON_TYPE, 'content-encoding': encoding });
		response.end(body);
	};

export const text =
	(body: string, headers: Record<string, string> = {}): Deed =>
	(response) => {
		response.writeHead(200, { ...JSON_TYPE, ...headers });
		response.end(body);
	};

export const json = (body: unknown, headers: Record<string, string> = {}): Deed =>
	text(JSON.stringify(body), headers);

export const redirect =
	(status: number, to: string): Deed =>
	(response) => {
		response.writeHead(status, { location: to });
		response.end();
	};

export const status =
	(code: number): Deed =>
	(response) => {
		response.writeHead(code, JSON_TYPE);
		response.end('{}');
	};
