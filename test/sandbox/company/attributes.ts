import type { CustomAttribute } from '../personio/types';

const PREFIX = 'dynamic_81123';

export const CUSTOM = {
	personnelNumber: `${PREFIX}01`,
	birthday: `${PREFIX}02`,
	trainings: `${PREFIX}03`,
	languages: `${PREFIX}04`,
	firstAider: `${PREFIX}05`,
	profileLink: `${PREFIX}06`,
	level: `${PREFIX}07`,
	workModel: `${PREFIX}08`,
	permitUntil: `${PREFIX}09`,
	privateEmail: `${PREFIX}10`,
	share: `${PREFIX}11`,
	notes: `${PREFIX}12`,
} as const;

export const TRAININGS = ['Data protection', 'Brandschutz', 'Erste Hilfe', 'Leadership basics'];
export const LANGUAGES = ['Deutsch', 'English', 'Français', 'Türkçe'];
export const WORK_MODELS = ['office', 'hybrid', 'remote'];

const define = (
	key: string,
	label: string,
	type: CustomAttribute['type'],
	options: string[] = [],
	universalId: string | null = null,
): CustomAttribute => ({ key, label, type, universalId, options });

/** Labels in two languages, as in a tenant that grew. */
export const CUSTOM_ATTRIBUTES: readonly CustomAttribute[] = [
	define(CUSTOM.personnelNumber, 'Personalnummer', 'standard'),
	define(CUSTOM.birthday, 'Birthday', 'date', [], 'date_of_birth'),
	define(CUSTOM.trainings, 'Trainings', 'tags', TRAININGS),
	define(CUSTOM.languages, 'Sprachkenntnisse', 'tags', LANGUAGES),
	define(CUSTOM.firstAider, 'Ersthelfer:in', 'list', ['ja', 'nein']),
	define(CUSTOM.profileLink, 'Profile page', 'link'),
	define(CUSTOM.level, 'Career level', 'integer'),
	define(CUSTOM.workModel, 'Arbeitsmodell', 'list', WORK_MODELS),
	define(CUSTOM.permitUntil, 'Work permit until', 'date'),
	// A trap: it looks like the address to log in with, and is not.
	define(CUSTOM.privateEmail, 'Private E-Mail', 'standard'),
	define(CUSTOM.share, 'FTE', 'decimal'),
	define(CUSTOM.notes, 'Bemerkungen', 'multiline'),
];
