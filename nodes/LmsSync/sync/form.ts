/**
 * Tells what is wrong with a value, if anything is: where in it, and what it is not. The path is put together
 * only where something is wrong, since nearly all values of thousands of items are right.
 */
export type Form = (value: unknown) => string | undefined;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const form = (what: string, isRight: (value: unknown) => boolean): Form => {
	const wrong = ` is not ${what}`;
	return (value) => (isRight(value) ? undefined : wrong);
};

export const text = form('a text', (value) => typeof value === 'string');

export const flag = form('"true"', (value) => value === true);

/** Goes into the addresses of calls. */
export const id = form('an ID', (value) => typeof value === 'string' && /^[\w-]*$/.test(value));

export const instant = form(
	'a point in time',
	(value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);

export const oneOf = (...known: string[]): Form =>
	form(`one of ${known.join(', ')}`, (value) => known.includes(value as string));

export const maybe =
	(inner: Form): Form =>
	(value) =>
		value === undefined ? undefined : inner(value);

export const orNull =
	(inner: Form): Form =>
	(value) =>
		value === null ? undefined : inner(value);

export const list =
	(inner: Form): Form =>
	(value) => {
		if (!Array.isArray(value)) return ' is not a list';
		for (let index = 0; index < value.length; index++) {
			const wrong = inner(value[index]);
			if (wrong !== undefined) return `, entry ${index + 1}${wrong}`;
		}
		return undefined;
	};

/** Values by names of any kind. */
export const values =
	(inner: Form): Form =>
	(value) => {
		if (!isRecord(value)) return ' is not an object';
		for (const name of Object.keys(value)) {
			const wrong = inner(value[name]);
			if (wrong !== undefined) return `: "${name.slice(0, 80)}"${wrong}`;
		}
		return undefined;
	};

export function record(forms: Record<string, Form>): Form {
	const entries = Object.entries(forms);
	return (value) => {
		if (!isRecord(value)) return ' is not an object';
		for (const [name, inner] of entries) {
			const wrong = inner(Object.hasOwn(value, name) ? value[name] : undefined);
			if (wrong !== undefined) return `: "${name}"${wrong}`;
		}
		return undefined;
	};
}

/** The complaint of a form about a whole, as a sentence has it. */
export const asPhrase = (wrong: string | undefined): string | undefined => wrong?.replace(/^: /, '').trim();
