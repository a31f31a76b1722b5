import type { IExecuteFunctions } from 'n8n-workflow';

import { openPersonio } from '../../Personio/api';
import type { Employee, Gap, Instant, Roster } from '../../shared/item';
import { orVendorError, VendorError } from '../../shared/transport/vendorError';
import type { Platform } from '../platforms/platform';
import { fewerEmployees, gapsSince, listedIn } from '../sync/alerts';
import { comparisonFor } from '../sync/comparison';
import { managedGroups } from '../sync/groups';
import { unreadAttributes } from '../sync/guard';
import { foundByReading, informed, inquire, withoutDetails } from '../sync/inquiry';
import type { LmsState } from '../sync/lmsState';
import { missingAmong } from '../sync/match';
import type { Memory } from '../sync/memory';
import { answersOf, tooOld, whomToAsk, withAnswers, withGaps } from '../sync/missing';
import { plan, type Plan, type PlanInput } from '../sync/plan';
import type { PlanSettings } from '../sync/settings';
import { openPlatform, portalOf } from './context';
import type { PlanOrder } from './planSettings';
import { Recollection, type StaticData } from './recollection';

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
				'Choose it under "Employee Attributes" or "Custom Attribute Names or IDs" in every node that reads the employees, or take it out of this plan. Nothing was changed.',
		});
	}
	const now = new Date().toISOString();
	refuseOld(roster, settings, now);
	const platform = openPlatform(context, order.platform);
	const recollection = new Recollection(context, settings);
	const state = { ...(await platform.read()), ...platform.traits };
	const memory = await recollection.memory(employees, state, settings, now);
	const memberships = await platform.memberships(managedGroups(employees, state, settings));
	const lms = withMoreGaps(state, memberships.gaps, memory);
	const { rootGroup } = order.platform;
	const input: PlanInput = {
		platform: platform.displayName,
		portal: await portalOf(context),
		employees,
		...(await whoIsMissing(
			context,
			employees,
			withGaps(roster, [...tooOld(roster, now), ...fewerEmployees(roster, memory)]),
			lms,
			memory,
			settings,
		)),
		lms,
		memberships: memberships.of,
		settings,
		...(rootGroup !== undefined && { rootGroup }),
		memory,
		confirmed: order.confirmed,
		now,
	};
	const made = platform.inspect ? await inspected(recollection.kept, input, platform, order) : plan(input);
	await recollection.keep(made, now);
	return made;
}

/** A live run decides with facts of today, not with those of an execution that is retried days later. */
function refuseOld(roster: Roster, { dryRun }: PlanSettings, now: Instant): void {
	const [gap] = tooOld(roster, now);
	if (gap && !dryRun) {
		throw new VendorError(gap.message, {
			remedy:
				'Start the workflow anew instead of retrying an old execution, and put no wait before the plan. Nothing was changed.',
		});
	}
}

function withMoreGaps(lms: LmsState, found: Gap[], memory: Memory): LmsState {
	const { gaps: read = [], ...rest } = lms;
	const gaps = gapsSince(memory, listedIn(lms), [...read, ...found]);
	return gaps.length > 0 ? { ...rest, gaps } : rest;
}

/**
 * Asks Personio by id for those whom its list left out: were they deleted, or just not delivered? Without
 * its credential in this node nobody is asked.
 */
async function whoIsMissing(
	context: IExecuteFunctions,
	employees: Employee[],
	roster: Roster,
	lms: LmsState,
	memory: Memory,
	settings: PlanSettings,
): Promise<Pick<PlanInput, 'roster' | 'answers'>> {
	if (roster.scope !== 'all' || !context.getNode().credentials?.personioEmployeesApi) return { roster };
	const ids = whomToAsk(missingAmong(employees, lms, settings), memory, settings);
	if (ids.length === 0) return { roster };
	const reader = openPersonio(context, roster.apiVersion ?? 'v1');
	const witness = employees[0]?.id;
	const asked = [...ids, ...(witness === undefined ? [] : [witness])];
	const read = await orVendorError(reader.readSome(asked, { attributes: ['status'], customAttributes: [] }));
	const found = read instanceof VendorError ? undefined : read.employees.map(({ id }) => id);
	const answers = answersOf(ids, witness, found);
	return { roster: withAnswers(roster, answers), answers };
}

/**
 * Plans twice: a draft from the lists tells about whom more has to be read, at the price of a call for each
 * of them, and that is then planned with.
 */
async function inspected(
	kept: StaticData,
	input: PlanInput,
	platform: Platform,
	{ comparison, settings }: PlanOrder,
): Promise<Plan> {
	const lms = withoutDetails(input.lms);
	const draft = plan({ ...input, lms });
	const people = new Set(draft.people.flatMap(({ compared, learner }) => (compared ? [learner?.id] : [])))
		.size;
	const { kind, reason } = comparisonFor(people, comparison, kept.lastFullComparison, input.now);
	const questions = inquire(draft, lms, settings, kind === 'full');
	const hasQuestions = Object.values(questions.inquiry).some((asked) => asked.length > 0);
	const findings = hasQuestions ? await platform.inspect?.(questions.inquiry) : undefined;
	const final = findings ? plan({ ...input, lms: informed(lms, findings) }) : draft;
	// A dry run mends nothing of what it finds, and what was found may not be mended in this run.
	const isSettled = !foundByReading(final, lms, questions);
	if (kind === 'full' && isSettled && !settings.dryRun && input.roster.scope === 'all') {
		kept.lastFullComparison = input.now;
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
		const message = `${first.count} employees were read and ${count} arrived at the plan. Connect the reading node straight to the plan, and narrow the scope in the plan itself.`;
		return withGaps({ ...first, scope: 'selection' }, [{ code: 'itemsLost', message }]);
	}
	const gap: Gap =
		first === undefined
			? {
					code: 'noProof',
					message:
						'The items carry no proof of how they were read. Connect the Personio Trigger or the Personio node.',
				}
			: {
					code: 'severalReads',
					message: 'The items come from several reads. Plan each read on its own.',
				};
	const blank: Roster = {
		complete: true,
		readAt: new Date().toISOString(),
		count,
		missingAttributes: [],
		scope: 'selection',
	};
	return withGaps(blank, [gap]);
}
