import {
	employeeId,
	learnerId,
	type AttributeValue,
	type Change,
	type EmployeeId,
	type Learner,
	type LearnerId,
} from '../../../shared/item';
import { VendorError } from '../../../shared/transport/vendorError';
import { CUSTOM, sameLabel } from '../../sync/diff';
import type { CustomField, CustomFieldType } from '../../sync/lmsState';
import { isRecord } from '../../sync/form';
import { shape, soundOf, textIn } from '../sound';

export interface Definition {
	id: number;
	label: string;
	type_id?: number;
	predefined_values?: string[] | string | null;
}

interface CustomDataHolder {
	CustomData?: Record<string, unknown> | null;
	customDataFieldValues?: unknown[] | null;
}

const CUSTOM_DATA = { CustomData: 'values', customDataFieldValues: 'list' } as const;

/** What is read of accounts. */
export const USER = shape({
	id: 'number',
	email: 'text',
	username: 'text',
	first_name: 'text',
	last_name: 'text',
	enabled: 'flag',
	account_expires: 'text',
	...CUSTOM_DATA,
});

/** What is read of invitations. */
export const INVITE = shape({
	id: 'number',
	invite_email_address: 'text',
	first_name: 'text',
	last_name: 'text',
	expires_at: 'text',
	invite_status: 'text',
	...CUSTOM_DATA,
});

const DEFINITION = shape({ id: 'number', label: 'text', type_id: 'number' });

export interface UserRecord extends CustomDataHolder {
	id: number;
	email?: string | null;
	username?: string;
	first_name?: string | null;
	last_name?: string | null;
	enabled?: boolean | string | null;
	account_expires?: string | null;
}

export interface InviteRecord extends CustomDataHolder {
	id: number;
	invite_email_address?: string | null;
	first_name?: string | null;
	last_name?: string | null;
	expires_at?: string | null;
	invite_status?: string;
}

const TYPES: Record<number, CustomFieldType> = {
	2: 'decimal',
	3: 'integer',
	4: 'choice',
	5: 'choice',
	6: 'choice',
	7: 'date',
};

/** How to empty an expiry is not documented: where neither form works, a day that never comes is set. */
export const NEVER = '2999-12-30';

const INVITATION = 'invitation-';

/** Invitations have ids of their own, which must not be taken for those of accounts. */
export const invitationId = (id: number): LearnerId => learnerId(INVITATION + id);
export const isInvitation = (id: LearnerId): boolean => id.startsWith(INVITATION);

/** Without the mark of an invitation. */
export const numericId = (id: LearnerId): string =>
	digits(id.startsWith(INVITATION) ? id.slice(INVITATION.length) : id);

/** The number of an account or a group. Anything else would be another call, or one about nobody. */
export const numberOf = (id: string): number => Number(digits(id));

function digits(id: string): string {
	// With zeros before it, it may be taken for that of somebody else.
	if (/^(0|[1-9]\d{0,14})$/.test(id)) return id;
	throw new VendorError(`"${id.slice(0, 80)}" is no id of LearnUpon, so nothing was called.`, {
		remedy: 'Plan again, and change no ids between the plan and this step.',
		status: 400,
	});
}

/** The list of users misspells the key, other calls do not. */
export function definitionsOf(body: Record<string, unknown>): Definition[] | undefined {
	const found = body.customDataFieldDefintions ?? body.customDataFieldDefinitions;
	return Array.isArray(found) ? found.filter(isDefinition) : undefined;
}

function isDefinition(value: unknown): value is Definition {
	if (!isRecord(value)) return false;
	const { item, odd } = soundOf<Partial<Definition>>(value, DEFINITION);
	return odd.length === 0 && item.id !== undefined && typeof value.label === 'string';
}

/** A choice without the values that it takes could never be written. */
export const hasItsValues = (definition: Definition): boolean =>
	TYPES[definition.type_id ?? 1] !== 'choice' || (optionsOf(definition) ?? []).length > 0;

function optionsOf({ predefined_values: values }: Definition): string[] | undefined {
	const list: unknown = typeof values === 'string' ? values.split(',') : values;
	if (!Array.isArray(list)) return undefined;
	return list.flatMap((value) => textIn(value)?.trim() ?? []);
}

