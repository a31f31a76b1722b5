import { isRecord } from '../core/http';
import { malformed } from './errors';

/** Throws unless the value is as documented; `at` names the place in the body. */
export type Check = (value: unknown, at: string, strict: boolean) => void;

export function isId(value: unknown): value is string {
	return typeof value === 'string' && /^[a-f\d]{24}$/i.test(value);
}

/** Real, and written as documented: always UTC, always with milliseconds. */
export function isInstant(value: unknown): value is string {
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false;
	const parsed = new Date(value);
	return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === value;
}

export function isDay(value: unknown): value is string {
	return typeof value === 'string' && isInstant(`${value}T00:00:00.000Z`);
}

function check(what: string, accepts: (value: unknown) => boolean): Check {
	return (value, at) => {
		if (!accepts(value)) throw malformed(`${at} must be ${what}`);
	};
}

export const anyText = check('a string', (value) => typeof value === 'string');
export const text = check('a string with at least 1 character', (value) => isFilled(value));
export const flag = check('a boolean', (value) => typeof value === 'boolean');
export const id = check('a valid ID', isId);
export const instant = check('a date in the format YYYY-MM-DDThh:mm:ss.sssZ', isInstant);

function isFilled(value: unknown): boolean {
	return typeof value === 'string' && value.length > 0;
}

export function matching(what: string, pattern: RegExp): Check {
	return check(what, (value) => typeof value === 'string' && pattern.test(value));
}

export function oneOf(values: readonly string[]): Check {
	return check(`one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value));
}

export function orNull(inner: Check): Check {
	return (value, at, strict) => {
		if (value !== null) inner(value, at, strict);
	};
}

export function list(items: Check, maxItems: number): Check {
	return (value, at, strict) => {
		if (!Array.isArray(value)) throw malformed(`${at} must be an array`);
		if (value.length > maxItems) throw malformed(`${at} must have at most ${maxItems} items`);
		value.forEach((item, index) => items(item, `${at}[${index}]`, strict));
	};
}

type Properties = Readonly<Record<string, Check>>;

export function object(required: Properties, optional: Properties = {}): Check {
	const known: Properties = { ...required, ...optional };
	return (value, at, strict) => {
		const dot = at === '' ? '' : `${at}.`;
		if (!isRecord(value)) throw malformed(`${at || 'the body'} must be an object`);
		for (const key of Object.keys(required)) {
			if (!Object.hasOwn(value, key)) throw malformed(`${dot}${key} is required`);
		}
		for (const [key, item] of Object.entries(value)) {
			if (Object.hasOwn(known, key)) known[key]!(item, `${dot}${key}`, strict);
			else if (strict) throw malformed(`${dot}${key} is not expected`);
		}
	};
}
