import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

/** With what it was measured. */
export interface Circumstances {
	cores: number;
	memoryGigabytes: number;
	node: string;
	n8nCore: string;
	n8nWorkflow: string;
	package: string;
	/** Of the code that was measured. */
	code: string;
}

export function circumstances(code: string): Circumstances {
	return {
		cores: cpus().length,
		memoryGigabytes: Math.round(totalmem() / 2 ** 30),
		node: process.version,
		n8nCore: versionOf('node_modules/n8n-core'),
		n8nWorkflow: versionOf('node_modules/n8n-workflow'),
		package: versionOf('.'),
		code,
	};
}

function versionOf(folder: string): string {
	const file = join(resolve(__dirname, '..', '..'), folder, 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
