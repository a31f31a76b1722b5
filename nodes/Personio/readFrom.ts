import type { Employee, EmployeeId, Gap, Instant, Roster } from '../shared/item';
import type { EmployeeReader, Read, ReadRequest } from './api/reader';
import {
	advance,
	baseline,
	dueBetween,
	dueNow,
	notSeen,
	windowStart,
	type ChangesState,
	type Progress,
} from './changes';
import type { Beginning } from './recall';
import { reasonOf, uniqueById } from './roster';

/** What a poll asks for. */
export interface Asked {
	request: ReadRequest;
	now: Instant;
	zone: string;
	/** Who was handed over and may not have come through. */
	again: EmployeeId[];
	/** A first poll hands over everybody. */
	wantsAll: boolean;
}

/** What a poll has read, and what the next one has to know. */
export interface Poll {
	/** Who is to be handed over. */
	read: Read;
	/** Those of them who have changed or whose date has come, and are not only wanted again. */
	fresh: ReadonlySet<EmployeeId>;
	next: Progress;
}

/** More than that are found faster among all. */
const FEW = 100;

export async function readFrom(beginning: Beginning, reader: EmployeeReader, asked: Asked): Promise<Poll> {
	switch (beginning.kind) {
		case 'first':
			return await readFirst(reader, asked);
		case 'anew':
			return await readAnew(reader, beginning.since, asked);
		case 'next':
			return await readChanges(reader, beginning.state, asked);
	}
}

async function readFirst(reader: EmployeeReader, { request, now, zone, wantsAll }: Asked): Promise<Poll> {
	const read = await reader.readAll(request);
	if (!read.roster.complete) throw new Error(`The first read was not complete. ${read.roster.reason ?? ''}`);
	const next = baseline(read.employees, zone, now);
	if (wantsAll) return { read, fresh: idsOf(read.employees), next };
	return { read: { employees: [], roster: { ...read.roster, scope: 'changes' } }, fresh: new Set(), next };
}

/** What was handed over until `since` is not known in detail: rather somebody twice than nobody. */
async function readAnew(
	reader: EmployeeReader,
	since: Instant,
	{ request, now, zone, again }: Asked,
): Promise<Poll> {
	const all = await reader.readAll(request);
	// In this order: what changes in between is handed over, and not only remembered.
	const changed = await reader.readChanged(request, windowStart(since));
	const gaps = differing([...(changed.roster.gaps ?? []), ...(all.roster.gaps ?? [])]);
	if (!changed.roster.complete || !all.roster.complete) {
		throw new Error(
			`The trigger has to read everybody anew, and the read was not complete. ${reasonOf(gaps)}`,
		);
	}
	const everybody = uniqueById([...changed.employees, ...all.employees]);
	const fresh = idsOf([...changed.employees, ...dueBetween(everybody, zone, since, now)]);
	const wanted = new Set([...fresh, ...again]);
	const employees = everybody.filter(({ id }) => wanted.has(id));
	const roster: Roster = { ...all.roster, scope: 'changes', count: employees.length };
	return { read: { employees, roster }, fresh, next: baseline(everybody, zone, now) };
}

async function readChanges(
	reader: EmployeeReader,
	state: ChangesState,
	{ request, now, zone, again }: Asked,
): Promise<Poll> {
	// A clock that was ahead must not hide what has changed since.
	const changed = await reader.readChanged(request, windowStart(earlier(state.watermark, now)));
	const known = idsOf(changed.employees);
	const dueIds = dueNow(state, now);
	const wanted = new Set([...dueIds, ...again]);
	const ids = [...wanted].filter((id) => !known.has(id));
	const due = ids.length > 0 ? await readThese(ids, reader, request) : undefined;

	const news = notSeen(state, changed.employees);
	const employees = uniqueById([
		...news,
		...changed.employees.filter(({ id }) => wanted.has(id)),
		...(due?.employees ?? []),
	]);
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
		fresh: new Set([...idsOf(news), ...dueIds]),
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

async function readThese(ids: EmployeeId[], reader: EmployeeReader, request: ReadRequest): Promise<Read> {
	if (ids.length <= FEW) return await reader.readSome(ids, request);
	const { employees, roster } = await reader.readAll(request);
	const wanted = new Set(ids);
	return { employees: employees.filter(({ id }) => wanted.has(id)), roster };
}

const idsOf = (employees: Employee[]): Set<EmployeeId> => new Set(employees.map(({ id }) => id));

const differing = (gaps: Gap[]): Gap[] => [...new Map(gaps.map((gap) => [gap.message, gap])).values()];

const earlier = (one: Instant, other: Instant): Instant =>
	Date.parse(one) < Date.parse(other) ? one : other;
