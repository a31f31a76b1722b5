import type { Inbound } from '../core/http';
import { contentType, isJsonType, isRecord, jsonObject } from '../core/http';
import { Refusal } from './errors';
import type { UserType } from './types';

export function isDate(text: string): boolean {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
	const parsed = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

export function isEmail(value: unknown): value is string {
	return typeof value === 'string' && /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(value);
}

/** The vendor's samples send ids as numbers and as text. */
export function idOf(value: unknown): number | undefined {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
	return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** What is inside the capitalised wrapper, without which nothing is found. */
export function unwrapped(request: Inbound, wrapper: string, what: string): Record<string, unknown> {
	const body = isJsonType(contentType(request.headers)) ? jsonObject(request.rawBody) : undefined;
	const inner = body?.[wrapper];
	if (!isRecord(inner)) throw new Refusal(404, `Invalid ${what} parameters provided`);
	return inner;
}

export function optionalText(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

const USER_TYPES: readonly string[] = ['learner', 'instructor', 'manager', 'admin'];

export function userType(value: unknown): UserType {
	if (typeof value !== 'string' || !USER_TYPES.includes(value))
		throw new Refusal(400, 'user_type is not valid');
	return value as UserType;
}

/** Facts §6: 1 learner, 2 admin, 3 instructor, 4 manager. */
export function membershipType(value: unknown): UserType {
	if (value === undefined || value === null) return 'learner';
	const type = ({ 1: 'learner', 2: 'admin', 3: 'instructor', 4: 'manager' } as const)[idOf(value) as 1];
	if (!type) throw new Refusal(400, 'the membership type is not valid');
	return type;
}

const LANGUAGES = new Set(
	(
		'en en_gb cs da nl nl_be fi_fl fr fr_ca de hu id it ja ko nb_no pl pt pt_br ru sk es sv tr vi_vn ' +
		'zh_cn zh_tw'
	).split(' '),
);

export function language(value: unknown): string {
	if (typeof value !== 'string' || !LANGUAGES.has(value)) throw new Refusal(400, 'language is not valid');
	return value;
}
