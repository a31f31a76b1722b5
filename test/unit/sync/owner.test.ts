import type { Decision, Employee, Learner } from '../../../nodes/shared/item';
import {
	accountOf,
	aField,
	anEmployee,
	fieldsOf,
	holdCode,
	LATER,
	marked,
	planned,
	plannedIn,
	reportsTo,
	YESTERDAY,
	type Situation,
} from './builders';

const anna = anEmployee(1);
const leaver = anEmployee(1, { terminationDate: YESTERDAY });
const ending = anEmployee(1, { terminationDate: LATER });
const owner = (over: Partial<Learner> = {}): Learner => marked(anna, null, { owner: true, ...over });

const decisionsOf = (employee: Employee, learner: Learner, rest: Partial<Situation> = {}): Decision[] =>
	plannedIn([employee], [learner], rest).people.map(({ decision }) => decision);

describe('the owner of the platform', () => {
	it('is held when they leave, and the sentence says what to do', () => {
		expect(decisionsOf(leaver, owner())).toMatchObject([
			{
				action: 'hold',
				withheld: 'deactivate',
				hold: {
					code: 'ownerAccount',
					message: expect.stringMatching(/p1@acme\.example.*Hand the ownership/),
				},
			},
		]);
	});

	it.each<Partial<Employee>>([{ status: 'inactive' }, { terminationDate: YESTERDAY }])(
		'is held however they leave (%j)',
		(over) => {
			const decisions = decisionsOf(anEmployee(1, over), owner());
			expect(decisions.map(holdCode)).toEqual(['ownerAccount']);
		},
	);

	it('is held when they are out of scope', () => {
		const settings = { scope: { statuses: ['onboarding' as const], outOfScope: 'deactivate' as const } };
		expect(decisionsOf(anna, owner(), { settings }).map(holdCode)).toEqual(['ownerAccount']);
	});

	it('gets no last day, and it is held', () => {
		const [only, ...others] = decisionsOf(ending, owner());
		expect(others).toEqual([]);
		expect(only).toMatchObject({ hold: { code: 'ownerAccount' }, withheld: 'deactivate' });
		expect(only && fieldsOf(only)).toEqual(['accessEnds']);
	});

	it('gets everything else, beside the last day that is held', () => {
		const [update, held] = decisionsOf({ ...ending, lastName: 'New' }, owner());
		expect(update).toMatchObject({ action: 'update' });
		expect(update && fieldsOf(update)).toEqual(['lastName']);
		expect(update).not.toHaveProperty('accessEnds');
		expect(held).toMatchObject({ hold: { code: 'ownerAccount' }, accessEnds: LATER });
		expect(held && fieldsOf(held)).toEqual(['accessEnds']);
	});

	it('joins groups beside a last day that is held, which is held once', () => {
		const groups = [{ id: 'G-London', name: 'London', own: false }];
		const decisions = decisionsOf({ ...ending, office: 'London' }, owner(), {
			lms: { groups },
			settings: { groupLevels: ['office'] },
		});
		expect(decisions.map(({ action }) => action)).toEqual(['update', 'hold']);
		expect(decisions.map((each) => each.groups.add.length)).toEqual([1, 0]);
		expect(decisions[0]?.changes).toEqual([]);
	});

	it('gets a manager beside a last day that is held', () => {
		const boss = anEmployee(2);
		const employee = { ...ending, ...reportsTo(2) };
		const { people } = plannedIn([boss, employee], [marked(boss, null), owner()]);
		const ofOwner = people.filter((each) => each.employee === employee).map(({ decision }) => decision);
		expect(ofOwner.map(({ action }) => action)).toEqual(['update', 'hold']);
		expect(ofOwner.map(({ manager }) => manager?.to)).toEqual(['2', undefined]);
	});

	it('loses a last day that the LMS knows', () => {
		const [only] = decisionsOf(anna, owner({ accessEnds: LATER }));
		expect(only).toMatchObject({ action: 'update', accessEnds: null });
		expect(only && fieldsOf(only)).toEqual(['accessEnds']);
	});

	it('who stays is kept in step like everybody else', () => {
		expect(decisionsOf({ ...anna, lastName: 'New' }, owner())).toMatchObject([{ action: 'update' }]);
		expect(decisionsOf(anna, owner())).toMatchObject([{ action: 'none' }]);
	});

	it('does not count towards the limit of deactivations', () => {
		const other = anEmployee(2, { terminationDate: YESTERDAY });
		const { people, summary } = planned({
			employees: [leaver, other],
			lms: { learners: [owner(), accountOf(other)] },
			settings: { limits: { maxDeactivations: 1, maxDeactivationPercent: 100 } },
		});
		expect(people.map(({ decision }) => holdCode(decision) ?? decision.action)).toEqual([
			'ownerAccount',
			'deactivate',
		]);
		expect(summary.limits[0]).toMatchObject({ kind: 'deactivations', wanted: 1, allowed: 1 });
		expect(summary.holds).toEqual({ ownerAccount: 1 });
	});
});

describe('parts of a decision that are held', () => {
	it('stand beside the rest, each on its own, all with the account and the name of the LMS', () => {
		const employee = { ...ending, lastName: 'New', department: 'Pilot' };
		const settings = { fieldMapping: [{ attribute: 'department', field: 'Kind' }] };
		const lms = { fields: [aField('Kind', 'choice', ['Cook'])] };
		const { people, summary } = plannedIn([employee], [owner()], { lms, settings });
		expect(people.map(({ decision }) => holdCode(decision))).toEqual([
			undefined,
			'valueNotAllowed',
			'ownerAccount',
		]);
		expect(people.map(({ learner }) => learner?.id)).toEqual(['L1', 'L1', 'L1']);
		expect(people.map(({ decision }) => decision.platform)).toEqual(['LMS', 'LMS', 'LMS']);
		expect(people.map((each) => 'held' in each)).toEqual([false, false, false]);
		expect(summary.decisions).toMatchObject({ update: 1, hold: 2, none: 0 });
	});

	it('are all there is where the rest is nothing', () => {
		expect(decisionsOf(ending, owner()).map(({ action }) => action)).toEqual(['hold']);
	});

	it('are not applied in a dry run either, and say so', () => {
		const decisions = decisionsOf({ ...ending, lastName: 'New' }, owner(), { settings: { dryRun: true } });
		expect(decisions.map(({ dryRun }) => dryRun)).toEqual([true, true]);
	});
});

describe('the name of the LMS', () => {
	it('is on every decision, also about people who are missing', () => {
		const learners = [accountOf(anna), accountOf(anEmployee(9))];
		const { people } = planned({ employees: [anna, anEmployee(3)], lms: { learners } });
		expect(people.map(({ decision }) => decision.platform)).toEqual(['LMS', 'LMS', 'LMS']);
	});
});
