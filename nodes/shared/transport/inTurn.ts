/** Lets tasks run one after the other, each when the one before has ended, in whatever way. */
export class InTurn {
	private last: Promise<unknown> = Promise.resolve();

	async run<Result>(task: () => Promise<Result>): Promise<Result> {
		const result = this.last.then(task, task);
		this.last = result;
		return await result;
	}
}
