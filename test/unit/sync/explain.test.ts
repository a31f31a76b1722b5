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

	it('tells by which filter somebody is not in scope though another one is not known', () => {
		const filters = [equals('department', 'IT'), equals('office', 'London')];
		const situation = {
			employees: [anEmployee(1, { office: 'Rome' })],
			lms: { learners: [accountOf(anEmployee(1))] },
			settings: { scope: { filters, outOfScope: 'deactivate' as const } },
		};
		const { scope, access } = why(situation);
		expect(scope).toEqual({
			inScope: false,
			sentence: 'The filter "office equals "London"" does not apply.',
		});
		expect(access).toMatchObject({
			state: 'ended',
			sentence: 'Personio has no termination date. Whoever is out of scope is to have no access.',
		});
	});

	it.each([
		[{}, 'Personio has no termination date. So no end of access is wanted.'],
		[
			{ terminationDate: '2019-01-01' },
			'The termination date 2019-01-01 is before the hire date, so it belongs to an earlier employment and does not count. So no end of access is wanted.',
		],
		[
			{ terminationDate: '9999-12-31' },
			'The termination date 9999-12-31 stands for no end. So no end of access is wanted.',
		],
		[
			{ terminationDate: '1800-01-01', hireDate: null },
			'The termination date 1800-01-01 is too long ago to be right, so it does not count. So it is not known until when access lasts.',
		],
		[
			{ terminationDate: '2026-02-31' },
			'The termination date "2026-02-31" is on no calendar, so it does not count. So it is not known until when access lasts.',
		],
	])('names the end date, and why it does not count: %j', (over, sentence) => {
		expect(why({ employees: [anEmployee(1, over)] }).access.sentence).toBe(sentence);
	});

	it('tells which of three end dates is not known', () => {
		const settings = { endAccess: 'earliest' as const };
		const anna = anEmployee(1, { terminationDate: LATER });
		const of = (employee: typeof anna) => why({ employees: [employee], settings }).access;
		expect(of(without(anna, 'lastWorkingDay'))).toMatchObject({
			state: 'unknown',
			sentence: `Personio has no end of contract. The termination date is ${LATER}. The last working day was not delivered. So it is not known until when access lasts.`,
		});
		expect(of({ ...anna, contractEndDate: '9999-12-31' }).sentence).toBe(
			`The termination date is ${LATER} (Europe/Berlin). The end of contract 9999-12-31 stands for no end.`,
		);
	});

	it('tells of no account only what was looked at, and is not certain where a list has gaps', () => {
		const anna = anEmployee(1);
		const moved = [accountOf(anna, { email: 'old@acme.example' })];
		const of = (situation: Partial<Situation>) => why({ employees: [anna], ...situation }).match.sentence;
		expect(of({ lms: { learners: moved }, settings: { matchBy: 'email' } })).toBe(
			'No account has the address p1@acme.example. Personio ids at accounts are not looked at, since accounts are found by address alone.',
		);
		const gaps = [{ code: 'pageShort' as const, message: 'Page 2 is short.' }];
		expect(of({ lms: { gaps } })).toContain('That is not certain');
		expect(of({ lms: { gaps, learners: [accountOf(anna, { link: null })] } })).toContain('not certain');
		expect(of({ lms: { gaps, learners: moved } })).not.toContain('not certain');
		expect(of({ employees: [{ ...anna, email: null }] })).toBe(
			'No account carries the Personio id 1, and none can be found by its address, since Personio has none.',
		);
	});

	it('of a single person tells that the run over everybody may hold what is not held here', () => {
		const staff = Array.from({ length: 10 }, (_, index) => anEmployee(index + 1));
		const leavers = staff.slice(0, 3).map((each) => ({ ...each, status: 'inactive' as const }));
		const situation = {
			lms: { learners: staff.map((each) => accountOf(each)) },
			settings: { limits: { maxDeactivations: 1 } },
		};
		const all = planned({ ...situation, employees: [...leavers, ...staff.slice(3)] });
		expect(all.people[0]?.decision).toMatchObject({ action: 'hold', hold: { code: 'limitExceeded' } });
		const one = { ...situation, employees: leavers.slice(0, 1), roster: { scope: 'selection' as const } };
		expect(planned(one).people[0]?.decision.action).toBe('deactivate');
		expect(why(one).guards).toEqual([
			'1 employee was read.',
			'Limits, changes of the configuration and the proof that everybody was read are looked at over a whole run. Only a part of the employees was read here, so they were not looked at for everybody, and the scheduled sync may hold this.',
		]);
		const none = { ...one, settings: { limits: { maxDeactivations: 0 } } };
		expect(why(none).guards).toContain('The limit of deactivations (0) was exceeded.');
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
