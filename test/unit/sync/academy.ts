import { learnerId, type Decision, type Learner, type LearnerId } from '../../../nodes/shared/item';
import type {
	Change,
	GroupRef,
	ManagerChange,
	Outcome,
	Reporting,
	SyncItem,
} from '../../../nodes/shared/item';
import { addressKey } from '../../../nodes/LmsSync/sync/attribute';
import { CUSTOM } from '../../../nodes/LmsSync/sync/diff';
import type { Findings, Inquiry } from '../../../nodes/LmsSync/sync/inquiry';
import {
	PATH_SEPARATOR,
	type CustomField,
	type Group,
	type LmsState,
} from '../../../nodes/LmsSync/sync/lmsState';
import type { Plan, PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import { applicable } from './model';
import { Outcomes } from './outcomes';

/** What an academy holds. Learners with all their values, memberships and managers by id. */
export interface AcademyState {
	lms: LmsState;
	memberships: ReadonlyMap<LearnerId, readonly string[]>;
	managers: ReadonlyMap<LearnerId, readonly LearnerId[]>;
	owners: readonly LearnerId[];
	/** Link and mark of an account that has ended are gone when it comes back. */
	forgets: boolean;
}

export const pair = (learner: LearnerId, manager: LearnerId) => `${learner} ${manager}`;

/**
 * An academy in memory: accounts that wait for their owners and can be changed, a tree of groups whose
 * public ones bring those above them, managers, marks, and values that no list tells. Ended accounts keep
 * their address and their values, and lose groups and managers, also those whom they managed. As strict as
 * an LMS, and stricter where a plan must not come near: it throws at whatever nobody may ask of it.
 */
export class ModelAcademy {
	readonly lms: LmsState;

	readonly memberships: Map<LearnerId, Set<string>>;

	readonly managers: Map<LearnerId, Set<LearnerId>>;

	/** Who has ever been made whose manager by a plan. */
	readonly ownManagers = new Set<string>();

	private made = 0;

	/** What plans must not come near may have been so before, and be brought back. */
	private isUndoing = false;

	constructor(private readonly state: AcademyState) {
		this.lms = structuredClone(state.lms);
		this.memberships = new Map([...state.memberships].map(([id, groups]) => [id, new Set(groups)]));
		this.managers = new Map([...state.managers].map(([id, managers]) => [id, new Set(managers)]));
	}

	/** Everything that comes in lists. */
	read(): LmsState {
		const costly = this.lms.fields.filter((field) => field.costly).map(({ label }) => label);
		const learners = this.lms.learners.map((learner): Learner => {
			const told = Object.entries(learner.custom).filter(([label]) => !costly.includes(label));
			return { ...learner, custom: Object.fromEntries(told) };
		});
		return structuredClone({ ...this.lms, learners });
	}

	/** Names of the managed groups of each learner, and of those that are left with one of them. */
	membershipsIn(managed: Group[]): Map<LearnerId, string[]> {
		const ids = new Set(managed.map(({ id }) => id));
		const asked = this.lms.groups.filter(
			({ id, brings }) => ids.has(id) || brings?.some((up) => ids.has(up)),
		);
		return new Map(
			[...this.memberships].map(([id, groups]) => [
				id,
				asked.filter((group) => groups.has(group.id)).map(({ name }) => name),
			]),
		);
	}

	answer({ values, managers, endings }: Inquiry): Findings {
		const labels = this.lms.fields.filter((field) => field.costly).map(({ label }) => label);
		return {
			values: new Map(
				values.map(({ id }) => {
					const { custom } = this.account(id);
					return [id, Object.fromEntries(Object.entries(custom).filter(([label]) => labels.includes(label)))];
				}),
			),
			reports: new Map(
				managers.map((manager) => [
					manager,
					new Set([...this.managers].flatMap(([id, theirs]) => (theirs.has(manager) ? [id] : []))),
				]),
			),
			owners: new Set(endings.map(({ id }) => id).filter((id) => this.state.owners.includes(id))),
		};
	}

	/** The items as the apply steps would hand them on. */
	apply({ people }: Pick<Plan, 'people'>, deactivateFirst = false): SyncItem[] {
		const outcomes = new Outcomes(true);
		const all = applicable({ people });
		this.isUndoing = all.some(({ decision }) => 'undoes' in decision);
		const of = (...actions: Array<Decision['action']>) =>
			all.filter(({ decision }) => actions.includes(decision.action));
		const live = of('create', 'update', 'reactivate', 'invite');

		const deactivate = () => {
			for (const person of of('deactivate')) outcomes.deactivated(person, this.deactivate(person));
		};

		if (deactivateFirst) deactivate();
		for (const { decision, learner } of live) {
			if ('parkEmail' in decision) this.account(learner?.id).email = `set-aside-${learner?.id}@sync.invalid`;
		}
		const accounts = new Map(live.map((person) => [person, this.upsert(person)]));
		for (const [person, { id }] of accounts) {
			if (person.decision.action === 'invite') outcomes.invited(person, id);
			else outcomes.upserted(person, id, person.decision.action === 'create' && !isActivated(person));
		}
		for (const [person, account] of accounts) {
			this.mapGroups(account, person.decision.groups);
			outcomes.mapped(person);
		}
		for (const [person, account] of accounts) {
			if (person.decision.manager) this.setManager(account, person.decision.manager);
			if (person.decision.restores) this.restoreReporting(account, person.decision.restores);
			outcomes.managed(person);
		}
		if (!deactivateFirst) deactivate();
		return outcomes.items(people);
	}

	/** An administrator ends an account. */
	endByHand(id: LearnerId): void {
		if (!this.state.owners.includes(id)) this.end(this.account(id));
	}

	/** Whoever waits and is chosen uses the account from now on. */
	accept(chosen: (learner: Learner) => boolean): void {
		for (const learner of this.lms.learners) {
			if (learner.status === 'pending' && chosen(learner)) learner.status = 'active';
		}
	}

	/** Somebody who is their own manager by way of managers whom plans have set. */
	ringOfManagers(): LearnerId | undefined {
		const above = new Map<LearnerId, LearnerId[]>();
		for (const [learner, managers] of this.managers) {
			above.set(
				learner,
				[...managers].filter((manager) => this.ownManagers.has(pair(learner, manager))),
			);
		}
		return [...above.keys()].find((start) => {
			const seen = new Set<LearnerId>();
			for (const next = [...(above.get(start) ?? [])]; next.length > 0;) {
				const at = next.pop() as LearnerId;
				if (at === start) return true;
				if (!seen.has(at)) next.push(...(above.get(at) ?? []));
				seen.add(at);
			}
			return false;
		});
	}

	/** What a learner looks like from outside, without managers, whom an LMS takes away itself when they go. */
	snapshot(id: LearnerId): string {
		return JSON.stringify([this.account(id), [...(this.memberships.get(id) ?? [])].sort()]);
	}

	private upsert({ learner, decision }: PlannedPerson): Learner {
		const { action, home, changes } = decision;
		let account: Learner;
		if (action === 'create' || action === 'invite') {
			if (learner) throw new Error(`${learner.id} is there already and is to be made anew.`);
			account = { ...BLANK, id: learnerId(`N${++this.made}`), custom: {} };
			this.comeIn(account, home);
			for (const change of changes) this.write(account, change);
			this.lms.learners.push(account);
		} else {
			account = this.account(learner?.id);
			if ((action === 'reactivate') !== (account.status === 'inactive')) {
				throw new Error(`${account.id} is ${account.status}, and the decision is ${action}.`);
			}
			if (action === 'reactivate') {
				Object.assign(account, { status: 'pending', accessEnds: null });
				if (this.state.forgets) Object.assign(account, { link: null, mark: null });
				this.comeIn(account, home);
			}
			for (const change of changes) this.write(account, change);
		}
		if (account.email === '') throw new Error(`${account.id} is made without an address.`);
		return account;
	}

	private comeIn(account: Learner, home: GroupRef | undefined): void {
		const group = this.lms.groups.find(({ id }) => id === home?.id);
		if (group === undefined) throw new Error(`${account.id} is made in no group.`);
		this.memberships.set(account.id, new Set([group.id, ...(group.brings ?? [])]));
		this.managers.set(account.id, new Set());
	}

	private write(account: Learner, { field, label, to, newOption }: Change): void {
		if (field.startsWith(CUSTOM)) return this.writeCustom(account, label ?? '', to, newOption);
		const isTaken = (of: (learner: Learner) => string | null) =>
			this.lms.learners.find((other) => other.id !== account.id && of(other) !== null && of(other) === to);
		if (field === 'email') {
			const key = addressKey(String(to));
			const owner = this.lms.learners.find(({ id, email }) => id !== account.id && addressKey(email) === key);
			if (owner) throw new Error(`${String(to)} is the address of ${owner.id}, who is ${owner.status}.`);
		}
		if (field === 'link' && isTaken(({ link }) => link)) throw new Error(`Link ${String(to)} is in use.`);
		if (field === 'accessEnds' && to !== null && this.state.owners.includes(account.id)) {
			throw new Error(`${account.id} owns the platform, and access is to end.`);
		}
		if (['firstName', 'lastName', 'email', 'link'].includes(field) && !to && !this.isUndoing)
			throw new Error(`${field} is empty.`);
		Object.assign(account, { [field]: to });
		return undefined;
	}

	private writeCustom(account: Learner, label: string, to: Change['to'], isNew?: true): void {
		const field = this.lms.fields.find((each) => each.label === label);
		if (field === undefined) throw new Error(`There is no field "${label}".`);
		if (to === null || to === '') {
			delete account.custom[label];
			return;
		}
		this.accepts(field, to, isNew);
		delete field.missing;
		account.custom[label] = to;
	}

	private accepts(field: CustomField, to: Change['to'], isNew?: true): void {
		const { label, type, options = [], formerly, extensible } = field;
		const isListed = options.includes(String(to));
		if (formerly !== undefined) throw new Error(`"${label}" has another name now, and is filled.`);
		if (type === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(String(to)))
			throw new Error(`${String(to)} is no date.`);
		if (type === 'language' && !isListed) throw new Error(`${String(to)} is no language.`);
		if (type !== 'choice' || isListed) return;
		if (!extensible || !isNew) throw new Error(`${String(to)} is not on the list of "${label}".`);
		field.options = [...options, String(to)];
	}

	private mapGroups({ id }: Learner, { add, remove }: Decision['groups']): void {
		const groups = new Set(this.memberships.get(id));
		for (const ref of add) {
			const group = this.ensure(ref);
			if (ref.byLevels) group.own = true;
			for (const each of [group.id, ...(group.brings ?? [])]) groups.add(each);
		}
		const leaving = new Set(remove.map((ref) => ref.id));
		for (const ref of remove) {
			if (ref.id === this.lms.rootGroup?.id && !this.isUndoing)
				throw new Error(`${id} is to leave the root group.`);
			if (!this.memberships.get(id)?.has(ref.id as string)) throw new Error(`${id} is not in "${ref.name}".`);
			groups.delete(ref.id as string);
			for (const each of this.lms.groups) {
				if (!groups.has(each.id) || !each.brings?.includes(ref.id as string)) continue;
				if (!leaving.has(each.id)) throw new Error(`${id} would leave "${each.name}" with "${ref.name}".`);
				groups.delete(each.id);
			}
		}
		if (groups.size === 0) throw new Error(`${id} would be in no group.`);
		this.memberships.set(id, groups);
	}

	private ensure({ id, name, below }: GroupRef): Group {
		const found = this.lms.groups.find((group) => (id === undefined ? group.name === name : group.id === id));
		if (found) return found;
		if (id !== undefined || below !== this.lms.rootGroup?.id) throw new Error(`"${name}" begins nowhere.`);
		const path = name.split(PATH_SEPARATOR);
		const above = path.slice(0, -1).join(PATH_SEPARATOR);
		if (above !== '') this.ensure({ name: above, ...(below !== undefined && { below }) });
		const made: Group = { id: `G-${name}`, name, own: true };
		this.lms.groups.push(made);
		return made;
	}

	private setManager({ id }: Learner, { from, to, mark, isThere }: ManagerChange): void {
		const managers = this.managers.get(id) ?? new Set();
		const withLink = (link: string) => this.lms.learners.find((learner) => learner.link === link);
		if (to !== null) {
			const manager = withLink(to);
			if (!manager || manager.status === 'inactive') throw new Error(`There is no manager ${to} for ${id}.`);
			if (isThere && !managers.has(manager.id)) throw new Error(`${manager.id} is no manager of ${id}.`);
			managers.add(manager.id);
			this.ownManagers.add(pair(id, manager.id));
		}
		const former = from === null ? undefined : withLink(from);
		if (former && managers.has(former.id)) {
			if (!this.ownManagers.has(pair(id, former.id))) throw new Error(`${id} keeps ${former.id}.`);
			managers.delete(former.id);
		}
		this.managers.set(id, managers);
		if (mark) this.write(this.account(id), mark);
	}

	/** What the LMS takes away itself. */
	private deactivate({ learner }: PlannedPerson): NonNullable<Outcome['before']> {
		const account = this.account(learner?.id);
		if (this.state.owners.includes(account.id))
			throw new Error(`${account.id} owns the platform and is to go.`);
		const theirs = this.memberships.get(account.id) ?? new Set();
		const groups = this.lms.groups.filter(({ id }) => theirs.has(id)).map(({ id, name }) => ({ id, name }));
		const managers = [...(this.managers.get(account.id) ?? [])];
		const reports = [...this.managers].flatMap(([id, above]) => (above.has(account.id) ? [id] : []));
		this.end(account);
		return { groups, managers, reports };
	}

	private restoreReporting({ id }: Learner, { managers, reports }: Reporting): void {
		const add = (report: LearnerId, manager: LearnerId) => {
			for (const each of [report, manager]) {
				if (this.account(each).status === 'inactive') throw new Error(`${each} has no access.`);
			}
			this.managers.set(report, new Set([...(this.managers.get(report) ?? []), manager]));
		};
		for (const manager of managers) add(id, manager);
		for (const report of reports) add(report, id);
	}

	private end(account: Learner): void {
		account.status = 'inactive';
		this.memberships.delete(account.id);
		this.managers.delete(account.id);
		for (const managers of this.managers.values()) managers.delete(account.id);
	}

	private account(id: LearnerId | undefined): Learner {
		const account = this.lms.learners.find((learner) => learner.id === id);
		if (account === undefined) throw new Error(`There is no account ${id}.`);
		return account;
	}
}

const isActivated = ({ decision }: PlannedPerson): boolean =>
	decision.changes.some(({ field, to }) => field === 'status' && to === 'active');

const BLANK: Omit<Learner, 'id' | 'custom'> = {
	email: '',
	firstName: null,
	lastName: null,
	status: 'pending',
	link: null,
	accessEnds: null,
	mark: null,
};
