import 'reflect-metadata';

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoadOptionsContext, PackageDirectoryLoader, PollContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IConnections,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeCredentialsDetails,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IPollFunctions,
	type IRun,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** Drives the built package by n8n's own engine: its loader, its workflow runner, its poll context. */

const ROOT = join(__dirname, '..', '..');
export const PACKAGE = 'n8n-nodes-personio-lms';

/** So many inputs has the merge of the templates at most. */
const MERGED = 9;

/** Stands for n8n's own Merge in the mode "append", which is not among the packages here. */
class Append implements INodeType {
	description = {
		displayName: 'Append',
		name: 'append',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: { name: 'Append' },
		inputs: new Array<'main'>(MERGED).fill('main'),
		requiredInputs: 1,
		outputs: ['main' as const],
		properties: [],
	};

	async execute(this: { getInputData(index: number): INodeExecutionData[] }) {
		return [Array.from({ length: MERGED }, (_, index) => this.getInputData(index)).flat()];
	}
}

/** Hands its parameter `items` on; stands for whatever starts a workflow. */
class Items implements INodeType {
	description = {
		displayName: 'Items',
		name: 'items',
		group: ['trigger' as const],
		version: 1,
		description: '',
		defaults: { name: 'Items' },
		inputs: [],
		outputs: ['main' as const],
		properties: [{ displayName: 'Items', name: 'items', type: 'json' as const, default: '[]' }],
	};

	async execute(this: { getNodeParameter(name: string, index: number): unknown }) {
		const items = this.getNodeParameter('items', 0) as string;
		return [(JSON.parse(items) as IDataObject[]).map((json) => ({ json }))];
	}
}

export type Credentials = Record<string, ICredentialDataDecryptedObject>;

/** Keeps credentials as n8n does, by the id that nodes refer to, and renews tokens by n8n's rules. */
class StoredCredentials extends ICredentialsHelper {
	constructor(
		private readonly types: Record<string, ICredentialType>,
		/** By type; the id of a credential is its type. */
		readonly stored: Credentials,
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(typeName);
		if (typeof authenticate !== 'function') throw new Error(`${typeName} has no authenticate function`);
		return await authenticate(credentials, requestOptions);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		_node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication, properties } = this.type(typeName);
		const expirable = properties.find(({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable);
		if (!expirable || !preAuthentication) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
		const output = (await preAuthentication.call(helpers, credentials)) as ICredentialDataDecryptedObject;
		if (output[expirable.name] === undefined) return undefined;
		await this.updateCredentials({ id: typeName, name: typeName }, typeName, output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not used by the engine');
	}

	async getDecrypted(
		_additionalData: unknown,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const defaults = Object.fromEntries(
			this.type(type).properties.map((property) => [property.name, property.default as string]),
		);
		return { ...defaults, ...this.stored[type] };
	}

	async updateCredentials(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored[type] = { ...this.stored[type], ...data };
	}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.type(type).properties;
	}

	private type(name: string): ICredentialType {
		const type = this.types[name];
		if (!type) throw new Error(`There is no credential type ${name}`);
		return type;
	}
}

export interface Engine {
	loader: PackageDirectoryLoader;
	nodeTypes: INodeTypes;
	/** What n8n has stored, tokens included. */
	credentials: Credentials;
	/** Runs one node over items; `onError` and the like in `node`. */
	run(node: Partial<INode>, items: object[]): Promise<NodeRun>;
	/**
	 * Runs several nodes one behind the other, on the first output of each.
	 *
	 * @param memory what n8n keeps for the workflow, under `node:<name>`; a scheduled run changes it
	 */
	chain(nodes: Array<Partial<INode>>, items: object[], memory?: IDataObject): Promise<NodeRun>;
	/** Runs nodes as they are connected, from the first one on; `test.append` joins branches. */
	workflow(
		nodes: Array<Partial<INode> & { name: string }>,
		connections: IConnections,
		memory?: IDataObject,
	): Promise<IRun>;
	poll(poller: Poller, mode?: WorkflowExecuteMode): Promise<INodeExecutionData[] | null>;
	loadOptions(node: Partial<INode>, method: string): Promise<Array<{ name: string; value: string }>>;
}

/** A trigger with what n8n remembers for it. */
export interface Poller {
	parameters: INode['parameters'];
	staticData: IDataObject;
	timezone?: string;
}

export interface NodeRun {
	/** Items of each output of the last node. */
	outputs: INodeExecutionData[][];
	/** Items of the first output of a node by name. */
	of(name: string): INodeExecutionData[];
	error?: Error & { description?: string | null };
	hints: Array<{ message: string }>;
	raw: IRun;
}

/** @param account the id of the credentials; their types otherwise, so that all runs share the pace */
export async function startEngine(credentials: Credentials, account?: string): Promise<Engine> {
	const loader = new PackageDirectoryLoader(ROOT);
	await loader.loadAll();
	const credentialTypes = Object.fromEntries(
		Object.entries(loader.credentialTypes).map(([name, { type }]) => [name, type]),
	);
	const helper = new StoredCredentials(credentialTypes, credentials);
	const nodeTypes = typesOf(loader);

	const workflowOf = (
		nodes: INode[],
		connections: IConnections,
		staticData?: IDataObject,
		timezone = 'UTC',
	) =>
		new Workflow({
			id: 'engine-test',
			nodes,
			connections,
			active: false,
			nodeTypes,
			staticData: staticData ?? {},
			settings: { executionOrder: 'v1', timezone },
		});

	const execute = async (nodes: INode[], connections: IConnections, memory: IDataObject): Promise<IRun> => {
		const workflow = workflowOf(nodes, connections, memory);
		const additionalData = additionalDataOf(helper);
		const data = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: nodes[0] as INode, data: { main: [[{ json: {} }]] }, source: null }],
			},
		});
		const raw = await new WorkflowExecute(additionalData, 'trigger', data).processRunExecutionData(workflow);
		Object.assign(memory, workflow.staticData);
		return raw;
	};

	const chain: Engine['chain'] = async (parts, items, memory = {}) => {
		const nodes = [start(items), ...parts.map((part, index) => nodeOf(part, `Node ${index + 1}`))];
		const connections: IConnections = {};
		nodes.slice(0, -1).forEach((node, index) => {
			connections[node.name] = {
				main: [[{ node: (nodes[index + 1] as INode).name, type: 'main', index: 0 }]],
			};
		});
		const raw = await execute(nodes, connections, memory);
		const { runData, error } = raw.data.resultData;
		const last = runData[(nodes.at(-1) as INode).name]?.[0];
		return {
			outputs: (last?.data?.['main'] ?? []).map((output) => output ?? []),
			of: (name) => runData[name]?.[0]?.data?.main?.[0] ?? [],
			...(error && { error: error as Error }),
			hints: last?.hints ?? [],
			raw,
		};
	};

	return {
		loader,
		nodeTypes,
		credentials,
		chain,
		run: async (node, items) => await chain([node], items),
		workflow: async (parts, connections, memory = {}) =>
			await execute(
				parts.map((part) => nodeOf(part, part.name)),
				connections,
				memory,
			),
		async poll({ parameters, staticData, timezone }, mode = 'trigger') {
			const node = nodeOf({ type: `${PACKAGE}.personioTrigger`, parameters }, 'Trigger');
			const workflow = workflowOf([node], {}, staticData, timezone);
			const type = nodeTypes.getByNameAndVersion(node.type);
			const given: INodeExecutionData[] = [];
			// The workflow comes through.
			const emit: IPollFunctions['__emit'] = ([items = []], _response, done) => {
				given.push(...items);
				done?.resolve({ status: 'success' } as IRun);
			};
			const context = new PollContext(workflow, node, additionalDataOf(helper), mode, 'activate', emit);
			const result = await type.poll?.call(context as unknown as IPollFunctions);
			Object.assign(staticData, workflow.staticData);
			return given.length > 0 ? given : (result?.[0] ?? null);
		},
		async loadOptions(part, method) {
			const node = nodeOf(part, 'Node');
			const workflow = workflowOf([node], {});
			const type = nodeTypes.getByNameAndVersion(node.type);
			const context = new LoadOptionsContext(workflow, node, additionalDataOf(helper), '');
			const found = await type.methods?.loadOptions?.[method]?.call(
				context as unknown as ILoadOptionsFunctions,
			);
			return (found ?? []) as Array<{ name: string; value: string }>;
		},
	};

	function start(items: object[]): INode {
		return {
			id: 'start',
			name: 'Items',
			type: 'test.items',
			typeVersion: 1,
			position: [0, 0],
			parameters: { items: JSON.stringify(items) },
		};
	}

	/** A node as the editor saves it: only what differs from the defaults, credentials chosen. */
	function nodeOf(part: Partial<INode>, name: string): INode {
		const type = part.type ?? `${PACKAGE}.lmsSync`;
		const { description } = nodeTypes.getByNameAndVersion(type);
		const node: INode = {
			id: name,
			name,
			typeVersion: 1,
			position: [0, 0],
			credentials: Object.fromEntries(
				(description.credentials ?? []).map(({ name: type }) => [type, { id: account ?? type, name: type }]),
			),
			...part,
			type,
			parameters: part.parameters ?? {},
		};
		refuseUnknownParameters(node, description.properties);
		return node;
	}
}

