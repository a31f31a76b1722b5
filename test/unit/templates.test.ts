import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, NodeParameterValueType } from 'n8n-workflow';

/** What the templates must not do with the data of people, as far as the files tell. */

const FOLDER = join(__dirname, '..', '..', 'workflows');

interface Found {
	file: string;
	node: INode;
}

const nodes: Found[] = readdirSync(FOLDER).flatMap((file) =>
	(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { nodes: INode[] }).nodes.map((node) => ({
		file,
		node,
	})),
);

const ofType = (type: string) =>
	nodes
		.filter(({ node }) => node.type === `n8n-nodes-base.${type}`)
		.map(({ file, node }) => [file, node] as const);

/** Every text among the parameters of a node, with the names of what it is in. */
function texts(value: NodeParameterValueType, name = ''): Array<[string, string]> {
	if (typeof value === 'string') return [[name, value]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => texts(inner as NodeParameterValueType, key));
}

it.each(ofType('formTrigger'))('%s asks for a login before it shows a form', (_file, { parameters }) => {
	expect(parameters.authentication).toBe('basicAuth');
});

/** What n8n shows as HTML. */
const MARKUP = ['html', 'completionMessage', 'formDescription'];
/** What a report has escaped, or has made of its own words alone. */
const SAFE = /^=(\{\{ \$json\.(html|explanation \?\? \$json\.html|approval\.html|headline) \}\})+$/;
const ESCAPES = ".replaceAll('&', '&amp;').replaceAll('<', '&lt;')";

it.each([...ofType('form'), ...ofType('formTrigger'), ...ofType('wait')])(
	'%s shows no text of others that is not escaped',
	(_file, { parameters }) => {
		for (const [name, text] of texts(parameters)) {
			if (!MARKUP.includes(name) || !text.startsWith('=') || SAFE.test(text)) continue;
			expect(text).toContain(ESCAPES);
		}
	},
);

it('no template reads the environment, and none has a credential or an address of somebody in it', () => {
	for (const { file, node } of nodes) {
		const text = JSON.stringify(node);
		expect([file, text]).not.toEqual([file, expect.stringMatching(/\$env|\$vars|\$secrets|process\.env/)]);
		expect([file, node.name, node.credentials]).toEqual([file, node.name, undefined]);
		const hosts = [...text.matchAll(/[\w.-]+@([\w.-]+)/g)].map(([, host]) => host);
		for (const host of hosts) expect([file, host]).toEqual([file, 'example.com']);
	}
});
