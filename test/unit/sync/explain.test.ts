import fc from 'fast-check';

import { attributeOf } from '../../../nodes/LmsSync/sync/attribute';
import type { Plan, PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import {
	accountOf,
	anEmployee,
	equals,
	joins,
	LATER,
	lmsOnly,
	planned,
	reportsTo,
	without,
	YESTERDAY,
	type Situation,
} from './builders';
import { BOTH, live } from './histories';

const RUNS = { numRuns: 200 };

/** What no sentence for people may contain. */
const BROKEN = /undefined|null|NaN|\[object|\(\)| {2}/;

const sentencesOf = (plan: Plan): string[] => {
	const { people, summary } = plan;
	const all = people.flatMap((person) => {
		const { scope, match, access, groups, guards } = plan.explain(person);
		const { decision } = person;
		return [
			scope.sentence,
			match.sentence,
			access.sentence,
			groups.sentence,
			...guards,
			decision.reason,
			...(decision.notes ?? []),
			...(decision.action === 'hold' ? [decision.hold.message] : []),
		];
	});
	return [...all, ...summary.alerts.map(({ message }) => message)];
};

const why = (situation: Situation) => {
	const plan = planned(situation);
	return plan.explain(plan.people[0] as NonNullable<(typeof plan.people)[number]>);
};

/** Facts of an explanation that are not what was read of the person. */
const unfounded = (person: PlannedPerson, plan: Plan): string[] =>
	Object.entries(plan.explain(person).facts)
		.filter(([name, value]) => {
			const { employee } = person;
			if (employee === undefined || value === undefined) return true;
			if (name === 'supervisor') return !employee.supervisor && value !== null;
			return JSON.stringify(value) !== JSON.stringify(attributeOf(employee, name));
		})
		.map(([name]) => name);

describe.each(BOTH)('in any history of %s', (_, histories) => {
	it('every decision is explained by whole sentences, and by facts that Personio has delivered', () => {
		fc.assert(
			fc.property(histories({ roughness: 2 }), (history) => {
				for (const { plan } of live(history)) {
					const sentences = sentencesOf(plan);
					expect(sentences.filter((each) => each.trim() === '' || BROKEN.test(each))).toEqual([]);
					for (const person of plan.people) expect(unfounded(person, plan)).toEqual([]);
				}
			}),
			RUNS,
		);
	});
});

describe('an explanation', () => {
	it('tells by what the account was found', () => {
		const anna = anEmployee(1);
		const by = (situation: Situation) => why(situation).match.by;
		expect(by({ employees: [anna], lms: { learners: [accountOf(anna)] } })).toBe('link');
		expect(by({ employees: [anna], lms: { learners: [accountOf(anna, { link: null })] } })).toBe('email');
		expect(by({ employees: [anna] })).toBe('nothing');
		const twins = [accountOf(anna), accountOf(anna, { id: 'L9' as never, email: 'x@acme.example' })];
		expect(by({ employees: [anna], lms: { learners: twins } })).toBe('conflict');
		expect(by({ employees: [], lms: { learners: [accountOf(anna)] } })).toBe('link');
	});

	it('tells until when somebody has access, and in which zone the day ends', () => {
		const of = (over: object) => why({ employees: [anEmployee(1, over)] }).access;
		expect(of({})).toMatchObject({ state: 'open', zone: 'Europe/Berlin' });
		expect(of({ terminationDate: LATER })).toMatchObject({ state: 'endsLater', lastDay: LATER });
		expect(of({ terminationDate: YESTERDAY })).toMatchObject({ state: 'ended', lastDay: YESTERDAY });
		expect(of({ status: 'inactive' })).toMatchObject({ state: 'ended' });
		expect(of({ status: 'inactive' })).not.toHaveProperty('lastDay');
		const unknown = why({ employees: [without(anEmployee(1), 'terminationDate')] }).access;
		expect(unknown.state).toBe('unknown');
	});

	it('tells by which filter somebody is not in scope, or that nobody knows', () => {
		const settings = { scope: { filters: [equals('office', 'London')] } };
		const of = (over: object) => why({ employees: [anEmployee(1, over)], settings }).scope;
		expect(of({ office: 'London' })).toMatchObject({ inScope: true });
		expect(of({ office: 'Berlin' })).toMatchObject({ inScope: false });
		expect(of({})).toMatchObject({ inScope: null });
		expect(of({ office: 'Berlin' }).sentence).toContain('office equals "London"');
		expect(why({ employees: [anEmployee(1)], settings: { scope: { exclude: ['1'] } } }).scope.sentence).toBe(
			'On the exclusion list.',
		);
	});

	it('names the groups that the mapping wants, also those that do not exist', () => {
		const anna = anEmployee(1, { office: 'London', department: 'IT' });
		const settings = {
			groupRules: [joins('office', 'London', 'Staff')],
			groupLevels: ['office', 'department'],
		};
		expect(why({ employees: [anna], settings }).groups.wanted).toEqual(['Staff', 'London > IT']);
		const { groups } = why({ employees: [without(anna, 'department')], settings });
		expect(groups.sentence).toContain('not delivered');
	});

	it('begins the guards with what has held the person', () => {
		const anna = anEmployee(1, { terminationDate: YESTERDAY });
		const { guards } = why({
			employees: [anna],
			lms: { learners: [accountOf(anna)] },
			settings: { limits: { maxDeactivations: 0 } },
		});
		expect(guards[0]).toContain('1 person');
		expect(guards).toContain('The limit of deactivations (0) was exceeded.');
	});

	it('has no facts of somebody without an employee', () => {
		const plan = planned({ employees: [anEmployee(1)], lms: { learners: [lmsOnly('zoe')] } });
		expect(plan.explain({ decision: plan.people[0]?.decision as never }).facts).toEqual({});
	});

	it('leaves out the supervisor where managers are not synced', () => {
		const anna = anEmployee(1, reportsTo(2));
		expect(why({ employees: [anna], settings: { managers: false } }).facts).not.toHaveProperty('supervisor');
	});

	it('tells the preferred name where that is used', () => {
		const anna = anEmployee(1, { preferredName: 'Nick' });
		const { facts } = why({ employees: [anna], settings: { usePreferredName: true } });
		expect(facts.preferredName).toBe('Nick');
	});
});
