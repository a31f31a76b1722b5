import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import type { Credential } from '../n8n/client';
import type { Execution } from '../n8n/execution';
import type { WorkflowJson } from '../n8n/workflow';
import type { Checks } from './checks';
import {
	dropping,
	Eavesdropper,
	echoing,
	page,
	redirecting,
	silent,
	type Heard,
	type Prank,
} from './eavesdropper';
import { pagesInBrowser } from './securityPages';
import type { Stage } from './stage';

/** With every sign that is written in another way in addresses, JSON, HTML and base 64. */
const PASSWORD = 'pw/7+vR2&9=<mN4>"tL6%qX';
const PERSONIO_SECRET = 'ps+K1/w8=Zt&3"Yb<5>Hn%eR';
const ACADEMY_SECRET = 'as=J6&h2/Qd+9"Uc<4>Mx%oW';

/** n8n says all it has to say, to a file. */
export const TALKATIVE = { N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'file' };

interface Vendors {
	personio: Eavesdropper;
	learnUpon: Eavesdropper;
	academy: Eavesdropper;
	/** Where redirects lead. */
	elsewhere: Eavesdropper;
}

/** n8n whose nodes hide nothing of what vendors repeat. */
export const UNMASKED = { ...TALKATIVE, NODE_OPTIONS: `--require=${join(__dirname, 'unmasked.cjs')}` };

/** What n8n keeps and says when vendors behave as badly as they can, and what its pages show. */
export async function securityChecks(checks: Checks, stage: Stage): Promise<void> {
	const vendors = await openVendors(stage);
	try {
		const credentials = await credentialsFor(stage, vendors);
		// A login that is never answered takes half a minute, in which the others fail.
		const unanswered = await hanging(stage, vendors, credentials);
		const { passwords } = await createAccounts(checks, stage, vendors, credentials);
		const executions = await failingRuns(checks, stage, vendors, credentials);
		await failingTests(checks, stage, vendors, credentials);
		await failingTrigger(checks, stage, vendors, credentials);
		executions.push(await unanswered());
		await checks.run('what vendors repeat of a key comes out masked', async () => {
			const masked = executions.filter(({ error }) =>
				`${error?.message} ${error?.description}`.includes('***'),
			);
			assert.ok(masked.length >= 8, `only ${masked.length} of ${executions.length} failures show a mask`);
			return `${masked.length} of ${executions.length} failures`;
		});
		await checks.run('no redirect is followed, with or without keys', async () => {
			assert.deepEqual(vendors.elsewhere.heard, []);
			const stolen = [vendors.personio, vendors.learnUpon, vendors.academy]
				.flatMap(({ heard }) => heard)
				.filter(({ path }) => path.includes('/stolen'));
			assert.deepEqual(stolen, []);
		});
		await checks.run('no key, token or new password is in any file or log of n8n', async () => {
			assert.ok(passwords >= 3, `${passwords} new passwords went by`);
			const { found, searched, sawSomeone, sawMask } = await search(stage, vendors);
			assert.deepEqual(found, []);
			// Else the search would find nothing, wherever it was.
			assert.deepEqual({ sawSomeone, sawMask }, { sawSomeone: true, sawMask: true });
			return searched;
		});
		await pagesInBrowser(checks, stage);
	} finally {
		for (const vendor of Object.values(vendors)) await (vendor as Eavesdropper).close();
	}
}

/** The control: the same failures where nothing is masked, in which the search has to find what it looks for. */
export async function securityControl(checks: Checks, stage: Stage): Promise<void> {
	const vendors = await openVendors(stage);
	try {
		const credentials = await credentialsFor(stage, vendors);
		await failingRuns(checks, stage, vendors, credentials);
		await checks.run('without the mask, keys, tokens and new passwords are found', async () => {
			const { found, searched } = await search(stage, vendors);
			const exposed = new Set(found.map(({ secret }) => secret));
			// What vendors say of a login is hardly repeated at all, so the other two keys cannot be found.
			assert.ok(exposed.has(PASSWORD), 'the password is not found');
			for (const [vendor, kind] of [
				[vendors.personio, 'tokens of Personio'],
				[vendors.learnUpon, 'new passwords'],
				[vendors.academy, 'tokens of 360Learning'],
			] as const) {
				const others = [...vendor.secrets].slice(1).filter((secret) => exposed.has(secret));
				assert.ok(others.length > 0, `none of the ${kind} is found`);
			}
			return `${exposed.size} of ${searched}`;
		});
	} finally {
		for (const vendor of Object.values(vendors)) await (vendor as Eavesdropper).close();
	}
}

