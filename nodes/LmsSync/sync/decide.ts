import type {
	ApplicableAction,
	ApplicableDecision,
	CalendarDate,
	Decision,
	Employee,
	EmployeeId,
	EmployeeStatus,
	Explanation,
	HeldDecision,
	HoldCode,
	Instant,
	Learner,
} from '../../shared/item';
import { memoOf } from '../../shared/memo';
import { addressKey, applies, describe } from './attribute';
import { diff, FIELD_NAMES, firstNameOf, type Difference } from './diff';
import { groupChanges, type GroupDecision } from './groups';
import type { GroupDirectory } from './groupDirectory';
import { hold } from './parts';
import { accessOf, isDue, type Access } from './lifecycle';
import type { LmsState, Memberships, Rejection } from './lmsState';
import type { Match, Strays } from './match';
import type { PlannedPerson } from './plan';
import type { Condition, PlanSettings } from './settings';

/** What a decision about one person needs to know beside the person. */
export interface Facts {
	lms: LmsState;
	memberships: Memberships;
	groups: GroupDirectory;
	/** Learners that belong to nobody, by their names. */
	strays: Strays;
	settings: PlanSettings;
	/** What every decision of the plan says of where it comes from. */
	origin: Origin;
	now: Instant;
}

export type Origin = Required<Pick<Decision, 'platform' | 'decidedAt' | 'reading'>> &
	Pick<Decision, 'portal'>;

interface Verdict {
	decision: Decision;
	held?: HeldDecision[] | undefined;
}
type Draft = Parameters<typeof hold>[0];
/** A decision before it is one. These are made for everybody in every plan, so none is copied without need. */
type Blank = (reason: string, invite?: boolean) => Draft;
type Ended = Extract<Access, { state: 'ended' }>;

const STATUS: Record<EmployeeStatus, string> = {
	active: 'active',
	inactive: 'inactive',
	leave: 'on leave',
	onboarding: 'onboarding',
};

const NO_GROUPS = { add: [], remove: [] };

/** Decides about one employee, without a look at the rest of the run. */
export function decide(employee: Employee, found: Match, facts: Facts): PlannedPerson {
	const { settings, now, memberships } = facts;
	const { dryRun } = settings;
	const { platform, portal, decidedAt, reading } = facts.origin;
	const blank: Blank = (reason, invite = false) => {
		const groups = NO_GROUPS;
		const draft: Draft = { reason, changes: [], invite, groups, dryRun, platform, decidedAt, reading };
		if (portal !== undefined) draft.portal = portal;
		return draft;
	};
	const own = found.kind === 'none' ? undefined : found.learner;
	const hasAccount = own && (own.status !== 'pending' || facts.lms.invitedHaveAccounts);
	const learner = hasAccount ? { ...own, groups: memberships.get(own.id) ?? [] } : own;
	const about = (verdict: Decision | Verdict, subject = learner): PlannedPerson => {
		const { decision, held } = 'decision' in verdict ? verdict : { decision: verdict };
		const person: PlannedPerson = { employee, decision };
		if (subject) person.learner = subject;
		if (held) person.held = held;
		return person;
	};
	const none = (reason: string) => about({ ...blank(reason), action: 'none' });
	const ends = (access: Ended) => {
		const open = found.kind !== 'none' && found.kind !== 'conflict' ? found.invitation : undefined;
		const subject = learner?.status === 'inactive' && open ? open : learner;
		return about(leave(found, subject, access, blank), subject);
	};

	if (isExcluded(employee, learner, settings)) return none('On the exclusion list.');
	if (!employee.status) {
		const message = `Personio delivered no status for ${describe(employee)} (Personio id ${employee.id}). Grant the attribute "Status" to the integration in Personio.`;
		return about(hold(blank(message), 'none', 'unknownStatus', message));
	}
	const access = accessOf(employee, settings, now);
	if (access.state === 'ended') return ends(access);
	const inScope = isInScope(employee, settings);
	if (inScope === undefined) return none('Left alone: an attribute that a filter needs was not delivered.');
	if (!inScope && settings.scope.outOfScope === 'leaveAlone') return none('Out of scope.');
	if (!inScope) return ends({ state: 'ended', reason: 'Out of scope.' });
	if (found.kind === 'conflict') {
		const { code, message } = found.hold;
		return about(hold(blank(message), 'none', code, message));
	}
	if (learner === undefined) return about(add(employee, access, blank, facts));
	if (!hasAccount) return about(waitOrReplace(employee, learner, access, blank, facts));
	if (learner.status === 'inactive') return about(comeBack(employee, found, learner, access, blank, facts));
	return Object.assign(about(keep(employee, learner, access, blank, facts)), { compared: true as const });
}

