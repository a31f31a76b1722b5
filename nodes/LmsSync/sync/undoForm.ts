import type { ApplicableAction, LearnerStatus, Step } from '../../shared/item';
import { UNDO_FORMAT } from './deeds';

/** Whether something says of itself that it is an undo file, whatever else is in it. */
export const isUndoFile = (value: unknown): boolean =>
	isRecord(value) && value.format === UNDO_FORMAT && value.version === 1;

/** The first thing in a file that is not as a report writes it, `undefined` where all of it is. */
export const wrongIn = (file: unknown): string | undefined => undoFile(file, '');

/** Tells what is wrong with a value, if anything is; `where` names it. */
type Form = (value: unknown, where: string) => string | undefined;

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const form =
	(what: string, isRight: (value: unknown) => boolean): Form =>
	(value, where) =>
		isRight(value) ? undefined : `${where} is not ${what}`;

const text = form('a text', (value) => typeof value === 'string');

const flag = form('"true"', (value) => value === true);

/** Goes into the addresses of calls. */
const id = form('an ID', (value) => typeof value === 'string' && /^[\w-]*$/.test(value));

const instant = form(
	'a point in time',
	(value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);

const attribute = form('a value', (value) =>
	Array.isArray(value)
		? value.every((each) => typeof each === 'string')
		: value === null || ['string', 'number', 'boolean'].includes(typeof value),
);

const oneOf = (...known: string[]): Form =>
	form(`one of ${known.join(', ')}`, (value) => known.includes(value as string));

const maybe =
	(inner: Form): Form =>
	(value, where) =>
		value === undefined ? undefined : inner(value, where);

const orNull =
	(inner: Form): Form =>
	(value, where) =>
		value === null ? undefined : inner(value, where);

/** The first complaint of several. */
function first<Item>(items: Item[], tell: (item: Item, index: number) => string | undefined) {
	for (const [index, item] of items.entries()) {
		const wrong = tell(item, index);
		if (wrong !== undefined) return wrong;
	}
	return undefined;
}

const list =
	(inner: Form): Form =>
	(value, where) =>
		Array.isArray(value)
			? first(value, (each, index) => inner(each, `${where}, entry ${index + 1}`))
			: `${where} is not a list`;

const record =
	(forms: Record<string, Form>): Form =>
	(value, where) =>
		isRecord(value)
			? first(Object.entries(forms), ([key, inner]) =>
					inner(value[key], where === '' ? `"${key}"` : `${where}: "${key}"`),
				)
			: `${where} is not an object`;

const ACTIONS: ApplicableAction[] = ['create', 'invite', 'update', 'reactivate', 'deactivate'];
const STATUSES: LearnerStatus[] = ['active', 'pending', 'inactive'];
const STEPS: Step[] = ['upsert', 'invite', 'mapGroups', 'setManager', 'deactivate'];

const name = maybe(orNull(text));

const change = record({ field: text, label: maybe(text), from: attribute, to: attribute });

const group = record({ name: text, id: maybe(id), below: maybe(id) });

const learner = record({
	id,
	email: text,
	username: maybe(text),
	firstName: name,
	lastName: name,
	status: oneOf(...STATUSES),
	link: orNull(text),
	accessEnds: orNull(text),
	groups: maybe(list(text)),
	custom: record({}),
	mark: name,
});

const deed = record({
	who: record({ id: maybe(text), firstName: name, lastName: name }),
	learner,
	action: oneOf(...ACTIONS),
	changes: list(change),
	groups: record({ add: list(group), remove: list(group) }),
	manager: maybe(
		record({
			label: text,
			from: orNull(text),
			to: orNull(text),
			fromName: maybe(text),
			toName: maybe(text),
			mark: maybe(change),
			isThere: maybe(flag),
		}),
	),
	before: maybe(record({ groups: list(group), managers: list(id), reports: list(id) })),
	perhaps: maybe(list(oneOf(...STEPS))),
	found: maybe(flag),
});

const undoFile = record({
	platform: text,
	appliedAt: instant,
	reading: record({ linkField: text, fields: list(text), rootGroup: maybe(text), portal: maybe(text) }),
	done: list(deed),
});
