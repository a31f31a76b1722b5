import { languageCode } from '../../../nodes/LmsSync/sync/language';
import { fieldsOf, accountOf, aField, anEmployee, decided, valueFor } from './builders';

const CODES = ['de', 'en', 'es', 'fr', 'ht_HT', 'nl', 'nl_BE', 'no', 'pt', 'zh'];

describe('a language', () => {
	it.each([
		['de', 'de'],
		['DE', 'de'],
		[' de ', 'de'],
		['de-AT', 'de'],
		['de_DE', 'de'],
		['German', 'de'],
		['deutsch', 'de'],
		['Deutsch', 'de'],
		['allemand', 'de'],
		['Español', 'es'],
		['Espan\u0303ol', 'es'],
		['français', 'fr'],
		['Englisch', 'en'],
		['en-GB', 'en'],
		['nl-BE', 'nl_BE'],
		['nl_be', 'nl_BE'],
		['nl-NL', 'nl'],
		['Flemish', 'nl_BE'],
		['pt-BR', 'pt'],
		['zh-Hans-CN', 'zh'],
		['nb', 'no'],
		['nn-NO', 'no'],
		['Norwegian', 'no'],
	])('%s is %s', (text, code) => {
		expect(languageCode(text, CODES)).toBe(code);
	});

	it.each(['', 'Elvish', 'xx', 'ht', 'd', 'den', 'de AT', 'German, English'])('%j is none', (text) => {
		expect(languageCode(text, CODES)).toBeUndefined();
	});

	it('is none where the LMS does not know it', () => {
		expect(languageCode('German', ['en', 'fr'])).toBeUndefined();
		expect(languageCode('German', [])).toBeUndefined();
	});

	it('of a region falls back to the language, and never the other way round', () => {
		expect(languageCode('nl-BE', ['nl'])).toBe('nl');
		expect(languageCode('nl', ['nl_BE'])).toBeUndefined();
	});
});

describe('the language of a person', () => {
	const speaks = (value: string | null) => anEmployee(1, { custom: { dynamic_1: value } });
	const about = (value: string | null, held?: string) =>
		decided(
			speaks(value),
			[accountOf(speaks(value), { custom: held === undefined ? {} : { Language: held } })],
			{ fieldMapping: [{ attribute: 'dynamic_1', field: 'Language' }] },
			{ lms: { fields: [aField('Language', 'language', CODES)] } },
		);

	it('is written by its code, and only where it is another one', () => {
		expect(valueFor(about('Deutsch'), 'custom.Language')).toBe('de');
		expect(valueFor(about('Deutsch', 'en'), 'custom.Language')).toBe('de');
		expect(about('Deutsch', 'de').action).toBe('none');
	});

	it('is never taken away', () => {
		expect(about(null, 'de')).toMatchObject({ action: 'none', changes: [] });
		expect(about('', 'de').action).toBe('none');
	});

	it('that the LMS does not know stays as it is, with a note', () => {
		const decision = about('Elvish', 'de');
		expect(fieldsOf(decision)).toEqual([]);
		expect(decision.notes).toEqual([expect.stringMatching(/"Elvish".*"Language".*one language/)]);
	});
});
