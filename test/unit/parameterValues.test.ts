import {
	choiceOf,
	collectionOf,
	numberOf,
	rowsOf,
	switchOf,
	textOf,
} from '../../nodes/LmsSync/actions/parameterValues';

const ODD = [undefined, null, '', 'false', 'true', 0, 1, 'deactivate ', ['leaveAlone'], {}];

describe('what an expression gives for a parameter', () => {
	it.each(ODD)('is no switch, if it is %j', (value) => {
		expect(() => switchOf('Dry Run', value)).toThrow(/^"Dry Run" is neither on nor off: .*true or false/);
	});

	it.each([true, false])('is a switch, if it is %j', (value) => {
		expect(switchOf('Dry Run', value)).toBe(value);
	});

	it.each(ODD)('is none of the choices, if it is %j', (value) => {
		const choose = () => choiceOf('People Out of Scope', value, ['leaveAlone', 'deactivate']);
		expect(choose).toThrow(/^"People Out of Scope" cannot be .*leaveAlone, deactivate/);
	});

	it('is the choice that it names', () => {
		expect(choiceOf('Match By', 'email', ['link', 'email'])).toBe('email');
	});

	it.each([['', 'many', null, -1, Infinity, NaN, []]].flat())('is no number, if it is %j', (value) => {
		expect(() => numberOf('Days', value)).toThrow(/^"Days" is not a number/);
	});

	it('is a number also as a text of figures, and a text whatever it is', () => {
		expect([numberOf('Days', '7'), numberOf('Days', 0)]).toEqual([7, 0]);
		const texts = [null, 7, ' a '].map((value) => textOf('Exclude', value));
		expect(texts).toEqual(['', '7', 'a']);
	});

	it.each([[{}], [['a']], [NaN], [() => 1], [10n], [Symbol('a')], [Object.create(null)]])(
		'is no text, if it is an object, a list or the like',
		(value) => {
			expect(() => textOf('Exclude', value)).toThrow(/^"Exclude" is no text: .*let it give a text/);
		},
	);

	it.each([[null], [undefined], ['a'], [7], [['a']]])('is no collection, if it is %j', (value) => {
		expect(() => collectionOf('Scope', value)).toThrow(/^"Scope" is of an unexpected form: .*in the editor/);
		expect(() => rowsOf('Filters', { filter: [value] }, 'filter')).toThrow(
			/^"Filters" is of an unexpected form/,
		);
	});

	it('has no rows by a name that all objects have', () => {
		expect(rowsOf('Filters', {}, 'constructor')).toEqual([]);
		expect(() => rowsOf('Filters', { filter: 'x' }, 'filter')).toThrow(/^The rows of "Filters" are no list/);
	});
});
