const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Blanks, signs that nobody sees or that turn the direction of a text, and backslashes. */
const MISLEADING = /[\p{C}\p{Z}\\]/u;

/**
 * The origin of a vendor's API, from what an operator typed: a host without scheme gets `https://`, a
 * path is dropped. Plain http is accepted for loopback hosts only, because keys travel on every call.
 *
 * @param typed e.g. `acme.learnupon.com` or `https://api.personio.de/`
 * @param field the name of the field in the credential, for the message
 * @throws Error with a sentence that says what to type
 */
export function baseUrl(typed: unknown, field: string): string {
	const text = typeof typed === 'string' ? typed.trim() : '';
	if (text === '') throw new Error(`"${field}" is empty. Enter the address, e.g. https://…`);
	const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	// A parser drops some of these signs and reads others in its own way: what it finds is not what one sees.
	const url = MISLEADING.test(text) ? undefined : parsedUrl(full);
	if (!url?.hostname) {
		// What stands before an @ may be a password.
		const shown = text.slice(text.lastIndexOf('@') + 1).replace(/[\p{C}\p{Z}]/gu, ' ');
		throw new Error(`"${field}" is not an address: ${shown}. Enter e.g. https://…`);
	}
	if (!url.hostname.includes('.') && !LOOPBACK.has(url.hostname)) {
		throw new Error(
			`"${field}" is not a full address: ${url.hostname}. Enter e.g. https://acme.example.com.`,
		);
	}
	const encrypted = url.protocol === 'https:';
	if (!encrypted && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
		throw new Error(`"${field}" must start with https://, so that the keys are not sent in the clear.`);
	}
	if (url.username !== '' || url.password !== '') {
		throw new Error(`"${field}" must not contain a user name or password. Use the fields for them.`);
	}
	return url.origin;
}

/** `URL.canParse` of Node.js 20 refuses letters such as ü once it is compiled. */
export function parsedUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}