/** The last day of access as a value to be compared: `undefined` while it is unknown. */
function endOf(access: Access): CalendarDate | null | undefined {
	if (access.state === 'endsLater') return access.lastDay;
	return access.state === 'open' ? null : undefined;
}

function leave(found: Match, learner: Learner | undefined, access: Ended, blank: Blank): Decision {
	const nothing: Decision = { ...blank(access.reason), action: 'none' };
	// A conflict about an address does not matter to somebody whose account carries the link.
	if (found.kind === 'conflict' && learner === undefined) {
		if (found.claims.every(({ status }) => status === 'inactive')) return nothing;
		return hold(blank(access.reason), 'deactivate', found.hold.code, found.hold.message);
	}
	if (learner === undefined || learner.status === 'inactive') return nothing;
	const to = learner.status === 'pending' ? 'canceled' : 'inactive';
	return {
		...blank(access.reason),
		action: 'deactivate',
		changes: [{ field: 'status', from: learner.status, to }],
		...(access.lastDay !== undefined && { accessEnds: access.lastDay }),
	};
}

function add(employee: Employee, access: Access, blank: Blank, facts: Facts): Decision | Verdict {
	const { settings, lms, now } = facts;
	const who = describe(employee);
	const action: ApplicableAction = settings.newLearners;
	const reason = `New: ${STATUS[employee.status ?? 'active']} in Personio${employee.hireDate ? `, hired ${employee.hireDate}` : ''}, no account in the LMS.`;
	if (!isDue(employee, settings, now)) {
		const later = `Is added ${settings.daysBeforeHire} days before the hire date ${employee.hireDate}.`;
		return { ...blank(later), action: 'none' };
	}
	const held = (code: HoldCode, message: string) => hold(blank(reason), action, code, message);
	if (!employee.email) {
		return held(
			'noEmail',
			`${who} (Personio id ${employee.id}) has no e-mail address in Personio. Enter one there.`,
		);
	}
	if (!firstNameOf(employee, settings) && !employee.firstName && !employee.lastName) {
		return held(
			'noName',
			`${employee.email} (Personio id ${employee.id}) has no name in Personio. Enter it there.`,
		);
	}
	if (action === 'invite' && hasDeclined(employee.id, employee.email, lms.rejections)) {
		return held(
			'invitationRejected',
			`${who} declined an invitation. Invite again by hand in the LMS, if wanted.`,
		);
	}
	const stray = settings.matchBy === 'email' ? facts.strays.perhaps(employee) : undefined;
	if (stray) {
		return held(
			'possibleEmailChange',
			`${who} (${employee.email}) may be the person behind ${stray.email}, who has no employee. Only addresses are compared, so a changed address cannot be told from a new person. Correct the address in the LMS, or store the Personio id there.`,
		);
	}
	const difference = diff(employee, undefined, endOf(access), lms, settings);
	if (action === 'create' && lms.invitedHaveAccounts && settings.activate) {
		difference.changes.push({ field: 'status', from: null, to: 'active' });
	}
	const groups = groupChanges(employee, undefined, facts.groups, settings);
	return finish(action, blank(reason, action === 'invite'), difference, groups, access, lms);
}

/** An open invitation cannot be changed and is never repeated; only a new address replaces it. */
function waitOrReplace(
	employee: Employee,
	learner: Learner,
	access: Access,
	blank: Blank,
	{ lms, groups: directory, settings }: Facts,
): Decision | Verdict {
	const from = learner.email;
	// An address that was not delivered is no other one.
	const moved = from !== '' && employee.email && addressKey(from) !== addressKey(employee.email);
	if (!moved) {
		const waits = `Invited, not yet accepted (${from}). What the invitation does not carry is brought by the run after that.`;
		return { ...blank(waits), action: 'none' };
	}
	const difference = diff(employee, undefined, endOf(access), lms, settings);
	const reason = `The open invitation to ${from} is replaced, since the address changed.`;
	for (const change of difference.changes) if (change.field === 'email') change.from = from;
	const groups = groupChanges(employee, undefined, directory, settings);
	return finish('invite', blank(reason, true), difference, groups, access, lms);
}

