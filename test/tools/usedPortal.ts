import type { Sandbox } from '../sandbox';

/**
 * Makes the sandbox portal one that has been in use for a while, and lets a few things happen in the
 * company since: a dry run then has something of every kind to show.
 */
export function usePortal({ personio, learnUpon, clock }: Sandbox): void {
	const people = [...personio.people.values()].filter(({ email }) => email);
	const groups = new Map<string, number>();
	for (const { id, firstName, lastName, email, department } of people) {
		const user = learnUpon.addUser({
			firstName,
			lastName,
			email: email ?? '',
			custom: { 'Personio ID': String(id) },
		});
		if (!department) continue;
		const group = groups.get(department) ?? learnUpon.addGroup(department).id;
		groups.set(department, group);
		learnUpon.addMembership(group, user.id);
	}

	const day = (offset: number) =>
		new Date(clock.now().getTime() + offset * 86_400_000).toISOString().slice(0, 10);
	const ids = people.map(({ id }) => id).sort((a, b) => a - b);
	const change = (index: number, patch: Parameters<typeof personio.change>[1]) =>
		personio.change(ids[index] as number, patch);
	const [sales, it] = [...groups.keys()];
	change(3, { lastName: 'Freifrau von Wiesenthal-Ahrens' });
	change(4, {
		department: personio.people.get(ids[4] as number)?.department === sales ? it : sales,
	} as never);
	change(5, { terminationDate: day(30) });
	change(6, { terminationDate: day(-1) });
	change(7, { email: 'new.address@nordhafen.example' });
	change(8, { email: null } as never);
	personio.hire({
		firstName: 'Jördis',
		lastName: 'Neumann',
		email: 'joerdis.neumann@nordhafen.example',
		status: 'onboarding',
		department: sales ?? null,
		hireDate: day(14),
	});
}