export function fieldOf(definition: Definition): CustomField {
	const { label, type_id } = definition;
	const options = optionsOf(definition);
	return { label, type: TYPES[type_id ?? 1] ?? 'text', ...(options && { options }) };
}

const day = (value: string | null | undefined): string | null => {
	const date = value ? value.slice(0, 10) : null;
	return date === NEVER ? null : date;
};

/** Whether a record says anything of custom data, be it that there is none. */
export const tellsCustomData = (record: object): boolean =>
	'CustomData' in record || 'customDataFieldValues' in record;

/** Keys of `CustomData` come normalised, so values are read by the id of their definition where there is one. */
function customOf(holder: CustomDataHolder, definitions: Definition[]): Record<string, AttributeValue> {
	const byId = new Map<unknown, unknown>();
	for (const each of holder.customDataFieldValues ?? []) {
		if (isRecord(each)) byId.set(each.definition_id, each.value);
	}
	const byKey = Object.entries(holder.CustomData ?? {});
	const custom: Array<[string, AttributeValue]> = [];
	for (const { id, label } of definitions) {
		const value = byId.get(id) ?? byKey.find(([key]) => sameLabel(key, label))?.[1];
		const found = typeof value === 'number' || typeof value === 'boolean' ? value : textOf(value);
		if (found !== undefined && found !== '') custom.push([label, found]);
	}
	return Object.fromEntries(custom);
}

/** Several values of a choice come as a list. */
const textOf = (value: unknown): string | undefined =>
	Array.isArray(value) ? value.flatMap((each) => textIn(each) ?? []).join(', ') : textIn(value);

/** Whether the Personio id may be among values that nobody can read. */
export const hidesCustomData = ({ CustomData, customDataFieldValues }: CustomDataHolder): boolean =>
	Object.values(CustomData ?? {}).some(isUnreadable) ||
	(customDataFieldValues ?? []).some((each) => isUnreadable(isRecord(each) ? each.value : each));

const isUnreadable = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== null &&
	!(Array.isArray(value) && value.every((each) => textIn(each) !== undefined));

function linkOf(custom: Record<string, AttributeValue>, linkField: string): EmployeeId | null {
	const value = Object.entries(custom).find(([label]) => sameLabel(label, linkField))?.[1];
	return value === undefined || value === null ? null : employeeId(String(value).trim());
}

export function learnerOfUser(user: UserRecord, definitions: Definition[], linkField: string): Learner {
	const custom = customOf(user, definitions);
	return {
		id: learnerId(user.id),
		email: user.email ?? '',
		...(user.username && { username: user.username }),
		firstName: user.first_name ?? null,
		lastName: user.last_name ?? null,
		status: isEnabled(user) ? 'active' : 'inactive',
		link: linkOf(custom, linkField),
		accessEnds: day(user.account_expires),
		custom,
	};
}

export const isEnabled = ({ enabled }: UserRecord): boolean => enabled !== false && enabled !== 'false';

export function learnerOfInvite(invite: InviteRecord, definitions: Definition[], linkField: string): Learner {
	const custom = customOf(invite, definitions);
	return {
		id: invitationId(invite.id),
		email: invite.invite_email_address ?? '',
		firstName: invite.first_name ?? null,
		lastName: invite.last_name ?? null,
		status: 'pending',
		link: linkOf(custom, linkField),
		accessEnds: day(invite.expires_at),
		custom,
	};
}

/** The fields of a `User` or `Invite` body for a list of changes. Expiry and status are left out. */
export function bodyOf(changes: Change[]): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	const custom: Array<[string, unknown]> = [];
	for (const { field, label, to } of changes) {
		if (field === 'email') body.email = to;
		else if (field === 'firstName') body.first_name = to;
		else if (field === 'lastName') body.last_name = to;
		else if (field === 'link' || field.startsWith(CUSTOM)) custom.push([label ?? field, to ?? '']);
	}
	return custom.length > 0 ? { ...body, CustomData: Object.fromEntries(custom) } : body;
}
