import type { Change } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACME,
	ACTIVE_JANE,
	askedFor,
	HOME,
	hex,
	JANE,
	jane,
	JANES_ID,
	mapping,
	oneUser,
	refusal,
	threeSixtyRun,
	to,
	TREE,
	user,
	type Mapping,
	type RunOptions,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Call } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

interface Field {
	_id: string;
	name: string;
	type: string;
}

const field = (number: number, name: string, type = 'string'): Field & { targetType: string } => ({
	_id: hex(number),
	name,
	targetType: 'users',
	type,
});
const SITE = field(0xf1, 'Site');
const START = field(0xf2, 'Start Date', 'date');
const SHIRT = field(0xf3, 'T-Shirt');

const VALUES = `/users/${JANES_ID}/custom-fields/values`;
const valueOf = ({ _id, type }: Field, value: string) => ({ customFieldId: _id, type, value });
const listOf = ({ _id }: Field) => `/custom-fields/${_id}/authorized-values`;
const custom = (label: string, value: Change['to'], newOption = false): Change => ({
	...to(`custom.${label}`, value, label),
	...(newOption && { newOption: true as const }),
});
const filled = (number: number, name: string, value: string) =>
	mapping(number, value, { platform: `personio-n8n-field:${name}`, targetId: ACME, targetType: 'group' });
const SITE_FILLED = filled(1, 'site', SITE._id);
const START_FILLED = filled(2, 'start_date', START._id);

let run: ThreeSixtyRun;

/** A company with these fields, in which these were filled before. */
function open(
	fields: Field[],
	kept: Mapping[] = [SITE_FILLED, START_FILLED],
	options: RunOptions = {},
): void {
	run = threeSixtyRun(options);
	run.company.on('GET', '/custom-fields', { body: fields });
	run.company.optional('GET', '/groups', { body: TREE });
	run.company.optional('GET', '/external-ids', ({ query }: Call) => askedFor(kept, query));
}

const has = (...values: object[]) => run.company.on('GET', VALUES, { body: values });
const takes = () => run.company.on('PUT', VALUES, { body: [] });
const written = () => run.company.bodies('PUT', VALUES);
const update = async (...changes: Change[]) => await run.lms.update(jane, changes);

