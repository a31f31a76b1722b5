import fc from 'fast-check';

import { sensitivityOf } from '../../../nodes/Personio/employee/sensitive';
import { ORDINARY, SLIPPERY } from './sensitiveLabels';

const of = (label: string) => sensitivityOf({ key: 'dynamic_4711', label, universalId: null });

const SENSITIVE: Record<string, string[]> = {
	pay: [
		...[
			'Gehaltsgruppe',
			'Bruttojahresgehalt',
			'Gehälter',
			'Festgehalt',
			'Fixgehalt',
			'Stundenlohn',
			'Vergütung',
		],
		...['Verguetungsmodell', 'Prämie', 'Praemienmodell', 'Provision Q1', 'Entgeltgruppe', 'Tarifstufe', 'VL'],
		...['Urlaubsgeld', 'Bonusziel', 'Salary', 'Base salary (EUR)', 'Payroll ID', 'Pay grade', 'Wage type'],
		...[
			'Compensation band',
			'Hourly rate',
			'Stock options',
			'VSOP',
			'Salaire brut',
			'Rémunération',
			'Salario',
		],
		...[
			'Sueldo base',
			'Nómina',
			'Retribuzione annua',
			'Stipendio',
			'Brutoloon',
			'Salarisschaal',
			'Belohnung',
		],
	],
	bank: [
		...['IBAN', 'Iban-Nummer', 'BIC', 'SWIFT', 'SWIFT-Code', 'Kontonummer', 'Bankverbindung', 'Bankleitzahl'],
		...[
			'Name der Bank',
			'Bank account',
			'Account holder',
			'Kreditkarte',
			'Compte bancaire',
			'Cuenta bancaria',
		],
		...['Conto corrente', 'Bankrekening', 'SEPA mandate'],
	],
	gender: [
		...[
			'Geschlecht',
			'Gender',
			'Gender (legal)',
			'Anrede',
			'Salutation',
			'Sex',
			'Sexe',
			'Civilité',
			'Sexo',
			'Género',
		],
		...['Sesso', 'Geslacht', 'Pronouns', 'Transgender'],
	],
	'birth date': [
		...[
			'Geburtstag',
			'Geburtsdatum',
			'Geburtsort',
			'Birthday',
			'Date of birth',
			'DOB',
			'Birthday party committee',
		],
		...['Alter', 'Age', 'Lebensalter', 'Date de naissance', 'Fecha de nacimiento', 'Data di nascita', 'Edad'],
		...['Geboortedatum', 'Leeftijd', 'Jahrgang'],
	],
	health: [
		...['Krankenkasse', 'Krankheitstage', 'Gesundheitszustand', 'Health insurance', 'Health', 'Sick days'],
		...[
			'Allergien',
			'Allergies',
			'Impfstatus',
			'Vaccination',
			'COVID-19',
			'Blutgruppe',
			'Mutterschutz',
			'Betriebsarzt',
		],
		...[
			'Schwangerschaft',
			'Medical certificate',
			'Santé',
			'Arrêt maladie',
			'Embarazo',
			'Malattia',
			'Ziekteverzuim',
		],
		...['Zwangerschap', 'Arbeitsunfähig seit'],
	],
	disability: [
		...['Schwerbehinderung', 'Grad der Behinderung', 'GdB', 'Disability', 'Disabled', 'Handicap', 'RQTH'],
		...['Invalidité', 'Discapacidad', 'Disabilità', 'Arbeidsbeperking'],
	],
	religion: [
		...[
			'Religion',
			'Konfession',
			'Kirchenzugehörigkeit',
			'Kirche',
			'Religious affiliation',
			'Church',
			'Faith',
		],
		...['Confession', 'Religión', 'Religione', 'Godsdienst', 'Glaube'],
	],
	'tax or social security': [
		...[
			'Steuerklasse',
			'Steuer-ID',
			'Steuernummer',
			'Tax ID',
			'Tax class',
			'ELStAM',
			'Sozialversicherungsnummer',
		],
		...[
			'SV-Nummer',
			'Rentenversicherungsnummer',
			'Social Security Number',
			'SSN',
			'National Insurance',
			'AHV-Nummer',
		],
		...['Numéro de sécurité sociale', 'Numéro fiscal', 'DNI', 'Codice fiscale', 'BSN', 'Burgerservicenummer'],
		...['Seguridad Social', 'Pension scheme', 'Betriebliche Altersvorsorge'],
	],
	'family status': [
		...['Familienstand', 'Marital status', 'Verheiratet', 'Anzahl Kinder', 'Kinderfreibetrag', 'Children'],
		...['Ehepartner', 'Spouse', 'Elternzeit', 'Family members', 'Situation familiale', 'Estado civil'],
		...['Stato civile', 'Burgerlijke staat', 'Hijos', 'Geschieden'],
	],
	nationality: [
		...[
			'Nationalität',
			'Nationality',
			'Staatsangehörigkeit',
			'Citizenship',
			'Aufenthaltstitel',
			'Work permit until',
		],
		...['Visum gültig bis', 'Passport number', 'Reisepass', 'Nationalité', 'Nacionalidad', 'Cittadinanza'],
		...['Nationaliteit', 'Ethnicity', 'Migrationshintergrund', 'Arbeitserlaubnis'],
	],
	'union membership': ['Gewerkschaft', 'Trade union', 'Syndicat', 'Sindicato', 'Vakbond'],
	'sexual orientation': ['Sexual orientation', 'Sexuelle Orientierung'],
	'criminal record': ['Führungszeugnis', 'Fuehrungszeugnis', 'Criminal record', 'Casier judiciaire'],
};