async function openVendors({
	sandbox: { personio, learnUpon, threeSixtyLearning },
}: Stage): Promise<Vendors> {
	return {
		personio: await Eavesdropper.open(personio.url, {
			ours: PERSONIO_SECRET,
			theirs: personio.credentials.clientSecret,
		}),
		learnUpon: await Eavesdropper.open(learnUpon.url, {
			ours: PASSWORD,
			theirs: learnUpon.credentials.password,
		}),
		academy: await Eavesdropper.open(threeSixtyLearning.url, {
			ours: ACADEMY_SECRET,
			theirs: threeSixtyLearning.credentials.clientSecret,
		}),
		elsewhere: await Eavesdropper.open(),
	};
}

const dataFor = ({ sandbox: { personio, learnUpon, threeSixtyLearning } }: Stage, vendors: Vendors) => ({
	personioEmployeesApi: {
		baseUrl: vendors.personio.url,
		clientId: personio.credentials.clientId,
		clientSecret: PERSONIO_SECRET,
	},
	learnUponApi: {
		portalUrl: vendors.learnUpon.url,
		username: learnUpon.credentials.username,
		password: PASSWORD,
	},
	threeSixtyLearningApi: {
		region: 'custom',
		baseUrl: vendors.academy.url,
		clientId: threeSixtyLearning.credentials.clientId,
		clientSecret: ACADEMY_SECRET,
	},
});

type Credentials = Record<string, Credential>;

async function credentialsFor(stage: Stage, vendors: Vendors, suffix = ''): Promise<Credentials> {
	const made: Credentials = {};
	for (const [type, data] of Object.entries(dataFor(stage, vendors))) {
		made[type] = await stage.n8n.client.createCredential(`${type} overheard${suffix}`, type, data);
	}
	return made;
}

const node = (name: string, type: string, parameters: INodeParameters, row: number) => ({
	id: `${name}-id`,
	name,
	type,
	typeVersion: 1,
	position: [row * 200, 0] as [number, number],
	parameters,
});

const OURS = 'n8n-nodes-personio-lms';

/** Those whom the failing runs are about. */
const JOINERS = { filter: [{ field: 'lastName', operator: 'startsWith', value: 'Heard' }] };

/** Read, plan, create or update, report. */
function syncOf(platform: string, rootGroup: string, filters?: INodeParameters): WorkflowJson {
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', {}, 0),
		node(
			'Read',
			`${OURS}.personio`,
			{ resource: 'employee', operation: 'getAll', returnAll: true, attributes: ['position'] },
			1,
		),
		node(
			'Plan',
			`${OURS}.lmsSync`,
			{
				platform,
				resource: 'run',
				operation: 'plan',
				dryRun: false,
				newLearners: 'create',
				limits: { maxCreations: 1000, maxCreationPercent: 100 },
				...(filters && { scope: { filters } }),
				...(rootGroup !== '' && { rootGroup }),
			},
			2,
		),
		node('Upsert', `${OURS}.lmsSync`, { platform, resource: 'learner', operation: 'upsert' }, 3),
		node('Report', `${OURS}.lmsSync`, { resource: 'run', operation: 'report' }, 4),
	];
	return { name: `Overheard ${platform}`, nodes, connections: chained(nodes) };
}

const chained = (nodes: Array<{ name: string }>): WorkflowJson['connections'] =>
	Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1]?.name ?? '', type: 'main' as const, index: 0 }]] },
			]),
	);

