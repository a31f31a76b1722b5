import type { AttributeValue, Change, ManagerChange, SyncItem } from '../../shared/item';
import { FIELD_NAMES } from '../sync/diff';
import { textOf } from './intake';

/** What stands for an empty value. */
export const NONE = 'none';

/** A value as a reader sees it; an empty one says so. */
export const shown = (value: AttributeValue | undefined): string => textOf(value) || NONE;

export const fieldName = ({ field, label }: Change): string =>
	(Object.hasOwn(FIELD_NAMES, field) ? FIELD_NAMES[field] : undefined) ??
	label ??
	field.replace(/^custom\./, '');

/** The mark of the sync says nothing to a reader. */
export const changesOf = ({ decision }: SyncItem): Change[] =>
	(decision?.changes ?? []).filter(({ field }) => field !== 'mark');

export function changeText(change: Change): string {
	const { from, to } = change;
	const name = fieldName(change);
	return textOf(from) === '' ? `${name}: ${shown(to)}` : `${name}: ${shown(from)} → ${shown(to)}`;
}

/** From whom to whom; somebody without a name is shown by the Personio id. */
export function managerSides({ from, to, fromName, toName }: ManagerChange): [from: string, to: string] {
	const side = (id: string | null | undefined, name: string | undefined) =>
		id === null || id === undefined ? NONE : (name ?? `Personio id ${id}`);
	return [side(from, fromName), side(to, toName)];
}

export const groupNames = (groups: Array<{ name: string }>): string[] => groups.map(({ name }) => name);
