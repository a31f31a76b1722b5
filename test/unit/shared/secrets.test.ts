import { randomBytes } from 'node:crypto';
import fc from 'fast-check';

import { keepSecret, withoutSecrets, withSecret } from '../../../nodes/shared/transport/secrets';
import { VendorError } from '../../../nodes/shared/transport/vendorError';

/** What a vendor repeats of what it was sent, and what a person may read of it. */

const SECRET = 'kQ7/vR2+pX9=mN4&t<L6';
const base64 = (text: string) => Buffer.from(text).toString('base64');

const FORMS: Array<[string, string]> = [
	['as it is', SECRET],
	['in an address', encodeURIComponent(SECRET)],
	[
		'in an address in small letters',
		encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase()),
	],
	['in a form', new URLSearchParams({ secret: SECRET }).toString()],
	['in JSON', JSON.stringify({ secret: SECRET })],
	['in HTML', SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;')],
	['in base 64', base64(SECRET)],
	['in base 64 for addresses', Buffer.from(SECRET).toString('base64url')],
	['in a basic header', `Basic ${base64(`key:${SECRET}`)}`],
	['in a basic header of a longer name', `Basic ${base64(`a-key:${SECRET}`)}`],
	['in a basic header of an even longer name', `Basic ${base64(`an-key:${SECRET}`)}`],
	['in base 64 of JSON', base64(JSON.stringify({ client_secret: SECRET, grant_type: 'client_credentials' }))],
	['twice in a row', SECRET + SECRET],
	['cut short', `${SECRET.slice(0, 14)}…`],
	['without its beginning', `…${SECRET.slice(6)}`],
];

beforeAll(() => keepSecret(SECRET));

it.each(FORMS)('a secret %s is not told', (_form, told) => {
	const masked = withoutSecrets(`Bad request: <b>${told}</b> was refused.`);
	expect(masked).toContain('***');
	expect(masked).toMatch(/^Bad request: <b>.*<\/b> was refused\.$/);
	for (const part of [SECRET.slice(0, 12), SECRET.slice(-12), base64(SECRET).slice(0, 12)]) {
		expect(masked).not.toContain(part);
	}
});

it('any text around it stays as it is', () => {
	const around = fc.string({ unit: 'binary', maxLength: 40 });
	fc.assert(
		fc.property(around, around, (before, after) => {
			expect(withoutSecrets(before + SECRET + after)).toBe(`${before}***${after}`);
		}),
		{ numRuns: 1000 },
	);
});

it('any secret is found in base 64 wherever it stands there', () => {
	const bytes = fc.uint8Array({ minLength: 12, maxLength: 60 });
	fc.assert(
		fc.property(bytes, bytes, fc.nat({ max: 5 }), (own, other, before) => {
			const secret = Buffer.from(own).toString('base64url');
			keepSecret(secret);
			const start = 'x'.repeat(before);
			const told = base64(`${start}${secret}${Buffer.from(other).toString('hex')}`);
			const masked = withoutSecrets(told);
			const readable = masked.split('***').map((part) => Buffer.from(part, 'base64').toString('latin1'));
			for (const part of readable) expect(part).not.toContain(secret.slice(2, 10));
		}),
		{ numRuns: 1000 },
	);
});

it('tokens are known by their form, also those that nobody has sent', () => {
	const token = randomBytes(30).toString('base64url');
	expect(withoutSecrets(`header Authorization: Bearer ${token} is bad`)).toBe(
		'header Authorization: Bearer *** is bad',
	);
	expect(withoutSecrets('the token papi-9f31c2aa07d1 has expired')).toBe('the token *** has expired');
	expect(withoutSecrets('Bearer token required')).toBe('Bearer token required');
});

it('a short one is masked as a whole, and too short a one not at all', () => {
	keepSecret('s3cr', 'abc');
	expect(withoutSecrets('the password s3cr of abc')).toBe('the password *** of abc');
});

it('what is sent once is forgotten afterwards, and kept as long as it is under way', async () => {
	const password = randomBytes(18).toString('base64url');
	await withSecret(password, async () => {
		for (let other = 0; other < 100; other++) keepSecret(randomBytes(18).toString('base64url'));
		expect(withoutSecrets(`{"password":"${password}"}`)).toBe('{"password":"***"}');
	});
	expect(withoutSecrets(password)).toBe(password);
});

it('what was used last is known longest, and the rest is forgotten in time', () => {
	const first = randomBytes(18).toString('base64url');
	const used = randomBytes(18).toString('base64url');
	keepSecret(first);
	for (let other = 0; other < 60; other++) keepSecret(randomBytes(18).toString('base64url'), used);
	expect(withoutSecrets(`${first} ${used}`)).toBe(`${first} ***`);
});

it('message and remedy of what a vendor refused never repeat it', () => {
	keepSecret(SECRET);
	const error = new VendorError(`The vendor answered HTTP 400: ${SECRET}`, { remedy: `Check ${SECRET}` });
	expect([error.message, error.remedy, error.stack].join()).not.toContain(SECRET);
	expect(error.message).toBe('The vendor answered HTTP 400: ***');
});
