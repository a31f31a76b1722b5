import { randomBytes } from 'crypto';

import {
	updateDisplayOptions,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { csvOf } from '../../report/csv';
import { pageOf } from '../../report/page/page';
import { pseudonymised } from '../../report/pseudonyms';
import { summarise, type Summary } from '../../report/summary';
import { plansOf, undoFileOf, type UndoFile } from '../../sync/deeds';
import { syncItemOf } from '../context';
import { switchOf, textOf } from '../parameterValues';

const properties: INodeProperties[] = [
	{
		displayName: 'Put Report File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'report',
		required: true,
		hint: 'The name of the output binary field to put the file in. The table goes to a second field, e.g. reportTable.',
	},
	{
		displayName: 'Pseudonymise',
		name: 'pseudonymise',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave out names and e-mail addresses: people get pseudonyms such as "Person 3f9a1c07d2", and sentences are rewritten. A person has the same pseudonym everywhere in one report and another one in the next, so that nobody can look it up. Personio IDs stay, since they are needed to find the person. Names are recognised of everybody who arrives here as an item; with "Output Unchanged People" in the plan, that is everybody. Names of groups, departments and fields stay, also those that contain the name of a person.',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['report'] } },
	properties,
);

/** One file that goes with the report. */
interface ReportFile {
	/** Name of the binary field. */
	field: string;
	fileName: string;
	mimeType: string;
	/** One after the other: all of them at once are large. */
	content(): string;
}

/** One item that sums up the items of all branches, with files that people can read. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	const isPseudonymous = switchOf('Pseudonymise', this.getNodeParameter('pseudonymise', 0, false));
	const parsed = items.map(syncItemOf);
	const summary = summarise(isPseudonymous ? pseudonymised(parsed, randomBytes(16).toString('hex')) : parsed);
	const field =
		textOf('Put Report File in Field', this.getNodeParameter('binaryPropertyName', 0)) || 'report';
	const binary: Record<string, IBinaryData> = {};
	// It could not do without names and addresses.
	const plans = summary.runs.length > 0 ? summary.runs : plansOf(parsed);
	const undoFiles = isPseudonymous ? [] : plans.flatMap((run) => undoFileOf(parsed, run) ?? []);
	for (const file of filesOf(summary, undoFiles, field)) {
		const content = Buffer.from(file.content());
		binary[file.field] = await this.helpers.prepareBinaryData(content, file.fileName, file.mimeType);
	}
	return [[{ json: summary.report as unknown as IDataObject, binary, pairedItem: { item: 0 } }]];
}

function filesOf(summary: Summary, undoFiles: UndoFile[], field: string): ReportFile[] {
	const { report, runs } = summary;
	const now = new Date().toISOString();
	const [, day, hour, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(runs[0]?.plannedAt ?? now) ?? [];
	// Several runs of a day are kept side by side, those of several platforms too.
	const about = report.title
		.replace(/^DRY RUN: /, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-');
	const name = `${about}-${day}-${hour}${minute}${report.dryRun ? '-dry-run' : ''}`;
	return [
		{ field, fileName: `${name}.html`, mimeType: 'text/html', content: () => pageOf(summary) },
		{ field: `${field}Table`, fileName: `${name}.csv`, mimeType: 'text/csv', content: () => csvOf(summary) },
		...undoFiles.map((file, index) => ({
			field: `${field}Undo${index === 0 ? '' : index + 1}`,
			fileName: `${name}-undo${undoFiles.length > 1 ? `-${file.platform}` : ''}.json`,
			mimeType: 'application/json',
			content: () => JSON.stringify(file, undefined, '\t'),
		})),
	];
}
