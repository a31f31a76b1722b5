import type {
	Action,
	ApplicableDecision,
	Change,
	Decision,
	Employee,
	HeldDecision,
	HoldCode,
	Instant,
	Learner,
	Roster,
	RunSummary,
} from '../../shared/item';
import { orderMoves, type Move } from './addresses';
import { decide, type Facts } from './decide';
import { managedGroups } from './groups';
import { allowedDeactivations, hold, incompleteness, withoutRemovals } from './guard';
import type { LmsState, Memberships } from './lmsState';
import { withManagers } from './managers';
import { match } from './match';
import type { PlanSettings } from './settings';

export interface PlanInput {
	platform: string;
	employees: Employee[];
	roster: Roster;
	lms: LmsState;
	memberships: Memberships;
	settings: PlanSettings;
	now: Instant;
}

export interface PlannedPerson {
	employee?: Employee;
	learner?: Learner;
	decision: Decision;
	/** Parts that are withheld while the rest goes on; a plan puts each beside the person. */
	held?: HeldDecision[];
	/** The account was compared field by field. */
	compared?: true;
}

export interface Plan {
	/** In the order in which they are to be applied. */
	people: PlannedPerson[];
	summary: RunSummary;
}

/**
 * Compares employees with learners and decides for each person: match, life cycle, differences, groups;
 * then the guards over the whole run. Pure: the same facts at the same instant give the same plan.
 */
export function plan(input: PlanInput): Plan {
	const { employees, roster, lms, memberships, settings, now } = input;
	const matching = match(employees, lms, settings);
	const facts: Facts = {
		lms,
		memberships,
		managed: managedGroups(employees, lms, settings),
		unclaimed: matching.unclaimed,
		settings,
		now,
	};
	let people = employees.map((employee): PlannedPerson => {
		const found = matching.matches.get(employee.id) ?? { kind: 'none' as const };
		return { employee, ...decide(employee, found, facts) };
	});
	people = inOrderOfAddresses(people, lms.learners);
	people = guarded(people, incompleteness(roster, settings));
	if (roster.scope !== 'all') people = people.map(onlyLinked);
	people = people.map(ownerKept);

	const ours = new Set(people.flatMap(({ learner }) => learner?.id ?? []));
	const active = lms.learners.filter(
		({ id, link, status }) =>
			status === 'active' && (ours.has(id) || (settings.matchBy === 'link' && link !== null)),
	).length;
	const allowed = allowedDeactivations(settings.limits, active);
	const deactivations = people.filter(({ decision }) => decision.action === 'deactivate').length;
	if (deactivations > allowed) people = people.map((each) => overLimit(each, deactivations, allowed));

	people = withManagers(people, lms, settings).flatMap(heldBeside);

	const missing = roster.scope === 'all' ? matching.missing : [];
	people.push(...missing.map((learner) => missingPerson(learner, settings.dryRun)));
	for (const person of people) person.decision = { ...person.decision, platform: input.platform };

	return { people, summary: summarise(input, people, matching.unclaimed.length, { deactivations, allowed }) };
}

/** Puts changes of addresses first, in an order that works, and holds those that cannot work. */
function inOrderOfAddresses(people: PlannedPerson[], learners: Learner[]): PlannedPerson[] {
	const moving = new Map<string, PlannedPerson>();
	const moves: Move[] = [];
	for (const each of people) {
		const to = newAddress(each.decision);
		if (to === undefined || !each.learner) continue;
		moves.push({ learner: each.learner, to });
		moving.set(each.learner.id, each);
	}
	const { order, park, blocked } = orderMoves(moves, learners);
	const first = order.map(({ learner }): PlannedPerson => {
		const each = moving.get(learner.id) as PlannedPerson;
		return park.has(learner.id)
			? { ...each, decision: { ...(each.decision as ApplicableDecision), parkEmail: true } }
			: each;
	});
	const movers = new Set(moving.values());
	const rest = people.filter((each) => !movers.has(each));
	const held = [...blocked].map(([id, owner]): PlannedPerson => {
		const each = moving.get(id) as PlannedPerson;
		return { ...each, decision: addressInUse(each.decision as ApplicableDecision, owner) };
	});
	return [...first, ...rest, ...held];
}

/** The address that an existing account or invitation is to get. */
function newAddress(decision: Decision): string | undefined {
	if (decision.action === 'hold' || decision.action === 'none') return undefined;
	return decision.changes.find(({ field }) => field === 'email')?.to as string | undefined;
}

function addressInUse(decision: ApplicableDecision, owner: Learner): Decision {
	const { action } = decision;
	if (owner.link === null) {
		return hold(
			decision,
			action,
			'duplicateAccount',
			`There are two accounts for one person: the new address ${newAddress(decision)} is that of another account, which exists in the LMS only. Merge or remove one of them in the LMS.`,
		);
	}
	return hold(
		decision,
		action,
		'addressInUse',
		`The new address ${newAddress(decision)} is still used by the account of Personio id ${owner.link}. Correct the address of one of them in Personio.`,
	);
}

