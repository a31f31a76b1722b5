import { numberOf, numericId } from '../../../nodes/LmsSync/platforms/learnUpon/records';
import { learnerId } from '../../../nodes/shared/item';
import { inQuery, pathTo } from '../../../nodes/shared/transport/path';
import { VendorError } from '../../../nodes/shared/transport/vendorError';

/** Ids in the addresses of calls: one that says more than an id would be a call about somebody else. */

const TRICKS = [
	'',
	'.',
	'..',
	'../admin',
	'7/../8',
	'7?enabled=false',
	'7#8',
	'7%2f8',
	'7 ',
	' 7',
	'7\n',
	'٧',
	'7;8',
	'7&user_id=8',
	'a'.repeat(65),
	'\u202e7',
	'null\0',
];

it('a path holds the ids of the vendors', () => {
	expect(pathTo`/users/${'64b0c0ffee64b0c0ffee1234'}/managers/${'a-b_C9'}`).toBe(
		'/users/64b0c0ffee64b0c0ffee1234/managers/a-b_C9',
	);
});

it.each(TRICKS)('%j is in no path, and the refusal says what to do', (id) => {
	expect(() => pathTo`/users/${id}`).toThrow(VendorError);
	expect(() => pathTo`/users/${'7'}/managers/${id}`).toThrow(/is not an id, so nothing was called/);
});

it.each([undefined, null, 7, {}, [], ['7']])('%j is in no path', (id) => {
	expect(() => pathTo`/users/${id as string}`).toThrow(VendorError);
});

it.each([...TRICKS, 'abc', '-1', '1.5', '1e3', '0x10', '9007199254740993', 'NaN'])(
	'%j is no number of LearnUpon',
	(id) => {
		expect(() => numberOf(id)).toThrow(/is no id of LearnUpon, so nothing was called/);
		expect(() => numericId(learnerId(id))).toThrow(VendorError);
		expect(() => numericId(learnerId(`invitation-${id}`))).toThrow(VendorError);
	},
);

it('numbers of LearnUpon stay as they are', () => {
	expect([numberOf('501'), numericId(learnerId(501)), numericId(learnerId('invitation-9'))]).toEqual([
		501,
		'501',
		'9',
	]);
});

it('a value behind a question mark says what it says, and half a sign is refused with a remedy', () => {
	expect(inQuery('jörg+a&b@acme.example 🚀')).toBe('j%C3%B6rg%2Ba%26b%40acme.example%20%F0%9F%9A%80');
	for (const half of ['a\ud83d', '\udc00b']) {
		expect(() => inQuery(half)).toThrow(VendorError);
		expect(() => inQuery(half)).toThrow(/half a sign/);
	}
});
