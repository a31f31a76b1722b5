import * as fc from 'fast-check';

import { demoRun } from './demoRun';
import { explanationOf, invited, itemOf, someRun } from './items';
import { csvOf } from '../../../nodes/LmsSync/report/csv';
import { pageOf } from '../../../nodes/LmsSync/report/page/page';
import { pseudonymised as salted } from '../../../nodes/LmsSync/report/pseudonyms';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import { learnerId, type SyncItem } from '../../../nodes/shared/item';
import { movedInPersonio, withdrawn } from '../../../nodes/LmsSync/sync/approval';
import type { ApplicableDecision, Employee, PassportEntry } from '../../../nodes/shared/item';
import { anEmployee, accountOf, marked, planned, plannedIn, reportsTo } from '../sync/builders';

/** A report in which nobody is named. */

const SALT = 'salt';
const pseudonymised = (items: SyncItem[]): SyncItem[] => salted(items, SALT);

const outputsOf = (items: SyncItem[]): string[] => {
	const summary = summarise(pseudonymised(items));
	return [pageOf(summary), csvOf(summary), JSON.stringify(summary.report)];
};

/** Sentences of a report about somebody, whoever is told in them. */
const reasonFor = (item: SyncItem, others: SyncItem[] = []): string =>
	summarise(pseudonymised([item, ...others])).rows[0]?.item.decision?.reason ?? '';

const anna = anEmployee(7_201_004, {
	firstName: 'Anna',
	lastName: 'Berg',
	preferredName: 'Annika',
	email: 'anna.berg@acme.example',
});
const ben = anEmployee(7_201_005, { firstName: 'Ben', lastName: "O'Donovan", email: 'ben@acme.example' });
const about = (reason: string) => itemOf(anna, { action: 'update', dryRun: false }, reason);
const ANNA = summarise(pseudonymised([about('')])).rows[0]?.who ?? '';
const BEN = summarise(pseudonymised([itemOf(ben, { action: 'none', dryRun: false }, '')])).rows[0]?.who ?? '';

it('the same person has the same pseudonym everywhere in a report, by the Personio id alone', () => {
	expect(ANNA).toMatch(/^Person [0-9a-f]{10}$/);
	const renamed = { ...anna, firstName: 'Else', email: 'else@acme.example' };
	const [row] = summarise(pseudonymised([itemOf(renamed, { action: 'none', dryRun: true }, '')])).rows;
	expect(row?.who).toBe(ANNA);
	const learner = accountOf(anna, { id: learnerId('77') });
	const [orphan] = summarise(pseudonymised([{ learner, error: 'Refused.' }])).rows;
	expect(orphan?.who).toBe(ANNA);
	expect(orphan?.item.employee).toBeUndefined();
});

it('nobody finds a pseudonym by a Personio id or an address, since each report has another salt', () => {
	const items = [
		about(''),
		{ learner: accountOf(ben, { link: null, id: learnerId('b@x.example') }), error: 'x' },
	];
	const whoIn = (salt: string) => summarise(salted(items, salt)).rows.map(({ who }) => who);
	const [first, second] = [whoIn('a'), whoIn('b')];
	for (const who of first) expect(second).not.toContain(who);
	expect(whoIn('a')).toEqual(first);
});

it('an account without a Personio id has one by its own id', () => {
	const learner = accountOf(anna, { link: null });
	const [row] = summarise(pseudonymised([{ learner, error: 'Refused.' }])).rows;
	expect(row?.who).toMatch(/^Person [0-9a-f]{10}$/);
	expect(row?.who).not.toBe(ANNA);
});

it('an account and an employee with one number are two people', () => {
	const learner = accountOf(ben, { link: null, id: learnerId(anna.id) });
	const [row] = summarise(pseudonymised([{ learner, error: 'Refused.' }])).rows;
	expect(row?.who).not.toBe(ANNA);
});

