/**
 * Looks into the database of a running n8n. Run by Node 24, which has SQLite built in:
 * `node databaseTool.ts size <file>` or `node databaseTool.ts execution <file> <id>`.
 */
interface Database {
	prepare(sql: string): { get(...values: unknown[]): Record<string, unknown> | undefined };
	close(): void;
}

interface Sqlite {
	DatabaseSync: new (file: string) => Database;
}

const { DatabaseSync } = (process as unknown as { getBuiltinModule(id: string): Sqlite }).getBuiltinModule(
	'node:sqlite',
);

const [, , question, file = '', id = ''] = process.argv;
const database = new DatabaseSync(file);
const figure = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);

if (question === 'size') {
	figure('busy_timeout = 10000');
	// 0 if the whole log was taken over into the file and cut to nothing.
	const busy = figure('wal_checkpoint(TRUNCATE)');
	const pageBytes = figure('page_size');
	const pages = figure('page_count');
	const doomed = database
		.prepare(
			`SELECT coalesce(sum(length(d.data) + length(d.workflowData)), 0) AS bytes FROM execution_data d
			JOIN execution_entity e ON e.id = d.executionId WHERE e.deletedAt IS NOT NULL`,
		)
		.get();
	console.log(
		JSON.stringify({
			busy,
			bytes: pages * pageBytes,
			usedBytes: (pages - figure('freelist_count')) * pageBytes,
			doomedBytes: Number(doomed?.['bytes']),
		}),
	);
} else {
	const row = database.prepare('SELECT data FROM execution_data WHERE executionId = ?').get(id);
	if (row === undefined) throw new Error(`No data of execution ${id} are kept.`);
	process.stdout.write(String(row['data']));
}
database.close();
