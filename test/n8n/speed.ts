import { resolve } from 'node:path';

/** Limits count by the second instead of the minute, on both sides. */
export const SPEED = 60;

/** For n8n's environment. */
export const AT_SPEED: Record<string, string> = {
	NODE_OPTIONS: `--require ${resolve(__dirname, 'clockSpeed.cjs')}`,
	CLOCK_SPEED: String(SPEED),
};
