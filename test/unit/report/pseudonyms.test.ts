import * as fc from 'fast-check';

import { demoRun } from './demoRun';
import { explanationOf, invited, itemOf, someRun } from './items';
import { csvOf } from '../../../nodes/LmsSync/report/csv';
import { pageOf } from '../../../nodes/LmsSync/report/page/page';
import { pseudonymised } from '../../../nodes/LmsSync/report/pseudonyms';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import { learnerId, type SyncItem } from '../../../nodes/shared/item';
import { anEmployee, accountOf } from '../sync/builders';

/** A report in which nobody is named. */

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

it('the same person has the same pseudonym in every run, by the Personio id alone', () => {
	expect(ANNA).toMatch(/^Person [0-9a-f]{8}$/);
	const renamed = { ...anna, firstName: 'Else', email: 'else@acme.example' };
	const [row] = summarise(pseudonymised([itemOf(renamed, { action: 'none', dryRun: true }, '')])).rows;
	expect(row?.who).toBe(ANNA);
	const learner = accountOf(anna, { id: learnerId('77') });
	const [orphan] = summarise(pseudonymised([{ learner, error: 'Refused.' }])).rows;
	expect(orphan?.who).toBe(ANNA);
	expect(orphan?.item.employee).toBeUndefined();
});

it('an account without a Personio id has one by its own id', () => {
	const learner = accountOf(anna, { link: null });
	const [row] = summarise(pseudonymised([{ learner, error: 'Refused.' }])).rows;
	expect(row?.who).toMatch(/^Person [0-9a-f]{8}$/);
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
	['Zoë Van Dyck (Personio id 7201005)', `${BEN} (Personio id 7201005)`],
	['Eva von der Au (Personio id 7201005)', `${BEN} (Personio id 7201005)`],
])('%s is told as %s', (named, told) => {
	const others = [itemOf(ben, { action: 'none', dryRun: false }, '')];
	expect(reasonFor(about(`Nothing about ${named}: not known.`), others)).toBe(
		`Nothing about ${told}: not known.`,
	);
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
