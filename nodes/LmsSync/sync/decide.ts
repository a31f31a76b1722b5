import type {
	ApplicableAction,
	CalendarDate,
	Decision,
	Employee,
	HoldCode,
	Instant,
	Learner,
} from '../../shared/item';
import { addressKey, applies, describe } from './attribute';
import { diff } from './diff';
import { groupChanges } from './groups';
import { hold } from './guard';
import { accessOf, isDue, isOver, zoneOf, type Access } from './lifecycle';
import type { Group, LmsState } from './lmsState';
import { perhapsRenamed, type Match } from './match';
import type { PlanSettings } from './settings';

/** What a decision about one person needs to know beside the person. */
export interface Facts {
	lms: LmsState;
	managed: Group[];
	/** Learners that belong to nobody. */
	unclaimed: Learner[];
	settings: PlanSettings;
	now: Instant;
}

type Draft = Parameters<typeof hold>[0];

const NO_GROUPS = { add: [], remove: [] };

/** Decides about one employee, without a look at the rest of the run. */
export function decide(
	employee: Employee,
	found: Match,
	learner: Learner | undefined,
	facts: Facts,
): Decision {
	const { settings, now } = facts;
	const blank: Draft = { reason: '', changes: [], invite: false, groups: NO_GROUPS, dryRun: settings.dryRun };
	const none = (reason: string): Decision => ({ ...blank, action: 'none', reason });
	const held = (code: HoldCode, message: string, reason = message): Decision =>
		hold({ ...blank, reason }, 'none', code, message);
	const who = describe(employee);

	if (isExcluded(employee, settings)) return none('On the exclusion list.');
	if (!employee.status) {
		return held(
			'unknownStatus',
			`Personio delivered no status for ${who} (Personio id ${employee.id}). Grant the attribute "Status" to the integration in Personio.`,
		);
	}
	const access = accessOf(employee, settings, now);
	if (access.state === 'ended') return leave(employee, found, learner, access, blank);
	const inScope = isInScope(employee, settings);
	if (inScope === undefined) return none('Left alone: an attribute that a filter needs was not delivered.');
	if (!inScope && settings.scope.outOfScope === 'leaveAlone') return none('Out of scope.');
	if (!inScope) return leave(employee, found, learner, { state: 'ended', reason: 'Out of scope.' }, blank);
	if (found.kind === 'conflict') return held(found.hold.code, found.hold.message);
	if (learner === undefined) return add(employee, access, blank, facts);
	if (learner.status === 'pending') return waitOrReplace(employee, learner, blank, facts);
	if (learner.status === 'inactive') return comeBack(employee, found, learner, access, blank, facts);
	return keep(employee, learner, access, blank, facts);
}

/** The last day of access as a value to be compared: `undefined` while it is unknown. */
function endOf(access: Access): CalendarDate | null | undefined {
	if (access.state === 'endsLater') return access.lastDay;
	return access.state === 'open' ? null : undefined;
}

function leave(
	employee: Employee,
	found: Match,
	learner: Learner | undefined,
	access: Extract<Access, { state: 'ended' }>,
	blank: Draft,
): Decision {
	// A conflict about an address does not matter to somebody who carries the link and leaves.
	if (found.kind === 'conflict' && learner?.link !== employee.id) {
		if (learner === undefined || learner.status === 'inactive') {
			return { ...blank, action: 'none', reason: access.reason };
		}
		return hold({ ...blank, reason: access.reason }, 'deactivate', found.hold.code, found.hold.message);
	}
	if (learner === undefined || learner.status === 'inactive') {
		return { ...blank, action: 'none', reason: access.reason };
	}
	const to = learner.status === 'pending' ? 'canceled' : 'inactive';
	return {
		...blank,
		action: 'deactivate',
		reason: access.reason,
		changes: [{ field: 'status', from: learner.status, to }],
		...(access.lastDay !== undefined && { accessEnds: access.lastDay }),
	};
}

function add(employee: Employee, access: Access, blank: Draft, facts: Facts): Decision {
	const { settings, lms, unclaimed, now } = facts;
	const who = describe(employee);
	const action: ApplicableAction = settings.newLearners;
	const reason = `New: ${employee.status} in Personio${employee.hireDate ? `, hired ${employee.hireDate}` : ''}, no account in the LMS.`;
	if (!isDue(employee, settings, now)) {
		return {
			...blank,
			action: 'none',
			reason: `Is added ${settings.daysBeforeHire} days before the hire date ${employee.hireDate}.`,
		};
	}
	const held = (code: HoldCode, message: string) => hold({ ...blank, reason }, action, code, message);
	if (!employee.email) {
		return held(
			'noEmail',
			`${who} (Personio id ${employee.id}) has no e-mail address in Personio. Enter one there.`,
		);
	}
	if (!employee.firstName && !employee.lastName && !employee.preferredName) {
		return held(
			'noName',
			`${employee.email} (Personio id ${employee.id}) has no name in Personio. Enter it there.`,
		);
	}
	const email = addressKey(employee.email);
	const declined = lms.rejections.some(
		(rejection) => rejection.link === employee.id || addressKey(rejection.email) === email,
	);
	if (declined && action === 'invite') {
		return held(
			'invitationRejected',
			`${who} declined an invitation. Invite again by hand in the LMS, if wanted.`,
		);
	}
	const stray = settings.matchBy === 'email' ? perhapsRenamed(employee, unclaimed) : undefined;
	if (stray) {
		return held(
			'possibleEmailChange',
			`${who} (${employee.email}) may be the person behind ${stray.email}, who has no employee. Only addresses are compared, so a changed address cannot be told from a new person. Correct the address in the LMS, or store the Personio id there.`,
		);
	}
	const { changes, notes } = diff(employee, undefined, endOf(access), lms, settings);
	const groups = groupChanges(employee, undefined, lms.groups, facts.managed, settings);
	return finish(action, { ...blank, reason, changes, invite: action === 'invite' }, groups, notes, access);
}

