import { DEFAULT_LIMITS } from '../../../nodes/LmsSync/actions/limitProperties';
import { gapsSince, listedIn } from '../../../nodes/LmsSync/sync/alerts';
import type { Invitations } from '../../../nodes/LmsSync/sync/lmsState';
import { NOTHING, type Memory } from '../../../nodes/LmsSync/sync/memory';
import type { Decision, Employee, Gap, Learner } from '../../../nodes/shared/item';
import {
	about,
	accountOf,
	anEmployee,
	aPortal,
	aRoster,
	holdCode,
	invitationOf,
	NOW,
	planned,
	YESTERDAY,
	type Situation,
} from './builders';
import { kept } from './histories';

const [anna, ben, cara] = [1, 2, 3].map((id) => anEmployee(id)) as [Employee, Employee, Employee];
const all = [anna, ben, cara];
/** An old one, of somebody who is with the company no more. */
const OLD = { email: 'old@acme.example', link: null };
const page = (count: number, closed: Invitations['closed'] = [OLD]): Invitations => ({ count, closed });
const later = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();

/** A run as the plan operation puts it together. */
function run(memory: Memory, learners: Learner[], invitations?: Invitations, rest: Partial<Situation> = {}) {
	const lms = aPortal({ learners, ...(invitations && { invitations }) });
	const gaps = gapsSince(memory, listedIn(lms), []);
	const made = planned({
		employees: all,
		...rest,
		memory,
		lms: { ...lms, ...(gaps.length > 0 && { gaps }), ...rest.lms },
	});
	return { ...made, memory: kept(made.memory), gaps: gaps.map(({ code }) => code) };
}
const invited = ({ people }: Pick<ReturnType<typeof run>, 'people'>): string[] =>
	people.flatMap(({ employee, decision }) =>
		employee && ['invite', 'create'].includes(decision.action) ? [employee.id] : [],
	);
const messageOf = (decision: Decision) => (decision.action === 'hold' ? decision.hold.message : '');

/** All three are invited, and a portal has one old invitation. */
const first = run(NOTHING, [], page(1));

describe('after a run that has invited three people', () => {
	it('they are remembered by their numbers alone, until the LMS shows them', () => {
		expect(first.memory.added).toEqual([{ at: NOW, kind: 'invitations', people: ['1', '2', '3'] }]);
		const next = run(first.memory, [accountOf(anna), invitationOf(ben), invitationOf(cara)], page(4));
		expect(next.memory).toMatchObject({ added: [], open: ['2', '3'] });
	});

	it('whoever alone is missing is invited again: the step failed', () => {
		const next = run(first.memory, [invitationOf(anna), invitationOf(ben)], page(3));
		expect(invited(next)).toEqual(['3']);
	});

	it('and so is whoever was missing while a gap held everybody', () => {
		const gaps: Gap[] = [{ code: 'pageMissing', message: 'Page 2 did not come.' }];
		const learners = [invitationOf(anna)];
		const held = run(first.memory, learners, page(2), { lms: { gaps } });
		expect(invited(held)).toEqual([]);
		expect(invited(run(held.memory, learners, page(2)))).toEqual(['2', '3']);
	});

	it('nobody is invited again where not one of them is seen, but for the run after', () => {
		const next = run(first.memory, [], page(1));
		expect(invited(next)).toEqual([]);
		expect(holdCode(about(next, anna))).toBe('incompleteLearners');
		expect(messageOf(about(next, anna))).toMatch(/none of the 3 people .* The next run goes on if it failed/);
		expect(invited(run(next.memory, [], page(1)))).toEqual(['1', '2', '3']);
	});

	it('nobody is invited again as long as the list is empty, whatever it was before', () => {
		for (const before of [page(0, []), page(1)]) {
			let { memory } = run(NOTHING, [], before);
			for (let each = 0; each < 5; each++) {
				const next = run(memory, [], page(0, []), { now: later(24 * (each + 1)) });
				expect(invited(next)).toEqual([]);
				memory = next.memory;
			}
			const shown = run(memory, [invitationOf(anna)], page(1, []));
			expect(invited(shown)).toEqual(['2', '3']);
		}
	});

	it('the sentence about an empty list tells the way out', () => {
		const next = run(run(NOTHING, [], page(0, [])).memory, [], page(0, []));
		expect(messageOf(about(next, anna))).toMatch(/not a single invitation.*by hand in the LMS/);
	});

	it('others are invited all the same', () => {
		const dora = anEmployee(4);
		expect(invited(run(first.memory, [], page(1), { employees: [...all, dora] }))).toEqual(['4']);
	});

	it('a dry run shows the same, and is not the run that they have to be seen in', () => {
		const dry = run(first.memory, [], page(1), { settings: { dryRun: true } });
		expect(invited(dry)).toEqual([]);
		expect(dry.memory.added).toEqual(first.memory.added);
		expect(invited(run(dry.memory, [], page(1)))).toEqual([]);
	});

	it('whose invitation was cancelled is invited as before', () => {
		const closed = [OLD, { email: 'P1@acme.example', link: null }, { email: '', link: ben.id }];
		expect(invited(run(first.memory, [], page(3, closed)))).toEqual(['1', '2']);
	});

	it('whoever has left the company is forgotten', () => {
		const next = run(first.memory, [invitationOf(anna)], page(2), { employees: [anna] });
		expect(next.memory).toMatchObject({ added: [], open: ['1'] });
	});
});

