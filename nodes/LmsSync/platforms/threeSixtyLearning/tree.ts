import { groupKey, pathSegment } from '../../sync/groups';
import { PATH_SEPARATOR, type Group } from '../../sync/lmsState';
import { VendorError } from '../../../shared/transport/vendorError';

export interface GroupRecord {
	_id: string;
	name: string;
	public?: boolean;
	/** Absent at the topmost group. */
	parentId?: string | null;
	/** A note for administrators. */
	custom?: string | null;
}

/** In the note of groups that this sync has made. */
export const MADE_BY = 'Made by the Personio sync.';

const FROM_TOP = '/';

/** The groups of a 360Learning: one tree, kept as a flat list. */
export class Tree {
	private readonly byId: Map<string, GroupRecord>;

	private readonly children = new Map<string, GroupRecord[]>();

	/** @throws VendorError if a group is missing, below which others are: they would be made a second time */
	static of(records: GroupRecord[]): Tree {
		const ids = new Set(records.map(({ _id }) => _id));
		const orphan = records.find(({ parentId }) => parentId && !ids.has(parentId));
		if (!orphan) return new Tree(records);
		throw new VendorError(`360Learning delivered the group "${orphan.name}" without the group above it.`, {
			remedy: 'Nothing was changed. Run again later.',
		});
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
		const found = [...this.byId.values()].find(({ parentId }) => !parentId);
		if (found) return found;
		throw new VendorError('360Learning delivered no group at the top of the platform.', {
			remedy: 'Check that the credential may read all groups, and run again.',
		});
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
	 * All groups, named as the sync sees them.
	 *
	 * @param filled ids of those that the sync has filled
	 */
	groups(root: GroupRecord | undefined, filled: ReadonlySet<string>): Group[] {
		return [...this.byId.values()].map((record) => {
			const brings = this.broughtBy(record._id);
			return {
				id: record._id,
				name: this.nameOf(record._id, root?._id),
				own: filled.has(record._id) || (record.custom?.includes(MADE_BY) ?? false),
				...(brings.length > 0 && { brings }),
			};
		});
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
	 */
	root(named: string): GroupRecord {
		if (named === '') {
			throw new VendorError('"Root Group" is empty.', {
				remedy: 'Choose the group of 360Learning that all employees are in. Nothing was changed.',
			});
		}
		const all = [...this.byId.values()];
		const found =
			this.byId.get(named) ?? all.find(({ _id }) => groupKey(this.nameOf(_id)) === groupKey(named));
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