/** An open invitation cannot be changed and is never repeated; only a new address replaces it. */
function waitOrReplace(
	employee: Employee,
	learner: Learner,
	blank: Draft,
	{ lms, settings }: Facts,
): Decision {
	const { changes } = diff(employee, learner, undefined, lms, settings);
	const moved = changes.find(({ field }) => field === 'email');
	if (moved === undefined || learner.link !== employee.id) {
		return { ...blank, action: 'none', reason: `Invited, not yet accepted (${learner.email}).` };
	}
	const complete = diff(employee, undefined, undefined, lms, settings);
	return {
		...blank,
		action: 'invite',
		invite: true,
		reason: `The open invitation to ${learner.email} is replaced, since the address changed.`,
		changes: complete.changes.map((change) => (change.field === 'email' ? moved : change)),
	};
}

function comeBack(
	employee: Employee,
	found: Match,
	learner: Learner,
	access: Access,
	blank: Draft,
	facts: Facts,
): Decision {
	const { lms, settings, managed, now } = facts;
	const reason = `Back: ${employee.status} in Personio, and the account is disabled.`;
	if (found.kind === 'email' && settings.matchBy === 'link') {
		return hold(
			{ ...blank, reason },
			'reactivate',
			'accountDisabled',
			`The account ${learner.email} was disabled by somebody else, since it carries no Personio id. If ${describe(employee)} is to use it again, enable it in the LMS.`,
		);
	}
	const { changes, notes } = diff(employee, learner, endOf(access), lms, settings);
	const zone = zoneOf(employee, settings.defaultZone);
	const expired = learner.accessEnds !== null && isOver(learner.accessEnds, zone, now) === true;
	// The account would be disabled again at once by an expiry that has passed.
	if (expired && endOf(access) === undefined)
		changes.push({ field: 'accessEnds', from: learner.accessEnds, to: null });
	changes.unshift({ field: 'status', from: 'inactive', to: 'active' });
	const groups = groupChanges(employee, learner, lms.groups, managed, settings);
	return finish('reactivate', { ...blank, reason, changes }, groups, notes, access);
}

function keep(employee: Employee, learner: Learner, access: Access, blank: Draft, facts: Facts): Decision {
	const { lms, settings, managed } = facts;
	const { changes, notes } = diff(employee, learner, endOf(access), lms, settings);
	const groups = groupChanges(employee, learner, lms.groups, managed, settings);
	const differs = changes.length > 0 || groups.add.length > 0 || groups.remove.length > 0;
	if (!differs) {
		const allNotes = [...notes, ...groups.notes];
		return {
			...blank,
			action: 'none',
			reason: 'Nothing differs.',
			...(allNotes.length > 0 && { notes: allNotes }),
		};
	}
	const what = [
		...changes.map(({ field }) => field),
		...(groups.add.length + groups.remove.length > 0 ? ['groups'] : []),
	];
	const reason = `Differs in ${what.join(', ')}.${access.state === 'endsLater' ? ` ${access.reason}` : ''}`;
	return finish('update', { ...blank, reason, changes }, groups, notes, access);
}

function finish(
	action: ApplicableAction,
	draft: Draft,
	{ add: joined, remove, notes: groupNotes }: ReturnType<typeof groupChanges>,
	notes: string[],
	access: Access,
): Decision {
	const end = endOf(access);
	const allNotes = [...notes, ...groupNotes];
	return {
		...draft,
		action,
		groups: { add: joined, remove },
		...(end !== undefined && { accessEnds: end }),
		...(allNotes.length > 0 && { notes: allNotes }),
	};
}

function isExcluded(employee: Employee, { scope }: PlanSettings): boolean {
	const email = employee.email ? addressKey(employee.email) : undefined;
	return scope.exclude.some((entry) => entry.trim() === employee.id || addressKey(entry) === email);
}

/** `undefined` where an attribute that a filter needs is unknown. */
function isInScope(employee: Employee, { scope }: PlanSettings): boolean | undefined {
	const { status } = employee;
	if (!status || status === 'inactive' || !scope.statuses.includes(status)) return false;
	const verdicts = scope.filters.map((filter) => applies(filter, employee));
	if (verdicts.includes(false)) return false;
	return verdicts.includes(undefined) ? undefined : true;
}
