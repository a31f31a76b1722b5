import type { Clock } from '../core/clock';
import { isoSeconds } from '../core/clock';
import { areaOf, keyOfField, SYSTEM_ATTRIBUTES } from './attributes';
import { plusDays } from './dates';
import { Organisation } from './organisation';
import { PeopleMap } from './peopleMap';
import { uuid } from './quirks';
import type { CustomAttribute, Person, PersonInput } from './types';

export class PersonioState {
	readonly people = new PeopleMap();
	readonly organisation = new Organisation(this.people);
	readonly customAttributes: CustomAttribute[] = [];
	readonly grantedAttributes = new Set(SYSTEM_ATTRIBUTES.map(({ key }) => key));
	/** On no list, though known by id: as when a right or a filter has changed unnoticed. */
	readonly unlisted = new Set<number>();
	employeesDenied = false;
	organisationDenied = false;
	/** Ended employments of people who have a newer one, newest first. */
	private readonly former = new Map<number, Person[]>();
	/** When which attribute last changed; people without an entry changed as a whole. */
	private readonly changes = new Map<number, { base: string; at: Map<string, string> }>();
	/** Ids rise with time, as those of the vendor do. */
	private lastId = 100_000;

	constructor(private readonly clock: Clock) {}

	addAttribute(attribute: CustomAttribute): void {
		this.customAttributes.push(attribute);
		this.grantedAttributes.add(attribute.key);
	}

	hire(input: PersonInput): Person {
		const id = input.id ?? this.lastId + 1;
		if (this.people.has(id)) throw new Error(`Person ${id} exists already`);
		const createdAt = this.stamp(input.createdAt);
		const person: Person = {
			firstName: 'New',
			lastName: `Person ${id}`,
			preferredName: null,
			email: `person.${id}@nordhafen.example`,
			status: 'active',
			position: null,
			department: null,
			team: null,
			office: null,
			legalEntity: null,
			employmentType: 'internal',
			supervisorId: null,
			hireDate: this.clock.today(),
			contractEndDate: null,
			terminationDate: null,
			lastWorkingDay: null,
			...input,
			id,
			createdAt,
			lastModifiedAt: this.stamp(input.lastModifiedAt ?? createdAt),
			custom: this.checked(input.custom ?? {}),
		};
		this.people.set(id, person);
		this.lastId = Math.max(this.lastId, id);
		return person;
	}

	change(id: number, patch: PersonInput, options: { touch?: boolean } = {}): Person {
		const person = this.people.get(id);
		if (!person) throw new Error(`No person ${id}`);
		const changedKeys = this.changedKeys(person, patch);
		if (isRehire(person, patch)) this.archive(person);
		const lastModifiedAt = this.stamp(patch.lastModifiedAt);
		const custom = { ...person.custom, ...this.checked(patch.custom ?? {}) };
		if (options.touch !== false) {
			const record = this.changes.get(id) ?? { base: person.lastModifiedAt, at: new Map<string, string>() };
			for (const key of changedKeys) record.at.set(key, lastModifiedAt);
			this.changes.set(id, record);
			person.lastModifiedAt = lastModifiedAt;
		}
		Object.assign(person, patch, { id, custom, lastModifiedAt: person.lastModifiedAt });
		// The map keeps orders that may hang on what was changed.
		this.people.set(id, person);
		return person;
	}

	/** No tombstone stays behind. */
	remove(id: number): void {
		this.people.delete(id);
		this.former.delete(id);
		this.changes.delete(id);
	}

	/**
	 * What Personio does at midnight UTC: starters become active on the hire date, leavers inactive
	 * the day after the termination date. `lastModifiedAt` stays: nobody promises that this counts as a change.
	 */
	applyDates(): void {
		const today = this.clock.today();
		for (const person of this.people.values()) {
			if (person.status === 'onboarding' && person.hireDate !== null && person.hireDate <= today) {
				person.status = 'active';
			}
			if (person.terminationDate !== null && person.terminationDate < today) person.status = 'inactive';
		}
	}

	/** An earlier employment of somebody who has a current one. */
	addFormerEmployment(id: number, past: PersonInput): void {
		const person = this.people.get(id);
		if (!person) throw new Error(`No person ${id}`);
		const ended: PersonInput = { status: 'inactive', createdAt: person.createdAt };
		this.former.set(id, [...(this.former.get(id) ?? []), { ...person, ...ended, ...past }]);
	}

	/** Current first. */
	employments(person: Person): { id: string; view: Person }[] {
		const former = this.former.get(person.id) ?? [];
		return [person, ...former].map((view, index) => ({
			id: uuid(`employment ${person.id} ${former.length - index}`),
			view,
		}));
	}

	may(key: string, hidden: ReadonlySet<string>): boolean {
		return this.grantedAttributes.has(key) && !hidden.has(key);
	}

	changedSince(person: Person, keys: Iterable<string>, since: string): boolean {
		for (const key of keys) if (this.changedAt(person, key) > since) return true;
		return false;
	}

	/** Newest change within one of the two v2 objects. */
	changedIn(person: Person, area: 'person' | 'employment'): string {
		const record = this.changes.get(person.id);
		const isCurrent = this.people.get(person.id) === person;
		if (!record || !isCurrent) return person.lastModifiedAt;
		let newest = record.base;
		for (const [key, at] of record.at) if (areaOf(key) === area && at > newest) newest = at;
		return newest;
	}

	/** One form for all instants, so that they can be compared as text. */
	private stamp(instant?: string): string {
		return isoSeconds(instant === undefined ? this.clock.now() : new Date(instant));
	}

	private changedAt(person: Person, key: string): string {
		const record = this.changes.get(person.id);
		return record ? (record.at.get(key) ?? record.base) : person.lastModifiedAt;
	}

	private changedKeys(person: Person, patch: PersonInput): string[] {
		const keys: string[] = [];
		for (const field of Object.keys(patch) as (keyof Person)[]) {
			const key = keyOfField(field);
			if (key !== undefined && patch[field] !== person[field]) keys.push(key);
		}
		for (const [key, value] of Object.entries(patch.custom ?? {})) {
			if (JSON.stringify(value) !== JSON.stringify(person.custom[key])) keys.push(key);
		}
		return keys;
	}

	private archive(person: Person): void {
		const ended = { ...person, terminationDate: person.terminationDate ?? plusDays(this.clock.today(), -1) };
		this.former.set(person.id, [ended, ...(this.former.get(person.id) ?? [])]);
	}

	private checked(custom: Record<string, unknown>): Record<string, unknown> {
		for (const key of Object.keys(custom)) {
			if (!this.customAttributes.some((attribute) => attribute.key === key)) {
				throw new Error(`No custom attribute ${key}; add it with addAttribute()`);
			}
		}
		return { ...custom };
	}
}

/** Somebody inactive who starts again on another day gets a new employment. */
function isRehire(person: Person, patch: PersonInput): boolean {
	return (
		person.status === 'inactive' &&
		patch.status !== undefined &&
		patch.status !== 'inactive' &&
		patch.hireDate !== undefined &&
		patch.hireDate !== person.hireDate
	);
}
