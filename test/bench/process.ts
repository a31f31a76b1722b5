import { fork, type ChildProcess } from 'node:child_process';

type Methods = Record<string, (argument: never) => unknown>;

interface Question {
	id: number;
	method: string;
	argument: unknown;
}

type Answer = { id: number; result: unknown } | { id: number; error: string };

/** In a child process: answers the calls of its parent. */
export function serve(methods: Methods): void {
	process.on('message', ({ id, method, argument }: Question) => {
		const work = methods[method] as (argument: unknown) => unknown;
		void Promise.resolve()
			.then(() => work(argument))
			.then(
				(result): Answer => ({ id, result }),
				(error: unknown): Answer => ({
					id,
					error: error instanceof Error ? String(error.stack) : String(error),
				}),
			)
			.then((answer) => process.send?.(answer));
	});
	// A parent that is gone has no more questions.
	process.on('disconnect', () => process.exit());
}

/** A process that answers calls, and nothing else. */
export class Helper<Served extends Methods> {
	private readonly child: ChildProcess;

	private readonly waiting = new Map<number, (answer: Answer) => void>();

	private asked = 0;

	constructor(module: string, flags: string[] = []) {
		this.child = fork(module, {
			execArgv: ['--import', 'tsx', ...flags],
			env: { ...process.env, N8N_LOG_LEVEL: 'error' },
		});
		this.child.on('message', (answer: Answer) => {
			this.waiting.get(answer.id)?.(answer);
			this.waiting.delete(answer.id);
		});
		this.child.on('exit', (code, signal) => {
			const error = `${module} ended: ${signal ?? code}`;
			for (const [id, settle] of this.waiting) settle({ id, error });
			this.waiting.clear();
		});
	}

	async ask<Name extends keyof Served & string>(
		method: Name,
		argument?: Parameters<Served[Name]>[0],
	): Promise<Awaited<ReturnType<Served[Name]>>> {
		const id = ++this.asked;
		const answer = await new Promise<Answer>((resolve) => {
			this.waiting.set(id, resolve);
			this.child.send({ id, method, argument } satisfies Question, (error) => {
				if (error) resolve({ id, error: error.message });
			});
		});
		if ('error' in answer) throw new Error(answer.error);
		return answer.result as Awaited<ReturnType<Served[Name]>>;
	}

	async end(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.disconnect();
		await ended;
	}
}
