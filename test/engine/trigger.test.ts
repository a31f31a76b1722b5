import type { Employee, Roster } from '../../nodes/shared/item';
import type { Poller } from './harness';
import { startStage, type Stage } from './start';

let stage: Stage;
beforeEach(async () => {
	stage = await startStage();
});
afterEach(async () => await stage.close());

const poller = (parameters: object): Poller => ({
	parameters: { apiVersion: 'v1', customAttributes: [], ...parameters } as Poller['parameters'],
	staticData: {},
	timezone: 'Europe/Berlin',
});

const poll = async (trigger: Poller, mode?: 'manual' | 'trigger') => {
	const items = await stage.engine.poll(trigger, mode);
	return (items ?? []).map(({ json }) => json as unknown as { employee: Employee; roster: Roster });
};

const names = async (trigger: Poller) =>
	(await poll(trigger)).map(({ employee }) => employee.lastName).sort();

describe.each(['v1', 'v2'])('over Personio %s', (apiVersion) => {
	it('emits the whole roster at each poll, with its proof', async () => {
		const trigger = poller({ emit: 'all', apiVersion });
		for (let run = 0; run < 2; run++) {
			const items = await poll(trigger);
			expect(items).toHaveLength(34);
			expect(items[0]?.roster).toMatchObject({ complete: true, scope: 'all', count: 34 });
		}
		expect(trigger.staticData).toEqual({});
	});

	it('emits nobody at first, then whoever changed, once', async () => {
		const { personio } = stage.sandbox;
		const trigger = poller({ emit: 'changes', apiVersion });
		expect(await names(trigger)).toEqual([]);

		const [first, second] = [...personio.people.keys()];
		personio.change(first as number, { lastName: 'Changed' });
		personio.hire({ lastName: 'Hired', status: 'active' });
		expect(await names(trigger)).toEqual(['Changed', 'Hired']);
		expect(await names(trigger)).toEqual([]);

		personio.change(first as number, { lastName: 'Changed Again' });
		personio.change(second as number, { department: 'Legal' });
		expect(await names(trigger)).toEqual(
			['Changed Again', personio.people.get(second as number)?.lastName].sort(),
		);
		expect(await names(trigger)).toEqual([]);
	});

	it('emits everybody at first if that is wanted', async () => {
		const trigger = poller({ emit: 'changes', emitExisting: true, apiVersion });
		expect(await names(trigger)).toHaveLength(34);
		expect(await names(trigger)).toEqual([]);
	});
});

describe('a date that comes due although the record did not change', () => {
	beforeEach(() => {
		jest.useFakeTimers({
			doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
		});
		jest.setSystemTime(new Date('2026-11-23T10:00:00Z'));
	});
	afterEach(() => jest.useRealTimers());

	it('emits a starter on the hire date and a leaver on the day after the last day, in the zone of the office', async () => {
		const { personio } = stage.sandbox;
		personio.hire({ lastName: 'Starter', status: 'onboarding', hireDate: '2026-12-01', office: null });
		personio.hire({ lastName: 'Leaver', status: 'active', terminationDate: '2026-12-05', office: null });
		const trigger = poller({ emit: 'changes' });
		expect(await names(trigger)).toEqual([]);

		jest.setSystemTime(new Date('2026-11-30T22:30:00Z'));
		expect(await names(trigger)).toEqual([]);
		jest.setSystemTime(new Date('2026-11-30T23:30:00Z'));
		expect(await names(trigger)).toEqual(['Starter']);

		jest.setSystemTime(new Date('2026-12-05T22:30:00Z'));
		await poll(trigger);
		jest.setSystemTime(new Date('2026-12-05T23:30:00Z'));
		const [leaver, ...others] = await poll(trigger);
		expect(leaver?.employee.lastName).toBe('Leaver');
		expect(leaver?.roster).toMatchObject({ complete: true, scope: 'changes' });
		expect(others).toEqual([]);
	});
});

it('loses no change when a poll fails', async () => {
	const { personio } = stage.sandbox;
	const trigger = poller({ emit: 'changes' });
	await poll(trigger);
	personio.change([...personio.people.keys()][0] as number, { lastName: 'Changed' });
	const recover = personio.misbehave({ match: { path: '/v1/company/employees' }, do: { status: 403 } });
	await expect(poll(trigger)).rejects.toThrow(/Personio answered HTTP 403/);
	recover();
	expect(await names(trigger)).toEqual(['Changed']);
});

it('keeps its watermark when a page is missing, and emits what came', async () => {
	const { personio } = stage.sandbox;
	const trigger = poller({ emit: 'changes' });
	await poll(trigger);
	const watermark = () =>
		(trigger.staticData['node:Trigger'] as { changes: { watermark: string } }).changes.watermark;
	const before = watermark();
	personio.change([...personio.people.keys()][0] as number, { lastName: 'Changed' });
	personio.misbehave({ match: { path: '/v1/company/employees' }, times: 1, do: 'moveTotals' });
	personio.misbehave({ match: { path: '/v1/company/employees' }, times: 1, do: { shortPage: 1 } });
	await poll(trigger);
	expect(watermark()).toBe(before);
	personio.behave();
	expect((await names(trigger)).length).toBeLessThanOrEqual(1);
});

it('shows real people by hand and remembers nothing', async () => {
	const all = poller({ emit: 'all' });
	expect(await poll(all, 'manual')).toHaveLength(34);
	const changes = poller({ emit: 'changes' });
	expect((await poll(changes, 'manual')).length).toBeGreaterThan(0);
	expect(changes.staticData).toEqual({ 'node:Trigger': {} });
});

it('says that a roster is empty instead of saying nothing', async () => {
	for (const id of stage.sandbox.personio.people.keys()) stage.sandbox.personio.remove(id);
	const [item, ...others] = await poll(poller({ emit: 'all' }));
	expect(item?.roster).toMatchObject({ complete: false, reason: 'Personio delivered no employee at all.' });
	expect(others).toEqual([]);
});

it('offers the custom attributes of the account by their labels', async () => {
	const options = await stage.engine.loadOptions(
		{ type: 'n8n-nodes-personio-lms.personioTrigger' },
		'getCustomAttributes',
	);
	expect(options.length).toBeGreaterThan(3);
	expect(options.every(({ value }) => value.startsWith('dynamic_'))).toBe(true);
	const plan = await stage.engine.loadOptions(
		{ parameters: { resource: 'run', operation: 'plan' } },
		'getAttributes',
	);
	expect(plan.map(({ value }) => value)).toEqual(expect.arrayContaining(['department', options[0]?.value]));
});
