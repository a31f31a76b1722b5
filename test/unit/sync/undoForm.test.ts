import { isUndoFile, wrongIn } from '../../../nodes/LmsSync/sync/undoForm';
import { accountOf, anEmployee } from './builders';
import { ran } from './undoing';

const { file } = ran(
	[anEmployee(1, { lastName: 'New', office: 'Berlin' }), anEmployee(2)],
	[accountOf(anEmployee(1))],
);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- of any form at all
type Loose = any;

/** What is said of the file after somebody has changed it. */
function changed(change: (file: Loose) => void): string | undefined {
	const copy = structuredClone(file) as Loose;
	change(copy);
	return wrongIn(copy);
}

describe('an undo file', () => {
	it('is taken as a report has written it', () => {
		expect(isUndoFile(file)).toBe(true);
		expect(wrongIn(file)).toBeUndefined();
	});

	it.each([[null], [[]], ['text'], [{}], [{ ...file, version: 2 }], [{ ...file, format: 'other' }]])(
		'is not %j',
		(value) => expect(isUndoFile(value)).toBe(false),
	);

	it.each<[string, (file: Loose) => void, string]>([
		['no platform', (each) => delete each.platform, '"platform" is not a text'],
		['no date', (each) => (each.appliedAt = 'soon'), '"appliedAt" is not a point in time'],
		['no reading', (each) => delete each.reading, '"reading" is not an object'],
		['fields of a wrong form', (each) => (each.reading.fields = 'x'), '"reading": "fields" is not a list'],
		['no list', (each) => Object.assign(each, { done: {} }), '"done" is not a list'],
		['an empty entry', (each) => (each.done[1] = null), '"done", entry 2 is not an object'],
		['no person', (each) => delete each.done[0].who, '"done", entry 1: "who" is not an object'],
		['no address', (each) => delete each.done[0].learner.email, 'entry 1: "learner": "email" is not a text'],
		['groups of a wrong form', (each) => (each.done[0].learner.groups = 'x'), '"groups" is not a list'],
		[
			'an unknown action',
			(each) => (each.done[1].action = 'nonsense'),
			'entry 2: "action" is not one of create',
		],
		['an empty change', (each) => (each.done[0].changes = [null]), '"changes", entry 1 is not an object'],
		['a change to an object', (each) => (each.done[0].changes[0].to = {}), 'entry 1: "to" is not a value'],
		[
			'an empty group',
			(each) => (each.done[0].groups.add = [{}]),
			'"groups": "add", entry 1: "name" is not a text',
		],
		[
			'an id that leads elsewhere',
			(each) => (each.done[0].before = { groups: [{ name: 'x', id: '../../users/1' }] }),
			'"before": "groups", entry 1: "id" is not an ID',
		],
		['no managers', (each) => (each.done[0].before = { groups: [] }), '"managers" is not a list'],
		['a manager of a wrong form', (each) => (each.done[0].manager = 'x'), '"manager" is not an object'],
	])('with %s is refused, and the entry is named', (_, change, words) => {
		expect(changed(change)).toContain(words);
	});
});
