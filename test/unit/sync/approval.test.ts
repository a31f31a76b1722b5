import { closesRing } from '../../../nodes/LmsSync/sync/addresses';
import {
	APPROVABLE,
	approve,
	movedInLms,
	movedInPersonio,
	needsFreshLook,
	withdrawn,
} from '../../../nodes/LmsSync/sync/approval';
import {
	employeeId,
	type ApplicableDecision,
	type Decision,
	type Employee,
	type HeldDecision,
	type HoldCode,
	type Learner,
} from '../../../nodes/shared/item';
import {
	about,
	accountOf,
	aGroup,
	anEmployee,
	fieldsOf,
	joins,
	LATER,
	NOW,
	planned,
	reportsTo,
	YESTERDAY,
	type Situation,
} from './builders';

const NONE = {
	maxDeactivations: 0,
	maxGroupRemovals: 0,
	maxInvitations: 0,
	maxCreations: 0,
	maxEmailChanges: 0,
};
const letGo = (decision: Decision): ApplicableDecision | undefined =>
	approve(decision as HeldDecision, 'Jane Doe', NOW);
const decisionsOf = (situation: Situation) => planned(situation).people.map(({ decision }) => decision);

const held = (code: HoldCode, withheld: HeldDecision['withheld'] = 'deactivate'): HeldDecision => ({
	action: 'hold',
	withheld,
	hold: { code, message: 'Why.' },
	reason: 'Left.',
	changes: [{ field: 'status', from: 'active', to: 'inactive' }],
	invite: false,
	groups: { add: [], remove: [] },
	dryRun: false,
});

describe('an approval', () => {
	const ALL: HoldCode[] = [
		'accountDisabled',
		'addressInUse',
		'addressReused',
		'configurationChanged',
		'duplicateAccount',
		'duplicateEmail',
		'factsMoved',
		'incompleteLearners',
		'incompleteRoster',
		'invitationRejected',
		'limitExceeded',
		'linkedToOther',
		'managerCycle',
		'missing',
		'noEmail',
		'noName',
		'ownerAccount',
		'possibleEmailChange',
		'unknownStatus',
		'valueNotAllowed',
	];

	it.each(ALL.filter((code) => !APPROVABLE.includes(code)))('lets nobody go who is held as "%s"', (code) => {
		expect(letGo(held(code))).toBeUndefined();
	});

	it.each(APPROVABLE)('lets go who is held as "%s", and says who did so and what had held them', (code) => {
		expect(letGo(held(code))).toMatchObject({
			action: 'deactivate',
			approved: { by: 'Jane Doe', at: NOW, code },
		});
		expect(letGo(held(code))).not.toHaveProperty('hold');
		expect(letGo(held(code, 'none'))).toBeUndefined();
	});

	const limited = (employee: Employee, account: Learner | undefined, rest: Partial<Situation> = {}) =>
		decisionsOf({
			employees: [employee],
			lms: {
				learners: account ? [account] : [accountOf(anEmployee(9))],
				groups: [aGroup('London')],
			},
			settings: { limits: NONE, groupRules: [joins('office', 'London', 'London')], ...rest.settings },
			...(rest.memberships && { memberships: rest.memberships }),
		})
			.filter((decision) => decision.action === 'hold' && decision.hold.code === 'limitExceeded')
			.map((decision) => letGo(decision));

	it('of somebody who leaves ends access, and of a last day changes the day', () => {
		const anna = anEmployee(1);
		expect(limited({ ...anna, terminationDate: YESTERDAY }, accountOf(anna))[0]).toMatchObject({
			action: 'deactivate',
		});
		const [later] = limited({ ...anna, terminationDate: LATER }, accountOf(anna));
		expect(later).toMatchObject({ action: 'update', changes: [{ field: 'accessEnds', to: LATER }] });
	});

	it('of a new person invites or creates', () => {
		expect(limited(anEmployee(1), undefined)[0]).toMatchObject({ action: 'invite', invite: true });
		const [created] = limited(anEmployee(1), undefined, {
			employees: [],
			settings: { newLearners: 'create' },
		});
		expect(created).toMatchObject({ action: 'create', invite: false });
	});

	it('of groups takes out of groups and nothing else, and of an address changes the address alone', () => {
		const anna = anEmployee(1, { email: 'new@acme.example', lastName: 'New', office: 'Berlin' });
		const parts = limited(anna, accountOf(anEmployee(1)), {
			memberships: { L1: ['London'] },
			settings: {},
		});
		expect(parts.map((each) => [each?.action, each && fieldsOf(each), each?.groups.remove.length])).toEqual([
			['update', [], 1],
			['update', ['email'], 0],
		]);
	});

	it('is not offered where nothing would be done', () => {
		const back = anEmployee(1, { terminationDate: 'soon' });
		const decision = about(
			planned({ employees: [back], lms: { learners: [accountOf(back, { status: 'inactive' })] } }),
			back,
		);
		expect(decision).toMatchObject({ action: 'hold', hold: { code: 'incompleteRoster' } });
		const approved = letGo(decision);
		expect(approved === undefined || approved.changes.length > 0).toBe(true);
	});

	it('of one of two who exchange addresses sets nobody aside: the ring has to be whole', () => {
		const [anna, ben, cara] = [1, 2, 3].map((id) => accountOf(anEmployee(id))) as [Learner, Learner, Learner];
		const moves = [
			{ learner: anna, to: ben.email },
			{ learner: ben, to: cara.email },
			{ learner: cara, to: anna.email.toUpperCase() },
		];
		expect(closesRing(anna, moves)).toBe(true);
		for (const absent of [1, 2])
			expect(
				closesRing(
					anna,
					moves.filter((_, each) => each !== absent),
				),
			).toBe(false);
		const other = { learner: accountOf(anEmployee(4)), to: ben.email };
		expect(closesRing(other.learner, [...moves, other])).toBe(false);
	});
});

