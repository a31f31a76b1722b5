import { rival } from './rival';

const settings = { personioUrl: 'https://api.personio.de', learnUponUrl: 'https://x.learnupon.com' };

const { nodes, connections } = rival({ ...settings, timeScale: 1 });

it('wires nothing but nodes that it has, and each of them', () => {
	const names = nodes.map(({ name }) => name);
	const targets = Object.values(connections).flatMap(({ main }) =>
		(main ?? []).flatMap((list) => (list ?? []).map(({ node }) => node)),
	);
	expect(new Set(names).size).toBe(names.length);
	expect([...Object.keys(connections), ...targets].filter((name) => !names.includes(name))).toEqual([]);
	const starts = ['On Schedule', 'By Hand'];
	expect(names.filter((name) => !targets.includes(name))).toEqual(starts);
});

it('is made of n8n’s own nodes, without code', () => {
	expect(nodes.filter(({ type }) => !type.startsWith('n8n-nodes-base.'))).toEqual([]);
	expect(nodes.filter(({ type }) => type.endsWith('.code'))).toEqual([]);
});

it('stays below 300 calls a minute, and 60 times that where minutes last a second', () => {
	const batches = (timeScale: number) =>
		rival({ ...settings, timeScale }).nodes.flatMap(({ parameters }) => {
			const { batching } = (parameters['options'] ?? {}) as {
				batching?: { batch: { batchSize: number; batchInterval: number } };
			};
			return batching ? [batching.batch] : [];
		});
	expect(batches(1)).toHaveLength(9);
	for (const { batchSize, batchInterval } of batches(1)) {
		expect((batchSize * 60_000) / batchInterval).toBe(288);
	}
	for (const { batchSize, batchInterval } of batches(60)) {
		expect((batchSize * 1000) / batchInterval).toBeCloseTo(289, 0);
	}
});
