import type { EmployeeReader } from '../../../nodes/Personio/api/reader';
import { poll } from '../../../nodes/Personio/poll';
import { EMPLOYEE_FIELDS, type Employee, type Roster } from '../../../nodes/shared/item';
import { Company, trigger, type TriggerSettings } from './company';

let company: Company;
jest.mock('../../../nodes/Personio/api', () => ({ openPersonio: (): EmployeeReader => company }));

let memory: Record<string, unknown>;

const pollNow = async (settings: TriggerSettings = {}) => await poll(trigger({ memory, ...settings }));
const handedOver = async (settings: TriggerSettings = {}) =>
	(await pollNow(settings)).map(({ json }) => (json.employee as unknown as Employee).id);
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

	it('comes again when other attributes are asked for', async () => {
		await pollNow();
		company.change('1', { firstName: 'Adele' });
		expect(await handedOver({ customAttributes: ['dynamic_1'] })).toEqual([]);
		expect(company.reads).toEqual(['all', 'all']);
	});

	it('comes again when another choice of the record is asked for, and the order does not matter', async () => {
		await pollNow({ attributes: ['team', 'office'] });
		company.change('1', { firstName: 'Adele' });
		expect(await handedOver({ attributes: ['office', 'team', 'email'] })).toEqual(['1']);
		company.change('1', { firstName: 'Adeline' });
		expect(await handedOver({ attributes: ['office'] })).toEqual([]);
		expect(company.reads).toEqual(['all', 'changes', 'all']);
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
