import { learnerId, type GroupRef, type LearnerId } from '../../../shared/item';
import { InTurn } from '../../../shared/transport/inTurn';
import { mapParallel } from '../../../shared/transport/parallel';
import { pathTo } from '../../../shared/transport/path';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import type { Group, Memberships } from '../../sync/lmsState';
import { failing, watching, type OnGap } from '../gaps';
import { namesByMember } from '../namesByMember';
import type { GroupMove } from '../platform';
import { shape } from '../sound';
import { BULK_FROM, changeInBulk, keyOf, type Membership } from './bulk';
import { byId, READS_AT_ONCE, type ThreeSixtyClient } from './client';
import { madeId, type ExternalIds } from './externalIds';
import { BUSINESS, refusalOf, refused } from './refusals';
import { GROUP, MADE_BY, Tree, type GroupRecord } from './tree';
import { Turn } from './turn';

interface Role {
	role: string;
}

const MEMBER = shape({ userId: 'id', role: 'text' });
const GROUP_ROLE = shape({ groupId: 'id', role: 'text' });

/** Somebody can have several roles in a group. Without one of the two, nobody knows what is meant. */
const whole =
	<Key extends string>(key: Key) =>
	(record: Role & Record<Key, string>): string | undefined =>
		record[key] && record.role ? `${record[key]} ${record.role}` : undefined;

/** At groups that the levels of a mapping have filled. */
const FILLED = 'personio-n8n-group';

/** The only role that the sync gives and takes. */
const LEARNER = 'learner';
const OWNER = 'owner';

/** At most so many on one page. */
const PAGE = 500;
const ROLES_PAGE = 1000;

/** So many groups are asked for that were filled and are not listed, the newest ones. */
const ASKED = 10;

interface Listed {
	groups: Group[];
	root?: Group;
	/** Id of the topmost group, if it was delivered. */
	top?: string;
}

/** Groups and who is in them. */
export class Groups {
	private known: Tree | undefined;

	private reading: Promise<Tree> | undefined;

	private named: Group[] = [];

	private filled: Set<string> | undefined;

	/** Memberships that were changed together, by their key. */
	private joined = new Set<string>();

	private left = new Set<string>();

	/** Two people who need the same group would make it twice. */
	private readonly making = new InTurn();

	/** Two runs that need it, too. */
	private readonly turn: Turn;

	constructor(
		private readonly client: ThreeSixtyClient,
		private readonly externalIds: ExternalIds,
	) {
		this.turn = new Turn(externalIds);
	}

	async tree(): Promise<Tree> {
		if (this.known) return this.known;
		this.reading ??= this.records()
			.then((records) => (this.known ??= Tree.of(records)))
			.finally(() => (this.reading = undefined));
		return await this.reading;
	}

	private async records(onGap?: OnGap, onDoubt?: OnGap): Promise<GroupRecord[]> {
		const keyOf = (record: GroupRecord) => (typeof record.name === 'string' ? byId(record) : undefined);
		const options = { size: PAGE, shape: GROUP, keyOf, onGap, onDoubt };
		return await this.client.list<GroupRecord>('/groups', 'the groups', options);
	}

	/**
	 * @param root as an operator named it: names of groups below it are paths that start there
	 * @param onGap told where a list is not whole; what was read so is not kept for a step
	 * @param onDoubt told where nothing proves that it is
	 */
	async groups(root: string | undefined, onGap: OnGap = failing, onDoubt?: OnGap): Promise<Listed> {
		const watch = watching(onGap);
		const tree = Tree.of(await this.records(watch.onGap, onDoubt), watch.onGap);
		const record = root === undefined ? undefined : tree.root(root, watch.isWhole());
		const filled = await this.marked(watch.onGap);
		await this.demandFilled(filled, tree, watch.onGap);
		if (watch.isWhole()) {
			this.known = tree;
			this.filled = filled;
		}
		this.named = tree.groups(record, filled);
		const found = this.named.find(({ id }) => id === record?._id);
		const top = tree.highest()?._id;
		return { groups: this.named, ...(found && { root: found }), ...(top !== undefined && { top }) };
	}

	async topGroup(): Promise<string> {
		return (await this.tree()).top()._id;
	}