/** Look like the above, and say nothing of the kind. */
const HARMLESS = [
	...['Personalnummer', 'Trainings', 'Sprachkenntnisse', 'Ersthelfer:in', 'Profile page', 'Career level'],
	...['Arbeitsmodell', 'Private E-Mail', 'FTE', 'Bemerkungen', 'Kostenstelle', 'Laptop', 'Handynummer'],
	...['Salesforce', 'Salesforce-Zertifikat', 'Inhalt', 'Gehaltene Trainings', 'Letzte abgehaltene Schulung'],
	...[
		'Aufenthaltsraum',
		'Bankfiliale als Standort',
		'Datenbank-Kenntnisse',
		'Benutzerkonto',
		'Zeitkonto',
		'Swift developer',
	],
	...[
		'Gendern-Schulung',
		'Kalender',
		'Essex',
		'Middlesex office',
		'Generell',
		'Agentur',
		'Agenda',
		'Manager',
		'Stage',
	],
	...[
		'Alternative Rufnummer',
		'Verwalter',
		'Health & Safety Training',
		'Health and safety',
		'Gesundheitsschutz-Unterweisung',
	],
	...[
		'Arbeits- und Gesundheitsschutz',
		'Santé et sécurité au travail',
		'Seguridad y salud',
		'Erste Hilfe',
		'First aid',
	],
	...[
		'Mental Health First Aider',
		'Projektsteuerung',
		'Prozesssteuerung',
		'Steuerungsteam',
		'Taxonomie',
		'Taxi',
		'Syntax',
	],
	...[
		'Fiscal year',
		'Familienname',
		'Family name',
		'Job family',
		'Ehemalige Abteilung',
		'Kind of contract',
		'Partner',
	],
	...[
		'International',
		'National Sales',
		'Versicherungsvermittler (IDD)',
		'Standort Gelsenkirchen',
		'Account disabled',
	],
	...[
		'Invalid e-mail',
		'Provisioning',
		'Auto-provisioned',
		'Payload',
		'Wagenpark',
		'Numéro de salarié',
		'Salarié',
		'Mentor',
	],
	...[
		'Data migration lead',
		'Sexual Harassment Training',
		'Attestation',
		'Sankt Gallen',
		'Balloon',
		'Teilzeit',
	],
	...[
		'Nutzungslizenz',
		'Onboarding-Buddy',
		'Führerschein Klasse B',
		'T-Shirt-Größe',
		'Hire cohort',
		'Storage',
		'Language',
	],
];

