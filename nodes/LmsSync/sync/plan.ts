import type {
	Action,
	ConfigurationUse,
	Decision,
	Employee,
	Explanation,
	HeldDecision,
	HoldCode,
	Instant,
	Learner,
	LimitUse,
	Roster,
	RunSummary,
} from '../../shared/item';
import { withoutRepeats } from './additions';
import { alertsOf } from './alerts';
import { compareConfiguration, readsOtherwise, withoutNews } from './configuration';
import { decide, isExcluded, type Facts, type Origin } from './decide';
import { explainer } from './explain';
import { GroupDirectory } from './groupDirectory';
import { managedGroups } from './groups';
import { incompleteness, onlyLinked, ownerKept, withoutNewcomers, withoutRemovals } from './guard';
import { limited, type Population } from './limits';
import type { LmsState, Memberships } from './lmsState';
import { withManagers } from './managers';
import { match, Strays, type Matching } from './match';
import { absenceOf, NOTHING, type Configuration, type Memory } from './memory';
import { missingPerson, type Answers } from './missing';
import { inOrderOfAddresses } from './moves';
import { passportOf } from './passport';
import { changesOf, remember } from './remember';
import type { PlanSettings } from './settings';

export interface PlanInput {
	platform: string;
	/** Host of the LMS. */
	portal?: string;
	employees: Employee[];
	roster: Roster;
	lms: LmsState;
	memberships: Memberships;
	settings: PlanSettings;
	/** The root group as the operator named it, in an LMS that has one. */
	rootGroup?: string;
	/** What earlier runs left. */
	memory?: Memory;
	/** What Personio said of those whom it did not list. */
	answers?: Answers;
	/** The code of the configuration that the operator has seen in a dry run. */
	confirmed?: string;
	now: Instant;
}

export interface PlannedPerson {
	employee?: Employee;
	/** The account or invitation that the decision is about. */
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
	/** Why a decision is what it is. */
	explain(person: PlannedPerson): Explanation;
	/** What the next run has to know. */
	memory: Memory;
}

/**
 * Compares employees with learners and decides for each person: match, life cycle, differences, groups;
 * then the guards over the whole run. Pure: the same facts at the same instant give the same plan.
 */
export function plan(input: PlanInput): Plan {
	const { roster, lms, settings, memory = NOTHING, now } = input;
	const configuration = configurationOf(input);
	const use = compareConfiguration(configuration, memory, input.confirmed ?? '');
	const { matching, ...decided } = decideAll(input, settings);
	let people = decided.people;
	if (!use.confirmed && !settings.dryRun && memory.applied) {
		const former = formerPeople(input, configuration, memory.applied.configuration);
		people = withoutNews(people, former, use);
	}
	// Last of all, so that nothing counts against a limit that is held for another reason.
	const { people: within, uses } = withinLimits(people, input, settings);
	people = within;
	people = withManagers(people, lms, settings).flatMap(heldBeside);
	// What was held or found missing does not say it yet.
	const origin = originOf(input);
	for (const { decision } of people) {
		if (decision.decidedAt === undefined) Object.assign(decision, origin);
	}

	const summary = summarise(input, people, matching.unclaimed.length, uses, use);
	return {
		people,
		summary,
		explain: explainer({ ...input, matches: matching.matches, uses, use }),
		memory: remember(
			{ memory, roster, lms, dryRun: settings.dryRun, configuration, answers: input.answers, now },
			{ people, uses, use, missing: matching.missing },
		),
	};
}

/** Everything before the limits, with whatever configuration. */
function decideAll(
	input: PlanInput,
	settings: PlanSettings,
): { people: PlannedPerson[]; matching: Matching } {
	const { employees, roster, lms, memberships, memory = NOTHING, answers, now } = input;
	const matching = match(employees, lms, settings);
	const facts: Facts = {
		lms,
		memberships,
		groups: new GroupDirectory(lms, managedGroups(employees, lms, settings)),
		strays: new Strays(settings.matchBy === 'email' ? matching.unclaimed : []),
		settings,
		origin: originOf(input),
		now,
	};
	let people = employees.map((employee): PlannedPerson => {
		const found = matching.matches.get(employee.id) ?? { kind: 'none' as const };
		return decide(employee, found, facts);
	});
	people = inOrderOfAddresses(people, lms.learners);
	if (roster.scope === 'all') {
		const isProof = roster.complete && lms.gaps === undefined;
		for (const learner of matching.missing) {
			const { link } = learner;
			const answer = link === null ? undefined : answers?.get(link);
			const absence = link === null ? undefined : absenceOf(memory, link);
			const isSpared = !isProof || isExcluded(undefined, learner, settings);
			const rules = isSpared ? { ...settings, missingRuns: 0 } : settings;
			const groups = memberships.get(learner.id) ?? [];
			people.push(missingPerson({ ...learner, groups }, absence, answer, rules));
		}
	}
	const reason = incompleteness(roster, settings);
	if (reason !== undefined) people = people.map((each) => withoutRemovals(each, reason));
	people = people.map((each) => withoutNewcomers(each, lms));
	if (roster.scope !== 'all') people = people.map((each) => onlyLinked(each, roster));
	people = people.map(ownerKept);
	return { people: withoutRepeats(people, lms, memory), matching };
}

