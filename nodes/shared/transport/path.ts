import { VendorError } from './vendorError';

/**
 * A path with ids in it: pathTo`/users/${id}`. Ids come from a vendor, or from items that other nodes have
 * handed on, and one with a slash or a question mark in it would make a call about something else.
 *
 * @throws VendorError where one of them has other signs than the ids of the vendors have
 */
export function pathTo(parts: TemplateStringsArray, ...ids: string[]): string {
	return String.raw({ raw: parts }, ...ids.map(sound));
}

function sound(id: string): string {
	if (typeof id === 'string' && /^[\w-]{1,64}$/.test(id)) return id;
	throw new VendorError(`${shown(id)} is not an id, so nothing was called.`, {
		remedy: 'Plan again, and change no ids between the plan and this step.',
		status: 400,
	});
}

/**
 * A value behind a question mark.
 *
 * @throws VendorError where a sign of it is cut in half, which no address can carry
 */
export function inQuery(value: string): string {
	if (!HALF.test(value)) return encodeURIComponent(value);
	throw new VendorError(`${shown(value)} has half a sign in it, so nothing was called.`, {
		remedy: 'Enter the value anew where it comes from, mostly in Personio.',
		status: 400,
	});
}

/** One of two surrogates, without the other. */
const HALF = /\p{Surrogate}/u;

const shown = (id: unknown): string => (typeof id === 'string' ? `"${id.slice(0, 80)}"` : `A ${typeof id}`);
