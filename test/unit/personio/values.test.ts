import { calendarDate, customValue, instant, isEmpty, status } from '../../../nodes/Personio/employee/values';

describe('an empty value', () => {
	it.each([[null], [''], [[]]])('may come as %j', (value) => {
		expect(isEmpty(value)).toBe(true);
		expect(customValue(value, 'standard')).toBeNull();
	});

	it.each([[0], [false], ['0'], [{}], [['a']]])('is not %j', (value) => {
		expect(isEmpty(value)).toBe(false);
	});
});

describe('a calendar date', () => {
	it.each([
		['2014-11-09T00:00:00+01:00', '2014-11-09'],
		['2014-11-09T00:00:00+0100', '2014-11-09'],
		['2014-11-09T00:00:00-05:00', '2014-11-09'],
		['1835-02-01T00:00:00+00:53', '1835-02-01'],
		['2014-11-09T00:00:00Z', '2014-11-09'],
		['2014-11-09', '2014-11-09'],
	])('is the day that is written in %s, whatever its offset', (written, day) => {
		expect(calendarDate(written)).toBe(day);
	});

	it.each([['09.11.2014'], ['tomorrow'], [20141109], [null], [{}], [undefined]])(
		'is unknown where %j is written',
		(written) => {
			expect(calendarDate(written)).toBeUndefined();
		},
	);
});

describe('an instant', () => {
	it.each([
		['2026-10-05T18:45:10+02:00', '2026-10-05T16:45:10.000Z'],
		['2026-10-05T18:45:10+0200', '2026-10-05T16:45:10.000Z'],
		['2026-10-05T18:45:10-0330', '2026-10-05T22:15:10.000Z'],
		['2026-10-05T16:45:10Z', '2026-10-05T16:45:10.000Z'],
	])('written as %s is %s', (written, utc) => {
		expect(instant(written)).toBe(utc);
	});

	it.each([['soon'], [1_700_000_000], [null], [undefined]])('is unknown where %j is written', (written) => {
		expect(instant(written)).toBeUndefined();
	});
});

describe('a status', () => {
	it.each(['active', 'inactive', 'onboarding', 'leave'])('%s is known in capitals too', (known) => {
		expect(status(known)).toBe(known);
		expect(status(known.toUpperCase())).toBe(known);
	});

	it.each([['UNSPECIFIED'], ['retired'], [''], [1], [null]])('%j is unknown', (unknown) => {
		expect(status(unknown)).toBeUndefined();
	});
});

describe('tags', () => {
	it.each([
		['a comma-joined text', 'First aid,Fire safety', ['First aid', 'Fire safety']],
		['a text with blanks and gaps', ' First aid , ,Fire safety,', ['First aid', 'Fire safety']],
		['a single tag', 'First aid', ['First aid']],
		['a JSON list in a text', '["First aid","Doors, gates"]', ['First aid', 'Doors, gates']],
		['a list', ['First aid', 'Fire safety'], ['First aid', 'Fire safety']],
		['a tag that only begins like a JSON list', '[new],old', ['[new]', 'old']],
	])('are read from %s', (_form, value, expected) => {
		expect(customValue(value, 'tags')).toEqual(expected);
		expect(customValue(value, 'STRING_LIST')).toEqual(expected);
	});
});

describe('a custom value', () => {
	it.each([
		['integer', 7, 7],
		['DOUBLE', 7.5, 7.5],
		['decimal', '7.50', '7.50'],
		['boolean', false, false],
		['string', 'Night shift', 'Night shift'],
		['link', 'https://example.com/a', 'https://example.com/a'],
		['multiline', 'one\ntwo', 'one\ntwo'],
		['DATE', '2024-01-15T00:00:00+0100', '2024-01-15'],
	])('of type %s keeps its plain form: %j', (type, value, expected) => {
		expect(customValue(value, type)).toBe(expected);
	});

	it('is taken as it is where no type is delivered', () => {
		expect(customValue('Night shift')).toBe('Night shift');
		expect(customValue(5)).toBe(5);
	});

	it('is taken as it is where the type is delivered empty', () => {
		expect(customValue('Night shift', null as unknown as string)).toBe('Night shift');
	});

	it.each([
		['an object', 'standard', { name: 'x' }],
		['an object for tags', 'tags', { name: 'x' }],
		['a number for a date', 'date', 20240115],
		['a list of objects', 'STRING_LIST', [{ id: 1 }]],
		['a list of objects without a type', undefined, [{ id: 1 }]],
		['a JSON list of objects in a text', 'tags', '[{"id":1}]'],
	])('of an unexpected form counts as not delivered: %s', (_form, type, value) => {
		expect(customValue(value, type)).toBeUndefined();
	});
});
