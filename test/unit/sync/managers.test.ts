import type { Decision, Employee, Learner } from '../../../nodes/shared/item';
import type { LmsState } from '../../../nodes/LmsSync/sync/lmsState';
import { markOf } from '../../../nodes/LmsSync/sync/marks';
import {
	about,
	accountOf,
	aField,
	anAcademy,
	anEmployee,
	fieldsOf,
	holdCode,
	lmsOnly,
	MARK_FIELD,
	marked,
	planned,
	plannedIn,
	reportsTo,
	valueFor,
	without,
	YESTERDAY,
	type Situation,
} from './builders';

const boss = anEmployee(1, { supervisor: null });
const deputy = anEmployee(2, { supervisor: null });
const anna = anEmployee(3, reportsTo(1));
const [bossAccount, deputyAccount] = [marked(boss, null), marked(deputy, null)];

const decisionOf = (employee: Employee, ...args: Parameters<typeof plannedIn>): Decision =>
	about(plannedIn(...args), employee);
const ofAnna = (annas: Learner, employee = anna, rest: Partial<Situation> = {}) =>
	decisionOf(employee, [boss, deputy, employee], [bossAccount, deputyAccount, annas], rest);

/** A costly field that is mapped, whose values no mark knows yet. */
const RENEWS_MARKS = {
	lms: { fields: [{ ...aField('Team'), costly: true as const }] },
	settings: { fieldMapping: [{ attribute: 'department', field: 'Team' }] },
};

describe('a supervisor', () => {
	it('becomes the manager, and the mark remembers it', () => {
		const decision = ofAnna(marked(anna, null));
		expect(decision).toMatchObject({
			action: 'update',
			changes: [],
			reason: 'The manager is First1 Last1.',
			manager: { label: 'Personio ID', from: null, to: '1', toName: 'First1 Last1' },
		});
		expect(decision.manager?.mark).toMatchObject({ field: 'mark', label: MARK_FIELD });
		expect(markOf(decision.manager?.mark?.to as string)?.manager).toBe('1');
	});

	it('who is the manager already is not set again', () => {
		expect(ofAnna(marked(anna, boss.id))).toMatchObject({ action: 'none', changes: [] });
	});

	it('takes the place of the one before', () => {
		expect(ofAnna(marked(anna, deputy.id))).toMatchObject({
			manager: { from: '2', to: '1', fromName: 'First2 Last2', toName: 'First1 Last1' },
			reason: 'The manager is First1 Last1 instead of First2 Last2.',
		});
	});

	it('who is gone is taken away, if the sync has set them', () => {
		const alone = { ...anna, supervisor: null };
		expect(ofAnna(marked(anna, deputy.id), alone)).toMatchObject({
			action: 'update',
			manager: { from: '2', to: null, fromName: 'First2 Last2' },
			reason: 'First2 Last2 is no longer the manager.',
		});
		expect(ofAnna(marked(anna, null), alone)).toMatchObject({ action: 'none' });
	});

	it('who is not delivered changes nothing, and the mark keeps the manager', () => {
		const unread = without(anna, 'supervisor');
		expect(ofAnna(marked(anna, deputy.id), unread).action).toBe('none');
		const renewed = ofAnna(marked(anna, deputy.id), { ...unread, department: 'IT' }, RENEWS_MARKS);
		expect(renewed).not.toHaveProperty('manager');
		expect(markOf(valueFor(renewed, 'mark') as string)?.manager).toBe('2');
	});

	it('is set beside other changes, for which the mark waits', () => {
		const decision = ofAnna(marked(anna, null, { lastName: 'Maiden' }));
		expect(fieldsOf(decision)).toEqual(['lastName']);
		expect(decision).toMatchObject({ manager: { to: '1', mark: { field: 'mark' } } });
		expect(decision.reason).toMatch(/last name.*The manager is First1 Last1\.$/);
	});

	it('of somebody new is set in the same run', () => {
		const plan = plannedIn([boss, anna], []);
		expect(about(plan, anna)).toMatchObject({ action: 'invite', manager: { from: null, to: '1' } });
		expect(about(plan, boss)).not.toHaveProperty('manager');
	});

	it('of somebody who comes back is set anew, since nothing is left of the one before', () => {
		const decision = ofAnna(marked(anna, boss.id, { status: 'inactive' }));
		expect(decision).toMatchObject({ action: 'reactivate', manager: { from: null, to: '1' } });
	});

	it('outside of the employees is set if they have a linked account', () => {
		const decision = decisionOf(anna, [anna], [bossAccount, marked(anna, null)]);
		expect(decision).toMatchObject({ manager: { to: '1', toName: 'First1 Last1' } });
	});

	it('is nobody’s business where managers are not wanted, and the mark keeps the one that was set', () => {
		const off = { managers: false };
		expect(ofAnna(marked(anna, deputy.id), anna, { settings: off }).action).toBe('none');
		const settings = { ...RENEWS_MARKS.settings, ...off };
		const renewed = ofAnna(
			marked(anna, deputy.id),
			{ ...anna, department: 'IT' },
			{ ...RENEWS_MARKS, settings },
		);
		expect(markOf(valueFor(renewed, 'mark') as string)?.manager).toBe('2');
	});

	it('is nobody’s business in an LMS without managers or without a place for marks', () => {
		const learners = [accountOf(boss), accountOf(anna)];
		const { markField: _, ...unmarked } = anAcademy({ learners });
		const decision = about(planned({ employees: [boss, anna], lms: unmarked }), anna);
		expect(decision).not.toHaveProperty('manager');
		expect(fieldsOf(decision)).toEqual([]);
		const { hasManagers: __, ...others } = anAcademy({ learners });
		expect(about(planned({ employees: [boss, anna], lms: others }), anna)).not.toHaveProperty('manager');
	});

	it('cannot be found where addresses alone are compared, and is not set', () => {
		const settings = { matchBy: 'email' as const };
		const learners = [accountOf(boss, { link: null }), accountOf(anna, { link: null })];
		expect(decisionOf(anna, [boss, anna], learners, { settings })).not.toHaveProperty('manager');
	});
});

