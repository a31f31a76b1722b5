import type { LmsState } from '../../nodes/LmsSync/sync/lmsState';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACME,
	askedFor,
	hex,
	mapping,
	refusal,
	threeSixtyRun,
	TREE,
	user,
	type Mapping,
	type ThreeSixtyRun,
} from './threeSixtyLearning';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

const SITE = { _id: hex(0xf1), name: 'Site', targetType: 'users', type: 'string' };
const START = { _id: hex(0xf2), name: 'Start Date', targetType: 'users', type: 'date' };
const filled = (name: string, value: string): Mapping =>
	mapping(1, value, { platform: `personio-n8n-field:${name}`, targetId: ACME, targetType: 'group' });

/** The fields that are delivered for these labels of a mapping. */
async function read(
	labels: string[],
	kept: Mapping[] = [],
	extendLists = false,
): Promise<LmsState['fields']> {
	run = threeSixtyRun({ fields: labels, extendLists });
	run.company.on('GET', '/groups', { body: TREE }).on('GET', '/users', { body: [] }, { body: [] });
	run.company.always('GET', '/external-ids', ({ query }) => askedFor(kept, query));
	run.company.optional('GET', '/custom-fields', { body: [SITE, START, ...others] });
	run.company.optional('GET', `/custom-fields/${SITE._id}/authorized-values`, { body: sites });
	run.company.optional('GET', `/custom-fields/${START._id}/authorized-values`, { body: [] });
	return (await run.lms.read()).fields;
}

let sites: unknown = [];
let others: object[] = [];

beforeEach(() => {
	sites = [];
	others = [];
});

const STANDARD = [
	{ label: 'Job Title', type: 'text' },
	{ label: 'Organization', type: 'text' },
	{ label: 'Phone', type: 'text' },
	{ label: 'Additional Information', type: 'text' },
	{ label: 'Language', type: 'language', options: expect.arrayContaining(['de', 'ht_HT', 'nl_BE']) },
];

describe('the fields that a mapping can name', () => {
	it('are the standard ones, for which no call is made', async () => {
		expect(await read(['job title', 'Language'])).toEqual(STANDARD);
		expect(run.company.to('/custom-fields')).toEqual([]);
	});

	it('are custom ones too, whose values cost a call each', async () => {
		expect(await read(['site', 'START_DATE'])).toEqual([
			...STANDARD,
			{ label: 'Site', type: 'text', costly: true },
			{ label: 'Start Date', type: 'date', costly: true },
		]);
		expect(run.company.asked).toContain('GET /custom-fields?targetType[eq]=users');
	});

	it('tell that one has to be made', async () => {
		expect((await read(['Home Base'])).at(-1)).toEqual({
			label: 'Home Base',
			type: 'text',
			costly: true,
			missing: true,
		});
	});

	it.each([
		[false, {}],
		[true, { extensible: true }],
	])('have the values of a list, which can be extended or not: %j', async (extendLists, extra) => {
		sites = ['Berlin', 'Paris'];
		const fields = await read(['Site'], [], extendLists);
		expect(fields.find(({ label }) => label === 'Site')).toEqual({
			label: 'Site',
			type: 'choice',
			options: ['Berlin', 'Paris'],
			costly: true,
			...extra,
		});
	});

	it.each([
		[299, true],
		[300, undefined],
	])('have a list of %i values, which can be extended: %j', async (length, extensible) => {
		sites = Array.from({ length }, (_, index) => `Site ${index}`);
		const site = (await read(['Site'], [], true)).find(({ label }) => label === 'Site');
		expect(site).toMatchObject({ type: 'choice', options: sites });
		expect(site?.extensible).toBe(extensible);
	});

	it('are no custom ones with the names of standard ones', async () => {
		others = ['job_title', 'PHONE'].map((name, index) => ({ ...SITE, _id: hex(0xe0 + index), name }));
		expect(await read(['Job Title', 'Phone', 'Site'])).toEqual([
			...STANDARD,
			{ label: 'Site', type: 'text', costly: true },
			{ label: 'Start Date', type: 'date', costly: true },
		]);
	});

	it.each([
		['is gone from the list', ['Home Base'], 'home_base', `${SITE._id}`, { missing: true }],
		['was replaced by another one', ['Start Date'], 'start_date', `${START._id}+${SITE._id}`, {}],
	])('tell which field a mapped one was before that %s', async (_what, labels, key, ids, extra) => {
		const fields = await read(labels, [filled(key, ids)]);
		expect(fields.find(({ label }) => label === 'Site')).toMatchObject({ formerly: labels[0] });
		expect(fields.find(({ label }) => label === labels[0])).toMatchObject(extra);
	});

	it('do not take a field that is mapped itself for a former one', async () => {
		const fields = await read(['Home Base', 'Site'], [filled('home_base', SITE._id)]);
		expect(fields.find(({ label }) => label === 'Site')).not.toHaveProperty('formerly');
	});

	it('do not mind records of fields that are deleted, or of other programs', async () => {
		const other = mapping(2, SITE._id, { platform: 'other-field:site', targetId: ACME, targetType: 'group' });
		const fields = await read(['Start Date'], [filled('start_date', hex(0xee)), other]);
		for (const field of fields) expect(field).not.toHaveProperty('formerly');
	});

	it.each([[{}], [{ authorizedValues: [] }], [undefined]])(
		'are not guessed from a list in an unexpected form: %j',
		async (body) => {
			sites = body;
			const reading = read(['Site']);
			const failure = await failureOf(run.n8n, reading);
			const path = `/custom-fields/${SITE._id}/authorized-values`;
			expect(failure.message).toBe(`360Learning answered ${path} in an unexpected form.`);
		},
	);

	it('are told without those that were renamed, where no group at the top keeps the record', async () => {
		run = threeSixtyRun({ fields: ['Site'] });
		const circle = [
			{ _id: hex(1), name: 'A', parentId: hex(2) },
			{ _id: hex(2), name: 'B', parentId: hex(1) },
		];
		run.company.on('GET', '/groups', { body: circle }).keeps([]);
		run.company.on('GET', '/users', { body: [user()] }, { body: [] });
		run.company.on('GET', '/custom-fields', { body: [SITE] });
		run.company.optional('GET', `/custom-fields/${SITE._id}/authorized-values`, { body: [] });
		const { fields, gaps } = await run.lms.read();
		expect(fields).toContainEqual({ label: 'Site', type: 'text', costly: true });
		expect(gaps).toEqual([
			{
				code: 'groupMissing',
				message:
					'360Learning delivered no group at the top of the platform. Check that the credential may read all groups, and run again.',
			},
		]);
	});

	it('fail where the list of fields is refused', async () => {
		run = threeSixtyRun({ fields: ['Site'] });
		run.company.on('GET', '/groups', { body: TREE }).keeps([]);
		run.company.on('GET', '/users', { body: [] }, { body: [] });
		run.company.on('GET', '/custom-fields', refusal(403, 'invalid_scope'));
		const failure = await failureOf(run.n8n, run.lms.read());
		expect(failure.remedy).toMatch(/lacks customFields:read/);
	});
});
