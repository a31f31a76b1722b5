import {
	accountOf,
	aGroup,
	anEmployee,
	decided,
	fieldsOf,
	holdCode,
	invitationOf,
	joins,
	LATER,
	valueFor,
	YESTERDAY,
} from './builders';

const anna = anEmployee(1);
const leaver = anEmployee(1, { terminationDate: YESTERDAY });
const disabled = accountOf(anna, { status: 'inactive' });

describe('somebody who declined an invitation', () => {
	const byLink = { lms: { rejections: [{ email: 'old@acme.example', link: anna.id }] } };
	const byAddress = { lms: { rejections: [{ email: 'P1@acme.example', link: null }] } };

	it.each([byLink, byAddress])('is not invited again', (situation) => {
		expect(holdCode(decided(anna, [], {}, situation))).toBe('invitationRejected');
	});

	it('gets an account where no invitation is needed', () => {
		expect(decided(anna, [], { newLearners: 'create' }, byLink).action).toBe('create');
	});

	it('does not stand in the way of others', () => {
		expect(decided(anEmployee(2), [], {}, byLink).action).toBe('invite');
	});

	it('is kept in step after accepting a later one', () => {
		expect(decided(anna, [accountOf(anna, { lastName: 'Old' })], {}, byLink).action).toBe('update');
	});
});

describe('an open invitation', () => {
	it('is never repeated, whatever else has changed', () => {
		const open = invitationOf(anna, { firstName: 'Old', accessEnds: LATER });
		expect(decided(anna, [open])).toMatchObject({ action: 'none', invite: false, changes: [] });
	});

	it('is not repeated for an address in other letter case', () => {
		expect(decided(anna, [invitationOf(anna, { email: 'P1@ACME.example' })]).action).toBe('none');
	});

	it('that somebody else sent by hand counts as well', () => {
		expect(decided(anna, [invitationOf(anna, { link: null })]).action).toBe('none');
	});

	it('is replaced by one to a new address, with all the values', () => {
		const decision = decided(anna, [invitationOf(anna, { email: 'old@acme.example' })]);
		expect(decision).toMatchObject({ action: 'invite', invite: true });
		expect(decision.changes[0]).toEqual({
			field: 'email',
			from: 'old@acme.example',
			to: 'p1@acme.example',
		});
		expect(fieldsOf(decision)).toEqual(['email', 'firstName', 'lastName', 'link']);
	});

	it('keeps last day and group when it is replaced', () => {
		const ending = anEmployee(1, { terminationDate: LATER });
		const decision = decided(
			ending,
			[invitationOf(anna, { email: 'old@acme.example', accessEnds: LATER })],
			{ groupRules: [joins('status', 'active', 'Staff')] },
			{ lms: { groups: [aGroup('Staff')] } },
		);
		expect(valueFor(decision, 'accessEnds')).toBe(LATER);
		expect(decision.groups.add).toMatchObject([{ name: 'Staff' }]);
	});

	it('of a leaver is cancelled', () => {
		expect(decided(leaver, [invitationOf(anna)])).toMatchObject({
			action: 'deactivate',
			changes: [{ field: 'status', from: 'pending', to: 'canceled' }],
		});
	});

	it('of a leaver is not passed over because an account of theirs is disabled already', () => {
		const second = invitationOf(anna, { email: 'private@home.example' });
		expect(['deactivate', 'hold']).toContain(decided(leaver, [disabled, second]).action);
	});
});
