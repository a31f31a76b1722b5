import type { Employee, EmployeeId, HeldDecision, Learner, ManagerChange } from '../../shared/item';
import { describe } from './attribute';
import { hold } from './guard';
import type { LmsState } from './lmsState';
import { fingerprintOf, markOf, markText } from './marks';
import type { PlannedPerson } from './plan';
import type { PlanSettings } from './settings';

/** What is known about people beside their own decision: who reports to whom, and who will be there. */
class Organisation {
	private readonly employees = new Map<EmployeeId, Employee>();

	private readonly decisions = new Map<EmployeeId, PlannedPerson>();

	private readonly accounts = new Map<EmployeeId, Learner>();

	constructor(people: PlannedPerson[], lms: LmsState) {
		for (const person of people) {
			const { employee, decision } = person;
			if (!employee) continue;
			this.employees.set(employee.id, employee);
			// Beside a decision there may be parts of it that are held.
			if (decision.action !== 'hold' || !this.decisions.has(employee.id)) {
				this.decisions.set(employee.id, person);
			}
		}
		for (const learner of lms.learners) {
			if (learner.link !== null && learner.status !== 'inactive') this.accounts.set(learner.link, learner);
		}
	}

	nameOf(id: EmployeeId): string {
		const employee = this.employees.get(id);
		if (employee) return describe(employee);
		const account = this.accounts.get(id);
		const name = [account?.firstName, account?.lastName].filter((part) => part).join(' ');
		return name || account?.email || `Personio id ${id}`;
	}

	accountOf(id: EmployeeId): Learner | undefined {
		return this.decisions.get(id)?.learner ?? this.accounts.get(id);
	}

	/** Whether there will be an account when the run is over. */
	willBeThere(id: EmployeeId): boolean {
		const person = this.decisions.get(id);
		if (!person) return this.accounts.has(id);
		const { decision, learner } = person;
		if (decision.action === 'deactivate') return false;
		if (decision.action === 'none' || decision.action === 'hold') {
			return learner !== undefined && learner.status !== 'inactive';
		}
		return true;
	}

	/** Everybody in the ring of supervisors that somebody belongs to, starting with the person. */
	ringOf({ id }: Employee): EmployeeId[] | undefined {
		const seen: EmployeeId[] = [];
		for (let at: EmployeeId | undefined = id; at !== undefined && !seen.includes(at);) {
			seen.push(at);
			at = this.supervisorOf(at);
			if (at === id) return seen;
		}
		return undefined;
	}

	/** Of people who were not read, the manager that the sync has set. */
	private supervisorOf(id: EmployeeId): EmployeeId | undefined {
		const employee = this.employees.get(id);
		if (employee) return employee.supervisor?.id;
		return markOf(this.accounts.get(id)?.mark)?.manager ?? undefined;
	}

	ringSentence(ring: EmployeeId[]): string {
		const names = ring.map((id) => `${this.nameOf(id)} (Personio id ${id})`);
		const [first = '', second] = names;
		const who =
			second === undefined
				? `${first} is entered as their own supervisor`
				: names.length === 2
					? `${first} and ${second} are entered as each other's supervisor`
					: `${names.map((name, index) => `${name} reports to ${names[(index + 1) % names.length]}`).join(', ')}`;
		return `${who}, so no manager is set. Correct the supervisor in Personio.`;
	}
}

/**
 * The second pass of a plan, in an LMS that has managers: whose manager changes, and what is noted at the
 * accounts. Decisions come out in the same order; a supervisor in a ring is held beside the rest.
 */
export function withManagers(
	people: PlannedPerson[],
	lms: LmsState,
	settings: PlanSettings,
): PlannedPerson[] {
	if (lms.markField === undefined) return people;
	const organisation = new Organisation(people, lms);
	return people.map((person) => {
		const isConcerned = person.compared ?? ADDS.has(person.decision.action);
		if (!isConcerned || !person.employee || person.decision.action === 'hold') return person;
		return withManager(person, person.employee, organisation, lms, settings);
	});
}

const ADDS = new Set(['create', 'invite', 'reactivate']);

