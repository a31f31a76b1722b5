/**
 * `Promise.all` over a list with at most `width` items under way; results in the order of the list.
 * After a failure nothing more is started; it is thrown when the items under way have ended.
 */
export async function mapParallel<Item, Result>(
	items: readonly Item[],
	width: number,
	task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = new Array<Result>(items.length);
	let next = 0;
	const worker = async () => {
		for (let index = next++; index < items.length; index = next++) {
			try {
				results[index] = await task(items[index] as Item);
			} finally {
				if (!(index in results)) next = items.length;
			}
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, worker));
	const failed = ends.find((end) => end.status === 'rejected');
	if (failed) throw failed.reason;
	return results;
}
