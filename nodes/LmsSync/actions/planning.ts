import type { IExecuteFunctions } from 'n8n-workflow';

import type { Employee, Roster } from '../../shared/item';
import { VendorError } from '../../shared/transport/vendorError';
import { managedGroups } from '../sync/groups';
import { unreadAttributes } from '../sync/guard';
import { plan, type Plan } from '../sync/plan';
import type { PlanSettings } from '../sync/settings';
import { openPlatform } from './context';

/** Reads the LMS and plans: what the plan operation does for a run, and an apply step for single people. */
export async function makePlan(
	context: IExecuteFunctions,
	employees: Employee[],
	roster: Roster,
	settings: PlanSettings,
): Promise<Plan> {
	const unread = unreadAttributes(settings, employees, roster);
	if (unread.length > 0) {
		throw new VendorError(`The plan uses ${unread.join(', ')}, and the employees were read without it.`, {
			remedy:
				'Choose it under "Custom Attribute Names or IDs" in every node that reads the employees, or take it out of this plan. Nothing was changed.',
		});
	}
	const platform = openPlatform(context, {
		linkField: settings.linkField,
		needsLink: settings.matchBy === 'link',
		fields: settings.fieldMapping.map(({ field }) => field),
	});
	const lms = await platform.read();
	const managed = managedGroups(employees, lms.groups, settings);
	return plan({
		platform: platform.displayName,
		employees,
		roster,
		lms,
		memberships: await platform.memberships(managed),
		settings,
		now: new Date().toISOString(),
	});
}

/** The roster of a run. Items of several reads prove nothing together, and neither do items without one. */
export function rosterOf(rosters: Array<Roster | undefined>, count: number): Roster {
	const [first] = rosters;
	const [text] = rosters.map((roster) => JSON.stringify(roster));
	if (first && rosters.every((roster) => JSON.stringify(roster) === text)) {
		if (first.count === count) return first;
		const reason = `${first.count} employees were read and ${count} arrived at the plan. Connect the reading node straight to the plan, and narrow the scope in the plan itself.`;
		return { ...first, complete: false, scope: 'selection', reason };
	}
	const reason =
		first === undefined
			? 'The items carry no proof of how they were read. Connect the Personio Trigger or the Personio node.'
			: 'The items come from several reads. Plan each read on its own.';
	return {
		complete: false,
		reason,
		readAt: new Date().toISOString(),
		count,
		missingAttributes: [],
		scope: 'selection',
	};
}