	/** Of the managed groups and of those that are left together with one of them. */
	async memberships(managed: Group[], onGap: OnGap): Promise<Memberships> {
		const ids = new Set(managed.map(({ id }) => id));
		const names = new Map(managed.map(({ id, name }) => [id, name]));
		for (const { id, name, brings } of this.named) {
			if (brings?.some((each) => ids.has(each)) && !names.has(id)) names.set(id, name);
		}
		const members = await mapParallel([...names], READS_AT_ONCE, async ([id, name]) => {
			const path = pathTo`/groups/${id}/roles`;
			const options = { size: ROLES_PAGE, shape: MEMBER, keyOf: whole('userId'), onGap };
			const roles = await this.client.list<Role & { userId: string }>(
				path,
				`the members of "${name}"`,
				options,
			);
			return roles.flatMap(({ userId, role }) => (role === LEARNER ? [learnerId(userId)] : []));
		});
		return namesByMember([...names.values()], members);
	}

	/** Makes what is missing of the path, each group private. */
	async ensure(ref: GroupRef): Promise<Group> {
		return await this.making.run(async () => await this.found(ref));
	}

	private async found(ref: GroupRef): Promise<Group> {
		const { name, id, below } = ref;
		if (id !== undefined) {
			await this.record(ref);
			return { id, name, own: false };
		}
		const { parent, path } = (await this.tree()).start(name, below, ref.byLevels === true);
		const present = await this.reached(parent, path);
		const { _id } = present ?? (await this.turn.alone(parent._id, async () => await this.made(parent, path)));
		await this.record({ ...ref, id: _id });
		return { id: _id, name, own: true };
	}

	private async reached(parent: GroupRecord, path: string[]): Promise<GroupRecord | undefined> {
		const tree = await this.tree();
		let at: GroupRecord | undefined = parent;
		for (const segment of path) at = at && tree.child(at._id, segment);
		return at;
	}

	private async made(parent: GroupRecord, path: string[]): Promise<GroupRecord> {
		// Whoever had the turn before may have made some of it since the tree was read, or is being read.
		const tree = Tree.of(await this.records());
		this.known = tree;
		let at = parent;
		for (const segment of path) at = tree.child(at._id, segment) ?? (await this.make(segment, at._id));
		return at;
	}

	private async make(name: string, parentId: string): Promise<GroupRecord> {
		const path = '/groups';
		const outcome = await this.client.post(
			{ path, body: { name, public: false, parentId, custom: MADE_BY }, accept: BUSINESS },
			async () => {
				this.known = undefined;
				return (await this.tree()).child(parentId, name);
			},
		);
		if ('found' in outcome) return outcome.found;
		if (refusalOf(outcome.answer) !== undefined) throw refused(`the group "${name}"`, outcome.answer);
		const made = { _id: madeId(outcome.answer, path), name, public: false, parentId, custom: MADE_BY };
		this.known?.add(made);
		return made;
	}

	async groupsOf(learner: LearnerId): Promise<Set<string>> {
		const roles = await this.roles(learner);
		return new Set(roles.filter(({ role }) => role === LEARNER).map(({ groupId }) => groupId));
	}

	/** With their names, as far as the tree is known; else with their ids. */
	async learnerIn(learner: LearnerId): Promise<GroupRef[]> {
		const ids = await this.groupsOf(learner);
		return [...ids].map((id) => ({ id, name: this.known?.get(id) ? this.known.nameOf(id) : id }));
	}

	async owns(learner: LearnerId): Promise<boolean> {
		return (await this.roles(learner)).some(({ role }) => role === OWNER);
	}

	private async roles(learner: LearnerId): Promise<Array<Role & { groupId: string }>> {
		const options = { shape: GROUP_ROLE, keyOf: whole('groupId') };
		return await this.client.list(
			pathTo`/users/${learner}/roles`,
			`the groups of account ${learner}`,
			options,
		);
	}

	/** Before anybody is in it, so that it is known as one to be left again. */
	private async record({ id, name, byLevels }: GroupRef): Promise<void> {
		if (!byLevels || id === undefined) return;
		const filled = await this.filledGroups();
		if (filled.has(id)) return;
		const wanted = { platform: FILLED, targetId: id, targetType: 'group', value: id };
		await this.externalIds.set(wanted, undefined, `the group "${name}"`);
		filled.add(id);
	}

	private async filledGroups(): Promise<Set<string>> {
		this.filled ??= await this.marked(failing);
		return this.filled;
	}

	private async marked(onGap: OnGap): Promise<Set<string>> {
		const what = 'the groups that the sync fills';
		const found = await this.externalIds.find({ platform: FILLED, type: 'group' }, what, onGap);
		return new Set(found.map(({ targetId }) => targetId));
	}

