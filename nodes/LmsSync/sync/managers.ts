import type {
	ApplicableDecision,
	Change,
	Employee,
	EmployeeId,
	HeldDecision,
	Learner,
	ManagerChange,
} from '../../shared/item';
import { describe, fullName } from './attribute';
import { hold } from './parts';
import type { LmsState } from './lmsState';
import { fingerprintOf, markOf, markText } from './marks';
import type { PlannedPerson } from './plan';
import type { PlanSettings } from './settings';

/** What is to happen with somebody's manager. */
interface Wish {
	/** Whom the sync has set. */
	set: EmployeeId | null;
	change?: ManagerChange;
	note?: string;
	held?: HeldDecision;
}

/**
 * The second pass of a plan, in an LMS that has managers: whose manager changes, and what is noted at the
 * accounts. People come out in the same order; whoever would close a ring of managers is held beside the
 * rest of the decision.
 */
export function withManagers(
	people: PlannedPerson[],
	lms: LmsState,
	settings: PlanSettings,
): PlannedPerson[] {
	if (lms.markField === undefined) return people;
	const organisation = new Organisation(people, lms);
	const wishes = new Map<EmployeeId, Wish>();
	for (const person of people) {
		const { employee, decision } = person;
		// Of somebody who is held nothing is carried out, so the manager stays.
		if (!employee || decision.action === 'hold') continue;
		if (!person.compared && !ADDS.has(decision.action)) continue;
		wishes.set(employee.id, wishFor(person, employee, organisation, lms, settings));
	}
	refuseRings(wishes, organisation);
	return people.map((person) => {
		const wish = person.employee && wishes.get(person.employee.id);
		return wish && person.employee ? withWish(person, person.employee, wish, lms, settings) : person;
	});
}

const ADDS = new Set(['create', 'invite', 'reactivate']);

/** What is known about people beside their own decision: who they are, and who will be there. */
class Organisation {
	private readonly people = new Map<EmployeeId, PlannedPerson>();

	private readonly accounts = new Map<EmployeeId, Learner>();

	constructor(people: PlannedPerson[], lms: LmsState) {
		for (const person of people) if (person.employee) this.people.set(person.employee.id, person);
		for (const learner of lms.learners) {
			if (learner.link !== null && learner.status !== 'inactive') this.accounts.set(learner.link, learner);
		}
	}

	person(id: EmployeeId): PlannedPerson | undefined {
		return this.people.get(id);
	}

	nameOf(id: EmployeeId): string {
		const employee = this.people.get(id)?.employee;
		if (employee) return describe(employee);
		const account = this.accounts.get(id);
		return fullName(account) || account?.email || `Personio id ${id}`;
	}

	/** With the id behind the name, by which a report without names knows whom it is about. */
	nameWithId(id: EmployeeId): string {
		const name = this.nameOf(id);
		return name === `Personio id ${id}` ? name : `${name} (Personio id ${id})`;
	}

	/** The account that can be found by the link. */
	accountOf(id: EmployeeId): Learner | undefined {
		return this.accounts.get(id);
	}

	/** Whether there will be an account that can be found by the link when the run is over. */
	willBeThere(id: EmployeeId): boolean {
		const action = this.people.get(id)?.decision.action;
		if (action === undefined || action === 'none' || action === 'hold') return this.accounts.has(id);
		return action !== 'deactivate';
	}
}

/** An unknown supervisor changes nothing. */
function wishFor(
	{ learner }: PlannedPerson,
	{ supervisor }: Employee,
	organisation: Organisation,
	lms: LmsState,
	{ managers, matchBy, linkField: label }: PlanSettings,
): Wish {
	const noted = markOf(learner?.mark)?.manager ?? null;
	// Whether an account that comes back still has its manager is not known: it is set, or taken away, anew.
	const set = learner?.status === 'inactive' ? null : noted;
	// Without links nobody's account could be found.
	if (!managers || !lms.hasManagers || matchBy !== 'link' || supervisor === undefined) return { set };
	if (supervisor === null) {
		if (noted === null) return { set };
		return { set, change: { label, from: noted, to: null, fromName: organisation.nameOf(noted) } };
	}
	const { id } = supervisor;
	const account = organisation.accountOf(id);
	const reports = account && lms.reports?.get(account.id);
	// A manager whose account ended has lost the reports.
	const isSet = set === id && account !== undefined && (!reports || !learner || reports.has(learner.id));
	const from = noted === id ? null : noted;
	const toName = organisation.nameOf(id);
	const fromName = from === null ? undefined : organisation.nameOf(from);
	if (!organisation.willBeThere(id)) {
		const keeps = from === null ? '' : ` ${organisation.nameWithId(from)} stays the manager until then.`;
		const note = `The supervisor ${organisation.nameWithId(id)} has no account in the LMS, so no manager is set.${keeps}`;
		return { set, note };
	}
	if (isSet) return { set };
	// An account that is linked in this run may be the manager already.
	const person = account ?? organisation.person(id)?.learner;
	const isThere =
		learner !== undefined && person !== undefined && lms.reports?.get(person.id)?.has(learner.id);
	return {
		set,
		change: {
			label,
			from,
			to: id,
			...(fromName !== undefined && { fromName }),
			toName,
			...(isThere && { isThere: true as const }),
		},
	};
}

