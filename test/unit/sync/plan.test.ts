import { learnerId, type Employee, type Learner } from '../../../nodes/shared/item';
import {
	about,
	accountOf,
	aGroup,
	anEmployee,
	holdCode,
	invitationOf,
	joins,
	LATER,
	lmsOnly,
	NOW,
	planned,
	YESTERDAY,
	type Situation,
} from './builders';

const anna = anEmployee(1);
const ben = anEmployee(2);
const cara = anEmployee(3);
const address = (id: number) => `p${id}@acme.example`;

const staff = (from: number, to: number, over: Partial<Employee> = {}): Employee[] =>
	Array.from({ length: to - from + 1 }, (_, index) => anEmployee(from + index, over));
const accounts = (employees: Employee[]): Learner[] => employees.map((employee) => accountOf(employee));
const orderOf = (situation: Situation) =>
	planned(situation)
		.people.filter(({ decision }) => decision.action !== 'hold')
		.map(({ employee }) => employee?.id)
		.join('');

describe('people who exchange addresses', () => {
	it('swap them: one account is set aside first', () => {
		const learners = [accountOf(anna, { email: address(2) }), accountOf(ben, { email: address(1) })];
		const { people } = planned({ employees: [cara, anna, ben], lms: { learners } });
		expect(people.map(({ employee }) => employee?.id)).toEqual(['2', '1', '3']);
		expect(people.map(({ decision }) => 'parkEmail' in decision)).toEqual([false, true, false]);
	});

	it('in a ring of three have one account set aside', () => {
		const learners = [
			accountOf(anna, { email: address(2) }),
			accountOf(ben, { email: address(3) }),
			accountOf(cara, { email: address(1) }),
		];
		const { people } = planned({ employees: [anna, ben, cara], lms: { learners } });
		expect(people.filter(({ decision }) => 'parkEmail' in decision)).toHaveLength(1);
		expect(people.every(({ decision }) => decision.action === 'update')).toBe(true);
	});

	it('in a chain go in the order in which addresses become free', () => {
		const learners = [
			accountOf(anna, { email: address(9) }),
			accountOf(ben, { email: address(1) }),
			accountOf(cara, { email: address(2) }),
		];
		expect(orderOf({ employees: [anna, ben, cara], lms: { learners } })).toBe('321');
	});

	it('are held where an account that only the LMS knows has the new address', () => {
		const learners = [accountOf(anna, { email: 'old@acme.example' }), lmsOnly('x', { email: address(1) })];
		const plan = planned({ employees: [anna], lms: { learners } });
		expect(about(plan, anna)).toMatchObject({ withheld: 'update', hold: { code: 'duplicateAccount' } });
	});

	it('are held where a colleague who keeps it has the new address', () => {
		const gone = anEmployee(2, { status: 'inactive', email: null });
		const learners = [
			accountOf(anna, { email: 'old@acme.example' }),
			accountOf(gone, { email: address(1), status: 'inactive' }),
		];
		const plan = planned({ employees: [anna, gone], lms: { learners } });
		expect(about(plan, anna)).toMatchObject({ withheld: 'update', hold: { code: 'addressInUse' } });
	});

	it('are held behind somebody who is held, and come last', () => {
		const learners = [
			accountOf(anna, { email: address(9) }),
			accountOf(ben, { email: address(1) }),
			lmsOnly('x', { email: address(2) }),
		];
		const { people } = planned({ employees: [anna, ben, cara], lms: { learners } });
		expect(people.map(({ employee, decision }) => [employee?.id, holdCode(decision)])).toEqual([
			['3', undefined],
			['2', 'duplicateAccount'],
			['1', 'addressInUse'],
		]);
	});

	it('replace an invitation only when the new address is free', () => {
		const learners = [invitationOf(anna, { email: 'old@acme.example' }), lmsOnly('x', { email: address(1) })];
		expect(about(planned({ employees: [anna], lms: { learners } }), anna)).toMatchObject({
			withheld: 'invite',
			invite: false,
			hold: { code: 'duplicateAccount' },
		});
	});

	it('let a new colleague have the old address in the next run', () => {
		const heir = anEmployee(2, { email: 'old@acme.example' });
		const learners = [accountOf(anna, { email: 'old@acme.example' })];
		const plan = planned({ employees: [anna, heir], lms: { learners } });
		expect(about(plan, anna).action).toBe('update');
		expect(holdCode(about(plan, heir))).toBe('linkedToOther');
	});
});

