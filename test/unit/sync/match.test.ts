import { employeeId, learnerId, type Employee, type Learner } from '../../../nodes/shared/item';
import { match, Strays } from '../../../nodes/LmsSync/sync/match';
import { accountOf, anEmployee, invitationOf, lmsOnly, without } from './builders';

const anna = anEmployee(1);
const ben = anEmployee(2);

const perhapsRenamed = (employee: Employee, unclaimed: Learner[]) => new Strays(unclaimed).perhaps(employee);

function found(employee: Employee, employees: Employee[], learners: Learner[], matchBy?: 'email') {
	const result = match(employees, { learners }, { matchBy: matchBy ?? 'link' }).matches.get(employee.id);
	if (result === undefined) throw new Error(`Nothing was said about ${employee.id}.`);
	if (result.kind === 'conflict') return { code: result.hold.code, message: result.hold.message };
	return result.kind === 'none' ? 'none' : { kind: result.kind, id: result.learner.id };
}

describe('an employee is found', () => {
	it('by the link, although the address is another', () => {
		const account = accountOf(anna, { email: 'maiden@acme.example' });
		expect(found(anna, [anna], [account])).toEqual({ kind: 'link', id: 'L1' });
	});

	it('by the link, although an unlinked account has the address', () => {
		const account = accountOf(anna, { email: 'maiden@acme.example' });
		const other = lmsOnly('anna', { email: 'p1@acme.example' });
		expect(found(anna, [anna], [other, account])).toEqual({ kind: 'link', id: 'L1' });
	});

	it('by the address in whatever letter case, where no account carries the link', () => {
		const account = accountOf(anna, { link: null, email: ' P1@Acme.EXAMPLE' });
		expect(found(anna, [anna], [account])).toEqual({ kind: 'email', id: 'L1' });
	});

	it('nowhere if neither link nor address fit, nor if there is no address', () => {
		expect(found(anna, [anna], [accountOf(ben)])).toBe('none');
		const silent = anEmployee(1, { email: null });
		expect(found(silent, [silent], [lmsOnly('nobody', { email: '' })])).toBe('none');
		const unread = without(anna, 'email');
		expect(found(unread, [unread], [accountOf(anna, { link: null })])).toBe('none');
	});

	it('by the link without any address', () => {
		const silent = anEmployee(1, { email: null });
		expect(found(silent, [silent], [accountOf(anna)])).toEqual({ kind: 'link', id: 'L1' });
	});
});

describe('a conflict is', () => {
	it('an account at the address that carries another Personio id', () => {
		const result = found(anna, [anna], [accountOf(ben, { email: 'p1@acme.example' })]);
		expect(result).toMatchObject({ code: 'linkedToOther', message: expect.stringContaining('id 2') });
	});

	it('two employees with one address, both named in both sentences', () => {
		const twin = anEmployee(2, { email: 'P1@acme.example' });
		const same = { code: 'duplicateEmail', message: expect.stringMatching(/First1.*First2|First2.*First1/) };
		expect(found(anna, [anna, twin], [])).toMatchObject(same);
		expect(found(twin, [anna, twin], [])).toMatchObject(same);
	});

	it('a linked person who is to move to an address that a colleague has as well', () => {
		const twin = anEmployee(2, { email: 'p1@acme.example' });
		const learners = [accountOf(anna), accountOf(twin, { email: 'p2@acme.example' })];
		expect(found(anna, [anna, twin], learners)).toMatchObject({ kind: 'link' });
		expect(found(twin, [anna, twin], learners)).toMatchObject({ code: 'duplicateEmail' });
	});

	it('two accounts that carry one Personio id, with both addresses in the sentence', () => {
		const second = accountOf(anna, { id: learnerId('L1b'), email: 'anna@acme.example' });
		expect(found(anna, [anna], [accountOf(anna), second])).toMatchObject({
			code: 'duplicateAccount',
			message: expect.stringMatching(/p1@acme\.example.*anna@acme\.example/),
		});
	});

	it('two accounts at one address', () => {
		const learners = [accountOf(anna, { link: null }), accountOf(anna, { id: learnerId('L1b'), link: null })];
		expect(found(anna, [anna], learners)).toMatchObject({ code: 'duplicateAccount' });
	});
});

describe('an account outranks an open invitation', () => {
	it('that carries the same link', () => {
		const learners = [invitationOf(anna, { email: 'old@acme.example' }), accountOf(anna)];
		expect(found(anna, [anna], learners)).toEqual({ kind: 'link', id: 'L1' });
		expect(found(anna, [anna], learners.reverse())).toEqual({ kind: 'link', id: 'L1' });
	});

	it('to the same address', () => {
		const learners = [invitationOf(anna, { link: null }), accountOf(anna, { link: null })];
		expect(found(anna, [anna], learners)).toEqual({ kind: 'email', id: 'L1' });
	});
});

describe('where addresses alone are compared', () => {
	it('links are not looked at', () => {
		const account = accountOf(ben, { email: 'p1@acme.example' });
		expect(found(anna, [anna], [account], 'email')).toEqual({ kind: 'email', id: 'L2' });
		const elsewhere = accountOf(anna, { email: 'x@acme.example' });
		expect(found(anna, [anna], [elsewhere], 'email')).toBe('none');
	});

	it('nobody is missing', () => {
		expect(match([anna], { learners: [accountOf(ben)] }, { matchBy: 'email' }).missing).toEqual([]);
	});

	it('a learner who belongs to nobody may be a person with a changed address', () => {
		const married = anEmployee(1, { lastName: 'Wed' });
		expect(perhapsRenamed(married, [lmsOnly('x'), accountOf(anna)])).toMatchObject({ id: 'L1' });
		expect(perhapsRenamed(anEmployee(1, { firstName: 'first1' }), [accountOf(anna)])).toBeDefined();
		expect(perhapsRenamed(ben, [accountOf(anna)])).toBeUndefined();
	});

	it('two people without names are not taken for one', () => {
		const nameless = { firstName: null, lastName: null };
		expect(perhapsRenamed(anEmployee(1, nameless), [accountOf(ben, nameless)])).toBeUndefined();
	});
});

describe('a learner without an employee', () => {
	const cara = anEmployee(3);

	it('is missing if it carries a link and can still log in or accept', () => {
		const { missing } = match(
			[anna],
			{ learners: [accountOf(anna), accountOf(ben), invitationOf(cara), lmsOnly('x')] },
			{ matchBy: 'link' },
		);
		expect(missing.map(({ id }) => id)).toEqual(['L2', 'I3']);
	});

	it('is not missing if it is disabled already', () => {
		const { missing } = match(
			[],
			{ learners: [accountOf(anna, { status: 'inactive' })] },
			{ matchBy: 'link' },
		);
		expect(missing).toEqual([]);
	});

	it('belongs to nobody if it carries no link and has nobody’s address', () => {
		const learners = [accountOf(anna), accountOf(ben, { link: null }), accountOf(cara), lmsOnly('x')];
		const { unclaimed } = match([anna, ben], { learners }, { matchBy: 'link' });
		expect(unclaimed.map(({ id }) => id)).toEqual(['X-x']);
		const byAddress = match([anna, ben], { learners }, { matchBy: 'email' });
		expect(byAddress.unclaimed.map(({ id }) => id)).toEqual(['L3', 'X-x']);
	});

	it('carries a link that nobody ever had, and is missing all the same', () => {
		const stray = lmsOnly('x', { link: employeeId('abc') });
		expect(match([anna], { learners: [stray] }, { matchBy: 'link' }).missing).toEqual([stray]);
	});
});
