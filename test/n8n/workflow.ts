import {
	NodeHelpers,
	type IConnections,
	type INode,
	type INodeParameters,
	type INodeTypeDescription,
	type IWorkflowSettings,
} from 'n8n-workflow';

/** What a workflow file holds and what the editor sends to n8n. */
export interface WorkflowJson {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	[more: string]: unknown;
}

export interface StoredWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
	active: boolean;
}

export interface CredentialReference {
	id: string;
	name: string;
}

export type CredentialChoice = Record<string, CredentialReference>;

/** Finds the description of a node's type, undefined if this n8n does not know the type or its version. */
export type TypeOf = (node: INode) => INodeTypeDescription | undefined;

/** Reads a workflow file as the editor's import does: it must have nodes and connections. */
export function asWorkflow(file: unknown): WorkflowJson {
	const workflow = structuredClone(file) as Partial<WorkflowJson> | null;
	if (!Array.isArray(workflow?.nodes) || typeof workflow.connections !== 'object') {
		throw new Error('This is not a workflow file: it has no nodes or no connections.');
	}
	return workflow as WorkflowJson;
}

/** The credential types that the node asks for, given its present parameters. */
function credentialSlots(node: INode, type: INodeTypeDescription) {
	const parameters = effectiveParameters(node, type);
	return (type.credentials ?? []).filter((slot) =>
		NodeHelpers.displayParameter(parameters, slot, node, type),
	);
}

/** With the defaults of everything that the file leaves out. */
function effectiveParameters(node: INode, type: INodeTypeDescription): INodeParameters {
	return NodeHelpers.getNodeParameters(type.properties, node.parameters, true, false, node, type) ?? {};
}

/** Chooses credentials as a person does in the editor: on every node, for every slot that it shows. */
export function chooseCredentials(workflow: WorkflowJson, typeOf: TypeOf, choice: CredentialChoice): void {
	for (const node of workflow.nodes) {
		const type = typeOf(node);
		if (!type) continue;
		for (const slot of credentialSlots(node, type)) {
			const chosen = choice[slot.name];
			if (!chosen) continue;
			const { id, name } = chosen;
			node.credentials = { ...node.credentials, [slot.name]: { id, name } };
		}
	}
}

/**
 * What the editor would mark in red, by node name; empty if nothing: types this n8n does not know, parameters
 * that are missing or wrong, credentials not chosen, connections to nodes that are not there.
 */
export function issuesOf(workflow: WorkflowJson, typeOf: TypeOf): Record<string, string[]> {
	const issues: Record<string, string[]> = {};
	const report = (node: string, sentences: string[]) => {
		if (sentences.length > 0) issues[node] = [...(issues[node] ?? []), ...sentences];
	};
	const names = new Set(workflow.nodes.map(({ name }) => name));

	for (const node of workflow.nodes) {
		if (node.disabled) continue;
		const type = typeOf(node);
		if (!type) {
			report(node.name, [`Unknown node type ${node.type} in version ${node.typeVersion}`]);
			continue;
		}
		const withDefaults = { ...node, parameters: effectiveParameters(node, type) };
		const found = NodeHelpers.getNodeParametersIssues(type.properties, withDefaults, type);
		if (found) report(node.name, NodeHelpers.nodeIssuesToString(found, node));
		const unchosen = credentialSlots(node, type).filter(
			(slot) => slot.required && !node.credentials?.[slot.name]?.id,
		);
		report(
			node.name,
			unchosen.map((slot) => `No credential of type ${slot.name} is chosen`),
		);
	}
	for (const [source, outputs] of Object.entries(workflow.connections)) {
		const targets = Object.values(outputs).flatMap((lists) => lists.flatMap((list) => list ?? []));
		if (!names.has(source)) report(source, ['A connection starts here, but there is no such node']);
		for (const { node } of targets) {
			if (!names.has(node)) report(source, [`Connected to "${node}", but there is no such node`]);
		}
	}
	return issues;
}