describe('after a run that has invited one person', () => {
	const one = run(NOTHING, [], page(1), { employees: [anna] });

	it('they are invited again if they are missing: the step failed', () => {
		expect(invited(run(one.memory, [], page(1), { employees: [anna] }))).toEqual(['1']);
	});

	it('they are not where the list is empty', () => {
		const next = run(one.memory, [], page(0, []), { employees: [anna] });
		expect(invited(next)).toEqual([]);
		expect(invited(run(next.memory, [], page(0, []), { employees: [anna] }))).toEqual([]);
	});
});

describe('somebody whose open invitation was on the list', () => {
	const learners = all.map((each) => invitationOf(each));
	const open = run(NOTHING, learners, page(4));
	const left = learners.slice(1);

	it('is not invited again while it is not, however many runs there are', () => {
		let { memory } = open;
		const gaps: string[][] = [];
		for (let each = 0; each < 4; each++) {
			const next = run(memory, left, page(3));
			expect(invited(next)).toEqual([]);
			gaps.push(next.gaps);
			memory = next.memory;
		}
		expect(gaps).toEqual([['fewerThanUsual'], [], [], []]);
		expect(messageOf(about(run(memory, left, page(3)), anna))).toMatch(
			/^First1 Last1 had an open invitation/,
		);
	});

	it('is invited again once the list shows what became of it', () => {
		const { memory } = run(open.memory, left, page(3));
		expect(invited(run(memory, left, page(4, [OLD, { email: '', link: anna.id }])))).toEqual(['1']);
	});

	it('is forgotten when there is an account', () => {
		expect(run(open.memory, [accountOf(anna), ...left], page(4)).memory.open).toEqual(['2', '3']);
	});

	it('may come back after the sync has cancelled it, also where the LMS takes it off the list', () => {
		const leaver = { ...anna, terminationDate: YESTERDAY };
		const gone = run(open.memory, learners, page(4), { employees: [leaver, ben, cara] });
		expect(about(gone, leaver).action).toBe('deactivate');
		const back = run(gone.memory, left, page(3));
		expect(back.gaps).toEqual([]);
		expect(invited(back)).toEqual(['1']);
	});

	it('is invited anew to another address, and again if only the old one was cancelled', () => {
		const moved = { ...anna, email: 'new@acme.example' };
		const employees = [moved, ben, cara];
		const replaced = run(open.memory, learners, page(4), { employees });
		expect(invited(replaced)).toEqual(['1']);
		expect(invited(run(replaced.memory, left, page(3), { employees }))).toEqual(['1']);
	});

	it('is not known in an LMS that keeps no such list', () => {
		expect(run(NOTHING, learners).memory.open).toEqual([]);
	});
});

describe('accounts made by a run', () => {
	const create = { settings: { newLearners: 'create' as const } };
	const made = run(NOTHING, [], undefined, create);

	it('are looked for in the same way', () => {
		expect(made.memory.added).toMatchObject([{ kind: 'creations', people: ['1', '2', '3'] }]);
		const next = run(made.memory, [], undefined, create);
		expect(invited(next)).toEqual([]);
		expect(invited(run(made.memory, [accountOf(anna)], undefined, create))).toEqual(['2', '3']);
		expect(invited(run(next.memory, [], undefined, create))).toEqual(['1', '2', '3']);
	});

	it('have nothing to do with an empty list of invitations', () => {
		expect(invited(run(made.memory, [accountOf(anna)], page(0, []), create))).toEqual(['2', '3']);
	});
});

describe('a limit of invitations', () => {
	const staff = Array.from({ length: 20 }, (_, index) => anEmployee(index + 1));
	const usual = { settings: { limits: DEFAULT_LIMITS }, employees: staff };
	const start = run(NOTHING, [], page(1), usual);

	it('lets a first load that broke off go on', () => {
		const next = run(start.memory, [invitationOf(anna)], page(2), usual);
		expect(invited(next)).toHaveLength(19);
	});

	it('counts those whom the LMS has shown since, although a run has invited them before', () => {
		const learners = staff.map((each) => invitationOf(each));
		const { memory } = run(start.memory, learners, page(21), usual);
		const closed = [OLD, ...staff.map(({ email, id }) => ({ email: email as string, link: id }))];
		const next = run(memory, [], page(21, closed), usual);
		expect(invited(next)).toEqual([]);
		expect(next.summary.limits).toContainEqual(
			expect.objectContaining({ kind: 'invitations', wanted: 20, exceeded: true }),
		);
	});
});

describe('a run about changes', () => {
	it('forgets nobody who is not in it', () => {
		const next = run(first.memory, [], page(1), {
			employees: [anna],
			roster: aRoster(1, { scope: 'changes' }),
		});
		expect(next.memory.added).toMatchObject([{ people: ['1', '2', '3'] }]);
	});
});
