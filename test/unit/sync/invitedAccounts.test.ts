import { learnerId, type Decision, type Employee, type Learner } from '../../../nodes/shared/item';
import {
	about,
	accountOf,
	aGroup,
	anAcademy,
	anEmployee,
	fieldsOf,
	holdCode,
	invitationOf,
	joins,
	LATER,
	lmsOnly,
	planned,
	ROOT,
	TODAY,
	valueFor,
	without,
	YESTERDAY,
	type Situation,
} from './builders';

const anna = anEmployee(1);
const ended = accountOf(anna, { status: 'inactive', mark: null });
const HOME = { name: ROOT.name, id: ROOT.id };

/** Everybody is in the root group and has nothing to be noted, unless it is about that. */
function decidedIn(employee: Employee, learners: Learner[], rest: Partial<Situation> = {}): Decision {
	const memberships = Object.fromEntries(learners.map(({ id }) => [id, [ROOT.name]]));
	const lms = anAcademy({ learners, ...rest.lms });
	return about(planned({ memberships, ...rest, employees: [employee], lms }), employee);
}

describe('a new employee', () => {
	it('is invited into the root group', () => {
		const decision = decidedIn(anna, []);
		expect(decision).toMatchObject({ action: 'invite', invite: true, home: HOME, groups: { add: [] } });
		expect(fieldsOf(decision)).not.toContain('status');
	});

	it('gets an account that can be used at once, where accounts are created', () => {
		const decision = decidedIn(anna, [], { settings: { newLearners: 'create' } });
		expect(decision).toMatchObject({ action: 'create', invite: false, home: HOME });
		expect(decision.changes).toContainEqual({ field: 'status', from: null, to: 'active' });
	});

	it('gets an account that waits, where it is not to be activated', () => {
		const settings = { newLearners: 'create' as const, activate: false };
		expect(fieldsOf(decidedIn(anna, [], { settings }))).not.toContain('status');
	});

	it('joins further groups at once', () => {
		const lms = { groups: [aGroup('Staff')] };
		const settings = { groupRules: [joins('status', 'active', 'Staff')] };
		expect(decidedIn(anna, [], { lms, settings }).groups.add).toEqual([{ name: 'Staff', id: 'G-Staff' }]);
	});

	it('gets no activation in an LMS that does not tell it from creating', () => {
		const plan = planned({ employees: [anna], settings: { newLearners: 'create' } });
		expect(fieldsOf(about(plan, anna))).not.toContain('status');
		expect(about(plan, anna)).not.toHaveProperty('home');
	});
});

describe('somebody who was invited and has not come yet', () => {
	it('is kept in step like everybody else', () => {
		const decision = decidedIn(anna, [invitationOf(anna, { lastName: 'Maiden', accessEnds: LATER })]);
		expect(decision).toMatchObject({ action: 'update', invite: false });
		expect(fieldsOf(decision)).toEqual(['lastName', 'accessEnds']);
	});

	it('has nothing to be changed while in step', () => {
		expect(decidedIn(anna, [invitationOf(anna)]).action).toBe('none');
	});

	it('gets a new address without a second mail, and a note says where the first one went', () => {
		const decision = decidedIn(anna, [invitationOf(anna, { email: 'old@acme.example' })]);
		expect(decision).toMatchObject({ action: 'update', invite: false });
		expect(valueFor(decision, 'email')).toBe('p1@acme.example');
		expect(decision.notes).toEqual([expect.stringContaining('old@acme.example')]);
	});

	it('gets the link where somebody else has invited them', () => {
		expect(fieldsOf(decidedIn(anna, [invitationOf(anna, { link: null })]))).toEqual(['link']);
	});

	it('joins and leaves groups', () => {
		const decision = decidedIn(anna, [invitationOf(anna)], {
			lms: { groups: [aGroup('Staff'), aGroup('Away')] },
			settings: { groupRules: [joins('status', 'active', 'Staff'), joins('status', 'leave', 'Away')] },
			memberships: { I1: [ROOT.name, 'Away'] },
		});
		expect(decision.groups).toMatchObject({ add: [{ name: 'Staff' }], remove: [{ name: 'Away' }] });
	});

	it('can use the account from now on where accounts are created and activated', () => {
		const create = { newLearners: 'create' as const };
		const [first] = decidedIn(anna, [invitationOf(anna)], { settings: create }).changes;
		expect(first).toEqual({ field: 'status', from: 'pending', to: 'active' });
		const off = { settings: { ...create, activate: false } };
		expect(decidedIn(anna, [invitationOf(anna)], off).action).toBe('none');
		expect(decidedIn(anna, [accountOf(anna)], { settings: create }).action).toBe('none');
	});

	it('loses the account when they leave', () => {
		const leaver = anEmployee(1, { terminationDate: YESTERDAY });
		expect(decidedIn(leaver, [invitationOf(anna)])).toMatchObject({ action: 'deactivate' });
	});
});

