import {
	learnerId,
	type Change,
	type Decision,
	type Employee,
	type Learner,
	type LearnerId,
	type SyncItem,
} from '../../../nodes/shared/item';
import { addressKey } from '../../../nodes/LmsSync/sync/attribute';
import { CUSTOM } from '../../../nodes/LmsSync/sync/diff';
import { managedGroups } from '../../../nodes/LmsSync/sync/groups';
import type { LmsState } from '../../../nodes/LmsSync/sync/lmsState';
import { plan, type Plan, type PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import type { PlanSettings } from '../../../nodes/LmsSync/sync/settings';
import { aRoster, NOW } from './builders';
import { Outcomes } from './outcomes';

/** What a portal holds. */
export interface PortalState {
	lms: LmsState;
	/** Names of the groups of each account. */
	memberships: Map<LearnerId, string[]>;
}

/**
 * A portal in memory, as strict as an LMS: it refuses an address in use, an invitation to somebody who
 * has an account or an invitation, and the enabling of an account past its expiry. Plans are carried out
 * in the order of the canvas: set aside, upsert, invite, map groups; deactivations beside it.
 */
export class ModelPortal {
	readonly lms: LmsState;

	readonly memberships: Map<LearnerId, string[]>;

	/** The group that each open invitation leads to. */
	private readonly invitedTo = new Map<LearnerId, string>();

	private made = 0;

	constructor(
		{ lms, memberships }: PortalState,
		public today: string,
	) {
		this.lms = structuredClone(lms);
		this.memberships = structuredClone(memberships);
	}

	/** The items as the apply steps would hand them on. */
	apply({ people }: Pick<Plan, 'people'>, deactivateFirst = false): SyncItem[] {
		const outcomes = new Outcomes(false);
		const active = applicable({ people });
		const of = (...actions: Array<Decision['action']>) =>
			active.filter(({ decision }) => actions.includes(decision.action));
		const upserts = of('create', 'update', 'reactivate');

		const deactivate = () => {
			for (const person of of('deactivate')) {
				this.deactivate(person);
				outcomes.deactivated(person);
			}
		};

		if (deactivateFirst) deactivate();
		for (const { decision, learner } of upserts) {
			if ('parkEmail' in decision) this.account(learner).email = `set-aside-${learner?.id}@sync.invalid`;
		}
		const accounts = new Map(upserts.map((person) => [person, this.upsert(person)]));
		for (const [person, { id }] of accounts) outcomes.upserted(person, id);
		for (const person of of('invite')) outcomes.invited(person, this.invite(person).id);
		for (const [person, account] of accounts) {
			this.mapGroups(person, account);
			outcomes.mapped(person);
		}
		if (!deactivateFirst) deactivate();
		return outcomes.items(people);
	}

	/** An administrator ends an account, or takes an invitation back. */
	endByHand(id: LearnerId): void {
		const learner = this.account({ id });
		if (learner.status === 'pending') this.drop(learner);
		else learner.status = 'inactive';
	}

	/** Some of those who are invited accept. Whoever got an account meanwhile cannot. */
	accept(chosen: (invitation: Learner) => boolean): LearnerId[] {
		const accepted = this.lms.learners.filter(
			(learner) => learner.status === 'pending' && !this.accountAt(learner.email) && chosen(learner),
		);
		return accepted.map((invitation) => {
			const group = this.invitedTo.get(invitation.id);
			this.drop(invitation);
			const account: Learner = { ...invitation, id: this.newId('N'), status: 'active' };
			this.lms.learners.push(account);
			this.memberships.set(account.id, group === undefined ? [] : [group]);
			return account.id;
		});
	}

	private upsert({ learner, decision }: PlannedPerson): Learner {
		const account = decision.action === 'create' ? this.newAccount() : this.account(learner);
		for (const change of decision.changes) this.write(account, change);
		if (decision.action === 'create') this.lms.learners.push(account);
		if (decision.action === 'reactivate' && account.accessEnds !== null && account.accessEnds < this.today) {
			throw new Error(`${account.id} would be disabled again at once: it expired ${account.accessEnds}.`);
		}
		return account;
	}

	private invite({ learner, decision }: PlannedPerson): Learner {
		if (learner) {
			if (learner.status !== 'pending') throw new Error(`${learner.id} has an account and is invited.`);
			this.drop(learner);
		}
		const invitation: Learner = { ...this.newAccount(), id: this.newId('I'), status: 'pending' };
		for (const change of decision.changes) this.write(invitation, change);
		if (this.lms.learners.some(({ email }) => addressKey(email) === addressKey(invitation.email))) {
			throw new Error(`${invitation.email} has an account or an invitation, and is invited.`);
		}
		this.lms.learners.push(invitation);
		const [first] = decision.groups.add;
		if (first) this.invitedTo.set(invitation.id, this.ensureGroup(first.name));
		return invitation;
	}

	private mapGroups({ decision }: PlannedPerson, { id }: Learner): void {
		const joined = decision.groups.add.map(({ name }) => this.ensureGroup(name));
		const left = decision.groups.remove.map(({ name }) => name);
		const groups = new Set([...(this.memberships.get(id) ?? []), ...joined]);
		for (const name of left) {
			if (!groups.delete(name)) throw new Error(`${id} is to leave "${name}" and is not in it.`);
		}
		this.memberships.set(id, [...groups]);
	}

	private deactivate({ learner }: PlannedPerson): void {
		if (learner?.status === 'pending') this.drop(learner);
		else this.account(learner).status = 'inactive';
	}

	private write(account: Learner, { field, label, to }: Change): void {
		if (field.startsWith(CUSTOM)) {
			if (to === null || to === '') delete account.custom[label as string];
			else account.custom[label as string] = to;
			return;
		}
		if (field === 'email') {
			const owner = this.accountAt(String(to));
			if (owner && owner.id !== account.id) throw new Error(`${to} is in use by ${owner.id}.`);
		}
		Object.assign(account, { [field]: to });
	}

	private accountAt(email: string): Learner | undefined {
		return this.lms.learners.find(
			(learner) => learner.status !== 'pending' && addressKey(learner.email) === addressKey(email),
		);
	}

	private account(learner: Pick<Learner, 'id'> | undefined): Learner {
		const account = this.lms.learners.find(({ id }) => id === learner?.id);
		if (account === undefined) throw new Error(`There is no account ${learner?.id}.`);
		return account;
	}

	private newAccount(): Learner {
		const empty = { email: '', firstName: null, lastName: null, link: null, accessEnds: null, custom: {} };
		return { ...empty, id: this.newId('N'), status: 'active' };
	}

	private newId(kind: string): LearnerId {
		return learnerId(`${kind}${++this.made}`);
	}

	private ensureGroup(name: string): string {
		if (!this.lms.groups.some((group) => group.name === name)) {
			this.lms.groups.push({ id: `G-${name}`, name, own: true });
		}
		return name;
	}

	private drop({ id }: Pick<Learner, 'id'>): void {
		const index = this.lms.learners.findIndex((learner) => learner.id === id);
		if (index < 0) throw new Error(`There is no invitation ${id}.`);
		this.lms.learners.splice(index, 1);
	}
}

/** The plan of a run as it is made: only the groups that the mapping can name are read. */
export function planFor(
	employees: Employee[],
	state: PortalState,
	settings: PlanSettings,
	roster = {},
): Plan {
	const { lms } = state;
	const read = new Set(managedGroups(employees, lms, settings).map(({ name }) => name));
	const memberships = new Map(
		[...state.memberships].map(([id, names]) => [id, names.filter((name) => read.has(name))]),
	);
	return plan({
		platform: 'LMS',
		employees,
		roster: aRoster(employees.length, roster),
		lms,
		memberships,
		settings,
		now: NOW,
	});
}

/** What a plan asks to be done. */
export const applicable = ({ people }: Pick<Plan, 'people'>): PlannedPerson[] =>
	people.filter(({ decision }) => decision.action !== 'none' && decision.action !== 'hold');
