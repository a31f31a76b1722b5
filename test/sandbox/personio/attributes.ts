import type { AttributeType, Person } from './types';

export interface SystemAttribute {
	key: string;
	type: AttributeType;
	/** English, German: labels come in the account's language. */
	labels: readonly [string, string];
	/** The person's field behind it, where a change of it can be told. */
	field?: keyof Person;
	/** Which v2 object shows it. */
	area: 'person' | 'employment' | 'none';
}

const define = (
	key: string,
	type: AttributeType,
	labels: readonly [string, string],
	area: SystemAttribute['area'],
	field?: keyof Person,
): SystemAttribute => (field ? { key, type, labels, area, field } : { key, type, labels, area });

/** In the order in which a demo tenant delivers them. */
export const SYSTEM_ATTRIBUTES: readonly SystemAttribute[] = [
	define('id', 'integer', ['ID', 'ID'], 'person', 'id'),
	define('first_name', 'standard', ['First name', 'Vorname'], 'person', 'firstName'),
	define('last_name', 'standard', ['Last name', 'Nachname'], 'person', 'lastName'),
	define('preferred_name', 'standard', ['Name (preferred)', 'Rufname'], 'person', 'preferredName'),
	define('email', 'standard', ['Email', 'E-Mail'], 'person', 'email'),
	define('gender', 'standard', ['Gender', 'Geschlecht'], 'person'),
	define('status', 'standard', ['Status', 'Status'], 'employment', 'status'),
	define('position', 'standard', ['Position', 'Position'], 'employment', 'position'),
	define('supervisor', 'standard', ['Supervisor', 'Vorgesetzte:r'], 'employment', 'supervisorId'),
	define(
		'employment_type',
		'standard',
		['Employment type', 'Beschäftigungsart'],
		'employment',
		'employmentType',
	),
	define('weekly_working_hours', 'standard', ['Weekly hours', 'Wochenstunden'], 'employment'),
	define('hire_date', 'date', ['Hire date', 'Einstellungsdatum'], 'employment', 'hireDate'),
	define('contract_end_date', 'date', ['Contract ends', 'Vertragsende'], 'employment', 'contractEndDate'),
	define(
		'termination_date',
		'date',
		['Termination date', 'Kündigungsdatum'],
		'employment',
		'terminationDate',
	),
	define('termination_type', 'standard', ['Termination type', 'Kündigungsart'], 'employment'),
	define('termination_reason', 'standard', ['Termination reason', 'Kündigungsgrund'], 'employment'),
	define('probation_period_end', 'date', ['Probation period end', 'Ende der Probezeit'], 'employment'),
	define('created_at', 'date', ['Created at', 'Erstellt am'], 'none'),
	define('last_modified_at', 'date', ['Last modified', 'Zuletzt geändert'], 'none'),
	define('subcompany', 'standard', ['Subcompany', 'Gesellschaft'], 'employment', 'legalEntity'),
	define('office', 'standard', ['Office', 'Standort'], 'employment', 'office'),
	define('department', 'standard', ['Department', 'Abteilung'], 'employment', 'department'),
	define('cost_centers', 'standard', ['Cost center', 'Kostenstelle'], 'employment'),
	define('holiday_calendar', 'standard', ['Public holidays', 'Feiertagskalender'], 'none'),
	define('absence_entitlement', 'standard', ['Absence entitlement', 'Abwesenheitsanspruch'], 'none'),
	define('work_schedule', 'standard', ['Work schedule', 'Arbeitszeitplan'], 'none'),
	define('fix_salary', 'decimal', ['Fixed salary', 'Festgehalt'], 'none'),
	define('fix_salary_interval', 'standard', ['Salary interval', 'Gehaltsintervall'], 'none'),
	define('hourly_salary', 'decimal', ['Hourly salary', 'Stundenlohn'], 'none'),
	define(
		'last_working_day',
		'date',
		['Last day of work', 'Letzter Arbeitstag'],
		'employment',
		'lastWorkingDay',
	),
	define('profile_picture', 'standard', ['Profile Picture', 'Profilbild'], 'person'),
	define('team', 'standard', ['Team', 'Team'], 'employment', 'team'),
];

const KEY_OF_FIELD = new Map(
	SYSTEM_ATTRIBUTES.filter(({ field }) => field).map(({ field, key }) => [field!, key]),
);

const AREA_OF_KEY = new Map(SYSTEM_ATTRIBUTES.map(({ key, area }) => [key, area]));

export function keyOfField(field: keyof Person): string | undefined {
	return KEY_OF_FIELD.get(field);
}

export function areaOf(key: string): SystemAttribute['area'] {
	return AREA_OF_KEY.get(key) ?? 'person';
}

export function labelOf({ labels }: SystemAttribute, language: 'en' | 'de'): string {
	return labels[language === 'de' ? 1 : 0];
}

export function systemAttribute(key: string): SystemAttribute {
	return SYSTEM_ATTRIBUTES.find((attribute) => attribute.key === key)!;
}
