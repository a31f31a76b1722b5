import { CUSTOM } from '../sandbox/company';
import type { PersonInput } from '../sandbox';

/** A small company in which every kind of work is due in one run, each for somebody of their own. */

const FATES = [
	/** Nothing changes, but for new reports. */
	'steady',
	/** Has left long ago, and stays away. */
	'former',
	/** Has a report who goes to somebody else, and leaves in two months. */
	'leader',
	'renamed',
	'readdressed',
	/** Those two exchange their addresses. */
	'swapping',
	'swapped',
	/** To a department that has no group yet, with a new value in a custom field. */
	'mover',
	'report',
	/** Was to leave, and stays. */
	'staying',
	'leaver',
	'returner',
	/** Leaves with an invitation that was never accepted. */
	'lapsed',
	/** Deleted in Personio. */
	'missing',
	'joiner',
	'starter',
	/** New, with an address that an account without a link has. */
	'adopted',
] as const;

export type Fate = (typeof FATES)[number];

const FIRST_ID = 5001;
const DAY_MS = 86_400_000;
const TODAY = Date.now();
const EPOCH = Date.UTC(2024, 0, 1);

/** A day on the calendar, so many days from the one on which this was started. */
const day = (offset: number): string => new Date(TODAY + offset * DAY_MS).toISOString().slice(0, 10);

export const idOf = (fate: Fate): number => FIRST_ID + FATES.indexOf(fate);
export const addressOf = (fate: Fate): string => `${fate}@company.example`;

export const OLD_SITE = 'Harbour';
export const NEW_SITE = 'Hill';
/** Each site has so many groups, so that a company that moves has a bulk of memberships to change. */
export const GROUPS_OF_SITE = ['Staff', 'Canteen', 'Fire Drill'] as const;

/** Whom the LMS alone knows. */
export const STRANGER = 'stranger@elsewhere.example';

/** What is wanted of a fact about somebody, by everything that may tell who it is about. */
export interface Person {
	fate: Fate;
	id: number;
	/** All that are theirs at some time. */
	addresses: string[];
	lastNames: string[];
}

const AFTER: Partial<Record<Fate, PersonInput>> = {
	leader: { terminationDate: day(60) },
	renamed: { lastName: 'renamed-married' },
	readdressed: { email: 'readdressed@company-new.example' },
	swapping: { email: addressOf('swapped') },
	swapped: { email: addressOf('swapping') },
	mover: { department: 'Lab', custom: { [CUSTOM.level]: 3 } },
	report: { supervisorId: idOf('steady') },
	staying: { terminationDate: null },
	leaver: { status: 'inactive', terminationDate: day(-1) },
	returner: { status: 'active', terminationDate: null, hireDate: day(-1) },
	lapsed: { status: 'inactive', terminationDate: day(-1) },
};

/** Hired between the two runs, so that the second one meets them as new. */
const NEWCOMERS: Partial<Record<Fate, PersonInput>> = {
	joiner: { supervisorId: idOf('steady') },
	starter: { department: 'Lab', custom: { [CUSTOM.level]: 1 } },
	adopted: {},
};

const BEFORE: Partial<Record<Fate, PersonInput>> = {
	renamed: { supervisorId: idOf('steady') },
	report: { supervisorId: idOf('leader') },
	staying: { terminationDate: day(30) },
};

export const PEOPLE: readonly Person[] = FATES.map((fate) => {
	const { email, lastName } = AFTER[fate] ?? {};
	return {
		fate,
		id: idOf(fate),
		addresses: [addressOf(fate), ...(email ? [email] : [])],
		lastNames: [fate, ...(lastName ? [lastName] : [])],
	};
});

const isNewcomer = (fate: Fate): boolean => fate in NEWCOMERS;

function person(fate: Fate, more: PersonInput = {}): PersonInput {
	const id = idOf(fate);
	return {
		id,
		// Ids and times of creation rise together, so that all lists have one order.
		createdAt: new Date(EPOCH + id * 60_000).toISOString(),
		firstName: 'Test',
		lastName: fate,
		email: addressOf(fate),
		status: 'active',
		position: 'Staff',
		department: 'Sales',
		office: OLD_SITE,
		hireDate: '2020-01-01',
		custom: { [CUSTOM.level]: null },
		...more,
	};
}

/** Whoever has an account before anything happens. */
export const settled = (): PersonInput[] =>
	FATES.filter((fate) => !isNewcomer(fate) && fate !== 'lapsed').map((fate) => person(fate, BEFORE[fate]));

export const invited = (): PersonInput => person('lapsed');

/** Those who have left before anything happens. */
export const FORMER = [idOf('former'), idOf('returner')];
export const ENDED: PersonInput = { status: 'inactive', terminationDate: day(-40) };

/** What Personio knows before anything happens. */
export const before = (): PersonInput[] =>
	[...settled(), invited()].map((each) => (FORMER.includes(each.id ?? 0) ? { ...each, ...ENDED } : each));

interface Personio {
	hire(input: PersonInput): unknown;
	change(id: number, patch: PersonInput): unknown;
	remove(id: number): void;
}

/** What happens between two runs. */
export function happen(personio: Personio, relocates: boolean): void {
	const site = relocates ? { office: NEW_SITE } : {};
	for (const fate of FATES) {
		const { [fate]: newcomer } = NEWCOMERS;
		if (newcomer) personio.hire(person(fate, { ...site, ...newcomer }));
		else if (fate === 'missing') personio.remove(idOf(fate));
		else personio.change(idOf(fate), { ...site, ...AFTER[fate] });
	}
}
