/** The length and a letter spare most of the folding, which counts among many accounts. `key` is in lower case. */
export function isSameAddress(email: string, key: string): boolean {
	if (email.length !== key.length) return false;
	const middle = key.length >> 1;
	const maybe =
		((email.charCodeAt(0) ^ key.charCodeAt(0)) | (email.charCodeAt(middle) ^ key.charCodeAt(middle))) & ~32;
	return (maybe === 0 || maybe > 127) && email.toLowerCase() === key;
}
