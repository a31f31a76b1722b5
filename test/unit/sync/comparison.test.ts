import { comparisonFor } from '../../../nodes/LmsSync/sync/comparison';
import { NOW } from './builders';

const kindOf = (people: number, last?: string, over: { full?: boolean; fullUpTo?: number } = {}) =>
	comparisonFor(people, { full: false, fullUpTo: 1000, ...over }, last, NOW);

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.parse(NOW) - days * DAY_MS).toISOString();

describe('people are compared in full', () => {
	it('when that is asked for', () => {
		expect(kindOf(5000, ago(1), { full: true })).toEqual({
			kind: 'full',
			reason: 'A full comparison was asked for.',
		});
	});

	it('as long as there are few of them', () => {
		expect(kindOf(1000, ago(1)).kind).toBe('full');
		expect(kindOf(1001, ago(1)).kind).toBe('fast');
		expect(kindOf(1, ago(1), { fullUpTo: 0 }).kind).toBe('fast');
	});

	it('when it is not known when they were last', () => {
		expect(kindOf(5000)).toMatchObject({ kind: 'full', reason: expect.stringContaining('on record') });
	});

	it('once a week, also where the run starts some hours early', () => {
		expect(kindOf(5000, ago(6)).kind).toBe('fast');
		expect(kindOf(5000, ago(7 - 5 / 24)).kind).toBe('full');
		expect(kindOf(5000, ago(8))).toMatchObject({
			kind: 'full',
			reason: expect.stringContaining('2026-03-02'),
		});
	});

	it.each(['soon', '', ago(-1)])('when %j is said to be the last time', (last) => {
		expect(kindOf(5000, last).kind).toBe('full');
	});
});

describe('a fast comparison', () => {
	it('says why it is fast, and when everybody was read last', () => {
		expect(kindOf(5000, ago(2)).reason).toMatch(/1000 people.*2026-03-08/);
	});
});
