import type { Person } from '../personio/types';
import { customOf, mailName, seeded } from './people';

const GF = 'Geschäftsführung';
const PEOPLE = 'People & Culture';
const PRODUCT = 'Produkt & Entwicklung';
const SALES = 'Vertrieb';
const SERVICE = 'Kundenservice';
const FINANCE = 'Finance';

/** First name, last name, position, department, team, index of the supervisor, hire date. */
type Row = readonly [string, string, string, string, string | null, number | null, string];

const ROWS: readonly Row[] = [
	['Annegret', 'Lindqvist-Baumgärtner', 'Geschäftsführerin', GF, 'Leitung', null, '2009-03-01'],
	['Cormac', "O'Donovan", 'Managing Director Ireland', GF, 'Leitung', 0, '2013-09-16'],
	['Jürgen', 'Großkreutz', 'Leiter Produkt & Entwicklung', PRODUCT, 'Plattform', 0, '2011-04-01'],
	['Heather', 'Whitcombe', 'Head of People & Culture', PEOPLE, 'HR Operations', 0, '2015-01-12'],
	['Thorsten', 'Müllerschön', 'Vertriebsleiter', SALES, 'Vertrieb DACH', 0, '2012-10-01'],
	['Niamh', 'Fitzgerald', 'Head of Customer Service', SERVICE, 'Support', 1, '2016-06-20'],
	['Brigitte', 'Öztürk', 'Leiterin Finanzen', FINANCE, 'Buchhaltung', 0, '2010-07-01'],
	['Sören', 'Västerbø', 'Lead Engineer', PRODUCT, 'Plattform', 2, '2014-11-03'],
	['Gemma', 'Hollingsworth', 'Product Designer', PRODUCT, 'Design', 2, '2018-02-05'],
	[
		'Maximiliane-Friederike',
		'Freifrau von Hohenstein-Liebenwerda',
		'UX Researcher',
		PRODUCT,
		'Design',
		8,
		'2019-05-02',
	],
	['Deniz', 'Yıldırım', 'Backend Engineer', PRODUCT, 'Plattform', 7, '2020-03-16'],
	['Oisín', 'Brannigan', 'Mobile Engineer', PRODUCT, 'Mobile', 7, '2021-08-30'],
	['Käthe', 'Überschär', 'QA Engineer', PRODUCT, 'Mobile', 7, '2022-01-10'],
	['Rupert', 'Ashdown', 'Mobile Engineer', PRODUCT, 'Mobile', 7, '2023-04-03'],
	['Zoë', 'van Dyck', 'Data Analyst', PRODUCT, 'Plattform', 7, '2024-10-01'],
	['Marlene', 'Süßmilch', 'HR Manager', PEOPLE, 'HR Operations', 3, '2017-09-01'],
	['Patrick', 'Mulcahy', 'Recruiter', PEOPLE, 'Recruiting', 3, '2019-02-11'],
	['Yasemin', 'Köhler', 'Recruiter', PEOPLE, 'Recruiting', 3, '2022-11-01'],
	['Bärbel', 'Jäger', 'HR Business Partner', PEOPLE, 'HR Operations', 3, '2014-04-01'],
	['Alasdair', 'McPherson', 'Account Executive', SALES, 'Sales UK & Ireland', 4, '2018-10-29'],
	['Ludwig', 'Schönfelder', 'Account Executive', SALES, 'Vertrieb DACH', 4, '2016-03-27'],
	['Saoirse', 'Kinsella', 'Sales Development Representative', SALES, 'Sales UK & Ireland', 19, '2024-01-08'],
	['Hannelore', 'Weiß', 'Vertriebsassistentin', SALES, 'Vertrieb DACH', 4, '2009-11-02'],
	['Jörg', 'Pfäffle', 'Key Account Manager', SALES, 'Vertrieb DACH', 4, '2013-02-01'],
	['Imogen', 'Carruthers', 'Key Account Manager', SALES, 'Sales UK & Ireland', 19, '2020-10-26'],
	['Declan', 'Gallagher', 'Support Specialist', SERVICE, 'Support', 5, '2021-03-29'],
	['Friedrich', 'Löwenthal', 'Support Specialist', SERVICE, 'Support', 5, '2022-06-01'],
	['Aoife', 'Delaney', 'Onboarding Manager', SERVICE, 'Onboarding', 5, '2019-11-18'],
	['Güler', 'Aydın', 'Support Specialist', SERVICE, 'Support', 5, '2023-09-04'],
	['Winifred', 'Pemberton-Smythe', 'Trainer', SERVICE, 'Onboarding', 27, '2015-08-17'],
	['Matthias', 'Hübner', 'Werkstudent Support', SERVICE, 'Support', 5, '2025-04-15'],
	['Eilís', 'Hanrahan', 'Accountant', FINANCE, 'Buchhaltung', 6, '2017-05-08'],
	['Rüdiger', 'Schäfer', 'Controller', FINANCE, 'Controlling', 6, '2018-12-03'],
];

const FIRST_ID = 7_201_004;
const ON_LEAVE = 18;
const REMOTE = new Set([7, 9, 14, 26, 30]);
const STUDENT = 30;

/**
 * 34 invented people in the shape of a vendor demo tenant: 33 active, one on leave, six departments, two
 * offices in different zones, a tree of supervisors, and the account that set the tenant up, almost empty.
 */
export function demoCompany(): Person[] {
	return [...ROWS.map(employee), tenantAdmin()];
}

function idAt(index: number): number {
	return FIRST_ID + index * 4 + (index % 3);
}

function employee(
	[firstName, lastName, position, department, team, boss, hireDate]: Row,
	index: number,
): Person {
	const names = mailName(firstName, lastName);
	const office = REMOTE.has(index) ? 'Remote' : 'Dublin';
	const minute = String(10 + index).padStart(2, '0');
	return seeded({
		id: idAt(index),
		firstName,
		lastName,
		preferredName: index % 6 === 1 ? firstName.slice(0, 3) : null,
		email: `${names}@nordhafen.example`,
		status: index === ON_LEAVE ? 'leave' : 'active',
		position,
		department,
		team,
		office,
		legalEntity: office === 'Dublin' ? 'Nordhafen Ireland Ltd' : 'Nordhafen Lernsysteme GmbH',
		employmentType: index === 29 ? 'external' : 'internal',
		supervisorId: boss === null ? null : idAt(boss),
		hireDate,
		contractEndDate: index === STUDENT ? '2027-09-30' : null,
		createdAt: `2025-05-12T08:${minute}:0${index % 10}Z`,
		lastModifiedAt: `2026-0${1 + (index % 9)}-14T13:${minute}:4${index % 10}Z`,
		custom: customOf(index, names),
	});
}

function tenantAdmin(): Person {
	return seeded({
		id: FIRST_ID + 150,
		firstName: 'Nadine',
		lastName: 'Administrator',
		email: 'it-admin@nordhafen.example',
		position: '',
		department: GF,
		hireDate: null,
		createdAt: '2025-05-12T07:30:00Z',
		lastModifiedAt: '2025-05-12T07:30:00Z',
	});
}
