import { alertsOf, DAYS_KEPT, fewerEmployees, gapsSince, listedIn } from '../../../nodes/LmsSync/sync/alerts';
import { NOTHING, type Memory } from '../../../nodes/LmsSync/sync/memory';
import { withGaps } from '../../../nodes/LmsSync/sync/missing';
import type { Gap, Roster } from '../../../nodes/shared/item';
import { accountOf, anEmployee, aRoster, holdCode, planned } from './builders';
import { kept } from './histories';

/** So many days before or after today, at an hour. */
const at = (days: number, hour = 6): string => new Date(Date.UTC(2026, 2, 10 + days, hour)).toISOString();
const dayAt = (days: number): string => at(days).slice(0, 10);

/** What the days before today had, the last one being yesterday. */
const days = (sizes: Array<[employees: number, changes?: number]>): Memory => ({
	...NOTHING,
	days: sizes.map(([employees, changes], index) => ({
		day: dayAt(index - sizes.length),
		employees,
		...(changes !== undefined && { changes }),
	})),
});
const usual = (employees: number, changes: number, count = 3): Memory =>
	days(Array.from({ length: count }, () => [employees, changes]));
const codes = (...args: Parameters<typeof alertsOf>) => alertsOf(...args).map(({ code }) => code);

describe('the shape of a run', () => {
	it('is odd where Personio delivers nobody at all', () => {
		expect(codes(aRoster(0), undefined, 0, NOTHING)).toEqual(['nobody']);
		expect(codes(aRoster(0, { scope: 'changes' }), undefined, 0, NOTHING)).toEqual([]);
	});

	it.each([
		[100, 51, false],
		[100, 50, true],
		[100, 1, true],
		[4, 2, true],
		[2, 1, false],
		[0, 5, false],
	])('of usually %i employees is odd with %i of them: %s', (before, now, isOdd) => {
		expect(fewerEmployees(aRoster(now), usual(before, 0)).length > 0).toBe(isOdd);
	});

	it('is not measured by a run about changes, and nobody at all is another matter', () => {
		expect(fewerEmployees(aRoster(1, { scope: 'changes' }), usual(100, 0))).toEqual([]);
		expect(fewerEmployees(aRoster(0), usual(100, 0))).toEqual([]);
	});

	const half = (memory: Memory, hours: number[], from = 0, until = 7) => {
		const staff = Array.from({ length: 20 }, (_, index) => anEmployee(index + 1));
		const employees = [...staff.slice(0, 9), { ...anEmployee(10), status: 'inactive' as const }];
		const learners = staff.map((each) => accountOf(each));
		const runs: Array<{ day: number; ended: number; codes: string[] }> = [];
		let last = memory;
		for (let day = from; day < until; day++) {
			for (const hour of hours) {
				const read = aRoster(10, { readAt: at(day, hour) });
				const roster = withGaps(read, fewerEmployees(read, last));
				const { summary, memory: next } = planned({
					employees,
					lms: { learners },
					roster,
					memory: last,
					now: read.readAt,
				});
				const { decisions, alerts } = summary;
				runs.push({ day, ended: decisions.deactivate, codes: alerts.map(({ code }) => code) });
				last = kept(next);
			}
		}
		return runs;
	};
	const odd = (runs: ReturnType<typeof half>) =>
		runs.filter(({ codes: all }) => all.includes('fewEmployees')).map(({ day }) => day);

	it('with half of the people ends nobody, and becomes usual after five days', () => {
		const runs = half(usual(20, 0, 30), [6]);
		expect(odd(runs)).toEqual([0, 1, 2, 3, 4]);
		expect(runs.map(({ ended }) => ended)).toEqual([0, 0, 0, 0, 0, 1, 1]);
		const [gap] = fewerEmployees(aRoster(10), usual(20, 0));
		expect(gap?.message).toContain('after 5 days');
	});

	it('with half of the people is odd on the same days where each hour has a run', () => {
		const hours = Array.from({ length: 24 }, (_, hour) => hour);
		expect(new Set(odd(half(usual(20, 0, 30), hours)))).toEqual(new Set([0, 1, 2, 3, 4]));
	});

	it('with half of the people is odd from the second run on, and still on the day after', () => {
		const today: Memory = { ...NOTHING, days: [{ day: dayAt(0), employees: 20, changes: 0 }] };
		expect(odd(half(today, [7, 8, 9], 0, 4))).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
		expect(odd(half(days([[20, 0]]), [7, 8], 0, 4))).toEqual([0, 0, 1, 1]);
	});

	it('with half of the people does not hide that an earlier run of the day had more', () => {
		const memory: Memory = { ...NOTHING, days: [...days([[5]]).days, { day: dayAt(0), employees: 500 }] };
		expect(fewerEmployees(aRoster(200), memory)).toHaveLength(1);
	});

	const many = (changes: number, memory: Memory, over: Partial<Roster> = {}) =>
		codes(aRoster(100, over), undefined, changes, memory);

	it('is odd with twice the usual changes, from ten on and not before the third day', () => {
		expect(many(20, usual(100, 10))).toEqual(['manyChanges']);
		expect(many(19, usual(100, 10))).toEqual([]);
		expect(many(9, usual(100, 0))).toEqual([]);
		expect(many(10, usual(100, 0))).toEqual(['manyChanges']);
		expect(many(40, usual(100, 1, 2))).toEqual([]);
	});

	it('is odd from one in a hundred employees on, whoever the run is about', () => {
		expect(many(19, usual(2000, 0), { count: 2000 })).toEqual([]);
		expect(many(20, usual(2000, 0), { count: 2000 })).toEqual(['manyChanges']);
		expect(many(19, usual(2000, 0), { count: 19, scope: 'changes' })).toEqual([]);
	});

	it.each([3, 9, 10, 29])('is odd with many changes %i days after a first load', (quiet) => {
		const memory = days([[500], ...Array.from({ length: quiet }, (): [number, number] => [500, 2])]);
		expect(alertsOf(aRoster(500), undefined, 400, memory)).toEqual([
			{
				code: 'manyChanges',
				message: `This run is about 400 people, and up to 2 are usual (by the last ${quiet} days with a run).`,
			},
		]);
	});

	it('is not odd with the joiners of a Monday, where each hour has a run', () => {
		let memory: Memory = NOTHING;
		const alerts: string[] = [];
		const staff = Array.from({ length: 100 }, (_, index) => anEmployee(index + 1));
		for (let day = 0; day < 21; day++) {
			for (const hour of [6, 7, 8]) {
				const isMonday = day % 7 === 6 && hour === 7;
				const learners = staff.slice(isMonday ? 12 : 0).map((each) => accountOf(each));
				const roster = { readAt: at(day, hour) };
				const plan = planned({ employees: staff, lms: { learners }, roster, memory, now: at(day, hour) });
				alerts.push(...plan.summary.alerts.map(({ code }) => `${code} on day ${day}`));
				memory = kept(plan.memory);
			}
		}
		// Of the first Monday nobody can know.
		expect(alerts).toEqual(['manyChanges on day 6']);
	});

	it('is odd again in the next run of a day that waits for somebody', () => {
		const memory = usual(100, 0);
		const today = { day: dayAt(0), employees: 100, changes: 12 };
		expect(many(12, { ...memory, days: [...memory.days, today] })).toEqual(['manyChanges']);
	});

	it('counts those whom a limit has held as changes too', () => {
		const staff = Array.from({ length: 12 }, (_, index) => anEmployee(index + 1, { status: 'inactive' }));
		const learners = staff.map((each) => accountOf(each));
		const { summary } = planned({
			employees: staff,
			lms: { learners },
			settings: { limits: { maxDeactivations: 1 } },
			memory: usual(12, 1),
		});
		expect(summary.decisions.deactivate).toBe(0);
		expect(summary.alerts.map(({ code }) => code)).toEqual(['manyChanges']);
	});

	it('is odd with a list that is not whole, of either side, with the reason', () => {
		const gap = { code: 'pageMissing' as const, message: 'Page 2 did not come.' };
		const [ours] = alertsOf(withGaps(aRoster(5), [gap]), undefined, 0, NOTHING);
		const [theirs] = alertsOf(aRoster(5), [gap], 0, NOTHING);
		expect(ours).toEqual({ code: 'incomplete', message: gap.message });
		expect(theirs).toEqual(ours);
		expect(alertsOf(aRoster(5, { complete: false }), undefined, 0, NOTHING)[0]?.message).not.toBe('');
	});

	const employees = [anEmployee(1)];
	const ours = { settings: { matchBy: 'email' as const }, lms: { learners: [accountOf(anEmployee(1))] } };

	it('is remembered for so many days, and by none that was a dry one or not whole', () => {
		const memory = usual(5, 0, DAYS_KEPT);
		const after = planned({ employees, memory }).memory.days;
		expect(after).toHaveLength(DAYS_KEPT);
		expect(after.at(-1)).toMatchObject({ day: dayAt(0), employees: 1 });
		expect(planned({ employees, memory, settings: { dryRun: true } }).memory.days).toEqual(memory.days);
		expect(planned({ employees, memory, roster: { complete: false } }).memory.days).toEqual(memory.days);
		expect(planned({ employees, memory, roster: { scope: 'changes' } }).memory.days).toEqual(memory.days);
	});

	it('is remembered by the most changes and the last employees of a day', () => {
		const today = { day: dayAt(0), employees: 2, changes: 7 };
		const { memory } = planned({ employees, ...ours, memory: { ...NOTHING, days: [today] } });
		expect(memory.days).toEqual([{ ...today, employees: 1 }]);
	});

	it('is remembered without the changes of a first load', () => {
		const first = planned({ employees }).memory;
		expect(first.days).toEqual([{ day: dayAt(0), employees: 1 }]);
		const next = planned({ employees, memory: kept(first) }).memory;
		expect(next.days).toEqual([{ day: dayAt(0), employees: 1, changes: 1 }]);
	});
});