async function run(
	stage: Stage,
	platform: string,
	credentials: Credentials,
	filters?: INodeParameters,
): Promise<Execution> {
	const { client } = stage.n8n;
	const root = platform === 'learnUpon' ? '' : stage.sandbox.threeSixtyLearning.syncRoot;
	const { id } = await client.importWorkflow(syncOf(platform, root, filters), { credentials });
	return await client.runManually(id, 'Start');
}

/** A run whose login is not answered; the function waits for its end. */
async function hanging(
	stage: Stage,
	vendors: Vendors,
	credentials: Credentials,
): Promise<() => Promise<Execution>> {
	const mute = await Eavesdropper.open(undefined, { ours: PERSONIO_SECRET, theirs: '' });
	mute.prank = silent();
	const { client } = stage.n8n;
	const own = await client.createCredential('Mute', 'personioEmployeesApi', {
		...dataFor(stage, vendors).personioEmployeesApi,
		baseUrl: mute.url,
	});
	const ended = run(stage, 'learnUpon', { ...credentials, personioEmployeesApi: own });
	ended.catch(() => undefined);
	return async () => {
		const execution = await ended;
		await mute.close();
		assert.match(execution.error?.message ?? '', /no answer in time/);
		return execution;
	};
}

async function createAccounts(
	checks: Checks,
	stage: Stage,
	{ learnUpon }: Vendors,
	credentials: Credentials,
): Promise<{ passwords: number }> {
	const created = () => learnUpon.heard.filter(({ method, path }) => isCreation({ method, path })).length;
	await checks.run('accounts with passwords are created through an eavesdropper', async () => {
		const execution = await run(stage, 'learnUpon', credentials);
		assert.ok(execution.succeeded, execution.describe());
		return `${created()} accounts`;
	});
	return { passwords: created() };
}

const isCreation = ({ method, path }: Pick<Heard, 'method' | 'path'>): boolean =>
	method === 'POST' && path.endsWith('/users');
const isLogin = ({ path }: Heard): boolean => /auth|oauth2/.test(path);
const isRead = (heard: Heard): boolean => heard.method === 'GET' && !isLogin(heard);
const isWrite = (heard: Heard): boolean => heard.method !== 'GET' && !isLogin(heard);

interface Failing {
	name: string;
	platform: 'learnUpon' | 'threeSixtyLearning';
	vendor: 'personio' | 'learnUpon' | 'academy';
	prank: (elsewhere: string) => Prank;
}

