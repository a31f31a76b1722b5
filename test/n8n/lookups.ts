import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { N8nApiError, type RestSession } from './rest';
import type { CredentialChoice, TypeOf } from './workflow';

/** The picker of a node parameter, with what the editor knows when it fills it. */
export interface PickerRequest {
	/** Full type name, such as `n8n-nodes-personio-lms.lmsSync`. */
	nodeType: string;
	typeVersion?: number;
	/** The method that the node's description names for this parameter. */
	method: string;
	/** Where the parameter stands; n8n wants it, methods rarely use it. */
	path?: string;
	parameters?: INodeParameters;
	credentials?: CredentialChoice;
}

/** What the editor asks n8n about nodes: their descriptions, and the entries of their pickers. */
export class NodeLookups {
	private readonly types = new Map<string, INodeTypeDescription>();

	constructor(readonly session: RestSession) {}

	/** The entries of a drop-down (`loadOptionsMethod`). */
	async dynamicOptions(request: PickerRequest): Promise<Array<{ name: string; value: unknown }>> {
		return await this.session.call('POST', '/dynamic-node-parameters/options', pickerBody(request));
	}

	/** The entries of a list to search in (`searchListMethod` of a resource locator). */
	async listSearch(
		request: PickerRequest & { filter?: string; paginationToken?: string },
	): Promise<{ results: Array<{ name: string; value: unknown }>; paginationToken?: string }> {
		const { filter, paginationToken } = request;
		return await this.session.call('POST', '/dynamic-node-parameters/resource-locator-results', {
			...pickerBody(request),
			filter,
			paginationToken,
		});
	}

	/**
	 * The descriptions of node types by their full names, in their default versions.
	 *
	 * @throws if this n8n does not know one of them
	 */
	async nodeTypes(names: string[]): Promise<INodeTypeDescription[]> {
		return await this.session.call('POST', '/node-types', { nodeInfos: names.map((name) => ({ name })) });
	}

	protected async typesIn({ nodes }: { nodes: INode[] }): Promise<TypeOf> {
		const key = (node: { type: string; typeVersion: number }) => `${node.type}@${node.typeVersion}`;
		const unknown = [...new Set(nodes.map(key))].filter((identifier) => !this.types.has(identifier));
		for (const identifier of unknown) {
			const [name, version] = identifier.split(/@(?=[^@]*$)/);
			// Not /node-types/by-identifier: in 2.41.1 that route loses its body and always answers [].
			const [type] = await this.session
				.call<INodeTypeDescription[]>('POST', '/node-types', {
					nodeInfos: [{ name, version: Number(version) }],
				})
				.catch((error: unknown) => {
					if (error instanceof N8nApiError && error.status === 400) return [];
					throw error;
				});
			// For a type with one version n8n gives that one, whichever is asked for.
			if (type && [type.version].flat().includes(Number(version))) this.types.set(identifier, type);
		}
		return (node) => this.types.get(key(node));
	}
}

function pickerBody({ nodeType, typeVersion = 1, method, path, parameters, credentials }: PickerRequest) {
	return {
		nodeTypeAndVersion: { name: nodeType, version: typeVersion },
		methodName: method,
		path: path ?? '',
		currentNodeParameters: parameters ?? {},
		credentials,
	};
}
