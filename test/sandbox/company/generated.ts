import type { Person } from '../personio/types';
import { customOf, mailName, seeded } from './people';

const FIRST = (
	'Anna Björn Céline Dorothea Emil Fiona Gökhan Hanna Ingo Jana Kieran Lena Mirko Nele Orla Paul Quirin ' +
	'Rosalie Sönke Tilda Uwe Vera Wilma Xaver Yannick Zeynep Änne Özlem Ümit Graham Harriet Oliver'
).split(' ');

const LAST = (
	'Abel Böttcher Calloway Dürr Ehrlich Fairbanks Grünwald Hartley Imhof Jansen Köster Lübbers Marlowe ' +
	'Nußbaum Oakley Pöschl Quandt Röhrig Sattler Thornbury Uhlig Vöge Wakefield Xylander Yates Zöllner'
).split(' ');

const DEPARTMENTS = [
	'Entwicklung',
	'Vertrieb',
	'Service',
	'People',
	'Finanzen',
	'Logistik',
	'Marketing',
	'Recht',
];
const OFFICES = ['Hamburg', 'Dublin', 'Wien', 'New York', 'Remote', null];
const POSITIONS = ['Specialist', 'Manager', 'Analyst', 'Engineer', 'Consultant', 'Assistant'];
const FIRST_ID = 300_001;
const EPOCH = Date.UTC(2019, 0, 7, 8, 0, 0);

/** n people: always the same, and the beginning of any larger company. Tried up to 50,000. */
export function companyOf(n: number): Person[] {
	return Array.from({ length: n }, (_, index) => person(index));
}

function person(index: number): Person {
	const firstName = FIRST[index % FIRST.length]!;
	const round = Math.floor(index / (FIRST.length * LAST.length));
	const base = LAST[Math.floor(index / FIRST.length) % LAST.length]!;
	const lastName = round === 0 ? base : `${base}-${LAST[round % LAST.length]!}`;
	const names = mailName(firstName, lastName);
	const unique = round < LAST.length ? names : `${names}.${round}`;
	const department = DEPARTMENTS[index % DEPARTMENTS.length]!;
	const createdAt = `${new Date(EPOCH + index * 61_000).toISOString().slice(0, 19)}Z`;
	const office = OFFICES[index % OFFICES.length]!;
	return seeded({
		id: FIRST_ID + index,
		firstName,
		lastName,
		email: `${unique}@grossfirma.example`,
		position: POSITIONS[index % POSITIONS.length]!,
		department,
		team: index % 11 === 0 ? null : `${department} ${1 + (index % 5)}`,
		office,
		legalEntity: office === 'Dublin' ? 'Großfirma Ireland Ltd' : 'Großfirma GmbH',
		// A tree with nine to a boss; the first has none.
		supervisorId: index === 0 ? null : FIRST_ID + Math.floor((index - 1) / 9),
		hireDate: `${2001 + (index % 24)}-${String(1 + (index % 12)).padStart(2, '0')}-01`,
		createdAt,
		custom: customOf(index, unique),
		...stage(index),
	});
}

/** Most are active; a few are on leave, about to start or gone. */
function stage(index: number): Partial<Person> {
	if (index % 40 === 39) return { status: 'leave' };
	if (index % 50 === 49) return { status: 'onboarding', hireDate: '2031-01-01' };
	if (index % 25 === 24) {
		return { status: 'inactive', terminationDate: '2025-09-30', lastWorkingDay: '2025-09-12' };
	}
	return {};
}
