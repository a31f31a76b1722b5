import type { IExecuteFunctions } from 'n8n-workflow';

import type { Employee, Roster } from '../../shared/item';
import { VendorError } from '../../shared/transport/vendorError';
import type { Platform } from '../platforms/platform';
import { comparisonFor } from '../sync/comparison';
import { managedGroups } from '../sync/groups';
import { unreadAttributes } from '../sync/guard';
import { foundByReading, informed, inquire, withoutDetails } from '../sync/inquiry';
import { plan, type Plan, type PlanInput } from '../sync/plan';
import { openPlatform } from './context';
import type { PlanOrder } from './planSettings';

/** Reads the LMS and plans: what the plan operation does for a run, and an apply step for single people. */
export async function makePlan(
	context: IExecuteFunctions,
	employees: Employee[],
	roster: Roster,
	order: PlanOrder,
): Promise<Plan> {
	const { settings } = order;
	const unread = unreadAttributes(settings, employees, roster);
	if (unread.length > 0) {
		throw new VendorError(`The plan uses ${unread.join(', ')}, and the employees were read without it.`, {
			remedy:
				'Choose it under "Custom Attribute Names or IDs" in every node that reads the employees, or take it out of this plan. Nothing was changed.',
		});
	}
	const platform = openPlatform(context, order.platform);
	const lms = { ...(await platform.read()), ...platform.traits };
	const input: PlanInput = {
		platform: platform.displayName,
		employees,
		roster,
		lms,
		memberships: await platform.memberships(managedGroups(employees, lms, settings)),
		settings,
		now: new Date().toISOString(),
	};
	return platform.inspect ? await inspected(context, input, platform, order) : plan(input);
}

/**
 * Plans twice: a draft from the lists tells about whom more has to be read, at the price of a call for each
 * of them, and that is then planned with.
 */
async function inspected(
	context: IExecuteFunctions,
	input: PlanInput,
	platform: Platform,
	{ comparison, settings }: PlanOrder,
): Promise<Plan> {
	const lms = withoutDetails(input.lms);
	const draft = plan({ ...input, lms });
	const memory = context.getWorkflowStaticData('node') as { lastFullComparison?: string };
	const people = new Set(draft.people.flatMap(({ compared, learner }) => (compared ? [learner?.id] : [])))
		.size;
	const { kind, reason } = comparisonFor(people, comparison, memory.lastFullComparison, input.now);
	const questions = inquire(draft, lms, settings, kind === 'full');
	const findings = await platform.inspect?.(questions.inquiry);
	const final = findings ? plan({ ...input, lms: informed(lms, findings) }) : draft;
	// A dry run mends nothing of what it finds, and what was found may not be mended in this run. n8n keeps
	// this for scheduled runs only.
	const isSettled = !foundByReading(final, lms, questions);
	if (kind === 'full' && isSettled && !settings.dryRun && input.roster.scope === 'all') {
		memory.lastFullComparison = input.now;
	}
	const read = questions.inquiry.values.length;
	return { ...final, summary: { ...final.summary, comparison: { kind, reason, read } } };
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
