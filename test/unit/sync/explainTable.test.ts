import type { AttributeValue, Decision, Employee, Explanation, Learner } from '../../../nodes/shared/item';
import { END_LABELS } from '../../../nodes/LmsSync/sync/lifecycle';
import type { Plan, PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import {
	accountOf,
	aGroup,
	anEmployee,
	equals,
	invitationOf,
	joins,
	LATER,
	planned,
	TODAY,
	without,
	YESTERDAY,
	type SettingsOver,
	type Situation,
} from './builders';

/** A part of a situation, with a name. */
type Named<Part> = [name: string, part: Part];
type Turn = (employee: Employee) => Employee;

const having =
	(over: Partial<Employee>): Turn =>
	(employee) => ({ ...employee, ...over });

const ACTIVE: Named<Turn> = ['active', (each) => each];
const INACTIVE: Named<Turn> = ['inactive', having({ status: 'inactive' })];
const STATUSES: Array<Named<Turn>> = [
	ACTIVE,
	INACTIVE,
	['onboarding', having({ status: 'onboarding' })],
	['on leave, which is not synced', having({ status: 'leave' })],
	['of no status', (each) => without(each, 'status')],
];

interface Dates {
	turn: Turn;
	settings?: SettingsOver;
}

const endAccess = 'earliest' as const;
const DATES: Array<Named<Dates>> = [
	['no end', { turn: having({}) }],
	['an end to come', { turn: having({ terminationDate: LATER }) }],
	['an end today', { turn: having({ terminationDate: TODAY }) }],
	['an end that is over', { turn: having({ terminationDate: YESTERDAY }) }],
	['an end that was not delivered', { turn: (each) => without(each, 'terminationDate') }],
	['an end before the hire date', { turn: having({ terminationDate: '2019-01-01' }) }],
	['an end in the year 9999', { turn: having({ terminationDate: '9999-12-31' }) }],
	['an end long ago', { turn: having({ terminationDate: '1800-01-01', hireDate: null }) }],
	['an end on no calendar', { turn: having({ terminationDate: '2026-02-31' }) }],
	[
		'one end of three not delivered',
		{
			turn: (each) => without({ ...each, terminationDate: LATER }, 'lastWorkingDay'),
			settings: { endAccess },
		},
	],
	[
		'one end of three over',
		{ turn: having({ terminationDate: LATER, contractEndDate: YESTERDAY }), settings: { endAccess } },
	],
	[
		'ends of three kinds',
		{
			turn: having({ terminationDate: '2019-01-01', lastWorkingDay: '9999-12-31' }),
			settings: { endAccess },
		},
	],
];

type Scope = NonNullable<SettingsOver['scope']>;
const [london, rome, team] = [equals('office', 'London'), equals('office', 'Rome'), equals('team', 'A')];
const outOfScope = 'deactivate' as const;
const IN_SCOPE: Named<Scope> = ['in scope', { filters: [london] }];
const OUT_OF_SCOPE: Named<Scope> = ['out of scope', { filters: [rome], outOfScope }];
const SCOPES: Array<Named<Scope>> = [
	IN_SCOPE,
	OUT_OF_SCOPE,
	['out of scope and left alone', { filters: [rome] }],
	['of unknown scope', { filters: [team], outOfScope }],
	['out of scope by the second filter, the first being unknown', { filters: [team, rome], outOfScope }],
	['on the exclusion list', { exclude: ['1'], outOfScope }],
];

interface Accounts {
	of: (employee: Employee) => Learner[];
	turn?: Turn;
	settings?: SettingsOver;
}

const old = { email: 'old@acme.example' };
const matchBy = 'email' as const;
const NO_ACCOUNT: Named<Accounts> = ['no account', { of: () => [] }];
const ACCOUNT: Named<Accounts> = ['an account', { of: (each) => [accountOf(each, old)] }];
const ENDED: Named<Accounts> = [
	'an ended account',
	{ of: (each) => [accountOf(each, { status: 'inactive' })] },
];
const ACCOUNTS: Array<Named<Accounts>> = [
	NO_ACCOUNT,
	['no account and no address', { of: () => [], turn: having({ email: null }) }],
	ACCOUNT,
	ENDED,
	['an open invitation', { of: (each) => [invitationOf(each)] }],
	['an account with the address', { of: (each) => [accountOf(each, { link: null })] }],
	[
		'an ended account with the address',
		{ of: (each) => [accountOf(each, { link: null, status: 'inactive' })] },
	],
	['the address of somebody else', { of: (each) => [accountOf(each, { link: '77' as never })] }],
	[
		'the address of somebody else who has left',
		{ of: (each) => [accountOf(each, { link: '77' as never, status: 'inactive' })] },
	],
	['two accounts', { of: (each) => [accountOf(each, old), accountOf(each, { id: 'L9' as never })] }],
	[
		'an account with the id and another address, by address alone',
		{ of: (each) => [accountOf(each, old)], settings: { matchBy } },
	],
	[
		'an account with the address, by address alone',
		{ of: (each) => [accountOf(each)], settings: { matchBy } },
	],
];

type Run = Pick<Situation, 'roster' | 'lms' | 'settings'>;
const limits = { maxDeactivations: 0, maxGroupRemovals: 0, maxInvitations: 0, maxEmailChanges: 0 };
const WHOLE: Named<Run> = ['a whole run', {}];
const RUNS: Array<Named<Run>> = [
	WHOLE,
	['a dry run', { settings: { dryRun: true } }],
	['a run with limits of none', { settings: { limits } }],
	['a read of one person', { roster: { scope: 'selection' } }],
	['a read of what changed, with limits of none', { roster: { scope: 'changes' }, settings: { limits } }],
	[
		'gaps in the LMS',
		{ lms: { gaps: [{ code: 'pageShort', message: 'Page 2 of the accounts is short.' }] } },
	],
	['gaps in Personio', { roster: { complete: false, reason: 'Page 2 is short.' } }],
];

interface Told extends Explanation {
	decision: Decision;
	employee: Employee;
	/** Of the decision. */
	learner: Learner | undefined;
	learners: Learner[];
	isPart: boolean;
	hasGaps: boolean;
	said: string;
}

const lets = ({ action }: Decision) => ['create', 'invite', 'update', 'reactivate'].includes(action);
const endOf = ({ changes }: Decision) => changes.find(({ field }) => field === 'accessEnds')?.to ?? null;
const deactivates = (decision: Decision) =>
	(decision.action === 'deactivate' || (decision.action === 'hold' && decision.withheld === 'deactivate')) &&
	endOf(decision) === null;
const isExcluded = ({ scope }: Told) => scope.sentence === 'On the exclusion list.';

/** Whether a sentence about an end date is wrong about what Personio delivered. */
function isWrongAbout(label: string, value: AttributeValue | undefined, { access }: Told): boolean {
	const { sentence, lastDay } = access;
	if (value !== null && sentence.includes(`no ${label}`)) return true;
	if (value !== undefined && sentence.includes(`${label} was not delivered`)) return true;
	if (typeof value !== 'string' || sentence.includes(value)) return false;
	return lastDay === undefined || value < lastDay;
}

/** What an explanation says although the decision, the facts or the LMS say something else. */
const CONTRADICTIONS: Array<Named<(told: Told) => boolean>> = [
	['scope: out', ({ decision, scope }) => decision.reason === 'Out of scope.' && scope.inScope !== false],
	['scope: unknown', ({ decision, scope }) => /^Left alone/.test(decision.reason) && scope.inScope !== null],
	['scope: excluded', (told) => isExcluded(told) !== (told.decision.reason === 'On the exclusion list.')],
	['scope: let in', ({ decision, scope }) => lets(decision) && scope.inScope !== true],
	['access: let in', ({ decision, access }) => lets(decision) && access.state === 'ended'],
	['access: lost', ({ decision, access }) => deactivates(decision) && access.state !== 'ended'],
	[
		'access: kept',
		(told) =>
			told.access.state === 'ended' &&
			told.decision.action === 'none' &&
			told.learner !== undefined &&
			told.learner.status !== 'inactive' &&
			!isExcluded(told),
	],
	[
		'access: left alone',
		({ decision, access }) =>
			(lets(decision) || deactivates(decision)) && /left alone|[Nn]othing follows/.test(access.sentence),
	],
	[
		'access: last day',
		({ decision, access }) =>
			[endOf(decision), decision.accessEnds ?? null].some((day) => day !== null && day !== access.lastDay),
	],
	[
		'access: dates',
		(told) =>
			Object.entries(END_LABELS).some(
				([field, label]) => told.employee.status && isWrongAbout(label, told.facts[field], told),
			),
	],
	[
		'match: an id',
		({ match, employee, learners }) =>
			match.sentence.includes('No account carries') && learners.some(({ link }) => link === employee.id),
	],
	[
		'match: an address',
		({ match, employee, learners }) =>
			/n(?:o account|one) has the address/i.test(match.sentence) &&
			learners.some(({ email }) => email === employee.email),
	],
	[
		'match: nothing',
		({ match, learner }) => (match.by === 'nothing') !== (learner === undefined) && match.by !== 'conflict',
	],
	[
		'match: certain',
		({ match, hasGaps }) => match.by === 'nothing' && hasGaps !== match.sentence.includes('not certain'),
	],
	[
		'match: the account',
		({ match, learner }) =>
			learner !== undefined &&
			match.by !== 'conflict' &&
			!(
				match.sentence.includes(`${learner.email} (${learner.id})`) &&
				match.sentence.startsWith('The ended account') === (learner.status === 'inactive') &&
				match.sentence.startsWith('The open invitation') === (learner.status === 'pending')
			),
	],
	[
		'guards: the hold',
		({ decision, guards }) => decision.action === 'hold' && guards[0] !== decision.hold.message,
	],
	[
		'guards: limits',
		({ decision, said, isPart }) =>
			said.includes('No limit was exceeded') &&
			(isPart || (decision.action === 'hold' && decision.hold.code === 'limitExceeded')),
	],
	['guards: a part', ({ said, isPart }) => said.includes('the scheduled sync may hold this') !== isPart],
	[
		'guards: ended',
		({ decision, said }) =>
			/no account is ended/i.test(said) &&
			(decision.action === 'deactivate' || (lets(decision) && decision.groups.remove.length > 0)),
	],
	[
		'guards: added',
		({ decision, said }) =>
			said.includes('Nobody is added') && lets(decision) && decision.action !== 'update',
	],
	[
		'groups',
		({ decision: { groups: own }, groups: { wanted } }) =>
			own.remove.some(({ name }) => wanted.includes(name)) ||
			own.add.some(({ name }) => !wanted.includes(name)),
	],
];

const told = (plan: Plan, { decision, employee, learner }: PlannedPerson, learners: Learner[]): Told => {
	const explanation = plan.explain({ decision, ...(employee && { employee }), ...(learner && { learner }) });
	const { roster, gaps } = plan.summary;
	return {
		...explanation,
		decision,
		employee: employee as Employee,
		learner,
		learners,
		isPart: roster.scope !== 'all',
		hasGaps: gaps !== undefined,
		said: explanation.guards.join(' '),
	};
};

interface Constellation {
	statuses: Array<Named<Turn>>;
	dates: Array<Named<Dates>>;
	scopes: Array<Named<Scope>>;
	accounts: Array<Named<Accounts>>;
	runs: Array<Named<Run>>;
}

const anna = anEmployee(1, { office: 'London', department: 'IT' });
const synced = { statuses: ['active' as const, 'onboarding' as const] };

/** All that is said in any of these constellations although it is not so. */
function contradictionsIn({ statuses, dates, scopes, accounts, runs }: Constellation): string[] {
	const found: string[] = [];
	for (const [status, ofStatus] of statuses)
		for (const [date, { turn: ofDate, settings: byDate }] of dates)
			for (const [scoped, scope] of scopes)
				for (const [account, { of, turn: ofAccount = having({}), settings: byAccount }] of accounts)
					for (const [run, { lms, settings: byRun, ...rest }] of runs) {
						const employee = ofAccount(ofDate(ofStatus(anna)));
						const learners = of(employee);
						const plan = planned({
							...rest,
							employees: [employee],
							lms: { ...lms, learners, groups: [aGroup('Staff'), aGroup('IT'), aGroup('HR', true)] },
							memberships: { L1: ['HR'] },
							settings: {
								groupRules: [joins('office', 'London', 'Staff')],
								groupLevels: ['department'],
								...byDate,
								...byAccount,
								...byRun,
								scope: { ...synced, ...scope },
							},
						});
						for (const person of plan.people.filter((each) => each.employee)) {
							const all = told(plan, person, learners);
							for (const [what, isSo] of CONTRADICTIONS) {
								if (isSo(all)) found.push([what, status, date, scoped, account, run].join(' | '));
							}
						}
					}
	return found;
}

describe('a decision and its explanation do not contradict each other', () => {
	const usual = [NO_ACCOUNT, ACCOUNT, ENDED];

	it.each(DATES)('with %s, whatever the status and the scope', (...date) => {
		expect(
			contradictionsIn({ statuses: STATUSES, dates: [date], scopes: SCOPES, accounts: usual, runs: [WHOLE] }),
		).toEqual([]);
	});

	it.each(ACCOUNTS)('with %s, in every kind of run', (...account) => {
		const some = { statuses: [ACTIVE, INACTIVE], dates: DATES.slice(0, 5), scopes: [IN_SCOPE, OUT_OF_SCOPE] };
		expect(contradictionsIn({ ...some, accounts: [account], runs: RUNS })).toEqual([]);
	});
});
