import { groupKey, pathSegment } from '../../sync/groups';
import { PATH_SEPARATOR, type Group } from '../../sync/lmsState';
import { VendorError } from '../../../shared/transport/vendorError';
import { failing, type OnGap } from '../gaps';
import { shape } from '../sound';

export interface GroupRecord {
	_id: string;
	name: string;
	public?: boolean;
	/** Absent at the topmost group. */
	parentId?: string | null;
	/** A note for administrators. */
	custom?: string | null;
}

export const GROUP = shape({ _id: 'id', name: 'text', public: 'flag', parentId: 'id', custom: 'text' });

/** In the note of groups that this sync has made. */
export const MADE_BY = 'Made by the Personio sync.';

const FROM_TOP = '/';

const NO_TOP = '360Learning delivered no group at the top of the platform.';
const SEVERAL_TOPS = '360Learning delivered several groups without the one above them.';
const SEE_ALL = 'Check that the credential may read all groups, and run again.';

/** The groups of a 360Learning: one tree, kept as a flat list. */
export class Tree {
	private readonly byId: Map<string, GroupRecord>;

	private readonly children = new Map<string, GroupRecord[]>();

	/** @param onGap told if a group is missing, below which others are: they would be made a second time */
	static of(records: GroupRecord[], onGap: OnGap = failing): Tree {
		const tree = new Tree(records);
		const orphan = records.find(({ parentId }) => parentId && !tree.byId.has(parentId));
		if (orphan) {
			const message = `360Learning delivered the group "${orphan.name}" without the group above it.`;
			onGap({ code: 'groupMissing', message });
		} else if (records.filter(({ parentId }) => !parentId).length > 1) {
			onGap({ code: 'groupMissing', message: SEVERAL_TOPS, remedy: SEE_ALL });
		} else if (tree.highest() === undefined) {
			onGap({ code: 'groupMissing', message: NO_TOP, remedy: SEE_ALL });
		}
		return tree;
	}

	private constructor(records: GroupRecord[]) {
		this.byId = new Map(records.map((record) => [record._id, record]));
		for (const record of records) this.hang(record);
	}

	add(record: GroupRecord): void {
		this.byId.set(record._id, record);
		this.hang(record);
	}

	private hang(record: GroupRecord): void {
		if (!record.parentId) return;
		const siblings = this.children.get(record.parentId) ?? [];
		this.children.set(record.parentId, [...siblings, record]);
	}

	get(id: string): GroupRecord | undefined {
		return this.byId.get(id);
	}

	top(): GroupRecord {
		const found = this.highest();
		if (found) return found;
		throw new VendorError(NO_TOP, { remedy: SEE_ALL });
	}

	/** `undefined` if it was not delivered. */
	highest(): GroupRecord | undefined {
		return [...this.byId.values()].find(({ parentId }) => !parentId);
	}

	child(parent: string, name: string): GroupRecord | undefined {
		const siblings = this.children.get(parent) ?? [];
		return (
			siblings.find((each) => pathSegment(each.name) === name) ??
			siblings.find((each) => groupKey(pathSegment(each.name)) === groupKey(name))
		);
	}

	/** The group itself and all above it, from the top. */
	private line(id: string): GroupRecord[] {
		const line: GroupRecord[] = [];
		for (let at = this.byId.get(id); at && !line.includes(at); at = this.byId.get(at.parentId ?? '')) {
			line.unshift(at);
		}
		return line;
	}

	/** Groups that a member of this one is in as well: those above a public group up to the first private one. */
	broughtBy(id: string): string[] {
		const brought: string[] = [];
		const above = this.line(id).reverse();
		for (let level = 0; above[level]?.public && above[level + 1]; level++) {
			brought.push((above[level + 1] as GroupRecord)._id);
		}
		return brought;
	}

