import { DateTime } from 'luxon';

import {
	learnerId,
	type AttributeValue,
	type CalendarDate,
	type Change,
	type EmployeeId,
	type Instant,
	type Learner,
} from '../../../shared/item';
import { CUSTOM, sameLabel } from '../../sync/diff';
import type { CustomField } from '../../sync/lmsState';
import { shape } from '../sound';

export interface UserRecord {
	_id: string;
	/** Absent where 360Learning told none that is known. */
	status?: 'active' | 'invited' | 'deleted' | null;
	mail?: string | null;
	username?: string | null;
	firstName?: string | null;
	lastName?: string | null;
	job?: string | null;
	organization?: string | null;
	phone?: string | null;
	custom?: string | null;
	lang?: string | null;
	toBeDeactivatedAt?: Instant | null;
	/** Each time that it was deleted. */
	deletedAt?: Instant[] | null;
}

/** What is read of an account. */
export const USER = shape({
	_id: 'id',
	status: ['active', 'invited', 'deleted'],
	mail: 'text',
	username: 'text',
	firstName: 'text',
	lastName: 'text',
	job: 'text',
	organization: 'text',
	phone: 'text',
	custom: 'text',
	lang: 'text',
	toBeDeactivatedAt: 'text',
	deletedAt: 'list',
});

const LANGUAGES =
	'bg cs da de el en es fi fr hr ht_HT hu id it ja kar_MM ko lt mh_MH nl nl_BE no pl pt ro ru rw_RW sk sl so_SO sv sw_KE th ti_ET tr uk zh vi'.split(
		' ',
	);

type StandardKey = 'job' | 'organization' | 'phone' | 'custom' | 'lang';

/** Fields of every account beside name and address, by the names that a mapping uses. */
const STANDARD: Record<string, StandardKey> = {
	'Job Title': 'job',
	Organization: 'organization',
	Phone: 'phone',
	'Additional Information': 'custom',
	Language: 'lang',
};

export const JOB_TITLE = 'Job Title';

export const STANDARD_FIELDS: CustomField[] = Object.entries(STANDARD).map(([label, key]) =>
	key === 'lang' ? { label, type: 'language', options: LANGUAGES } : { label, type: 'text' },
);

/** The key of a standard field by its label, `undefined` for a custom field. */
export const standardKey = (label: string): StandardKey | undefined =>
	Object.entries(STANDARD).find(([name]) => sameLabel(name, label))?.[1];

const STATUSES = { active: 'active', invited: 'pending', deleted: 'inactive' } as const;

export function learnerOf(user: UserRecord, link: EmployeeId | null, mark: string | null): Learner {
	const custom: Record<string, AttributeValue> = {};
	for (const [label, key] of Object.entries(STANDARD)) {
		const value = user[key];
		if (value !== undefined && value !== null && value !== '') custom[label] = value;
	}
	return {
		id: learnerId(user._id),
		email: user.mail ?? '',
		...(user.username && { username: user.username }),
		firstName: user.firstName ?? null,
		lastName: user.lastName ?? null,
		status: STATUSES[user.status ?? 'active'],
		link,
		accessEnds: user.toBeDeactivatedAt ? lastDayOf(user.toBeDeactivatedAt) : null,
		custom,
		mark,
		...(user.status === 'invited' && (user.deletedAt ?? []).length > 0 && { restored: true as const }),
	};
}

/**
 * The instant to be sent for a last day. 360Learning deletes at the start of the date that it is given, in
 * a zone that is not documented, and may or may not look at the time: noon of the next day in UTC is that
 * next day nearly everywhere, and never too early.
 */
export const deactivationOf = (lastDay: CalendarDate): Instant =>
	`${DateTime.fromISO(lastDay, { zone: 'utc' }).plus({ days: 1 }).toISODate()}T12:00:00.000Z`;

/** The last day of access, from such a noon or from midnight in any zone up to twelve hours off. */
export const lastDayOf = (deactivation: Instant): CalendarDate | null =>
	DateTime.fromISO(deactivation, { zone: 'utc' }).minus({ hours: 12, milliseconds: 1 }).toISODate();

/**
 * The body of a POST or PATCH for a list of changes, without link, status, mark and custom fields. Texts
 * are never empty: `null` clears a field, which a POST does not know.
 */
export function bodyOf(changes: Change[]): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	for (const { field, label, to } of changes) {
		const value = to === '' ? null : to;
		if (field === 'email') body.mail = value;
		else if (field === 'firstName' || field === 'lastName') body[field] = value;
		else if (field === 'accessEnds') body.toBeDeactivatedAt = value && deactivationOf(String(value));
		else if (field.startsWith(CUSTOM)) {
			const key = standardKey(label ?? '');
			if (key !== undefined) body[key] = value;
		}
	}
	return body;
}

export const withoutEmpty = (body: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

/** The changes that go to custom fields. */
export const customChanges = (changes: Change[]): Array<Change & { label: string }> =>
	changes.flatMap((change) =>
		change.field.startsWith(CUSTOM) && change.label !== undefined && standardKey(change.label) === undefined
			? [{ ...change, label: change.label }]
			: [],
	);
