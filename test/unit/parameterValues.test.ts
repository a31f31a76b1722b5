import { choiceOf, numberOf, switchOf, textOf } from '../../nodes/LmsSync/actions/parameterValues';

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
		expect([textOf(null), textOf(7), textOf(' a ')]).toEqual(['', '7', 'a']);
	});
});
