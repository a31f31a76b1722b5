/** Keys and tokens of the accounts that were used last; those before them are not sent any more. */
const MOST = 40;
/** So many characters in a row give a secret away, wherever it was cut. */
const TELLING = 12;
/** Shorter ones stand in any text by chance. */
const SHORTEST = 4;

const MASK = '***';
/** Tokens that are known by their form: those that a vendor has cut short, or that are somebody else's. */
const TOKENS = /\bpapi-[\w-]{6,}|(?<=\bBearer\s+)[\w.~+/=-]{20,}/gi;

/** How often each secret is in use. A map keeps them in the order of their last use. */
const known = new Map<string, number>();
let patterns: { telling: Set<string>; short: string[] } | undefined;

/** From now on no message repeats these. For keys and tokens, each time that they are sent. */
export function keepSecret(...secrets: unknown[]): void {
	for (const secret of secrets) {
		if (typeof secret !== 'string' || secret.length < SHORTEST) continue;
		const uses = known.get(secret);
		if (uses === undefined) patterns = undefined;
		else known.delete(secret);
		known.set(secret, uses ?? 0);
	}
	for (const [secret, uses] of known) {
		if (known.size <= MOST) break;
		if (uses === 0) known.delete(secret);
	}
}

/** The same for a secret that is sent once: it is forgotten when the work is done. */
export async function withSecret<Result>(secret: string, work: () => Promise<Result>): Promise<Result> {
	keepSecret(secret);
	known.set(secret, (known.get(secret) ?? 0) + 1);
	try {
		return await work();
	} finally {
		known.delete(secret);
		patterns = undefined;
	}
}

/**
 * A text without the secrets that this process has sent, in any of the forms in which a vendor may repeat
 * them: as they are, encoded for an address, a form, JSON or HTML, in base 64, and cut short.
 */
export function withoutSecrets(text: string): string {
	patterns ??= patternsOf([...known.keys()]);
	const { telling, short } = patterns;
	const withoutShort = short.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
	return withoutTelling(withoutShort, telling).replace(TOKENS, MASK);
}

function patternsOf(secrets: string[]): NonNullable<typeof patterns> {
	const telling = new Set<string>();
	const short: string[] = [];
	for (const form of secrets.flatMap(formsOf)) {
		if (form.length < TELLING) short.push(form);
		for (let at = 0; at + TELLING <= form.length; at++) telling.add(form.slice(at, at + TELLING));
	}
	return { telling, short: short.filter((form) => form.length >= SHORTEST) };
}

function withoutTelling(text: string, telling: Set<string>): string {
	let masked = '';
	/** Where the last part that was masked ends. */
	let end = -1;
	for (let at = 0; at + TELLING <= text.length; at++) {
		if (!telling.has(text.slice(at, at + TELLING))) continue;
		if (at > end) masked += text.slice(Math.max(end, 0), at) + MASK;
		end = at + TELLING;
	}
	return masked + text.slice(Math.max(end, 0));
}

function formsOf(secret: string): string[] {
	const url = encodeURIComponent(secret);
	const form = new URLSearchParams({ s: secret }).toString().slice(2);
	const html = secret.replace(/[&<>"']/g, (sign) => HTML[sign] as string);
	const lower = (text: string) => text.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase());
	const forms = [secret, url, lower(url), form, lower(form), JSON.stringify(secret).slice(1, -1), html];
	return [...new Set([...forms, ...base64Of(secret)])];
}

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * The signs in base 64 that tell of the secret alone, whatever stands before and behind it: three bytes make
 * four signs, so that there are three ways to begin.
 */
function base64Of(secret: string): string[] {
	return [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const first = Math.ceil((before * 8) / 6);
		const plain = bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
		return [plain, plain.replaceAll('+', '-').replaceAll('/', '_')];
	});
}
