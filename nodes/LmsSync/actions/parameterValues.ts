/** What comes of parameters: an expression may give anything, and nothing of that may be taken for a wish. */

export const textOf = (value: unknown): string =>
	(value === null || value === undefined ? '' : String(value)).trim();

/** @throws Error that names the parameter */
export function numberOf(name: string, value: unknown): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number) && number >= 0) return number;
	throw new Error(`"${name}" is not a number: ${textOf(value)}. Enter a number from 0 on.`);
}

/** @throws Error that names the parameter */
export function switchOf(name: string, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	throw new Error(
		`"${name}" is neither on nor off: ${JSON.stringify(value) ?? 'nothing'}. If an expression gives it, let it give true or false.`,
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
		`"${name}" cannot be ${JSON.stringify(value) ?? 'nothing'}. Choose from the list; an expression may give ${choices.join(', ')}.`,
	);
}
