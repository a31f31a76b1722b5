import { employeeId, learnerId, type Learner, type SyncItem } from '../../../nodes/shared/item';
import type { Deed, UndoFile } from '../../../nodes/LmsSync/sync/deeds';
import { doubtfulManagers } from '../../../nodes/LmsSync/sync/deeds';
import { undo } from '../../../nodes/LmsSync/sync/undo';
import {
	accountOf,
	anAcademy,
	anEmployee,
	holdCode,
	invitationOf,
	LINK_FIELD,
	lmsOnly,
	marked,
	NOW,
	YESTERDAY,
} from './builders';
import type { ModelPortal } from './model';
import { decisionsOf, failing, ran, said } from './undoing';

const anna = anEmployee(1);
const create = { newLearners: 'create' as const };
const only = ({ lms }: ModelPortal): Learner => lms.learners[0] as Learner;
const MAYBE = 'A step of the run failed here. What is taken back is what the LMS shows as done.';

describe('a step that failed', () => {
	it('is taken back as far as it was done, field by field', () => {
		const moved = anEmployee(1, { firstName: 'Ann', lastName: 'New', email: 'new@acme.example' });
		const { model, file } = ran([moved], [accountOf(anna)], { noted: failing('upsert') });
		Object.assign(only(model), { lastName: 'Last1', email: 'p1@acme.example' });
		expect(decisionsOf({ model, file })).toMatchObject([
			{ action: 'update', changes: [{ field: 'firstName', to: 'First1' }], notes: [MAYBE] },
		]);
	});

	it('does nothing where nothing was done', () => {
		const { model, file } = ran(
			[anEmployee(1, { lastName: 'New', custom: { dynamic_1: 'x' } })],
			[accountOf(anna)],
			{
				noted: failing('upsert'),
			},
		);
		Object.assign(only(model), { lastName: 'Last1', custom: {} });
		expect(decisionsOf({ model, file })).toEqual([]);
		// Not read, so not known.
		Object.assign(only(model), { partial: true });
		expect(decisionsOf({ model, file })).toEqual([]);
	});

	it('leaves the groups that were not left or joined as they are', () => {
		const { model, file } = ran([anEmployee(1, { office: 'Berlin' })], [accountOf(anna)], {
			noted: failing('mapGroups'),
		});
		const groupsNow = (...names: string[]) => {
			model.memberships.set(learnerId('L1'), names);
			return decisionsOf({ model, file }).map(({ groups }) => groups);
		};
		const [London, Berlin] = model.lms.groups.map(({ id, name }) => ({ id, name }));
		expect(groupsNow('London')).toEqual([]);
		expect(groupsNow('London', 'Berlin')).toEqual([{ add: [], remove: [Berlin] }]);
		expect(groupsNow('Berlin')).toEqual([{ add: [London], remove: [Berlin] }]);
	});

	it('of an end gives access back only where it has ended', () => {
		const leaver = anEmployee(1, { status: 'inactive' });
		const { model, file } = ran([leaver], [accountOf(anna)], { noted: failing('deactivate') });
		expect(decisionsOf({ model, file })).toMatchObject([{ action: 'reactivate' }]);
		Object.assign(only(model), { status: 'active' });
		expect(decisionsOf({ model, file })).toEqual([]);
	});

	it('of a return ends access only where somebody has it', () => {
		const { model, file } = ran([anna], [accountOf(anna, { status: 'inactive' })], {
			noted: failing('upsert'),
		});
		expect(decisionsOf({ model, file })).toMatchObject([{ action: 'deactivate' }]);
		// Restored, and not activated any more.
		Object.assign(only(model), { status: 'pending' });
		expect(decisionsOf({ model, file })).toMatchObject([{ action: 'deactivate' }]);
		Object.assign(only(model), { status: 'inactive' });
		expect(decisionsOf({ model, file })).toEqual([]);
	});

	it('of a return says nothing of an account that nobody has restored', () => {
		const { model, file } = ran([anna], [accountOf(anna, { status: 'inactive' })], {
			noted: failing('upsert'),
		});
		const lms = anAcademy({ learners: [accountOf(anna, { status: 'inactive' })], groups: model.lms.groups });
		expect(undo(file, lms, new Map(), { dryRun: false, now: NOW })).toEqual([]);
	});

	it('of an exchange of addresses gives back the address of whoever was set aside', () => {
		const ben = anEmployee(2);
		const [a, b] = ['p1@acme.example', 'p2@acme.example'];
		const before = [accountOf(anna, { email: b }), accountOf(ben, { email: a })];
		const { model, file } = ran([anna, ben], before, { noted: failing('upsert') });
		const aside = 'set-aside-L1@personio-sync.invalid';
		Object.assign(only(model), { email: aside });
		Object.assign(model.lms.learners[1] as Learner, { email: a });
		expect(decisionsOf({ model, file })).toMatchObject([
			{ action: 'update', changes: [{ field: 'email', from: aside, to: b }] },
		]);
		// One of them has moved.
		Object.assign(model.lms.learners[1] as Learner, { email: b });
		model.apply({ people: undo(file, model.lms, model.memberships, { dryRun: false, now: NOW }) });
		expect(model.lms.learners).toEqual(before);
	});
});

