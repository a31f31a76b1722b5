import fc from 'fast-check';

import type { Decision, Employee } from '../../../nodes/shared/item';
import { addressKey } from '../../../nodes/LmsSync/sync/attribute';
import { sameLabel } from '../../../nodes/LmsSync/sync/diff';
import { ModelAcademy, pair, type AcademyState } from './academy';
import { planIn } from './academyPlan';
import { academy, ALL_ROADS, CALM, settings as someSettings, staff } from './academyArbitraries';
import { YESTERDAY } from './builders';
import { applicable } from './model';

const RUNS = { numRuns: 500 };
const LEAVERS = { ...CALM, leavers: true };
const KINDS = fc.constantFrom('full' as const, 'fast' as const);

const MANAGER_MISSING = 'has no account in the LMS';
const isWaiting = (decision: Decision) =>
	decision.action === 'hold' || (decision.notes ?? []).some((note) => note.includes(MANAGER_MISSING));

const liveIn = ({ lms }: Pick<AcademyState, 'lms'>) =>
	new Map(lms.learners.filter(({ status }) => status !== 'inactive').map((learner) => [learner.id, learner]));

describe('in any academy', () => {
	const settles = (roads = CALM) =>
		fc.property(
			staff(roads),
			academy(roads),
			someSettings(roads),
			KINDS,
			fc.func(fc.boolean()),
			(employees, state, settings, kind, accepts) => {
				const model = new ModelAcademy(state);
				let now = planIn(model, employees, settings, kind);
				const waiting = new Set(
					now.people.flatMap(({ employee, decision }) => (isWaiting(decision) ? [employee?.id] : [])),
				);
				model.apply(now);
				model.accept(({ email }) => accepts(email));
				now = planIn(model, employees, settings, kind);
				expect(applicable(now).filter(({ employee }) => !waiting.has(employee?.id))).toEqual([]);
				// Whoever waits for an address or for a manager comes to rest too.
				for (let run = 0; applicable(now).length > 0; run++) {
					expect(run).toBeLessThan(employees.length);
					model.apply(now);
					now = planIn(model, employees, settings, kind);
				}
			},
		);

	it('a second run finds nothing to do, but for those who were held and those whose manager was missing', () => {
		fc.assert(settles(), RUNS);
	});

	it('that is so whoever comes back, is left alone, or has a value that does not fit', () => {
		fc.assert(settles(ALL_ROADS), RUNS);
	});

	it('nobody leaves the root group, nor a group that a group they stay in brings', () => {
		fc.assert(
			fc.property(staff(CALM), academy(), someSettings(CALM), KINDS, (employees, state, settings, kind) => {
				const model = new ModelAcademy(state);
				model.apply(planIn(model, employees, settings, kind));
				const root = state.lms.rootGroup?.id as string;
				const live = [...liveIn(state).keys()].filter((id) => liveIn(model).has(id));
				for (const id of live) {
					const before = new Set(state.memberships.get(id));
					const after = model.memberships.get(id) ?? new Set();
					if (before.has(root)) expect([...after]).toContain(root);
					const brought = model.lms.groups.flatMap((group) =>
						after.has(group.id) ? (group.brings ?? []) : [],
					);
					expect(brought.filter((group) => before.has(group) && !after.has(group))).toEqual([]);
				}
			}),
			RUNS,
		);
	});

	it('everybody in scope is in the root group when the run is over', () => {
		fc.assert(
			fc.property(
				staff(CALM),
				academy(CALM),
				someSettings(CALM),
				KINDS,
				(employees, state, settings, kind) => {
					const model = new ModelAcademy(state);
					const { people } = planIn(model, employees, settings, kind);
					model.apply({ people });
					const root = state.lms.rootGroup?.id as string;
					const done = people.filter(({ decision }) => !['hold', 'deactivate'].includes(decision.action));
					const ids = new Set(done.map(({ employee }) => employee?.id));
					const outside = model.lms.learners.filter(
						({ id, link }) => link !== null && ids.has(link) && !model.memberships.get(id)?.has(root),
					);
					expect(outside).toEqual([]);
				},
			),
			RUNS,
		);
	});

	it('learners who are neither linked to an employee nor have the address of one stay as they are', () => {
		fc.assert(
			fc.property(staff(CALM), academy(), someSettings(CALM), KINDS, (employees, state, settings, kind) => {
				const addresses = new Set(employees.map(({ email }) => addressKey(email ?? '')));
				const ids = new Set<string>(employees.map(({ id }) => id));
				const strangers = state.lms.learners
					.filter(({ link, email }) => !addresses.has(addressKey(email)) && !ids.has(link ?? ''))
					.map(({ id }) => id);
				const [before, model] = [new ModelAcademy(state), new ModelAcademy(state)];
				for (let run = 0; run < 3; run++) model.apply(planIn(model, employees, settings, kind));
				const live = liveIn(model);
				for (const id of strangers) {
					expect(model.snapshot(id)).toBe(before.snapshot(id));
					const managers = [...(before.managers.get(id) ?? [])].filter((manager) => live.has(manager));
					expect([...(model.managers.get(id) ?? [])]).toEqual(managers);
				}
			}),
			RUNS,
		);
	});

	it('the ended account of somebody else, or of nobody, is not handed on', () => {
		fc.assert(
			fc.property(
				staff(LEAVERS),
				academy(LEAVERS),
				someSettings(LEAVERS),
				KINDS,
				(employees, state, any, kind) => {
					const settings = { ...any, managers: false };
					const model = new ModelAcademy(state);
					const { people } = planIn(model, employees, settings, kind);
					model.apply({ people });
					const theirs = applicable({ people }).filter(
						({ employee, learner }) => learner?.link === employee?.id,
					);
					const back = new Set(theirs.map(({ learner }) => learner?.id));
					const before = new ModelAcademy(state);
					for (const { id, status } of state.lms.learners) {
						if (status !== 'inactive' || back.has(id)) continue;
						expect(model.snapshot(id)).toBe(before.snapshot(id));
					}
				},
			),
			RUNS,
		);
	});

	it('access of an owner is never ended, and whoever would end it reads why', () => {
		fc.assert(
			fc.property(staff(), academy(), someSettings(), KINDS, (employees, state, settings, kind) => {
				const model = new ModelAcademy(state);
				const { people } = planIn(model, employees, settings, kind);
				const owners = new Set(state.owners);
				const about = people.filter(({ learner }) => learner && owners.has(learner.id));
				const ending = applicable({ people: about }).filter(
					({ decision }) =>
						decision.action === 'deactivate' ||
						decision.accessEnds ||
						decision.changes.some(({ field, to }) => field === 'accessEnds' && to !== null),
				);
				expect(ending).toEqual([]);
				// Who leaves is told from who stays, and who leaves is shown to somebody.
				const leaves = ({ terminationDate, hireDate, status }: Employee) =>
					status === 'inactive' || (terminationDate === YESTERDAY && hireDate === '2020-01-01');
				const silent = about.filter(
					({ employee, learner, decision }) =>
						employee && leaves(employee) && learner?.link === employee.id && decision.action !== 'hold',
				);
				expect(silent.filter(({ employee }) => !settings.scope.exclude.includes(employee?.id ?? ''))).toEqual(
					[],
				);
			}),
			RUNS,
		);
	});

	it('managers whom no plan has set are nobody’s business', () => {
		fc.assert(
			fc.property(
				fc.tuple(staff(CALM), staff(CALM)),
				academy(),
				someSettings(CALM),
				KINDS,
				(companies, state, settings, kind) => {
					const model = new ModelAcademy(state);
					for (const employees of [...companies, companies[0]]) {
						model.apply(planIn(model, employees, settings, kind));
					}
					const live = liveIn(model);
					const gone = [...state.managers].flatMap(([id, managers]) =>
						managers.filter(
							(manager) =>
								live.has(id) &&
								live.has(manager) &&
								!model.ownManagers.has(pair(id, manager)) &&
								!model.managers.get(id)?.has(manager),
						),
					);
					expect(gone).toEqual([]);
				},
			),
			RUNS,
		);
	});

	it('only mapped fields are written, and a renamed one loses only the value that Personio says', () => {
		fc.assert(
			fc.property(staff(CALM), academy(), someSettings(CALM), KINDS, (employees, state, settings, kind) => {
				const model = new ModelAcademy(state);
				model.apply(planIn(model, employees, settings, kind));
				const isMapped = (label: string) =>
					settings.fieldMapping.some(({ field }) => sameLabel(field, label));
				const departments = new Map(employees.map(({ id, department }) => [id as string, department]));
				for (const learner of model.lms.learners) {
					const before = state.lms.learners.find(({ id }) => id === learner.id)?.custom ?? {};
					const touched = Object.keys({ ...before, ...learner.custom }).filter(
						(label) => before[label] !== learner.custom[label] && !isMapped(label),
					);
					const isLeft = (label: string) =>
						state.lms.fields.some((field) => field.label === label && field.formerly === 'Team') &&
						isMapped('Team') &&
						learner.custom[label] === undefined &&
						before[label] === departments.get(learner.link ?? '') &&
						learner.custom.Team === before[label];
					expect(touched.filter((label) => !isLeft(label))).toEqual([]);
				}
			}),
			RUNS,
		);
	});
});
