import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Checks } from './checks';
import type { Stage } from './stage';

/** What the Test button says, for every credential and what can be wrong with it. */
export async function credentialTests(
	checks: Checks,
	{ n8n: { client }, sandbox: { personio, learnUpon, threeSixtyLearning } }: Stage,
): Promise<void> {
	const keys = { baseUrl: personio.url, ...personio.credentials };
	const portal = { portalUrl: learnUpon.url, ...learnUpon.credentials };
	const academy = {
		region: 'custom',
		baseUrl: threeSixtyLearning.url,
		...threeSixtyLearning.credentials,
	};
	const test = async (type: string, data: object, message: RegExp) => {
		const credential = await client.createCredential(`Test ${Math.random()}`, type, data);
		const result = await client.testCredential(credential);
		assert.match(`${result.status}: ${result.message}`, message);
		return result.message;
	};
	const elsewhere = createServer((_request, response) => response.writeHead(404).end('<h1>Not here</h1>'));
	await new Promise<void>((resume) => elsewhere.listen(0, '127.0.0.1', resume));
	const wrong = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
	const cases: Array<[string, string, object, RegExp]> = [
		['Personio: right keys', 'personioEmployeesApi', keys, /^OK/],
		['Personio: wrong keys', 'personioEmployeesApi', { ...keys, clientSecret: 'wrong' }, /refused the keys/],
		['Personio: wrong address', 'personioEmployeesApi', { ...keys, baseUrl: wrong }, /no Personio API at/],
		[
			'Personio: nobody there',
			'personioEmployeesApi',
			{ ...keys, baseUrl: 'http://127.0.0.1:9' },
			/cannot be reached/,
		],
		[
			'Personio: plain http',
			'personioEmployeesApi',
			{ ...keys, baseUrl: 'http://example.com' },
			/https:\/\//,
		],
		['LearnUpon: right keys', 'learnUponApi', portal, /^OK/],
		['LearnUpon: wrong keys', 'learnUponApi', { ...portal, password: 'wrong' }, /refused the keys/],
		['LearnUpon: wrong address', 'learnUponApi', { ...portal, portalUrl: wrong }, /no LearnUpon portal/],
		['LearnUpon: nobody there', 'learnUponApi', { ...portal, portalUrl: 'http://127.0.0.1:9' }, /^Error/],
		['360Learning: right keys', 'threeSixtyLearningApi', academy, /^OK/],
		[
			'360Learning: wrong keys',
			'threeSixtyLearningApi',
			{ ...academy, clientSecret: 'wrong' },
			/refused the keys/,
		],
		[
			'360Learning: wrong address',
			'threeSixtyLearningApi',
			{ ...academy, baseUrl: wrong },
			/no 360Learning API v2 at/,
		],
		[
			'360Learning: nobody there',
			'threeSixtyLearningApi',
			{ ...academy, baseUrl: 'http://127.0.0.1:9' },
			/cannot be reached/,
		],
	];
	for (const [name, type, data, message] of cases) {
		await checks.run(`the Test button, ${name}`, async () => await test(type, data, message));
	}
	elsewhere.close();
	await checks.run('the Test button, Personio: missing right', async () => {
		personio.denyEmployees(true);
		try {
			return await test('personioEmployeesApi', keys, /may not read employees/);
		} finally {
			personio.denyEmployees(false);
		}
	});
	await checks.run('the Test button, 360Learning: missing scope', async () => {
		threeSixtyLearning.withdrawScope('groups:read');
		try {
			return await test('threeSixtyLearningApi', academy, /lack groups:read/);
		} finally {
			threeSixtyLearning.grantScope('groups:read');
		}
	});
}
