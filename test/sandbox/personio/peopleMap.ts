import type { Person } from './types';

/** Keeps the two list orders, so that a page of a large company does not cost a sort. */
export class PeopleMap extends Map<number, Person> {
	/** Counts the changes, for whoever keeps something derived from the people. */
	version = 0;
	private orders: { newestFirst: Person[]; byId: Person[] } | undefined;

	override set(id: number, person: Person): this {
		this.forget();
		return super.set(id, person);
	}

	override delete(id: number): boolean {
		this.forget();
		return super.delete(id);
	}

	override clear(): void {
		this.forget();
		super.clear();
	}

	/** The v1 list's order. */
	newestFirst(): readonly Person[] {
		return this.ordered().newestFirst;
	}

	byId(): readonly Person[] {
		return this.ordered().byId;
	}

	private forget(): void {
		this.orders = undefined;
		this.version++;
	}

	private ordered(): { newestFirst: Person[]; byId: Person[] } {
		this.orders ??= {
			newestFirst: [...this.values()].sort(
				(a, b) => Number(b.createdAt > a.createdAt) - Number(b.createdAt < a.createdAt) || b.id - a.id,
			),
			byId: [...this.values()].sort((a, b) => a.id - b.id),
		};
		return this.orders;
	}
}
