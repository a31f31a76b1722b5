import type { Stage } from '../start';
import { sync } from '../sync';
import { accountOf, expectDocumentedCalls, planFor, startLearning } from './stage';

/** What customers of 360Learning's own connector know of custom fields. */

let stage: Stage;
const ANNA = 'anna@example.com';
const BEN = 'ben@example.com';

beforeEach(async () => {
	stage = await startLearning({
		company: [
			{ firstName: 'Anna', lastName: 'Arendt', email: ANNA, status: 'active', department: 'Support' },
			{ firstName: 'Ben', lastName: 'Brandt', email: BEN, status: 'active', department: null },
		],
	});
	await run();
});
afterEach(async () => {
	expectDocumentedCalls(stage);
	await stage.close();
});

const fieldMapping = { field: [{ attribute: 'department', field: 'Department' }] };
const run = async (over: object = {}) =>
	await sync(stage.engine, planFor(stage, { fieldMapping, options: { managers: false }, ...over }));
const learning = () => stage.sandbox.threeSixtyLearning;
const fieldId = (name: string) =>
	[...learning().customFields.values()].find((field) => field.name === name)?._id ?? '';
const valuesOf = (email: string) => learning().values.get(accountOf(stage, email)._id) ?? [];
const put = (email: string, name: string, value: string) => {
	const id = accountOf(stage, email)._id;
	const others = valuesOf(email).filter(({ customFieldId }) => customFieldId !== fieldId(name));
	learning().values.set(id, [...others, { customFieldId: fieldId(name), type: 'string', value }]);
};
const writesNothing = async (over: object = {}) => {
	learning().clearCalls();
	await run(over);
	expect(learning().writes()).toEqual([]);
};

it('a field that does not exist is created and filled', async () => {
	expect(accountOf(stage, ANNA).values).toEqual({ Department: 'Support' });
	expect(accountOf(stage, BEN).values).toEqual({});
	await writesNothing();
});

it('a value that was removed by hand comes back at the next run', async () => {
	learning().values.set(accountOf(stage, ANNA)._id, []);
	await run();
	expect(accountOf(stage, ANNA).values).toEqual({ Department: 'Support' });
	await writesNothing();
});

it('a field that was deleted is created again and filled', async () => {
	const id = fieldId('Department');
	learning().customFields.delete(id);
	learning().values.clear();
	await run();
	expect(fieldId('Department')).not.toBe(id);
	expect(accountOf(stage, ANNA).values).toEqual({ Department: 'Support' });
	await writesNothing();
});

it('a field that was renamed stays as it is, and its values move to a new one', async () => {
	const renamed = learning().customFields.get(fieldId('Department'));
	if (renamed) renamed.name = 'Bereich';
	learning().addMembership(learning().syncRoot, learning().addUser({ mail: 'guest@example.com' })._id);
	put('guest@example.com', 'Bereich', 'Support');
	await run();
	expect(learning().customFields.get(renamed?._id ?? '')?.name).toBe('Bereich');
	expect(accountOf(stage, ANNA).values).toEqual({ Department: 'Support' });
	expect(accountOf(stage, 'guest@example.com').values).toEqual({ Bereich: 'Support' });
	await writesNothing();

	// What somebody enters there afterwards is theirs.
	put(ANNA, 'Bereich', 'Nord');
	await writesNothing();
});

it('fields that are not synced are never touched', async () => {
	learning().addCustomField({ name: 'Hobby' });
	put(ANNA, 'Hobby', 'Segeln');
	stage.sandbox.personio.change(personId('Anna'), { department: 'HR' });
	await run();
	expect(accountOf(stage, ANNA).values).toEqual({ Department: 'HR', Hobby: 'Segeln' });
	stage.sandbox.personio.change(personId('Anna'), { department: null });
	await run();
	expect(accountOf(stage, ANNA).values).toEqual({ Hobby: 'Segeln' });
	await writesNothing();
});

describe('a restricted list without the value', () => {
	const restrict = () => {
		const field = learning().customFields.get(fieldId('Department'));
		if (field) field.authorizedValues = ['Support', 'HR'];
		stage.sandbox.personio.change(personId('Anna'), { department: 'Legal', lastName: 'Adler' });
	};

	it('holds the value with the reason, while the rest of the person goes on', async () => {
		restrict();
		const { held } = await run();
		expect(held).toHaveLength(1);
		expect(held[0]).toMatchObject({
			employee: { firstName: 'Anna' },
			decision: {
				withheld: 'fields',
				changes: [{ field: 'custom.Department', to: 'Legal' }],
				hold: { code: 'valueNotAllowed', message: expect.stringContaining('(Support, HR)') },
			},
		});
		expect(accountOf(stage, ANNA)).toMatchObject({ lastName: 'Adler', values: { Department: 'Support' } });
		await writesNothing();
	});

	it('takes the value if that is permitted, and keeps what was on it', async () => {
		restrict();
		const { held } = await run({ options: { managers: false, extendLists: true } });
		expect(held).toEqual([]);
		expect(learning().customFields.get(fieldId('Department'))?.authorizedValues).toEqual([
			'Support',
			'HR',
			'Legal',
		]);
		expect(accountOf(stage, ANNA).values).toEqual({ Department: 'Legal' });
		await writesNothing({ options: { managers: false, extendLists: true } });
	});
});

it('a field with the day somebody was hired takes dates', async () => {
	const mapping = { field: [...fieldMapping.field, { attribute: 'hireDate', field: 'Hired' }] };
	stage.sandbox.personio.change(personId('Anna'), { hireDate: '2026-02-01' });
	await run({ fieldMapping: mapping });
	expect(learning().customFields.get(fieldId('Hired'))?.type).toBe('date');
	expect(accountOf(stage, ANNA).values).toMatchObject({ Hired: '2026-02-01' });
	await writesNothing({ fieldMapping: mapping });
});

it('a language is written by its code, and standard fields are emptied with null', async () => {
	const mapping = {
		field: [
			{ attribute: 'team', field: 'Language' },
			{ attribute: 'office', field: 'Organization' },
		],
	};
	const { personio } = stage.sandbox;
	personio.change(personId('Anna'), { team: 'de-AT', office: 'Paris', position: 'Agent' });
	personio.change(personId('Ben'), { team: 'Klingon' });
	const { results } = await run({ fieldMapping: mapping });
	expect(accountOf(stage, ANNA)).toMatchObject({ lang: 'de', organization: 'Paris', job: 'Agent' });
	expect(accountOf(stage, BEN).lang).toBe('en');
	expect(results.flatMap(({ decision }) => decision?.notes ?? [])).toEqual([
		expect.stringContaining('"Klingon" was not written to "Language"'),
	]);
	personio.change(personId('Anna'), { team: null, office: null, position: null });
	await run({ fieldMapping: mapping });
	const { lang, organization, job } = accountOf(stage, ANNA);
	expect({ lang, organization, job }).toEqual({ lang: 'de' });
	expect(
		JSON.stringify(
			learning()
				.writes()
				.map(({ body }) => body),
		),
	).not.toContain('""');
	await writesNothing({ fieldMapping: mapping });
});

const personId = (firstName: string): number =>
	[...stage.sandbox.personio.people.values()].find((person) => person.firstName === firstName)?.id ?? 0;
