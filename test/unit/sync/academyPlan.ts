import type { Employee } from '../../../nodes/shared/item';
import { managedGroups } from '../../../nodes/LmsSync/sync/groups';
import { informed, inquire, withoutDetails } from '../../../nodes/LmsSync/sync/inquiry';
import { plan, type Plan } from '../../../nodes/LmsSync/sync/plan';
import type { PlanSettings } from '../../../nodes/LmsSync/sync/settings';
import type { ModelAcademy } from './academy';
import { aRoster, NOW } from './builders';

/** The plan of a run as it is made: a draft from the lists, then what is asked beyond them. */
export function planIn(
	academy: ModelAcademy,
	employees: Employee[],
	settings: PlanSettings,
	kind: 'full' | 'fast',
	roster = {},
): Plan {
	const lms = withoutDetails(academy.read());
	const input = {
		platform: 'LMS',
		employees,
		roster: aRoster(employees.length, roster),
		lms,
		memberships: academy.membershipsIn(managedGroups(employees, lms, settings)),
		settings,
		now: NOW,
	};
	const { inquiry } = inquire(plan(input), lms, settings, kind === 'full');
	return plan({ ...input, lms: informed(lms, academy.answer(inquiry)) });
}