function comeBack(
	employee: Employee,
	found: Match,
	learner: Learner,
	access: Access,
	blank: Blank,
	facts: Facts,
): Decision | Verdict {
	const { lms, settings } = facts;
	const who = describe(employee);
	const reason = `Back: ${STATUS[employee.status ?? 'active']} in Personio, and the account has ended.`;
	const held = (code: HoldCode, message: string) => hold(blank(reason), 'reactivate', code, message);
	if (found.kind === 'email' && settings.matchBy === 'link') {
		return held(
			'accountDisabled',
			`The account ${learner.email} was ended by somebody else, since it carries no Personio id. If ${who} is to use it again, enable or restore it in the LMS.`,
		);
	}
	if (access.state === 'unknown') {
		return held(
			'incompleteRoster',
			`Personio does not tell until when ${who} stays, so it is not certain that the account ${learner.email} is to be enabled. Correct the end date in Personio, or grant it to the integration there.`,
		);
	}
	if (access.state === 'endsLater' && access.isToday && learner.accessEnds === access.lastDay) {
		return { ...blank(`Expired in the LMS on the last day, ${access.lastDay}.`), action: 'none' };
	}
	const difference = diff(employee, learner, endOf(access), lms, settings);
	difference.changes.unshift({ field: 'status', from: 'inactive', to: 'active' });
	// Where ended accounts are deleted ones, the link may be gone and the last day is.
	if (lms.markField !== undefined) {
		const { changes } = difference;
		const lacks = (name: string) => !changes.some(({ field }) => field === name);
		if (settings.matchBy === 'link' && lacks('link')) {
			changes.push({ field: 'link', label: settings.linkField, from: null, to: employee.id });
		}
		if (access.state === 'endsLater' && lacks('accessEnds')) {
			changes.push({ field: 'accessEnds', from: null, to: access.lastDay });
		}
	}
	const groups = groupChanges(employee, learner, facts.groups, settings);
	return finish('reactivate', blank(reason), difference, groups, access, lms);
}

function keep(employee: Employee, learner: Learner, access: Access, blank: Blank, facts: Facts): Verdict {
	const { lms, settings } = facts;
	const difference = diff(employee, learner, endOf(access), lms, settings);
	const { changes, notes } = difference;
	const isCreated = settings.newLearners === 'create' && settings.activate;
	// Whoever is brought back gets no mail, and could not come in otherwise.
	const isBack = learner.restored && learner.link === employee.id;
	if (learner.status === 'pending' && (isCreated || isBack)) {
		changes.unshift({ field: 'status', from: 'pending', to: 'active' });
	}
	if (learner.status === 'pending' && changes.some(({ field }) => field === 'email')) {
		notes.push(
			`The invitation went to ${learner.email} and cannot be sent again by the sync. If it was not accepted there, send one from the LMS.`,
		);
	}
	const groups = groupChanges(employee, learner, facts.groups, settings);
	const differs = changes.length > 0 || groups.add.length > 0 || groups.remove.length > 0;
	if (employee.email === null && learner.email !== '') {
		const message = `${describe(employee)} (Personio id ${employee.id}) has no e-mail address in Personio, and the account keeps ${learner.email}. Enter the address in Personio.`;
		if (!differs) {
			const held = [hold(blank(message), 'none', 'noEmail', message)];
			return { decision: { ...blank(message), action: 'none' }, held };
		}
		notes.push(message);
	}
	if (!differs) {
		const nothing = blank('Nothing differs.');
		const decision: Decision = { ...nothing, action: 'none' };
		if (notes.length + groups.notes.length > 0) decision.notes = [...notes, ...groups.notes];
		return { decision, held: heldParts(nothing, difference) };
	}
	const what = [
		...changes.map(({ field, label }) => FIELD_NAMES[field] ?? label ?? field),
		...(groups.add.length + groups.remove.length > 0 ? ['groups'] : []),
	];
	const reason = `Differs in ${what.join(', ')}.${access.state === 'endsLater' ? ` ${access.reason}` : ''}`;
	return finish('update', blank(reason), difference, groups, access, lms);
}

