import { randomBytes } from 'crypto';
import type { INodeExecutionData, IPollFunctions, IRun } from 'n8n-workflow';

import type { EmployeeId, Instant } from '../shared/item';

/** People whom a workflow was given, and of whom it is not known yet that it came through with them. */
export interface HandOver {
	id: string;
	at: Instant;
	/** How often they were given to it by now. */
	tries: number;
	people: EmployeeId[];
}

type Fate = 'under way' | 'through' | 'failed';

/** What this process has handed over. Of the rest nobody knows: n8n was killed, or another process polls. */
const fates = new Map<string, Fate>();
/** The oldest are forgotten; at worst their people come once more. */
const MOST_FATES = 10_000;

const HOUR_MS = 3_600_000;
/** No workflow takes longer; n8n tells nothing of an execution that it could not begin. */
const LONGEST_MS = 24 * HOUR_MS;
/** A workflow that fails gets them with the next poll, then after pauses that double. */
const FIRST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 12 * HOUR_MS;

/** Those that are to be left alone for now, and those whose people are due again. */
export function sorted(open: HandOver[], now: Instant): { waiting: HandOver[]; again: HandOver[] } {
	const left = open.filter(({ id }) => fates.get(id) !== 'through');
	const isWaiting = (each: HandOver): boolean => {
		const age = Math.abs(Date.parse(now) - Date.parse(each.at));
		return age < (fates.get(each.id) === 'under way' ? LONGEST_MS : pauseAfter(each));
	};
	return { waiting: left.filter(isWaiting), again: left.filter((each) => !isWaiting(each)) };
}

const pauseAfter = ({ tries }: HandOver): number =>
	tries < 2 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 2));

/**
 * What is handed over now. Whoever is new comes apart from those who come again, and these as they came before:
 * one person with whom a workflow fails each time must not keep others from coming through.
 */
export function newHandOvers(
	given: ReadonlySet<EmployeeId>,
	fresh: ReadonlySet<EmployeeId>,
	again: HandOver[],
	at: Instant,
): HandOver[] {
	const groups = [
		{ people: [...given].filter((id) => fresh.has(id)), tries: 1 },
		...again.map(({ people, tries }) => ({
			people: people.filter((id) => given.has(id) && !fresh.has(id)),
			tries: tries + 1,
		})),
	];
	return groups
		.filter(({ people }) => people.length > 0)
		.map((group) => ({ id: randomBytes(6).toString('base64url'), at, ...group }));
}

/** What stays open where these people have been given anew. */
export const without = (open: HandOver[], given: ReadonlySet<EmployeeId>): HandOver[] =>
	open
		.map((each) => ({ ...each, people: each.people.filter((id) => !given.has(id)) }))
		.filter(({ people }) => people.length > 0);

/**
 * Starts the workflow with the items, and learns how it ends. What a trigger returns instead starts it just as
 * well, but n8n does not tell then what became of it.
 */
export function handOver(context: IPollFunctions, items: INodeExecutionData[], { id }: HandOver): void {
	const { name } = context.getNode();
	const isAlone = context.getChildNodes(name).length === 0;
	const done = context.helpers.createDeferredPromise<IRun | undefined>();
	done.promise.then(
		(run) => remember(id, isThrough(run, isAlone ? undefined : name) ? 'through' : 'failed'),
		() => remember(id, 'failed'),
	);
	context.__emit([items], undefined, done);
	remember(id, 'under way');
}

/**
 * Whether a run came to its end. Whoever waits for a person has been saved by n8n. A run that went no further
 * than the trigger began under a name that the trigger had lost by then: n8n 2 calls that a success.
 */
function isThrough(run: IRun | undefined, trigger: string | undefined): boolean {
	if (!run || !['success', 'waiting'].includes(run.status)) return false;
	return trigger === undefined || run.data.resultData.lastNodeExecuted !== trigger;
}

function remember(id: string, fate: Fate): void {
	fates.set(id, fate);
	const [oldest] = fates.keys();
	if (fates.size > MOST_FATES && oldest !== undefined) fates.delete(oldest);
}