describe('fewer accounts than in the run before', () => {
	const some = (accounts: number) => ({ accounts, linked: accounts, groups: accounts });

	it.each(['accounts', 'linked', 'groups'] as const)('are a gap, also of %s alone', (what) => {
		const gaps = gapsSince({ listed: some(5) }, { ...some(5), [what]: 4 }, []);
		expect(gaps).toEqual([{ code: 'fewerThanUsual', message: expect.stringContaining('listed 4 ') }]);
	});

	it('are a gap also of invitations, where the LMS counts them', () => {
		const before = { ...some(5), invitations: 6 };
		expect(gapsSince({ listed: before }, { ...some(5), invitations: 5 }, [])).toEqual([
			{ code: 'fewerThanUsual', message: expect.stringContaining('listed 5 invitations of any status') },
		]);
		expect(gapsSince({ listed: before }, before, [])).toEqual([]);
		expect(gapsSince({ listed: before }, some(5), [])).toEqual([]);
		expect(gapsSince({ listed: some(5) }, before, [])).toEqual([]);
	});

	it('hold newcomers for one run', () => {
		const [anna, ben] = [anEmployee(1), anEmployee(2)];
		const memory: Memory = { ...NOTHING, listed: some(2) };
		const gaps = gapsSince(memory, some(1), []);
		const learners = [accountOf(anna)];
		const first = planned({ employees: [anna, ben], lms: { learners, gaps }, memory });
		expect(first.people.map(({ decision }) => holdCode(decision))).toContain('incompleteLearners');
		expect(first.summary.decisions.invite).toBe(0);
		const next = kept(first.memory);
		expect(gapsSince(next, { ...some(1), groups: 0 }, [])).toEqual([]);
		const second = planned({ employees: [anna, ben], lms: { learners }, memory: next });
		expect(second.summary.decisions.invite).toBe(1);
	});

	it('are no matter where as many or more are listed, or nothing is known', () => {
		expect(gapsSince({ listed: some(2) }, some(2), [])).toEqual([]);
		expect(gapsSince({ listed: some(2) }, some(3), [])).toEqual([]);
		expect(gapsSince({}, some(0), [])).toEqual([]);
	});

	it('are not remembered from a list with another gap', () => {
		const gaps = [{ code: 'pageMissing' as const, message: 'A page did not come.' }];
		const memory: Memory = { ...NOTHING, listed: some(2) };
		expect(planned({ employees: [anEmployee(1)], lms: { gaps }, memory }).memory.listed).toEqual(some(2));
	});
});

