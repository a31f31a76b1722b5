import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { EmployeeReader } from '../../../nodes/Personio/api/reader';
import { poll } from '../../../nodes/Personio/poll';
import { EMPLOYEE_FIELDS, type Employee, type Roster } from '../../../nodes/shared/item';
import { noteRead } from '../../../nodes/shared/lastRead';
import { Company, trigger, type Ending, type TriggerSettings } from './company';

let company: Company;
jest.mock('../../../nodes/Personio/api', () => ({ openPersonio: (): EmployeeReader => company }));

let memory: Record<string, unknown>;

interface Settings extends TriggerSettings {
	/** How the workflow ends; it does not end where this is `undefined`. */
	ends?: Ending | undefined;
}

/** What one poll starts the workflow with, one list for each execution. */
async function executions(settings: Settings = {}): Promise<INodeExecutionData[][]> {
	const { ends, ...rest } = { ends: 'success' as const, ...settings };
	const given: INodeExecutionData[][] = [];
	const run = (items: INodeExecutionData[]) => {
		given.push(items);
		return ends;
	};
	const returned = await poll(trigger({ memory, run, ...rest }));
	return returned.length > 0 ? [returned] : given;
}
const pollNow = async (settings: Settings = {}) => (await executions(settings)).flat();
const idOf = ({ json }: INodeExecutionData): string => (json.employee as unknown as Employee).id;
const handedOver = async (settings: Settings = {}) => (await pollNow(settings)).map(idOf);
const at = (moment: string) => jest.setSystemTime(new Date(moment));

beforeEach(() => {
	jest.useFakeTimers({ now: new Date('2026-11-22T06:00:00Z') });
	memory = {};
	company = new Company();
	company.change('1', { firstName: 'Ada' });
	company.change('2', { firstName: 'Ben' });
});

afterEach(() => {
	jest.useRealTimers();
});

describe('a trigger of all employees', () => {
	it('hands over everybody each time and remembers nothing', async () => {
		expect(await handedOver({ emit: 'all' })).toEqual(['1', '2']);
		expect(await handedOver({ emit: 'all' })).toEqual(['1', '2']);
		expect(memory).toEqual({});
	});

	it('hands over one item with the proof alone where nobody came', async () => {
		company = new Company();
		const items = await pollNow({ emit: 'all' });
		expect(items).toHaveLength(1);
		expect(Object.keys(items[0]!.json)).toEqual(['roster']);
	});
});

describe('the first poll of changes', () => {
	it('hands over nobody and remembers who is there', async () => {
		expect(await handedOver()).toEqual([]);
		expect(await handedOver()).toEqual([]);
	});

	it('hands over everybody where that is wanted, once', async () => {
		expect(await handedOver({ emitExisting: true })).toEqual(['1', '2']);
		expect(await handedOver({ emitExisting: true })).toEqual([]);
	});

	it('fails where the read was not complete, and remembers nothing', async () => {
		company.weather = 'leaves out';
		company.hidden = ['2'];
		await expect(pollNow()).rejects.toThrow(/not complete.*A page did not come/);
		expect(memory).toEqual({});
	});

	it('reads everybody anew when other attributes are asked for, and loses no change over that', async () => {
		at('2026-11-24T06:00:00Z');
		await pollNow();
		company.change('1', { firstName: 'Adele' });
		at('2026-12-24T06:00:00Z');
		expect(await handedOver({ customAttributes: ['dynamic_1'] })).toEqual(['1']);
		expect(company.reads).toEqual(['all', 'all', 'changes']);
		expect(await handedOver({ customAttributes: ['dynamic_1'] })).toEqual([]);
	});

	it('does so when another choice of the record is asked for, and the order does not matter', async () => {
		at('2026-11-24T06:00:00Z');
		await pollNow({ attributes: ['team', 'office'] });
		company.change('1', { firstName: 'Adele' });
		expect(await handedOver({ attributes: ['office', 'team', 'email'] })).toEqual(['1']);
		expect(company.reads).toEqual(['all', 'changes']);
		company.change('1', { firstName: 'Adeline' });
		expect(await handedOver({ attributes: ['office'] })).toEqual(['1']);
		expect(company.reads).toEqual(['all', 'changes', 'all', 'changes']);
	});

	it('does so when another credential is used, which may be a new key to the same company', async () => {
		at('2026-11-24T06:00:00Z');
		await pollNow({ credential: 'one' });
		company.change('1', { firstName: 'Adele' });
		expect(await handedOver({ credential: 'another' })).toEqual(['1']);
		expect(await handedOver({ credential: 'another' })).toEqual([]);
	});

	it('hands over everybody of another credential where that is wanted', async () => {
		await pollNow({ credential: 'one', emitExisting: true });
		expect(await handedOver({ credential: 'another', emitExisting: true })).toEqual(['1', '2']);
	});

	it('goes on where all attributes are asked for, as before there was a choice', async () => {
		await pollNow();
		const { source } = memory.changes as { source: string };
		expect(JSON.parse(source)).toEqual(['v1', [], null]);
	});
});