	/**
	 * All groups, named as the sync sees them. What is below a group that was not delivered has no name.
	 *
	 * @param filled ids of those that the sync has filled
	 */
	groups(root: GroupRecord | undefined, filled: ReadonlySet<string>): Group[] {
		const named = [...this.byId.values()].filter(({ _id }) => this.hasName(_id, root?._id));
		return named.map((record) => {
			const brings = this.broughtBy(record._id);
			return {
				id: record._id,
				name: this.nameOf(record._id, root?._id),
				own: filled.has(record._id) || (record.custom?.includes(MADE_BY) ?? false),
				...(brings.length > 0 && { brings }),
			};
		});
	}

	private hasName(id: string, root: string | undefined): boolean {
		const line = this.line(id);
		const above = line[0]?.parentId;
		return !above || this.byId.has(above) || line.some(({ _id }) => _id === root);
	}

	nameOf(id: string, root?: string): string {
		const line = this.line(id);
		const at = line.findIndex(({ _id }) => _id === root);
		const below = line.slice(at + 1);
		const isBelow = at >= 0 && below.length > 0;
		const path = (isBelow ? below : line).map(({ name }) => pathSegment(name)).join(PATH_SEPARATOR);
		return isBelow ? path : FROM_TOP + path;
	}

	/**
	 * Where a path begins and what is left of it.
	 *
	 * @param below the group that a path without a slash is below
	 * @param isRelative whether a slash is a part of the name
	 */
	start(
		name: string,
		below: string | undefined,
		isRelative: boolean,
	): { parent: GroupRecord; path: string[] } {
		const path = name.split(PATH_SEPARATOR);
		const root = below === undefined ? undefined : this.byId.get(below);
		if (isRelative || !name.startsWith(FROM_TOP)) {
			if (root) return { parent: root, path };
			throw new VendorError(`The group "${name}" cannot be made, because the root group is gone.`, {
				remedy: 'Choose another "Root Group" in the plan.',
			});
		}
		const top = this.top();
		const [first = '', ...rest] = path;
		if (groupKey(first.slice(FROM_TOP.length)) === groupKey(pathSegment(top.name))) {
			return { parent: top, path: rest };
		}
		throw new VendorError(`There is no group "${first}" at the top of the platform.`, {
			remedy: `A path with a slash before it starts at the top: "/${top.name}".`,
		});
	}

	/**
	 * The root group of the sync, as an operator named it: by id, by the path from the top, or by a name
	 * that no other group has.
	 *
	 * @param isWhole whether all groups are here: another one may have the name
	 */
	root(named: string, isWhole: boolean): GroupRecord {
		if (named === '') {
			throw new VendorError('"Root Group" is empty.', {
				remedy: 'Choose the group of 360Learning that all employees are in. Nothing was changed.',
			});
		}
		const all = [...this.byId.values()].filter(({ _id }) => this.hasName(_id, undefined));
		const found =
			this.byId.get(named) ?? all.find(({ _id }) => groupKey(this.nameOf(_id)) === groupKey(named));
		if (!found && !isWhole) {
			throw new VendorError(`360Learning did not deliver all groups, and "${named}" is not among them.`, {
				remedy:
					'Nothing was changed. Run again later, and choose "Root Group" from the list or by its path, so that it is known for certain.',
			});
		}
		const namesakes = all.filter(({ name }) => groupKey(name) === groupKey(named));
		// Below the root group there may be one of the same name.
		const above = namesakes.filter(({ _id }) =>
			namesakes.every((each) => this.line(each._id).some((at) => at._id === _id)),
		);
		const record = found ?? above[0];
		if (record) return record;
		const several = namesakes.map(({ _id }) => `"${this.nameOf(_id)}"`).join(', ');
		throw new VendorError(
			several === ''
				? `360Learning has no group "${named}".`
				: `360Learning has several groups "${named}": ${several}.`,
			{ remedy: 'Choose the group anew in "Root Group". Nothing was changed.' },
		);
	}
}
