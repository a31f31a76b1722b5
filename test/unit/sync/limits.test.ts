import { DEFAULT_LIMITS } from '../../../nodes/LmsSync/actions/limitProperties';
import { allowedBy, LIMIT_KINDS, recent } from '../../../nodes/LmsSync/sync/limits';
import { NOTHING, type Memory } from '../../../nodes/LmsSync/sync/memory';
import type { Employee, Learner } from '../../../nodes/shared/item';
import {
	about,
	accountOf,
	aGroup,
	anEmployee,
	fieldsOf,
	holdCode,
	joins,
	LATER,
	NO_LIMITS,
	NOW,
	planned,
	YESTERDAY,
	type Situation,
} from './builders';
import { kept } from './histories';
import { applicable } from './model';

const staff = (count: number, over: (id: number) => Partial<Employee> = () => ({})) =>
	Array.from({ length: count }, (_, index) => anEmployee(index + 1, over(index + 1)));
const linked = (employees: Employee[]): Learner[] => employees.map((each) => accountOf(each));
const left = (upTo: number) => (id: number) => (id <= upTo ? { terminationDate: YESTERDAY } : {});
const ended = ({ people }: ReturnType<typeof planned>) =>
	people.filter(({ decision }) => decision.action === 'deactivate').length;
const hoursAfter = (hours: number, start = NOW) =>
	new Date(Date.parse(start) + hours * 3_600_000).toISOString();
const usual = { limits: DEFAULT_LIMITS };
const seen: Memory = planned({ employees: [], settings: usual }).memory;

describe('with the limits that come with the node', () => {
	const allowed = (people: number) =>
		Object.fromEntries(
			LIMIT_KINDS.map((kind) => [
				kind,
				allowedBy(DEFAULT_LIMITS, kind, { learners: people, employees: people, isFirstLoad: false }),
			]),
		);

	it('a company of 20 loses two people in a run, and one of 20,000 no more than twenty', () => {
		expect(allowed(20)).toEqual({
			deactivations: 2,
			groupRemovals: 4,
			invitations: 5,
			creations: 5,
			emailChanges: 3,
		});
		expect(allowed(20_000)).toEqual({
			deactivations: 20,
			groupRemovals: 50,
			invitations: 100,
			creations: 100,
			emailChanges: 20,
		});
	});

	it.each([
		[20, 2, 2],
		[20, 3, 0],
		[400, 20, 20],
		[400, 21, 0],
		[3, 1, 1],
		[3, 2, 0],
	])('of %i people %i leave, and %i are deactivated', (size, leaving, gone) => {
		const employees = staff(size, left(leaving));
		const plan = planned({ employees, lms: { learners: linked(employees) }, settings: usual });
		expect(ended(plan)).toBe(gone);
		expect(plan.summary.holds.limitExceeded ?? 0).toBe(gone === 0 ? leaving : 0);
	});

	it('a limit of 0 lets nobody through, be it the count or the share', () => {
		const one = { learners: 100, employees: 100, isFirstLoad: false };
		for (const kind of LIMIT_KINDS) {
			const zero = Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, 0]));
			expect(allowedBy({ ...NO_LIMITS, ...zero }, kind, one)).toBe(0);
		}
		expect(allowedBy({ ...NO_LIMITS, maxDeactivationPercent: 0 }, 'deactivations', one)).toBe(0);
	});

	it('part of a person is nobody', () => {
		const one = { learners: 100, employees: 100, isFirstLoad: false };
		expect(allowedBy({ ...NO_LIMITS, maxDeactivations: 0.5 }, 'deactivations', one)).toBe(0);
	});

	it('what is no number lets nobody through', () => {
		const one = { learners: 100, employees: 100, isFirstLoad: false };
		expect(allowedBy({ ...NO_LIMITS, maxDeactivations: Number.NaN }, 'deactivations', one)).toBe(0);
	});
});