describe('what a poll asks for', () => {
	const ALWAYS = [
		'email',
		'firstName',
		'lastName',
		'status',
		'hireDate',
		'terminationDate',
		'lastModifiedAt',
	];

	it('is everything of the record where nothing was taken out', async () => {
		await pollNow();
		expect(company.requests[0]).not.toHaveProperty('attributes');
	});

	it('is what was chosen and what is always needed, in the order of the record', async () => {
		await pollNow({ attributes: ['team', ' department', 'team'] });
		expect([...company.requests[0]!.attributes!].sort()).toEqual([...ALWAYS, 'department', 'team'].sort());
		const order = EMPLOYEE_FIELDS.filter((field) => company.requests[0]!.attributes!.includes(field));
		expect(company.requests[0]!.attributes).toEqual(order);
	});

	it.each<[string, TriggerSettings, RegExp]>([
		['no attribute', { attributes: [] }, /"Employee Attributes" is empty/],
		['nothing at all', { attributes: undefined }, /"Employee Attributes" is not a list/],
		['a text', { attributes: 'department' }, /"Employee Attributes" is not a list/],
		['an unknown attribute', { attributes: ['email', 'salary'] }, /holds "salary"/],
		['numbers', { attributes: [1] }, /"Employee Attributes" is not a list/],
		['a custom attribute as text', { customAttributes: 'dynamic_1' }, /"Custom Attribute.*is not a list/],
	])('is refused where an expression gives %s', async (_case, settings, sentence) => {
		await expect(pollNow(settings)).rejects.toThrow(sentence);
		expect(company.requests).toEqual([]);
		expect(memory).toEqual({});
	});

	it.each([
		[true, true],
		[false, false],
		['false', false],
		['true', false],
		[undefined, false],
	])('with the permission %j allows sensitive attributes: %j', async (allowSensitive, allowed) => {
		await pollNow({ allowSensitive });
		expect(company.requests[0]!.allowSensitive).toBe(allowed);
	});
});

describe('a poll of changes', () => {
	beforeEach(async () => {
		await pollNow();
		at('2026-11-22T07:00:00Z');
	});

	it('hands over a change once', async () => {
		company.change('2', { firstName: 'Benno' });
		const [item] = await pollNow();
		expect(item!.json.employee).toMatchObject({ id: '2', firstName: 'Benno' });
		expect(item!.json.roster).toMatchObject({ complete: true, count: 1, scope: 'changes' });
		at('2026-11-22T07:05:00Z');
		expect(await handedOver()).toEqual([]);
	});

	it('hands over somebody new', async () => {
		company.change('3', { firstName: 'Cleo' });
		expect(await handedOver()).toEqual(['3']);
	});

	it('hands over a change that shows up three quarters of an hour late', async () => {
		company.change('2', { firstName: 'Benno' }, 45);
		at('2026-11-22T07:30:00Z');
		expect(await handedOver()).toEqual([]);
		at('2026-11-22T07:46:00Z');
		expect(await handedOver()).toEqual(['2']);
	});

	it('remembers nothing of a poll that failed', async () => {
		company.change('2', { firstName: 'Benno' });
		const before = structuredClone(memory);
		company.weather = 'refuses';
		await expect(pollNow()).rejects.toThrow('did not answer');
		expect(memory).toEqual(before);
		company.weather = 'fine';
		expect(await handedOver()).toEqual(['2']);
	});

	it('does not move on over a page that did not come, however long ago that was', async () => {
		company.change('2', { firstName: 'Benno' });
		company.weather = 'leaves out';
		company.hidden = ['2'];
		expect(await handedOver()).toEqual([]);
		company.change('1', { firstName: 'Adele' });
		const [item] = await pollNow();
		expect(item!.json.roster).toMatchObject({
			complete: false,
			reason: 'A page did not come.',
			gaps: [{ code: 'pageMissing', message: 'A page did not come.' }],
		});
		at('2026-11-25T07:00:00Z');
		company.weather = 'fine';
		expect(await handedOver()).toEqual(['2']);
	});

	it('does not hand over again what an incomplete read left out', async () => {
		company.change('2', { firstName: 'Benno' });
		expect(await handedOver()).toEqual(['2']);
		company.weather = 'leaves out';
		company.hidden = ['2'];
		expect(await handedOver()).toEqual([]);
		company.weather = 'fine';
		expect(await handedOver()).toEqual([]);
	});

	it('by hand shows the latest people, and remembers nothing', async () => {
		const before = structuredClone(memory);
		at('2026-12-22T07:00:00Z');
		company.reads.length = 0;
		expect(await handedOver({ mode: 'manual', memory: {} })).toEqual(['1', '2']);
		expect(company.reads).toEqual(['changes', 'all']);
		expect(memory).toEqual(before);
	});
});

describe('whom a workflow has not come through with', () => {
	const global = {};
	const handedOver = async (settings: Settings = {}) => (await pollNow({ global, ...settings })).map(idOf);
	/** What n8n saved has to do; nothing is known of what was handed over. */
	const restart = () => {
		const { open = [] } = memory.changes as { open?: Array<{ id: string }> };
		for (const each of open) each.id = `${each.id} of a former process`;
	};

	beforeEach(async () => {
		await handedOver();
		at('2026-11-22T07:00:00Z');
		company.change('2', { firstName: 'Benno' });
	});

	it('is handed over again with the next poll', async () => {
		expect(await handedOver({ ends: 'error' })).toEqual(['2']);
		expect(await handedOver()).toEqual(['2']);
		expect(await handedOver()).toEqual([]);
	});

	it.each<Ending>(['error', 'crashed', 'canceled', 'no further than the trigger'])(
		'counts as such when the execution ends as %s',
		async (ends) => {
			await handedOver({ ends });
			expect(await handedOver()).toEqual(['2']);
		},
	);

	it('does not where nothing follows the trigger', async () => {
		await handedOver({ ends: 'no further than the trigger', isAlone: true });
		expect(await handedOver()).toEqual([]);
	});

	it('does not when it waits for an answer, which n8n keeps', async () => {
		await handedOver({ ends: 'waiting' });
		expect(await handedOver()).toEqual([]);
	});

	it('is handed over as they are by then, also long after the window', async () => {
		await handedOver({ ends: 'error' });
		company.follow('2', { firstName: 'Benedikt' });
		at('2026-12-24T07:00:00Z');
		const [item] = await pollNow({ global });
		expect(item?.json.employee).toMatchObject({ id: '2', firstName: 'Benedikt' });
	});

	it('waits longer and longer where it fails every time, half a day at most', async () => {
		const moments: number[] = [];
		for (let minute = 0; minute < 4 * 24 * 60; minute++) {
			at(new Date(Date.parse('2026-11-22T07:00:00Z') + minute * 60_000).toISOString());
			if ((await handedOver({ ends: 'error' })).length > 0) moments.push(minute);
		}
		const pauses = moments.slice(1).map((minute, index) => minute - (moments[index] ?? 0));
		expect(pauses.slice(0, 9)).toEqual([1, 5, 10, 20, 40, 80, 160, 320, 640]);
		expect(new Set(pauses.slice(9))).toEqual(new Set([720]));
	});

	it('does not keep those from coming through who changed later', async () => {
		const fails = (items: INodeExecutionData[]) => (items.map(idOf).includes('2') ? 'error' : 'success');
		await pollNow({ global, run: fails });
		company.change('1', { firstName: 'Adele' });
		const given = await executions({ global, ends: 'error' });
		expect(given.map((items) => items.map(idOf))).toEqual([['1'], ['2']]);
		expect(given.map(([item]) => (item?.json.roster as unknown as Roster).count)).toEqual([1, 1]);
		company.change('2', { firstName: 'Benedikt' });
		// Whoever has changed anew counts as new, and is in no second execution.
		expect((await executions({ global })).map((items) => items.map(idOf))).toEqual([['2'], ['1']]);
		expect(await handedOver()).toEqual([]);
	});

	it('are asked for among all where they are many', async () => {
		for (let id = 100; id < 300; id++) company.change(`${id}`, { firstName: 'Ida' });
		await handedOver({ ends: undefined });
		at('2026-11-23T07:00:00Z');
		await handedOver({ ends: undefined });
		at('2026-11-24T06:59:00Z');
		await handedOver();
		at('2026-11-24T07:01:00Z');
		company.reads.length = 0;
		expect(await handedOver()).toHaveLength(201);
		expect(company.reads).toEqual(['changes', 'all']);
	});

	it('does not keep others waiting', async () => {
		for (let count = 0; count < 3; count++) await handedOver({ ends: 'error' });
		company.change('1', { firstName: 'Adele' });
		expect(await handedOver()).toEqual(['1']);
	});

	it('is left alone while the workflow is under way', async () => {
		expect(await handedOver({ ends: undefined })).toEqual(['2']);
		at('2026-11-23T06:00:00Z');
		expect(await handedOver()).toEqual([]);
		// Nothing takes a whole day; n8n did not tell of the end.
		at('2026-11-23T07:01:00Z');
		expect(await handedOver()).toEqual(['2']);
	});

	it('is handed over again when n8n was killed meanwhile', async () => {
		await handedOver({ ends: undefined });
		restart();
		expect(await handedOver()).toEqual(['2']);
		expect(await handedOver()).toEqual([]);
	});

	it('is handed over again when that read was not whole', async () => {
		await handedOver({ ends: 'error' });
		company.weather = 'leaves out';
		company.hidden = ['2'];
		expect(await handedOver()).toEqual([]);
		company.weather = 'fine';
		expect(await handedOver()).toEqual(['2']);
	});

	it('is forgotten when Personio no longer knows them', async () => {
		await handedOver({ ends: 'error' });
		company.leave('2');
		expect(await handedOver()).toEqual([]);
		expect(memory.changes).not.toHaveProperty('open');
	});
});

describe('a trigger that gets another name', () => {
	const global = {};
	const rename = (name: string): Settings => ({ name, memory: (memory = {}), global });

	it('hands over who has changed since, and whose date has come since', async () => {
		company.change('3', { terminationDate: '2026-11-23', timeZoneOffset: '+01:00' });
		at('2026-11-23T09:00:00Z');
		await pollNow({ global });
		at('2026-11-24T09:00:00Z');
		company.change('1', { firstName: 'Adele' });
		at('2026-11-24T10:00:00Z');
		expect(await handedOver(rename('Another'))).toEqual(['1', '3']);
		expect(await handedOver({ name: 'Another', global })).toEqual([]);
	});

	it('hands over whom the workflow has not come through with', async () => {
		at('2026-11-24T09:00:00Z');
		await pollNow({ global });
		company.change('1', { firstName: 'Adele' });
		await pollNow({ global, ends: 'error' });
		at('2026-12-24T09:00:00Z');
		expect(await handedOver(rename('Another'))).toEqual(['1']);
	});

	it('does not move on where everybody could not be read', async () => {
		at('2026-11-24T09:00:00Z');
		await pollNow({ global });
		company.change('1', { firstName: 'Adele' });
		company.weather = 'leaves out';
		company.hidden = ['2'];
		const settings = rename('Another');
		await expect(pollNow(settings)).rejects.toThrow(/everybody anew.*not complete.*A page did not come/);
		company.weather = 'fine';
		at('2026-12-24T09:00:00Z');
		expect(await handedOver({ name: 'Another', global })).toEqual(['1']);
	});
});

describe('a trigger of which n8n has kept nothing, in a workflow that has planned', () => {
	const ran = (scope: Roster['scope'], readAt = new Date().toISOString()) => {
		const global: Record<string, unknown> = {};
		noteRead(global as IDataObject, { readAt, scope });
		return global;
	};

	it('hands over who has changed since the read that the plan was made of', async () => {
		at('2026-11-24T06:00:00Z');
		await pollNow();
		// A worker has put what it leaves in the place of all.
		memory = {};
		const global = ran('all');
		company.change('1', { firstName: 'Adele' });
		at('2026-12-24T06:00:00Z');
		expect(await handedOver({ global })).toEqual(['1']);
		expect(await handedOver({ global })).toEqual([]);
	});

	it('does not go by a read of chosen people, nor by what is no moment', async () => {
		expect(await handedOver({ global: ran('selection') })).toEqual([]);
		memory = {};
		expect(await handedOver({ global: ran('all', 'yesterday') })).toEqual([]);
	});
});

describe('a clock that is set back', () => {
	it('hides no change, and a date comes at its time although it had come too early', async () => {
		company.change('1', { terminationDate: '2026-11-25', timeZoneOffset: '+01:00' });
		await pollNow();
		// Three days ahead.
		at('2026-11-27T06:00:00Z');
		company.ahead = 72;
		expect(await handedOver()).toEqual(['1']);
		at('2026-11-24T07:00:00Z');
		company.ahead = 0;
		company.change('2', { firstName: 'Benno' });
		expect(await handedOver()).toEqual(['2']);
		at('2026-11-25T22:30:00Z');
		expect(await handedOver()).toEqual([]);
		at('2026-11-25T23:30:00Z');
		expect(await handedOver()).toEqual(['1']);
	});
});

describe('two polls at once', () => {
	const known: string[] = [];
	const run = (items: INodeExecutionData[]) => {
		known.push(...items.map(idOf));
		return 'success' as const;
	};

	beforeEach(async () => {
		known.length = 0;
		await pollNow();
		company.change('1', { firstName: 'Adele' });
	});

	it('of the same trigger read once', async () => {
		const context = trigger({ memory, run });
		await Promise.all([poll(context), poll(context)]);
		expect(known).toEqual(['1']);
		expect(company.reads).toEqual(['all', 'changes']);
	});

	it('of which the first fails do not stop the next', async () => {
		company.weather = 'refuses';
		const context = trigger({ memory, run });
		const both = await Promise.allSettled([poll(context), poll(context)]);
		expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
		company.weather = 'fine';
		await poll(context);
		expect(known).toEqual(['1']);
	});

	it('of which the later belongs to the workflow as it was published anew: the former counts no longer', async () => {
		const before = structuredClone(memory);
		const anew = structuredClone(memory);
		const ghost = jest.fn(() => 'no further than the trigger' as const);
		await Promise.all([
			poll(trigger({ memory, run: ghost })),
			poll(trigger({ memory: anew, name: 'Another', run })),
		]);
		expect(ghost).not.toHaveBeenCalled();
		expect(memory).toEqual(before);
		expect(known).toEqual(['1']);
	});
});

describe('a leaver', () => {
	beforeEach(async () => {
		company.change('2', { terminationDate: '2026-12-31', timeZoneOffset: '+01:00' });
		await pollNow();
	});

	it('is handed over when the day is over in the office, though nothing changed', async () => {
		at('2026-12-31T22:59:59Z');
		expect(await handedOver()).toEqual([]);
		at('2026-12-31T23:00:00Z');
		expect(await handedOver()).toEqual(['2']);
		expect(await handedOver()).toEqual([]);
	});

	it('is handed over again once the status has followed, though nothing changed', async () => {
		at('2026-12-31T23:10:00Z');
		expect(await handedOver()).toEqual(['2']);
		at('2027-01-01T04:00:00Z');
		company.follow('2', { status: 'inactive' });
		at('2027-01-01T11:10:00Z');
		const [item] = await pollNow();
		expect(item!.json.employee).toMatchObject({ id: '2', status: 'inactive' });
		at('2027-01-02T12:00:00Z');
		expect(await handedOver()).toEqual([]);
	});

	it('is handed over once when the date comes and the record changes at the same time', async () => {
		at('2026-12-31T23:30:00Z');
		company.change('2', { status: 'inactive' });
		expect(await handedOver()).toEqual(['2']);
	});

	it('whom Personio no longer knows is not asked for again', async () => {
		company.leave('2');
		at('2027-01-01T00:00:00Z');
		expect(await handedOver()).toEqual([]);
		company.reads.length = 0;
		expect(await handedOver()).toEqual([]);
		expect(company.reads).toEqual(['changes']);
	});

	it('whose employment could not be read when the day was over is asked for again', async () => {
		at('2026-12-20T00:00:00Z');
		await pollNow();
		const readSome = company.readSome.bind(company);
		const unreadable: Roster = { ...(await readSome([], { customAttributes: [] })).roster };
		company.readSome = async ([id]) => ({
			employees: [{ id: id!, firstName: 'Ben', custom: {} }],
			roster: {
				...unreadable,
				complete: false,
				reason: 'The employment could not be read.',
				gaps: [{ code: 'employmentMissing', message: 'The employment could not be read.' }],
			},
		});
		at('2027-01-01T00:00:00Z');
		await pollNow();
		company.readSome = readSome;
		company.follow('2', { status: 'inactive' });
		at('2027-01-01T00:10:00Z');
		const items = await pollNow();
		expect(items.map(({ json }) => json.employee)).toMatchObject([{ id: '2', status: 'inactive' }]);
	});
});
