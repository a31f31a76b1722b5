import { demoRun } from './demoRun';
import { invited, itemOf, someRun, tallied } from './items';
import { pageOf } from '../../../nodes/LmsSync/report/page/page';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import type { HoldCode, RunSummary, SyncItem } from '../../../nodes/shared/item';
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

const updated = (id: number, dryRun = false): SyncItem =>
	itemOf(anEmployee(id), { action: 'update', dryRun }, 'Differs in last name.', {
		changes: [{ field: 'lastName', from: 'a', to: 'b' }],
	});
const heldPart = (id: number, code: HoldCode): SyncItem =>
	itemOf(anEmployee(id), { action: 'hold', dryRun: false }, 'Held.', {
		hold: { code, message: `${code}.` },
		withheld: 'groups',
	});

describe('decisions that do not arrive', () => {
	const NONE = tallied([], 0);
	const reportFor = (items: SyncItem[], decisions: Partial<RunSummary['decisions']>) =>
		summarise([...items, { run: someRun({ dryRun: false, decisions: { ...NONE, ...decisions } }) }]);

	it('are told in the messages and on the page, and need attention', () => {
		const summary = reportFor([updated(1)], { update: 5, deactivate: 3, none: 9 });
		expect(summary.report).toMatchObject({ lost: 7, needsAttention: true, success: true });
		const words =
			'7 decisions of the plan did not reach this report (4 to add or update people, 3 to end access)';
		for (const key of ['text', 'markdown', 'html'] as const) expect(summary.report[key]).toContain(words);
		expect(pageOf(summary)).toContain(words);
		expect(pageOf(summary)).not.toContain('nothing was done');
	});

	it.each<[string, SyncItem[], Partial<RunSummary['decisions']>, number]>([
		['all of them arrived', [updated(1), heldPart(2, 'limitExceeded')], { update: 1, hold: 1 }, 0],
		['a held one is missing', [updated(1)], { update: 1, hold: 1 }, 1],
		['an end of access is missing', [updated(1)], { update: 1, deactivate: 1 }, 1],
		['of those who are added one is missing', [updated(1)], { update: 1, invite: 1 }, 1],
		['one came twice', [updated(1), updated(1)], { update: 1 }, 0],
		['an error took the place of one', [updated(1), { error: 'Other node.' }], { update: 2 }, 0],
		['unchanged people travel as a figure', [updated(1)], { update: 1, none: 20 }, 0],
	])('%s', (_, items, decisions, lost) => {
		expect(reportFor(items, decisions).report.lost).toBe(lost);
	});

	it('what was let go or held again on the way has arrived', () => {
		const approved = { by: 'Kim', at: '2026-03-10T10:00:00Z', code: 'limitExceeded' as const };
		const letGo = itemOf(anna, { action: 'deactivate', dryRun: false }, 'x', { approved });
		const again = heldPart(2, 'factsMoved');
		expect(reportFor([letGo, again], { hold: 1, update: 1 }).report.lost).toBe(0);
	});

	it('a workflow that only ends access has nothing behind the other output, which is a note and no fault', () => {
		const summary = reportFor([], { invite: 12, update: 11 });
		expect(summary.report).toMatchObject({ lost: 0, needsAttention: false, success: true });
		expect(summary.report.text).toContain('23 decisions of the plan to add or update people are not in this');
		expect(pageOf(summary)).toContain('since nothing came from that output of the plan');
	});
});

describe('a dry run', () => {
	const withRun = (items: SyncItem[], dryRun: boolean) =>
		summarise([...items, { run: someRun({ dryRun, decisions: tallied(items, 0) }) }]);
	const MIXED = 'A dry run and a real run have come together here';

	it('is none once a step has done something, whatever the plan says', () => {
		const summary = withRun([invited(anna, false)], true);
		const { title, text, dryRun, needsAttention } = summary.report;
		expect([title, dryRun, needsAttention]).toEqual(['Personio to LearnUpon', false, true]);
		const all = [text, summary.report.html, pageOf(summary)];
		for (const each of all) expect(each).not.toMatch(/DRY RUN|Dry run|othing was changed/);
		for (const each of all) expect(each).toContain(MIXED);
		expect(text).toContain('1 invited');
	});

	it('of some people in a real run is not told as done', () => {
		const summary = withRun([invited(anna, true), invited(ben, false)], false);
		expect(summary.report).toMatchObject({ previewed: 1, needsAttention: true });
		expect(summary.report.text).toMatch(/^Personio to LearnUpon: 1 invited, 1 only previewed\.\n/);
		expect(summary.report.text).toContain(MIXED);
		const html = pageOf(summary);
		expect(html).toContain('<b>1</b> to invite');
		expect(html).toContain('<b>1</b> <span>only previewed</span>');
	});

	it('of one platform beside a real run of another one is no fault', () => {
		const dry = { ...invited(anna, true) };
		const real = invited(ben, false);
		const of = (item: SyncItem, platform: string, dryRun: boolean): SyncItem[] => [
			{ ...item, decision: { ...item.decision, platform } as never },
			{ run: someRun({ platform, dryRun, decisions: tallied([item], 0) }) },
		];
		const { report } = summarise([...of(dry, 'A', true), ...of(real, 'B', false)]);
		expect(report).toMatchObject({ warnings: [], title: 'DRY RUN of A only: Personio to A and B' });
		expect(report.text).toContain('1 invited, 1 only previewed.');
	});

	it('without a plan is told by its decisions', () => {
		expect(summarise([invited(anna, true)]).report.title).toMatch(/^DRY RUN: /);
		expect(summarise([invited(anna, true), invited(ben, false)]).report.title).not.toMatch(/DRY RUN/);
	});
});