/** A mistyped parameter would silently test the default. */
export function refuseUnknownParameters(node: INode, properties: INodeProperties[]): void {
	const known = new Set(properties.map(({ name }) => name));
	const unknown = Object.keys(node.parameters).filter((name) => !known.has(name));
	if (unknown.length > 0) throw new Error(`${node.type} has no parameter ${unknown.join(', ')}`);
	const filled = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, null);
	if (filled === null) throw new Error(`The parameters of ${node.name} do not fit`);
	node.parameters = filled;
}

function typesOf(loader: PackageDirectoryLoader): INodeTypes {
	const own = new Map<string, INodeType | IVersionedNodeType>(
		Object.entries(loader.nodeTypes).map(([name, { type }]) => [`${PACKAGE}.${name}`, type]),
	);
	own.set('test.items', new Items() as unknown as INodeType);
	own.set('test.append', new Append() as unknown as INodeType);
	const get = (name: string) => {
		const type = own.get(name);
		if (!type) throw new Error(`There is no node type ${name}`);
		return type;
	};
	return {
		getByName: get,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(get(name), version),
		getKnownTypes: () => ({}),
	};
}

/** Expressions need the addresses and ids, or they end in "Invalid URL". */
function additionalDataOf(credentialsHelper: ICredentialsHelper): IWorkflowExecuteAdditionalData {
	const url = 'http://localhost:5678';
	return {
		credentialsHelper,
		executionId: '1',
		currentNodeExecutionIndex: 0,
		instanceBaseUrl: url,
		restApiUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		variables: {},
		hooks: { runHook: async () => {}, addHandler: () => {} },
		setExecutionStatus: () => {},
		logAiEvent: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

export function readTemplate(file: string): { nodes: INode[]; connections: IConnections; name: string } {
	return JSON.parse(readFileSync(join(ROOT, 'workflows', file), 'utf8')) as never;
}
