import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { openPersonio, type ApiVersion } from './api';
import type { EmployeeReader, Read, ReadRequest } from './api/reader';
import { windowStart, type ChangesState } from './changes';
import { choiceOf } from './choice';
import { handOver, newHandOvers, sorted, without } from './handOver';
import { asChosen, itemsOf, type Output } from './items';
import { readFrom } from './readFrom';
import { Recall, type Beginning } from './recall';

/** What n8n grants a poll where it does not say (n8n 1.x, and 2.x without the durable scheduler). */
const BUDGET_MS = 300_000;
/** What an execution by hand shows when nobody changed of late. */
const SAMPLE = 5;

/** The latest poll of each trigger that is under way: n8n does not wait for its end before it begins the next. */
const underWay = new Map<string, IPollFunctions>();

/**
 * The items of one poll; none where nothing is new, or where they have been handed over already. By hand it
 * reads the same and remembers nothing.
 */
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
	const recall = new Recall(context, version, choice);
	if (context.getMode() === 'manual') return itemsOf(await sample(reader, request, recall.state));

	const key = `${context.getWorkflow().id} ${context.getNode().id}`;
	if (underWay.get(key) === context) return [];
	underWay.set(key, context);
	// Another context is that of a workflow that was published anew: it counts, and the former poll no longer.
	const isLatest = () => underWay.get(key) === context;
	try {
		await pollChanges(context, reader, request, recall, isLatest);
	} finally {
		if (isLatest()) underWay.delete(key);
	}
	return [];
}

/**
 * Reads who has changed and hands them over. They stay open until the workflow is through with them: whoever it
 * has not come through with is read and handed over again.
 */
async function pollChanges(
	context: IPollFunctions,
	reader: EmployeeReader,
	request: ReadRequest,
	recall: Recall,
	isLatest: () => boolean,
): Promise<void> {
	const now = new Date().toISOString();
	const wantsAll = context.getNodeParameter('emitExisting') === true;
	const beginning = recall.beginning(now, wantsAll);
	const { waiting, again } = sorted(beginning.open, now);
	const { read, fresh, next } = await readFrom(beginning, reader, {
		request,
		now,
		zone: context.getTimezone(),
		again: again.flatMap(({ people }) => people),
		wantsAll,
	});
	if (!isLatest()) return;

	const given = new Set(read.employees.map(({ id }) => id));
	const handOvers = newHandOvers(given, fresh, again, now);
	// Whom a read with gaps has left out is asked for once more.
	const left = without([...waiting, ...(read.roster.complete ? [] : again)], given);
	recall.keep(next, [...left, ...handOvers]);
	if (beginning.kind === 'anew') tell(context, beginning);
	for (const each of handOvers) handOver(context, itemsOf(partOf(read, new Set(each.people))), each);
}

function partOf({ employees, roster }: Read, people: ReadonlySet<string>): Read {
	return {
		employees: employees.filter(({ id }) => people.has(id)),
		roster: { ...roster, count: people.size },
	};
}

function tell(context: IPollFunctions, { since, why }: Extract<Beginning, { kind: 'anew' }>): void {
	context.logger.info(
		`"${context.getNode().name}": ${why}, so everybody was read. Who has changed since ${windowStart(since)} is handed over (again).`,
	);
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