it.each([
	['Anna Berg', ANNA],
	['Berg, Anna', ANNA],
	['ANNA BERG', ANNA],
	['Annika Berg', ANNA],
	['Annika', ANNA],
	['Berg', ANNA],
	["Ben O'Donovan", BEN],
	['Ben O’Donovan', BEN],
	['anna.berg@acme.example', 'hidden address'],
	['ANNA.BERG@ACME.EXAMPLE', 'hidden address'],
	['Anna Berg (anna.berg@acme.example)', ANNA],
	['stranger@elsewhere.example', 'hidden address'],
	['@ben@acme.example', 'hidden address'],
	['Jörg.Ström@sub.example.org', 'hidden address'],
])('%s is told as %s', (named, told) => {
	const others = [itemOf(ben, { action: 'none', dryRun: false }, '')];
	expect(reasonFor(about(`Nothing about ${named}: not known.`), others)).toBe(
		`Nothing about ${told}: not known.`,
	);
});

describe('somebody who is no item', () => {
	/** The items that the plan lets out, and its summary. */
	const itemsOf = ({ people, explain, summary }: ReturnType<typeof planned>): SyncItem[] => [
		...people
			.filter(({ decision }) => decision.action !== 'none' || decision.notes)
			.map(({ employee, learner, decision, ...rest }) => ({
				...(employee && { employee }),
				...(learner && { learner }),
				decision: { ...decision, explanation: explain({ employee, learner, decision, ...rest } as never) },
			})),
		{ run: summary },
	];
	const situations: Record<string, (person: Partial<Employee>) => SyncItem[]> = {
		'with the same address': (person) => {
			const [one, other] = [anEmployee(6, person), anEmployee(7)].map((each) => ({
				...each,
				email: 's@x.example',
			}));
			return itemsOf(
				planned({ employees: [one, other] as Employee[], lms: { learners: [accountOf(one as Employee)] } }),
			);
		},
		'with the same address as two others': (person) => {
			const all = [anEmployee(6, person), anEmployee(7), anEmployee(8, person)].map((each) => ({
				...each,
				email: 's@x.example',
			}));
			const learners = [all[0], all[2]].map((each) => accountOf(each as Employee));
			return itemsOf(planned({ employees: all, lms: { learners } }));
		},
		'who is a supervisor without an account': (person) => {
			const [boss, report] = [anEmployee(5, person), anEmployee(1, reportsTo(5))];
			const former = anEmployee(6, person);
			const learners = [marked(report, former.id), marked(former, null)];
			const settings = { scope: { exclude: ['5'] } };
			return itemsOf(plannedIn([report, boss, former], learners, { settings }));
		},
		'who is in a ring of managers': (person) => {
			const all = [
				anEmployee(1, { ...person, ...reportsTo(2) }),
				anEmployee(2, { ...person, ...reportsTo(3) }),
				anEmployee(3, reportsTo(1)),
			];
			const items = itemsOf(
				plannedIn(
					all,
					all.map((each) => marked(each, null)),
				),
			);
			// The others may have been lost on the way.
			return items.filter(({ employee, run }) => run !== undefined || employee?.id === '3');
		},
		'who is in a ring of two managers': (person) => {
			const all = [anEmployee(1, { ...person, ...reportsTo(2) }), anEmployee(2, reportsTo(1))];
			const items = itemsOf(
				plannedIn(
					all,
					all.map((each) => marked(each, null)),
				),
			);
			return items.filter(({ employee, run }) => run !== undefined || employee?.id === '2');
		},
	};
	const names: Array<[string | null, string | null]> = [
		['小明', '王'],
		['محمد', 'العلي'],
		['דוד', 'כהן'],
		['anna', 'de vries'],
		['Ngozi', "d'Person"],
		['José', 'y Person'],
		['Ludwig', 'v. Person'],
		['Zoë', 'Van Dyck'],
		['X Æ', 'A-12'],
		['Anna (Anni)', 'Person'],
		['Li', 'O'],
		[null, 'Young'],
		['Hello. This is', 'a Name'],
		['Anna and Ben', 'of York, Kent'],
	];
	const cases = Object.keys(situations).flatMap((kind) =>
		names.map(([first, last]) => [kind, first, last] as const),
	);

	it.each(cases)('%s is told as anybody else, whatever the name: %s %s', (kind, firstName, lastName) => {
		const told = (person: Partial<Employee>) =>
			outputsOf((situations[kind] as (typeof situations)[string])(person)).map(
				(text) =>
					// Texts are numbered by their first use, which does not depend on names.
					text,
			);
		const other = told({ firstName: 'Qqqqq', lastName: 'Wwwww' });
		expect(other.join()).not.toMatch(/Qqqqq|Wwwww/);
		expect(other.join()).toMatch(/Person [0-9a-f]{10} \(Personio id/);
		expect(told({ firstName, lastName })).toEqual(other);
	});
});

it('a supervisor without access by now, of whom an undo tells, is somebody', () => {
	const note = 'Heather Whitcombe, Li Moss: without access by now, so not manager or report again.';
	const item = itemOf(anna, { action: 'reactivate', dryRun: false }, 'x', { notes: [note] });
	const [row] = summarise(pseudonymised([item])).rows;
	expect(row?.item.decision?.notes).toEqual([
		'Somebody: without access by now, so not manager or report again.',
	]);
});

it('an approved decision that is held again does not tell the new name', () => {
	const decision = itemOf(anna, { action: 'update', dryRun: false }, 'x').decision as ApplicableDecision;
	const facts = { ...explanationOf(anna).facts, dynamic_1: 'Anni' };
	const before = { ...anna, custom: { dynamic_1: 'Anni' } };
	const fresh = { ...anna, lastName: 'Talheimer', custom: { dynamic_1: 'Maja' } };
	const explained = { ...decision, explanation: { ...explanationOf(anna), facts } };
	const again = withdrawn(explained, anna, undefined, movedInPersonio(before, explained, fresh));
	const passport = [{ attribute: 'dynamic_1', label: 'Rufname', why: [], goesTo: [], delivered: true }];
	const items: SyncItem[] = [{ employee: before, decision: again }, { run: someRun({ passport }) }];
	expect(again.hold.message).toContain('dynamic_1 was Anni and is Maja');
	for (const output of outputsOf(items)) expect(output).not.toMatch(/Talheimer|Anni|Maja/);
});

describe('fields that hold names', () => {
	const entry = (attribute: string, goesTo: string[], label?: string): PassportEntry => ({
		attribute,
		...(label !== undefined && { label }),
		why: ['field mapping'],
		goesTo,
		delivered: true,
	});
	const passport = [
		entry('preferredName', ['First name', 'Known As']),
		entry('dynamic_7', ['Anrede'], 'Rufname'),
		entry('department', ['Department']),
	];

	it.each([
		['Known As', 'Anneliese', 'Else', true],
		['known_as', 'Anneliese', 'Else', true],
		['Anrede', 'Anneliese', 'Else', true],
		['Display Name', 'Ina Talheimer', 'Ina Mohn', true],
		['Titel', 'Anna Talheimer', 'Anna Berg', true],
		['Department', 'Sales', 'Product', false],
		['Cost centre name', 'North', 'South', false],
	])('%s: %s and %s are hidden: %s', (label, from, to, isHidden) => {
		const changes = [{ field: `custom.${label}`, label, from, to }];
		const item = itemOf(anna, { action: 'update', dryRun: false }, `Differs in ${label}.`, {
			changes,
			notes: [`"${to}" was not written to "${label}".`],
		});
		const items = [item, { run: someRun({ dryRun: false, passport }) }];
		for (const output of outputsOf(items)) {
			for (const value of [from, to]) expect(output.includes(value)).toBe(!isHidden);
		}
	});

	it('facts and notes of such an attribute are hidden', () => {
		const employee = { ...anna, custom: { dynamic_7: 'Anneliese' } };
		const facts = { ...explanationOf(anna).facts, dynamic_7: 'Anneliese' };
		const item = itemOf(employee, { action: 'update', dryRun: false }, 'x', {
			notes: ['"Anneliese" was not written to "Anrede".'],
			explanation: { ...explanationOf(anna), facts },
		});
		for (const output of outputsOf([item, { run: someRun({ passport }) }])) {
			expect(output).not.toContain('Anneliese');
		}
	});
});

describe('what a platform makes of a name', () => {
	const failureOf = (firstName: string | null, lastName: string, error: string) => {
		const employee = anEmployee(1, { firstName, lastName, email: 'x@acme.example' });
		const [failed] = summarise(pseudonymised([{ ...invited(employee, false), error }])).report.failed;
		return failed?.message.replaceAll(failed.who, 'WHO');
	};

	it.each([
		['Jörg', 'Müller', '"joerg.mueller" is taken', '"WHO" is taken'],
		['Jörg', 'Müller', 'Joerg Mueller, MUELLER', 'WHO, WHO'],
		['Änne', 'Strauß', 'aenne_strauss', 'WHO'],
		['Änne', 'Strauß', 'Strauß', 'WHO'],
		['Bjørn', 'Ås', 'bjoern.aas', 'WHO'],
		['An', 'Li', 'Li refused; An Li; "Li, An"; Li’s account', 'WHO refused; WHO; "WHO"; WHO’s account'],
		['Anna', 'Berg', 'User annaberg, BergAnna', 'User WHO, WHO'],
		['小明', '王', '王小明, 王 小明', 'WHO, WHO'],
		[null, 'Young', 'Young has a young account', 'WHO has a young account'],
		['Grant', 'Young', 'Ms Young declined. Grant it a right', 'Ms WHO declined. Grant it a right'],
		['In', 'May', 'Of May it may be said', 'Of WHO it may be said'],
	])('%s %s in "%s" is not named', (first, last, error, told) => {
		expect(failureOf(first, last, error)).toBe(told);
	});
});

it('names are found in either form of Unicode', () => {
	const zoe = { ...anna, firstName: 'Zoë'.normalize('NFC'), lastName: 'Übermut'.normalize('NFD') };
	const item = itemOf(zoe, { action: 'update', dryRun: true }, 'Zoë Übermut'.normalize('NFD'));
	expect(reasonFor(item)).toBe(ANNA);
	expect(
		reasonFor({ ...item, decision: { ...item.decision, reason: 'Zoë Übermut'.normalize('NFC') } as never }),
	).toBe(ANNA);
});

it('a name that is a word of the sentences keeps them readable, and is found beside the other name', () => {
	const will = { ...anna, firstName: 'Will', lastName: 'May', preferredName: null };
	const item = itemOf(will, { action: 'update', dryRun: true }, 'Will May will be updated and may log in.');
	expect(reasonFor(item)).toBe(`${ANNA} will be updated and may log in.`);
});

it('a name that two people have is that of the person whom the sentence is about', () => {
	const other = itemOf({ ...ben, firstName: 'Anna' }, { action: 'none', dryRun: false }, 'See Anna.');
	const [first, second] = summarise(pseudonymised([about('See Anna.'), other])).rows;
	expect(first?.item.decision?.reason).toBe(`See ${ANNA}.`);
	expect(second?.item.decision?.reason).toBe(`See ${BEN}.`);
});

it('values of names and addresses are masked, and others are not', () => {
	const item = itemOf(anna, { action: 'update', dryRun: false }, 'Differs.', {
		changes: [
			{ field: 'email', from: 'old@acme.example', to: 'anna.berg@acme.example' },
			{ field: 'lastName', from: 'Tal', to: 'Berg' },
			{ field: 'custom.Department', label: 'Department', from: 'IT', to: 'Sales' },
			{ field: 'custom.Boss', label: 'Boss', from: null, to: 'ben@acme.example' },
		],
		explanation: explanationOf(anna),
	});
	const decision = summarise(pseudonymised([item])).rows[0]?.item.decision;
	expect(decision?.changes.map(({ from, to }) => [from, to])).toEqual([
		['hidden', 'hidden'],
		['hidden', 'hidden'],
		['IT', 'Sales'],
		[null, 'hidden address'],
	]);
	expect(decision?.explanation?.facts).toMatchObject({
		email: 'hidden',
		firstName: 'hidden',
		status: 'active',
	});
});

it('a part of a former address is no name', () => {
	const changes = [{ field: 'email', from: 'a.berg@hamburg.example', to: anna.email ?? '' }];
	const item = itemOf(anna, { action: 'update', dryRun: false }, 'Leaves Hamburg.', { changes });
	expect(reasonFor(item)).toBe('Leaves Hamburg.');
});

it('managers and whoever approved are told without their names', () => {
	const manager = { label: 'm', from: null, to: ben.id, toName: "Ben O'Donovan" };
	const approved = { by: 'Carla Wick', at: '2026-03-10T10:00:00Z', code: 'limitExceeded' as const };
	const outputs = outputsOf([
		{ ...itemOf(anna, { action: 'update', dryRun: false }, 'Asked Carla Wick.', { manager, approved }) },
	]);
	for (const output of outputs) expect(output).not.toMatch(/Donovan|Carla|Wick/);
	expect(outputs[0]).toContain(BEN);
});

it('the demo company is not named, and is told by its ids', () => {
	const items = demoRun(false);
	const named = items.flatMap(({ employee, learner }) => {
		const person = employee ?? learner;
		return person ? [`${person.firstName} ${person.lastName}`, person.lastName, person.email] : [];
	});
	for (const output of outputsOf(items)) {
		for (const name of named) if (name && name !== 'Administrator') expect(output).not.toContain(name);
		expect(output).toContain('7201154');
		expect(output).not.toMatch(/@nordhafen|Hanrahan/);
	}
});

describe('whatever people are called and whatever is told of them', () => {
	const letters = 'abcdefghijklmnopqrstuvwxyzäöüßéèçñłøşğıİčžěабвгд';
	const name = fc
		.tuple(
			fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 8 }),
			fc.constantFrom('', '', '-', "'", ' '),
			fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 6 }),
		)
		// Such a beginning is no word of the page.
		.map(([first, joint, second]) => `Qx${first}${joint === '' ? '' : `${joint}Zq`}${second}`);
	const person = fc.record({
		first: name,
		last: name,
		preferred: name,
		manager: name,
		learner: name,
		user: name,
	});
	const form = fc.constantFrom<(text: string) => string>(
		(text) => text,
		(text) => text.toUpperCase(),
		(text) => text.normalize('NFD'),
		(text) => text.normalize('NFC'),
	);
	const pattern = fc.constantFrom<(a: string, b: string, mail: string) => string>(
		(a, b) => `LMS refused ${a} ${b}: no seat.`,
		(a, b) => `${b}, ${a}`,
		(_, b, mail) => `${b} (${mail}) is there twice`,
		(a, _, mail) => `mailto:${mail}?${a}`,
		(a, b) => `"${a}"/<${b}>`,
	);

	it('no name and no address is anywhere in the outputs', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(person, form, pattern), { minLength: 1, maxLength: 4 }), (people) => {
				const mails = people.map(([{ first, last }], index) =>
					`${first}.${last}${index}@x.example`.replaceAll(' ', ''),
				);
				const told = people.map(([{ first, last }, shaped, sentence], index) =>
					shaped(sentence(first, last, mails[index] ?? '')),
				);
				const everything = told.join(' – ');
				const items = people.flatMap(
					([{ first, last, preferred, manager, learner, user }], index): SyncItem[] => {
						const employee = anEmployee(100_000 + index, {
							firstName: first,
							lastName: last,
							preferredName: preferred,
							email: mails[index] ?? null,
							supervisor: { id: anna.id, email: `${manager.replaceAll(' ', '')}@y.example` },
						});
						const item = invited(employee, false);
						const account = accountOf(employee, {
							firstName: learner,
							username: user,
							email: `${user.replaceAll(' ', '')}@z.example`,
						});
						const over = {
							reason: everything,
							notes: [told[index] ?? ''],
							manager: { label: 'm', from: null, to: anna.id, toName: manager },
							explanation: explanationOf(employee, { guards: [everything] }),
						};
						return [
							{ ...item, learner: account, decision: { ...item.decision, ...over } as never },
							itemOf(employee, { action: 'hold', dryRun: false }, everything, {
								hold: { code: 'noName', message: everything },
							}),
							{ employee, learner: account, error: everything },
							{ learner: account, error: `${user} ${manager} ${preferred}` },
						];
					},
				);
				const run = someRun({
					dryRun: false,
					alerts: [{ code: 'manyChanges', message: everything }],
					gaps: [{ code: 'notListed', message: everything }],
					makes: { groups: [told[0] ?? ''], fields: [] },
				});
				const names = people.flatMap(([each]) => Object.values(each));
				for (const output of outputsOf([...items, { run }, { error: everything }])) {
					const plain = output.normalize('NFC').toLowerCase();
					for (const each of names) expect(plain).not.toContain(each.normalize('NFC').toLowerCase());
					expect(output).not.toMatch(/@[xyz]\.example/i);
				}
			}),
			{ numRuns: 60 },
		);
	});
});
