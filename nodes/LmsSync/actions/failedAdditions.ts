import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { EmployeeId } from '../../shared/item';
import { sourceOf } from './context';

/**
 * Whom steps since the last plan could not add, by the account of the LMS. n8n keeps it with the workflow,
 * for all of its nodes and only for runs that were not started by hand.
 */
interface StaticData extends IDataObject {
	notAdded?: IDataObject;
}

const kept = (context: IExecuteFunctions): StaticData => context.getWorkflowStaticData('global');

/** What is of another form, some other node has written. */
function idsIn({ notAdded }: StaticData, source: string): string[] {
	const ids: unknown = Object.hasOwn(notAdded ?? {}, source) ? notAdded?.[source] : undefined;
	return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}

export function failedAdditions(context: IExecuteFunctions, source: string): Set<string> {
	return new Set(idsIn(kept(context), source));
}

/** @param added those for whom it went well, maybe in a second try */
export function rememberAdditions(
	context: IExecuteFunctions,
	{ failed, added }: { failed: EmployeeId[]; added: EmployeeId[] },
): void {
	const data = kept(context);
	const source = sourceOf(context);
	const before = idsIn(data, source);
	if (failed.length + before.length === 0) return;
	const done = new Set<string>(added);
	const ids = [...new Set([...before, ...failed])].filter((id) => !done.has(id));
	// n8n notices new top-level values only.
	data.notAdded = { ...data.notAdded, [source]: ids };
}

export function forgetFailedAdditions(context: IExecuteFunctions, source: string): void {
	const data = kept(context);
	if (idsIn(data, source).length === 0) return;
	const { [source]: _, ...others } = data.notAdded ?? {};
	data.notAdded = others;
}
