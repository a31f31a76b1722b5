import type { Employee, Learner } from '../../../nodes/shared/item';
import { about, anEmployee, holdCode, marked, plannedIn, reportsTo, without } from './builders';

const boss = anEmployee(1, { supervisor: null });
const deputy = anEmployee(2, { supervisor: null });
const anna = anEmployee(3, reportsTo(1));
const [bossAccount, deputyAccount] = [marked(boss, null), marked(deputy, null)];

describe('supervisors in a ring', () => {
	const held = (employees: Employee[], learners: Learner[]) =>
		plannedIn(employees, learners).people.filter(({ decision }) => holdCode(decision) === 'managerCycle');
	const all = [bossAccount, deputyAccount, marked(anna, null)];

	it('of two are held, and say who is meant', () => {
		const [one, two] = [anEmployee(1, reportsTo(2)), anEmployee(2, reportsTo(1))];
		expect(held([one, two], all)).toMatchObject([
			{ employee: one, decision: { withheld: 'manager', manager: { to: '2' }, changes: [] } },
			{ employee: two, decision: { hold: { message: expect.stringContaining("each other's manager") } } },
		]);
	});

	it('of three are held', () => {
		const ring = [anEmployee(1, reportsTo(2)), anEmployee(2, reportsTo(3)), anna];
		const [first] = held(ring, all);
		expect(held(ring, all)).toHaveLength(3);
		expect(first?.decision).toMatchObject({
			hold: {
				message: expect.stringMatching(/First1.*reports to First2.*reports to First3.*reports to First1/),
			},
		});
	});

	it('of one is held', () => {
		const own = anEmployee(3, reportsTo(3));
		expect(held([own], all)).toMatchObject([
			{ decision: { hold: { message: expect.stringContaining('their own supervisor') } } },
		]);
	});

	it('hold nothing else of those people, nor of those below them', () => {
		const [one, two] = [anEmployee(1, { ...reportsTo(2), lastName: 'New' }), anEmployee(2, reportsTo(1))];
		const { people } = plannedIn([one, two, anna], all);
		const ofOne = people.filter(({ employee }) => employee === one).map(({ decision }) => decision.action);
		expect(ofOne).toEqual(['update', 'hold']);
		expect(about({ people }, anna)).toMatchObject({ manager: { to: '1' } });
	});

	it('leave a manager in place who was set before', () => {
		const [one, two] = [anEmployee(1, reportsTo(2)), anEmployee(2, reportsTo(1))];
		const learners = [marked(one, two.id), deputyAccount];
		expect(held([one, two], learners).map(({ employee }) => employee)).toEqual([two]);
	});

	describe('that are closed by a manager who stays', () => {
		const managers = (employees: Employee[], learners: Learner[]) =>
			plannedIn(employees, learners).people.flatMap(({ decision }) =>
				decision.action !== 'hold' && decision.manager ? [decision.manager.to] : [],
			);

		it('since the new supervisor has no account', () => {
			const [one, two] = [anEmployee(1, reportsTo(9)), anEmployee(2, reportsTo(1))];
			expect(managers([one, two], [marked(one, two.id), deputyAccount])).toEqual([]);
		});

		it('since the supervisor is not delivered', () => {
			const [one, two] = [without(anEmployee(1), 'supervisor'), anEmployee(2, reportsTo(1))];
			expect(managers([one, two], [marked(one, two.id), deputyAccount])).toEqual([]);
		});

		it('since only one of the two was read', () => {
			const two = anEmployee(2, reportsTo(1));
			expect(managers([two], [marked(boss, two.id), deputyAccount])).toEqual([]);
		});

		it('since the new supervisor is held in a ring', () => {
			const [one, two] = [anEmployee(1, reportsTo(3)), anEmployee(2, reportsTo(1))];
			const three = anEmployee(3, reportsTo(1));
			const learners = [marked(one, two.id), deputyAccount, marked(three, null)];
			expect(managers([one, two, three], learners)).not.toContain('1');
		});
	});

	it('that is opened in the same run lets the new manager be set', () => {
		const two = anEmployee(2, reportsTo(1));
		const plan = plannedIn([boss, two], [marked(boss, two.id), deputyAccount]);
		expect(about(plan, boss)).toMatchObject({ manager: { from: '2', to: null } });
		expect(about(plan, two)).toMatchObject({ manager: { from: null, to: '1' } });
	});
});
