import fc from 'fast-check';

import { memoryOf, NOTHING, type Memory } from '../../../nodes/LmsSync/sync/memory';
import type { Plan } from '../../../nodes/LmsSync/sync/plan';
import { company, portal, settings as someSettings } from './arbitraries';
import { anEmployee, aRoster, NOW, TODAY } from './builders';
import { applicable } from './model';
import { PortalWorld } from './worlds';

const RUNS = { numRuns: 1000 };

const WHOLE: Memory = {
	applied: { at: NOW, configuration: someSettingsOnce() },
	seen: '1234-5678',
	touched: [{ at: NOW, kind: 'deactivations', people: ['1'] }],
	missing: { ['7' as never]: { deletedAt: NOW, runs: 2 } },
	days: [{ day: TODAY, employees: 5, changes: 1 }],
	listed: { accounts: 4, linked: 3, groups: 2, invitations: 6 },
	added: [{ at: NOW, kind: 'invitations', people: ['5' as never], again: true }],
	open: ['6' as never],
};

function someSettingsOnce() {
	const [settings] = fc.sample(someSettings, { numRuns: 1, seed: 1 });
	return settings as NonNullable<Memory['applied']>['configuration'];
}

const KEYS = ['applied', 'seen', 'touched', 'missing', 'days', 'listed', 'added', 'open'];

/** Anything at all, also under the names that a memory has. */
const garbage = fc.oneof(
	fc.jsonValue(),
	fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue(), { minKeys: 1 }),
	fc.record({
		touched: fc.array(
			fc.record({ at: fc.jsonValue(), kind: fc.jsonValue(), people: fc.array(fc.jsonValue()) }),
		),
		days: fc.array(fc.record({ day: fc.jsonValue(), employees: fc.jsonValue(), changes: fc.jsonValue() })),
		listed: fc.jsonValue(),
	}),
);

const planWith = (memory: Memory, [employees, state, settings]: Parts): Plan =>
	new PortalWorld(state, TODAY).plan({
		employees,
		roster: aRoster(employees.length),
		settings,
		memory,
		now: NOW,
	});
type Parts = [
	Parameters<PortalWorld['plan']>[0]['employees'],
	ConstructorParameters<typeof PortalWorld>[0],
	Parameters<PortalWorld['plan']>[0]['settings'],
];

