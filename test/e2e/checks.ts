import { AssertionError } from 'node:assert';

/** Named checks in order, each told as it ends; a failed one does not keep the next from running. */
export class Checks {
	private passed = 0;

	private failed = 0;

	async run(name: string, check: () => Promise<string | void>): Promise<void> {
		const start = Date.now();
		try {
			const figure = await check();
			this.passed++;
			console.log(`ok    ${name}${figure ? `: ${figure}` : ''} (${seconds(start)})`);
		} catch (error) {
			this.failed++;
			console.log(`FAIL  ${name} (${seconds(start)})`);
			const text = error instanceof AssertionError || !(error instanceof Error) ? String(error) : error.stack;
			console.log(`${text}`.replace(/^/gm, '      '));
		}
	}

	/** The closing line, and whether all went well. */
	close(): boolean {
		console.log(`\n${this.passed} passed, ${this.failed} failed`);
		return this.failed === 0 && this.passed > 0;
	}
}

const seconds = (start: number): string => `${((Date.now() - start) / 1000).toFixed(1)} s`;