describe('a limit that is exceeded', () => {
	it('holds everybody of its kind, and the others go on', () => {
		const employees = [...staff(4, left(3)), anEmployee(9)];
		const renamed = { ...anEmployee(4), lastName: 'New' };
		const plan = planned({
			employees: employees.map((each) => (each.id === renamed.id ? renamed : each)),
			lms: { learners: linked(staff(4)) },
			settings: { limits: { maxDeactivations: 2 } },
		});
		expect(plan.summary.decisions).toMatchObject({ hold: 3, deactivate: 0, update: 1, invite: 1 });
		expect(new Set(plan.people.map(({ decision }) => holdCode(decision)))).toEqual(
			new Set(['limitExceeded', undefined]),
		);
	});

	it('holds an end date, and lets the new name of the same person through', () => {
		const anna = anEmployee(1, { lastName: 'New', terminationDate: LATER });
		const { people } = planned({
			employees: [anna],
			lms: { learners: [accountOf(anEmployee(1))] },
			settings: { limits: { maxDeactivations: 0 } },
		});
		expect(people.map(({ decision }) => [decision.action, fieldsOf(decision)])).toEqual([
			['update', ['lastName']],
			['hold', ['accessEnds']],
		]);
		expect(people[0]?.decision).not.toHaveProperty('accessEnds');
	});

	it('holds an address beside the rest of the person, and a removal from a group beside a joining', () => {
		const anna = anEmployee(1, { lastName: 'New', email: 'new@acme.example', office: 'Berlin' });
		const { people } = planned({
			employees: [anna],
			lms: { learners: [accountOf(anEmployee(1))], groups: [aGroup('Berlin'), aGroup('London')] },
			memberships: { L1: ['London'] },
			settings: {
				groupRules: [joins('office', 'Berlin', 'Berlin'), joins('office', 'London', 'London')],
				limits: { maxEmailChanges: 0, maxGroupRemovals: 0 },
			},
		});
		expect(people.map(({ decision }) => [holdCode(decision), fieldsOf(decision)])).toEqual([
			[undefined, ['lastName']],
			['limitExceeded', []],
			['limitExceeded', ['email']],
		]);
		expect(people.map(({ decision }) => decision.groups.remove.length)).toEqual([0, 1, 0]);
		expect(people[0]?.decision.groups.add).toHaveLength(1);
	});

	it('leaves nothing of a person but what is held where nothing else differs', () => {
		const anna = anEmployee(1, { terminationDate: LATER });
		const plan = planned({
			employees: [anna],
			lms: { learners: [accountOf(anEmployee(1))] },
			settings: { limits: { maxDeactivations: 0 } },
		});
		expect(about(plan, anna)).toMatchObject({ action: 'hold', withheld: 'deactivate' });
	});

	it('does not count a last day that is put off or withdrawn', () => {
		const later = anEmployee(1, { terminationDate: '2026-12-31' });
		const open = anEmployee(2);
		const learners = [accountOf(later, { accessEnds: LATER }), accountOf(open, { accessEnds: LATER })];
		const plan = planned({
			employees: [later, open],
			lms: { learners },
			settings: { limits: { maxDeactivations: 0 } },
		});
		expect(plan.summary.decisions).toMatchObject({ update: 2, hold: 0 });
	});

	it('lets everybody go at a share of a hundred percent', () => {
		const employees = staff(2, left(2));
		const learners = employees.map((each) => accountOf(each));
		expect(ended(planned({ employees, lms: { learners } }))).toBe(2);
	});

	it('is a share of active accounts, also where open invitations are cancelled', () => {
		const employees = staff(2, left(2));
		const [anna, ben] = employees as [Employee, Employee];
		const learners = [accountOf(anna), accountOf(ben, { status: 'pending' })];
		expect(ended(planned({ employees, lms: { learners } }))).toBe(0);
	});
});

describe('people who exchange addresses', () => {
	const [anna, ben, cara] = [1, 2, 3].map((id) => anEmployee(id)) as [Employee, Employee, Employee];
	const ring = [
		accountOf(anna, { email: 'p2@acme.example' }),
		accountOf(ben, { email: 'p3@acme.example' }),
		accountOf(cara, { email: 'p1@acme.example' }),
	];
	const situation = (maxEmailChanges: number, memory?: Memory): Situation => ({
		employees: [anna, ben, cara],
		lms: { learners: ring },
		settings: { limits: { maxEmailChanges } },
		...(memory && { memory }),
	});
	const parked = (plan: ReturnType<typeof planned>) =>
		applicable(plan).filter(({ decision }) => 'parkEmail' in decision).length;

	it('are held together, and none of them is set aside', () => {
		const plan = planned(situation(2));
		expect(applicable(plan)).toEqual([]);
		expect(plan.summary.holds).toEqual({ limitExceeded: 3 });
	});

	it('go together, and just one of them is set aside', () => {
		const plan = planned(situation(3));
		expect(applicable(plan)).toHaveLength(3);
		expect(parked(plan)).toBe(1);
	});

	it('are all held although one of them was touched within the window', () => {
		const touched = [{ at: NOW, kind: 'emailChanges' as const, people: ['1'] }];
		const plan = planned(situation(2, { ...NOTHING, touched }));
		expect(applicable(plan)).toEqual([]);
		expect(plan.summary.holds).toEqual({ limitExceeded: 3 });
	});

	it('wait with somebody who takes an address that is not given up', () => {
		const dora = anEmployee(4, { email: 'p3@acme.example' });
		const learners = [...ring, accountOf(anEmployee(4))];
		const employees = [anna, anEmployee(2, { email: 'p2@acme.example' }), cara, dora];
		const plan = planned({ employees, lms: { learners }, settings: { limits: { maxEmailChanges: 1 } } });
		expect(applicable(plan)).toEqual([]);
	});
});