	/** A group that the sync has filled is either on the list or gone. */
	private async demandFilled(filled: Set<string>, tree: Tree, onGap: OnGap): Promise<void> {
		const missing = [...filled].filter((id) => tree.get(id) === undefined);
		for (const id of missing.slice(-ASKED)) {
			const answer = await orVendorError(this.client.request({ path: pathTo`/groups/${id}`, accept: [404] }));
			if (!(answer instanceof VendorError) && answer.status === 404) continue;
			const message = '360Learning delivered the groups without one that the sync has filled.';
			onGap({ code: 'groupMissing', message });
			return;
		}
	}

	async join(learner: LearnerId, group: GroupRef & { id: string }): Promise<void> {
		if (this.joined.has(keyOf({ userId: learner, groupId: group.id }))) return;
		const outcome = await this.client.post(
			{ path: pathTo`/groups/${group.id}/${LEARNER}/${learner}`, accept: BUSINESS },
			async () => (await this.groupsOf(learner)).has(group.id) || undefined,
		);
		if ('found' in outcome || refusalOf(outcome.answer) === undefined) return;
		// What is answered about somebody who is in the group already is not documented.
		const now = await orVendorError(this.groupsOf(learner));
		if (!(now instanceof VendorError) && now.has(group.id)) return;
		throw refused(`the membership of "${group.name}"`, outcome.answer);
	}

	async leave(learner: LearnerId, group: GroupRef & { id: string }): Promise<void> {
		if (this.left.has(keyOf({ userId: learner, groupId: group.id }))) return;
		await this.refuseLast(learner, [group]);
		const answer = await this.client.request({
			method: 'DELETE',
			path: pathTo`/groups/${group.id}/${LEARNER}/${learner}`,
			accept: BUSINESS,
		});
		const refusal = refusalOf(answer);
		// Left together with a group above it, or by somebody else.
		if (refusal === undefined || refusal === 'userNotFoundInGroup') return;
		throw refused(`the leaving of "${group.name}"`, answer);
	}

	/** Whoever leaves the last group may be deleted by 360Learning. */
	private async refuseLast(learner: LearnerId, leaving: Array<GroupRef & { id: string }>): Promise<void> {
		const tree = await this.tree();
		const ids = new Set(leaving.map(({ id }) => id));
		const stays = (await this.roles(learner)).some(({ groupId, role }) => {
			if (role !== LEARNER) return true;
			return !ids.has(groupId) && !tree.broughtBy(groupId).some((id) => ids.has(id));
		});
		if (stays) return;
		const names = leaving.map(({ name }) => `"${name}"`).join(', ');
		throw new VendorError(`${names} would be the last group that is left, and it was not left.`, {
			remedy: 'Run again, so that another group is joined first.',
		});
	}

	/**
	 * Many memberships in a few bulk operations: first all that are joined, then those that are left, by
	 * people whose joining went well. `join` and `leave` then know what is done already.
	 */
	async moveTogether(moves: GroupMove[]): Promise<void> {
		const count = moves.reduce((sum, { add, remove }) => sum + add.length + remove.length, 0);
		if (count < BULK_FROM) return;
		const joins: Membership[] = [];
		const lost = new Set<LearnerId>();
		for (const { learner, add } of moves) {
			for (const ref of add) {
				const group = await orVendorError(this.ensure(ref));
				// The single call tells what is the matter with the group.
				if (group instanceof VendorError) lost.add(learner);
				else joins.push({ userId: learner, groupId: group.id });
			}
		}
		if (joins.length > 0) this.joined = await changeInBulk(this.client, 'POST', joins);

		for (const each of joins) if (!this.joined.has(keyOf(each))) lost.add(each.userId);
		const leaves: Membership[] = [];
		await mapParallel(moves, READS_AT_ONCE, async ({ learner, remove }) => {
			const refs = remove.filter((ref): ref is GroupRef & { id: string } => ref.id !== undefined);
			if (refs.length === 0 || lost.has(learner)) return;
			// Whose last group it would be is told by the single call.
			if ((await orVendorError(this.refuseLast(learner, refs))) instanceof VendorError) return;
			leaves.push(...refs.map(({ id }) => ({ userId: learner, groupId: id })));
		});
		if (leaves.length > 0) this.left = await changeInBulk(this.client, 'DELETE', leaves);
	}
}
