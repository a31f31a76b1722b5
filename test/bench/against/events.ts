import type { CallPattern, Deed, Person, Sandbox } from '../../sandbox';
import type { Arena } from './arena';
import { harmTo, type Harm } from './harm';
import { ended, type Ending } from './measure';
import type { Side } from './side';

export interface EventRow {
	event: string;
	side: Side['name'];
	/** People whom it is about. */
	people: number;
	/** The run that meets the event, and the clean one after it. */
	run: Ending & { harm: Harm };
	next: Ending & { harm: Harm };
	/** Harm after both to people whom it is not about. */
	others: Harm;
}

interface Fault {
	vendor: 'personio' | 'learnUpon';
	match: CallPattern;
	skip: number;
	times: number;
	do: Deed;
}

interface Event {
	name: string;
	/** @returns the ids of those whom it is about */
	happen(sandbox: Sandbox): number[];
	/** A fault of a vendor during the first run. */
	fault?: Fault;
}

const refusals = (skip: number, times: number): Fault => ({
	vendor: 'learnUpon',
	match: { method: 'POST', path: '/api/v1/portal_invite' },
	skip,
	times,
	do: { status: 429, body: { response_type: 'ERROR', response_code: 429, message: 'too many requests' } },
});

/**
 * Every event happens to people of its own. Not more than 100 are invited in all: more in a day are held back
 * by the template's limits.
 */
const EVENTS: Event[] = [
	{
		name: 'Five people get another e-mail address',
		happen: ({ personio }) =>
			some(personio.people.values(), 0, 5).map(({ id, lastName }) => {
				personio.change(id, { email: `${lastName}.${id}@grossfirma.example`.toLowerCase() });
				return id;
			}),
	},
	{
		name: 'Five people move to another department',
		happen: ({ personio }) =>
			some(personio.people.values(), 5, 5).map(({ id, department }) => {
				personio.change(id, { department: department === 'Recht' ? 'Marketing' : 'Recht' });
				return id;
			}),
	},
	{
		name: 'Five people leave',
		happen: ({ personio }) =>
			some(personio.people.values(), 10, 5).map(({ id }) => {
				personio.change(id, { status: 'inactive', terminationDate: '2026-10-31' });
				return id;
			}),
	},
	{
		name: '20 people join, and the page of employees with them on it comes empty',
		happen: (sandbox) => join(sandbox, 'page', 20),
		fault: {
			vendor: 'personio',
			match: { method: 'GET', path: '/v1/company/employees' },
			skip: 0,
			times: 1,
			do: 'emptyPage',
		},
	},
	{
		name: '65 people join, and 60 calls in a row to invite are refused with 429',
		happen: (sandbox) => join(sandbox, 'burst', 65),
		fault: refusals(5, 60),
	},
	{
		name: '14 people join, and 24 calls in a row to invite are refused with 429',
		happen: (sandbox) => join(sandbox, 'longer.burst', 14),
		fault: refusals(0, 24),
	},
];

/** The newest come first in Personio's list: those who join are on the first page. */
function join({ personio }: Sandbox, word: string, count: number): number[] {
	return Array.from({ length: count }, (_, index) => {
		const email = `${word}.joiner.${index}@grossfirma.example`;
		const names = { firstName: `Joiner ${index}`, lastName: `Of ${word}` };
		return personio.hire({ ...names, email, department: 'Service', status: 'active', hireDate: '2026-11-01' })
			.id;
	});
}

function some(people: Iterable<Person>, from: number, count: number): Person[] {
	return [...people]
		.filter(({ status, email }) => status === 'active' && email?.endsWith('@grossfirma.example'))
		.sort((a, b) => a.id - b.id)
		.slice(100 + from, 100 + from + count);
}

/** All events one after another on one side, each with the run that meets it and the next one. */
export async function* eventRows(arena: Arena, side: Side): AsyncGenerator<EventRow> {
	const { sandbox } = side;
	const addresses = new Map<number, Set<string>>();
	const remember = () => {
		for (const { id, email } of sandbox.personio.people.values()) {
			if (email) addresses.set(id, (addresses.get(id) ?? new Set()).add(email.toLowerCase()));
		}
	};
	const touched = new Set<number>();
	for (const { name: event, happen, fault } of EVENTS) {
		remember();
		const ids = new Set(happen(sandbox));
		for (const id of ids) touched.add(id);
		const concerned = () => [...sandbox.personio.people.values()].filter(({ id }) => ids.has(id));
		const harm = () => harmTo(concerned(), sandbox, addresses);
		const takeBack = fault && sandbox[fault.vendor].misbehave(fault);
		const run = { ...(await ended(arena, side)), harm: harm() };
		takeBack?.();
		const next = { ...(await ended(arena, side)), harm: harm() };
		const untouched = [...sandbox.personio.people.values()].filter(({ id }) => !touched.has(id));
		yield {
			event,
			side: side.name,
			people: ids.size,
			run,
			next,
			others: harmTo(untouched, sandbox, addresses),
		};
	}
}
