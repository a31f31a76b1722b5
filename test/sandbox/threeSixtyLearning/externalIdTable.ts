import type { Condition } from './query';
import type { ExternalId } from './types';

type Kept = Readonly<ExternalId>;

/**
 * External ids by their own id, and found by what they are asked for. What is in it cannot be changed in
 * place: `set` puts another one there.
 */
export class ExternalIdTable extends Map<string, Kept> {
	private readonly byValue = new Map<string, Set<string>>();
	private readonly byTarget = new Map<string, Set<string>>();

	static of(mappings: Iterable<Kept>): ExternalIdTable {
		const table = new ExternalIdTable();
		for (const mapping of mappings) table.set(mapping._id, mapping);
		return table;
	}

	override set(id: string, mapping: Kept): this {
		this.forget(id);
		super.set(id, Object.freeze({ ...mapping }));
		enter(this.byValue, mapping.value, id);
		enter(this.byTarget, mapping.targetId, id);
		return this;
	}

	override delete(id: string): boolean {
		this.forget(id);
		return super.delete(id);
	}

	override clear(): void {
		this.byValue.clear();
		this.byTarget.clear();
		super.clear();
	}

	/** The one that a resource has on a platform. */
	ofTarget(platform: string, targetId: string): Kept | undefined {
		return this.all(this.byTarget.get(targetId)).find((mapping) => mapping.platform === platform);
	}

	withValue(platform: string, value: string): Kept[] {
		return this.all(this.byValue.get(value)).filter((mapping) => mapping.platform === platform);
	}

	copy(): ExternalIdTable {
		return ExternalIdTable.of(this.values());
	}

	/** All that may meet the conditions, and as few others as it takes no look through everything to leave out. */
	candidates(conditions: readonly Condition[]): Kept[] {
		const wanted = (field: string) => {
			const [value] = conditions.find((each) => each.field === field && each.operator === 'eq')?.values ?? [];
			return value;
		};
		const value = wanted('value');
		if (value !== undefined) return this.all(this.byValue.get(value));
		const targetId = wanted('targetId');
		if (targetId !== undefined) return this.all(this.byTarget.get(targetId));
		return [...this.values()];
	}

	private all(ids: Iterable<string> = []): Kept[] {
		return [...ids].map((id) => this.get(id)!);
	}

	private forget(id: string): void {
		const former = this.get(id);
		if (!former) return;
		this.byValue.get(former.value)?.delete(id);
		this.byTarget.get(former.targetId)?.delete(id);
	}
}

function enter(index: Map<string, Set<string>>, key: string, id: string): void {
	const ids = index.get(key);
	if (ids) ids.add(id);
	else index.set(key, new Set([id]));
}
