/** Names of groups and fields are far fewer than this, and no more is kept than this of what is not. */
const MOST = 10_000;

/** The same function of a text, for one that is asked about the same few texts again and again. */
export function memo(transform: (text: string) => string): (text: string) => string {
	const known = new Map<string, string>();
	return (text) => {
		let result = known.get(text);
		if (result === undefined) {
			result = transform(text);
			if (known.size >= MOST) known.clear();
			known.set(text, result);
		}
		return result;
	};
}
