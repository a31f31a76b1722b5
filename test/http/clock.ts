import type * as N8nWorkflow from 'n8n-workflow';

/** Milliseconds of each wait since the clock was last set back. */
export const waits: number[] = [];

/** Without those by which calls are spread over a second. */
export const longWaits = () => waits.filter((ms) => ms >= 500);

let ahead = 0;
const realNow = Date.now.bind(Date);

/**
 * `n8n-workflow` with a `sleep` that takes no time and moves the clock on instead. For `jest.mock`:
 * what is waited for has then passed, and a test can read how long the wait was.
 */
export function withoutWaiting(): typeof N8nWorkflow {
	Date.now = () => realNow() + ahead;
	return {
		...jest.requireActual<typeof N8nWorkflow>('n8n-workflow'),
		sleep: async (ms: number) => {
			waits.push(ms);
			ahead += ms;
		},
	};
}

beforeEach(() => {
	waits.length = 0;
});
