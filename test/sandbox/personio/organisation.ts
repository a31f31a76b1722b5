import type { PeopleMap } from './peopleMap';
import type { Person } from './types';

export type OrgKind = 'department' | 'team' | 'office' | 'legalEntity' | 'costCenter';

export interface OrgItem {
	id: number;
	name: string;
}

/**
 * Departments and teams count in ranges that overlap: in v2 an id says nothing without its type.
 * Nothing that is documented rules that out.
 */
const FIRST_ID: Record<OrgKind, number> = {
	department: 4101,
	team: 4103,
	office: 60301,
	legalEntity: 171,
	costCenter: 1000,
};

/** Names to ids, given out when a name is first met, as the vendor's tables would. */
export class Organisation {
	private readonly ids = new Map<string, number>();
	private readonly counts = new Map<OrgKind, number>();

	private metVersion = -1;

	constructor(private readonly people: PeopleMap) {}

	idOf(kind: OrgKind, name: string): number {
		const key = `${kind}:${name}`;
		let id = this.ids.get(key);
		if (id === undefined) {
			const count = this.counts.get(kind) ?? 0;
			this.counts.set(kind, count + 1);
			id = FIRST_ID[kind] + count;
			this.ids.set(key, id);
		}
		return id;
	}

	/** Units stay when the last person leaves them. */
	list(kind: OrgKind): OrgItem[] {
		this.meetEveryone();
		return [...this.ids]
			.filter(([key]) => key.startsWith(`${kind}:`))
			.map(([key, id]) => ({ id, name: key.slice(kind.length + 1) }));
	}

	/** In the order of the people, so that ids do not depend on who asked what first. */
	meetEveryone(): void {
		if (this.metVersion === this.people.version) return;
		this.metVersion = this.people.version;
		for (const person of this.people.values()) this.meet(person);
	}

	private meet({ department, team, office, legalEntity }: Person): void {
		if (department) {
			this.idOf('department', department);
			this.idOf('costCenter', department);
		}
		if (team) this.idOf('team', team);
		if (office) this.idOf('office', office);
		if (legalEntity) this.idOf('legalEntity', legalEntity);
	}
}
