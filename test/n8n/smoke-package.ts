import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The parts of a community package that the smoke test has n8n load; written by hand, as n8n reads them. */
const FILES: Record<string, string> = {
	'package.json': JSON.stringify({
		name: 'n8n-nodes-smoke',
		version: '1.0.0',
		keywords: ['n8n-community-node-package'],
		n8n: {
			n8nNodesApiVersion: 1,
			credentials: ['dist/SmokeApi.credentials.js'],
			nodes: ['dist/Smoke.node.js', 'dist/SmokeTrigger.node.js'],
		},
	}),
	'dist/SmokeApi.credentials.js': `
exports.SmokeApi = class {
	name = 'smokeApi';
	displayName = 'Smoke API';
	properties = [
		{ displayName: 'Token', name: 'token', type: 'hidden', default: '', typeOptions: { expirable: true } },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Secret', name: 'secret', type: 'string', typeOptions: { password: true }, default: '' },
	];
	async preAuthentication({ baseUrl, secret }) {
		const body = { secret };
		const { token } = await this.helpers.httpRequest({ method: 'POST', url: baseUrl + '/token', body });
		return { token };
	}
	authenticate = { type: 'generic', properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } } };
	test = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/colours' } };
};`,
	'dist/Smoke.node.js': `
const { NodeOperationError } = require('n8n-workflow');
const colours = async (context) => {
	const { baseUrl } = await context.getCredentials('smokeApi');
	const url = baseUrl + '/colours';
	const answer = await context.helpers.httpRequestWithAuthentication.call(context, 'smokeApi', { url });
	return answer.map((name) => ({ name, value: name }));
};
exports.Smoke = class {
	description = {
		displayName: 'Smoke', name: 'smoke', group: ['transform'], version: 1, description: 'Smoke',
		defaults: { name: 'Smoke' }, inputs: ['main'], outputs: ['main'],
		credentials: [{ name: 'smokeApi', required: true }],
		properties: [
			{ displayName: 'Fail', name: 'fail', type: 'boolean', default: false },
			{ displayName: 'Colour', name: 'colour', type: 'options', default: 'red',
				typeOptions: { loadOptionsMethod: 'colours' } },
			{ displayName: 'Must', name: 'must', type: 'string', required: true, default: '' },
		],
	};
	methods = {
		loadOptions: { async colours() { return await colours(this); } },
		listSearch: { async search(filter) {
			return { results: (await colours(this)).filter(({ name }) => name.includes(filter ?? '')) };
		} },
	};
	async execute() {
		this.addExecutionHints({ message: 'A hint', location: 'outputPane' });
		if (this.getNodeParameter('fail', 0)) {
			throw new NodeOperationError(this.getNode(), 'It failed', { description: 'As asked' });
		}
		const page = Buffer.from('<h1>Smoke</h1>');
		const binary = { page: await this.helpers.prepareBinaryData(page, 'page.html', 'text/html') };
		const found = await colours(this);
		return [this.getInputData().map(({ json }, item) => (
			{ json: { ...json, colours: found.length }, binary, pairedItem: { item } }))];
	}
};`,
	'dist/SmokeTrigger.node.js': `
exports.SmokeTrigger = class {
	description = {
		displayName: 'Smoke Trigger', name: 'smokeTrigger', group: ['trigger'], version: 1, description: 'Smoke',
		defaults: { name: 'Smoke Trigger' }, inputs: [], outputs: ['main'], polling: true,
		credentials: [{ name: 'smokeApi', required: true }],
		properties: [{ displayName: 'Refuse', name: 'refuse', type: 'boolean', default: false }],
	};
	async poll() {
		if (this.getNodeParameter('refuse')) throw new Error('The poll refuses');
		const memory = this.getWorkflowStaticData('node');
		memory.polls = (memory.polls ?? 0) + 1;
		return [this.helpers.returnJsonArray({ polls: memory.polls, mode: this.getMode() })];
	}
};`,
};

const at = (x: number, y: number): [number, number] => [x, y];

/** As a workflow file ships: no ids of credentials, defaults left out. */
export const SMOKE_WORKFLOW = {
	name: 'Smoke',
	nodes: [
		{
			id: 'b2f1e5a4-0001-4000-8000-000000000001',
			name: 'By hand',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: at(0, 0),
			parameters: {},
		},
		{
			id: 'b2f1e5a4-0001-4000-8000-000000000002',
			name: 'By poll',
			type: 'n8n-nodes-smoke.smokeTrigger',
			typeVersion: 1,
			position: at(0, 200),
			parameters: {},
		},
		{
			id: 'b2f1e5a4-0001-4000-8000-000000000003',
			name: 'Work',
			type: 'n8n-nodes-smoke.smoke',
			typeVersion: 1,
			position: at(200, 0),
			parameters: { must: 'be there' },
		},
	],
	connections: {
		'By hand': { main: [[{ node: 'Work', type: 'main', index: 0 }]] },
		'By poll': { main: [[{ node: 'Work', type: 'main', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
};

export async function writeSmokePackage(folder: string): Promise<void> {
	for (const [path, content] of Object.entries(FILES)) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), content);
	}
}
