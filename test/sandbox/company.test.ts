import { companyOf, demoCompany } from './company';
import type { Person } from './personio/types';

const count = (people: Person[], key: (person: Person) => unknown) => new Set(people.map(key)).size;

function hasCycle(people: Person[]): boolean {
	const bossOf = new Map(people.map(({ id, supervisorId }) => [id, supervisorId]));
	return people.some(({ id }) => {
		let steps = 0;
		for (let at: number | null | undefined = id; at; at = bossOf.get(at))
			if (steps++ > people.length) return true;
		return false;
	});
}

describe('the seed', () => {
	const demo = demoCompany();

	it('has 34 people, 33 active and one on leave, in six departments and two offices', () => {
		expect(demo).toHaveLength(34);
		expect(demo.filter(({ status }) => status === 'active')).toHaveLength(33);
		expect(demo.filter(({ status }) => status === 'leave')).toHaveLength(1);
		expect(count(demo, ({ department }) => department)).toBe(6);
		expect(new Set(demo.map(({ office }) => office))).toEqual(new Set(['Dublin', 'Remote', null]));
		expect(demo.filter(({ office }) => office === null)).toHaveLength(1);
	});

	it('has distinct ids and addresses, all on reserved domains, and a tree of supervisors', () => {
		for (const people of [demo, companyOf(5000)]) {
			expect(count(people, ({ id }) => id)).toBe(people.length);
			expect(count(people, ({ email }) => email)).toBe(people.length);
			expect(people.every(({ email }) => /^[a-z0-9.-]+@[a-z.-]+\.example$/.test(email!))).toBe(true);
			const ids = new Set(people.map(({ id }) => id));
			expect(people.every(({ supervisorId }) => supervisorId === null || ids.has(supervisorId))).toBe(true);
			expect(hasCycle(people)).toBe(false);
		}
	});

	it('has one account with hardly any data', () => {
		const bare = demo.filter(({ hireDate, position }) => hireDate === null && position === '');
		expect(bare).toHaveLength(1);
		expect(bare[0]).toMatchObject({ supervisorId: null, team: null, office: null, custom: {} });
	});

	it('is the same at any size', () => {
		expect(companyOf(40)).toEqual(companyOf(90).slice(0, 40));
		const large = companyOf(50_000);
		expect(new Set(large.map(({ email }) => email)).size).toBe(50_000);
	});
});
