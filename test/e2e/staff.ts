import type { Stage } from './stage';

export interface Department {
	name: string;
	/** Ids of those who are in and stay. */
	people: number[];
}

/** The departments of the demo company, the smallest first. */
export function departments({ sandbox: { personio } }: Stage): Department[] {
	const found = new Map<string, number[]>();
	for (const { id, status, terminationDate, department, email } of personio.people.values()) {
		if (status !== 'active' || terminationDate || !department || !email) continue;
		found.set(department, [...(found.get(department) ?? []), id]);
	}
	return [...found]
		.map(([name, people]) => ({ name, people }))
		.sort((a, b) => a.people.length - b.people.length);
}

/** People of the large departments, whom no other check is about. */
export function someOf(stage: Stage, count: number): number[] {
	const people = departments(stage)
		.slice(3)
		.flatMap((each) => each.people);
	if (people.length < count) throw new Error(`Only ${people.length} people are left.`);
	return people.slice(0, count);
}

/** A department other than that of somebody. */
export function otherDepartment(stage: Stage, id: number): string {
	const { department } = stage.company.get(id);
	const other = departments(stage).find(({ name }) => name !== department);
	if (!other) throw new Error('There is one department only.');
	return other.name;
}
