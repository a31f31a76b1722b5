import { createHash } from 'node:crypto';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/**
 * The table of what nodes have processed, by the rules of n8n (read in n8n 2.41.1, `dist/deduplication`): a list
 * of hashes for each node, to which everything is added that is asked about.
 */
export class ProcessedTable implements IDataDeduplicator {
	readonly rows = new Map<string, string[]>();

	/** Lets every call fail, as without a database. */
	isBroken = false;

	/** For the engine of this process, which takes one for good. */
	static async install(): Promise<ProcessedTable> {
		const table = new ProcessedTable();
		await DataDeduplicationService.init(table);
		return table;
	}

	async checkProcessedAndRecord(
		items: Array<string | number>,
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		{ maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const row = this.rowOf(scope, context);
		const before = new Set(row);
		const isKnown = (item: string | number) => before.has(hashOf(item));
		row.push(...items.filter((item) => !isKnown(item)).map(hashOf));
		if (maxEntries) row.splice(0, row.length - maxEntries);
		return { new: items.filter((item) => !isKnown(item)), processed: items.filter(isKnown) };
	}

	async removeProcessed(
		items: Array<string | number>,
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		const row = this.rowOf(scope, context);
		for (const hash of items.map(hashOf)) if (row.includes(hash)) row.splice(row.indexOf(hash), 1);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		this.rowOf(scope, context).length = 0;
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<number> {
		return this.rowOf(scope, context).length;
	}

	private rowOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string[] {
		if (this.isBroken) throw new Error('The database is gone.');
		const key = `${workflow.id} ${scope === 'node' ? node?.id : ''}`;
		const row = this.rows.get(key) ?? [];
		this.rows.set(key, row);
		return row;
	}
}

const hashOf = (item: string | number): string => createHash('md5').update(String(item)).digest('base64');
