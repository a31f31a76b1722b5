import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import { readTemplate } from '../engine/harness';
import type { Cell, PlatformName } from './cells';

const TEMPLATES: Record<PlatformName, string> = {
	learnUpon: 'sync-personio-to-learnupon.json',
	threeSixtyLearning: 'sync-personio-to-360learning.json',
};

export const READ = 'Read Employees';
export const PLAN = 'Plan Sync';
export const REPORT = 'Report on Run';
const COLLECT = 'Collect Results';

/** Nobody is held: what a limit would keep back could not be measured. */
const LIMITS = {
	maxDeactivations: 1_000_000,
	maxDeactivationPercent: 100,
	maxGroupRemovals: 1_000_000,
	maxGroupRemovalPercent: 100,
	maxInvitations: 1_000_000,
	maxInvitationPercent: 100,
	maxCreations: 1_000_000,
	maxCreationPercent: 100,
	maxEmailChanges: 1_000_000,
	maxEmailChangePercent: 100,
};

/** Beyond what the template sets: a date for LearnUpon, so that both platforms have custom fields. */
const MAPPINGS: Record<PlatformName, INodeParameters> = {
	learnUpon: {
		fieldMapping: {
			field: [
				{ attribute: 'department', field: 'Department' },
				{ attribute: 'hireDate', field: 'Start Date' },
			],
		},
	},
	threeSixtyLearning: {},
};

type Part = Partial<INode> & { name: string };

/** The template as an operator would have set it up, live, from the reading of the employees to the report. */
export function canvasOf(
	{ platform, run }: Cell,
	rootGroup: string,
): { nodes: Part[]; connections: IConnections } {
	const template = readTemplate(TEMPLATES[platform]);
	const changes: INodeParameters = {
		dryRun: false,
		limits: LIMITS,
		...MAPPINGS[platform],
		...(platform === 'threeSixtyLearning' && { rootGroup }),
		...(run === 'fullComparison' && { options: { fullComparison: true } }),
	};
	const kept = reached(READ, REPORT, template.connections);
	const nodes = template.nodes
		.filter(({ name }) => kept.has(name))
		.map(({ credentials: _, ...node }): Part => {
			if (node.name === PLAN) return { ...node, parameters: { ...node.parameters, ...changes } };
			if (node.name === COLLECT) return { ...node, type: 'test.append', typeVersion: 1, parameters: {} };
			return node;
		});
	const { [REPORT]: _, ...connections } = template.connections;
	const isFirst = ({ name }: Part) => name === READ;
	return { nodes: [...nodes.filter(isFirst), ...nodes.filter((node) => !isFirst(node))], connections };
}

/** The nodes on all ways from one to another. */
function reached(from: string, to: string, connections: IConnections): Set<string> {
	const found = new Set([from]);
	for (const name of found) {
		if (name === to) continue;
		for (const output of connections[name]?.main ?? []) for (const { node } of output ?? []) found.add(node);
	}
	return found;
}
