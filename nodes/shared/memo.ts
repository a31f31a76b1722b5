/** Names of groups and fields are far fewer than this, and no more is kept than this of what is not. */
const MOST = 10_000;

/** The same function of a text, for one that is asked about the same few texts again and again. */
export function memo<Result>(transform: (text: string) => Result): (text: string) => Result {
	const known = new Map<string, Result>();
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

/** The same function of a list that does not change, for one that is asked about it for each person. */
export function memoOf<List extends object, Result>(make: (list: List) => Result): (list: List) => Result {
	const known = new WeakMap<List, Result>();
	return (list) => {
		let result = known.get(list);
		if (result === undefined) {
			result = make(list);
			known.set(list, result);
		}
		return result;
	};
}