describe('a linked learner without an employee', () => {
	const learners = [accountOf(anna), accountOf(ben), invitationOf(cara)];
	const missing = (situation: Partial<Situation>) =>
		planned({ employees: [anna], lms: { learners }, ...situation })
			.people.filter(({ decision }) => holdCode(decision) === 'missing')
			.map(({ learner }) => learner?.id);

	it('is held, and nothing is withheld but a look at it', () => {
		expect(missing({})).toEqual(['L2', 'I3']);
		const { people } = planned({ employees: [], lms: { learners: [accountOf(ben)] } });
		expect(people).toMatchObject([{ decision: { action: 'hold', withheld: 'none', changes: [] } }]);
	});

	it.each(['changes', 'selection'] as const)('is not asked for after a read of %s', (scope) => {
		expect(missing({ roster: { scope } })).toEqual([]);
	});
});

describe('an incomplete roster', () => {
	const berliner = anEmployee(4, { office: 'Berlin', lastName: 'New' });
	const leaver = anEmployee(1, { status: 'inactive' });
	const situation: Situation = {
		employees: [leaver, ben, cara, berliner],
		lms: {
			learners: [accountOf(leaver), accountOf(ben, { lastName: 'Old' }), accountOf(anEmployee(4))],
			groups: [aGroup('London'), aGroup('Berlin')],
		},
		memberships: { L4: ['London'] },
		settings: {
			groupRules: [joins('office', 'London', 'London'), joins('office', 'Berlin', 'Berlin')],
		},
	};
	const actions = (over: Partial<Situation>) =>
		planned({ ...situation, ...over }).people.map(
			({ employee, decision }) => `${employee?.id} ${decision.action} ${holdCode(decision) ?? ''}`,
		);

	it.each<Partial<Situation>['roster']>([
		{ complete: false, reason: 'Page 2 did not come.' },
		{ missingAttributes: ['office'] },
	])('holds every removal while everything else goes on (%j)', (roster) => {
		expect(actions({ roster: roster ?? {} })).toEqual([
			'1 hold incompleteRoster',
			'2 update ',
			'3 invite ',
			'4 update ',
			'4 hold incompleteRoster',
		]);
	});

	it('is not held for an attribute on which nothing depends', () => {
		expect(actions({ roster: { missingAttributes: ['position'] } })).toEqual([
			'1 deactivate ',
			'2 update ',
			'3 invite ',
			'4 update ',
		]);
	});
});