function guarded(people: PlannedPerson[], reason: string | undefined): PlannedPerson[] {
	if (reason === undefined) return people;
	return people.map((each) => {
		const [decision, ...removals] = withoutRemovals(each.decision, reason);
		return { ...each, decision, held: [...(each.held ?? []), ...removals] };
	});
}

/** Among a part of the employees, nobody can tell who else has the address of an account without a link. */
function onlyLinked(each: PlannedPerson): PlannedPerson {
	const { employee, learner, decision } = each;
	if (decision.action !== 'deactivate' || learner?.link === employee?.id) return each;
	const message = `The account ${learner?.email} carries no Personio id, and only a part of the employees was read, so it is not certain whose it is. A sync of all employees decides.`;
	return { ...each, decision: hold(decision, 'deactivate', 'incompleteRoster', message) };
}

function ownerKept(each: PlannedPerson): PlannedPerson {
	const { learner, decision } = each;
	if (!learner?.owner || decision.action === 'hold' || decision.action === 'none') return each;
	const message = `${learner.email} owns the platform, and the LMS never ends the access of its owner. Hand the ownership over in the LMS first.`;
	if (decision.action === 'deactivate') {
		return { ...each, decision: hold(decision, 'deactivate', 'ownerAccount', message) };
	}
	const isEnd = ({ field, to }: Change) => field === 'accessEnds' && to !== null;
	const changes = decision.changes.filter((change) => !isEnd(change));
	if (changes.length === decision.changes.length) return each;
	const groups = { add: [], remove: [] };
	const end = { ...decision, changes: decision.changes.filter(isEnd), groups };
	const { accessEnds: _, ...rest } = decision;
	const isNothing =
		decision.action === 'update' &&
		changes.length + decision.groups.add.length + decision.groups.remove.length === 0;
	return {
		...each,
		decision: { ...rest, changes, ...(isNothing && { action: 'none' as const }) } as Decision,
		held: [...(each.held ?? []), hold(end, 'deactivate', 'ownerAccount', message)],
	};
}

/** What is withheld of a decision becomes an entry of its own beside it. */
function heldBeside({ held = [], ...each }: PlannedPerson): PlannedPerson[] {
	const parts = held.map((decision): PlannedPerson => ({ ...each, decision }));
	return each.decision.action === 'none' && parts.length > 0 ? parts : [each, ...parts];
}

function overLimit(each: PlannedPerson, wanted: number, allowed: number): PlannedPerson {
	const { decision } = each;
	if (decision.action !== 'deactivate') return each;
	const message = `This run would deactivate ${wanted} people, and ${allowed} are allowed. If that is right, raise "Limits" for one run; otherwise look at what changed in Personio.`;
	return { ...each, decision: hold(decision, 'deactivate', 'limitExceeded', message) };
}

function missingPerson(learner: Learner, dryRun: boolean): PlannedPerson {
	const name = [learner.firstName, learner.lastName].filter((part) => part).join(' ') || learner.email;
	return {
		learner,
		decision: hold(
			{
				reason: 'Not among the employees.',
				changes: [],
				invite: false,
				groups: { add: [], remove: [] },
				dryRun,
			},
			'none',
			'missing',
			`${name} (${learner.email}): Personio no longer lists the employee ${learner.link}. Nothing was changed, because a missing entry does not prove that the person has left. If so, disable the account in the LMS; otherwise check the rights of the integration in Personio, or take the Personio ID off the account.`,
		),
	};
}

function summarise(
	{ platform, roster, lms, settings, now }: PlanInput,
	people: PlannedPerson[],
	lmsOnly: number,
	limit: RunSummary['limit'],
): RunSummary {
	const decisions: Record<Action, number> = {
		create: 0,
		invite: 0,
		update: 0,
		reactivate: 0,
		deactivate: 0,
		none: 0,
		hold: 0,
	};
	const holds: Partial<Record<HoldCode, number>> = {};
	for (const { decision } of people) {
		decisions[decision.action]++;
		if (decision.action === 'hold') holds[decision.hold.code] = (holds[decision.hold.code] ?? 0) + 1;
	}
	const count = (status: Learner['status']) => lms.learners.filter((each) => each.status === status).length;
	return {
		platform,
		dryRun: settings.dryRun,
		plannedAt: now,
		roster,
		learners: {
			active: count('active'),
			pending: count('pending'),
			inactive: count('inactive'),
			linked: lms.learners.filter(({ link }) => link !== null).length,
			lmsOnly,
		},
		decisions,
		holds,
		limit,
		makes: madeFor(people, lms),
	};
}

function madeFor(people: PlannedPerson[], { fields }: LmsState): RunSummary['makes'] {
	const done = people.flatMap(({ decision }) => (decision.action === 'hold' ? [] : [decision]));
	const groups = done.flatMap((decision) => decision.groups.add).filter(({ id }) => id === undefined);
	const written = new Set(done.flatMap(({ changes }) => changes.map(({ label }) => label)));
	const missing = fields.filter((field) => field.missing && written.has(field.label));
	return {
		groups: [...new Set(groups.map(({ name }) => name))].sort(),
		fields: missing.map(({ label }) => label),
	};
}
