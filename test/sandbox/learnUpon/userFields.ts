import type { CustomData } from './customData';
import { Refusal } from './errors';
import type { LearnUponOptions } from './options';
import type { User } from './types';
import { isDate, language, optionalText, userType } from './values';

type Setter = (user: User, value: unknown, options: LearnUponOptions) => void;

/** Unknown fields are ignored without a word. */
export function applyUserFields(
	user: User,
	fields: Record<string, unknown>,
	custom: CustomData,
	options: LearnUponOptions,
): void {
	for (const [name, value] of Object.entries(fields)) SETTERS[name]?.(user, value, options);
	user.custom = custom.merge(user.custom, fields['CustomData']);
}

const SETTERS: Record<string, Setter> = {
	first_name: (user, value) => (user.firstName = optionalText(value)),
	last_name: (user, value) => (user.lastName = optionalText(value)),
	username: (user, value) => (user.username = optionalText(value)),
	timezone_id: (user, value) => (user.timezoneId = optionalText(value)),
	sf_contact_id: (user, value) => (user.sfContactId = optionalText(value)),
	sf_user_id: (user, value) => (user.sfUserId = optionalText(value)),
	language: (user, value) => (user.language = language(value)),
	user_type: (user, value) => (user.userType = userType(value)),
	password: (_user, value) => {
		if (typeof value !== 'string' || value.length < 6) throw new Refusal(400, 'password is too short');
	},
	membership_type: (user, value) => {
		if (value !== 'Member' && value !== 'Non-member') throw new Refusal(400, 'membership_type is not valid');
		user.membershipType = value;
	},
	change_password_on_first_login: (user, value) =>
		(user.changePasswordOnFirstLogin = String(value) === 'true'),
	enabled: (user, value, { enabledAccepts }) => {
		const form = typeof value === 'boolean' ? 'boolean' : 'string';
		if (enabledAccepts !== 'both' && enabledAccepts !== form) return;
		if (String(value) === 'true') user.enabled = true;
		if (String(value) === 'false') user.enabled = false;
	},
	account_expires: (user, value, options) => setExpiry(user, value, options),
};

function setExpiry(user: User, value: unknown, { expiryClearedBy }: LearnUponOptions): void {
	if (value === null || value === '') {
		if (expiryClearedBy === 'nothing') throw new Refusal(400, 'account_expires is not valid');
		const form = value === null ? 'null' : 'empty';
		if (expiryClearedBy === 'either' || expiryClearedBy === form) user.accountExpires = null;
		return;
	}
	if (typeof value !== 'string' || !isDate(value)) {
		throw new Refusal(400, 'account_expires is not valid, the format is yyyy-mm-dd');
	}
	user.accountExpires = value;
}
