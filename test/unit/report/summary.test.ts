import { summarise } from '../../../nodes/LmsSync/report/summary';
import { htmlOf } from '../../../nodes/LmsSync/report/html';
import type { RunSummary, SyncItem } from '../../../nodes/shared/item';
import { aGroup, anEmployee, planned } from '../sync/builders';

/** What a report says of a run, in its first line above all. */

const [anna, ben] = [anEmployee(1, { department: 'IT' }), anEmployee(2, { department: 'Sales' })];

/** A plan for two new people, as items behind the steps. */
function run(dryRun: boolean, failed: string[] = []): { items: SyncItem[]; summary: RunSummary } {
	const { people, summary } = planned({
		employees: [anna, ben],
		lms: { groups: [aGroup('Sales')] },
		settings: { dryRun, groupLevels: ['department'], createMissingGroups: true },
	});
	const items = people.map(({ employee, decision }): SyncItem => {
		const item = { ...(employee && { employee }), decision };
		if (failed.includes(employee?.id ?? '')) return { ...item, error: 'LMS refused the address.' };
		return { ...item, outcomes: [{ step: 'invite', status: dryRun ? 'previewed' : 'done' }] };
	});
	return { items: [...items, { run: summary }], summary };
}

const reportOf = (...args: Parameters<typeof run>) => summarise(run(...args).items).report;

it('a dry run says what would be done, and which groups would be made', () => {
	const { text } = reportOf(true);
	expect(text).toMatch(/^DRY RUN: Personio to LMS: 2 to invite\.\n/);
	expect(text).toContain('Would be made: 1 group (IT).');
});

it('a real run counts what was done, and not what failed', () => {
	const { text, counts, decisions } = reportOf(false, ['2']);
	expect(text).toMatch(/^Personio to LMS: 1 invited, 1 failed\.\n/);
	expect([counts.invite, decisions.invite]).toEqual([1, 2]);
});

it('a run in which everything failed does not say that anything was done', () => {
	expect(reportOf(false, ['1', '2']).text).toMatch(/^Personio to LMS: 2 failed\.\n/);
});

it('the page shows the failures beside the other figures, and no marks of the sync', () => {
	const { items } = run(false, ['2']);
	const [first] = items;
	const mark = { field: 'mark', label: 'personio-n8n-mark', from: null, to: '1.abc.0' };
	first?.decision?.changes.push(mark);
	const { report, rows } = summarise(items);
	const html = htmlOf(report, rows);
	expect(html).toContain('<li class="failed"><b>1</b>failed</li>');
	expect(html).toContain('<b>1</b>invite');
	expect(html).not.toContain('1.abc.0');
});

it('says how accounts were compared, and how many were read one by one', () => {
	const { items, summary } = run(true);
	summary.comparison = { kind: 'fast', reason: 'More than 5 people.', read: 3 };
	const { report, rows } = summarise(items);
	expect(htmlOf(report, rows)).toContain(
		'Fast comparison: More than 5 people. 3 accounts were read one by one.',
	);
});