describe('the limit', () => {
	const leavers = (count: number) => staff(1, count, { terminationDate: YESTERDAY });
	const stayers = (count: number) => staff(101, 100 + count);
	const limited = (gone: number, here: number, maxDeactivations: number, maxDeactivationPercent: number) => {
		const employees = [...leavers(gone), ...stayers(here)];
		const situation = { employees, lms: { learners: accounts(employees) } };
		const { summary } = planned({
			...situation,
			settings: { limits: { maxDeactivations, maxDeactivationPercent } },
		});
		return [summary.decisions.deactivate, summary.holds.limitExceeded ?? 0];
	};

	it('lets as many go as it says', () => {
		expect(limited(3, 7, 3, 100)).toEqual([3, 0]);
		expect(limited(1, 9, 20, 10)).toEqual([1, 0]);
	});

	it('holds all of them when there is one more, by count or by share', () => {
		expect(limited(4, 6, 3, 100)).toEqual([0, 4]);
		expect(limited(2, 8, 20, 10)).toEqual([0, 2]);
	});

	it('lets one go where the share of a small company is less than one', () => {
		expect(limited(1, 4, 20, 10)).toEqual([1, 0]);
	});

	it('of zero lets nobody go', () => {
		expect(limited(1, 99, 0, 100)).toEqual([0, 1]);
		expect(limited(1, 99, 20, 0)).toEqual([0, 1]);
	});

	it('leaves the rest of the run alone', () => {
		const employees = [...leavers(2), anna, anEmployee(50, { lastName: 'New' }), anEmployee(51)].slice(1);
		const learners = [...accounts(leavers(2)), accountOf(anEmployee(50))];
		const limits = { maxDeactivations: 0, maxDeactivationPercent: 100 };
		const plan = planned({ employees, lms: { learners }, settings: { limits } });
		expect(plan.summary.decisions).toMatchObject({ update: 1, invite: 1, deactivate: 0, hold: 1 });
	});

	it('is a share of all linked active learners, also when only some people were read', () => {
		const gone = leavers(3);
		const { summary } = planned({
			employees: gone,
			lms: { learners: accounts([...gone, ...stayers(97)]) },
			roster: { scope: 'selection' },
			settings: { limits: { maxDeactivations: 20, maxDeactivationPercent: 10 } },
		});
		expect(summary.limits[0]).toMatchObject({ kind: 'deactivations', wanted: 3, allowed: 10 });
	});

	it('counts an account once, although two employees have to do with it', () => {
		const moving = anEmployee(1, { email: 'new@acme.example' });
		const heir = anEmployee(2, { email: address(1) });
		const { summary } = planned({
			employees: [moving, heir],
			lms: { learners: [accountOf(anna)] },
			settings: { limits: { maxDeactivations: 20, maxDeactivationPercent: 100 } },
		});
		expect(summary.limits[0]?.allowed).toBe(1);
	});
});

describe('the figures of a run', () => {
	it('count learners, decisions and holds', () => {
		const employees = [
			anna,
			anEmployee(2, { lastName: 'New' }),
			anEmployee(3, { status: 'inactive' }),
			anEmployee(4, { email: null }),
			anEmployee(5),
			anEmployee(6),
			anEmployee(7, { terminationDate: LATER }),
		];
		const learners = [
			...accounts([anna, ben, cara]),
			accountOf(anEmployee(7), { status: 'inactive' }),
			invitationOf(anEmployee(6)),
			accountOf(anEmployee(9), { id: learnerId('gone') }),
			lmsOnly('x'),
			lmsOnly('y', { status: 'inactive' }),
		];
		const { summary, people } = planned({ employees, lms: { learners }, settings: { dryRun: true } });
		expect(summary).toMatchObject({
			platform: 'LMS',
			dryRun: true,
			plannedAt: NOW,
			roster: { complete: true, count: 7 },
			learners: { active: 5, pending: 1, inactive: 2, linked: 6, lmsOnly: 2 },
			decisions: { create: 0, invite: 1, update: 1, reactivate: 1, deactivate: 1, none: 2, hold: 2 },
			holds: { noEmail: 1, missing: 1 },
		});
		expect(people).toHaveLength(8);
	});

	it('are all zero for a company without people and a portal without learners', () => {
		const { summary, people } = planned({ employees: [] });
		expect(people).toEqual([]);
		expect(summary.holds).toEqual({});
		expect(Object.values(summary.decisions)).toEqual([0, 0, 0, 0, 0, 0, 0]);
	});
});

describe('the learner of a person', () => {
	it('comes with the groups that were read, and an invitation has none', () => {
		const learners = [accountOf(anna), accountOf(ben), invitationOf(cara)];
		const { people } = planned({
			employees: [anna, ben, cara],
			lms: { learners },
			memberships: { L1: ['London'] },
		});
		expect(people.map(({ learner }) => learner?.groups)).toEqual([['London'], [], undefined]);
	});
});
