import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { VendorError } from '../../nodes/shared/transport/vendorError';

/** A node's context as far as our operations use it, with parameters that may hold anything. */
export interface FakeNode {
	parameters: Record<string, unknown>;
	items?: INodeExecutionData[];
	staticData?: IDataObject;
	onError?: 'continueErrorOutput' | 'continueRegularOutput';
	binary?: Buffer;
}

export function contextOf({
	parameters,
	staticData = {},
	onError,
	items = [],
	binary,
}: FakeNode): IExecuteFunctions {
	const node: INode = {
		id: 'node',
		name: 'LMS Sync',
		type: 'n8n-nodes-personio-lms.lmsSync',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...(onError && { onError }),
		credentials: Object.fromEntries(
			['personioEmployeesApi', 'learnUponApi', 'threeSixtyLearningApi'].map((type) => [
				type,
				{ id: 'fuzz', name: type },
			]),
		),
	};
	const quiet = () => undefined;
	return {
		getNode: () => node,
		getNodeParameter(name: string, _index: number, fallback?: unknown) {
			if (Object.hasOwn(parameters, name)) return parameters[name];
			if (fallback !== undefined) return fallback;
			throw new NodeOperationError(node, `Could not get parameter "${name}" of this node.`);
		},
		getPollBudgetMs: () => 50_000,
		getWorkflowStaticData: () => staticData,
		getMode: () => 'trigger',
		getTimezone: () => 'Europe/Berlin',
		getWorkflow: () => ({ id: 'fuzz', name: 'Fuzz', active: true }),
		getChildNodes: () => [],
		__emit: (_items: unknown, _response: unknown, done?: { resolve(run: undefined): void }) =>
			done?.resolve(undefined),
		getInputData: () => items,
		addExecutionHints: quiet,
		continueOnFail: () => onError !== undefined,
		getCredentials: async () => ({
			portalUrl: 'https://acme.learnupon.com',
			region: 'eu',
			baseUrl: 'https://api.personio.de',
		}),
		logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
		helpers: {
			prepareBinaryData: async (content: Buffer, fileName: string, mimeType: string) => ({
				data: content.toString('base64'),
				fileName,
				mimeType,
			}),
			getBinaryDataBuffer: async () => binary ?? Buffer.alloc(0),
			createDeferredPromise: () => {
				let resolve = (_run: undefined) => {};
				const promise = new Promise((settle) => (resolve = settle));
				return { promise, resolve };
			},
		},
	} as unknown as IExecuteFunctions;
}

/** What a program says that has tripped over a value, and what no operator should read. */
const STUMBLED =
	/is not a function|is not iterable|Cannot (read|set|convert|destructure|mix|assign|redefine)|is not defined|is not a constructor|Maximum call stack|Invalid time value|Invalid array length|Invalid string length|invalid date|toISOString|Reduce of empty|Unexpected token|circular structure|never ends|\[object |\bundefined\b|\bNaN\b/i;

const isOurs = (error: unknown): error is Error & { description?: string | null } =>
	error instanceof VendorError ||
	error instanceof NodeOperationError ||
	// n8n makes a NodeOperationError of a plain error; the other kinds are slips of the program.
	(error instanceof Error && error.constructor === Error);

/** Begins a sentence that tells what to do. */
const REMEDY =
	/(^|[.!?;:)"”]\s+|\b(then|or|and) )(Add|Agree|Allow|Approve|Ask|Cancel|Change|Check|Choose|Clear|Connect|Correct|Create|Decide|Delete|Disable|Enter|Fill|Free|Give|Grant|If|Invite|Keep|Let|Link|Look|Make|Map|Merge|Move|Name|Narrow|Nothing was changed|Open|Plan|Put|Raise|Read|Remove|Rename|Restore|Run|Set|Start|Switch|Take|Talk|The next run|Try|Undo|Unlink|Wait|Whoever)\b/;

/** @throws what no operator should ever see: anything but sentences of our own that tell what to do */
export function expectRefusal(error: unknown, allowed: string[] = []): void {
	if (!isOurs(error)) throw error;
	const cause = (error as { cause?: unknown }).cause;
	if (cause instanceof TypeError || cause instanceof RangeError) throw cause;
	expectSentence(error.message, allowed);
	const remedy = error instanceof VendorError ? error.remedy : error.description;
	expectRemedy(`${error.message.replace(/[^.!?]$/, '$&.')} ${remedy ?? ''}`);
}

export function expectRemedy(told: string): void {
	if (!REMEDY.test(told)) throw new Error(`Nobody is told what to do: ${told}`);
}

/** @param quoted texts of others, which may stand in it */
export function expectSentence(message: string, quoted: string[] = []): void {
	// Looked for in what is quoted only where it matters: there are many messages, and many texts.
	const own = () =>
		quoted.reduce((text, each) => (each.trim() === '' ? text : text.replaceAll(each, '…')), message);
	if (STUMBLED.test(message) && STUMBLED.test(own()))
		throw new Error(`No sentence for an operator: ${message}`);
	if (!/\S+\s+\S+\s+\S+/.test(message)) throw new Error(`Too short for a sentence: ${message}`);
}

/** Nothing that came in has become a property of every object. */
export function expectNoPollution(): void {
	const fresh: Record<string, unknown> = {};
	if (fresh['polluted'] !== undefined) throw new Error('The prototype of all objects was polluted.');
	const added = Object.keys(Object.prototype as object);
	if (added.length > 0) throw new Error(`The prototype of all objects has ${added.join(', ')}.`);
}