describe('before an approved decision is carried out', () => {
	const anna = anEmployee(1, { custom: { dynamic_1: ['a', 'b'] }, office: 'London' });
	const made = planned({
		employees: [{ ...anna, status: 'inactive' }],
		lms: { learners: [accountOf(anna)] },
		settings: { limits: NONE, groupRules: [joins('office', 'London', 'London')] },
	});
	const [person] = made.people;
	const decision = {
		...(letGo((person as NonNullable<typeof person>).decision) as ApplicableDecision),
		explanation: made.explain(person as NonNullable<typeof person>),
	};
	const then: Employee = { ...anna, status: 'inactive' };

	it('the person is read again, by the first step only, and not in a dry run', () => {
		expect(needsFreshLook({ decision }, NOW)).toBe(true);
		expect(needsFreshLook({ decision: { ...decision, dryRun: true } }, NOW)).toBe(false);
		expect(needsFreshLook({ decision, outcomes: [{ step: 'upsert', status: 'done' }] }, NOW)).toBe(false);
		expect(needsFreshLook({}, NOW)).toBe(false);
		expect(needsFreshLook({ decision: held('limitExceeded') }, NOW)).toBe(false);
	});

	it.each([
		[29, false],
		[31, true],
		[24 * 60, true],
	])('an end of access that was decided %i minutes ago is looked at again: %s', (minutes, looks) => {
		const { approved: _, ...plain } = decision;
		const now = new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
		expect(needsFreshLook({ decision: plain as Decision }, now)).toBe(looks);
		expect(needsFreshLook({ decision: { ...plain, action: 'update' } as Decision }, now)).toBe(false);
	});

	it('a decision of an undo is looked at whenever it was made, by the first step only', () => {
		const { approved: _, ...plain } = decision;
		const undoing = { ...plain, action: 'update', undoes: true } as Decision;
		expect(needsFreshLook({ decision: undoing }, NOW)).toBe(true);
		expect(needsFreshLook({ decision: { ...undoing, dryRun: true } }, NOW)).toBe(false);
		expect(needsFreshLook({ decision: undoing, outcomes: [{ step: 'upsert', status: 'done' }] }, NOW)).toBe(
			false,
		);
	});

	it('what an undo has done already, when it is done again, has not moved', () => {
		const end = { changes: [{ field: 'status', from: 'active', to: 'inactive' }] };
		const ended = accountOf(anna, { status: 'inactive' });
		expect(movedInLms(accountOf(anna), ended, { ...end, undoes: true })).toEqual([]);
		expect(movedInLms(accountOf(anna), ended, end)).toHaveLength(1);
	});

	it('a decision of an undo that does not hold any more tells to undo again', () => {
		const undoing = { ...decision, undoes: true as const };
		const held = withdrawn(undoing, undefined, accountOf(anna), ['x']);
		expect(held).toMatchObject({
			undoes: true,
			hold: { message: expect.stringContaining('Undo the run again') },
		});
		expect(withdrawn(decision, undefined, accountOf(anna), ['x'])).not.toHaveProperty('undoes');
	});

	it('nothing has moved in Personio where only its own stamps did', () => {
		const fresh = { ...then, lastModifiedAt: NOW, createdAt: NOW, timeZoneOffset: '+02:00' };
		expect(movedInPersonio(then, decision, fresh)).toEqual([]);
		expect(movedInPersonio(then, decision, { ...fresh, position: 'Cook' })).toEqual([]);
	});

	it.each<[string, Partial<Employee>]>([
		['the status was inactive and is active', { status: 'active' }],
		[`the termination date was empty and is ${LATER}`, { terminationDate: LATER }],
		['the office was London and is Berlin', { office: 'Berlin' }],
		['the hire date was 2020-01-01 and is 2026-01-01', { hireDate: '2026-01-01' }],
		// Values of names and addresses are known of nobody else than the person.
		['the e-mail address is another one by now', { email: 'other@acme.example' }],
		['the first name is another one by now', { firstName: 'Annemarie' }],
		['the last name is another one by now', { lastName: 'Talheimer' }],
	])('it is told that %s', (sentence, change) => {
		expect(movedInPersonio(then, decision, { ...then, ...change })).toEqual([sentence]);
	});

	it('somebody whom Personio does not know any more is told', () => {
		expect(movedInPersonio(then, decision, undefined)).toEqual(['Personio has no employee 1 any more']);
	});

	it('every attribute counts where the decision does not tell what it rests on', () => {
		const { explanation: _, ...bare } = decision;
		const fresh = { ...then, custom: { dynamic_1: ['a'] } };
		expect(movedInPersonio(then, bare, fresh)).toEqual(['dynamic_1 was a,b and is a']);
	});

	it('another supervisor is told, also by number alone', () => {
		const before = { ...then, ...reportsTo(5) };
		const explained = planned({ employees: [before], lms: { learners: [accountOf(anna)] } });
		const explanation = explained.explain(explained.people[0] as never);
		const after = { ...then, supervisor: { id: employeeId(6) } };
		expect(movedInPersonio(before, { ...decision, explanation }, after)).toHaveLength(1);
	});

	it('a date that was not delivered before is told', () => {
		const { terminationDate: _, ...unknown } = then;
		expect(movedInPersonio(unknown, decision, { ...then, terminationDate: LATER })).toHaveLength(1);
	});

	it('what has moved in the LMS is told, but not the letter case of an address', () => {
		const account = accountOf(anna);
		expect(movedInLms(account, { ...account, email: 'P1@ACME.example', firstName: 'Other' })).toEqual([]);
		expect(movedInLms(account, undefined)).toEqual(['the account p1@acme.example is gone']);
		const others: Array<Partial<Learner>> = [
			{ email: 'x@acme.example' },
			{ status: 'inactive' },
			{ link: null },
			{ accessEnds: LATER },
		];
		for (const other of others) expect(movedInLms(account, { ...account, ...other })).toHaveLength(1);
	});

	it('who has moved is held again, and nobody can approve that', () => {
		const again = withdrawn(decision, then, accountOf(anna), ['status was inactive and is active']);
		expect(again).toMatchObject({ action: 'hold', withheld: 'deactivate', hold: { code: 'factsMoved' } });
		expect(again.hold.message).toContain('status was inactive and is active');
		expect(again).not.toHaveProperty('approved');
		expect(letGo(again)).toBeUndefined();
	});
});