function withManager(
	person: PlannedPerson,
	employee: Employee,
	organisation: Organisation,
	lms: LmsState,
	settings: PlanSettings,
): PlannedPerson {
	const { learner, decision } = person;
	const set = managerSetBySync(learner);
	const wish =
		settings.managers && lms.hasManagers
			? managerFor(person, employee, set, organisation, lms, settings.linkField)
			: {};
	const manager = wish.change;
	// While a value is unknown, the fingerprint stays what it was.
	const fingerprint =
		fingerprintOf(employee, lms, settings) ?? markOf(learner?.mark)?.fingerprint ?? NO_FINGERPRINT;
	const mark = { fingerprint, manager: manager ? manager.to : set };
	const to = markText(employee.id, mark);
	const from = learner?.mark ?? null;
	const saysNothing = from === null && fingerprint === NO_FINGERPRINT && mark.manager === null;
	const change =
		to === from || saysNothing ? undefined : { field: 'mark', label: lms.markField as string, from, to };

	const notes = [...(decision.notes ?? []), ...(wish.note === undefined ? [] : [wish.note])];
	const withNotes = { ...decision, ...(notes.length > 0 && { notes }) };
	const others = wish.held ? { held: [...(person.held ?? []), wish.held] } : {};
	if (!manager && !change) return { ...person, ...others, decision: withNotes };

	const isUpdate = decision.action === 'none';
	const sentence = manager ? sentenceOf(manager) : 'Only the mark of the sync is renewed.';
	return {
		...person,
		...others,
		decision: {
			...withNotes,
			action: isUpdate ? 'update' : decision.action,
			reason: isUpdate ? sentence : manager ? `${decision.reason} ${sentence}` : decision.reason,
			// The mark is the last thing to be written, so that it never promises what was not done.
			changes: change && !manager ? [...decision.changes, change] : decision.changes,
			...(manager && { manager: { ...manager, ...(change && { mark: change }) } }),
		} as PlannedPerson['decision'],
	};
}

/** Never the fingerprint of anything. */
const NO_FINGERPRINT = '0';

/** An account that comes back has no manager any more. */
const managerSetBySync = (learner: Learner | undefined): EmployeeId | null =>
	learner?.status === 'inactive' ? null : (markOf(learner?.mark)?.manager ?? null);

interface Wish {
	change?: ManagerChange;
	note?: string;
	held?: HeldDecision;
}

/** What is to happen with somebody's manager. An unknown supervisor changes nothing. */
function managerFor(
	{ learner, decision }: PlannedPerson,
	employee: Employee,
	set: EmployeeId | null,
	organisation: Organisation,
	lms: LmsState,
	label: string,
): Wish {
	const { supervisor } = employee;
	if (supervisor === undefined) return {};
	if (supervisor === null) {
		return set === null ? {} : { change: { label, from: set, to: null, fromName: organisation.nameOf(set) } };
	}
	const account = organisation.accountOf(supervisor.id);
	const reports = account && lms.reports?.get(account.id);
	const isSet = set === supervisor.id && (!reports || !learner || reports.has(learner.id));
	const from = set === supervisor.id ? null : set;
	const change: ManagerChange = {
		label,
		from,
		to: supervisor.id,
		...(from !== null && { fromName: organisation.nameOf(from) }),
		toName: organisation.nameOf(supervisor.id),
	};
	const ring = organisation.ringOf(employee);
	if (ring) {
		if (isSet) return {};
		const message = organisation.ringSentence(ring);
		const bare = { ...decision, changes: [], groups: { add: [], remove: [] }, reason: message };
		return { held: hold({ ...bare, manager: change }, 'manager', 'managerCycle', message) };
	}
	if (!organisation.willBeThere(supervisor.id)) {
		const keeps = from === null ? '' : ` ${change.fromName} stays the manager until then.`;
		return {
			note: `The supervisor ${change.toName} has no account in the LMS, so no manager is set.${keeps}`,
		};
	}
	return isSet ? {} : { change };
}

function sentenceOf({ from, to, fromName, toName }: ManagerChange): string {
	if (to === null) return `${fromName} is no longer the manager.`;
	return from === null ? `The manager is ${toName}.` : `The manager is ${toName} instead of ${fromName}.`;
}
