import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** What a figure depends on: the built nodes, the sandbox, the engine and the processes around them. */
const MEASURED = ['dist', 'test/sandbox', 'test/engine/harness.ts', 'workflows'];
const MEASURING = [
	'canvas',
	'client',
	'company',
	'effort',
	'measure',
	'memory',
	'planning',
	'process',
	'world',
];

/** Twelve digits that differ where a figure may. */
export function codeOfToday(): string {
	const hash = createHash('sha256');
	const files = MEASURING.map((name) => `test/bench/${name}.ts`);
	for (const file of [...MEASURED.flatMap(filesIn), ...files].sort()) {
		hash.update(file).update(readFileSync(join(ROOT, file)));
	}
	return hash.digest('hex').slice(0, 12);
}

function filesIn(path: string): string[] {
	if (/\.\w+$/.test(path)) return [path];
	return readdirSync(join(ROOT, path), { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && /(?<!\.test)\.(ts|js|json)$/.test(entry.name))
		.map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1));
}
