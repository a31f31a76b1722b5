import fc from 'fast-check';

import type { Plan } from '../../../nodes/LmsSync/sync/plan';
import { ModelAcademy } from './academy';
import { academy, ALL_ROADS, CALM, settings as someSettings, staff, times } from './academyArbitraries';
import { planIn } from './academyPlan';
import { applicable } from './model';

const RUNS = { numRuns: 500 };
// Most companies do without what goes wrong.
const RINGS = { ...CALM, rings: true };

/** What a plan asks an LMS to do, without the sentences. */
const writes = ({ people }: Plan) =>
	applicable({ people }).map(({ employee, learner, decision }) => {
		const { reason: _, notes: __, manager, ...orders } = decision;
		// A fast comparison sets a manager who is there already a second time.
		const { isThere: ___, ...change } = manager ?? {};
		return { employee: employee?.id, learner: learner?.id, ...orders, ...(manager && { manager: change }) };
	});

describe('while nobody touches the LMS by hand', () => {
	const sameWrites = (roads = CALM) =>
		fc.property(times(2, roads), academy(roads), someSettings(roads), (companies, state, settings) => {
			const model = new ModelAcademy(state);
			for (const employees of companies) {
				const fast = planIn(model, employees, settings, 'fast');
				expect(writes(fast)).toEqual(writes(planIn(model, employees, settings, 'full')));
				model.apply(fast);
				model.accept(() => true);
			}
		});

	it('a fast comparison writes what a full one would', () => {
		fc.assert(sameWrites(), RUNS);
	});

	it('that is so whoever comes back, is left alone, or has a value that does not fit', () => {
		fc.assert(sameWrites(ALL_ROADS), RUNS);
	});
});

describe('nobody becomes their own manager by way of others', () => {
	it('while everybody keeps the supervisor', () => {
		fc.assert(
			fc.property(staff(RINGS), academy(RINGS), someSettings(RINGS), (employees, state, settings) => {
				const model = new ModelAcademy(state);
				for (let run = 0; run < 2; run++) {
					model.apply(planIn(model, employees, settings, 'full'));
					expect(model.ringOfManagers()).toBeUndefined();
				}
			}),
			RUNS,
		);
	});

	const staysWithoutRing = (roads = RINGS) =>
		fc.property(times(3, roads), academy(roads), someSettings(roads), (companies, state, settings) => {
			const model = new ModelAcademy(state);
			for (const employees of companies) {
				model.apply(planIn(model, employees, settings, 'full'));
				expect(model.ringOfManagers()).toBeUndefined();
			}
		});

	it('also when supervisors change', () => {
		fc.assert(staysWithoutRing(), RUNS);
	});

	it('also when people come and go, or are left alone', () => {
		fc.assert(staysWithoutRing(ALL_ROADS), RUNS);
	});
});
