import { pseudonymised } from '../../../nodes/LmsSync/report/pseudonyms';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import type { SyncItem } from '../../../nodes/shared/item';
import { anEmployee, planned } from '../sync/builders';
import { invited, someRun } from './items';

/** What the report item says beyond its messages: explanations, codes, and what it is a report of. */

/** People as the plan puts them out. */
function explained(count: number, lastName = 'Meyer'): SyncItem[] {
	const employees = Array.from({ length: count }, (_, index) => anEmployee(index + 1, { lastName }));
	const plan = planned({ employees, settings: { dryRun: true } });
	return plan.people.map((person) => ({
		...person,
		decision: { ...person.decision, explanation: plan.explain(person) },
	}));
}

it('explains the first ten people, each with the reasons of the decision', () => {
	const { explanation } = summarise(explained(12)).report;
	expect(explanation.match(/<h3>/g)).toHaveLength(10);
	expect(explanation).toContain('No account carries the Personio id 1');
	expect(explanation).toContain('The status is &quot;active&quot;.');
	expect(explanation).toContain('zone Europe/Berlin');
});

it('lets no name become markup, and tells none under pseudonyms', () => {
	const items = explained(1, '<img src=x>');
	expect(summarise(items).report.explanation).not.toContain('<img');
	const { explanation } = summarise(pseudonymised(explained(1, 'Zuckmayer'), 'salt')).report;
	expect(explanation).toContain('Person ');
	expect(explanation).not.toMatch(/Zuckmayer|acme\.example/);
});

it('names the code in a dry run after a change, and not in a real run', () => {
	const configuration = { code: '12ab-34cd', changed: ['Groups by Rules'], confirmed: false };
	const textOf = (dryRun: boolean) =>
		summarise([{ run: someRun({ platform: 'LMS', dryRun, configuration }) }]).report.text;
	expect(textOf(true)).toContain('Changed since the last applied run: Groups by Rules.');
	expect(textOf(true)).toContain('12ab-34cd');
	expect(textOf(false)).not.toContain('12ab-34cd');
});

it('calls an undo an undo', () => {
	const [item] = explained(1);
	const decision = { ...item?.decision, platform: 'LearnUpon', undoes: true } as SyncItem['decision'];
	expect(summarise([{ ...item, ...(decision && { decision }) }]).report.title).toBe(
		'DRY RUN: Undo in LearnUpon',
	);
});

it('tells of a live run before its steps what would be done, not what was', () => {
	const asked = { ...invited(anEmployee(1), false), outcomes: [] };
	const { explanation } = summarise([asked]).report;
	expect(explanation).toContain(': to invite</h3>');
	expect(explanation).toContain('<strong>Would change</strong>');
});