function finish(
	action: ApplicableAction,
	draft: Draft,
	difference: Difference,
	{ add: joined, remove, notes: groupNotes }: GroupDecision,
	access: Access,
	{ rootGroup }: LmsState,
): Verdict {
	const end = endOf(access);
	const held = heldParts(draft, difference);
	// Made for this decision, a draft becomes it.
	const decision = draft as ApplicableDecision;
	decision.action = action;
	decision.changes = difference.changes;
	decision.groups = { add: joined, remove };
	if (rootGroup && action !== 'update') decision.home = { name: rootGroup.name, id: rootGroup.id };
	if (end !== undefined) decision.accessEnds = end;
	if (difference.notes.length + groupNotes.length > 0) {
		decision.notes = [...difference.notes, ...groupNotes];
	}
	return { decision, held };
}

function heldParts(draft: Draft, { refused }: Difference): HeldDecision[] | undefined {
	if (refused.length === 0) return undefined;
	return refused.map(({ change, message }) =>
		hold(
			{ ...draft, reason: message, changes: [change], groups: NO_GROUPS },
			'fields',
			'valueNotAllowed',
			message,
		),
	);
}

/** Whether somebody has declined an invitation. */
function hasDeclined(id: EmployeeId, email: string, rejections: Rejection[]): boolean {
	const declined = rejected(rejections);
	return declined.links.has(id) || declined.addresses.has(addressKey(email));
}

const rejected = memoOf((rejections: Rejection[]) => ({
	links: new Set(rejections.map(({ link }) => link)),
	addresses: new Set(rejections.map(({ email }) => addressKey(email))),
}));

/** The address of the account counts too: that of the employee may have changed or not been delivered. */
export function isExcluded(
	employee: Employee | undefined,
	learner: Learner | undefined,
	{ scope }: PlanSettings,
): boolean {
	if (scope.exclude.length === 0) return false;
	const { ids, addresses } = excluded(scope.exclude);
	const id = employee?.id ?? learner?.link;
	if (id && ids.has(id)) return true;
	return [employee?.email, learner?.email].some((email) => email && addresses.has(addressKey(email)));
}

const excluded = memoOf((entries: string[]) => ({
	ids: new Set(entries.map((entry) => entry.trim())),
	addresses: new Set(entries.map(addressKey)),
}));

/** Whether somebody is in scope, and by which of the rules. */
export function decidingScope(
	employee: Employee,
	learner: Learner | undefined,
	settings: PlanSettings,
): Explanation['scope'] {
	const { statuses, filters } = settings.scope;
	if (isExcluded(employee, learner, settings)) return { inScope: false, sentence: 'On the exclusion list.' };
	const { status } = employee;
	if (!status) return { inScope: null, sentence: 'Personio delivered no status.' };
	if (status === 'inactive') return { inScope: false, sentence: 'Inactive in Personio.' };
	if (!statuses.includes(status)) {
		return { inScope: false, sentence: `The status "${STATUS[status]}" is not one of those to be synced.` };
	}
	const rule = ({ field, operator, value }: Condition) =>
		`${field} ${OPERATORS[operator]}${value === '' ? '' : ` "${value}"`}`;
	const failed = filters.find((filter) => applies(filter, employee) === false);
	if (failed) return { inScope: false, sentence: `The filter "${rule(failed)}" does not apply.` };
	const open = filters.find((filter) => applies(filter, employee) === undefined);
	if (open) {
		const why = `is not known, since ${open.field} was not delivered`;
		return { inScope: null, sentence: `The filter "${rule(open)}" ${why}.` };
	}
	const passed = filters.length > 0 ? ` and all filters apply (${filters.map(rule).join(', ')})` : '';
	return { inScope: true, sentence: `The status is "${STATUS[status]}"${passed}.` };
}

const OPERATORS: Record<Condition['operator'], string> = {
	contains: 'contains',
	equals: 'equals',
	isEmpty: 'is empty',
	isNotEmpty: 'is not empty',
	notEquals: 'does not equal',
	startsWith: 'starts with',
};

/** `undefined` where an attribute that a filter needs is unknown. */
function isInScope(employee: Employee, { scope }: PlanSettings): boolean | undefined {
	const { status } = employee;
	if (!status || status === 'inactive' || !scope.statuses.includes(status)) return false;
	const verdicts = scope.filters.map((filter) => applies(filter, employee));
	if (verdicts.includes(false)) return false;
	return verdicts.includes(undefined) ? undefined : true;
}
