import { oddMessage, shape, soundOf } from '../../../nodes/LmsSync/platforms/sound';

/** What is made of a record in which a vendor has answered something else than it documents. */

const USER = shape({
	id: 'number',
	_id: 'id',
	email: 'text',
	enabled: 'flag',
	deletedAt: 'list',
	CustomData: 'values',
	status: ['active', 'invited'],
});

const sound = (record: object) => soundOf<Record<string, unknown>>(record, USER);

describe('a record', () => {
	it('as documented is handed on as it is, with whatever else is in it', () => {
		const record = { id: 7, email: 'a@b', enabled: 'true', status: 'active', deletedAt: [], other: {} };
		expect(sound(record).item).toBe(record);
		expect(sound(record).odd).toEqual([]);
	});

	it('may lack values, or hold null for them', () => {
		expect(sound({ id: 7, email: null })).toEqual({ item: { id: 7, email: null }, odd: [] });
	});

	it.each([
		['id', '7'],
		['id', 1.5],
		['id', -1],
		['_id', '../7'],
		['_id', 7],
		['email', {}],
		['email', ['a@b']],
		['email', true],
		['enabled', 1],
		['enabled', 'yes'],
		['deletedAt', '2026-01-01'],
		['CustomData', 'Sales'],
		['CustomData', ['Sales']],
		['status', 'gone'],
		['status', ['active']],
	])('with the %s %j loses that value, and it is named', (name, value) => {
		const record = { other: 1, [name]: value };
		expect(sound(record)).toEqual({ item: { other: 1 }, odd: [name] });
		expect(record).toHaveProperty([name], value);
	});

	it('keeps numbers for texts as texts, and nothing for values as none', () => {
		expect(sound({ email: 12, CustomData: '' }).item).toEqual({ email: '12', CustomData: {} });
		expect(sound({ CustomData: [] }).item).toEqual({ CustomData: {} });
	});

	it('gets no value from a key that would be its prototype', () => {
		const record = JSON.parse('{"id": "x", "__proto__": {"id": 7, "email": "a@b"}}') as object;
		const { item } = sound(record);
		expect(item.id).toBeUndefined();
		expect(item.email).toBeUndefined();
	});
});

it('the message names each kind of value once', () => {
	expect(oddMessage('LearnUpon', 'the accounts', ['email', 'id', 'email'])).toBe(
		'LearnUpon delivered the accounts with values of an unexpected form (email, id).',
	);
});
