import fc from 'fast-check';

import type { Learner, LearnerId } from '../../../nodes/shared/item';
import { addressKey } from '../../../nodes/LmsSync/sync/attribute';
import { allowedBy } from '../../../nodes/LmsSync/sync/limits';
import { partFor } from '../../../nodes/LmsSync/sync/parts';
import type { PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import { ANY_LIMITS, company, portal, settings as someSettings } from './arbitraries';
import { holdCode, TODAY } from './builders';
import { applicable, ModelPortal, planFor, type PortalState } from './model';

const RUNS = { numRuns: 500 };

const idsOf = (people: PlannedPerson[]) => people.map(({ employee }) => employee?.id);
const isWaiting = ({ decision }: PlannedPerson) =>
	['linkedToOther', 'addressReused', 'addressInUse'].includes(holdCode(decision) ?? '');

/** What a learner looks like from outside: the record and the groups. */
const snapshot = ({ lms, memberships }: PortalState): Map<LearnerId, string> =>
	new Map(
		lms.learners.map((learner) => [learner.id, JSON.stringify([learner, memberships.get(learner.id)])]),
	);

describe('whatever the company and the portal look like', () => {
	it('a second run finds nothing to do, but for those who were held, who accepted or who lost an invitation', () => {
		fc.assert(
			fc.property(
				company,
				portal,
				someSettings,
				fc.func(fc.boolean()),
				fc.boolean(),
				(employees, state, settings, accepts, deactivateFirst) => {
					const model = new ModelPortal(state, TODAY);
					const first = planFor(employees, model, settings);
					model.apply(first, deactivateFirst);
					const accepted = new Set(model.accept(({ email }) => accepts(email)));

					const second = planFor(employees, model, settings);
					// Whoever the limit holds waits for an operator, and for the share to grow.
					if (first.summary.holds.limitExceeded || second.summary.holds.limitExceeded) return;
					const held = new Set(idsOf(first.people.filter(({ decision }) => decision.action === 'hold')));
					// A leaver may have an account and an open invitation: one of them ends in each run.
					for (const { employee, decision } of first.people) {
						if (decision.action === 'deactivate') held.add(employee?.id);
					}
					const surprising = applicable(second).filter(
						({ employee, learner }) =>
							!held.has(employee?.id) && !(learner !== undefined && accepted.has(learner.id)),
					);
					expect(surprising).toEqual([]);
					model.apply(second, deactivateFirst);

					const third = planFor(employees, model, settings);
					// Or two invitations, of which one was accepted meanwhile.
					const isEnding = ({ decision }: PlannedPerson) => decision.action === 'deactivate';
					const waited = new Set(idsOf(second.people.filter((each) => isWaiting(each) || isEnding(each))));
					expect(applicable(third).filter(({ employee }) => !waited.has(employee?.id))).toEqual([]);
					model.apply(third, deactivateFirst);
					expect(applicable(planFor(employees, model, settings))).toEqual([]);
				},
			),
			RUNS,
		);
	});

	it('learners who are neither linked to an employee nor have the address of one stay as they are', () => {
		fc.assert(
			fc.property(company, portal, someSettings, (employees, state, settings) => {
				const addresses = new Set(employees.map(({ email }) => addressKey(email ?? '')));
				const ids = new Set<string>(employees.map(({ id }) => id));
				const strangers = state.lms.learners.filter(
					({ link, email }) =>
						!addresses.has(addressKey(email)) && (settings.matchBy === 'email' || !ids.has(link ?? '')),
				);
				const model = new ModelPortal(state, TODAY);
				for (let run = 0; run < 2; run++) {
					model.apply(planFor(employees, model, settings));
					model.accept(({ id }) => !strangers.some((stranger) => stranger.id === id));
				}
				const [before, after] = [snapshot(state), snapshot(model)];
				expect(strangers.map(({ id }) => after.get(id))).toEqual(strangers.map(({ id }) => before.get(id)));
			}),
			RUNS,
		);
	});

	it('nobody loses access or a group on the strength of an incomplete roster', () => {
		const incomplete = fc.constantFrom(
			{ complete: false, reason: 'A page did not come.' },
			{ missingAttributes: ['terminationDate', 'lastWorkingDay', 'contractEndDate'] },
		);
		fc.assert(
			fc.property(company, portal, someSettings, incomplete, (employees, state, settings, roster) => {
				const result = planFor(employees, state, settings, roster);
				expect(result.summary.decisions.deactivate).toBe(0);
				const model = new ModelPortal(state, TODAY);
				model.apply(result);
				const now = new Map(model.lms.learners.map((learner) => [learner.id, learner]));
				const worse = state.lms.learners.filter(
					({ id, status }) =>
						(status === 'active' && now.get(id)?.status !== 'active') ||
						state.memberships.get(id)?.some((name) => !model.memberships.get(id)?.includes(name)),
				);
				expect(worse).toEqual([]);
				const open = (learners: Learner[]) => learners.filter(({ status }) => status === 'pending').length;
				expect(open(model.lms.learners)).toBeGreaterThanOrEqual(open(state.lms.learners));
			}),
			RUNS,
		);
	});

	it('no run deactivates more people than the limit, and all of them are held beyond it', () => {
		fc.assert(
			fc.property(company, portal, someSettings, ANY_LIMITS, (employees, state, settings, limits) => {
				const { people, summary } = planFor(employees, state, { ...settings, limits });
				const ended = people.filter(({ decision }) => partFor('deactivations', decision)).length;
				const ours = state.lms.learners.filter(
					({ status, link, email }) =>
						status === 'active' &&
						((settings.matchBy === 'link' && link !== null) ||
							employees.some((employee) => addressKey(employee.email ?? '') === addressKey(email))),
				);
				const population = { learners: ours.length, employees: 0, isFirstLoad: false };
				expect(ended).toBeLessThanOrEqual(allowedBy(limits, 'deactivations', population));
				if (summary.holds.limitExceeded) expect(ended).toBe(0);
			}),
			RUNS,
		);
	});

	it('nobody is invited twice, and no address is given twice', () => {
		fc.assert(
			fc.property(company, portal, someSettings, fc.boolean(), (employees, state, settings, first) => {
				const result = planFor(employees, state, settings);
				const added = applicable(result).filter(({ decision }) =>
					['invite', 'create'].includes(decision.action),
				);
				expect(new Set(idsOf(added)).size).toBe(added.length);
				const repeated = added.filter(
					({ employee, learner, decision }) =>
						learner !== undefined &&
						(learner.status !== 'pending' ||
							decision.action !== 'invite' ||
							addressKey(learner.email) === addressKey(employee?.email ?? '')),
				);
				expect(repeated).toEqual([]);
				// The model refuses an address in use at every single step.
				new ModelPortal(state, TODAY).apply(result, first);
			}),
			RUNS,
		);
	});

	it('everybody gets exactly one decision while nothing has to be held back', () => {
		fc.assert(
			fc.property(company, portal, someSettings, (employees, state, settings) => {
				const { people, summary } = planFor(employees, state, settings);
				// Of a single active account even a share of 100 % is one person, and invitations end besides.
				fc.pre(summary.holds.limitExceeded === undefined);
				const ids = idsOf(people).filter((id) => id !== undefined);
				expect([...ids].sort()).toEqual(employees.map(({ id }) => id).sort());
			}),
			RUNS,
		);
	});
});
