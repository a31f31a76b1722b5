/** What comes of parameters: an expression may give anything, and nothing of that may be taken for a wish. */

/** Anything as it stands in a sentence. */
export function shown(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (typeof value === 'bigint' || typeof value === 'symbol') return value.toString();
	try {
		return (JSON.stringify(value) ?? typeof value).slice(0, 200);
	} catch {
		return typeof value;
	}
}

/** @throws Error that names the parameter */
export function textOf(name: string, value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
		return String(value);
	throw new Error(`"${name}" is no text: ${shown(value)}. If an expression gives it, let it give a text.`);
}

/** @throws Error that names the parameter */
export function numberOf(name: string, value: unknown): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number) && number >= 0) return number;
	throw new Error(`"${name}" is not a number: ${shown(value)}. Enter a number from 0 on.`);
}

/** @throws Error that names the parameter */
export function switchOf(name: string, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	throw new Error(
		`"${name}" is neither on nor off: ${shown(value)}. If an expression gives it, let it give true or false.`,
	);
}

/** @throws Error that names the parameter */
export function choiceOf<Choice extends string>(
	name: string,
	value: unknown,
	choices: readonly Choice[],
): Choice {
	const found = choices.find((each) => each === value);
	if (found !== undefined) return found;
	throw new Error(
		`"${name}" cannot be ${shown(value)}. Choose from the list; an expression may give ${choices.join(', ')}.`,
	);
}

/** @throws Error that names the parameter */
export function choicesOf<Choice extends string>(
	name: string,
	value: unknown,
	choices: readonly Choice[],
): Choice[] {
	if (!Array.isArray(value)) {
		throw new Error(
			`"${name}" is not a list: ${shown(value)}. Choose from the list; an expression may give a list of ${choices.join(', ')}.`,
		);
	}
	return value.map((each: unknown) => choiceOf(name, each, choices));
}

/**
 * The parameters of a collection by their names.
 *
 * @throws Error that names it
 */
export function collectionOf(name: string, value: unknown): Record<string, unknown> {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		// Names that all objects have are no parameters.
		return Object.assign(Object.create(null) as Record<string, unknown>, value);
	}
	throw new Error(
		`"${name}" is of an unexpected form: ${shown(value)}. Set its parameters in the editor, with an expression for each of them where it takes one.`,
	);
}

/**
 * The rows of a collection that holds several.
 *
 * @throws Error that names it
 */
export function rowsOf(name: string, value: unknown, key: string): Array<Record<string, unknown>> {
	const rows = collectionOf(name, value)[key] ?? [];
	if (Array.isArray(rows)) return rows.map((row: unknown) => collectionOf(name, row));
	throw new Error(`The rows of "${name}" are no list: ${shown(rows)}. Set them in the editor.`);
}
