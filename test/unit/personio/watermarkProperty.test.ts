import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';

import type { EmployeeReader } from '../../../nodes/Personio/api/reader';
import { poll } from '../../../nodes/Personio/poll';
import type { Employee } from '../../../nodes/shared/item';
import { Company, trigger, type Weather } from './company';

let company: Company;
jest.mock('../../../nodes/Personio/api', () => ({ openPersonio: (): EmployeeReader => company }));

/** How a workflow ends that a poll starts; n8n may be killed before it does. */
type Ends = 'success' | 'error' | 'fails with 1' | 'killed' | 'killed before it was saved';

interface Memory {
	node: Record<string, unknown>;
	global: Record<string, unknown>;
}

/**
 * What n8n does to a trigger without durable cursors: it saves the memory when a poll hands something over, and
 * loads it when it starts and when the workflow is published. 1.123 saves it before that, too, and 2.41 does not.
 */
class N8n {
	private disk = '{"node":{},"global":{}}';

	private memory: Memory = { node: {}, global: {} };

	private name = 'Personio Trigger';

	private customAttributes: string[] = [];

	/** Who came through to the end of a workflow, in order. */
	readonly through: Employee[] = [];

	async poll(ends: Ends): Promise<void> {
		const isKilled = ends === 'killed' || ends === 'killed before it was saved';
		const { node: memory, global } = this.memory;
		const run = (items: INodeExecutionData[]) => {
			if (ends !== 'killed before it was saved') this.save();
			const people = items.map(({ json }) => json.employee as unknown as Employee);
			if (isKilled) return undefined;
			if (ends === 'error' || (ends === 'fails with 1' && people.some(({ id }) => id === '1')))
				return 'error';
			this.through.push(...people);
			return 'success';
		};
		try {
			await poll(trigger({ memory, global, name: this.name, customAttributes: this.customAttributes, run }));
		} catch {
			// Personio did not answer; the next poll tries again.
		}
		if (isKilled) this.restart();
	}

	/** Nothing is known any more of what this process has handed over. */
	restart(): void {
		this.load();
		for (const state of [...Object.values(this.memory.node), ...Object.values(this.memory.global)]) {
			const { open = [] } = state as { open?: Array<{ id: string }> };
			for (const each of open) each.id += ' of a former process';
		}
	}

	publish(isSaved: boolean): void {
		if (isSaved) this.save();
		this.load();
	}

	/** In the editor; the workflow is published anew after that. */
	rename(name: string, isSaved: boolean): void {
		this.publish(isSaved);
		this.name = name;
		this.memory.node = {};
	}

	choose(customAttributes: string[], isSaved: boolean): void {
		this.publish(isSaved);
		this.customAttributes = customAttributes;
	}

	private save(): void {
		this.disk = JSON.stringify(this.memory);
	}

	private load(): void {
		this.memory = JSON.parse(this.disk) as Memory;
	}
}

const IDS = ['1', '2', '3', '4'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Event =
	| { kind: 'change'; id: string; lag: number; inTheMiddle: boolean }
	| { kind: 'wait'; minutes: number }
	| { kind: 'poll'; weather: Weather; hidden: string[]; ends: Ends }
	| { kind: 'restart' }
	| { kind: 'publish' | 'rename' | 'choose'; isSaved: boolean }
	| { kind: 'clock'; ahead: number };

const event: fc.Arbitrary<Event> = fc.oneof(
	fc.record({
		kind: fc.constant('change' as const),
		id: fc.constantFrom(...IDS),
		lag: fc.constantFrom(0, 0, 45),
		inTheMiddle: fc.boolean(),
	}),
	fc.record({
		kind: fc.constant('wait' as const),
		minutes: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 3 * 24 * 60 })),
	}),
	fc.record({
		kind: fc.constant('poll' as const),
		weather: fc.constantFrom<Weather>('fine', 'fine', 'fine', 'refuses', 'leaves out'),
		hidden: fc.subarray(IDS),
		ends: fc.constantFrom<Ends>(
			'success',
			'success',
			'error',
			'fails with 1',
			'killed',
			'killed before it was saved',
		),
	}),
	fc.constant({ kind: 'restart' as const }),
	fc.record({
		kind: fc.constantFrom('publish' as const, 'rename' as const, 'choose' as const),
		isSaved: fc.boolean(),
	}),
	// Ahead by more than the windows overlap, n8n would look for changes in the future.
	fc.record({ kind: fc.constant('clock' as const), ahead: fc.constantFrom(-72, -5, 0, 0, 9, 23) }),
);

