import {
	EMPLOYEE_FIELDS,
	type ApplicableDecision,
	type Decision,
	type Employee,
	type HeldDecision,
	type HoldCode,
	type Roster,
} from '../../shared/item';
import { endFields } from './lifecycle';
import type { Limits, PlanSettings } from './settings';

/** A decision withheld: what would have been done stays readable, and nothing of it is applied. */
export function hold(
	decision: Omit<ApplicableDecision, 'action' | 'parkEmail'>,
	withheld: HeldDecision['withheld'],
	code: HoldCode,
	message: string,
): HeldDecision {
	const { reason, changes, groups, manager, accessEnds, notes, dryRun } = decision;
	return {
		action: 'hold',
		withheld,
		reason,
		changes,
		invite: false,
		groups,
		...(manager && { manager }),
		...(accessEnds !== undefined && { accessEnds }),
		...(notes && { notes }),
		dryRun,
		hold: { code, message },
	};
}

/**
 * Attributes that the settings use and that are neither in the employee record nor among those that
 * Personio was asked for: without them a mapping, a rule or a filter would silently do nothing.
 */
export function unreadAttributes(settings: PlanSettings, employees: Employee[], roster: Roster): string[] {
	const asked = new Set<string>(['id', ...EMPLOYEE_FIELDS, ...(roster.customAttributes ?? [])]);
	return [...new Set(decidingAttributes(settings))].filter(
		(name) => !asked.has(name) && !employees.some(({ custom }) => Object.hasOwn(custom, name)),
	);
}

/** The attributes that decide about somebody: if one is not delivered, nothing may be taken away. */
function decidingAttributes(settings: PlanSettings): string[] {
	return [
		'status',
		// Tells an end date of an earlier employment from one of this.
		'hireDate',
		...endFields(settings.endAccess),
		...settings.groupLevels,
		...settings.groupRules.map(({ field }) => field),
		...settings.scope.filters.map(({ field }) => field),
		...settings.fieldMapping.map(({ attribute }) => attribute),
	];
}

/** Why nothing may be taken away on the strength of this roster, or `undefined` if it may. */
export function incompleteness(roster: Roster, settings: PlanSettings): string | undefined {
	const reasons: string[] = [];
	if (!roster.complete) reasons.push(roster.reason ?? 'The roster is not complete.');
	const deciding = new Set(decidingAttributes(settings));
	const missing = roster.missingAttributes.filter((name) => deciding.has(name) && name !== 'status');
	if (missing.length > 0) {
		reasons.push(
			`Personio did not deliver ${missing.join(', ')}. Grant ${missing.length > 1 ? 'these attributes' : 'this attribute'} to the integration in Personio.`,
		);
	}
	return reasons.length > 0 ? reasons.join(' ') : undefined;
}

/**
 * Splits what an incomplete roster does not allow off a decision: the deactivation, or the groups to be
 * left. The rest goes on, if there is any.
 */
export function withoutRemovals(decision: Decision, reason: string): [Decision, ...HeldDecision[]] {
	if (decision.action === 'hold' || decision.action === 'none') return [decision];
	const message = `Held because the employees were not read completely: ${reason}`;
	if (decision.action === 'deactivate') {
		return [hold(decision, 'deactivate', 'incompleteRoster', message)];
	}
	const { add, remove } = decision.groups;
	if (remove.length === 0) return [decision];
	const kept: ApplicableDecision = { ...decision, groups: { add, remove: [] } };
	const removal = hold(
		{ ...decision, changes: [], groups: { add: [], remove } },
		'groups',
		'incompleteRoster',
		message,
	);
	const somethingLeft = decision.action !== 'update' || decision.changes.length > 0 || add.length > 0;
	return [somethingLeft ? kept : { ...kept, action: 'none' }, removal];
}

/** How many people one run may deactivate: a count and a share, the smaller one; a share allows at least one. */
export function allowedDeactivations(limits: Limits, activeLearners: number): number {
	const { maxDeactivations, maxDeactivationPercent } = limits;
	const share = Math.floor((activeLearners * maxDeactivationPercent) / 100);
	const allowed = Math.min(maxDeactivations, maxDeactivationPercent > 0 ? Math.max(1, share) : 0);
	return Number.isFinite(allowed) ? Math.max(0, allowed) : 0;
}
