import {
	bodyOf,
	definitionsOf,
	fieldOf,
	invitationId,
	isInvitation,
	learnerOfUser,
	numericId,
	type Definition,
} from '../../../nodes/LmsSync/platforms/learnUpon/records';
import { changeTo } from '../../../nodes/LmsSync/sync/diff';
import { learnerId, type Change } from '../../../nodes/shared/item';

const change = (field: string, to: Change['to'], label?: string): Change => ({
	field,
	from: null,
	to,
	...(label !== undefined && { label }),
});

describe('the id of an invitation', () => {
	it('is never taken for that of an account with the same number', () => {
		expect(invitationId(12)).not.toBe(learnerId(12));
		expect(isInvitation(invitationId(12))).toBe(true);
		expect(isInvitation(learnerId(12))).toBe(false);
	});

	it('leads back to the number that LearnUpon knows', () => {
		expect(numericId(invitationId(12))).toBe('12');
		expect(numericId(learnerId(12))).toBe('12');
	});

	it.each(['007', 'invitation-007', '7/../8', '-7', '', '1e3', '٧'])(
		'is none that begins or goes on as "%s"',
		(id) => {
			expect(() => numericId(learnerId(id))).toThrow(/is no id of LearnUpon, so nothing was called/);
		},
	);
});

describe('definitions of custom fields', () => {
	const definitions: Definition[] = [{ id: 1, label: 'Job Title' }];

	it.each(['customDataFieldDefintions', 'customDataFieldDefinitions'])('are found under %s', (key) => {
		expect(definitionsOf({ user: [{ id: 1 }], [key]: definitions })).toEqual(definitions);
	});

	it('are not taken from just any list', () => {
		expect(definitionsOf({ user: [{ id: 1 }] })).toBeUndefined();
		expect(definitionsOf({ customDataFieldDefinitions: 'none' })).toBeUndefined();
	});

	it.each([
		[1, 'text'],
		[2, 'decimal'],
		[3, 'integer'],
		[4, 'choice'],
		[5, 'choice'],
		[6, 'choice'],
		[7, 'date'],
		[99, 'text'],
		[undefined, 'text'],
	])('of type %s hold %s', (type_id, type) => {
		const definition = { id: 1, label: 'Field', ...(type_id !== undefined && { type_id }) };
		expect(fieldOf(definition)).toEqual({ label: 'Field', type });
	});

	it.each([[['North', ' South ']], ['North, South']])('offer the choices of %j', (predefined_values) => {
		const field = fieldOf({ id: 1, label: 'Region', type_id: 4, predefined_values });
		expect(field.options).toEqual(['North', 'South']);
	});
});

describe('the values of an account', () => {
	const definitions: Definition[] = [
		{ id: 1, label: 'Personio ID' },
		{ id: 2, label: 'Grade' },
	];
	const read = (record: object) => learnerOfUser({ id: 5, ...record }, definitions, 'Personio ID');

	it('are those of the definition, whatever another field with the same key says', () => {
		const learner = read({
			CustomData: { personio_id: '1' },
			customDataFieldValues: [{ definition_id: 1, value: '2' }],
		});
		expect(learner.link).toBe('2');
	});

	it('keep numbers and truth values, and leave out what is empty', () => {
		expect(read({ CustomData: { personio_id: 8120, grade: 0 } })).toMatchObject({
			link: '8120',
			custom: { 'Personio ID': 8120, Grade: 0 },
		});
		expect(read({ CustomData: { personio_id: null, grade: '' } })).toMatchObject({ link: null, custom: {} });
	});

	it('do not make somebody without names or address fail', () => {
		expect(read({ email: null })).toEqual({
			id: '5',
			email: '',
			firstName: null,
			lastName: null,
			status: 'active',
			link: null,
			accessEnds: null,
			custom: {},
		});
	});
});

describe('what is written', () => {
	it('holds fields under the names of LearnUpon, and custom data by label', () => {
		const changes = [
			change('email', 'jane@example.com'),
			change('firstName', 'Jane'),
			change('link', '8120', 'Personio ID'),
			change('custom.Grade', null, 'Grade'),
		];
		expect(bodyOf(changes)).toEqual({
			email: 'jane@example.com',
			first_name: 'Jane',
			CustomData: { 'Personio ID': '8120', Grade: '' },
		});
	});

	it('leaves status and expiry to those who read them back', () => {
		expect(bodyOf([change('status', 'active'), change('accessEnds', '2027-06-30')])).toEqual({});
	});

	it('tells an emptied field from one that does not change', () => {
		const changes = [change('accessEnds', null)];
		expect(changeTo(changes, 'accessEnds')).toBeNull();
		expect(changeTo(changes, 'status')).toBeUndefined();
	});
});