it('an account that was brought back and cannot be used yet is none fewer', () => {
	const ended = accountOf(anEmployee(1), { status: 'inactive' });
	const back = accountOf(anEmployee(1), { status: 'pending', restored: true });
	const before = listedIn({ learners: [ended], groups: [] });
	expect(before).toMatchObject({ accounts: 1, linked: 1 });
	expect(gapsSince({ listed: before }, listedIn({ learners: [back], groups: [] }), [])).toEqual([]);
	const invited = accountOf(anEmployee(1), { status: 'pending' });
	expect(listedIn({ learners: [invited], groups: [] })).toMatchObject({ accounts: 0, linked: 0 });
});

describe('a list of groups that ends with a full page', () => {
	const full: Gap[] = [{ code: 'lastPageFull', message: 'A full page.' }];
	const listed = { accounts: 3, linked: 3, groups: 500 };

	it('has its end there if it ended so before, and otherwise nobody knows', () => {
		expect(gapsSince({ listed }, listed, full)).toEqual([]);
		expect(gapsSince({ listed: { ...listed, groups: 499 } }, listed, full)).toEqual(full);
		expect(gapsSince({}, listed, full)).toEqual(full);
	});

	it('is remembered although it is a gap', () => {
		const { memory } = planned({ employees: [anEmployee(1)], lms: { gaps: full } });
		expect(memory.listed).toEqual({ accounts: 0, linked: 0, groups: 0 });
	});
});