describe('values of an account', () => {
	it('are read, merged and written all at once, so that those of others stay', async () => {
		open([SITE, START, SHIRT]);
		has(
			{ ...valueOf(SHIRT, 'XL'), extra: 1 },
			valueOf(SITE, 'Paris'),
			valueOf({ ...SITE, _id: hex(0xff) }, '?'),
		);
		takes();
		await update(custom('Site', 'Berlin'), custom('start date', '2026-03-01'));
		expect(run.company.asked[0]).toBe('GET /custom-fields?targetType[eq]=users');
		expect(written()).toEqual([
			{
				customValues: [
					valueOf(SHIRT, 'XL'),
					valueOf({ ...SITE, _id: hex(0xff) }, '?'),
					valueOf(SITE, 'Berlin'),
					valueOf(START, '2026-03-01'),
				],
			},
		]);
	});

	it('are written as text, whatever they are', async () => {
		open([SITE]);
		has();
		takes();
		await update(custom('Site', 7));
		expect(written()).toEqual([{ customValues: [valueOf(SITE, '7')] }]);
	});

	it.each([[null], ['']])('are cleared by being left out (%j)', async (value) => {
		open([SITE, SHIRT]);
		has(valueOf(SITE, 'Paris'), valueOf(SHIRT, 'XL'));
		takes();
		await update(custom('Site', value));
		expect(written()).toEqual([{ customValues: [valueOf(SHIRT, 'XL')] }]);
	});

	it('are not written where nothing would change', async () => {
		open([SITE, START, SHIRT]);
		has(valueOf(SITE, 'Berlin'), valueOf(SHIRT, 'XL'));
		await update(custom('Site', 'Berlin'), custom('Start Date', null), custom('No such field', null));
		expect(run.company.written).toEqual([]);
	});

	it('of an account that was just made are not read', async () => {
		open([SITE], [SITE_FILLED]);
		run.company
			.on('POST', '/users', { status: 201, body: user() })
			.on('PUT', `/users/${JANES_ID}/activate`, oneUser());
		takes();
		run.company.on('POST', '/external-ids', { status: 201, body: mapping(9, '8120') });
		await run.lms.create([...ACTIVE_JANE, custom('Site', 'Berlin'), custom('Other', null)], HOME);
		expect(written()).toEqual([{ customValues: [valueOf(SITE, 'Berlin')] }]);
	});

	it.each([
		[400, 'unauthorizedValue', /takes the values of a list only/],
		[400, 'wrongTypeValue', /another kind of value/],
		[404, 'customFieldNotFound', /deleted meanwhile/],
	])('that are refused with %i %s are an error', async (status, code, remedy) => {
		open([SITE]);
		has();
		run.company.on('PUT', VALUES, refusal(status, code));
		const failure = await failureOf(run.n8n, update(custom('Site', 'Berlin')));
		expect(failure.message).toBe(`360Learning refused ${JANE}: ${code}`);
		expect(failure.remedy).toMatch(remedy);
	});

	it.each([[{}], [undefined], [7]])('in an unexpected form are not written over: %j', async (body) => {
		open([SITE]);
		run.company.on('GET', VALUES, { body });
		const failure = await failureOf(run.n8n, update(custom('Site', 'Berlin')));
		expect(failure.message).toBe(`360Learning answered ${VALUES} in an unexpected form.`);
	});

	it('are found by label, without those of fields that are unknown', async () => {
		open([SITE, START]);
		has(valueOf(SITE, 'Berlin'), valueOf(START, '2026-03-01'), valueOf(SHIRT, 'XL'));
		const { values } = await run.lms.inspect({ values: [jane], managers: [], endings: [] });
		expect(values).toEqual(new Map([[JANES_ID, { Site: 'Berlin', 'Start Date': '2026-03-01' }]]));
	});

	it('are found without those of fields that are named like standard ones', async () => {
		const job = field(0xf4, 'job_title');
		open([SITE, job]);
		has(valueOf(SITE, 'Berlin'), valueOf(job, 'Chef'));
		const { values } = await run.lms.inspect({ values: [jane], managers: [], endings: [] });
		expect(values).toEqual(new Map([[JANES_ID, { Site: 'Berlin' }]]));
	});

	it('that nobody asks for need no list of fields', async () => {
		run = threeSixtyRun();
		run.company.optional('GET', '/custom-fields', { status: 403, body: { error: 'invalid_scope' } });
		const { values } = await run.lms.inspect({ values: [], managers: [], endings: [] });
		expect(values.size).toBe(0);
	});
});

describe('a field that does not exist', () => {
	it.each([
		['Berlin', 'string'],
		['2026-03-01', 'date'],
		['2026-03-01 or so', 'string'],
	])('is made once for the first value, %s, as %s', async (value, type) => {
		open([], []);
		const made = field(0xf9, 'Home Base', type);
		run.company.on('POST', '/custom-fields', { status: 201, body: made });
		run.company.on('POST', '/external-ids', { status: 201, body: filled(3, 'home_base', made._id) });
		run.company.on('GET', VALUES, { body: [] }, { body: [] }).on('PUT', VALUES, { body: [] }, { body: [] });
		await update(custom('Home Base', value));
		await update(custom('home_base', value));
		expect(run.company.bodies('POST', '/custom-fields')).toEqual([
			{ name: 'Home Base', targetType: 'users', type },
		]);
		expect(run.company.bodies('POST', '/external-ids')).toEqual([
			{ platform: 'personio-n8n-field:home_base', targetId: ACME, targetType: 'group', value: made._id },
		]);
		expect(written()).toEqual(Array(2).fill({ customValues: [valueOf(made, value)] }));
	});

	it.each([
		['customFieldLimitReached', /Delete a custom field/],
		['invalidName', /does not take this name/],
		['nameAlreadyTaken', /another kind has this name/],
	])('and cannot be made (%s) is an error that names it', async (code, remedy) => {
		open([]);
		run.company.on('POST', '/custom-fields', refusal(400, code));
		run.company.optional('GET', '/custom-fields', { body: [] });
		const failure = await failureOf(run.n8n, update(custom('Home Base', 'x')));
		expect(failure.message).toBe(`360Learning refused the custom field "Home Base" for ${JANE}: ${code}`);
		expect(failure.remedy).toMatch(remedy);
	});

	it('is taken as it is where another run has made it meanwhile', async () => {
		open([]);
		run.company.on('POST', '/custom-fields', refusal(400, 'nameAlreadyTaken'));
		run.company.on('GET', '/custom-fields', { body: [SITE] });
		has();
		takes();
		await update(custom('Site', 'Berlin'));
		expect(written()).toEqual([{ customValues: [valueOf(SITE, 'Berlin')] }]);
	});

	it('is looked up before it is made again where the first POST is uncertain', async () => {
		open([]);
		run.company.on('POST', '/custom-fields', { status: 502 }).on('GET', '/custom-fields', { body: [SITE] });
		has();
		takes();
		await update(custom('Site', 'Berlin'));
		expect(written()).toEqual([{ customValues: [valueOf(SITE, 'Berlin')] }]);
	});
});

