import {
	NodeOperationError,
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { errorItem } from '../../../shared/errorItem';
import { asNodeError } from '../../../shared/transport/nodeError';
import { concerned, doubtfulManagers, endingsOf, type UndoFile } from '../../sync/deeds';
import { groupKey } from '../../sync/groups';
import { informed } from '../../sync/inquiry';
import { undo } from '../../sync/undo';
import { isUndoFile, wrongIn } from '../../sync/undoForm';
import { NO_OPTIONS } from '../../platforms/platform';
import { forAll, openPlatform, portalOf, sentences, whole } from '../context';
import { switchOf, textOf } from '../parameterValues';

const properties: INodeProperties[] = [
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: true,
		description: 'Whether to show only what would be taken back',
		hint: 'While this is on, nothing is changed in the LMS',
	},
	{
		displayName:
			'The next sync would do the same again. Switch its schedule off, or put right what caused it, before you undo.',
		name: 'undoNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Undo File in Field',
		name: 'undoPropertyName',
		type: 'string',
		default: 'reportUndo',
		required: true,
		hint: 'The name of the input binary field that holds the undo file of a report',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['undo'] } },
	properties,
);

/** The inverse of a run as items, for the same steps that carry out a plan. Changes nothing. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	const dryRun = await forAll(this, async () => switchOf('Dry Run', this.getNodeParameter('dryRun', 0)));
	const output: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		try {
			const file = await fileOf(this, item, index);
			for (const { employee, learner, decision } of await undone(this, file, dryRun, index)) {
				const json = { ...(employee && { employee }), ...(learner && { learner }), decision };
				output.push({ json: json as unknown as IDataObject, pairedItem: { item: index } });
			}
		} catch (error) {
			const cause = asNodeError(this, error, index);
			if (!this.continueOnFail()) throw cause;
			output.push(errorItem(this, sentences(cause.message, cause.description), index, item.json));
		}
	}
	this.addExecutionHints({
		message: dryRun
			? 'Dry Run is on: no step will change anything.'
			: 'The next sync would do the same again, unless its cause is put right.',
		location: 'outputPane',
	});
	return [output];
}

/** Reads the LMS as the plan did that is taken back. */
async function undone(context: IExecuteFunctions, file: UndoFile, dryRun: boolean, itemIndex: number) {
	const { linkField, fields, rootGroup } = file.reading;
	const options = { ...NO_OPTIONS, linkField, fields, ...(rootGroup !== undefined && { rootGroup }) };
	const platform = openPlatform(context, options);
	const portal = await portalOf(context);
	const strangeness = strangenessOf(file, platform.displayName, portal);
	if (strangeness !== undefined) {
		throw new NodeOperationError(context.getNode(), strangeness, {
			description: 'Choose the platform and the credential of the run that is to be taken back.',
			itemIndex,
		});
	}
	const lists = { ...whole(await platform.read()), ...platform.traits };
	const ids = concerned(file);
	const values = lists.learners.filter(({ id, status }) => ids.has(id) && status !== 'inactive');
	const managers = doubtfulManagers(file, lists.learners);
	const endings = endingsOf(file, lists.learners);
	const findings = await platform.inspect?.({ values, managers, endings });
	const lms = findings ? informed(lists, findings) : lists;
	const names = new Set(
		file.done.flatMap(({ groups, learner }) =>
			[...groups.add, ...groups.remove].map(({ name }) => name).concat(learner.groups ?? []),
		),
	);
	const keys = new Set([...names].map(groupKey));
	const { of } = await platform.memberships(lms.groups.filter(({ name }) => keys.has(groupKey(name))));
	return undo(file, lms, of, { dryRun, now: new Date().toISOString(), portal });
}

/** Why a file is not about this LMS. Older ones do not tell its host. */
function strangenessOf(
	{ platform, reading }: UndoFile,
	displayName: string,
	portal: string,
): string | undefined {
	if (platform !== displayName) return `The file is about ${platform}, and "Platform" is ${displayName}.`;
	if (reading.portal === undefined || reading.portal === portal) return undefined;
	return `The file is about ${reading.portal}, and the credential is for ${portal}.`;
}

/** From the file, or from an item that holds what was in it. */
async function fileOf(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	itemIndex: number,
): Promise<UndoFile> {
	const property = textOf('Undo File in Field', context.getNodeParameter('undoPropertyName', itemIndex));
	const refuse = (what: string) =>
		new NodeOperationError(context.getNode(), what, {
			description:
				'Give this node the undo file that the report of an applied run has beside the page. A dry run has none.',
			itemIndex,
		});
	const isBinary = item.binary?.[property] !== undefined;
	const content = isBinary
		? parsed((await context.helpers.getBinaryDataBuffer(itemIndex, property)).toString('utf8'))
		: item.json;
	if (!isUndoFile(content)) {
		throw refuse(
			isBinary
				? `The file "${item.binary?.[property]?.fileName ?? property}" is no undo file.`
				: `The item has no file "${property}".`,
		);
	}
	const wrong = wrongIn(content);
	if (wrong === undefined) return content as UndoFile;
	throw refuse(`The undo file is not as a report writes it, and nothing of it is taken back: ${wrong}.`);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
