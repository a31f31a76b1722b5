import type { Person, PersonInput } from '../personio/types';
import { CUSTOM, LANGUAGES, TRAININGS, WORK_MODELS } from './attributes';

const FOLDED: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ø: 'o', ı: 'i' };

/** `Jürgen Groß` to `juergen.gross`. */
export function mailName(...names: string[]): string {
	return names
		.map((name) =>
			name
				.toLowerCase()
				.replace(/[äöüßøı]/g, (letter) => FOLDED[letter]!)
				.normalize('NFD')
				.replace(/[^a-z -]/g, '')
				.replace(/ +/g, '-'),
		)
		.join('.');
}

function pad(number: number, width = 2): string {
	return String(number).padStart(width, '0');
}

/** Values that follow from a person's place in the list: varied, and the same each time. */
export function customOf(index: number, names: string): Record<string, unknown> {
	const day = `${pad(1 + ((index * 5) % 12))}-${pad(1 + ((index * 11) % 28))}`;
	return {
		[CUSTOM.personnelNumber]: `NH-${pad(1000 + index * 7, 5)}`,
		[CUSTOM.birthday]: `${1962 + ((index * 7) % 40)}-${day}`,
		[CUSTOM.trainings]: TRAININGS.filter((_, bit) => (index >> bit) & 1),
		[CUSTOM.languages]: LANGUAGES.slice(index % 2, 1 + (index % 4)),
		[CUSTOM.firstAider]: index % 5 === 0 ? 'ja' : 'nein',
		[CUSTOM.profileLink]: index % 4 === 0 ? null : `https://people.nordhafen.example/${names}`,
		[CUSTOM.level]: index % 9 === 0 ? null : 1 + (index % 6),
		[CUSTOM.workModel]: WORK_MODELS[index % 3],
		[CUSTOM.permitUntil]: index % 13 === 0 ? '2028-06-30' : null,
		[CUSTOM.privateEmail]: index % 3 === 0 ? null : `${names}@privat.example`,
		[CUSTOM.share]: index % 6 === 0 ? 0.5 : 1,
		[CUSTOM.notes]: index % 10 === 0 ? 'Zeile eins\nZeile zwei' : null,
	};
}

/** The part that all seeded people share. */
export function seeded(
	input: PersonInput & Pick<Person, 'id' | 'firstName' | 'lastName' | 'createdAt'>,
): Person {
	return {
		preferredName: null,
		email: null,
		status: 'active',
		position: null,
		department: null,
		team: null,
		office: null,
		legalEntity: null,
		employmentType: 'internal',
		supervisorId: null,
		hireDate: null,
		contractEndDate: null,
		terminationDate: null,
		lastWorkingDay: null,
		lastModifiedAt: input.createdAt,
		custom: {},
		...input,
	};
}
