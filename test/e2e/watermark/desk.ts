import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the last node of a workflow hands in whom the trigger has given it. */
export class Desk {
	/** So many calls are refused, with which the workflow fails. */
	refusals = 0;

	/** Happens when somebody is handed in, before the answer. */
	onCall: () => void | Promise<void> = () => undefined;

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async open(): Promise<Desk> {
		const server = createServer((request, response) => {
			request.resume().on('end', () => {
				void Promise.resolve(desk.onCall()).then(() =>
					response.writeHead(desk.refuses() ? 500 : 200, { 'Content-Type': 'application/json' }).end('{}'),
				);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const desk = new Desk(server, `http://127.0.0.1:${port}/`);
		return desk;
	}

	private refuses(): boolean {
		return this.refusals > 0 && this.refusals-- > 0;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
