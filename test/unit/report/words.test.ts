import { alertTitle, factTitle, holdWords, stepWord } from '../../../nodes/LmsSync/report/words';

/** Names that come from outside and that all objects have. */

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
	'"%s" is a name like any other',
	(name) => {
		expect(factTitle(name)).toBe(name);
		expect(stepWord(name as never)).toBe(name);
		expect(typeof holdWords(name).title).toBe('string');
		expect(typeof alertTitle(name as never)).toBe('string');
	},
);

it('the names that are known have their words', () => {
	expect(stepWord('mapGroups')).toBe('groups');
	expect(holdWords('noEmail').title).not.toContain('noEmail');
});
