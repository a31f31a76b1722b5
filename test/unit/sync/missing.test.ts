import { answersOf, whomToAsk, withAnswers, type Answer } from '../../../nodes/LmsSync/sync/missing';
import { NOTHING, type Memory } from '../../../nodes/LmsSync/sync/memory';
import type { EmployeeId, Learner } from '../../../nodes/shared/item';
import { anAcademy, accountOf, anEmployee, aRoster, holdCode, NO_LIMITS, planned } from './builders';
import { kept } from './histories';
import { codeOf } from '../../../nodes/LmsSync/sync/configuration';
import { inquire, withoutDetails } from '../../../nodes/LmsSync/sync/inquiry';
import { plan } from '../../../nodes/LmsSync/sync/plan';
import { someSettings, NOW } from './builders';

const anna = anEmployee(1);
const account = accountOf(anna);
const others = [2, 3].map((id) => anEmployee(id));
const learners = [account, ...others.map((each) => accountOf(each))];
const says = (answer: Answer): ReadonlyMap<EmployeeId, Answer> => new Map([[anna.id, answer]]);
const never = { missingRuns: 0 };

/** A run that does not list Anna. */
function run(
	answer: Answer | undefined,
	memory: Memory = NOTHING,
	{ missingRuns = 0, complete = true, dryRun = false, exclude = [] as string[], maxDeactivations = 100 } = {},
) {
	const settings = { missingRuns, dryRun, scope: { exclude }, limits: { ...NO_LIMITS, maxDeactivations } };
	const roster = withAnswers(aRoster(others.length, { complete }), answer ? says(answer) : new Map());
	const made = planned({
		employees: others,
		lms: { learners },
		settings,
		roster,
		memory,
		confirmed: codeOf(someSettings(settings)),
		...(answer && { answers: says(answer) }),
	});
	const person = made.people.find(({ learner }) => learner?.id === account.id);
	return { ...made, decision: person?.decision, memory: kept(made.memory) };
}

