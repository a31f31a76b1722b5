import fc, { type Arbitrary, type Parameters } from 'fast-check';

/** One kind of odd input, and what must come of it. */
export interface Kind {
	name: string;
	/** How many cases a whole fuzz tries. */
	cases: number;
	/** @returns how many were tried */
	assert(parameters: Parameters<[unknown]>): Promise<number>;
}

export function kindOf<Values extends unknown[]>(
	name: string,
	cases: number,
	odd: { [Index in keyof Values]: Arbitrary<Values[Index]> },
	check: (...values: Values) => Promise<void>,
): Kind {
	return {
		name,
		cases,
		async assert(parameters) {
			let count = 0;
			const all = fc.tuple(...(odd as Array<Arbitrary<unknown>>)) as Arbitrary<unknown>;
			const property = fc.asyncProperty(all, async (values) => {
				count++;
				await check(...(values as Values));
			});
			await fc.assert(property, parameters);
			return count;
		},
	};
}