describe('a supervisor without an account', () => {
	const missing = (supervisor: Employee | undefined, accounts: Learner[], annas = marked(anna, null)) =>
		decisionOf(anna, supervisor ? [supervisor, anna] : [anna], [...accounts, annas]);

	it.each<[string, Employee | undefined, Learner[]]>([
		['is unknown', undefined, []],
		['is known to the LMS by address only', undefined, [accountOf(boss, { link: null })]],
		['has no address', anEmployee(1, { email: null }), []],
		['has left', anEmployee(1, { terminationDate: YESTERDAY }), [bossAccount]],
		[
			'has left long ago',
			anEmployee(1, { status: 'inactive' }),
			[marked(boss, null, { status: 'inactive' })],
		],
	])('who %s is no manager, and a note says so', (_, supervisor, accounts) => {
		const decision = missing(supervisor, accounts);
		expect(decision).toMatchObject({ action: 'none', notes: [expect.stringContaining('has no account')] });
		expect(decision.notes?.[0]).toMatch(/^The supervisor (First1 Last1 \(Personio id 1\)|Personio id 1) has/);
		expect(decision).not.toHaveProperty('manager');
	});

	it('leaves the manager of before in place until then, and in the mark', () => {
		const decision = decisionOf(anna, [deputy, anna], [deputyAccount, marked(anna, deputy.id)]);
		expect(decision.action).toBe('none');
		expect(decision.notes).toEqual([
			'The supervisor Personio id 1 has no account in the LMS, so no manager is set. First2 Last2 (Personio id 2) stays the manager until then.',
		]);
	});

	it('is the manager as soon as they are added in the same run', () => {
		expect(missing(boss, [])).toMatchObject({ manager: { to: '1' } });
		expect(missing(boss, [marked(boss, null, { status: 'inactive' })])).toMatchObject({
			manager: { to: '1' },
		});
	});

	it('who is kept by the limit stays the manager', () => {
		const leaver = anEmployee(1, { terminationDate: YESTERDAY });
		const settings = { limits: { maxDeactivations: 0, maxDeactivationPercent: 100 } };
		const plan = plannedIn([leaver, anna], [bossAccount, marked(anna, null)], { settings });
		expect(about(plan, anna)).toMatchObject({ manager: { to: '1' } });
	});

	it('whose account carries no link, since they are left alone, is not set either', () => {
		const settings = { scope: { exclude: ['1'] } };
		const learners = [accountOf(boss, { link: null }), marked(anna, null)];
		const decision = decisionOf(anna, [boss, anna], learners, { settings });
		expect(decision).not.toHaveProperty('manager');
		expect(decision.notes).toEqual([expect.stringContaining('First1 Last1')]);
	});

	it('who is left alone and has a link is the manager', () => {
		const settings = { scope: { exclude: ['1'] } };
		const decision = decisionOf(anna, [boss, anna], [bossAccount, marked(anna, null)], { settings });
		expect(decision).toMatchObject({ manager: { to: '1' } });
	});
});

