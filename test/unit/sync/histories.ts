import fc from 'fast-check';

import type { Employee, EmployeeId, Gap, Instant, Roster } from '../../../nodes/shared/item';
import { fewerEmployees, gapsSince, listedIn } from '../../../nodes/LmsSync/sync/alerts';
import type { LmsState } from '../../../nodes/LmsSync/sync/lmsState';
import { match } from '../../../nodes/LmsSync/sync/match';
import { memoryOf, type Memory } from '../../../nodes/LmsSync/sync/memory';
import { whomToAsk, withAnswers, withGaps, type Answer } from '../../../nodes/LmsSync/sync/missing';
import type { Plan } from '../../../nodes/LmsSync/sync/plan';
import type { Limits, PlanSettings } from '../../../nodes/LmsSync/sync/settings';
import * as academies from './academyArbitraries';
import * as portals from './arbitraries';
import { aRoster, NO_LIMITS, NOW, TODAY } from './builders';
import { applicable } from './model';
import { OWNER, touches, type Lived, type Touched } from './rules';
import { AcademyWorld, PortalWorld, type Order, type Reading, type World } from './worlds';

/** What happens before a run, and how the run reads. */
export interface Moment {
	now: Instant;
	/** As Personio lists them. */
	employees: Employee[];
	/** Whom Personio knows and does not list. */
	hidden: ReadonlySet<EmployeeId>;
	/** Whether the node can ask Personio by id. */
	asks: boolean;
	roster: Partial<Roster>;
	/** Of the LMS, which then leaves somebody out. */
	gaps: Gap[];
	leftOut: number;
	accepts: (email: string) => boolean;
	/** Index of an account that an administrator ends. */
	endsByHand: number | null;
}

export interface History {
	world: () => World;
	settings: PlanSettings;
	moments: Moment[];
}

const HOUR_MS = 3_600_000;
const PAGE: Gap = { code: 'pageMissing', message: 'A page did not come.' };

const ROSTERS: Array<Partial<Roster>> = [
	{ complete: false, reason: PAGE.message, gaps: [PAGE] },
	{ missingAttributes: ['terminationDate', 'lastWorkingDay', 'contractEndDate'] },
];

const weighted = <Value>(...choices: Array<[weight: number, value: Value]>) =>
	fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** What becomes of one person: `null` is deleted, `hidden` is left out of one list. */
type Turn = Employee | 'stay' | 'hidden' | null;

const turn = (employee: fc.Arbitrary<Employee>): fc.Arbitrary<Turn> =>
	fc.oneof(
		{ weight: 8, arbitrary: fc.constant<Turn>('stay') },
		{ weight: 4, arbitrary: employee as fc.Arbitrary<Turn> },
		{ weight: 1, arbitrary: fc.constant<Turn>('hidden') },
		{ weight: 1, arbitrary: fc.constant<Turn>(null) },
	);

const moments = (employee: (id: number) => fc.Arbitrary<Employee>, people: number, roughness: number) =>
	fc
		.tuple(
			fc.uniqueArray(fc.integer({ min: 1, max: people }), { minLength: 1, maxLength: people }),
			fc.integer({ min: 2, max: 6 }),
		)
		.chain(([ids, count]) =>
			fc.array(
				fc.record({
					turns: fc.tuple(...ids.map((id) => turn(employee(id)))),
					hours: weighted([3, 1], [2, 6], [1, 23.9], [1, 24], [1, 30]),
					asks: weighted([3, true], [1, false]),
					roster: weighted<Partial<Roster>>(
						[8, {}],
						...ROSTERS.map((each): [number, Partial<Roster>] => [roughness, each]),
					),
					gaps: weighted<Gap[]>([8, []], [roughness, [PAGE]]),
					leftOut: fc.nat(9),
					accepts: fc.func(fc.boolean()) as fc.Arbitrary<(email: string) => boolean>,
					endsByHand: weighted<number | null>([6, null], [roughness, 0], [roughness, 3]),
				}),
				{ minLength: count, maxLength: count },
			),
		)
		.map((steps): Moment[] => {
			const known = new Map<number, Employee>();
			let time = Date.parse(NOW);
			return steps.map(({ turns, hours, ...rest }, step) => {
				const hidden = new Set<EmployeeId>();
				turns.forEach((each, index) => {
					if (each === null) known.delete(index);
					else if (typeof each === 'object') known.set(index, each);
					else if (each === 'hidden' && known.has(index)) hidden.add((known.get(index) as Employee).id);
				});
				if (step > 0) time += hours * HOUR_MS;
				const employees = [...known.values()].filter(({ id }) => !hidden.has(id));
				return { ...rest, now: new Date(time).toISOString(), hidden, employees };
			});
		});

const limits: fc.Arbitrary<Limits> = fc
	.record({
		maxDeactivations: fc.constantFrom(0, 1, 2, 100),
		maxGroupRemovals: fc.constantFrom(0, 1, 2, 100),
		maxInvitations: fc.constantFrom(0, 1, 2, 100),
		maxCreations: fc.constantFrom(0, 1, 2, 100),
		maxEmailChanges: fc.constantFrom(0, 1, 2, 100),
		maxDeactivationPercent: fc.constantFrom(30, 100),
		windowHours: fc.constantFrom(0, 6, 24, 24, 48),
	})
	.map((some) => ({ ...NO_LIMITS, ...some }));

export interface HistoryOptions {
	/** How often lists are incomplete, and administrators end accounts. */
	roughness?: number;
	limited?: boolean;
}