describe('an attribute that says something about a person that is nobody’s business', () => {
	it.each([
		...Object.entries(SENSITIVE).flatMap(([topic, labels]) => labels.map((label) => [topic, label])),
		...SLIPPERY,
	])('about %s is found by its label: %s', (topic, label) => {
		expect([label, of(label!)]).toEqual([label, topic]);
	});

	it.each([...HARMLESS, ...ORDINARY])('is not "%s"', (label) => {
		expect(of(label)).toBeUndefined();
	});

	it.each([
		['fix_salary', 'pay'],
		['fix_salary_interval', 'pay'],
		['hourly_salary', 'pay'],
		['gender', 'gender'],
		['iban', 'bank'],
		['date_of_birth', 'birth date'],
		['fixSalary', 'pay'],
		['bankAccountNumber', 'bank'],
	])('is found by its key or by the name that Personio has for it: %s', (name, topic) => {
		expect(sensitivityOf({ key: name })).toBe(topic);
		expect(sensitivityOf({ key: 'dynamic_1', label: 'Feld 7', universalId: name })).toBe(topic);
	});

	it.each([
		...['id', 'first_name', 'last_name', 'preferred_name', 'email', 'status', 'position', 'supervisor'],
		...['employment_type', 'weekly_working_hours', 'hire_date', 'contract_end_date', 'termination_date'],
		...['termination_type', 'probation_period_end', 'created_at', 'last_modified_at', 'subcompany', 'office'],
		...['department', 'cost_centers', 'holiday_calendar', 'work_schedule', 'last_working_day', 'team'],
	])('is none of the other attributes of Personio: %s', (key) => {
		expect(sensitivityOf({ key })).toBeUndefined();
	});

	it('is found although the label says nothing, by the key alone, and the other way round', () => {
		expect(sensitivityOf({ key: 'fix_salary', label: 'Feld 1', universalId: null })).toBe('pay');
		expect(sensitivityOf({ key: 'dynamic_1', label: null, universalId: undefined })).toBeUndefined();
	});

	const label = fc.constantFrom(...Object.values(SENSITIVE).flat());

	it('is found however it is written: case, blanks, marks that cannot be seen', () => {
		const dressed = fc
			.tuple(label, fc.constantFrom('', '  ', '* ', '„', '1. '), fc.constantFrom('', ' *', ' (HR)', '!', ':'))
			.map(([text, before, after]) => `${before}${text}${after}`);
		fc.assert(
			fc.property(
				dressed.filter((text) => !text.includes('SWIFT')),
				(text) => {
					expect(of(text)).toBeDefined();
					expect(of(text.toUpperCase())).toBeDefined();
					expect(of(text.toLowerCase())).toBeDefined();
					expect(of(text.normalize('NFD'))).toBeDefined();
					expect(of(text.replaceAll(' ', '_'))).toBeDefined();
					expect(of(text.replace(/^(.{2})/u, '$1\u00ad'))).toBeDefined();
				},
			),
		);
	});

	it('is looked for in anything without a fault', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(['string', 'undefined']).toContain(typeof of(text));
			}),
		);
	});

	it('is looked for in a text of four times the length with about four times the work', () => {
		const workFor = (length: number) => {
			const text = 'a e '.repeat(length);
			const { user } = process.cpuUsage();
			of(text);
			return process.cpuUsage().user - user;
		};
		const least = (length: number) => Math.min(...[1, 2, 3].map(() => workFor(length)));
		expect(least(40_000) / least(10_000)).toBeLessThan(10);
	});
});
