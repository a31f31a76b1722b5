import { tidy } from '../../shared/tidy';

/** Languages in which the name of a language is understood. */
const SPOKEN = ['en', 'de', 'fr', 'es', 'it', 'nl'];

const key = (text: string): string => tidy(text).toLowerCase().replace(/-/g, '_');

/**
 * The code that an LMS uses for a language: `de` for `de`, `de-AT`, `de_DE`, `German` and `Deutsch`.
 *
 * @param codes those that the LMS knows, e.g. `de` or `nl_BE`
 * @returns `undefined` for a language that the LMS does not know
 */
export function languageCode(text: string, codes: readonly string[]): string | undefined {
	const wanted = key(text);
	const [base = ''] = wanted.split('_');
	return (
		codes.find((code) => key(code) === wanted) ??
		codes.find((code) => namesOf(code).has(wanted)) ??
		codes.find((code) => code === (NORWEGIAN.has(base) ? 'no' : base))
	);
}

/** Both written forms of Norwegian have codes of their own. */
const NORWEGIAN = new Set(['nb', 'nn']);

const names = new Map<string, Set<string>>();

function namesOf(code: string): Set<string> {
	let found = names.get(code);
	if (found === undefined) {
		const tag = code.replace('_', '-');
		found = new Set(
			[...SPOKEN, tag].flatMap((language) => {
				try {
					return key(new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? '');
				} catch {
					return [];
				}
			}),
		);
		names.set(code, found);
	}
	return found;
}