describe('what every step skipped', () => {
	const skippedOnce = (message: string): SyncItem => ({
		...invited(anna, false),
		outcomes: [{ step: 'invite', status: 'skipped', message }],
	});
	const summary = summarise([skippedOnce('An account exists already. The next run links it.')]);

	it('is counted apart from what was done', () => {
		expect(summary.report).toMatchObject({ skipped: 1, success: true });
		expect(summary.report.counts.invite).toBe(0);
		expect(summary.report.text).toMatch(
			/^Personio to LearnUpon: 1 skipped\.\nOf 1 decision nothing was done/,
		);
	});

	it('is no change in the pictures, and the page says why', () => {
		const html = pageOf(summary);
		expect(html).toContain('<b>1</b> skipped');
		expect(html).not.toMatch(/1<\/b> (<span>)?invited/);
		expect(html).not.toContain('new: invitation');
		expect(html).toContain('Nothing was done. An account exists already. The next run links it.');
	});

	it('counts as done where another step has done something', () => {
		const item = skippedOnce('p1@acme.example was invited already.');
		item.outcomes?.push({ step: 'mapGroups', status: 'done' });
		expect(summarise([item]).report).toMatchObject({ skipped: 0, counts: { invite: 1 } });
	});
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

describe('an attribute that Personio did not deliver', () => {
	const entry = (why: string) => ({ attribute: 'department', why: [why], goesTo: [], delivered: false });
	const missing = (why: string) => {
		const { items, summary } = run(false);
		summary.roster = { ...summary.roster, missingAttributes: ['department'] };
		summary.passport = [entry(why)];
		return summarise(items).report;
	};

	it('and that the plan uses is told, and the run is no success', () => {
		const report = missing('level 1 of the groups');
		expect(report).toMatchObject({ success: false, needsAttention: true });
		for (const message of [report.text, report.markdown, report.html]) {
			expect(message).toContain('Personio did not deliver department, so nothing was changed');
		}
	});

	it.each(['not used by this plan, and need not be read', 'to notice changes'])('%s: is none', (why) => {
		const report = missing(why);
		expect(report).toMatchObject({ success: true, needsAttention: false });
		expect(report.text).not.toContain('did not deliver');
	});
});

describe('items of odd origin', () => {
	it('no items at all make a report about nothing', () => {
		const summary = summarise([]);
		expect(summary.report).toMatchObject({ title: 'Personio and LMS', success: true, needsAttention: false });
		expect(summary.report.text).toBe('Personio and LMS: nothing to do.');
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

	it('that say the same of the employees say it once', () => {
		const message = 'Personio delivered 2 employees.';
		const roster = {
			...someRun().roster,
			complete: false,
			reason: message,
			gaps: [{ code: 'fewerThanUsual' as const, message }],
		};
		const alerts = [{ code: 'fewEmployees' as const, message }];
		const summary = summarise(['A', 'B'].map((platform) => ({ run: someRun({ platform, alerts, roster }) })));
		expect(summary.report.alerts).toHaveLength(1);
		expect(pageOf(summary).match(/class="alert"/g)).toHaveLength(2);
	});

	it('have somebody who failed before any decision in a picture of their own', () => {
		const items = [...of('LearnUpon', false), ...of('360Learning', false)];
		const html = pageOf(summarise([...items, { employee: anna, error: 'Odd.' }]));
		expect(html).toContain('<h3>Without a word of which platform</h3>');
		expect(pageOf(summarise(items))).not.toContain('Without a word');
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