function withinLimits(
	people: PlannedPerson[],
	input: PlanInput,
	settings: PlanSettings,
): { people: PlannedPerson[]; uses: LimitUse[] } {
	const { lms, memory = NOTHING, now } = input;
	const population = populationOf(input, people, settings);
	const { people: within, uses } = limited(people, settings.limits, population, memory, now);
	if (within === people) return { people, uses };
	const before = new Set(people);
	// Whoever takes an address that is not given up after all has to wait too.
	const isHeld = within.some((each) => each.employee && !before.has(each));
	return { people: isHeld ? inOrderOfAddresses(within, lms.learners) : within, uses };
}

function populationOf(
	{ employees, lms, memory = NOTHING }: PlanInput,
	people: PlannedPerson[],
	{ matchBy }: PlanSettings,
): Population {
	const ours = new Set(people.map(({ learner }) => learner?.id));
	const isOurs = ({ id, link }: Learner) => ours.has(id) || (matchBy === 'link' && link !== null);
	const isLinked = (learner: Learner) => (matchBy === 'link' ? learner.link !== null : ours.has(learner.id));
	return {
		learners: lms.learners.filter((learner) => learner.status === 'active' && isOurs(learner)).length,
		employees: employees.filter(({ status }) => status !== 'inactive').length,
		isFirstLoad: memory.applied === undefined && !lms.learners.some(isLinked),
	};
}

function configurationOf({ settings, rootGroup }: PlanInput): Configuration {
	const { dryRun: _, ...configuration } = settings;
	return { ...configuration, ...(rootGroup !== undefined && { rootGroup }) };
}

/** The same run with the configuration that was applied last. */
function formerPeople(input: PlanInput, now: Configuration, before: Configuration): PlannedPerson[] {
	if (readsOtherwise(now, before)) return [];
	const { settings } = input;
	// What this version knows and that one did not is as it is now.
	const limits = { ...settings.limits, ...before.limits };
	const former = { ...settings, ...before, limits };
	const { people } = decideAll(input, former);
	// As long as the limits are the same, they are looked at afterwards, once for all.
	const isSame = JSON.stringify(limits) === JSON.stringify(settings.limits);
	return isSame ? people : withinLimits(people, input, former).people;
}

/** What is withheld of a decision becomes an entry of its own beside it. */
function heldBeside(person: PlannedPerson): PlannedPerson | PlannedPerson[] {
	if (!person.held) return person;
	const { held, ...each } = person;
	const all = [each.decision, ...held];
	const parts = held.map((decision): PlannedPerson => {
		const beside = all.filter((other) => other !== decision).flatMap(({ changes }) => changes);
		return { ...each, decision: { ...decision, ...(beside.length > 0 && { beside }) } };
	});
	return each.decision.action === 'none' && parts.length > 0 ? parts : [each, ...parts];
}

function summarise(
	input: PlanInput,
	people: PlannedPerson[],
	lmsOnly: number,
	limits: LimitUse[],
	configuration: ConfigurationUse,
): RunSummary {
	const { platform, portal, roster, lms, settings, memory = NOTHING, now } = input;
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
		...(lms.gaps && { gaps: lms.gaps }),
		learners: {
			active: count('active'),
			pending: count('pending'),
			inactive: count('inactive'),
			linked: lms.learners.filter(({ link }) => link !== null).length,
			lmsOnly,
		},
		decisions,
		holds,
		limits,
		configuration,
		alerts: alertsOf(roster, lms.gaps, changesOf(people), memory),
		passport: passportOf(settings, roster, lms),
		makes: madeFor(people, lms),
		reading: { ...readingOf(input), ...(portal !== undefined && { portal }) },
	};
}

function originOf(input: PlanInput): Origin {
	const { platform, portal, roster, now } = input;
	const reading = { ...readingOf(input), apiVersion: roster.apiVersion ?? 'v1' };
	return { platform, ...(portal !== undefined && { portal }), decidedAt: now, reading };
}

/** How an undo has to read the LMS. */
const readingOf = ({ settings, rootGroup }: PlanInput) => ({
	linkField: settings.linkField,
	fields: settings.fieldMapping.map(({ field }) => field),
	...(rootGroup !== undefined && { rootGroup }),
});

function madeFor(people: PlannedPerson[], { fields }: LmsState): RunSummary['makes'] {
	const groups = new Set<string>();
	const written = new Set<string | undefined>();
	for (const { decision } of people) {
		if (decision.action === 'hold') continue;
		for (const { id, name } of decision.groups.add) if (id === undefined) groups.add(name);
		for (const { label } of decision.changes) written.add(label);
	}
	const missing = fields.filter((field) => field.missing && written.has(field.label));
	return { groups: [...groups].sort(), fields: missing.map(({ label }) => label) };
}
