/** All texts in what came from outside: they may stand in what is told, whatever they say. */
export function textsOf(...values: unknown[]): string[] {
	const found = new Set<string>();
	const collect = (value: unknown): void => {
		if (typeof value === 'string') {
			if (value.trim() === '') return;
			found.add(value);
			found.add(value.trim());
			found.add(value.replace(/\s+/g, ' '));
		} else if (typeof value === 'object' && value !== null) {
			for (const key of Object.keys(value)) collect(key);
			Object.values(value).forEach(collect);
		}
	};
	values.forEach(collect);
	// The longest first, or a part of a text would be taken out of it.
	return [...found].filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
}
