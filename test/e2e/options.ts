import { parseArgs } from 'node:util';

/** What the command names: parts, and options of some of them. */
const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { kills: { type: 'string' }, seed: { type: 'string' } },
});

export const wantedParts = positionals;

/** @throws if it is no whole number */
export function numberOption(name: keyof typeof values, otherwise: number): number {
	const number = Number(values[name] ?? otherwise);
	if (Number.isSafeInteger(number) && number >= 0) return number;
	throw new Error(`--${name} is not a whole number: ${values[name]}`);
}
