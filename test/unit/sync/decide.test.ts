import { learnerId } from '../../../nodes/shared/item';
import {
	about,
	accountOf,
	aField,
	aGroup,
	anEmployee,
	decided,
	fieldsOf,
	holdCode,
	joins,
	LATER,
	lmsOnly,
	planned,
	valueFor,
	without,
	YESTERDAY,
} from './builders';

const anna = anEmployee(1);
const leaver = anEmployee(1, { terminationDate: YESTERDAY });
const disabled = accountOf(anna, { status: 'inactive' });

describe('a new employee', () => {
	it('is invited, with everything that the account will need', () => {
		const decision = decided(anna, []);
		expect(decision).toMatchObject({ action: 'invite', invite: true, accessEnds: null, dryRun: false });
		expect(fieldsOf(decision)).toEqual(['email', 'firstName', 'lastName', 'link']);
	});

	it('gets an account without a mail where accounts are to be created', () => {
		expect(decided(anna, [], { newLearners: 'create' })).toMatchObject({ action: 'create', invite: false });
	});

	it('is only previewed in a dry run', () => {
		expect(decided(anna, [], { dryRun: true })).toMatchObject({ action: 'invite', dryRun: true });
	});

	it('joins groups at once', () => {
		const groupRules = [joins('status', 'active', 'Staff')];
		const decision = decided(anna, [], { groupRules }, { lms: { groups: [aGroup('Staff')] } });
		expect(decision.groups.add).toEqual([{ name: 'Staff', id: 'G-Staff' }]);
	});

	it('waits for the hire date as long as the user says', () => {
		const hire = anEmployee(1, { status: 'onboarding', hireDate: '2026-03-24' });
		expect(decided(hire, [], { daysBeforeHire: 14 }).action).toBe('invite');
		expect(decided(hire, [], { daysBeforeHire: 13 }).action).toBe('none');
		expect(decided(hire, []).action).toBe('invite');
	});

	it.each([null, ''])('is held without an address (%j)', (email) => {
		expect(holdCode(decided(anEmployee(1, { email }), []))).toBe('noEmail');
	});

	it('is held while the address is unknown', () => {
		expect(holdCode(decided(without(anna, 'email'), []))).toBe('noEmail');
	});

	it('is held without any name', () => {
		expect(holdCode(decided(anEmployee(1, { firstName: null, lastName: '' }), []))).toBe('noName');
		expect(decided(anEmployee(1, { firstName: null }), []).action).toBe('invite');
	});

	it('is held with only a preferred name, unless that is used', () => {
		const nick = anEmployee(1, { firstName: null, lastName: null, preferredName: 'Nick' });
		expect(valueFor(decided(nick, [], { usePreferredName: true }), 'firstName')).toBe('Nick');
		expect(holdCode(decided(nick, []))).toBe('noName');
	});
});

describe('an account in step', () => {
	it('is left alone, and notes about values that do not fit are kept', () => {
		const eng = anEmployee(1, { position: 'Engineer' });
		const mapping = { fieldMapping: [{ attribute: 'position', field: 'Grade' }] };
		const decision = decided(eng, [accountOf(eng)], mapping, {
			lms: { fields: [aField('Grade', 'integer')] },
		});
		expect(decision).toMatchObject({ action: 'none', notes: [expect.stringContaining('Engineer')] });
		expect(decided(anna, [accountOf(anna)])).not.toHaveProperty('notes');
	});
});

describe('a changed employee', () => {
	it('is updated and not invited', () => {
		const decision = decided(anna, [accountOf(anna, { email: 'maiden@acme.example', lastName: 'Maiden' })]);
		expect(decision).toMatchObject({ action: 'update', invite: false });
		expect(fieldsOf(decision)).toEqual(['email', 'lastName']);
	});

	it('found by the address gets the link', () => {
		const decision = decided(anna, [accountOf(anna, { link: null })]);
		expect(fieldsOf(decision)).toEqual(['link']);
	});

	it('without an address is kept in step all the same', () => {
		const silent = anEmployee(1, { email: null, lastName: 'New' });
		expect(fieldsOf(decided(silent, [accountOf(anna)]))).toEqual(['lastName']);
	});
});

