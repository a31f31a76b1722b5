import { alertsOf, fewerEmployees, gapsSince, RUNS_KEPT } from '../../../nodes/LmsSync/sync/alerts';
import { NOTHING, type Memory } from '../../../nodes/LmsSync/sync/memory';
import { withGaps } from '../../../nodes/LmsSync/sync/missing';
import type { Gap } from '../../../nodes/shared/item';
import { accountOf, anEmployee, aRoster, holdCode, planned } from './builders';
import { kept } from './histories';

const usual = (employees: number, changes: number, runs = 3): Memory => ({
	...NOTHING,
	runs: Array.from({ length: runs }, () => ({ employees, changes })),
});
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

	it('with half of the people ends nobody, and becomes usual after some runs', () => {
		const staff = Array.from({ length: 20 }, (_, index) => anEmployee(index + 1));
		const half = [...staff.slice(0, 9), { ...anEmployee(10), status: 'inactive' as const }];
		const learners = staff.map((each) => accountOf(each));
		let memory: Memory = usual(20, 0);
		const ended: number[] = [];
		for (let run = 0; run < 6; run++) {
			const gaps = fewerEmployees(aRoster(10), memory);
			const roster = withGaps(aRoster(10), gaps);
			const plan = planned({ employees: half, lms: { learners }, roster, memory });
			ended.push(plan.summary.decisions.deactivate);
			expect(plan.summary.alerts.map(({ code }) => code)).toEqual(gaps.length > 0 ? ['fewEmployees'] : []);
			memory = kept(plan.memory);
		}
		expect(ended).toEqual([0, 0, 0, 0, 1, 1]);
	});

	it('is odd with twice the usual changes, from ten on and not before the third run', () => {
		expect(codes(aRoster(50), undefined, 20, usual(50, 10))).toEqual(['manyChanges']);
		expect(codes(aRoster(50), undefined, 19, usual(50, 10))).toEqual([]);
		expect(codes(aRoster(50), undefined, 9, usual(50, 0))).toEqual([]);
		expect(codes(aRoster(50), undefined, 10, usual(50, 0))).toEqual(['manyChanges']);
		expect(codes(aRoster(50), undefined, 40, usual(50, 1, 2))).toEqual([]);
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

	it('is remembered for so many runs, and by none that was a dry one or not whole', () => {
		const memory = usual(5, 0, RUNS_KEPT);
		const employees = [anEmployee(1)];
		expect(planned({ employees, memory }).memory.runs).toHaveLength(RUNS_KEPT);
		expect(planned({ employees, memory }).memory.runs.at(-1)).toEqual({ employees: 1, changes: 1 });
		expect(planned({ employees, memory, settings: { dryRun: true } }).memory.runs).toEqual(memory.runs);
		expect(planned({ employees, memory, roster: { complete: false } }).memory.runs).toEqual(memory.runs);
	});
});

describe('fewer accounts than in the run before', () => {
	const some = (accounts: number) => ({ accounts, linked: accounts, groups: accounts });

	it.each(['accounts', 'linked', 'groups'] as const)('are a gap, also of %s alone', (what) => {
		const gaps = gapsSince({ listed: some(5) }, { ...some(5), [what]: 4 }, []);
		expect(gaps).toEqual([{ code: 'fewerThanUsual', message: expect.stringContaining('listed 4 ') }]);
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
