import fc from 'fast-check';

import type { Employee } from '../../../nodes/shared/item';
import { endFields } from '../../../nodes/LmsSync/sync/lifecycle';
import type { Plan } from '../../../nodes/LmsSync/sync/plan';
import type { PlanSettings } from '../../../nodes/LmsSync/sync/settings';
import { ANY_LIMITS, company, LOSABLE_FIELDS, portal, settings as someSettings } from './arbitraries';
import { holdCode, TODAY, without } from './builders';
import { applicable, ModelPortal, planFor, type PortalState } from './model';

const RUNS = { numRuns: 500 };

const isHeld = ({ people }: Plan, { id }: Employee) =>
	people.some(({ employee, decision }) => employee?.id === id && decision.action === 'hold');

/** A portal after so many runs, in which everybody who is invited accepts. */
function settled(employees: Employee[], state: PortalState, settings: PlanSettings, runs: number) {
	const model = new ModelPortal(state, TODAY);
	for (let run = 0; run < runs; run++) {
		model.apply(planFor(employees, model, settings));
		model.accept(() => true);
	}
	return model;
}

const isOver = (day: string | null | undefined, { hireDate }: Employee): boolean =>
	!!day && day !== '2026-02-31' && day < TODAY && !(hireDate && day < hireDate);
const hasEvidence = (employee: Employee, { endAccess }: PlanSettings): boolean =>
	employee.status === 'inactive' || endFields(endAccess).some((field) => isOver(employee[field], employee));

describe('an attribute that is not delivered any more', () => {
	const WRITTEN: Record<string, string> = {
		email: 'email',
		firstName: 'firstName',
		lastName: 'lastName',
		preferredName: 'firstName',
		terminationDate: 'accessEnds',
		lastWorkingDay: 'accessEnds',
		contractEndDate: 'accessEnds',
	};

	it('changes no field, takes nobody out of a group and takes access from nobody', () => {
		fc.assert(
			fc.property(
				company,
				portal,
				someSettings,
				fc.subarray([...LOSABLE_FIELDS], { minLength: 1 }),
				fc.nat(),
				(employees, state, settings, fields, chosen) => {
					const model = settled(employees, state, settings, 3);
					const victim = employees[chosen % Math.max(1, employees.length)];
					// Somebody held may be released by the loss, e.g. of an address shared with a colleague.
					if (victim === undefined || isHeld(planFor(employees, model, settings), victim)) return;
					// An exclusion by address is another matter (scope.test.ts).
					const needed = settings.scope.exclude.some((entry) => entry.includes('@')) ? 'email' : undefined;
					const lost = fields.filter((field) => victim[field] !== undefined && field !== needed);
					const unread = employees.map((each) => (each === victim ? without(each, ...lost) : each));
					const [now] = applicable(planFor(unread, model, settings)).filter(
						({ employee }) => employee?.id === victim.id,
					);
					if (now?.learner === undefined) return;
					expect(now.decision.action).not.toBe('deactivate');
					expect(now.decision.groups.remove).toEqual([]);
					const ends: readonly string[] = endFields(settings.endAccess);
					const { usePreferredName } = settings;
					const relevant = lost.filter(
						(name) =>
							(name !== 'preferredName' || usePreferredName) &&
							(name !== 'firstName' || !(usePreferredName && victim.preferredName)) &&
							(WRITTEN[name] !== 'accessEnds' || ends.includes(name)),
					);
					const unfounded = now.decision.changes.filter(({ field }) =>
						relevant.some((name) => WRITTEN[name] === field),
					);
					expect(unfounded).toEqual([]);
				},
			),
			RUNS,
		);
	});
});

describe('a plan', () => {
	function frozen<Value>(value: Value): Value {
		if (value instanceof Map) [...value.values()].forEach(frozen);
		else if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
		return Object.freeze(value);
	}

	it('changes nothing that it is given, and is the same for the same facts', () => {
		fc.assert(
			fc.property(company, portal, someSettings, ANY_LIMITS, (employees, state, settings, limits) => {
				frozen([employees, state.lms, settings, limits]);
				const before = JSON.stringify([employees, state, [...state.memberships], settings]);
				const first = planFor(employees, state, { ...settings, limits });
				expect(JSON.stringify(planFor(employees, state, { ...settings, limits }))).toBe(
					JSON.stringify(first),
				);
				expect(JSON.stringify([employees, state, [...state.memberships], settings])).toBe(before);
			}),
			RUNS,
		);
	});

	it('does not depend on the order in which employees come', () => {
		const byPerson = ({ people }: Plan) =>
			people
				.map(({ employee, learner, decision }) => {
					const { action, changes, groups, invite, accessEnds } = decision;
					return JSON.stringify([
						employee?.id ?? learner?.id,
						action,
						holdCode(decision),
						invite,
						accessEnds,
						changes,
						groups,
					]);
				})
				.sort();
		const shuffled = company.chain((employees) =>
			fc.tuple(
				fc.constant(employees),
				fc.shuffledSubarray(employees, { minLength: employees.length, maxLength: employees.length }),
			),
		);
		fc.assert(
			fc.property(shuffled, portal, someSettings, ([employees, others], state, settings) => {
				expect(byPerson(planFor(others, state, settings))).toEqual(
					byPerson(planFor(employees, state, settings)),
				);
			}),
			RUNS,
		);
	});

	it('takes access only from those who are inactive or whose last day is over, unless asked for more', () => {
		fc.assert(
			fc.property(company, portal, someSettings, (employees, state, settings) => {
				const careful: PlanSettings = {
					...settings,
					scope: { ...settings.scope, outOfScope: 'leaveAlone' },
				};
				const gone = applicable(planFor(employees, state, careful)).filter(
					({ decision }) => decision.action === 'deactivate',
				);
				expect(gone.filter(({ employee }) => !employee || !hasEvidence(employee, careful))).toEqual([]);
			}),
			RUNS,
		);
	});
});
