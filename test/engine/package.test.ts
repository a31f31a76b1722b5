import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeTypeDescription } from 'n8n-workflow';

import manifest from '../../package.json';
import { PACKAGE, readTemplate, refuseUnknownParameters, startEngine, type Engine } from './harness';

/** The built package as n8n's own loader sees it, and the templates against it. */

const ROOT = join(__dirname, '..', '..');
const TEMPLATES = readdirSync(join(ROOT, 'workflows')).filter((file) => file.endsWith('.json'));

let engine: Engine;
beforeAll(async () => {
	engine = await startEngine({});
});

const typeOf = (node: INode): INodeTypeDescription =>
	engine.nodeTypes.getByNameAndVersion(node.type).description;
const own = ({ nodes }: { nodes: INode[] }) => nodes.filter(({ type }) => type.startsWith(`${PACKAGE}.`));

describe('the package', () => {
	it('gives n8n the names that stored workflows depend on', () => {
		expect(Object.keys(engine.loader.nodeTypes).sort()).toEqual(['lmsSync', 'personio', 'personioTrigger']);
		expect(Object.keys(engine.loader.credentialTypes).sort()).toEqual([
			'learnUponApi',
			'personioEmployeesApi',
			'threeSixtyLearningApi',
		]);
	});

	it('has nothing to install beside n8n itself', () => {
		expect(Object.keys(manifest)).not.toContain('dependencies');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('has an icon and a codex for every node', () => {
		for (const { type } of Object.values(engine.loader.nodeTypes)) {
			const { iconUrl, codex } = (type as { description: INodeTypeDescription }).description;
			expect(iconUrl).toMatchObject({
				light: expect.stringMatching(/\.svg$/),
				dark: expect.stringMatching(/\.svg$/),
			});
			expect(codex?.categories).toEqual(['Productivity']);
		}
	});

	it('offers nothing that writes to an AI agent', () => {
		const tools = Object.entries(engine.loader.nodeTypes)
			.filter(([, { type }]) => (type as { description: INodeTypeDescription }).description.usableAsTool)
			.map(([name]) => name);
		expect(tools).toEqual(['personio']);
	});
});

describe.each(TEMPLATES)('the template %s', (file) => {
	const template = readTemplate(file);

	it('names parameters that exist, and values that they take', () => {
		for (const node of own(template)) {
			refuseUnknownParameters({ ...node, parameters: { ...node.parameters } }, typeOf(node).properties);
		}
	});

	it('carries no credential, no id of an instance and no data', () => {
		const text = readFileSync(join(ROOT, 'workflows', file), 'utf8');
		expect(template.nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(text).not.toMatch(/instanceId|versionId|staticData|https?:\/\//);
	});

	const decides = ({ parameters }: INode) => ['plan', 'undo'].includes(parameters.operation as string);
	const changesNothing = own(template).length === 0;

	it('has dry run on', () => {
		const plans = own(template).filter(decides);
		expect(plans.map(({ parameters }) => parameters.dryRun)).toEqual(plans.map(() => true));
		expect(plans.length > 0).toBe(!changesNothing);
	});

	it('wires every error output, and leads every wire to a node that exists', () => {
		const names = new Set(template.nodes.map(({ name }) => name));
		for (const { name, onError } of template.nodes) {
			if (onError !== 'continueErrorOutput') continue;
			expect(template.connections[name]?.main?.[1]).toHaveLength(1);
		}
		for (const outputs of Object.values(template.connections)) {
			for (const wire of (outputs.main ?? []).flatMap((each) => each ?? []))
				expect(names).toContain(wire.node);
		}
	});

	it('leads a wire to every node that does not start a run', () => {
		const isStart = ({ type }: INode) => /Trigger$|\.stickyNote$/.test(type);
		const reached = new Set(
			Object.values(template.connections).flatMap(({ main = [] }) =>
				main.flatMap((wires) => (wires ?? []).map(({ node }) => node)),
			),
		);
		const expected = template.nodes.filter((node) => !isStart(node)).map(({ name }) => name);
		expect(expected.filter((name) => !reached.has(name))).toEqual([]);
	});

	it('tells an operator how to set it up and how to go live', () => {
		const notes = template.nodes
			.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
			.map(({ parameters }) => parameters.content as string)
			.join('\n');
		expect(notes).toMatch(/### Set up\n1\./);
		if (!changesNothing) expect(notes).toMatch(/Dry run first/);
	});
});