describe('a manager who was taken away in the LMS by hand', () => {
	const reports = (...ids: string[]): Partial<LmsState> => ({
		reports: new Map([[bossAccount.id, new Set(ids.map((id) => id as Learner['id']))]]),
	});

	it('is set again, once it is known', () => {
		expect(ofAnna(marked(anna, boss.id), anna, { lms: reports() })).toMatchObject({
			action: 'update',
			changes: [],
			manager: { from: null, to: '1' },
		});
		expect(ofAnna(marked(anna, boss.id), anna, { lms: reports('L3') }).action).toBe('none');
	});

	it('is not missed while the reports of that manager were not listed', () => {
		expect(ofAnna(marked(anna, boss.id), anna, { lms: { reports: new Map() } }).action).toBe('none');
	});
});

describe('a manager who comes back', () => {
	it('manages again those whom they managed, since an ended account loses them', () => {
		const learners = [marked(boss, null, { status: 'inactive' }), marked(anna, boss.id)];
		const plan = plannedIn([boss, anna], learners);
		expect(about(plan, boss).action).toBe('reactivate');
		expect(about(plan, anna)).toMatchObject({ action: 'update', manager: { from: null, to: '1' } });
	});

	it('with a new account manages those whom they managed with the one before', () => {
		const plan = plannedIn([boss, anna], [marked(anna, boss.id)]);
		expect(about(plan, anna)).toMatchObject({ action: 'update', manager: { from: null, to: '1' } });
	});
});

describe('what keeps a decision from being carried out', () => {
	it('keeps the manager and the mark from it as well', () => {
		const learners = [bossAccount, marked(anna, null, { email: 'old@acme.example' })];
		const taken = lmsOnly('x', { email: 'p3@acme.example' });
		const decision = decisionOf(anna, [boss, anna], [...learners, taken]);
		expect(decision).toMatchObject({ action: 'hold', withheld: 'update' });
		expect(decision).not.toHaveProperty('manager');
	});

	it('is not a missing address, as long as the account has one', () => {
		const silent = { ...anna, email: null };
		const plan = plannedIn([boss, silent], [bossAccount, marked(anna, null, { email: 'p3@acme.example' })]);
		expect(plan.people.some(({ decision }) => decision.action === 'update' && decision.manager)).toBe(true);
	});

	it('is not a group that cannot be left on the strength of an incomplete roster', () => {
		const groups = [{ id: 'G-Old', name: 'Old', own: true }];
		const remote = { ...anna, office: null };
		const { people } = plannedIn([boss, remote], [bossAccount, marked(anna, null)], {
			lms: { groups },
			memberships: { L3: ['/Acme', 'Old'], L1: ['/Acme'] },
			settings: { groupLevels: ['office'] },
			roster: { complete: false, reason: 'A page did not come.' },
		});
		const ofAnnas = people.filter(({ employee }) => employee === remote).map(({ decision }) => decision);
		expect(ofAnnas.map(holdCode)).toContain('incompleteRoster');
		expect(ofAnnas.some(({ action, manager }) => action === 'update' && manager !== undefined)).toBe(true);
	});
});
