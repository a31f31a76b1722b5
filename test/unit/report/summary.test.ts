import { demoRun } from './demoRun';
import { invited, itemOf, someRun } from './items';
import { pageOf } from '../../../nodes/LmsSync/report/page/page';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import type { RunSummary, SyncItem } from '../../../nodes/shared/item';
import { anEmployee } from '../sync/builders';

/** What a report says of a run, in its first line above all. */

const [anna, ben] = [anEmployee(1, { department: 'IT' }), anEmployee(2, { department: 'Sales' })];

/** A plan for two new people, as items behind the steps. */
function run(dryRun: boolean, failed: string[] = []): { items: SyncItem[]; summary: RunSummary } {
	const items = [anna, ben].map((employee): SyncItem => {
		const item = invited(employee, dryRun);
		if (!failed.includes(employee.id)) return item;
		const { outcomes: _, ...rest } = item;
		return { ...rest, error: 'LMS refused the address.' };
	});
	const decisions = { create: 0, invite: 2, update: 0, reactivate: 0, deactivate: 0, none: 0, hold: 0 };
	const makes = { groups: ['IT'], fields: [] };
	const summary = someRun({ platform: 'LMS', dryRun, decisions, makes });
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

it('what no step has carried out is neither done nor a success', () => {
	const { items } = run(false);
	for (const item of items) delete item.outcomes;
	const { report } = summarise(items);
	expect(report).toMatchObject({ undone: 2, success: false, needsAttention: true });
	expect(report.counts.invite).toBe(0);
	expect(pageOf(summarise(items))).toContain('check how the outputs of the plan are wired');
});

describe('alerts', () => {
	const failing = (failed: number, done: number) =>
		summarise(
			Array.from({ length: failed + done }, (_, index): SyncItem => {
				const item = invited(anEmployee(index + 1), false);
				return index < failed ? { ...item, error: 'Refused.' } : item;
			}),
		).report.alerts.map(({ code }) => code);

	it('three failures among thirty are many, two are not, nor are three among thirty-one', () => {
		expect(failing(3, 27)).toEqual(['manyFailures']);
		expect(failing(2, 0)).toEqual([]);
		expect(failing(3, 28)).toEqual([]);
	});

	it('people who are held or unchanged do not make failures fewer', () => {
		const held = itemOf(anna, { action: 'none', dryRun: false }, 'Nothing differs.');
		const failed = [1, 2, 3].map((id) => ({ ...invited(anEmployee(id), false), error: 'Refused.' }));
		const { alerts } = summarise([...failed, ...Array<SyncItem>(100).fill(held)]).report;
		expect(alerts.map(({ code }) => code)).toEqual(['manyFailures']);
	});

	it('an alert or a gap needs attention although nobody failed or is held', () => {
		const { items, summary } = run(false);
		expect(summarise(items).report.needsAttention).toBe(false);
		summary.alerts = [{ code: 'fewEmployees', message: 'Only 2 of 200 employees came.' }];
		const { report } = summarise(items);
		expect(report).toMatchObject({ needsAttention: true, success: true, alerts: summary.alerts });
		expect(report.text).toContain('Attention: Only 2 of 200 employees came.');
		summary.alerts = [];
		summary.gaps = [{ code: 'groupMissing', message: 'The group "A" is missing.' }];
		expect(summarise(items).report).toMatchObject({ needsAttention: true, success: true });
		expect(summarise(items).report.text).toContain('The group "A" is missing.');
	});
});

describe('items of odd origin', () => {
	it('no items at all make a report about nothing', () => {
		const summary = summarise([]);
		expect(summary.report).toMatchObject({ title: 'Personio to LMS', success: true, needsAttention: false });
		expect(summary.report.text).toBe('Personio to LMS: nothing to do.');
		expect(pageOf(summary)).toContain('There was nothing to do');
	});

	it('a plan that failed as a whole is about no person', () => {
		const summary = summarise([{ error: 'The plan failed: no answer.' }]);
		expect(summary.report).toMatchObject({
			success: false,
			needsAttention: true,
			alerts: [{ code: 'runFailed' }],
		});
		expect(summary.report.failed).toEqual([{ who: 'The run', message: 'The plan failed: no answer.' }]);
		const html = pageOf(summary);
		expect(html).toContain('about the run as a whole');
		expect(html).not.toContain('id="pack"');
	});

	it('a summary of an older release lacks limits, alerts, passport and configuration', () => {
		const { limits: _, alerts: __, passport: ___, configuration: ____, makes: _____, ...old } = someRun();
		const summary = summarise([{ run: old as RunSummary }, invited(anna, true)]);
		expect(summary.report.alerts).toEqual([]);
		expect(pageOf(summary)).not.toContain('Confirmed Configuration');
	});

	it.each([
		['explanation', { explanation: { scope: null, facts: 3 } }],
		['notes', { notes: 'text' }],
		['groups', { groups: { add: [null, 1, { name: 7 }], remove: [{}] } }],
		['changes', { changes: [{ from: 1 }, { field: 'email', from: {}, to: ['a', 1] }] }],
		['hold', { action: 'hold', hold: null, withheld: 4 }],
		['manager', { manager: 'Anna' }],
		['approval', { approved: { by: 1 } }],
		['reason', { reason: undefined }],
	])('a decision whose %s has another form does not break the report', (_, over) => {
		const item = invited(anna, false);
		const summary = summarise([{ ...item, decision: { ...item.decision, ...over } } as unknown as SyncItem]);
		expect(() => pageOf(summary)).not.toThrow();
	});

	it('outcomes of another form are left out', () => {
		const outcomes = [{ step: 'invite', status: 'brilliant' }, {}, { status: 'done' }];
		const { report } = summarise([{ ...invited(anna, false), outcomes } as unknown as SyncItem]);
		expect(report.outcomes).toEqual({ done: 0, skipped: 0, failed: 0, previewed: 0 });
	});
});

describe('plans of two platforms in one report', () => {
	const of = (platform: string, dryRun: boolean): SyncItem[] =>
		demoRun(dryRun).map((item) => ({
			...item,
			...(item.decision && { decision: { ...item.decision, platform } }),
			...(item.run && { run: { ...item.run, platform } }),
		}));

	it('count the unchanged people of both, and each has its sections', () => {
		const summary = summarise([...of('LearnUpon', true), ...of('360Learning', true)]);
		expect(summary.report.title).toBe('DRY RUN: Personio to LearnUpon and 360Learning');
		expect(summary.report.decisions.none).toBe(28);
		const html = pageOf(summary);
		expect(html).toContain('Limits (LearnUpon)');
		expect(html).toContain('Limits (360Learning)');
	});

	it('with one of them dry, the title says which', () => {
		const { report } = summarise([...of('LearnUpon', true), ...of('360Learning', false)]);
		expect(report.dryRun).toBe(false);
		expect(report.title).toBe('DRY RUN of LearnUpon only: Personio to LearnUpon and 360Learning');
	});

	it('the summary of one plan counts once, by however many ways it arrives', () => {
		const items = demoRun(true);
		expect(summarise([...items, ...items.slice(-1)]).report.decisions.none).toBe(14);
	});
});
