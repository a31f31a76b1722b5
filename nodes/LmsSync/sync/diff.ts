import type { AttributeValue, CalendarDate, Change, Employee, Learner } from '../../shared/item';
import { memo, memoOf } from '../../shared/memo';
import { tidy } from '../../shared/tidy';
import { addressKey, attributeOf } from './attribute';
import { languageCode } from './language';
import { isOnCalendar } from './lifecycle';
import type { CustomField, LmsState } from './lmsState';
import type { PlanSettings } from './settings';
import { tableOf } from '../../shared/table';

export interface Difference {
	changes: Change[];
	/** Values that cannot be carried over, as sentences. */
	notes: string[];
	/** Values that are not on the list of a field, which somebody has to decide about. */
	refused: Array<{ change: Change; message: string }>;
}

type DiffSettings = Pick<PlanSettings, 'fieldMapping' | 'usePreferredName' | 'matchBy' | 'linkField'>;

/** How the fields of a change are called in sentences; custom fields by their label. */
export const FIELD_NAMES: Record<string, string> = tableOf({
	email: 'e-mail',
	firstName: 'first name',
	lastName: 'last name',
	link: 'Personio ID',
	accessEnds: 'last day of access',
	status: 'account',
	mark: "the sync's own mark",
});

export const changeTo = (changes: Change[], field: string): AttributeValue | undefined =>
	changes.find((change) => change.field === field)?.to;

/** Prefix of the names of custom fields among the changes. */
export const CUSTOM = 'custom.';

/**
 * The fields in which a learner differs from what Personio says: mapped ones only, known ones only.
 * Names, addresses and languages are never emptied. Without a learner, everything a new account needs.
 *
 * @param accessEnds the last day of access, `null` for none, `undefined` where it is unknown
 */
export function diff(
	employee: Employee,
	learner: Learner | undefined,
	accessEnds: CalendarDate | null | undefined,
	lms: Pick<LmsState, 'fields'>,
	settings: DiffSettings,
): Difference {
	const changes: Change[] = [];
	const notes: string[] = [];
	const refused: Difference['refused'] = [];
	const compare = (field: string, from: AttributeValue, to: AttributeValue | undefined, label?: string) => {
		if (to === undefined || isSame(from, to)) return;
		changes.push(label === undefined ? { field, from, to } : { field, label, from, to });
	};

	if (employee.email && (!learner || addressKey(learner.email) !== addressKey(employee.email))) {
		changes.push({ field: 'email', from: learner?.email ?? null, to: employee.email });
	}
	// A new account needs a name all the same.
	const firstName = firstNameOf(employee, settings) ?? (learner ? undefined : employee.firstName);
	if (firstName) compare('firstName', learner?.firstName ?? null, firstName);
	if (employee.lastName) compare('lastName', learner?.lastName ?? null, employee.lastName);
	if (settings.matchBy === 'link') compare('link', learner?.link ?? null, employee.id, settings.linkField);
	compare('accessEnds', learner?.accessEnds ?? null, accessEnds);

	for (const { attribute, field: label } of settings.fieldMapping) {
		const value = attributeOf(employee, attribute);
		const field = fieldNamed(label, lms.fields);
		if (value === undefined || field === undefined) continue;
		const name = CUSTOM + field.label;
		const fitted = fit(value, field);
		const held = heldIn(learner, field.label);
		if (fitted === undefined && field.type === 'choice') {
			const change = { field: name, label: field.label, from: held, to: value };
			refused.push({ change, message: notOnList(value, field) });
		} else if (fitted === undefined) notes.push(misfit(value, field));
		else if (fitted === null && field.type === 'language') continue;
		else if (field.costly && learner?.partial) continue;
		// The LMS may hold the same number or day in another form.
		else if (fitted === null || fitted !== fit(held, field)) {
			compare(name, held, fitted, field.label);
			const last = changes.at(-1);
			if (last?.field === name && isNewOption(fitted, field)) last.newOption = true;
		}

		// The value leaves the field that had this name before, unless somebody has put another one there.
		for (const { label: old } of formerFields(lms.fields).get(field.label) ?? []) {
			const left = heldIn(learner, old);
			if (fitted && !learner?.partial && isSame(left, fitted)) compare(CUSTOM + old, left, null, old);
		}
	}
	return { changes, notes, refused };
}

