import type {
	AttributeValue,
	ConfigurationUse,
	Employee,
	EmployeeId,
	Explanation,
	Learner,
	LimitKind,
	LimitUse,
	Roster,
} from '../../shared/item';
import { zoneOf } from '../../shared/officeZone';
import { attributeOf, describe } from './attribute';
import { decidingScope, isExcluded } from './decide';
import { wantedNames } from './groups';
import { decidingAttributes, incompleteness } from './guard';
import { accessOf, END_LABELS, endDatesOf, type EndDate } from './lifecycle';
import type { Match } from './match';
import type { PlanInput, PlannedPerson } from './plan';

interface Run extends PlanInput {
	matches: ReadonlyMap<EmployeeId, Match>;
	uses: LimitUse[];
	use: ConfigurationUse;
}

const MISSING: Explanation['access'] = {
	state: 'unknown',
	zone: '',
	sentence: 'Without an employee no last day is known.',
};

/** Tells why: facts read, scope, match, date with its zone, groups, and what the guards said. */
export function explainer(run: Run): (person: PlannedPerson) => Explanation {
	const everybody = guardsOf(run);
	return ({ employee, learner, decision }) => {
		const guards = [...(decision.action === 'hold' ? [decision.hold.message] : []), ...everybody];
		if (employee === undefined) {
			const account = learner === undefined ? 'The account' : accountWords(learner, run);
			return {
				facts: {},
				scope: { inScope: null, sentence: 'Personio lists no such employee.' },
				match: {
					by: 'link',
					sentence: `${account} carries the Personio id ${learner?.link}.`,
				},
				access: MISSING,
				groups: { wanted: [], sentence: 'Groups stay as they are.' },
				guards,
			};
		}
		const scope = decidingScope(employee, learner, run.settings);
		return {
			facts: factsOf(employee, run),
			scope,
			match: matchOf(employee, run.matches.get(employee.id), run),
			access: accessFor(employee, learner, scope, run),
			groups: groupsOf(employee, run),
			guards,
		};
	};
}

function factsOf(employee: Employee, { settings }: Run): Record<string, AttributeValue> {
	const names = ['id', 'email', 'firstName', 'lastName', ...decidingAttributes(settings)];
	if (settings.usePreferredName) names.push('preferredName');
	const facts: Record<string, AttributeValue> = {};
	for (const name of names) {
		const value = attributeOf(employee, name);
		if (value !== undefined) facts[name] = value;
	}
	if (settings.managers && employee.supervisor) {
		facts.supervisor = employee.supervisor.email ?? employee.supervisor.id;
	}
	return facts;
}

function matchOf(employee: Employee, found: Match | undefined, run: Run): Explanation['match'] {
	switch (found?.kind) {
		case 'link':
			return {
				by: 'link',
				sentence: `${accountWords(found.learner, run)} carries the Personio id ${employee.id}.`,
			};
		case 'email': {
			const sentence = `${accountWords(found.learner, run)} has the address that ${describe(employee)} has in Personio.`;
			return { by: 'email', sentence: sentence + doubt(run) };
		}
		case 'conflict':
			return { by: 'conflict', sentence: found.hold.message };
		default:
			return { by: 'nothing', sentence: nothingFound(employee, run) + doubt(run) };
	}
}

function accountWords({ id, email, status }: Learner, { lms }: Run): string {
	const isOpen = status === 'pending' && !lms.invitedHaveAccounts;
	const what = isOpen ? 'The open invitation to' : `The ${status === 'inactive' ? 'ended ' : ''}account`;
	return `${what} ${email} (${id})`;
}

function nothingFound({ id, email }: Employee, { settings }: Run): string {
	const byAddress = email
		? `has the address ${email}`
		: `can be found by its address, since Personio ${email === null ? 'has' : 'delivered'} none`;
	return settings.matchBy === 'link'
		? `No account carries the Personio id ${id}, and none ${byAddress}.`
		: `No account ${byAddress}. Personio ids at accounts are not looked at, since accounts are found by address alone.`;
}

/** Whoever is on a list is certain, and whoever is not may have been left out. */
const doubt = ({ lms, settings }: Run): string => {
	if (!lms.gaps) return '';
	const what = settings.matchBy === 'link' ? 'the Personio id' : 'the address';
	return ` That is not certain: the LMS did not deliver its lists completely, and an account with ${what} may be missing from them.`;
};

