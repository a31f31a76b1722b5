import { memo } from '../../../nodes/shared/memo';

describe('a remembered function', () => {
	it('is asked once about the same text', () => {
		const asked: string[] = [];
		const upper = memo((text) => (asked.push(text), text.toUpperCase()));
		expect([upper('a'), upper('b'), upper('a')]).toEqual(['A', 'B', 'A']);
		expect(asked).toEqual(['a', 'b']);
	});

	it('keeps an empty answer too', () => {
		let times = 0;
		const empty = memo(() => (times++, ''));
		expect([empty('x'), empty('x')]).toEqual(['', '']);
		expect(times).toBe(1);
	});

	it('does not grow without end, and answers rightly all the same', () => {
		let times = 0;
		const count = memo((text) => (times++, `${text}!`));
		for (let index = 0; index < 10_001; index++) expect(count(String(index))).toBe(`${index}!`);
		expect(count('0')).toBe('0!');
		expect(times).toBe(10_002);
	});
});
