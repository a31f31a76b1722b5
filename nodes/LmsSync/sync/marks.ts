import { createHash } from 'crypto';

import { employeeId, type Employee, type EmployeeId } from '../../shared/item';
import { attributeOf } from './attribute';
import { fieldNamed, fit } from './diff';
import type { LmsState } from './lmsState';
import type { PlanSettings } from './settings';

/**
 * What the sync notes at an account, in an LMS where reading everything about a person costs calls of its
 * own: a fingerprint of the values last written to such fields, and the manager last set. It tells in one
 * list what has changed in Personio since, and which manager is the sync's own.
 */
export interface Mark {
	fingerprint: string;
	manager: EmployeeId | null;
}

const NOBODY = '0';

/** The Personio id comes first, since an LMS may want every mark to be another one. */
export const markText = (id: EmployeeId, { fingerprint, manager }: Mark): string =>
	[id, fingerprint, manager ?? NOBODY].join('.');

/** Whose mark it is. */
export const ownerOf = (text: string | null | undefined): EmployeeId | null => {
	const id = /^([^.]+)\./.exec(text ?? '')?.[1];
	return id === undefined ? null : employeeId(id);
};

/** What is not a mark counts as none, and is replaced. */
export function markOf(text: string | null | undefined): Mark | undefined {
	const [, fingerprint, manager] = /^[^.]+\.([0-9a-f]+)\.([^.]+)$/.exec(text ?? '') ?? [];
	if (fingerprint === undefined || manager === undefined) return undefined;
	return { fingerprint, manager: manager === NOBODY ? null : employeeId(manager) };
}

/** Whether a mark says what another one does, and the manager beside it. */
export function saysMore(text: string, than: string): boolean {
	const [more, less] = [markOf(text), markOf(than)];
	if (!more || !less || ownerOf(text) !== ownerOf(than)) return false;
	return more.fingerprint === less.fingerprint && more.manager !== null && less.manager === null;
}

/**
 * The values that a person is to have in the costly fields, in twelve digits.
 *
 * @returns `undefined` where Personio did not deliver one of them, or none is mapped
 */
export function fingerprintOf(
	employee: Employee,
	lms: Pick<LmsState, 'fields'>,
	{ fieldMapping }: Pick<PlanSettings, 'fieldMapping'>,
): string | undefined {
	const values: Array<[string, unknown]> = [];
	for (const { attribute, field: label } of fieldMapping) {
		const field = fieldNamed(label, lms.fields);
		if (!field?.costly) continue;
		const value = attributeOf(employee, attribute);
		if (value === undefined) return undefined;
		const fitted = fit(value, field);
		// What does not fit is not the same as what is empty, and lists do not tell letter case apart.
		const text = field.type === 'choice' ? String(fitted ?? '').toLowerCase() : fitted;
		values.push([field.label, fitted === undefined ? [String(value)] : text]);
	}
	if (values.length === 0) return undefined;
	values.sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 12);
}
