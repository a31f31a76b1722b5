import fc from 'fast-check';

import type { ApplicableDecision, HoldCode } from '../../../nodes/shared/item';
import { approve, movedInLms } from '../../../nodes/LmsSync/sync/approval';
import { memoryOf, NOTHING, type Memory } from '../../../nodes/LmsSync/sync/memory';
import type { Plan, PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import type { PlanSettings } from '../../../nodes/LmsSync/sync/settings';
import { NO_LIMITS, NOW } from './builders';
import { BOTH, kept, planAt, type History, type Moment } from './histories';
import { applicable } from './model';
import { OWNER } from './rules';
import type { World } from './worlds';

/** The shares are of the active accounts only, so that a whole of them is a limit too, and of none always. */
const UNLIMITED = {
	...NO_LIMITS,
	maxDeactivationPercent: 10_000,
	maxGroupRemovalPercent: 10_000,
	maxEmailChangePercent: 10_000,
};

const RUNS = { numRuns: 1000 };

/** Everything that is held for such a reason, let go. */
const approved = ({ people }: Pick<Plan, 'people'>, code: HoldCode = 'limitExceeded'): PlannedPerson[] =>
	people.flatMap(({ held: _, ...person }) => {
		if (person.decision.action !== 'hold' || person.decision.hold.code !== code) return [];
		const decision = approve(person.decision, 'Jane', NOW);
		// Of an account that is not to be enabled yet, nothing is known that could be done.
		return decision && hasOrders(decision) ? [{ ...person, decision }] : [];
	});

const hasOrders = ({ changes, groups }: ApplicableDecision): boolean =>
	changes.length + groups.add.length + groups.remove.length > 0;

/** Runs until nothing is left to be done, or the LMS refuses to let its owner go. */
function settle(world: World, moment: Moment, settings: PlanSettings): void {
	let memory = memoryOf(undefined);
	for (let run = 0; run < 8; run++) {
		const plan = planAt(world, moment, settings, memory);
		fc.pre(plan.summary.holds.limitExceeded === undefined);
		if (applicable(plan).length === 0) return;
		world.apply(plan);
		memory = kept(plan.memory);
	}
}

/** Accounts by whom they are for, since new ones get their ids as they come. */
const accountsIn = (world: World): string[] =>
	[...world.look().values()]
		.map(({ learner: { id: _, custom, ...learner }, groups }) =>
			JSON.stringify([
				Object.entries(learner).sort(([a], [b]) => (a < b ? -1 : 1)),
				Object.entries(custom).sort(([a], [b]) => (a < b ? -1 : 1)),
				groups,
			]),
		)
		.sort();

describe.each(BOTH)('in %s', (_, histories) => {
	const always = (property: (history: History, first: Moment) => void, endOnFailure = false) =>
		fc.assert(
			fc.property(histories({ roughness: 0 }), (history) => {
				// Whoever is missing waits for further runs, and a manager whose end is held is one until then.
				const settings = { ...history.settings, missingRuns: 0, managers: false };
				try {
					property({ ...history, settings }, history.moments[0] as Moment);
				} catch (error) {
					if (!String((error as Error).message).includes(OWNER)) throw error;
				}
			}),
			{ ...RUNS, endOnFailure },
		);

	it('approving everything that limits hold leads to where no limits would lead', () => {
		always(({ world: make, settings }, moment) => {
			const [held, free] = [make(), make()];
			const unlimited = { ...settings, limits: UNLIMITED };
			const plan = planAt(held, moment, settings, memoryOf(undefined));
			held.apply(plan);
			held.apply({ people: approved(plan) });
			settle(held, moment, unlimited);
			free.apply(planAt(free, moment, unlimited, memoryOf(undefined)));
			settle(free, moment, unlimited);
			expect(accountsIn(held)).toEqual(accountsIn(free));
		});
	});

	const leadsTo = (code: HoldCode, roster: Moment['roster'], memory: (settings: PlanSettings) => Memory) =>
		always(({ world: make, settings: some }, moment) => {
			const settings = { ...some, limits: UNLIMITED };
			const [held, free] = [make(), make()];
			const plan = planAt(held, { ...moment, roster }, settings, memory(settings));
			held.apply(plan);
			held.apply({ people: approved(plan, code) });
			settle(held, moment, settings);
			settle(free, moment, settings);
			expect(accountsIn(held)).toEqual(accountsIn(free));
		});

	it('approving everything that an incomplete list holds leads to where a complete one would lead', () => {
		leadsTo('incompleteRoster', { complete: false, reason: 'A page did not come.' }, () => NOTHING);
	});

	it('approving everything that a new configuration holds leads to where a confirmed one would lead', () => {
		leadsTo('configurationChanged', {}, ({ dryRun: _, ...settings }) => ({
			...NOTHING,
			applied: { at: NOW, configuration: { ...settings, linkField: 'Another' } },
		}));
	});

	it('approving everything leaves nothing held by a limit that is not waiting for somebody else', () => {
		always(({ world: make, settings }, moment) => {
			const world = make();
			const plan = planAt(world, moment, settings, memoryOf(undefined));
			world.apply(plan);
			const people = approved(plan);
			world.apply({ people });
			const done = new Set(people.map(({ employee, learner }) => employee?.id ?? learner?.id));
			const waiting = new Set(
				plan.people.flatMap(({ employee, decision }) =>
					decision.action === 'hold' && decision.hold.code !== 'limitExceeded' ? [employee?.id] : [],
				),
			);
			const next = planAt(world, moment, settings, memoryOf(undefined));
			const again = next.people.filter(
				({ employee, learner, decision }) =>
					decision.action === 'hold' &&
					decision.hold.code === 'limitExceeded' &&
					done.has(employee?.id ?? learner?.id) &&
					!waiting.has(employee?.id) &&
					decision.withheld !== 'deactivate',
			);
			expect(again).toEqual([]);
		});
	});

	it('an approved decision about somebody of whom nothing else was carried out is not refused', () => {
		always(({ world: make, settings }, moment) => {
			const world = make();
			const plan = planAt(world, moment, settings, memoryOf(undefined));
			world.apply(plan);
			const touched = new Set(applicable(plan).map(({ learner }) => learner?.id));
			const refused = approved(plan).filter(({ learner }) => {
				if (!learner || touched.has(learner.id)) return false;
				return (
					movedInLms(
						learner,
						world.learners().find(({ id }) => id === learner.id),
					).length > 0
				);
			});
			expect(refused).toEqual([]);
		});
	});

	it('an approved part is not refused for what the same run did to the same person', () => {
		always(({ world: make, settings }, moment) => {
			const world = make();
			const plan = planAt(world, moment, settings, memoryOf(undefined));
			world.apply(plan);
			const refused = approved(plan).filter(
				({ learner, decision }) =>
					learner &&
					movedInLms(
						learner,
						world.learners().find(({ id }) => id === learner.id),
						decision,
					).length > 0,
			);
			expect(refused).toEqual([]);
		}, true);
	});
});
