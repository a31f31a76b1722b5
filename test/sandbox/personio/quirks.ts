import { createHash } from 'node:crypto';

/** A stable pick: real tenants mix forms, and a test must see the same mix each time. */
export function pick<T>(seed: string, choices: readonly T[]): T {
	let hash = 0x811c9dc5;
	for (let index = 0; index < seed.length; index++) {
		hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
	}
	// The low bits of this hash repeat for neighbouring ids.
	hash ^= hash >>> 15;
	return choices[(hash >>> 0) % choices.length]!;
}

export function digest(text: string): string {
	return createHash('sha1').update(text).digest('hex');
}

export function uuid(seed: string): string {
	const hex = digest(seed);
	const middle = `${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}`;
	return `${hex.slice(0, 8)}-${middle}-${hex.slice(20, 32)}`;
}
