import { sensitivityOf } from '../../Personio/employee/sensitive';
import { EMPLOYEE_FIELDS, type PassportEntry, type Roster, type RunSummary } from '../../shared/item';
import { endFields } from './lifecycle';
import type { LmsState } from './lmsState';
import type { PlanSettings } from './settings';

const UNUSED = 'not used by this plan, and need not be read';
const FOR_CHANGES = 'to notice changes';

/** Every account has them. */
const ALWAYS_NEEDED: readonly string[] = ['email', 'firstName', 'lastName'];

/** Attributes that a plan uses, that Personio was asked for, and that it did not deliver. */
export function undelivered({ passport, roster }: Pick<RunSummary, 'passport' | 'roster'>): string[] {
	const used = passport.filter(({ why }) => why.some((each) => each !== UNUSED && each !== FOR_CHANGES));
	const names = new Set([...ALWAYS_NEEDED, ...used.map(({ attribute }) => attribute)]);
	return roster.missingAttributes.filter((name) => names.has(name));
}

/** What each attribute of Personio is read for, and where it goes. Attributes without a use are listed too. */
export function passportOf(settings: PlanSettings, roster: Roster, lms: LmsState): PassportEntry[] {
	const entries = new Map<string, PassportEntry>();
	const missing = new Set<string>(roster.missingAttributes);
	const asked = new Set<string>([
		'id',
		...(roster.attributes ?? EMPLOYEE_FIELDS),
		...(roster.customAttributes ?? []),
	]);
	const custom = new Set(roster.customAttributes);
	const entry = (attribute: string): PassportEntry => {
		let found = entries.get(attribute);
		if (found === undefined) {
			const label = roster.labels?.[attribute];
			const isSensitive = custom.has(attribute) && sensitivityOf({ key: attribute, label }) !== undefined;
			found = {
				attribute,
				...(label !== undefined && { label }),
				why: [],
				goesTo: [],
				delivered: asked.has(attribute) && !missing.has(attribute),
				...(isSensitive && { sensitive: true as const }),
				...(custom.has(attribute) && !isSensitive && label === undefined && { unnamed: true as const }),
			};
			entries.set(attribute, found);
		}
		return found;
	};
	const note = (attribute: string, why: string, ...goesTo: string[]) => {
		const found = entry(attribute);
		if (!found.why.includes(why)) found.why.push(why);
		for (const each of goesTo) if (!found.goesTo.includes(each)) found.goesTo.push(each);
	};

	note('id', 'to recognise the account', ...(settings.matchBy === 'link' ? [settings.linkField] : []));
	note('email', 'to find and to address the account', 'E-mail address');
	note('firstName', 'name of the account', 'First name');
	note('lastName', 'name of the account', 'Last name');
	if (settings.usePreferredName) note('preferredName', 'name of the account', 'First name');
	note('status', 'to decide who has access');
	note('hireDate', 'to tell an end of this employment from one of an earlier one');
	for (const field of endFields(settings.endAccess)) note(field, 'last day of access', 'Last day of access');
	for (const { attribute, field } of settings.fieldMapping) note(attribute, 'field mapping', field);
	settings.groupLevels.forEach((field, level) => note(field, `level ${level + 1} of the groups`, 'Groups'));
	for (const { field, group } of settings.groupRules) note(field, 'rule for a group', `Group "${group}"`);
	for (const { field } of settings.scope.filters) note(field, 'filter of the scope');
	if (settings.managers && lms.hasManagers) note('supervisor', 'manager of the account', 'Manager');

	for (const field of asked) {
		const found = entry(field);
		if (field === 'createdAt' || field === 'lastModifiedAt') note(field, FOR_CHANGES);
		else if (found.why.length === 0) found.why.push(UNUSED);
	}
	return [...entries.values()];
}
