import type { Person, PersonioSandbox, PersonInput, Sandbox } from '../sandbox';
import { companyOf } from '../sandbox';

/** So many people make a department and an office of a large company; a small one has eight and five. */
const DEPARTMENT = 250;
const OFFICE = 1500;

/** In so many offices a department has people. */
const SPREAD = 3;

const DEPARTMENTS = 'Entwicklung Vertrieb Service People Finanzen Logistik Marketing Recht'.split(' ');
const OFFICES = 'Hamburg Dublin Wien Berlin Zürich'.split(' ');

/** Whose status gives them an account. */
export const isEmployed = ({ status }: Pick<Person, 'status'>): boolean => status !== 'inactive';

/**
 * The company of the sandbox, with departments and offices that grow in number with the company: nine to a
 * boss, twelve custom attributes, a department in three offices; one in 50 has left, and a few are on leave,
 * about to start or in no office.
 */
export function benchCompany(people: number): Person[] {
	const departments = namesFor(people / DEPARTMENT, DEPARTMENTS);
	const offices = namesFor(people / OFFICE, OFFICES);
	return companyOf(people).map((person, index) => {
		const place = index % departments.length;
		const department = departments[place] as string;
		const among = Math.floor(index / departments.length) % SPREAD;
		// One in eleven works from home.
		const office = index % 11 === 10 ? null : (offices[(place + among) % offices.length] as string);
		return { ...person, department, office, team: person.team && `${department} ${1 + (index % 5)}` };
	});
}

/** At least the given ones, then these with a number. */
function namesFor(wanted: number, names: string[]): string[] {
	return Array.from({ length: Math.max(names.length, Math.round(wanted)) }, (_, index) => {
		const round = Math.floor(index / names.length);
		return (names[index % names.length] as string) + (round === 0 ? '' : ` ${round + 1}`);
	});
}

/** What has changed in Personio since the last run. */
export interface Changes {
	joiners: number;
	leavers: number;
	renames: number;
	moves: number;
	addresses: number;
}

export const NO_CHANGES: Changes = { joiners: 0, leavers: 0, renames: 0, moves: 0, addresses: 0 };

/** One in a hundred, in equal parts of five kinds, and at least one of each. */
export function usualDay(people: number): Changes {
	const each = Math.max(1, Math.round(people / 500));
	return { joiners: each, leavers: each, renames: each, moves: each, addresses: each };
}

/** One in ten of those who are employed. */
export function manyLeavers(people: Person[]): Changes {
	return { ...NO_CHANGES, leavers: Math.round(people.filter(isEmployed).length / 10) };
}

/** Makes the changes, spread over the company; leavers first among those who lead nobody. */
export function change({ personio }: Pick<Sandbox, 'personio'>, changes: Changes): void {
	const everybody = [...personio.people.values()];
	const bosses = new Set(everybody.map(({ supervisorId }) => supervisorId));
	const staff = everybody.filter(
		(person) => person.status === 'active' && person.department !== null && person.office !== null,
	);
	const { leavers, renames, moves, addresses, joiners } = changes;
	const rest = new Set(staff);
	const pick = (count: number, suits: (person: Person) => boolean = () => true): Person[] => {
		const candidates = [...rest].filter(suits);
		const step = candidates.length / Math.max(count, 1);
		const picked = Array.from(
			{ length: count },
			(_, index) => candidates[Math.floor(index * step)] as Person,
		);
		for (const person of picked) rest.delete(person);
		return picked;
	};
	const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
	for (const { id } of pick(leavers, ({ id }) => !bosses.has(id))) {
		personio.change(id, { status: 'inactive', terminationDate: yesterday, lastWorkingDay: yesterday });
	}
	for (const { id, lastName } of pick(renames)) personio.change(id, { lastName: `${lastName}-Neumann` });
	for (const person of pick(moves)) move(personio, person, staff);
	for (const { id, email } of pick(addresses)) {
		personio.change(id, { email: `neu.${String(email)}` });
	}
	const today = new Date().toISOString().slice(0, 10);
	for (const [index, like] of pick(joiners).entries()) {
		const { department, office, position, supervisorId, legalEntity } = like;
		const firstName = 'Nora';
		const lastName = `Neuling ${index}`;
		const email = `nora.neuling.${index}@grossfirma.example`;
		const joiner: PersonInput = { firstName, lastName, email, hireDate: today, status: 'active' };
		personio.hire({ ...joiner, department, office, position, supervisorId, legalEntity });
	}
}

/** To another department that has people in the same office, so that its group is there. */
function move(personio: PersonioSandbox, { id, department, office }: Person, staff: Person[]): void {
	const other = staff.find((each) => each.office === office && each.department !== department);
	if (other === undefined) throw new Error(`Nobody in ${String(office)} works in another department.`);
	personio.change(id, { department: other.department });
}
