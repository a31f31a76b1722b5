import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { htmlOf } from '../../report/html';
import { summarise } from '../../report/summary';
import { syncItemOf } from '../context';

const properties: INodeProperties[] = [
	{
		displayName: 'Put Report File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'report',
		required: true,
		hint: 'The name of the output binary field to put the file in',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['report'] } },
	properties,
);

/** One item that sums up the items of all branches, with a page that people can read as a file. */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	const { report, rows } = summarise(items.map(syncItemOf));
	const day = (report.run?.plannedAt ?? new Date().toISOString()).slice(0, 10);
	const fileName = `personio-sync-${day}${report.dryRun ? '-dry-run' : ''}.html`;
	const file = await this.helpers.prepareBinaryData(Buffer.from(htmlOf(report, rows)), fileName, 'text/html');
	const property = (this.getNodeParameter('binaryPropertyName', 0) as string) || 'report';
	return [
		[{ json: report as unknown as IDataObject, binary: { [property]: file }, pairedItem: { item: 0 } }],
	];
}
