import type { Employee, EmployeeStatus } from '../../../nodes/shared/item';
import type { Condition, Scope } from '../../../nodes/LmsSync/sync/settings';
import {
	accountOf,
	anEmployee,
	decided,
	equals,
	holdCode,
	invitationOf,
	LATER,
	without,
	YESTERDAY,
} from './builders';

const anna = anEmployee(1, { department: 'IT', office: 'London' });

const withScope = (employee: Employee, scope: Partial<Scope>, learners = [accountOf(employee)]) =>
	decided(employee, learners, { scope });
const newWith = (employee: Employee, scope: Partial<Scope>) => withScope(employee, scope, []);

describe('somebody without an account', () => {
	it.each<EmployeeStatus>(['active', 'onboarding', 'leave'])('is invited when %s', (status) => {
		expect(newWith(anEmployee(1, { status }), {})).toMatchObject({ action: 'invite', invite: true });
	});

	it('gets none when inactive', () => {
		expect(newWith(anEmployee(1, { status: 'inactive' }), {}).action).toBe('none');
		expect(newWith(anEmployee(1, { status: 'inactive' }), { outOfScope: 'deactivate' }).action).toBe('none');
	});

	it('gets none when the last day is over already', () => {
		expect(newWith(anEmployee(1, { terminationDate: YESTERDAY }), {}).action).toBe('none');
	});

	it('is invited with a last day when that is to come', () => {
		expect(newWith(anEmployee(1, { terminationDate: LATER }), {})).toMatchObject({
			action: 'invite',
			accessEnds: LATER,
		});
	});

	it('gets none when the status is left out of the scope', () => {
		expect(newWith(anEmployee(1, { status: 'onboarding' }), { statuses: ['active'] }).action).toBe('none');
	});

	it.each([undefined, null])('is held while the status is %s', (status) => {
		const unread = status === null ? anEmployee(1, { status }) : without(anna, 'status');
		expect(holdCode(newWith(unread, {}))).toBe('unknownStatus');
	});
});

describe('a filter', () => {
	const it_: Condition = equals('department', 'it');

	it('lets those in to whom it applies', () => {
		expect(newWith(anna, { filters: [it_] }).action).toBe('invite');
	});

	it('keeps everybody out to whom one of several does not apply', () => {
		expect(newWith(anna, { filters: [it_, equals('office', 'Berlin')] }).action).toBe('none');
	});

	it('leaves people alone about whom it cannot tell', () => {
		const unread = without(anna, 'department');
		const outOfScope = 'deactivate';
		expect(newWith(unread, { filters: [it_] }).action).toBe('none');
		expect(withScope(unread, { filters: [it_], outOfScope }).action).toBe('none');
		expect(withScope(unread, { filters: [it_, equals('office', 'London')], outOfScope }).action).toBe('none');
	});

	it('decides where another one cannot tell', () => {
		const filters = [it_, equals('office', 'Berlin')];
		const unread = without(anna, 'department');
		expect(withScope(unread, { filters, outOfScope: 'deactivate' }).action).toBe('deactivate');
	});

	it('saves no leaver', () => {
		const leaver = without({ ...anna, terminationDate: YESTERDAY }, 'department');
		expect(withScope(leaver, { filters: [it_] }).action).toBe('deactivate');
	});
});

describe('somebody out of scope with an account', () => {
	const filters = [equals('office', 'Berlin')];
	const renamed = accountOf(anna, { lastName: 'Maiden', accessEnds: LATER });

	it('is left alone, and not even renamed', () => {
		expect(withScope(anna, { filters }, [renamed])).toMatchObject({ action: 'none', changes: [] });
	});

	it('loses access where the user asks for it', () => {
		expect(withScope(anna, { filters, outOfScope: 'deactivate' })).toMatchObject({
			action: 'deactivate',
			reason: 'Out of scope.',
		});
		expect(
			withScope(anEmployee(1, { status: 'leave' }), { statuses: ['active'], outOfScope: 'deactivate' }),
		).toMatchObject({ action: 'deactivate' });
	});

	it('loses an open invitation where the user asks for it', () => {
		const scope: Partial<Scope> = { filters, outOfScope: 'deactivate' };
		expect(withScope(anna, scope, [invitationOf(anna)])).toMatchObject({
			action: 'deactivate',
			changes: [{ field: 'status', from: 'pending', to: 'canceled' }],
		});
	});

	it('is not enabled again', () => {
		expect(withScope(anna, { filters }, [accountOf(anna, { status: 'inactive' })]).action).toBe('none');
	});

	it('loses access all the same when the last day is over', () => {
		expect(withScope(anEmployee(1, { status: 'inactive' }), { filters }).action).toBe('deactivate');
	});
});

describe('somebody on the exclusion list', () => {
	const leaver = anEmployee(1, { status: 'inactive' });

	it.each(['1', ' 1 ', 'p1@acme.example', ' P1@ACME.example'])('by the entry "%s" is left alone', (entry) => {
		expect(newWith(anna, { exclude: [entry] }).action).toBe('none');
		expect(withScope(leaver, { exclude: ['99', entry] }).action).toBe('none');
		expect(withScope(anna, { exclude: [entry], filters: [equals('office', 'Berlin')] }).action).toBe('none');
	});

	it.each(['11', '', 'p11@acme.example', 'First1'])('is not meant by the entry "%s"', (entry) => {
		expect(newWith(anna, { exclude: [entry] }).action).toBe('invite');
	});

	it('is left alone even out of scope, where others lose access', () => {
		const scope: Partial<Scope> = { exclude: ['1'], statuses: [], outOfScope: 'deactivate' };
		expect(withScope(anna, scope).action).toBe('none');
	});

	it('is not held for a status that is unknown', () => {
		expect(withScope(without(anna, 'status'), { exclude: ['1'] }).action).toBe('none');
	});

	it('by address is left alone while the address is not delivered', () => {
		const unread = without(leaver, 'email');
		expect(withScope(unread, { exclude: ['p1@acme.example'] }, [accountOf(anna)]).action).not.toBe(
			'deactivate',
		);
	});
});
