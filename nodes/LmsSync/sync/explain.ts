import type {
	AttributeValue,
	ConfigurationUse,
	Employee,
	EmployeeId,
	Explanation,
	LimitUse,
} from '../../shared/item';
import { zoneOf } from '../../shared/officeZone';
import { attributeOf, describe } from './attribute';
import { decidingScope } from './decide';
import { wantedNames } from './groups';
import { decidingAttributes, incompleteness } from './guard';
import { accessOf } from './lifecycle';
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
	sentence: 'Without an employee nothing is known of an end.',
};

/** Tells why: facts read, scope, match, date with its zone, groups, and what the guards said. */
export function explainer(run: Run): (person: PlannedPerson) => Explanation {
	const everybody = guardsOf(run);
	return ({ employee, learner, decision }) => {
		const guards = [...(decision.action === 'hold' ? [decision.hold.message] : []), ...everybody];
		if (employee === undefined) {
			return {
				facts: {},
				scope: { inScope: null, sentence: 'Personio lists no such employee.' },
				match: {
					by: 'link',
					sentence: `The account ${learner?.email} carries the Personio id ${learner?.link}.`,
				},
				access: MISSING,
				groups: { wanted: [], sentence: 'Groups stay as they are.' },
				guards,
			};
		}
		return {
			facts: factsOf(employee, run),
			scope: decidingScope(employee, learner, run.settings),
			match: matchOf(employee, run.matches.get(employee.id)),
			access: accessSentence(employee, run),
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

function matchOf(employee: Employee, found: Match | undefined): Explanation['match'] {
	const nothing = `No account carries the Personio id ${employee.id}, and none has the address ${employee.email ?? '(none)'}.`;
	switch (found?.kind) {
		case 'link':
			return {
				by: 'link',
				sentence: `The account ${found.learner.email} (${found.learner.id}) carries the Personio id ${employee.id}.`,
			};
		case 'email':
			return {
				by: 'email',
				sentence: `The account ${found.learner.email} (${found.learner.id}) has the address that ${describe(employee)} has in Personio.`,
			};
		case 'conflict':
			return { by: 'conflict', sentence: found.hold.message };
		default:
			return { by: 'nothing', sentence: nothing };
	}
}

function accessSentence(employee: Employee, { settings, now }: Run): Explanation['access'] {
	const zone = zoneOf(employee, settings.defaultZone);
	const access = accessOf(employee, settings, now);
	switch (access.state) {
		case 'open':
			return { state: 'open', zone, sentence: 'Personio has no end date, so access stays open.' };
		case 'unknown':
			return {
				state: 'unknown',
				zone,
				sentence: 'The end date was not delivered, so nothing follows from it.',
			};
		default: {
			const { state, lastDay, reason } = access;
			return { state, ...(lastDay !== undefined && { lastDay }), zone, sentence: reason };
		}
	}
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
	const exceeded = uses.filter((each) => each.exceeded);
	return [
		reason === undefined
			? `${roster.count} employees were read${roster.scope === 'all' ? ' completely' : ''}.`
			: `Nothing is taken away, because the employees were not read completely: ${reason}`,
		...(lms.gaps ? ['Nobody is added or ended, because the LMS did not deliver its lists completely.'] : []),
		exceeded.length === 0
			? 'No limit was exceeded.'
			: exceeded.map(({ kind, allowed }) => `The limit of ${kind} (${allowed}) was exceeded.`).join(' '),
		...(use.changed.length > 0 ? [`Changed since the last applied run: ${use.changed.join(', ')}.`] : []),
	];
}
