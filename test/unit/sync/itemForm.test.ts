import { decision, learner, outcome } from '../../../nodes/LmsSync/sync/itemForm';
import { wrongInDecision, roughNameOf, syncItemOf } from '../../../nodes/LmsSync/actions/context';
import type { SyncItem } from '../../../nodes/shared/item';
import { accountOf, anEmployee, aRoster } from './builders';
import { ran } from './undoing';

/** Items as a plan and the steps make them, and as somebody may have made them since. */

const items: SyncItem[] = [];
ran(
	[
		anEmployee(1, { lastName: 'New', office: 'Berlin', custom: { dynamic_1: 'B2' } }),
		anEmployee(2),
		anEmployee(3, { status: 'inactive' }),
	],
	[accountOf(anEmployee(1)), accountOf(anEmployee(3))],
	{
		noted(found) {
			items.push(...found);
			return found;
		},
	},
);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- of any form at all
type Loose = any;

const update = items.find((each) => each.decision?.action === 'update') as Loose;

const changed = (change: (item: Loose) => void): { json: Loose } => {
	const json = structuredClone(update) as Loose;
	change(json);
	return { json };
};

it('all that a run has made is in its form', () => {
	expect(items.length).toBeGreaterThan(2);
	for (const item of items) {
		if (item.decision) expect(decision(item.decision)).toBeUndefined();
		if (item.learner) expect(learner(item.learner)).toBeUndefined();
		for (const each of item.outcomes ?? []) expect(outcome(each)).toBeUndefined();
		expect(wrongInDecision({ json: item as Loose })).toBeUndefined();
	}
});

describe('a decision', () => {
	it.each<[string, (item: Loose) => void, string]>([
		['an object for a value', (each) => (each.decision.changes[0].to = {}), 'entry 1: "to" is not a value'],
		['a text for the changes', (each) => (each.decision.changes = 'x'), '"changes" is not a list'],
		['a change of nothing', (each) => delete each.decision.changes[0].field, '"field" is not a text'],
		[
			'a number for an address',
			(each) => (each.decision.changes[0] = { field: 'email', from: null, to: 5 }),
			'"to" of "email" is not a text with something in it',
		],
		[
			'a day that is none',
			(each) => (each.decision.changes[0] = { field: 'accessEnds', from: null, to: '2026-02-30' }),
			'"to" of "accessEnds" is not a day',
		],
		[
			'a group that leads elsewhere',
			(each) => (each.decision.groups.add = [{ name: 'x', id: '../users/1' }]),
			'"add", entry 1: "id" is not an ID',
		],
		['a group of no form', (each) => (each.decision.groups.remove = [null]), 'entry 1 is not an object'],
		['a text for a switch', (each) => (each.decision.dryRun = 'false'), '"dryRun" is not true or false'],
		['an unknown action', (each) => (each.decision.action = 'constructor'), 'is not one of create'],
		['a manager of no form', (each) => (each.decision.manager = { to: 5 }), '"manager": "label"'],
		['an account of no form', (each) => (each.learner.id = 5), '"learner": "id" is not an ID'],
		['an account that is nothing', (each) => (each.learner = null), '"learner" is not an object'],
		['nobody', (each) => (each.employee = {}), '"employee" is not a person with an ID'],
	])('with %s is none, and it is told why', (_, change, words) => {
		const item = changed(change);
		expect(syncItemOf(item).decision).toBeUndefined();
		expect(wrongInDecision(item)).toContain(words);
	});

	it.each<[string, (item: Loose) => void, string]>([
		['about another employee', (each) => (each.employee.id = '99'), 'the decision is about employee 1'],
		[
			'that would link somebody else',
			(each) => each.decision.changes.push({ field: 'link', from: null, to: '99' }),
			'the decision is about employee 99, and the employee is 1',
		],
		[
			'with the account of somebody else',
			(each) => Object.assign(each.learner, { link: '99', email: 'other@acme.example' }),
			'the account other@acme.example is not that of employee 1',
		],
		[
			'with an account of another address that nobody is linked to',
			(each) => Object.assign(each.learner, { link: null, email: 'other@acme.example' }),
			'is not that of employee 1',
		],
	])('%s was put together of several, and is none', (_, change, words) => {
		const item = changed((each) => {
			each.decision.explanation = { facts: { id: '1' } };
			change(each);
		});
		expect(syncItemOf(item).decision).toBeUndefined();
		expect(wrongInDecision(item)).toContain(words);
	});

	it('of an undo may be about an account that somebody else has by now', () => {
		const item = changed((each) => {
			each.decision.undoes = true;
			Object.assign(each.learner, { link: '99', email: 'other@acme.example' });
		});
		expect(syncItemOf(item).decision).toBeDefined();
	});

	it.each([
		['count', undefined],
		['count', {}],
		['count', -1],
		['gaps', 'none'],
		['scope', 'constructor'],
		['readAt', 'yesterday'],
		['missingAttributes', [null]],
		['labels', { a: 5 }],
	])('rests on no proof of a read whose %s is %j', (name, value) => {
		const json = { roster: { ...aRoster(3), [name]: value } } as Loose;
		expect(syncItemOf({ json: { roster: aRoster(3) } as Loose }).roster).toEqual(aRoster(3));
		expect(syncItemOf({ json }).roster).toBeUndefined();
	});

	it('to hold says why', () => {
		const item = changed((each) => (each.decision.action = 'hold'));
		expect(wrongInDecision(item)).toContain('"hold" is not an object');
	});
});

describe('somebody of whom nothing is certain', () => {
	it.each<[object, string | undefined]>([
		[{ employee: { firstName: 'Ida', lastName: 5, email: 'ida@b' } }, 'Ida (ida@b)'],
		[{ employee: 'x', learner: { email: 'ida@b' } }, 'ida@b'],
		[{ learner: { id: '7', firstName: ' ' } }, 'id 7'],
		[{ employee: { id: 7 } }, undefined],
		[{ employee: JSON.parse('{"__proto__": {"email": "a@b"}}') as object }, undefined],
		[{ other: 1 }, undefined],
	])('is named as well as can be: %j', (json, name) => {
		expect(roughNameOf({ json: json as Loose })).toBe(name);
	});
});

it.each(['create', 'invite'] as const)('a decision to %s without an address is none', (action) => {
	const item = changed(({ decision: each }) => {
		each.action = action;
		each.changes = each.changes.filter(({ field }: { field: string }) => field !== 'email');
	});
	expect(decision(item.json.decision)).toMatch(/no address for the new learner/);
});

it('of an employee only values of their form are known', () => {
	const odd = { toString: 'no function' };
	const { employee } = syncItemOf({
		json: {
			employee: {
				...anEmployee(1),
				department: odd,
				timeZoneOffset: odd,
				custom: { dynamic_1: odd, dynamic_2: ['a', 1], dynamic_3: 'B2', dynamic_4: null },
			},
		} as Loose,
	});
	expect(employee).toMatchObject({ id: '1', custom: { dynamic_3: 'B2', dynamic_4: null } });
	expect(Object.keys(employee?.custom ?? {})).toEqual(['dynamic_3', 'dynamic_4']);
	expect(employee).not.toHaveProperty('department');
	expect(employee).not.toHaveProperty('timeZoneOffset');
});
