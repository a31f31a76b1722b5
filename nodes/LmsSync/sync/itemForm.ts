import type { Action, LearnerStatus, OutcomeStatus, Step } from '../../shared/item';
import { flag, form, id, instant, list, maybe, oneOf, orNull, record, text, values } from './form';
import { isOnCalendar } from './lifecycle';

/** The parts of an item as a plan and the steps make them. */

const ACTIONS: Action[] = ['create', 'invite', 'update', 'reactivate', 'deactivate', 'none', 'hold'];
const STATUSES: LearnerStatus[] = ['active', 'pending', 'inactive'];
export const STEPS: Step[] = ['upsert', 'invite', 'mapGroups', 'setManager', 'deactivate'];
const DONE: OutcomeStatus[] = ['done', 'skipped', 'failed', 'previewed'];

export const attribute = form('a value', (value) =>
	Array.isArray(value)
		? value.every((each) => typeof each === 'string')
		: value === null || ['string', 'number', 'boolean'].includes(typeof value),
);

const yesOrNo = form('true or false', (value) => typeof value === 'boolean');

const day = form(
	'a day',
	(value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isOnCalendar(value),
);

const word = form('a text with something in it', (value) => typeof value === 'string' && value.trim() !== '');

/** What only some values can be written to. Whatever else a change is about takes any. */
const TAKES = new Map([
	['email', word],
	// An undo empties what was empty before.
	['firstName', orNull(text)],
	['lastName', orNull(text)],
	['link', orNull(word)],
	['accessEnds', orNull(day)],
	['status', oneOf(...STATUSES, 'canceled')],
	['mark', orNull(text)],
]);

const plainChange = record({
	field: text,
	label: maybe(text),
	from: attribute,
	to: attribute,
	newOption: maybe(flag),
});

export const change = (value: unknown): string | undefined => {
	const wrong = plainChange(value);
	if (wrong !== undefined) return wrong;
	const { field, to } = value as { field: string; to: unknown };
	const taken = TAKES.get(field)?.(to);
	return taken === undefined ? undefined : `: "to" of "${field}"${taken}`;
};

export const group = record({ name: text, id: maybe(id), below: maybe(id), byLevels: maybe(flag) });

const reporting = { managers: list(id), reports: list(id) };

/** What an account loses with its end. */
export const loss = { groups: list(group), ...reporting };

export const manager = record({
	label: text,
	from: orNull(text),
	to: orNull(text),
	fromName: maybe(text),
	toName: maybe(text),
	mark: maybe(change),
	isThere: maybe(flag),
});

const name = maybe(orNull(text));

export const learner = record({
	id,
	email: text,
	username: maybe(text),
	firstName: name,
	lastName: name,
	status: oneOf(...STATUSES),
	link: orNull(text),
	accessEnds: orNull(text),
	groups: maybe(list(text)),
	custom: values(attribute),
	mark: name,
	partial: maybe(flag),
	restored: maybe(flag),
	owner: maybe(flag),
});

const anyDecision = record({
	action: oneOf(...ACTIONS),
	platform: maybe(text),
	portal: maybe(text),
	reason: text,
	changes: list(change),
	invite: yesOrNo,
	groups: record({ add: list(group), remove: list(group) }),
	home: maybe(group),
	manager: maybe(manager),
	restores: maybe(record(reporting)),
	accessEnds: maybe(orNull(text)),
	notes: maybe(list(text)),
	explanation: maybe(record({ facts: values(attribute) })),
	parkEmail: maybe(flag),
	decidedAt: maybe(instant),
	beside: maybe(list(change)),
	reading: maybe(
		record({
			linkField: text,
			apiVersion: maybe(oneOf('v1', 'v2')),
			fields: maybe(list(text)),
			rootGroup: maybe(text),
		}),
	),
	dryRun: yesOrNo,
	approved: maybe(record({ by: text, at: text, code: text })),
	undoes: maybe(flag),
});

const held = record({ hold: record({ code: text, message: text }), withheld: text });

export const decision = (value: unknown): string | undefined => {
	const wrong = anyDecision(value);
	if (wrong !== undefined) return wrong;
	const { action, changes } = value as { action: Action; changes: Array<{ field: string }> };
	if (action === 'hold') return held(value);
	const isAdded = action === 'create' || action === 'invite';
	return isAdded && !changes.some(({ field }) => field === 'email')
		? ': "changes" has no address for the new learner'
		: undefined;
};

const count = form('a number', (value) => Number.isSafeInteger(value) && (value as number) >= 0);

/** The proof of a read. */
export const roster = record({
	complete: yesOrNo,
	reason: maybe(text),
	gaps: maybe(list(record({ code: text, message: text }))),
	readAt: instant,
	count,
	total: maybe(count),
	missingAttributes: list(text),
	attributes: maybe(list(text)),
	customAttributes: maybe(list(text)),
	labels: maybe(values(text)),
	apiVersion: maybe(oneOf('v1', 'v2')),
	scope: oneOf('all', 'changes', 'selection'),
	byAddress: maybe(flag),
});

export const outcome = record({
	step: oneOf(...STEPS),
	status: oneOf(...DONE),
	message: maybe(text),
	learnerId: maybe(id),
	before: maybe(record(loss)),
});
