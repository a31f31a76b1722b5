import { undoFileOf } from '../../../nodes/LmsSync/sync/deeds';
import { undo } from '../../../nodes/LmsSync/sync/undo';
import { learnerId, type Employee, type Learner } from '../../../nodes/shared/item';
import {
	accountOf,
	aGroup,
	anEmployee,
	invitationOf,
	joins,
	LATER,
	NOW,
	planned,
	YESTERDAY,
	type SettingsOver,
} from './builders';
import type { ModelPortal } from './model';
import { ran, said } from './undoing';

const groups = ['London', 'Berlin'].map((name) => aGroup(name));

/** A run about some people, with what an administrator does after it, and what is taken back then. */
function takenBack(
	employees: Employee[],
	learners: Learner[],
	{
		settings = {},
		meanwhile = (_: ModelPortal) => {},
	}: { settings?: SettingsOver; meanwhile?: (model: ModelPortal) => void } = {},
) {
	const { model, file } = ran(employees, learners, { settings });
	meanwhile(model);
	const people = undo(file, model.lms, model.memberships, { dryRun: false, now: NOW });
	model.apply({ people });
	return { model, file, people, decisions: people.map(({ decision }) => decision) };
}
const only = ({ lms }: ModelPortal): Learner => lms.learners[0] as Learner;

describe('the file of a run', () => {
	it('is there only where something was done', () => {
		const anna = anEmployee(1);
		const { people, summary } = planned({ employees: [anna], lms: { learners: [accountOf(anna)] } });
		expect(undoFileOf(people, summary)).toBeUndefined();
		expect(undoFileOf([], summary)).toBeUndefined();
	});

	it('has nothing of a step that was previewed', () => {
		const anna = anEmployee(1, { lastName: 'New' });
		const { people, summary } = planned({ employees: [anna], lms: { learners: [accountOf(anEmployee(1))] } });
		const outcomes = [{ step: 'upsert' as const, status: 'previewed' as const }];
		const items = people.map((each) => ({ ...each, outcomes }));
		expect(undoFileOf(items, summary)).toBeUndefined();
	});

	it('has only what was carried out of a decision, where a later step did not run', () => {
		const anna = anEmployee(1, { lastName: 'New', office: 'London' });
		const { people, summary } = planned({
			employees: [anna],
			lms: { learners: [accountOf(anEmployee(1))], groups },
			settings: { groupRules: [joins('office', 'London', 'London')] },
		});
		const outcomes = [{ step: 'upsert' as const, status: 'done' as const }];
		const items = people.map((each) => ({ ...each, outcomes }));
		const [deed] = undoFileOf(items, summary)?.done ?? [];
		expect(deed).toMatchObject({ changes: [{ field: 'lastName' }], groups: { add: [], remove: [] } });
	});

	it('has nothing of the decisions of another LMS of the same make', () => {
		const anna = anEmployee(1, { lastName: 'New' });
		const { people, summary } = planned({ employees: [anna], lms: { learners: [accountOf(anEmployee(1))] } });
		const items = people.map((each) => ({
			...each,
			decision: { ...each.decision, portal: 'other.example' },
			outcomes: [{ step: 'upsert' as const, status: 'done' as const }],
		}));
		expect(undoFileOf(items, summary)).toBeUndefined();
	});

	it('holds no more of a person than it takes', () => {
		const anna = anEmployee(1, { lastName: 'New', position: 'Cook', department: 'Secret' });
		const { file } = takenBack([anna], [accountOf(anEmployee(1))]);
		expect(JSON.stringify(file)).not.toMatch(/Secret|Cook/);
	});
});

