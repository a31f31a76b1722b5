import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Read } from './api/reader';

/**
 * One item for each employee, each with the proof of the read. A read of everybody that found nobody
 * still gives one item, so that the run goes on and tells.
 */
export function itemsOf({ employees, roster }: Read, item = 0): INodeExecutionData[] {
	const toItem = (json: object): INodeExecutionData => ({ json: json as IDataObject, pairedItem: { item } });
	if (employees.length === 0 && roster.scope === 'all') return [toItem({ roster })];
	return employees.map((employee) => toItem({ employee, roster }));
}