describe('a new account whose making failed', () => {
	const lost = () => ran([anna], [], { settings: create, noted: failing('upsert') });

	it('is found by its Personio ID and ended', () => {
		const decisions = decisionsOf(lost());
		expect(decisions).toMatchObject([{ action: 'deactivate', changes: [{ to: 'inactive' }] }]);
		expect(said(decisions)).toContain(MAYBE);
	});

	it('is nothing to be said where there is none', () => {
		const { model, file } = lost();
		model.lms.learners.pop();
		expect(decisionsOf({ model, file })).toEqual([]);
	});

	it('is named and left where it lacks the Personio ID', () => {
		const { model, file } = lost();
		Object.assign(only(model), { link: null });
		const decisions = decisionsOf({ model, file });
		expect(decisions.map(holdCode)).toEqual(['factsMoved']);
		expect(said(decisions as never)).toContain('without a Personio ID');
	});

	it('is left where another one carries the Personio ID', () => {
		const { model, file } = lost();
		Object.assign(only(model), { email: 'hand@acme.example' });
		expect(decisionsOf({ model, file }).map(holdCode)).toEqual(['factsMoved']);
	});
});

describe('an invitation whose sending failed', () => {
	it('is cancelled where it was sent all the same', () => {
		const run = ran([anna], [], { noted: failing('invite') });
		expect(decisionsOf(run)).toMatchObject([{ action: 'deactivate', changes: [{ to: 'canceled' }] }]);
	});

	const old = invitationOf(anna, { email: 'old@acme.example' });
	const replacing = () => {
		const noted = (items: SyncItem[]) => failing('invite')(items).map((each) => ({ ...each, learner: old }));
		return ran([anna], [old], { noted });
	};

	it('leaves the one that was to be replaced', () => {
		const { model, file } = replacing();
		model.lms.learners.splice(0, 1, old);
		expect(decisionsOf({ model, file })).toEqual([]);
	});

	it('says that the one that was to be replaced is gone', () => {
		const { model, file } = replacing();
		model.lms.learners.pop();
		expect(said(decisionsOf({ model, file }) as never)).toContain(
			'The invitation to old@acme.example was cancelled, and the new one was not sent.',
		);
	});

	it('is cancelled where only the answer was lost', () => {
		expect(decisionsOf(replacing())).toMatchObject([{ action: 'deactivate' }]);
	});
});

describe('a step that was done already when it came', () => {
	const skipped = (items: SyncItem[]) =>
		items.map((item) => ({
			...item,
			outcomes: (item.outcomes ?? []).map((each) => ({ ...each, status: 'skipped' as const })),
		}));

	it('gives access back, and says that it may have been somebody else', () => {
		const leaver = anEmployee(1, { terminationDate: YESTERDAY });
		const decisions = decisionsOf(ran([leaver], [accountOf(anna)], { noted: skipped }));
		expect(decisions).toMatchObject([{ action: 'reactivate' }]);
		expect(said(decisions)).toContain('perhaps it was not this run');
	});

	it('ends nobody who may have been there before the run, and names them', () => {
		const decisions = decisionsOf(ran([anna], [], { settings: create, noted: skipped }));
		expect(decisions.map(holdCode)).toEqual(['factsMoved']);
		expect(said(decisions as never)).toContain('was there already');
	});

	it('says nothing where the account only has the same address', () => {
		const noted = (items: SyncItem[]) =>
			skipped(items).map(({ learner: _, outcomes, ...item }) => ({
				...item,
				outcomes: outcomes.map((each) => ({ ...each, learnerId: learnerId('other') })),
			}));
		const { model, file } = ran([anna], [], { settings: create, noted });
		expect(decisionsOf({ model, file }).map(holdCode)).toEqual(['factsMoved']);
		Object.assign(only(model), { link: null });
		expect(decisionsOf({ model, file })).toEqual([]);
	});
});

describe('a manager whose setting failed', () => {
	const [report, former, next] = [
		marked(anna, employeeId(8)),
		accountOf(anEmployee(8)),
		accountOf(anEmployee(9)),
	];
	const deed: Deed = {
		who: { id: anna.id },
		learner: report,
		action: 'update',
		changes: [],
		groups: { add: [], remove: [] },
		manager: { label: LINK_FIELD, from: employeeId(8), to: employeeId(9) },
		perhaps: ['setManager'],
	};
	const file: UndoFile = {
		format: 'n8n-nodes-personio-lms/undo',
		version: 1,
		platform: 'LMS',
		appliedAt: NOW,
		reading: { linkField: LINK_FIELD, fields: [] },
		done: [deed],
	};
	const learners = [report, former, next, lmsOnly('other')];

	it('is asked about', () => {
		expect(doubtfulManagers(file, learners)).toEqual([former.id, next.id]);
		expect(doubtfulManagers({ ...file, done: [{ ...deed, perhaps: ['mapGroups'] }] }, learners)).toEqual([]);
	});

	it.each<[string, Learner[], object | undefined]>([
		['nothing was done', [former], undefined],
		['the new one was set', [former, next], { from: '9', to: null }],
		['the former one is gone too', [next], { from: '9', to: '8' }],
	])('is taken back as the LMS shows it: %s', (_, managers, change) => {
		const reports = new Map(
			[former, next].map(({ id }) => [
				id,
				new Set(managers.some((each) => each.id === id) ? [report.id] : []),
			]),
		);
		const lms = { ...anAcademy({ learners }), reports };
		const people = undo(file, lms, new Map(), { dryRun: false, now: NOW });
		expect(people.map(({ decision }) => decision.manager)).toEqual(
			change ? [expect.objectContaining(change)] : [],
		);
	});
});
