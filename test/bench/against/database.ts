import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Installation } from '../../n8n/install';
import { run } from '../../n8n/run';

export interface DatabaseSize {
	/** The file after its log was taken over, and what is left of the log. */
	bytes: number;
	/** Without pages that n8n has emptied and SQLite will fill again. */
	usedBytes: number;
	/** Of these, executions that n8n has marked as deleted and removes within the next hours. */
	doomedBytes: number;
	/** Files that executions leave beside the database. */
	binaryBytes: number;
}

/** The SQLite file of an n8n that runs. */
export class Database {
	private readonly file: string;

	constructor(
		private readonly installation: Installation,
		private readonly userFolder: string,
	) {
		this.file = join(userFolder, '.n8n', 'database.sqlite');
	}

	async size(): Promise<DatabaseSize> {
		const answer = await this.ask('size', this.file);
		const { busy, bytes, usedBytes, doomedBytes } = JSON.parse(answer) as Record<string, number>;
		if (busy !== 0) throw new Error('The log of the database could not be taken over.');
		const log = (await stat(`${this.file}-wal`).catch(() => undefined))?.size ?? 0;
		const binaryBytes = await bytesBelow(join(this.userFolder, '.n8n', 'storage'));
		return { bytes: bytes! + log, usedBytes: usedBytes!, doomedBytes: doomedBytes!, binaryBytes };
	}

	/** What n8n keeps of an execution, as it lies in the database. */
	async execution(id: string): Promise<string> {
		return await this.ask('execution', this.file, id);
	}

	private async ask(...question: string[]): Promise<string> {
		const { node: command } = this.installation;
		const args = [
			'--disable-warning=ExperimentalWarning',
			resolve(__dirname, 'databaseTool.ts'),
			...question,
		];
		return await run({ command, args, cwd: this.userFolder });
	}
}

async function bytesBelow(folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	const files = entries.filter((entry) => entry.isFile());
	const sizes = await Promise.all(
		files.map(async ({ parentPath, name }) => await stat(join(parentPath, name))),
	);
	return sizes.reduce((sum, { size }) => sum + size, 0);
}