const FAILING: Failing[] = [
	...[401, 403, 400].map((status): Failing => ({
		name: `Personio refuses the login with ${status} and repeats the keys`,
		platform: 'learnUpon',
		vendor: 'personio',
		prank: () => echoing(status, isLogin),
	})),
	{
		name: 'Personio refuses a read and repeats the token',
		platform: 'learnUpon',
		vendor: 'personio',
		prank: () => echoing(400, isRead),
	},
	{
		name: 'Personio says "success: false" and repeats the token',
		platform: 'learnUpon',
		vendor: 'personio',
		prank: () => echoing(200, isRead),
	},
	{
		name: 'Personio leads the login elsewhere',
		platform: 'learnUpon',
		vendor: 'personio',
		prank: (elsewhere) => redirecting(307, `${elsewhere}/stolen`, isLogin),
	},
	{
		name: 'Personio leads a read elsewhere on its own host',
		platform: 'learnUpon',
		vendor: 'personio',
		prank: () => redirecting(302, '/stolen', isRead),
	},
	{
		name: 'LearnUpon refuses the keys and repeats them',
		platform: 'learnUpon',
		vendor: 'learnUpon',
		prank: () => echoing(401),
	},
	{
		name: 'LearnUpon shows a page of a proxy with the request',
		platform: 'learnUpon',
		vendor: 'learnUpon',
		prank: () => page(403, isRead),
	},
	{
		name: 'LearnUpon says with HTTP 200 that it refuses, and repeats the keys',
		platform: 'learnUpon',
		vendor: 'learnUpon',
		prank: () => echoing(200, isRead),
	},
	{
		name: 'LearnUpon leads elsewhere',
		platform: 'learnUpon',
		vendor: 'learnUpon',
		prank: (elsewhere) => redirecting(301, `${elsewhere}/stolen`),
	},
	...[400, 422, 500].map((status): Failing => ({
		name: `LearnUpon answers new accounts with ${status} and repeats their passwords`,
		platform: 'learnUpon',
		vendor: 'learnUpon',
		prank: () => echoing(status, isCreation),
	})),
	{
		name: 'LearnUpon leads new accounts elsewhere',
		platform: 'learnUpon',
		vendor: 'learnUpon',
		prank: (elsewhere) => redirecting(308, `${elsewhere}/stolen`, isCreation),
	},
	{
		name: 'LearnUpon cuts the connection at new accounts',
		platform: 'learnUpon',
		vendor: 'learnUpon',
		prank: () => dropping(isCreation),
	},
	{
		name: '360Learning does not understand the login and repeats the keys',
		platform: 'threeSixtyLearning',
		vendor: 'academy',
		prank: () => echoing(400, isLogin),
	},
	{
		name: '360Learning refuses a read for want of a right and repeats the token',
		platform: 'threeSixtyLearning',
		vendor: 'academy',
		prank: () => echoing(403, isRead),
	},
	{
		name: '360Learning refuses every token',
		platform: 'threeSixtyLearning',
		vendor: 'academy',
		prank: () => echoing(401, isRead),
	},
	{
		name: '360Learning refuses writes and repeats the token',
		platform: 'threeSixtyLearning',
		vendor: 'academy',
		prank: () => echoing(400, isWrite),
	},
	{
		name: '360Learning leads writes elsewhere',
		platform: 'threeSixtyLearning',
		vendor: 'academy',
		prank: (elsewhere) => redirecting(303, `${elsewhere}/stolen`, isWrite),
	},
];

async function failingRuns(
	checks: Checks,
	stage: Stage,
	vendors: Vendors,
	credentials: Credentials,
): Promise<Execution[]> {
	const executions: Execution[] = [];
	let joiner = 0;
	for (const { name, platform, vendor, prank } of FAILING) {
		await checks.run(name, async () => {
			const email = `overheard${++joiner}@nordhafen-new.example`;
			stage.sandbox.personio.hire({
				firstName: 'Over',
				lastName: `Heard ${joiner}`,
				email,
				status: 'active',
			});
			// Without the token that they already have.
			for (const [type, data] of Object.entries(dataFor(stage, vendors))) {
				const credential = credentials[type];
				if (credential) await stage.n8n.client.updateCredential(credential, { ...data, sessionToken: '' });
			}
			vendors[vendor].prank = prank(vendors.elsewhere.url);
			const execution = await run(stage, platform, credentials, JOINERS);
			vendors[vendor].prank = undefined;
			executions.push(execution);
			assert.ok(!execution.succeeded, 'The run did not fail.');
			return execution.error?.message.slice(0, 140);
		});
	}
	return executions;
}

/** What the Test button says and does. */
async function failingTests(
	checks: Checks,
	{ n8n: { client } }: Stage,
	vendors: Vendors,
	credentials: Credentials,
): Promise<void> {
	const each: Array<[keyof Vendors, string]> = [
		['personio', 'personioEmployeesApi'],
		['learnUpon', 'learnUponApi'],
		['academy', 'threeSixtyLearningApi'],
	];
	const pranks: Array<[string, Prank, RegExp]> = [
		['that repeats the keys', echoing(418, (heard) => !isLogin(heard)), /^Error/],
		['with a page that repeats the keys', page(500, (heard) => !isLogin(heard)), /^Error/],
		[
			'that leads elsewhere',
			redirecting(302, `${vendors.elsewhere.url}/stolen`, (heard) => !isLogin(heard)),
			/leads on to another one/,
		],
		['that leads the login elsewhere', redirecting(307, `${vendors.elsewhere.url}/stolen`), /^Error/],
	];
	for (const [vendor, type] of each) {
		for (const [what, prank, message] of pranks) {
			await checks.run(`the Test button at a vendor ${what}: ${vendor}`, async () => {
				vendors[vendor].prank = prank;
				const { status, message: told } = await client.testCredential(credentials[type] as Credential);
				vendors[vendor].prank = undefined;
				assert.match(`${status}: ${told}`, message);
				return told;
			});
		}
	}
}