describe('somebody whose open invitation is replaced', () => {
	it('waits where the new address is held at the account of a colleague', () => {
		const [anna, ben] = [
			anEmployee(1, { email: 'new@acme.example' }),
			anEmployee(2, { email: 'p1@acme.example' }),
		];
		const learners = [
			accountOf(anEmployee(1)),
			accountOf(ben, { email: 'old@acme.example', status: 'pending' }),
		];
		const plan = planned({
			employees: [anna, ben],
			lms: { learners },
			settings: { limits: { maxEmailChanges: 0 } },
		});
		expect(applicable(plan)).toEqual([]);
		expect(plan.summary.holds).toEqual({ limitExceeded: 1, addressInUse: 1 });
	});
});

describe('over the window', () => {
	/** So many of a hundred have left, after runs in which others had. */
	const leak = (hours: number[], limits = {}, start: Memory = seen) => {
		let memory = start;
		const gone = new Set<string>();
		const counts: number[] = [];
		const all = staff(100);
		hours.forEach((hour, run) => {
			const employees = all.map((each, index) =>
				index <= run ? { ...each, terminationDate: YESTERDAY } : each,
			);
			const learners = all.map((each) =>
				accountOf(each, gone.has(each.id) ? { status: 'inactive' as const } : {}),
			);
			const plan = planned({
				employees,
				lms: { learners },
				settings: { limits: { ...DEFAULT_LIMITS, ...limits } },
				memory,
				now: hoursAfter(hour),
				confirmed: planned({ employees: [], settings: { limits: { ...DEFAULT_LIMITS, ...limits } } }).summary
					.configuration.code,
			});
			counts.push(ended(plan));
			for (const { employee } of applicable(plan)) gone.add(employee?.id ?? '');
			memory = kept(plan.memory);
		});
		return { counts, memory };
	};
	const hourly = (count: number) => Array.from({ length: count }, (_, hour) => hour);

	it('a leak of one person an hour is caught', () => {
		const { counts } = leak(hourly(14));
		expect(counts.slice(0, 9)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
		expect(counts.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(10);
		expect(counts.slice(10)).toEqual([0, 0, 0, 0]);
	});

	it('of 0 hours each run is on its own', () => {
		expect(leak(hourly(14), { windowHours: 0 }).counts).toEqual(hourly(14).map(() => 1));
	});

	it('what is older is forgotten', () => {
		const { memory } = leak([0, 25]);
		expect(memory.touched.map(({ people }) => people)).toEqual([['2']]);
	});

	const touched = (people: string[], at = NOW): Memory => ({
		...seen,
		touched: [{ at, kind: 'deactivations', people }],
	});
	const nine = Array.from({ length: 9 }, (_, index) => String(index + 50));
	const run = (memory: Memory, upTo: number, now = NOW) => {
		const employees = staff(100, left(upTo));
		return planned({ employees, lms: { learners: linked(employees) }, settings: usual, memory, now });
	};

	it('the same person counts once', () => {
		expect(ended(run(touched(['1', ...nine]), 1))).toBe(1);
		expect(run(touched(['1', ...nine]), 1).summary.limits[0]).toMatchObject({ wanted: 1, before: 9 });
	});

	it('somebody who is touched again beside somebody new counts once too', () => {
		expect(ended(run(touched(['1', ...nine.slice(1)]), 2))).toBe(2);
		expect(ended(run(touched(['1', ...nine]), 2))).toBe(1);
	});

	it('a run that broke off goes on, and holds only whom it adds', () => {
		const plan = run(touched(['1', '2', ...nine]), 3);
		expect(applicable(plan).map(({ employee }) => employee?.id)).toEqual(['1', '2']);
		expect(plan.summary.holds).toEqual({ limitExceeded: 1 });
	});

	it('a clock that was set back forgets nothing', () => {
		expect(ended(run(touched(['x', ...nine], hoursAfter(48)), 1))).toBe(0);
		expect(run(touched(nine, hoursAfter(48)), 1).memory.touched).toHaveLength(2);
	});

	it('a clock that ran ahead once does not count for ever', () => {
		const ahead = touched(['x', ...nine], '2099-01-01T00:00:00.000Z');
		expect(ended(run(ahead, 1))).toBe(0);
		const { memory } = run(ahead, 0);
		expect(memory.touched.map(({ at }) => at)).toEqual([NOW]);
		expect(ended(run(kept(memory), 1, hoursAfter(23)))).toBe(0);
		expect(ended(run(kept(memory), 1, hoursAfter(24)))).toBe(1);
	});

	it('of 0 hours forgets also what a clock that ran ahead has left', () => {
		expect(recent(touched(nine, hoursAfter(48)).touched, 0, NOW)).toEqual([]);
	});

	it('a limit of 0 lets nobody through whom a run has touched already', () => {
		const [anna] = staff(1, left(1)) as [Employee];
		const plan = planned({
			employees: [anna],
			lms: { learners: [accountOf(anna)] },
			settings: { limits: { maxDeactivations: 0 } },
			memory: touched(['1']),
		});
		expect(ended(plan)).toBe(0);
		expect(plan.summary.limits[0]).toMatchObject({ wanted: 1, before: 0, allowed: 0, exceeded: true });
		expect(about(plan, anna)).toMatchObject({
			hold: { message: expect.stringContaining('end the access of 1 person, and 0 are allowed') },
		});
	});

	it('whom a run has held does not count in the next one', () => {
		const { memory } = run(seen, 11);
		expect(memory.touched).toEqual([]);
	});

	it('an account without an employee is not taken for the employee of that number', () => {
		const [anna, gone] = [anEmployee(1, { terminationDate: YESTERDAY }), anEmployee(77)];
		const learners = [accountOf(anna), accountOf(gone, { id: '1' as Learner['id'] })];
		const { summary } = planned({
			employees: [anna],
			lms: { learners },
			settings: { missingRuns: 1 },
			answers: new Map([[gone.id, 'deleted']]),
		});
		expect(summary.limits[0]?.wanted).toBe(2);
	});
});

describe('a first load', () => {
	it('is not limited, and counts for nobody afterwards', () => {
		const employees = staff(300);
		const first = planned({ employees, settings: usual });
		expect(first.summary.decisions.invite).toBe(300);
		const next = planned({
			employees: [...employees, anEmployee(301)],
			lms: { learners: linked(employees) },
			settings: usual,
			memory: kept(first.memory),
			now: hoursAfter(1),
		});
		expect(next.summary.decisions.invite).toBe(1);
	});

	it('that broke off goes on although some are linked by now', () => {
		const employees = staff(300);
		const first = planned({ employees, settings: usual });
		const learners = linked(employees.slice(0, 10));
		const next = planned({
			employees,
			lms: { learners },
			settings: usual,
			memory: kept(first.memory),
			now: hoursAfter(1),
		});
		expect(next.summary.decisions.invite).toBe(290);
	});

	it('is none where somebody is linked, or a run is on record', () => {
		const employees = staff(300);
		const one = planned({ employees, lms: { learners: linked(employees.slice(0, 1)) }, settings: usual });
		expect(one.summary.decisions.invite).toBe(0);
		expect(planned({ employees, settings: usual, memory: seen }).summary.decisions.invite).toBe(0);
	});

	it('is held by a limit of 0 like any other', () => {
		const { summary } = planned({ employees: staff(3), settings: { limits: { maxInvitations: 0 } } });
		expect(summary.decisions.invite).toBe(0);
	});

	it('does not free whatever takes something away', () => {
		const employees = staff(30, left(30));
		const learners = employees.map((each) => accountOf(each, { link: null }));
		expect(ended(planned({ employees, lms: { learners }, settings: usual }))).toBe(0);
	});
});
