import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Employee, Gap } from '../shared/item';
import { openPersonio, type ApiVersion } from './api';
import type { EmployeeReader, Read, ReadRequest } from './api/reader';
import { advance, baseline, dueNow, notSeen, windowStart, type ChangesState } from './changes';
import { choiceOf } from './choice';
import { asChosen, itemsOf, type Output } from './items';
import { reasonOf, uniqueById } from './roster';

/** What n8n grants a poll where it does not say (n8n 1.x, and 2.x without the durable scheduler). */
const BUDGET_MS = 300_000;
/** What an execution by hand shows when nobody changed of late. */
const SAMPLE = 5;

/** The items of one poll; none where nothing is new. By hand it reads the same and remembers nothing. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[]> {
	const version = context.getNodeParameter('apiVersion') as ApiVersion;
	const choice = choiceOf((name) => context.getNodeParameter(name));
	// Absent in n8n 1.x.
	const budget = (context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? BUDGET_MS;
	const deadline = Date.now() + budget;
	const reader = openPersonio(context, version, deadline);
	const request: ReadRequest = { ...choice, deadline };

	if (context.getNodeParameter('emit') === 'all') {
		// Absent in workflows from before there was a choice.
		const output = context.getNodeParameter('output', 'each') as Output;
		return asChosen(output, await reader.readAll(request));
	}
	const memory = context.getWorkflowStaticData('node');
	const source = JSON.stringify([
		version,
		choice.customAttributes,
		context.getNode().credentials?.personioEmployeesApi?.id ?? null,
		...(choice.attributes ? [choice.attributes] : []),
	]);
	const state = isState(memory.changes, source) ? memory.changes : undefined;
	if (context.getMode() === 'manual') return itemsOf(await sample(reader, request, state));

	const { read, next } = state
		? await readChanges(reader, request, state, context.getTimezone())
		: await readFirst(reader, request, source, context);
	// Written last and as a whole: n8n notices new top-level values only, and keeps what was set before a throw.
	memory.changes = next as unknown as IDataObject;
	return itemsOf(read);
}

interface Poll {
	read: Read;
	next: ChangesState;
}

async function readFirst(
	reader: EmployeeReader,
	request: ReadRequest,
	source: string,
	context: IPollFunctions,
): Promise<Poll> {
	const now = new Date().toISOString();
	const read = await reader.readAll(request);
	if (!read.roster.complete) throw new Error(`The first read was not complete. ${read.roster.reason ?? ''}`);
	const next = baseline(source, read.employees, context.getTimezone(), now);
	const nobody: Read = { employees: [], roster: { ...read.roster, scope: 'changes' } };
	return { read: (context.getNodeParameter('emitExisting') as boolean) ? read : nobody, next };
}

async function readChanges(
	reader: EmployeeReader,
	request: ReadRequest,
	state: ChangesState,
	zone: string,
): Promise<Poll> {
	const now = new Date().toISOString();
	const changed = await reader.readChanged(request, windowStart(state.watermark));
	const known = new Set(changed.employees.map(({ id }) => id));
	const ids = dueNow(state, now).filter((id) => !known.has(id));
	const due = ids.length > 0 ? await reader.readSome(ids, request) : undefined;

	const dueIds = new Set(dueNow(state, now));
	const dueEmployees: Employee[] = [
		...changed.employees.filter(({ id }) => dueIds.has(id)),
		...(due?.employees ?? []),
	];
	const employees = uniqueById([...notSeen(state, changed.employees), ...dueEmployees]);
	const gaps = differing([...(changed.roster.gaps ?? []), ...(due?.roster.gaps ?? [])]);
	const complete = changed.roster.complete && (due?.roster.complete ?? true);
	return {
		read: {
			employees,
			roster: {
				...changed.roster,
				complete,
				...(gaps.length > 0 && { reason: reasonOf(gaps), gaps }),
				count: employees.length,
				missingAttributes: [
					...new Set([...changed.roster.missingAttributes, ...(due?.roster.missingAttributes ?? [])]),
				],
			},
		},
		next: advance(
			state,
			changed.employees,
			due?.employees ?? [],
			complete ? now : state.watermark,
			zone,
			now,
		),
	};
}

/** Real data for an execution by hand: the changes of the current window, or else the latest ones. */
async function sample(
	reader: EmployeeReader,
	request: ReadRequest,
	state: ChangesState | undefined,
): Promise<Read> {
	const since = windowStart(state?.watermark ?? new Date().toISOString());
	const changed = await reader.readChanged(request, since);
	if (changed.employees.length > 0) return changed;
	const { employees, roster } = await reader.readAll(request);
	const latest = [...employees]
		.sort((a, b) => (b.lastModifiedAt ?? '').localeCompare(a.lastModifiedAt ?? ''))
		.slice(0, SAMPLE);
	return { employees: latest, roster: { ...roster, scope: 'changes', count: latest.length } };
}

const differing = (gaps: Gap[]): Gap[] => [...new Map(gaps.map((gap) => [gap.message, gap])).values()];

function isState(value: unknown, source: string): value is ChangesState {
	return typeof value === 'object' && value !== null && (value as ChangesState).source === source;
}
