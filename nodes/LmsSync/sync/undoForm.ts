import type { ApplicableAction } from '../../shared/item';
import { UNDO_FORMAT } from './deeds';
import { asPhrase, flag, instant, isRecord, list, maybe, oneOf, orNull, record, text } from './form';
import { change, group, learner, loss, manager, STEPS } from './itemForm';

/** Whether something says of itself that it is an undo file, whatever else is in it. */
export const isUndoFile = (value: unknown): boolean =>
	isRecord(value) && value.format === UNDO_FORMAT && value.version === 1;

/** The first thing in a file that is not as a report writes it, `undefined` where all of it is. */
export const wrongIn = (file: unknown): string | undefined => asPhrase(undoFile(file));

const ACTIONS: ApplicableAction[] = ['create', 'invite', 'update', 'reactivate', 'deactivate'];

const name = maybe(orNull(text));

const deed = record({
	who: record({ id: maybe(text), firstName: name, lastName: name }),
	learner,
	action: oneOf(...ACTIONS),
	changes: list(change),
	groups: record({ add: list(group), remove: list(group) }),
	manager: maybe(manager),
	before: maybe(record(loss)),
	perhaps: maybe(list(oneOf(...STEPS))),
	found: maybe(flag),
});

const undoFile = record({
	platform: text,
	appliedAt: instant,
	reading: record({ linkField: text, fields: list(text), rootGroup: maybe(text), portal: maybe(text) }),
	done: list(deed),
});
