import fc from 'fast-check';

import { baseUrl } from '../../../nodes/shared/baseUrl';

/** The message of the refusal of an address, or the address where it was accepted. */
function refusalOf(typed: unknown): string {
	try {
		return `accepted: ${baseUrl(typed, 'Portal URL')}`;
	} catch (error) {
		return (error as Error).message;
	}
}

describe('an address that an operator typed', () => {
	it.each([
		['https://acme.learnupon.com', 'https://acme.learnupon.com'],
		['acme.learnupon.com', 'https://acme.learnupon.com'],
		['  acme.learnupon.com/  ', 'https://acme.learnupon.com'],
		['https://acme.learnupon.com/api/v1?x=1#top', 'https://acme.learnupon.com'],
		['HTTPS://ACME.LearnUpon.com', 'https://acme.learnupon.com'],
		['acme.learnupon.com:8443', 'https://acme.learnupon.com:8443'],
		['https://api.personio.de:443/', 'https://api.personio.de'],
	])('%s means %s', (typed, address) => {
		expect(baseUrl(typed, 'Portal URL')).toBe(address);
	});

	it.each([
		['http://localhost:5678/x', 'http://localhost:5678'],
		['http://127.0.0.1:80', 'http://127.0.0.1'],
		['http://[::1]:9000', 'http://[::1]:9000'],
	])('may be plain http on this machine: %s', (typed, address) => {
		expect(baseUrl(typed, 'Portal URL')).toBe(address);
	});

	it.each([
		'http://acme.learnupon.com',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'http://192.168.0.10',
		'ftp://acme.learnupon.com',
		'http://localhost@acme.learnupon.com',
	])('is refused where keys would travel in the clear: %s', (typed) => {
		expect(refusalOf(typed)).toMatch(/"Portal URL" must start with https:\/\//);
	});

	it.each([[''], ['   '], [undefined], [null], [42], [{}]])('is refused where it is empty: %j', (typed) => {
		expect(refusalOf(typed)).toMatch(/"Portal URL" is empty/);
	});

	it.each(['https://', 'https://a b', 'acme:learnupon', 'file:///etc/hosts', 'https://?x'])(
		'is refused where it is none: %s',
		(typed) => {
			expect(refusalOf(typed)).toMatch(/"Portal URL" is not an address/);
		},
	);

	it('is refused with a user name in it', () => {
		expect(refusalOf('https://jane@acme.learnupon.com')).toMatch(/must not contain a user name/);
	});

	it.each([
		'https://jane:s3cr3t-key@acme.learnupon.com',
		'http://jane:s3cr3t-key@acme.learnupon.com',
		'jane:s3cr3t-key@acme.learnupon.com',
		'https://jane:s3cr3t-key@acme learnupon.com',
		'https://jane:s3cr3t-key@:8080',
		'https://jane:s3cr3t-key@acme.learnupon.com:port',
	])('never has its password in the message: %s', (typed) => {
		expect(refusalOf(typed)).not.toMatch(/^accepted/);
		expect(refusalOf(typed)).not.toContain('s3cr3t-key');
	});

	it('comes out encrypted or on this machine, without anything but scheme, host and port', () => {
		const host = fc.constantFrom('acme.example', 'localhost', '127.0.0.1', '[::1]', 'x.localhost', '');
		const scheme = fc.constantFrom('https://', 'http://', 'ftp://', 'javascript://', '', 'HTTP://');
		fc.assert(
			fc.property(scheme, host, fc.webPath(), fc.constantFrom('', ':8080'), (start, name, path, port) => {
				const outcome = refusalOf(start + name + port + path);
				if (!outcome.startsWith('accepted: ')) return;
				expect(outcome).toMatch(
					/^accepted: (https:\/\/[^/@?#]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)$/,
				);
			}),
		);
	});
});
