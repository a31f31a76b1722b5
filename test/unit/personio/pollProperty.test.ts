import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';

import type { EmployeeReader } from '../../../nodes/Personio/api/reader';
import { poll } from '../../../nodes/Personio/poll';
import type { Employee } from '../../../nodes/shared/item';
import { Company, trigger, type Weather } from './company';

let company: Company;
jest.mock('../../../nodes/Personio/api', () => ({ openPersonio: (): EmployeeReader => company }));

const IDS = ['1', '2', '3'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Event =
	| { kind: 'change'; id: string; lag: number }
	| { kind: 'wait'; minutes: number }
	| { kind: 'poll'; weather: Weather; hidden: string[] };

const change = fc.record({
	kind: fc.constant('change' as const),
	id: fc.constantFrom(...IDS),
	lag: fc.constantFrom(0, 0, 10, 45),
});
const wait = fc.record({
	kind: fc.constant('wait' as const),
	minutes: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 4 * 24 * 60 })),
});
const pollWith = (weather: fc.Arbitrary<Weather>) =>
	fc.record({ kind: fc.constant('poll' as const), weather, hidden: fc.subarray(IDS) });
const anyPoll = pollWith(fc.constantFrom<Weather>('fine', 'fine', 'refuses', 'leaves out'));

const history = fc.array(fc.oneof<fc.Arbitrary<Event>[]>(change, wait, anyPoll, anyPoll), { maxLength: 40 });
/** Personio may read a window's beginning in any zone of the world. */
const zoneShift = fc.integer({ min: -12, max: 14 });

let memory: Record<string, unknown>;

async function pollNow(): Promise<Employee[]> {
	try {
		const items: INodeExecutionData[] = [];
		await poll(
			trigger({
				memory,
				run(given) {
					items.push(...given);
					return 'success';
				},
			}),
		);
		// n8n stores its memory as text.
		memory = JSON.parse(JSON.stringify(memory)) as Record<string, unknown>;
		return items.map(({ json }) => json.employee as unknown as Employee);
	} catch {
		return [];
	}
}

/** Lives through a history from a first poll on; returns what was handed over, in order. */
async function live(events: Event[], shift: number): Promise<Employee[]> {
	jest.setSystemTime(new Date('2026-11-22T06:00:00Z'));
	memory = {};
	company = new Company();
	company.zoneShift = shift;
	let version = 0;
	for (const id of IDS) company.change(id, { position: `version ${version++}` });
	jest.setSystemTime(Date.now() + 5 * HOUR);
	const handed = await pollNow();
	expect(handed).toEqual([]);
	for (const event of events) {
		if (event.kind === 'change') company.change(event.id, { position: `version ${version++}` }, event.lag);
		if (event.kind === 'wait') jest.setSystemTime(Date.now() + event.minutes * MINUTE);
		if (event.kind === 'poll') {
			company.weather = event.weather;
			company.hidden = event.hidden;
			handed.push(...(await pollNow()));
		}
	}
	company.weather = 'fine';
	jest.setSystemTime(Date.now() + HOUR);
	handed.push(...(await pollNow()));
	return handed;
}

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

describe('over any history of changes, lags, zones, pauses and failing reads', () => {
	it('no change is lost: who changed was handed over as they are now', async () => {
		await fc.assert(
			fc.asyncProperty(history, zoneShift, async (events, shift) => {
				const handed = await live(events, shift);
				const changed = new Set(events.flatMap((event) => (event.kind === 'change' ? [event.id] : [])));
				for (const id of changed) {
					const last = handed.findLast((employee) => employee.id === id);
					expect(last).toEqual(company.now(id));
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('a record that did not change is not handed over twice', async () => {
		await fc.assert(
			fc.asyncProperty(history, zoneShift, async (events, shift) => {
				const handed = await live(events, shift);
				const versions = handed.map(({ position }) => position);
				expect(versions).toEqual([...new Set(versions)]);
				expect(versions).not.toContain('version 0');
			}),
			{ numRuns: 150 },
		);
	});
});

describe('over any course of a termination', () => {
	it('the leaver is handed over when the day ends, and again once the status has followed', async () => {
		const pauses = fc.array(fc.integer({ min: 5, max: 6 * 60 }), { minLength: 60, maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(pauses, fc.integer({ min: 0, max: 60 }), async (minutes, hoursBehind) => {
				await live([], 0);
				company.change('1', { terminationDate: '2026-11-23', timeZoneOffset: '+01:00' });
				await pollNow();
				const ends = Date.parse('2026-11-23T23:00:00Z');
				const follows = ends + hoursBehind * HOUR;
				const handed: Array<{ at: number; status: unknown }> = [];
				const polls: number[] = [];
				for (const pause of minutes) {
					jest.setSystemTime(Date.now() + pause * MINUTE);
					if (Date.now() >= follows) company.follow('1', { status: 'inactive' });
					polls.push(Date.now());
					for (const { status } of await pollNow()) handed.push({ at: Date.now(), status });
				}
				const firstAfter = (moment: number) => polls.find((at) => at >= moment);
				if (firstAfter(ends) === undefined) return;
				expect(handed[0]?.at).toBe(firstAfter(ends));
				const lastLook = firstAfter(follows + 12 * HOUR);
				if (lastLook !== undefined) {
					const known = handed.find(({ status }) => status === 'inactive');
					expect(known?.at).toBeLessThanOrEqual(lastLook);
				}
			}),
			{ numRuns: 60 },
		);
	});
});
