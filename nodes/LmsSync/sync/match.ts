import type { Employee, EmployeeId, Hold, HoldCode, Learner } from '../../shared/item';
import { tidy } from '../../shared/tidy';
import { addressKey, describe } from './attribute';
import type { LmsState } from './lmsState';
import { ownerOf } from './marks';
import type { PlanSettings } from './settings';

export type Match =
	| {
			kind: 'link' | 'email';
			learner: Learner;
			/** Open beside the account, to the same person. */
			invitation?: Learner;
	  }
	| { kind: 'none' }
	| {
			kind: 'conflict';
			hold: Hold;
			/** The account that carries the link, where that is certain. */
			learner?: Learner;
			/** Whatever may belong to this person and to nobody else. */
			claims: Learner[];
	  };

export interface Matching {
	matches: Map<EmployeeId, Match>;
	/** Linked learners that can still log in, with no employee in the roster. */
	missing: Learner[];
	/** Learners that belong to no employee and carry no link: they exist in the LMS only. */
	unclaimed: Learner[];
}

const conflict = (code: HoldCode, message: string, claims: Learner[], learner?: Learner): Match => ({
	kind: 'conflict',
	hold: { code, message },
	...(learner && { learner }),
	claims,
});

/** Learners by their link and by their address. An account outranks an invitation to the same person. */
class Directory {
	private readonly byLink = new Map<EmployeeId, Learner[]>();

	private readonly byEmail = new Map<string, Learner[]>();

	constructor(learners: Learner[]) {
		for (const learner of learners) {
			if (learner.link !== null) push(this.byLink, learner.link, learner);
			push(this.byEmail, addressKey(learner.email), learner);
		}
	}

	linkedTo(id: EmployeeId): Learner[] {
		return this.byLink.get(id) ?? [];
	}

	withAddress(email: string): Learner[] {
		return this.byEmail.get(addressKey(email)) ?? [];
	}
}

function push<Key, Value>(map: Map<Key, Value[]>, at: Key, value: Value): void {
	const list = map.get(at);
	if (list) list.push(value);
	else map.set(at, [value]);
}

function accountsFirst(learners: Learner[]): Learner[] {
	const accounts = learners.filter(({ status }) => status !== 'pending');
	return accounts.length > 0 ? accounts : learners;
}

/**
 * Finds the learner of each employee: by the link first, then by the e-mail address. Whatever does not
 * come out as exactly one person and one account is a conflict with a code of its own.
 */
export function match(
	employees: Employee[],
	lms: Pick<LmsState, 'learners'>,
	{ matchBy }: Pick<PlanSettings, 'matchBy'>,
): Matching {
	const byLink = matchBy === 'link';
	const directory = new Directory(lms.learners);
	const sharers = new Map<string, Employee[]>();
	for (const employee of employees) {
		if (employee.email) push(sharers, addressKey(employee.email), employee);
	}
	const matches = new Map<EmployeeId, Match>();
	for (const employee of employees) {
		matches.set(employee.id, matchOne(employee, directory, sharers, matchBy));
	}
	const taken = new Set<Learner>();
	for (const found of matches.values()) if (found.kind !== 'none' && found.learner) taken.add(found.learner);
	return {
		matches,
		missing: missingAmong(employees, lms, { matchBy }),
		unclaimed: lms.learners.filter((learner) => !taken.has(learner) && (learner.link === null || !byLink)),
	};
}

/** Linked learners that can still log in, with no employee in the roster. */
export function missingAmong(
	employees: Employee[],
	{ learners }: Pick<LmsState, 'learners'>,
	{ matchBy }: Pick<PlanSettings, 'matchBy'>,
): Learner[] {
	if (matchBy !== 'link') return [];
	const known = new Set(employees.map(({ id }) => id));
	return learners.filter(({ link, status }) => link !== null && !known.has(link) && status !== 'inactive');
}