/** Takes back whatever would make people each other's managers, by way of managers who stay or change. */
function refuseRings(wishes: Map<EmployeeId, Wish>, organisation: Organisation): void {
	const managerOf = (id: EmployeeId): EmployeeId | null => {
		const wish = wishes.get(id);
		if (wish) return wish.change ? wish.change.to : wish.set;
		return markOf(organisation.accountOf(id)?.mark)?.manager ?? null;
	};
	const ringOf = (id: EmployeeId): EmployeeId[] | undefined => {
		const ring: EmployeeId[] = [];
		for (let at: EmployeeId | null = id; at !== null && !ring.includes(at); at = managerOf(at)) {
			ring.push(at);
			if (managerOf(at) === id) return ring;
		}
		return undefined;
	};
	for (;;) {
		const closing: Array<{
			id: EmployeeId;
			set: EmployeeId | null;
			change: ManagerChange;
			ring: EmployeeId[];
		}> = [];
		for (const [id, { set, change }] of wishes) {
			const ring = change && ringOf(id);
			if (ring) closing.push({ id, set, change, ring });
		}
		if (closing.length === 0) return;
		for (const { id, set, change, ring } of closing) {
			const message = ringSentence(ring, organisation);
			const decision = organisation.person(id)?.decision;
			const bare = {
				reason: message,
				changes: [],
				invite: false,
				groups: { add: [], remove: [] },
				dryRun: decision?.dryRun ?? true,
				manager: change,
			};
			wishes.set(id, { set, held: hold(bare, 'manager', 'managerCycle', message) });
		}
	}
}

function ringSentence(ring: EmployeeId[], organisation: Organisation): string {
	const names = ring.map((id) => organisation.nameWithId(id));
	const [first = '', second] = names;
	const chain = names.map((name, index) => `${name} reports to ${names[(index + 1) % names.length]}`);
	const who =
		second === undefined
			? `${first} is entered as their own supervisor`
			: names.length === 2
				? `${first} and ${second} would be each other's manager`
				: `There is a ring of managers: ${chain.join(', ')}`;
	return `${who}, so no manager is set. Correct the supervisor in Personio.`;
}

function withWish(
	person: PlannedPerson,
	employee: Employee,
	{ set, change: manager, note, held }: Wish,
	lms: LmsState,
	settings: PlanSettings,
): PlannedPerson {
	const { decision } = person;
	const mark = markChange(person, employee, manager ? manager.to : set, lms, settings);
	if (!manager && !mark && !held && note === undefined) return person;
	const isUpdate = decision.action === 'none' && (manager !== undefined || mark !== undefined);
	const sentence = manager ? sentenceOf(manager) : 'Only the mark of the sync is renewed.';
	const wished = { ...decision } as ApplicableDecision;
	if (isUpdate) wished.action = 'update';
	if (isUpdate) wished.reason = sentence;
	else if (manager) wished.reason += ` ${sentence}`;
	if (note !== undefined) wished.notes = [...(decision.notes ?? []), note];
	// The mark is the last thing to be written, so that it never promises what was not done.
	if (manager) wished.manager = mark ? { ...manager, mark } : manager;
	else if (mark) wished.changes = [...decision.changes, mark];

	const changed: PlannedPerson = { ...person };
	changed.decision = wished;
	if (held) changed.held = [...(person.held ?? []), held];
	return changed;
}

/** Never the fingerprint of anything. */
const NO_FINGERPRINT = '0';

function markChange(
	{ learner }: PlannedPerson,
	employee: Employee,
	manager: EmployeeId | null,
	lms: LmsState,
	settings: PlanSettings,
): Change | undefined {
	// While a value is unknown, the fingerprint stays what it was.
	const fingerprint =
		fingerprintOf(employee, lms, settings) ?? markOf(learner?.mark)?.fingerprint ?? NO_FINGERPRINT;
	const to = markText(employee.id, { fingerprint, manager });
	const from = learner?.mark ?? null;
	const saysNothing = from === null && fingerprint === NO_FINGERPRINT && manager === null;
	// What a deleted account carried may be gone.
	const isThere = to === from && learner?.status !== 'inactive';
	return isThere || saysNothing ? undefined : { field: 'mark', label: lms.markField as string, from, to };
}

function sentenceOf({ from, to, fromName, toName }: ManagerChange): string {
	if (to === null) return `${fromName} is no longer the manager.`;
	return from === null ? `The manager is ${toName}.` : `The manager is ${toName} instead of ${fromName}.`;
}
