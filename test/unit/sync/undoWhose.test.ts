import { employeeId, learnerId, type Employee, type Learner } from '../../../nodes/shared/item';
import { accountOf, anEmployee, holdCode, invitationOf, lmsOnly, YESTERDAY } from './builders';
import type { ModelPortal } from './model';
import { decisionsOf, ran, said } from './undoing';

const anna = anEmployee(1);
const create = { settings: { newLearners: 'create' as const } };
const only = ({ lms }: ModelPortal): Learner => lms.learners[0] as Learner;

/** A run, and then its account in the hands of somebody else. */
function handedOver(
	employee: Employee,
	learners: Learner[],
	over: Partial<Learner>,
	settings: Parameters<typeof ran>[2] = {},
) {
	const run = ran([employee], learners, settings);
	Object.assign(only(run.model), over);
	return decisionsOf(run);
}

describe("an account that is somebody else's by now", () => {
	it.each<[string, Partial<Learner>, string]>([
		['another Personio ID', { link: employeeId(4711) }, 'the Personio ID 4711 by now, and not 1'],
		['no Personio ID', { link: null }, 'no Personio ID by now'],
		['another address', { email: 'partner@elsewhere.example' }, 'stays "partner@elsewhere.example"'],
	])('with %s is not ended, though the run made it', (_, over, words) => {
		const decisions = handedOver(anna, [], over, create);
		expect(decisions.map(holdCode)).toEqual(['factsMoved']);
		expect(said(decisions as never)).toContain(words);
	});

	it('is not ended where the run has given it back', () => {
		const before = accountOf(anna, { status: 'inactive' });
		expect(handedOver(anna, [before], { email: 'partner@elsewhere.example' }).map(holdCode)).toEqual([
			'factsMoved',
		]);
		expect(handedOver(anna, [before], { link: employeeId(4711) }).map(holdCode)).toEqual(['factsMoved']);
	});

	it.each<[string, Employee, Partial<Learner>]>([
		['Personio ID', anEmployee(1, { lastName: 'New' }), { link: employeeId(4711) }],
		['address', anEmployee(1, { email: 'new@acme.example' }), { email: 'partner@elsewhere.example' }],
	])('with another %s keeps its fields and groups', (_, employee, over) => {
		const moved = { ...employee, office: 'Berlin' };
		expect(handedOver(moved, [accountOf(anna)], over).map(holdCode)).toEqual(['factsMoved']);
	});

	it.each<[string, Partial<Learner>]>([
		['Personio ID', { link: employeeId(4711) }],
		['address', { email: 'partner@elsewhere.example' }],
	])('with another %s does not get access again', (_, over) => {
		const leaver = anEmployee(1, { terminationDate: YESTERDAY });
		expect(handedOver(leaver, [accountOf(anna)], over).map(holdCode)).toEqual(['factsMoved']);
	});

	it('is not ended in place of the one that was made and is gone', () => {
		const { model, file } = ran([anna], [], create);
		model.lms.learners.splice(0, 1, accountOf(anna, { id: learnerId('hand') }));
		expect(decisionsOf({ model, file }).map(holdCode)).toEqual(['factsMoved']);
	});

	it('is not changed in place of the one that was changed and is gone', () => {
		const { model, file } = ran([anEmployee(1, { lastName: 'New' })], [accountOf(anna)]);
		model.lms.learners.splice(0, 1, accountOf(anna, { id: learnerId('hand'), lastName: 'New' }));
		expect(decisionsOf({ model, file }).map(holdCode)).toEqual(['factsMoved']);
	});

	it('has taken the place of an ended one, which is said', () => {
		const { model, file } = ran([anEmployee(1, { status: 'inactive' })], [accountOf(anna)]);
		model.lms.learners.push(accountOf(anna, { id: learnerId('new'), email: 'other@acme.example' }));
		expect(said(decisionsOf({ model, file }))).toContain('other@acme.example carries the same Personio ID');
	});

	it('has taken the place of an ended one, which stays so where links are unique', () => {
		const { model, file } = ran([anEmployee(1, { status: 'inactive' })], [accountOf(anna)]);
		model.lms.learners.push(accountOf(anna, { id: learnerId('new'), email: 'other@acme.example' }));
		model.lms.markField = 'mark';
		expect(decisionsOf({ model, file }).map(holdCode)).toEqual(['factsMoved']);
	});
});

describe('a file that was written by hand', () => {
	const everybody = [accountOf(anna), lmsOnly('admin'), invitationOf(anEmployee(2))];

	it.each([
		['without a person', undefined],
		['with another person', employeeId(7)],
	])('ends nobody %s', (_, id) => {
		const { model, file } = ran([anEmployee(1, { lastName: 'New' })], everybody);
		const done = model.lms.learners.map((learner) => ({
			who: id === undefined ? {} : { id },
			learner,
			action: 'create' as const,
			changes: [],
			groups: { add: [], remove: [] },
		}));
		const decisions = decisionsOf({ model, file: { ...file, done } });
		expect(decisions.map(holdCode)).toEqual(everybody.map(() => 'factsMoved'));
	});
});

describe('the owner of the platform', () => {
	it('is not ended by an undo', () => {
		const decisions = handedOver(anna, [], { owner: true }, create);
		expect(decisions).toMatchObject([
			{ hold: { code: 'ownerAccount' }, withheld: 'deactivate', undoes: true, platform: 'LMS' },
		]);
	});

	it('keeps the last day that a run has moved, and gets the rest back', () => {
		const changed = anEmployee(1, { lastName: 'New' });
		const decisions = handedOver(changed, [accountOf(anna, { accessEnds: '2026-04-01' })], { owner: true });
		expect(decisions).toMatchObject([
			{ action: 'update', changes: [{ field: 'lastName' }] },
			{ hold: { code: 'ownerAccount' }, changes: [{ field: 'accessEnds' }] },
		]);
	});
});

describe('a decision of an undo', () => {
	it('names the LMS and how it was read', () => {
		const run = ran([anEmployee(1, { lastName: 'New' })], [accountOf(anna)]);
		expect(decisionsOf(run, { portal: 'acme.example' })).toMatchObject([
			{ portal: 'acme.example', reading: { linkField: 'Personio ID' }, decidedAt: expect.any(String) },
		]);
	});

	it('tells what another one changes at the same account', () => {
		const back = anEmployee(1, { lastName: 'New' });
		const [update, end] = decisionsOf(ran([back], [accountOf(anna, { status: 'inactive' })]));
		expect([update?.action, end?.action]).toEqual(['update', 'deactivate']);
		expect(update?.beside).toEqual(end?.changes);
		expect(end?.beside).toEqual(update?.changes);
	});
});