/** What Personio knows of an end, and what follows from it for this person. */
function accessFor(
	employee: Employee,
	learner: Learner | undefined,
	{ inScope }: Explanation['scope'],
	{ settings, now }: Run,
): Explanation['access'] {
	const zone = zoneOf(employee, settings.defaultZone);
	const access = accessOf(employee, settings, now);
	const known = datesOf(endDatesOf(employee, settings), access);
	const because = (state: Explanation['access']['state'], sentence: string): Explanation['access'] => {
		const lastDay = state === access.state && 'lastDay' in access ? access.lastDay : undefined;
		return {
			state,
			...(lastDay !== undefined && { lastDay }),
			zone,
			sentence: `${known} ${sentence}`.trim(),
		};
	};
	if (isExcluded(employee, learner, settings)) {
		return because(access.state, 'Nothing follows from that for whoever is on the exclusion list.');
	}
	if (!employee.status) return because('unknown', 'Nothing follows from that without a status.');
	if (access.state === 'ended') return because('ended', '');
	if (inScope === false && settings.scope.outOfScope === 'deactivate') {
		return because('ended', 'Whoever is out of scope is to have no access.');
	}
	if (access.state === 'unknown') return because('unknown', 'So it is not known until when access lasts.');
	if (inScope === true)
		return because(access.state, access.state === 'open' ? 'So no end of access is wanted.' : '');
	const when = access.state === 'endsLater' ? 'Until that day is over, this person' : 'This person';
	return because(access.state, `${when} is left alone.`);
}

/** The dates that decide, and why others do not. */
function datesOf(dates: EndDate[], access: ReturnType<typeof accessOf>): string {
	const isTold = 'reason' in access;
	const sentences = dates.flatMap((date): string[] => {
		const label = END_LABELS[date.field];
		switch (date.verdict) {
			case 'none':
				return [];
			case 'counts':
				return isTold ? [] : [`The ${label} is ${date.day}.`];
			case 'notDelivered':
				return [`The ${label} was not delivered.`];
			case 'never':
				return [`The ${label} ${date.day} stands for no end.`];
			case 'earlierEmployment':
				return [
					`The ${label} ${date.day} is before the hire date, so it belongs to an earlier employment and does not count.`,
				];
			case 'notOnCalendar':
				return [`The ${label} "${date.day}" is on no calendar, so it does not count.`];
			case 'tooLongAgo':
				return [`The ${label} ${date.day} is too long ago to be right, so it does not count.`];
		}
	});
	const none = dates.flatMap(({ field, verdict }) => (verdict === 'none' ? [END_LABELS[field]] : []));
	const empty = none.length > 0 && !isTold ? [`Personio has no ${none.join(' and no ')}.`] : [];
	return [...(isTold ? [access.reason] : []), ...empty, ...sentences].join(' ');
}

function groupsOf(employee: Employee, { settings }: Run): Explanation['groups'] {
	const { names, isUndecided } = wantedNames(employee, settings);
	const unknown = isUndecided
		? ' An attribute that decides was not delivered, so no such group is left.'
		: '';
	const sentence =
		names.length > 0
			? `The mapping wants ${names.map((name) => `"${name}"`).join(', ')}.`
			: 'The mapping wants no group.';
	return { wanted: names, sentence: sentence + unknown };
}

/** What holds for everybody in this run. */
function guardsOf({ roster, lms, settings, uses, use }: Run): string[] {
	const reason = incompleteness(roster, settings);
	const read = roster.count === 1 ? '1 employee was read' : `${roster.count} employees were read`;
	return [
		reason === undefined
			? `${read}${roster.scope === 'all' ? ' completely' : ''}.`
			: `No account is ended and no group is left, because the employees were not read completely: ${reason}`,
		...(lms.gaps
			? ['Nobody is added and no account is ended, because the LMS did not deliver its lists completely.']
			: []),
		...limitsOf(roster, uses),
		...(use.changed.length > 0 ? [`Changed since the last applied run: ${use.changed.join(', ')}.`] : []),
	];
}

const wordsOf = (kind: LimitKind): string => kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Of a part of the employees, nobody can tell what a run over all of them would hold. */
function limitsOf({ scope }: Roster, uses: LimitUse[]): string[] {
	const exceeded = uses
		.filter((each) => each.exceeded)
		.map(({ kind, allowed }) => `The limit of ${wordsOf(kind)} (${allowed}) was exceeded.`);
	if (scope !== 'all') {
		const part =
			'Limits, changes of the configuration and the proof that everybody was read are looked at over a whole run. Only a part of the employees was read here, so they were not looked at for everybody, and the scheduled sync may hold this.';
		return [...exceeded, part];
	}
	return exceeded.length > 0 ? [exceeded.join(' ')] : ['No limit was exceeded.'];
}