function matchOne(
	employee: Employee,
	directory: Directory,
	sharers: ReadonlyMap<string, Employee[]>,
	matchBy: PlanSettings['matchBy'],
): Match {
	const who = describe(employee);
	const carriers = matchBy === 'link' ? directory.linkedTo(employee.id) : [];
	const linked = accountsFirst(carriers);
	if (linked.length > 1) {
		return conflict(
			'duplicateAccount',
			`${linked.length} accounts carry the Personio id ${employee.id} of ${who} (${linked.map(({ email }) => email).join(', ')}). Remove the id from all but one in the LMS.`,
			carriers,
		);
	}
	const sharing = employee.email ? (sharers.get(addressKey(employee.email)) ?? []) : [];
	const others = sharing.filter(({ id }) => id !== employee.id);
	const learner = linked[0];
	if (learner) {
		const moves = employee.email && addressKey(learner.email) !== addressKey(employee.email);
		if (moves && employee.status !== 'inactive' && others.length > 0) {
			return conflict('duplicateEmail', sharedAddress(employee, others), carriers, learner);
		}
		const invitation = carriers.find((each) => each !== learner);
		return { kind: 'link', learner, ...(invitation && { invitation }) };
	}
	if (!employee.email) return { kind: 'none' };
	const found = directory.withAddress(employee.email);
	const free = matchBy === 'link' ? found.filter(({ link }) => link === null) : found;
	if (others.length > 0) return conflict('duplicateEmail', sharedAddress(employee, others), free);

	const candidates = accountsFirst(found);
	const candidate = candidates[0];
	if (candidate === undefined) return { kind: 'none' };
	if (candidates.length > 1) {
		return conflict(
			'duplicateAccount',
			`${candidates.length} accounts have the address ${employee.email} of ${who}. Keep one of them in the LMS.`,
			free,
		);
	}
	const owner = candidate.link ?? ownerOf(candidate.mark);
	const isOthers = owner !== null && owner !== employee.id;
	if (isOthers && candidate.status === 'inactive') {
		return conflict(
			'addressReused',
			`The address ${employee.email} of ${who} (Personio id ${employee.id}) belongs to the ended account of Personio id ${owner}. It is not handed on, because ${who} would get that person's history of training. Give the ended account another address in the LMS, or ${who} another one in Personio.`,
			free,
		);
	}
	if (matchBy === 'link' && candidate.link !== null) {
		return conflict(
			'linkedToOther',
			`The account with the address ${employee.email} of ${who} (Personio id ${employee.id}) carries the Personio id ${candidate.link}. If that person is getting another address, the next run solves it. Otherwise correct the address in Personio.`,
			free,
		);
	}
	const invitation = found.find((each) => each !== candidate);
	return { kind: 'email', learner: candidate, ...(invitation && { invitation }) };
}

function sharedAddress(employee: Employee, others: Employee[]): string {
	const names = others.map((other) => `${describe(other)} (Personio id ${other.id})`).join(', ');
	return `${describe(employee)} (Personio id ${employee.id}) has the same address ${employee.email} in Personio as ${names}. Correct one of them in Personio.`;
}

/**
 * Where addresses alone are compared: a learner that belongs to nobody and shares a name with somebody
 * who has no account may be the same person with a changed address.
 */
export class Strays {
	private readonly byFirstName = new Map<string, number>();

	private readonly byLastName = new Map<string, number>();

	constructor(private readonly unclaimed: Learner[]) {
		for (const [place, { firstName, lastName }] of unclaimed.entries()) {
			const [first, last] = [nameKey(firstName), nameKey(lastName)];
			if (first !== '' && !this.byFirstName.has(first)) this.byFirstName.set(first, place);
			if (last !== '' && !this.byLastName.has(last)) this.byLastName.set(last, place);
		}
	}

	/** The first of them who may be the person behind an employee. */
	perhaps({ firstName, lastName }: Employee): Learner | undefined {
		const places = [this.byFirstName.get(nameKey(firstName)), this.byLastName.get(nameKey(lastName))];
		return this.unclaimed[Math.min(...places.map((place) => place ?? Infinity))];
	}
}

const nameKey = (name: string | null | undefined): string => tidy(name ?? '').toLowerCase();
