import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { pack } from '../shared/packed';
import type { Read } from './api/reader';

/** `each`: an item for each employee; `one`: one item with all of them. */
export type Output = 'each' | 'one';

/**
 * One item for each employee, each with the proof of the read. A read of everybody that found nobody
 * still gives one item, so that the run goes on and tells.
 */
export function itemsOf({ employees, roster }: Read, item = 0): INodeExecutionData[] {
	const toItem = (json: object): INodeExecutionData => ({ json: json as IDataObject, pairedItem: { item } });
	if (employees.length === 0 && roster.scope === 'all') return [toItem({ roster })];
	return employees.map((employee) => toItem({ employee, roster }));
}

/** What a read of everybody is put out as. Items that hold all are for a plan, and hold nobody's part alone. */
export function asChosen(output: Output, read: Read): INodeExecutionData[] {
	if (output !== 'one' || read.employees.length === 0) return itemsOf(read);
	const json = { roster: read.roster, employees: pack(read.employees) };
	return [{ json: json as unknown as IDataObject, pairedItem: { item: 0 } }];
}