describe('somebody who comes back to an ended account', () => {
	it('gets the link once more, since it may have gone with the account', () => {
		const decision = decidedIn(anna, [ended]);
		expect(decision).toMatchObject({ action: 'reactivate', home: HOME, invite: false });
		expect(decision.changes).toContainEqual({
			field: 'link',
			label: 'Personio ID',
			from: null,
			to: '1',
		});
		expect(fieldsOf(decision).filter((field) => field === 'link')).toHaveLength(1);
	});

	it('joins groups anew', () => {
		const decision = decidedIn(anna, [ended], {
			lms: { groups: [aGroup('Staff')] },
			settings: { groupRules: [joins('status', 'active', 'Staff')] },
			memberships: {},
		});
		expect(decision.groups).toEqual({ add: [{ name: 'Staff', id: 'G-Staff' }], remove: [] });
	});

	it('gets no link in an LMS that has no place for marks, nor where addresses are compared', () => {
		const plan = planned({ employees: [anna], lms: { learners: [ended] } });
		expect(fieldsOf(about(plan, anna))).toEqual(['status']);
		const settings = { matchBy: 'email' as const };
		expect(fieldsOf(decidedIn(anna, [ended], { settings }))).not.toContain('link');
	});

	it('gets the mark once more as well, since it may have gone with the account', () => {
		const mark = '1.0123456789ab.0';
		expect(valueFor(decidedIn(anna, [{ ...ended, mark }]), 'mark')).toBe(mark);
	});

	it('gets it back before a last day that the LMS has kept', () => {
		const ending = anEmployee(1, { terminationDate: LATER });
		const decision = decidedIn(ending, [{ ...ended, accessEnds: LATER }]);
		expect(decision.action).toBe('reactivate');
		// The day may have gone with the account.
		expect(valueFor(decision, 'accessEnds')).toBe(LATER);
	});

	it('does not get it back on the last day itself, at the end of which it has ended', () => {
		const ending = anEmployee(1, { terminationDate: TODAY });
		expect(decidedIn(ending, [{ ...ended, accessEnds: TODAY }]).action).toBe('none');
	});
});

describe('the ended account of somebody else', () => {
	const former = accountOf(anEmployee(7), { email: 'p1@acme.example', status: 'inactive' });

	it('is not handed on to the one who has the address now', () => {
		const decision = decidedIn(anna, [former]);
		expect(decision).toMatchObject({ action: 'hold', withheld: 'none', hold: { code: 'addressReused' } });
		expect(decision.action === 'hold' && decision.hold.message).toMatch(/p1@acme\.example.*Personio id 7/);
		expect(decision.changes).toEqual([]);
	});

	it('is not handed on whatever the letter case of the address', () => {
		expect(holdCode(decidedIn(anna, [{ ...former, email: 'P1@ACME.example' }]))).toBe('addressReused');
	});

	it('that is still in use is another matter', () => {
		expect(holdCode(decidedIn(anna, [{ ...former, status: 'active' }]))).toBe('linkedToOther');
	});

	it('keeps its address when somebody is to get the same one', () => {
		const moving = accountOf(anna, { email: 'old@acme.example' });
		const decision = decidedIn(anna, [moving, former]);
		expect(decision).toMatchObject({ withheld: 'update', hold: { code: 'addressInUse' } });
	});

	it('comes back for that person alone', () => {
		const back = anEmployee(7, { email: 'p7@acme.example' });
		const employees = [anna, back];
		const plan = planned({ employees, lms: anAcademy({ learners: [former] }) });
		expect(about(plan, back)).toMatchObject({ action: 'reactivate', changes: expect.anything() });
		expect(holdCode(about(plan, anna))).toBe('addressReused');
	});

	it('of nobody is not handed on either', () => {
		expect(holdCode(decidedIn(anna, [{ ...former, link: null }]))).toBe('accountDisabled');
	});

	it('does not matter to a leaver without an account', () => {
		const leaver = anEmployee(1, { terminationDate: YESTERDAY });
		expect(decidedIn(leaver, [former])).toMatchObject({ action: 'none' });
		expect(decidedIn(without(anna, 'status'), [former])).toMatchObject({ hold: { code: 'unknownStatus' } });
	});

	it('beside another one with the same address is held', () => {
		const second = lmsOnly('x', { id: learnerId('L9'), email: 'p1@acme.example' });
		expect(holdCode(decidedIn(anna, [former, second]))).toBe('duplicateAccount');
	});
});
