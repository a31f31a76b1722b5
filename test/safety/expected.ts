import type { Change, GroupRef, Learner, RunSummary, SyncItem } from '../../nodes/shared/item';
import type { Sandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';
import type { Facts, Known } from './facts';

/**
 * What an LMS knows after a run, by what it knew before and what the preview said. Nothing of the real run
 * is looked at, and nothing of how the nodes carry it out.
 */
export function expected(
	before: Facts,
	known: Known,
	{ planned, run }: { planned: SyncItem[]; run: RunSummary },
	sandbox: Sandbox,
	platform: PlatformName,
): Facts {
	const model =
		platform === 'learnUpon'
			? new LearnUponModel(new Map(before), known)
			: new ThreeSixtyModel(new Map(before), known, sandbox);
	for (const label of run.makes.fields) model.facts.set(`field ${label}: name`, label);
	for (const item of planned) {
		const { decision } = item;
		if (!decision || decision.action === 'none' || decision.action === 'hold') continue;
		// Managers and ends come when everybody is there.
		if (decision.action !== 'deactivate') model.apply(item);
	}
	for (const item of planned) model.manage(item);
	for (const item of planned) if (item.decision?.action === 'deactivate') model.end(item);
	return model.facts;
}

const toOf = (changes: Change[], field: string) => changes.find((each) => each.field === field)?.to;

abstract class Model {
	constructor(
		readonly facts: Facts,
		protected readonly known: Known,
	) {}

	abstract apply(item: SyncItem): void;
	abstract end(item: SyncItem): void;
	abstract manage(item: SyncItem): void;

	protected set(name: string, key: string, value: unknown): void {
		const fact = `${name}: ${key}`;
		if (value === null || value === undefined || value === '') this.facts.delete(fact);
		else this.facts.set(fact, String(value));
	}

	protected nameOf({ id, email }: Learner): string {
		const number = Number(id.replace('invitation-', ''));
		const name = this.known.get(id) ?? this.known.get(number);
		if (name === undefined) throw new Error(`The preview is about ${email}, whom nobody knows`);
		return name;
	}
}

class LearnUponModel extends Model {
	apply({ decision, learner }: SyncItem): void {
		if (decision?.action === 'none' || decision?.action === 'hold' || !decision) return;
		const { action, changes, groups } = decision;
		const email = toOf(changes, 'email');
		if (action === 'invite') {
			if (learner) this.set(this.nameOf(learner), 'status', 'canceled');
			const name = `new invitation ${String(email)}`;
			this.write(name, changes, 'expiresAt');
			this.set(name, 'status', 'sent');
			const [first] = groups.add;
			if (first) this.set(name, 'group', this.group(first));
			return;
		}
		const name = action === 'create' ? `new account ${String(email)}` : this.nameOf(learner as Learner);
		this.write(name, changes, 'accountExpires');
		if (action === 'create') this.set(name, 'userType', 'learner');
		if (action === 'create' || toOf(changes, 'status') === 'active') this.set(name, 'enabled', true);
		for (const ref of groups.add) this.facts.set(`${name} in ${this.group(ref)}`, '1');
		for (const ref of groups.remove) this.facts.delete(`${name} in ${ref.name}`);
	}

	end({ learner }: SyncItem): void {
		const name = this.nameOf(learner as Learner);
		if (learner?.status === 'pending') this.set(name, 'status', 'canceled');
		else this.set(name, 'enabled', false);
	}

	manage(): void {
		// There are none.
	}

	private write(name: string, changes: Change[], expiry: string): void {
		for (const { field, label, to } of changes) {
			if (field === 'status') continue;
			if (field === 'accessEnds') this.set(name, expiry, to);
			else this.set(name, field === 'link' ? 'Personio ID' : (label ?? field), to);
		}
	}

	private group({ name }: GroupRef): string {
		if (!this.facts.has(`group ${name}`)) this.facts.set(`group ${name}`, '1');
		return name;
	}
}

const DAY_MS = 86_400_000;

class ThreeSixtyModel extends Model {
	private readonly root: string;
	private readonly top: string;

	constructor(
		facts: Facts,
		known: Known,
		private readonly sandbox: Sandbox,
	) {
		super(facts, known);
		this.root = sandbox.threeSixtyLearning.syncRoot;
		this.top = known.get(sandbox.threeSixtyLearning.rootGroup) ?? '';
	}

	apply(item: SyncItem): void {
		const { decision, learner } = item;
		if (decision?.action === 'none' || decision?.action === 'hold' || !decision) return;
		const { action, changes, groups, home } = decision;
		const email = String(toOf(changes, 'email'));
		const isNew = action === 'create' || action === 'invite';
		const name = isNew ? `new account ${email}` : this.nameOf(learner as Learner);
		if (isNew) {
			this.set(name, 'lang', 'en');
			this.set(name, 'status', 'invited');
		}
		if (action === 'invite') this.facts.set(`mail invitation to ${email}`, '1');
		if (action === 'reactivate') this.set(name, 'toBeDeactivatedAt', null);
		if (toOf(changes, 'status') === 'active') this.set(name, 'status', 'active');
		this.write(name, changes);
		if (home && action !== 'update') this.join(name, home);
		for (const ref of groups.add) this.join(name, ref);
		for (const ref of groups.remove) {
			this.facts.delete(`${name} is learner in ${this.known.get(ref.id ?? '') ?? ref.name}`);
		}
	}

	end({ learner }: SyncItem): void {
		const name = this.nameOf(learner as Learner);
		this.set(name, 'status', 'deleted');
		for (const fact of [...this.facts.keys()]) {
			const isRole = fact.startsWith(`${name} is `);
			if (isRole || fact.startsWith(`${name} reports to `) || fact.endsWith(` reports to ${name}`)) {
				this.facts.delete(fact);
			}
		}
	}

	manage({ decision, learner }: SyncItem): void {
		if (!decision || decision.action === 'hold' || !decision.manager) return;
		const { from, to, mark } = decision.manager;
		const email = String(toOf(decision.changes, 'email'));
		const name = learner ? this.nameOf(learner) : `new account ${email}`;
		if (to !== null) this.facts.set(`${name} reports to ${this.linkedTo(to)}`, '1');
		const former = from === null ? undefined : this.linkedTo(from);
		if (former !== undefined) this.facts.delete(`${name} reports to ${former}`);
		if (mark) this.set(name, 'personio-n8n-mark', mark.to);
	}

	private linkedTo(id: string): string | undefined {
		const fact = [...this.facts].find(([key, value]) => key.endsWith(': personio-n8n') && value === id);
		return fact?.[0].replace(/: personio-n8n$/, '');
	}

	private write(name: string, changes: Change[]): void {
		for (const { field, label, to } of changes) {
			if (field === 'status') continue;
			if (field === 'email') this.set(name, 'mail', to);
			else if (field === 'link') this.set(name, 'personio-n8n', to);
			else if (field === 'mark') this.set(name, 'personio-n8n-mark', to);
			else if (field === 'accessEnds') this.set(name, 'toBeDeactivatedAt', noonAfter(to as string | null));
			else if (label === 'Job Title') this.set(name, 'job', to);
			else if (label === undefined) this.set(name, field, to);
			else {
				this.set(name, `value ${label}`, to);
				// Beside what is said about people: which field it is that the sync has begun to fill.
				if (to) this.set(this.top, `personio-n8n-field:${label.toLowerCase()}`, 'noted');
			}
		}
	}

	private join(name: string, ref: GroupRef): void {
		const group = this.group(ref);
		this.facts.set(`${name} is learner in ${group}`, '1');
		if (ref.byLevels) this.set(group, 'personio-n8n-group', 'noted');
	}

	/** The name among the facts; what is missing of a path is made. */
	private group({ id, name }: GroupRef): string {
		if (id !== undefined) return this.known.get(id) ?? id;
		const { groups } = this.sandbox.threeSixtyLearning;
		let parent: string | undefined = this.root;
		let path = this.pathOf(this.root);
		let found = this.known.get(this.root) ?? '';
		for (const segment of name.split(' > ')) {
			const child = [...groups.values()].find(
				(each) => each.parentId === parent && this.known.has(each._id) && each.name === segment,
			);
			path += `/${segment}`;
			parent = child?._id;
			found = child ? (this.known.get(child._id) ?? '') : `new group ${path}`;
			if (!child) {
				this.set(found, 'path', path);
				this.set(found, 'isPublic', false);
			}
		}
		return found;
	}

	private pathOf(id: string | undefined): string {
		const group = id === undefined ? undefined : this.sandbox.threeSixtyLearning.groups.get(id);
		return group ? `${this.pathOf(group.parentId)}/${group.name}` : '';
	}
}

/** 360Learning ends an account at the beginning of the day that it is given. */
const noonAfter = (lastDay: string | null): string | null =>
	lastDay && `${new Date(Date.parse(lastDay) + DAY_MS).toISOString().slice(0, 10)}T12:00:00.000Z`;
