import fc from 'fast-check';

import { LearnUponApi } from '../../../credentials/LearnUponApi.credentials';
import { PersonioEmployeesApi } from '../../../credentials/PersonioEmployeesApi.credentials';
import { addressOf, ThreeSixtyLearningApi } from '../../../credentials/ThreeSixtyLearningApi.credentials';
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

	it.each([
		['http://127.1', 'http://127.0.0.1'],
		['http://2130706433', 'http://127.0.0.1'],
		['http://0x7f000001:8080', 'http://127.0.0.1:8080'],
		['http://017700000001', 'http://127.0.0.1'],
		['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
		['HTTP://LOCALHOST:80/', 'http://localhost'],
	])('is this machine in every way of writing it: %s', (typed, address) => {
		expect(baseUrl(typed, 'Portal URL')).toBe(address);
	});

	it.each([
		'http://localhost.evil.com',
		'http://127.0.0.1.nip.io',
		'http://localhost.',
		'http://evil.com#localhost',
		'http://evil.com?@localhost',
		'http://evil.com/@127.0.0.1',
		'http://0.0.0.0',
		'http://[::ffff:127.0.0.1].evil.com',
		'http://169.254.169.254',
		'http://127.0.0.1:80@evil.com',
		'http://127.0.0.1%2eevil.com',
		'http://ⓛocalhost.evil.com',
		'HtTp://evil.com',
		'//evil.com@localhost',
		'ws://localhost',
		'javascript://localhost/%0aalert(1)',
		'data://localhost',
		'file://localhost/etc/passwd',
	])('is refused where it only looks like this machine, or like an address: %s', (typed) => {
		expect(refusalOf(typed)).not.toMatch(/^accepted/);
	});

	it.each([
		'https://good.com@evil.com',
		'https://good.com:443@evil.com',
		'https://good.com%40evil.com@evil.com',
		'https://@evil.com@evil.com',
		'good.com@evil.com',
		'https://good.com\\@evil.com',
		'https:\\\\evil.com',
		'https://good.com\t.evil.com',
		'https://good.com\n.evil.com',
		'https://good.com\r\nHost: evil.com',
		'https://good.com\0.evil.com',
		'https://good\u200b.com',
		'https://good\u00ad.com',
		'https://\u202emoc.live',
		'https://good.com .evil.com',
		'https://good.com\u00a0.evil.com',
		'https://good.com\u3000@evil.com',
		'https://exa\ud800mple.com',
		'https://evil',
		'https://[::1',
		'https://-',
		'https://a..%',
	])('is refused where it does not lead where it seems to: %j', (typed) => {
		expect(refusalOf(typed)).not.toMatch(/^accepted/);
	});

	it.each([
		['https://gооd.com', 'https://xn--gd-fmca.com'],
		['https://Bücher.example', 'https://xn--bcher-kva.example'],
		['https://good。com', 'https://good.com'],
	])('with letters of other scripts is told as the host that is really called: %s', (typed, address) => {
		expect(baseUrl(typed, 'Portal URL')).toBe(address);
	});

	it('has no invisible sign in the message of its refusal', () => {
		const odd = fc.string({ unit: 'binary', maxLength: 20 });
		fc.assert(
			fc.property(odd, odd, (before, after) => {
				expect(refusalOf(`${before}.${after}`)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
			}),
			{ numRuns: 2000 },
		);
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

describe.each([
	{ type: new PersonioEmployeesApi(), field: 'baseUrl', data: { sessionToken: '{"v1":"t1","v2":"t2"}' } },
	{ type: new LearnUponApi(), field: 'portalUrl', data: { username: 'key', password: 'secret' } },
	{ type: new ThreeSixtyLearningApi(), field: 'baseUrl', data: { region: 'custom', sessionToken: 't' } },
])('the keys of $type.displayName', ({ type, field, data }) => {
	const sent = async (address: string, request: object) =>
		await type.authenticate({ ...data, [field]: address }, request as never);

	it.each(['http://acme.example.com', 'https://jane@acme.example.com', 'acme example.com'])(
		'go nowhere, in a test of the credential neither, with the address %s',
		async (address) => {
			await expect(sent(address, { ...type.test.request })).rejects.toThrow(/must |is not an address/);
		},
	);

	it('go to their own address with the request of the test, whatever else stands in it, and no further', async () => {
		expect(
			await sent('https://acme.example.com/x', { ...type.test.request, timeout: 300_000 }),
		).toMatchObject({
			url: type.test.request.url,
			baseURL: 'https://acme.example.com',
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout: 30_000,
		});
	});

	it.each([
		{ url: 'https://evil.example.com/v2/persons' },
		{ url: '//evil.example.com/v2/persons' },
		{ url: '/\\evil.example.com' },
		{ url: 'http://acme.example.com/v2/persons' },
		{ url: 'https://acme.example.com:444/' },
		{ url: 'https://acme.example.com@evil.example.com/' },
		{ url: ' https://evil.example.com' },
		{ url: '\thttps://evil.example.com' },
		{ uri: 'https://evil.example.com/' },
		{ url: 'https://' },
	])('go to no other address that a call may ask for: %j', async (request) => {
		await expect(sent('https://acme.example.com', request)).rejects.toThrow(
			'The keys of this credential are for https://acme.example.com only',
		);
	});

	it.each([{ url: 'https://acme.example.com/v2/persons' }, { uri: 'https://ACME.example.com/v2/persons' }])(
		'may be used with the whole address, as other nodes do: %j',
		async (request) => {
			await expect(sent('https://acme.example.com', request)).resolves.toBeDefined();
		},
	);
});

it.each(['constructor', '__proto__', 'toString', '', undefined])(
	'a region of 360Learning that is none is an address of its own: %j',
	(region) => {
		expect(() => addressOf({ region: region as string, baseUrl: 'http://evil.com' })).toThrow(/https:/);
	},
);