/** A trigger that cannot read keeps its workflow from being published. */
async function failingTrigger(
	checks: Checks,
	{ n8n: { client } }: Stage,
	{ personio }: Vendors,
	credentials: Credentials,
): Promise<void> {
	await checks.run('a trigger whose vendor repeats the token is not published', async () => {
		const nodes = [node('Trigger', `${OURS}.personioTrigger`, { emit: 'all' }, 0)];
		const { id } = await client.importWorkflow(
			{ name: 'Overheard trigger', nodes, connections: {} },
			{ credentials },
		);
		personio.prank = echoing(400, isRead);
		const refusal = await client.publish(id).then(
			() => '',
			(error: Error) => error.message,
		);
		personio.prank = undefined;
		await client.unpublish(id).catch(() => undefined);
		assert.match(refusal, /\*\*\*/);
		return refusal.slice(0, 140);
	});
}

interface Search {
	/** Which file holds which form of which secret. */
	found: Array<{ secret: string; text: string }>;
	searched: string;
	/** Whether it came across a person who has to be somewhere, and in a log across the mask of a secret. */
	sawSomeone: boolean;
	sawMask: boolean;
}

/** Looks through every byte of the folder in which n8n keeps its database, its logs and its files. */
async function search({ n8n, sandbox }: Stage, vendors: Vendors): Promise<Search> {
	const heard = [vendors.personio, vendors.learnUpon, vendors.academy];
	const secrets = heard.flatMap((vendor) => [...vendor.secrets]);
	const headers = heard.flatMap(({ basicHeaders }) => [...basicHeaders]);
	const needles = new Map([
		...secrets.flatMap((secret) => formsOf(secret).map((form) => [form, secret] as const)),
		...headers.map((header) => [header, header] as const),
	]);
	const someone = [...sandbox.personio.people.values()].find(({ email }) => email)?.email ?? '';
	const found: Search['found'] = [];
	const seen = { sawSomeone: false, sawMask: false };
	let bytes = 0;
	const look = (content: Buffer, where: string) => {
		bytes += content.length;
		seen.sawSomeone ||= content.includes(someone);
		seen.sawMask ||= where.endsWith('.log') && content.includes('***');
		for (const [form, secret] of needles) {
			if (content.includes(form)) found.push({ secret, text: `${where} holds "${form}", of "${secret}"` });
		}
	};
	const folder = join(n8n.userFolder, '.n8n');
	const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => !file.startsWith(join(folder, 'nodes')));
	for (const file of files) look(await readFile(file), file);
	look(Buffer.from(n8n.logs()), 'what n8n printed');
	const searched = `${secrets.length} secrets in ${needles.size} forms, ${files.length} files, ${Math.round(bytes / 1024)} kB`;
	return { found, searched, ...seen };
}

/** So many signs in a row are as good as the secret. */
const PART = 16;

function formsOf(secret: string): string[] {
	const escaped = JSON.stringify(secret).slice(1, -1);
	const forms = [
		secret,
		secret.slice(0, PART),
		secret.slice(-PART),
		escaped,
		JSON.stringify(escaped).slice(1, -1),
		encodeURIComponent(secret),
		new URLSearchParams({ s: secret }).toString().slice(2),
		secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
		Buffer.from(secret).toString('hex'),
		...[0, 1, 2].map((before) =>
			Buffer.from('x'.repeat(before) + secret)
				.toString('base64')
				.slice(4, Math.floor(((before + secret.length) * 8) / 6)),
		),
	];
	return [...new Set(forms)].filter((form) => form.length >= 12);
}