describe('a field that takes the values of a list', () => {
	const add = async () => await update(custom('Site', 'Berlin', true));

	it('has a new value added to the list first', async () => {
		open([SITE]);
		run.company.on('GET', listOf(SITE), { body: ['Paris'] }).on('PUT', listOf(SITE), { body: [] });
		has();
		takes();
		await add();
		expect(run.company.bodies('PUT', listOf(SITE))).toEqual([{ authorizedValues: ['Paris', 'Berlin'] }]);
		expect(run.company.written.at(-1)).toBe(`PUT ${VALUES}`);
	});

	it.each<[string, string[]]>([
		['has the value by now', ['Paris', 'Berlin']],
		['takes any value by now', []],
	])('is left alone where it %s', async (_what, body) => {
		open([SITE]);
		run.company.on('GET', listOf(SITE), { body });
		has();
		takes();
		await add();
		expect(run.company.bodies('PUT', listOf(SITE))).toEqual([]);
	});

	it.each([
		['refuses another one', ['Paris']],
		['is full by now', Array.from({ length: 300 }, (_, index) => `Site ${index}`)],
	])('and %s is an error that names value and field', async (_what, body) => {
		open([SITE]);
		run.company.on('GET', listOf(SITE), { body });
		run.company.on('PUT', listOf(SITE), refusal(400, 'customFieldValuesConflict'));
		const failure = await failureOf(run.n8n, add());
		expect(failure.message).toBe(
			`360Learning refused the value "Berlin" of "Site" for ${JANE}: customFieldValuesConflict`,
		);
	});
});

describe('the record of the fields that the sync fills', () => {
	const NEW = field(0xf9, 'Site');

	it('is kept at the topmost group for the first value, and not written again', async () => {
		open([SITE], []);
		run.company.on('GET', VALUES, { body: [] }, { body: [] }).on('PUT', VALUES, { body: [] }, { body: [] });
		run.company.on('POST', '/external-ids', { status: 201, body: SITE_FILLED });
		await update(custom('Site', 'Berlin'));
		await update(custom('Site', 'Rome'));
		expect(run.company.asked).toContain(`GET /external-ids?type[eq]=group&targetId[eq]=${ACME}`);
		expect(run.company.to('/external-ids').filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('names the field before, where there is another one of that name by now', async () => {
		open([{ ...SITE, name: 'Old Site' }, NEW], [SITE_FILLED]);
		has(valueOf(SITE, 'Berlin'));
		takes();
		const path = `/external-ids/${SITE_FILLED._id}`;
		run.company.on('PUT', path, { body: SITE_FILLED });
		await update(custom('Site', 'Berlin'), custom('Old Site', null));
		const value = `${NEW._id}+${SITE._id}`;
		expect(run.company.bodies('PUT', path)).toEqual([{ ...SITE_FILLED, _id: undefined, value }]);
		expect(written()).toEqual([{ customValues: [valueOf(NEW, 'Berlin')] }]);
	});
});