describe('a leaver', () => {
	it('loses access when the last day is over', () => {
		expect(decided(leaver, [accountOf(anna)])).toMatchObject({
			action: 'deactivate',
			accessEnds: YESTERDAY,
			changes: [{ field: 'status', from: 'active', to: 'inactive' }],
		});
	});

	it('keeps access to the last day, which the platform is told', () => {
		const decision = decided(anEmployee(1, { terminationDate: LATER }), [accountOf(anna)]);
		expect(decision).toMatchObject({ action: 'update', accessEnds: LATER });
		expect(valueFor(decision, 'accessEnds')).toBe(LATER);
	});

	it('whose termination date was moved keeps access to the new one', () => {
		const decision = decided(anEmployee(1, { terminationDate: LATER }), [
			accountOf(anna, { accessEnds: YESTERDAY }),
		]);
		expect(decision).toMatchObject({ action: 'update', accessEnds: LATER });
	});

	it('who stays after all keeps access without an end', () => {
		const decision = decided(anna, [accountOf(anna, { accessEnds: LATER })]);
		expect(decision.changes).toEqual([{ field: 'accessEnds', from: LATER, to: null }]);
	});

	it('keeps the end that the LMS knows while Personio does not tell it', () => {
		const unread = without(anna, 'terminationDate');
		expect(decided(unread, [accountOf(anna, { accessEnds: LATER })]).action).toBe('none');
	});

	it('who has lost access already is not touched again', () => {
		expect(decided(leaver, [disabled]).action).toBe('none');
		expect(decided(anEmployee(1, { status: 'inactive' }), [disabled]).action).toBe('none');
	});

	it('found by the address only loses access as well', () => {
		expect(decided(leaver, [accountOf(anna, { link: null })]).action).toBe('deactivate');
	});

	it('who carries the link loses access although a colleague has the address', () => {
		const twin = anEmployee(2, { email: 'p1@acme.example' });
		const learners = [accountOf(anna, { email: 'old@acme.example' })];
		expect(about(planned({ employees: [leaver, twin], lms: { learners } }), leaver).action).toBe(
			'deactivate',
		);
	});

	it('with two accounts is held, and not passed over in silence', () => {
		const learners = [accountOf(anna), accountOf(anna, { id: learnerId('L1b'), email: 'anna@acme.example' })];
		expect(holdCode(decided(leaver, learners))).toBe('duplicateAccount');
	});

	it('whose address is now a colleague’s takes no access from the colleague', () => {
		const heir = anEmployee(2, { email: 'p1@acme.example' });
		const gone = anEmployee(1, { status: 'inactive', email: 'p1@acme.example' });
		const { people } = planned({ employees: [gone, heir], lms: { learners: [accountOf(heir)] } });
		expect(people.map(({ decision }) => decision.action)).not.toContain('deactivate');
	});
});

describe('somebody who comes back', () => {
	it('gets the same account back, in step again', () => {
		const decision = decided(anEmployee(1, { lastName: 'Wed' }), [disabled]);
		expect(decision).toMatchObject({ action: 'reactivate', invite: false });
		expect(fieldsOf(decision)).toEqual(['status', 'lastName']);
		expect(decision.changes[0]).toMatchObject({ from: 'inactive', to: 'active' });
	});

	it('loses the expiry of the earlier employment', () => {
		const decision = decided(anna, [accountOf(anna, { status: 'inactive', accessEnds: YESTERDAY })]);
		expect(decision.changes).toContainEqual({ field: 'accessEnds', from: YESTERDAY, to: null });
	});

	it('for a time gets the new expiry', () => {
		const limited = anEmployee(1, { terminationDate: LATER });
		const decision = decided(limited, [accountOf(anna, { status: 'inactive', accessEnds: YESTERDAY })]);
		expect(valueFor(decision, 'accessEnds')).toBe(LATER);
	});

	it.each([YESTERDAY, null])('is held while Personio does not tell until when (expiry %j)', (accessEnds) => {
		const unread = without(anna, 'terminationDate');
		const decision = decided(unread, [accountOf(anna, { status: 'inactive', accessEnds })]);
		expect(decision).toMatchObject({ action: 'hold', withheld: 'reactivate' });
		expect(fieldsOf(decision)).not.toContain('accessEnds');
	});

	it('comes back into the groups', () => {
		const decision = decided(
			anna,
			[disabled],
			{ groupRules: [joins('status', 'active', 'Staff'), joins('status', 'leave', 'Away')] },
			{ lms: { groups: [aGroup('Staff'), aGroup('Away')] }, memberships: { L1: ['Away'] } },
		);
		expect(decision.groups).toMatchObject({ add: [{ name: 'Staff' }], remove: [{ name: 'Away' }] });
	});

	it('is held where somebody else disabled an account without a link', () => {
		const decision = decided(anna, [accountOf(anna, { status: 'inactive', link: null })]);
		expect(decision).toMatchObject({ withheld: 'reactivate', hold: { code: 'accountDisabled' } });
	});
});

describe('where addresses alone are compared', () => {
	const byEmail = { matchBy: 'email' } as const;

	it('somebody with a new address is held rather than invited', () => {
		const decision = decided(anna, [accountOf(anna, { email: 'maiden@acme.example' })], byEmail);
		expect(decision).toMatchObject({ withheld: 'invite', hold: { code: 'possibleEmailChange' } });
	});

	it('somebody who shares no name with an account of nobody is invited', () => {
		expect(decided(anna, [lmsOnly('Zoe')], byEmail).action).toBe('invite');
	});

	it('an account of somebody else is nobody’s', () => {
		const twin = anEmployee(2, { firstName: 'First1' });
		const people = planned({
			employees: [anna, twin],
			lms: { learners: [accountOf(anna)] },
			settings: byEmail,
		});
		expect(about(people, twin).action).toBe('invite');
	});

	it('somebody who comes back gets the account back', () => {
		expect(decided(anna, [accountOf(anna, { status: 'inactive', link: null })], byEmail).action).toBe(
			'reactivate',
		);
	});

	it('no link is written', () => {
		expect(decided(anna, [accountOf(anna, { link: null })], byEmail).action).toBe('none');
		expect(fieldsOf(decided(anna, [], byEmail))).not.toContain('link');
	});
});