let names = 0;

/** @returns who changed, and what came of it */
async function live(n8n: N8n, events: Event[]): Promise<Set<string>> {
	jest.setSystemTime(new Date('2026-11-22T06:00:00Z'));
	company = new Company();
	let version = 0;
	const changed = new Set<string>();
	for (const id of IDS) company.change(id, { position: `version ${version++}` });
	jest.setSystemTime(Date.now() + 72 * HOUR);
	await n8n.poll('success');
	// n8n saves at the end of the activation what the first poll has left.
	n8n.publish(true);
	for (const each of events) {
		switch (each.kind) {
			case 'change': {
				const change = () => company.change(each.id, { position: `version ${version++}` }, each.lag);
				changed.add(each.id);
				if (each.inTheMiddle) {
					const before = company.meanwhile;
					company.meanwhile = () => [before?.(), change()];
				} else change();
				break;
			}
			case 'wait':
				jest.setSystemTime(Date.now() + each.minutes * MINUTE);
				break;
			case 'clock':
				jest.setSystemTime(Date.now() + (each.ahead - company.ahead) * HOUR);
				company.ahead = each.ahead;
				break;
			case 'poll':
				company.weather = each.weather;
				company.hidden = each.hidden;
				await n8n.poll(each.ends);
				break;
			case 'rename':
				n8n.rename(`Trigger ${names++}`, each.isSaved);
				break;
			case 'choose':
				n8n.choose([`dynamic_${names++}`], each.isSaved);
				break;
			case 'publish':
				n8n.publish(each.isSaved);
				break;
			case 'restart':
				n8n.restart();
		}
	}
	// In the end the weather is fine, the workflow works, and the longest pause is over.
	company.meanwhile?.();
	company.meanwhile = undefined;
	company.weather = 'fine';
	for (let count = 0; count < 3; count++) {
		jest.setSystemTime(Date.now() + 13 * HOUR);
		await n8n.poll('success');
	}
	return changed;
}

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

it('whatever happens to n8n, to the workflow and during a read, whoever changed comes through as they are', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
			const n8n = new N8n();
			for (const id of await live(n8n, events)) {
				expect(n8n.through.findLast((employee) => employee.id === id)).toEqual(company.now(id));
			}
		}),
		{ numRuns: 1000 },
	);
});

it('whoever did not change is given to nobody, where the clock is right', async () => {
	const timely = event.filter(({ kind }) => kind !== 'clock');
	await fc.assert(
		fc.asyncProperty(fc.array(timely, { maxLength: 40 }), async (events) => {
			const n8n = new N8n();
			const changed = await live(n8n, events);
			expect(n8n.through.filter(({ id }) => !changed.has(id))).toEqual([]);
		}),
		{ numRuns: 200 },
	);
});

it('in a process that is not killed, a workflow that works gets each change once', async () => {
	const quiet = event.filter(
		(each) =>
			!['restart', 'clock', 'rename', 'choose'].includes(each.kind) &&
			(each.kind !== 'poll' || each.ends === 'success'),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(quiet, { maxLength: 40 }), async (events) => {
			const n8n = new N8n();
			await live(n8n, events);
			const versions = n8n.through.map(({ position }) => position);
			expect(versions).toEqual([...new Set(versions)]);
		}),
		{ numRuns: 200 },
	);
});