/** A label may be a name that all objects have, such as "constructor". */
export const heldIn = (learner: Learner | undefined, label: string): AttributeValue =>
	learner && Object.hasOwn(learner.custom, label) ? (learner.custom[label] ?? null) : null;

/** The field that a row of the mapping writes to. */
export const fieldNamed = (label: string, fields: CustomField[]): CustomField | undefined =>
	presentFields(fields).get(labelKey(label));

const presentFields = memoOf((fields: CustomField[]) => {
	const byKey = new Map<string, CustomField>();
	for (const field of fields) {
		const key = labelKey(field.label);
		if (field.formerly === undefined && !byKey.has(key)) byKey.set(key, field);
	}
	return byKey;
});

/** Fields that still carry an old name, by the label of the field that has taken their place. */
const formerFields = memoOf((fields: CustomField[]) => {
	const byLabel = new Map<string, CustomField[]>();
	for (const field of fields) {
		if (field.formerly === undefined) continue;
		byLabel.set(field.formerly, [...(byLabel.get(field.formerly) ?? []), field]);
	}
	return byLabel;
});

/** Labels are the same whatever their letter case, blanks or underscores: LearnUpon normalises them. */
export const labelKey = memo((label) =>
	label
		.trim()
		.toLowerCase()
		.replace(/[\s_]+/g, '_'),
);

export const sameLabel = (a: string, b: string): boolean => labelKey(a) === labelKey(b);

const plain = (value: AttributeValue): string =>
	value === null ? '' : tidy(Array.isArray(value) ? value.join(', ') : String(value));

const isSame = (a: AttributeValue, b: AttributeValue): boolean => a === b || plain(a) === plain(b);

/** The first name to be shown: `undefined` while it is not known whether there is a preferred one. */
export function firstNameOf(
	{ firstName, preferredName }: Employee,
	{ usePreferredName }: Pick<PlanSettings, 'usePreferredName'>,
): string | null | undefined {
	if (!usePreferredName) return firstName;
	return preferredName === undefined ? undefined : preferredName || firstName;
}

/** The value in the form that the field takes, or `undefined` where it does not fit. */
export function fit(value: AttributeValue, field: CustomField): AttributeValue | undefined {
	const { type, options } = field;
	const text = plain(value);
	if (text === '') return null;
	switch (type) {
		case 'text':
			return text;
		case 'date':
			return dayOf(text);
		case 'integer':
			return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
		case 'decimal':
			return /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
		case 'choice':
			return optionOf(text, field) ?? (field.extensible ? text : undefined);
		case 'language':
			return languageCode(text, options ?? []);
	}
}

const dayOf = (text: string): string | undefined => {
	const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
	return day !== undefined && isOnCalendar(day) ? day : undefined;
};

const optionOf = (text: string, { options }: CustomField): string | undefined =>
	options && optionsByKey(options).get(text.toLowerCase());

const optionsByKey = memoOf((options: string[]) => {
	const byKey = new Map<string, string>();
	for (const option of options) {
		const key = plain(option).toLowerCase();
		if (!byKey.has(key)) byKey.set(key, option);
	}
	return byKey;
});

const isNewOption = (value: AttributeValue, field: CustomField): boolean =>
	field.type === 'choice' && value !== null && optionOf(plain(value), field) === undefined;

const TAKES: Record<CustomField['type'], string> = {
	text: 'text',
	date: 'dates (YYYY-MM-DD)',
	integer: 'whole numbers',
	decimal: 'numbers',
	choice: 'the values of its list',
	language: 'languages that the LMS knows',
};

function notOnList(value: AttributeValue, { label, options = [] }: CustomField): string {
	const shown = options.slice(0, 10).join(', ') + (options.length > 10 ? ', …' : '');
	return `"${String(value)}" was not written to "${label}", which takes ${TAKES.choice} (${shown}). Add it to the list in the LMS, correct the value in Personio, or switch on "Add Values to Restricted Lists" where the plan offers it.`;
}

function misfit(value: AttributeValue, { label, type }: CustomField): string {
	if (type === 'language') {
		return `"${String(value)}" was not written to "${label}", which takes one language that the LMS knows, by its code or name. Map an attribute with one language.`;
	}
	return `"${String(value)}" was not written to "${label}", which takes ${TAKES[type]}. Change the field in the LMS or map another attribute.`;
}