describe('what an earlier run has kept', () => {
	it('comes back as it was', () => {
		expect(memoryOf(JSON.parse(JSON.stringify(WHOLE)))).toEqual(WHOLE);
		expect(memoryOf({})).toEqual(NOTHING);
		expect(memoryOf(undefined)).toEqual(NOTHING);
	});

	it('loses the single runs that a former version has kept, and nothing else', () => {
		const former = { ...WHOLE, days: undefined, runs: [{ employees: 5, changes: 1 }] };
		expect(memoryOf(JSON.parse(JSON.stringify(former)))).toEqual({ ...WHOLE, days: [] });
		expect(memoryOf({ days: former.runs })).toEqual(NOTHING);
	});

	it('of an earlier version knows nothing of invitations', () => {
		const listed = { accounts: 4, linked: 3, groups: 2 };
		const { added: _, open: __, ...former } = { ...WHOLE, listed };
		expect(memoryOf(JSON.parse(JSON.stringify(former)))).toEqual({ ...former, added: [], open: [] });
	});

	it('may be anything, and is read without a word', () => {
		fc.assert(
			fc.property(garbage, (kept) => {
				const memory = memoryOf(kept);
				expect(memoryOf(JSON.parse(JSON.stringify(memory)))).toEqual(JSON.parse(JSON.stringify(memory)));
			}),
			RUNS,
		);
	});

	it('keeps its sound parts beside anything else', () => {
		fc.assert(
			fc.property(fc.constantFrom(...KEYS), fc.jsonValue(), (key, value) => {
				const memory = memoryOf({ ...WHOLE, [key]: value }) as unknown as Record<string, unknown>;
				for (const other of KEYS.filter((each) => each !== key)) {
					expect(memory[other]).toEqual(WHOLE[other as keyof Memory]);
				}
			}),
			RUNS,
		);
	});

	it('keeps the sound entries of a list beside others', () => {
		fc.assert(
			fc.property(fc.array(fc.jsonValue()), (others) => {
				const memory = memoryOf({
					touched: [...others, ...WHOLE.touched],
					days: [...others, ...WHOLE.days],
				});
				expect(memory.touched).toContainEqual(WHOLE.touched[0]);
				expect(memory.days).toContainEqual(WHOLE.days[0]);
			}),
			RUNS,
		);
	});

	it('takes nothing away that nothing kept would not', () => {
		const figures = garbage.filter(
			(kept) => typeof kept !== 'object' || kept === null || !('applied' in kept || 'missing' in kept),
		);
		fc.assert(
			fc.property(figures, fc.tuple(company, portal, someSettings), (kept, parts) => {
				const ended = (memory: Memory) =>
					applicable(planWith(memory, parts))
						.filter(({ decision }) => decision.action === 'deactivate')
						.map(({ learner }) => learner?.id);
				expect(ended(NOTHING)).toEqual(expect.arrayContaining(ended(memoryOf(kept))));
			}),
			RUNS,
		);
	});

	it.each([
		[
			'a configuration without a scope of the usual form',
			{ applied: { at: NOW, configuration: { scope: {}, matchBy: 'link', linkField: 'Personio ID' } } },
		],
		['a configuration from no known time', { applied: { at: 5, configuration: { matchBy: 'email' } } }],
		['an absence from no known time', { missing: { 1: { runs: 1 } } }],
	])('%s does not stop a run', (name, kept) => {
		const [parts] = fc.sample(fc.tuple(company, portal, someSettings), { numRuns: 1, seed: 2 }) as [Parts];
		const [, state, settings] = parts;
		const learner = {
			...state.lms.learners[0],
			id: 'L1',
			email: 'a@acme.example',
			status: 'active',
			link: '1',
			accessEnds: null,
			custom: {},
		};
		const portalOfOne = { lms: { ...state.lms, learners: [learner] }, memberships: new Map() };
		const one = [
			name.includes('configuration') ? [anEmployee(1)] : [],
			portalOfOne,
			{ ...settings, matchBy: 'link' },
		] as unknown as Parts;
		expect(() => planWith(memoryOf(kept), one)).not.toThrow();
	});

	it.each(['scope.filters', 'fieldMapping', 'groupRules'])(
		'is without a configuration whose rows of "%s" are no texts',
		(name) => {
			const filter = { field: 'office', operator: 'equals', value: 'Bonn' };
			const rule = { ...filter, group: 'Bonn' };
			const mapping = { attribute: 'office', field: 'Office' };
			const scope = { statuses: ['active'], filters: [filter], exclude: [] };
			const rest = { limits: {}, groupLevels: ['office'] };
			const configuration = { ...rest, scope, fieldMapping: [mapping], groupRules: [rule] };
			const applied = { at: NOW, configuration };
			expect(memoryOf({ applied }).applied).toEqual(applied);
			const row = { 'scope.filters': filter, fieldMapping: mapping, groupRules: rule }[name];
			for (const key of Object.keys(row ?? {})) {
				for (const value of [null, 5, [], {}, undefined]) {
					const copy = JSON.parse(JSON.stringify(configuration));
					const rows = name === 'scope.filters' ? copy.scope.filters : copy[name];
					rows[0][key] = value;
					expect(memoryOf({ applied: { at: NOW, configuration: copy } }).applied).toBeUndefined();
				}
			}
		},
	);

	it('still counts people of a time that cannot be read', () => {
		const people = ['90', '91', '92'];
		const touched = [{ at: 'yesterday', kind: 'deactivations', people }];
		const [parts] = fc.sample(fc.tuple(company, portal, someSettings), { numRuns: 1, seed: 2 }) as [Parts];
		const { summary } = planWith(memoryOf({ touched }), parts);
		expect(summary.limits[0]?.before).toBe(3);
	});
});