export const portalHistory = ({
	roughness = 1,
	limited = true,
}: HistoryOptions = {}): fc.Arbitrary<History> =>
	fc
		.record({
			state: portals.portal,
			settings: portals.settings,
			limits: limited ? limits : fc.constant(NO_LIMITS),
			missingRuns: fc.constantFrom(0, 1, 2),
			moments: moments(portals.employee, portals.PEOPLE, roughness),
		})
		.map(({ state, settings, limits: some, missingRuns, moments: steps }) => ({
			world: () => new PortalWorld(state, TODAY),
			settings: { ...settings, limits: some, missingRuns },
			moments: steps,
		}));

export const academyHistory = ({
	roughness = 1,
	limited = true,
}: HistoryOptions = {}): fc.Arbitrary<History> =>
	fc
		.record({
			state: academies.academy(),
			settings: academies.settings(),
			limits: limited ? limits : fc.constant(NO_LIMITS),
			missingRuns: fc.constantFrom(0, 1, 2),
			isFull: fc.boolean(),
			moments: moments((id) => academies.employee(id, academies.ALL_ROADS), academies.PEOPLE, roughness),
		})
		.map(({ state, settings, limits: some, missingRuns, isFull, moments: steps }) => ({
			world: () => new AcademyWorld(state, isFull),
			settings: { ...settings, limits: some, missingRuns },
			moments: steps,
		}));

export const BOTH = [
	['a portal', portalHistory],
	['an academy', academyHistory],
] as const;

/** What an LMS with a gap lists: somebody is not on it. */
const readingOf =
	({ gaps, leftOut }: Moment, memory: Memory): Reading =>
	(lms: LmsState) => {
		const isLost = (_: unknown, index: number) => gaps.length > 0 && index === leftOut % lms.learners.length;
		const learners = lms.learners.filter((each, index) => !isLost(each, index));
		const all = gapsSince(memory, listedIn({ ...lms, learners }), gaps);
		return { ...lms, learners, ...(all.length > 0 && { gaps: all }) };
	};

/** What n8n keeps between two runs. */
export const kept = (memory: Memory): Memory => memoryOf(JSON.parse(JSON.stringify(memory)));

/** The order of a run, as the plan operation puts it together. */
export function orderFor(world: World, moment: Moment, settings: PlanSettings, memory: Memory): Order {
	const { employees, hidden, asks, now } = moment;
	const lms = readingOf(moment, memory)(world.lms);
	const read = aRoster(employees.length, { readAt: now, ...moment.roster });
	const roster = withGaps(read, fewerEmployees(read, memory));
	const rest = { employees, settings, memory, now };
	const ids = asks ? whomToAsk(match(employees, lms, settings).missing, memory, settings) : [];
	if (ids.length === 0) return { ...rest, roster };
	const there = new Set([...hidden, ...employees.map(({ id }) => id)]);
	const answers = new Map(ids.map((id): [EmployeeId, Answer] => [id, there.has(id) ? 'exists' : 'deleted']));
	return { ...rest, roster: withAnswers(roster, answers), answers };
}

export const planAt = (
	world: World,
	moment: Moment,
	settings: PlanSettings,
	memory: Memory,
	over: Partial<Order> = {},
): Plan => world.plan({ ...orderFor(world, moment, settings, memory), ...over }, readingOf(moment, memory));

/** Lets somebody accept and an administrator act, before the run of a moment. */
export function happen(world: World, { accepts, endsByHand }: Moment): void {
	world.accept(({ email }) => accepts(email));
	const all = world.learners();
	const victim = endsByHand === null ? undefined : all[endsByHand % Math.max(1, all.length)];
	if (victim) world.endByHand(victim.id);
}

export interface Run {
	world: World;
	moment: Moment;
	/** Before this run. */
	memory: Memory;
	plan: Plan;
	/** The dry run of the same. */
	preview: Plan;
}

/** So many runs may pass until everybody has come to rest. */
const PATIENCE = 8;

/** Lives through a history. Where the LMS refuses something, the history ends. */
export function live({ world: make, settings, moments: steps }: History): Lived[] {
	const world = make();
	const lived: Lived[] = [];
	const touched: Touched[] = [];
	let memory = memoryOf(undefined);
	for (const [step, moment] of steps.entries()) {
		if (step > 0) happen(world, moment);
		const before = world.look();
		const preview = planAt(world, moment, { ...settings, dryRun: true }, memory);
		const plan = planAt(world, moment, settings, memory);
		const run = { world, moment, memory, plan, preview, settings };
		const refused = refusal(() => world.apply(plan));
		lived.push({
			...run,
			before,
			after: world.look(),
			...(refused !== undefined && { refused }),
			touched: [...touched],
			repeats: [],
		});
		if (refused !== undefined) return lived;
		touched.push(...touches(run, touched));
		memory = kept(plan.memory);
	}
	const last = lived.at(-1) as Lived;
	for (let run = 0; run < PATIENCE; run++) {
		const again = planAt(world, last.moment, settings, memory);
		last.repeats.push(again);
		if (applicable(again).length === 0) break;
		const refused = refusal(() => world.apply(again));
		if (refused?.includes(OWNER)) last.repeats.length = 0;
		if (refused !== undefined) break;
		memory = kept(again.memory);
	}
	return lived;
}

function refusal(apply: () => void): string | undefined {
	try {
		apply();
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}