describe('somebody whom Personio no longer lists', () => {
	it('is asked for once, and again only where a workflow may end access some day', () => {
		expect(whomToAsk([account], NOTHING, never)).toEqual([anna.id]);
		const { memory } = run('deleted');
		expect(whomToAsk([account], memory, never)).toEqual([]);
		expect(whomToAsk([account], memory, { missingRuns: 1 })).toEqual([anna.id]);
	});

	it('is asked for again where Personio did not answer', () => {
		expect(whomToAsk([account], run('unknown').memory, never)).toEqual([anna.id]);
	});

	it('is one of fifty at most, those who were never asked for first, and each number once', () => {
		const many = Array.from({ length: 80 }, (_, index) => accountOf(anEmployee(index + 1)));
		const missing: Memory['missing'] = { [many[79]?.link as EmployeeId]: { deletedAt: NOW, runs: 1 } };
		const asked = whomToAsk([...many, account], { missing }, { missingRuns: 3 });
		expect(asked).toHaveLength(50);
		expect(asked).not.toContain('80');
		expect(new Set(asked).size).toBe(50);
	});

	it('comes to be asked for, however many are missing', () => {
		const many = Array.from({ length: 80 }, (_, index) => accountOf(anEmployee(index + 1)));
		const missing: Memory['missing'] = {};
		const asked = new Set<EmployeeId>();
		for (let each = 0; each < 5; each++) {
			for (const id of whomToAsk(many, { missing }, { missingRuns: 9 })) {
				asked.add(id);
				missing[id] = { deletedAt: NOW, runs: each + 1 };
			}
		}
		expect(asked.size).toBe(80);
	});

	it('is held, and never loses access by default, however many runs there are', () => {
		let { memory } = run(undefined);
		for (let each = 0; each < 10; each++) {
			const { decision, memory: next } = run('deleted', memory);
			expect(decision && holdCode(decision)).toBe('missing');
			memory = next;
		}
	});

	it('and exists makes the list incomplete, and everything is held', () => {
		const { summary, decision } = run('exists', NOTHING, { missingRuns: 1 });
		expect(summary.roster).toMatchObject({ complete: false, gaps: [{ code: 'notListed' }] });
		expect(decision && holdCode(decision)).toBe('missing');
		expect(summary.alerts.map(({ code }) => code)).toEqual(['notListed']);
	});

	it('loses access after so many complete runs with such an answer', () => {
		let memory: Memory = NOTHING;
		const actions: Array<string | undefined> = [];
		for (let each = 0; each < 4; each++) {
			const made = run('deleted', memory, { missingRuns: 3 });
			actions.push(made.decision?.action);
			memory = made.memory;
		}
		expect(actions).toEqual(['hold', 'hold', 'deactivate', 'deactivate']);
	});

	it('does not lose it for runs that were not complete', () => {
		let memory: Memory = NOTHING;
		for (let each = 0; each < 5; each++) {
			const made = run('deleted', memory, { missingRuns: 2, complete: false });
			expect(made.decision?.action).toBe('hold');
			expect(made.memory.missing).toEqual({});
			memory = made.memory;
		}
		const { memory: once } = run('deleted', memory, { missingRuns: 2 });
		const { decision, memory: still } = run('deleted', once, { missingRuns: 2, complete: false });
		expect(decision?.action).toBe('hold');
		expect(still.missing).toEqual(once.missing);
	});

	it('does not lose it without an answer, be it none or an unknown one', () => {
		const missing: Memory['missing'] = { [anna.id]: { deletedAt: NOW, runs: 9 } };
		const memory = { ...NOTHING, missing };
		expect(run(undefined, memory, { missingRuns: 1 }).decision?.action).toBe('hold');
		expect(run('unknown', memory, { missingRuns: 1 }).decision?.action).toBe('hold');
		expect(run('exists', memory, { missingRuns: 1 }).decision?.action).toBe('hold');
	});

	it('and comes back is forgotten', () => {
		const { memory } = run('deleted', NOTHING, { missingRuns: 2 });
		const back = planned({
			employees: [anna, ...others],
			lms: { learners },
			settings: { missingRuns: 2 },
			memory,
		});
		expect(back.memory.missing).toEqual({});
		expect(run('deleted', kept(back.memory), { missingRuns: 2 }).decision?.action).toBe('hold');
	});

	it('counts for the limit of deactivations', () => {
		const { decision, summary } = run('deleted', NOTHING, { missingRuns: 1, maxDeactivations: 0 });
		expect(decision && holdCode(decision)).toBe('limitExceeded');
		expect(summary.limits[0]).toMatchObject({ wanted: 1, exceeded: true });
	});

	it('loses an open invitation in the same way', () => {
		const open = accountOf(anna, { status: 'pending' });
		const { people } = planned({
			employees: others,
			lms: { learners: [open] },
			settings: { missingRuns: 1 },
			answers: says('deleted'),
		});
		expect(people.at(-1)?.decision).toMatchObject({
			action: 'deactivate',
			changes: [{ from: 'pending', to: 'canceled' }],
		});
	});

	it('is no subject of a run about changes or a selection', () => {
		const made = planned({
			employees: others,
			lms: { learners },
			settings: { missingRuns: 1 },
			roster: { scope: 'changes' },
			answers: says('deleted'),
		});
		expect(made.people).toHaveLength(2);
		expect(made.memory.missing).toEqual({});
	});

	it.each(['1', 'P1@acme.example'])('is left alone where the exclusion list names %s', (entry) => {
		const { decision } = run('deleted', NOTHING, { missingRuns: 1, exclude: [entry] });
		expect(decision?.action).not.toBe('deactivate');
	});

	it('and may own the platform is asked about that before access ends', () => {
		const settings = someSettings({ missingRuns: 1 });
		const lms = withoutDetails(anAcademy({ learners: [account] }));
		const draft = plan({
			platform: 'LMS',
			employees: others,
			roster: aRoster(others.length),
			lms,
			memberships: new Map(),
			settings,
			answers: says('deleted'),
			now: NOW,
		});
		expect(inquire(draft, lms, settings, true).inquiry.endings.map(({ id }) => id)).toEqual([account.id]);
	});

	it.each(['constructor', 'toString'])('may carry the link "%s" without stopping the run', (link) => {
		const odd: Learner = { ...account, link: link as EmployeeId };
		expect(() => planned({ employees: others, lms: { learners: [odd] } })).not.toThrow();
	});
});

describe('an answer by id', () => {
	const [ben, cara] = others.map(({ id }) => id) as [EmployeeId, EmployeeId];
	const said = (...args: Parameters<typeof answersOf>) => [...answersOf(...args).values()];

	it('says who was deleted if it knows somebody whom the list holds', () => {
		expect(said([anna.id, ben], cara, [ben, cara])).toEqual(['deleted', 'exists']);
	});

	it.each<[string, EmployeeId | undefined, EmployeeId[] | undefined]>([
		['does not know somebody whom the list holds', cara, []],
		['has nobody to compare with', undefined, []],
		['did not come', cara, undefined],
	])('says nothing where it %s', (_, witness, found) => {
		expect(said([anna.id, ben], witness, found)).toEqual(['unknown', 'unknown']);
	});

	it('that somebody exists stands on its own', () => {
		expect(said([anna.id, ben], cara, [ben])).toEqual(['unknown', 'exists']);
	});

	it('that everybody is deleted changes nothing about the list', () => {
		const roster = aRoster(3);
		expect(withAnswers(roster, says('deleted'))).toBe(roster);
		expect(withAnswers(roster, says('unknown'))).toBe(roster);
	});

	it('about many names five of them', () => {
		const ids = Array.from({ length: 7 }, (_, index) => anEmployee(index + 1).id);
		const { gaps } = withAnswers(aRoster(3), new Map(ids.map((id) => [id, 'exists'])));
		expect(gaps?.[0]?.message).toContain('7 employees by id (1, 2, 3, 4, 5, …)');
	});
});
