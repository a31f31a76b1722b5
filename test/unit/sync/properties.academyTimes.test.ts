import fc from 'fast-check';

import type { Plan } from '../../../nodes/LmsSync/sync/plan';
import { ModelAcademy, planIn } from './academy';
import { academy, ALL_ROADS, CALM, settings as someSettings, times } from './academyArbitraries';
import { applicable } from './model';

const RUNS = { numRuns: 500 };

/** What a plan asks an LMS to do, without the sentences. */
const writes = ({ people }: Plan) =>
	applicable({ people }).map(({ employee, learner, decision }) => {
		const { reason: _, notes: __, ...orders } = decision;
		return { employee: employee?.id, learner: learner?.id, ...orders };
	});

describe('in the course of time', () => {
	const sameWrites = (roads = CALM) =>
		fc.property(times(3, roads), academy(roads), someSettings(roads), (companies, state, settings) => {
			const model = new ModelAcademy(state);
			for (const employees of companies) {
				for (let run = 0; run < 2; run++) {
					const fast = planIn(model, employees, settings, 'fast');
					expect(writes(fast)).toEqual(writes(planIn(model, employees, settings, 'full')));
					model.apply(fast);
				}
				model.accept(() => true);
			}
		});

	it('a fast comparison writes what a full one would, while nobody touches the LMS by hand', () => {
		fc.assert(sameWrites(), RUNS);
	});

	it('a fast comparison writes what a full one would, whoever comes back or has a value that does not fit', () => {
		fc.assert(sameWrites(ALL_ROADS), RUNS);
	});

	const noRing = (roads = CALM) =>
		fc.property(times(3, roads), academy(roads), someSettings(roads), (companies, state, settings) => {
			const model = new ModelAcademy(state);
			for (const employees of companies) {
				model.apply(planIn(model, employees, settings, 'full'));
				expect(model.ringOfManagers()).toBeUndefined();
			}
		});

	it('nobody becomes their own manager by way of others', () => {
		fc.assert(noRing({ ...CALM, rings: true }), RUNS);
	});
	it('nobody becomes their own manager by way of others, all roads', () => {
		fc.assert(noRing(ALL_ROADS), RUNS);
	});
});