describe('taking back', () => {
	it('fields, groups and a last day brings them back', () => {
		const anna = anEmployee(1, {
			email: 'new@acme.example',
			lastName: 'New',
			office: 'Berlin',
			terminationDate: LATER,
			custom: { dynamic_1: 'x' },
		});
		const before = accountOf(anEmployee(1), { custom: { Level: 'old' } });
		const { model, decisions } = takenBack([anna], [before]);
		expect(only(model)).toEqual(before);
		expect(model.memberships.get(before.id)).toEqual(['London']);
		expect(said(decisions)).toBe('');
	});

	it('an end of access lets somebody in again, once', () => {
		const anna = anEmployee(1, { terminationDate: YESTERDAY });
		const { model, file } = takenBack([anna], [accountOf(anEmployee(1))]);
		expect(only(model).status).toBe('active');
		const again = undo(file, model.lms, model.memberships, { dryRun: false, now: NOW });
		expect(again.map(({ decision }) => decision.action)).toEqual(['hold']);
	});

	it('an end of access tells when the run was', () => {
		const anna = anEmployee(1, { status: 'inactive' });
		const { file, model, decisions } = takenBack([anna], [accountOf(anEmployee(1))]);
		expect(said(decisions)).toBe('The run was on 2026-03-10 at 11:00 UTC.');
		Object.assign(only(model), { status: 'inactive' });
		const now = '2026-03-11T11:00:01.000Z';
		const later = undo(file, model.lms, model.memberships, { dryRun: false, now });
		expect(said(later.map(({ decision }) => decision))).toContain(
			'Personio was not asked whether First1 Last1 is still with the company. If not, the next sync ends the access again.',
		);
	});

	it('a return ends access again', () => {
		const anna = anEmployee(1, { lastName: 'New' });
		const { model } = takenBack([anna], [accountOf(anEmployee(1), { status: 'inactive' })]);
		expect(only(model)).toMatchObject({ status: 'inactive', lastName: 'Last1' });
	});

	it('an invitation cancels it, and says that the mail was sent', () => {
		const { model, decisions } = takenBack([anEmployee(1)], []);
		expect(model.lms.learners).toEqual([]);
		expect(said(decisions)).toContain('The invitation mail was sent');
	});

	it('an invitation that was accepted leaves the account, and says so', () => {
		const { model, decisions } = takenBack([anEmployee(1)], [], {
			meanwhile: (each) => each.accept(() => true),
		});
		expect(only(model).status).toBe('active');
		expect(said(decisions)).toContain('has accepted the invitation since');
	});

	it('a new account ends it, and says that it stays', () => {
		const { model, decisions } = takenBack([anEmployee(1)], [], { settings: { newLearners: 'create' } });
		expect(only(model).status).toBe('inactive');
		expect(said(decisions)).toContain('stays in the LMS without access');
	});

	it('a cancelled invitation sends no second mail, and says so', () => {
		const anna = anEmployee(1, { status: 'inactive' });
		const { model, decisions } = takenBack([anna], [invitationOf(anna)]);
		expect(model.lms.learners).toEqual([]);
		expect(said(decisions)).toContain('invite from the LMS');
	});

	it('of exchanged addresses exchanges them back', () => {
		const [anna, ben] = [anEmployee(1), anEmployee(2)];
		const before = [
			accountOf(anna, { email: 'p2@acme.example' }),
			accountOf(ben, { email: 'p1@acme.example' }),
		];
		expect(takenBack([anna, ben], before).model.lms.learners).toEqual(before);
	});

	it('in a dry run says what it would do, and is marked as what it is', () => {
		const anna = anEmployee(1, { lastName: 'New' });
		const { file, model } = takenBack([anna], [accountOf(anEmployee(1))], {
			meanwhile: (each) => Object.assign(only(each), { lastName: 'New' }),
		});
		Object.assign(only(model), { lastName: 'New' });
		const [person] = undo(file, model.lms, model.memberships, { dryRun: true, now: NOW });
		expect(person?.decision).toMatchObject({ dryRun: true, undoes: true, platform: 'LMS', decidedAt: NOW });
	});

	it.each<[string, Partial<Employee>, Partial<Learner>]>([
		['name', { lastName: 'New' }, { lastName: 'Hand' }],
		['address', { email: 'new@acme.example' }, { email: 'hand@acme.example' }],
		['last day', { terminationDate: LATER }, { accessEnds: '2027-01-01' }],
		['custom field', { custom: { dynamic_1: 'x' } }, { custom: { Level: 'hand' } }],
	])('leaves a %s that somebody has changed since, and names it', (_, change, byHand) => {
		const { model, decisions } = takenBack([anEmployee(1, change)], [accountOf(anEmployee(1))], {
			meanwhile: (each) => Object.assign(only(each), byHand),
		});
		expect(only(model)).toMatchObject(byHand);
		expect(said(decisions)).toContain('was changed since, and stays');
	});

	it('leaves a group that somebody has left or joined since as it is', () => {
		const anna = anEmployee(1, { office: 'Berlin' });
		const { model } = takenBack([anna], [accountOf(anEmployee(1))], {
			meanwhile: (each) => each.memberships.set(learnerId('L1'), ['London']),
		});
		expect(model.memberships.get(learnerId('L1'))).toEqual(['London']);
	});

	it('leaves somebody alone who was let in again by hand, and says so', () => {
		const anna = anEmployee(1, { status: 'inactive' });
		const { decisions } = takenBack([anna], [accountOf(anEmployee(1))], {
			meanwhile: (each) => Object.assign(only(each), { status: 'active' }),
		});
		expect(said(decisions)).toContain('has access again already');
	});

	it('names a field that somebody has emptied since as empty', () => {
		const anna = anEmployee(1, { custom: { dynamic_1: 'x' } });
		const { decisions } = takenBack([anna], [accountOf(anEmployee(1), { custom: { Level: 'old' } })], {
			meanwhile: (each) => Object.assign(only(each), { custom: {} }),
		});
		expect(said(decisions)).not.toContain('null');
	});

	it('says that an invitation which was replaced does not come back', () => {
		const anna = anEmployee(1);
		const { decisions } = takenBack([anna], [invitationOf(anna, { email: 'old@acme.example' })]);
		expect(said(decisions)).toContain('old@acme.example');
	});

	it('does not let somebody in whose last day in the LMS is over, and says so', () => {
		const anna = anEmployee(1, { terminationDate: YESTERDAY });
		const { decisions } = takenBack([anna], [accountOf(anEmployee(1), { accessEnds: YESTERDAY })]);
		expect(said(decisions)).not.toBe('');
	});
});
