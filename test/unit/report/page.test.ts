import { createHash } from 'node:crypto';
import { Linter } from 'eslint';
import js from '@eslint/js';
import * as fc from 'fast-check';

import { demoRun } from './demoRun';
import { explanationOf, invited, itemOf, someRun, tallied } from './items';
import { firstLoad, ordinaryNight } from './largeRuns';
import { packOf, SIGNS, type Pack } from '../../../nodes/LmsSync/report/page/pack';
import { pageOf } from '../../../nodes/LmsSync/report/page/page';
import { SCRIPT } from '../../../nodes/LmsSync/report/page/script';
import { peopleOf, type Person } from '../../../nodes/LmsSync/report/people';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import type { Decision, SyncItem } from '../../../nodes/shared/item';
import { anEmployee } from '../sync/builders';

/** The page of a report, as far as it can be told without a browser. */

const pageFor = (items: SyncItem[]): string => pageOf(summarise(items));
const decisionOf = ({ decision }: SyncItem): Decision => decision as Decision;

/** What a reader without JavaScript sees. */
const visible = (html: string): string =>
	html
		.replace(/<script[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');

const packIn = (html: string): Pack => JSON.parse(/id="pack">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as Pack;

describe('the page', () => {
	it('asks nothing of the network, and lets no script run but its own', () => {
		const html = pageFor(demoRun(true));
		expect(html).not.toMatch(/(src|href)=|url\(|@import|https?:/);
		const hash = createHash('sha256').update(SCRIPT).digest('base64');
		expect(html).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`);
		expect(html).toContain(`<script>${SCRIPT}</script>`);
	});

	it('tells what is wrong with the run before the figures, and the holds before the pictures', () => {
		const text = visible(pageFor(demoRun(true)));
		const order = [
			'DRY RUN:',
			'Dry run.',
			'Unusually many changes',
			'LearnUpon was not read completely',
			'7 held',
			'Held: what to do',
			'From employees to outcomes',
			'What would change',
			'How many people a run may touch',
			'K7QM-4T2X',
			'Field passport',
			'Search people',
		].map((words) => text.indexOf(words));
		expect(order).not.toContain(-1);
		expect(order).toEqual([...order].sort((a, b) => a - b));
	});

	it('says would in a dry run and did in a real one', () => {
		const [dry, real] = [visible(pageFor(demoRun(true))), visible(pageFor(demoRun(false)))];
		expect(dry).toContain('8 to invite');
		expect(real).toContain('5 invited');
		expect(real).not.toMatch(/dry run\b(?! was made)/i);
	});

	it('says in the passport what nobody has checked, for want of a name', () => {
		const sentence = 'Personio did not tell what this is called, so nobody has checked';
		const entryOf = (unnamed: object) => ({
			attribute: 'dynamic_1',
			why: [],
			goesTo: [],
			delivered: true,
			...unnamed,
		});
		const page = (unnamed: object) => visible(pageFor([{ run: someRun({ passport: [entryOf(unnamed)] }) }]));
		expect(page({ unnamed: true })).toContain(sentence);
		expect(page({})).not.toContain(sentence);
	});

	it('shows the code of the configuration in a dry run only', () => {
		expect(pageFor(demoRun(true))).toContain('"Confirmed Configuration" after reading this report');
		expect(pageFor(demoRun(false))).not.toContain('K7QM-4T2X');
	});

	it('says that nothing is taken away when the employees were not read completely', () => {
		const run = someRun();
		run.roster = {
			...run.roster,
			complete: false,
			gaps: [{ code: 'pageMissing', message: 'Page 3 could not be read.' }],
			missingAttributes: ['lastName'],
		};
		const text = visible(pageFor([{ run }]));
		expect(text).toContain('Page 3 could not be read. Nothing is taken away from anybody');
		expect(text).toContain('Missing: lastName.');
	});

	it('groups holds by their reason and tells a common sentence once', () => {
		const text = visible(pageFor(demoRun(false)).split('id="flow"')[0] ?? '');
		expect(text.match(/This run would deactivate 4 people/g)).toHaveLength(1);
		expect(text).toContain('What to do: Enter the e-mail address in Personio.');
	});

	it('tells who is only counted, and the first 200 of those who are listed without JavaScript', () => {
		expect(visible(pageFor(demoRun(true)))).toContain('14 further people are unchanged');
		const html = pageFor(firstLoad(900));
		expect(html.match(/<details class="person">/g)).toHaveLength(200);
		expect(html).toContain('The first 200 of 900 are shown.');
		expect(packIn(html).people).toHaveLength(900);
	});

	it('names the zone of every moment and says how accounts were compared', () => {
		const run = someRun({ comparison: { kind: 'fast', reason: 'More than 5 people.', read: 3 } });
		const text = visible(pageFor([{ run }]));
		expect(text).toContain('Planned 2026-03-10 11:00 UTC');
		expect(text).toContain('Fast comparison: More than 5 people. 3 accounts were read one by one.');
	});

	it('speaks of one as of one', () => {
		const run = someRun({ comparison: { kind: 'fast', reason: 'Few.', read: 1 } });
		run.roster = { ...run.roster, count: 1 };
		run.learners = { ...run.learners, lmsOnly: 1 };
		const text = visible(pageFor([{ run }]));
		expect(text).toContain('1 employee was read at');
		expect(text).toContain('1 account was read one by one.');
		expect(text).toContain('1 exists there only and is not touched.');
	});

	it('shows no marks of the sync', () => {
		const item = invited(anEmployee(1), false);
		decisionOf(item).changes.push({ field: 'mark', label: 'mark', from: null, to: '1.abc.0' });
		expect(pageFor([item])).not.toContain('1.abc.0');
	});

	it('tells of somebody everything that the decision says', () => {
		const item = itemOf(anEmployee(1), { action: 'update', dryRun: false }, 'Differs in manager.', {
			manager: { label: 'm', from: null, to: anEmployee(2).id, toName: 'Ida Moss' },
			notes: ['"x" was not written.'],
			approved: { by: 'Kim', at: '2026-03-10T09:30:00+01:00', code: 'managerCycle' },
			explanation: explanationOf(anEmployee(1), {
				access: { state: 'open', zone: 'Europe/Paris', sentence: 'No end.' },
			}),
		});
		const text = visible(pageFor([item]));
		for (const words of [
			'manager Ida Moss',
			'&quot;x&quot; was not written.',
			'Let go by Kim at 2026-03-10 08:30 UTC; it had been held: Managers form a ring.',
			'No end. (zone Europe/Paris)',
			'All employees were read.',
			'Hire date 2020-01-01',
			'account done',
		]) {
			expect(text).toContain(words);
		}
	});
});

describe('the flow', () => {
	const flowIn = (items: SyncItem[]) =>
		/<div class="flow".*?<\/ul><\/div>(<p class="note">.*?<\/p>)?/s.exec(pageFor(items))?.[0] ?? '';
	const tops = (side: string, flow: string) =>
		[...flow.matchAll(new RegExp(`class="${side} [^"]*" style="top:([\\d.]+)px"`, 'g'))].map(([, top]) =>
			Number(top),
		);

	it.each([
		['of a small company', demoRun(false)],
		['in which few are touched among very many', ordinaryNight(20_000)],
		['in which everybody is', firstLoad(900)],
	])('has labels that never touch, %s', (_, items) => {
		const flow = flowIn(items);
		for (const [side, height] of [
			['l', 60],
			['r', 30],
		] as const) {
			const places = tops(side, flow);
			expect(places.length).toBeGreaterThan(0);
			places
				.slice(1)
				.forEach((top, index) => expect(top - (places[index] ?? 0)).toBeGreaterThanOrEqual(height - 0.2));
		}
	});

	it('counts everybody once, also those who came along as a figure', () => {
		const amounts = [...flowIn(demoRun(false)).matchAll(/<b>([\d,]+)<\/b> ([\w ]+)/g)].map(
			([, amount, label]) => `${amount} ${label}`,
		);
		expect(amounts).toEqual([
			'34 employees in Personio',
			'1 account without an employee',
			'14 in step or left alone',
			'4 updated',
			'1 reactivated',
			'5 invited',
			'1 deactivated',
			'7 held',
			'3 failed',
		]);
	});

	it('counts a person once on the left, however many parts of a decision there are', () => {
		const held = (code: 'limitExceeded' | 'valueNotAllowed') =>
			itemOf(anEmployee(1), { action: 'hold', dryRun: false }, 'x', { hold: { code, message: code } });
		const items = [held('limitExceeded'), held('valueNotAllowed')];
		const roster = { ...someRun().roster, count: 10 };
		const flow = visible(
			flowIn([...items, { run: someRun({ dryRun: false, decisions: tallied(items, 9), roster }) }]),
		);
		expect(flow).toContain('10 employees in Personio');
		expect(flow).toContain('2 held');
		expect(flow).toContain('The right side has 1 more than the left one');
		expect(flow).not.toContain('goes on');
	});

	it('says that thin bands are drawn thicker', () => {
		expect(flowIn(ordinaryNight(20_000))).toContain('thicker than they are');
		expect(flowIn(demoRun(false))).not.toContain('thicker');
	});

	it('tells those in step from those left alone where all of them came along', () => {
		const none = { action: 'none', dryRun: false } as const;
		const outside = explanationOf(anEmployee(2), { scope: { inScope: false, sentence: 'Out of scope.' } });
		const items = [
			itemOf(anEmployee(1), none, 'Nothing differs.'),
			itemOf(anEmployee(2), none, 'Out of scope.', { explanation: outside }),
		];
		expect(visible(flowIn(items))).toMatch(/1 in step .*1 left alone/);
	});
});

describe('text from outside', () => {
	it.each(['A\r\nB', 'A\rB', 'A\0B', '\ud800 lone', '\uE000'])(
		'people of the department %j are found by it',
		(department) => {
			const people = [anEmployee(1, { department }), anEmployee(2, { department: 'IT' })];
			const html = pageFor(people.map((each) => invited(each, false)));
			const chips = [...html.matchAll(/data-facet="department" data-value="([^"]*)"/g)].map(
				([, chip]) => chip,
			);
			expect(chips).toHaveLength(2);
			// What a browser makes of an attribute.
			for (const chip of chips) {
				expect(chip).not.toMatch(/[\0\r\p{Cs}]/u);
				expect(packIn(html).texts).toContain(chip);
			}
		},
	);

	const HOSTILE = [
		'</script><script>alert(1)</script>',
		'<!--<script>',
		'"><img src=x onerror=alert(1)>',
		"'; alert(1); '",
		'\u2028alert(1)\u2029',
		'\uE000\uE001\uE002',
		'&lt;b&gt;',
		'\ud800',
	];

	it.each(HOSTILE)('%j stays text, wherever it stands', (text) => {
		const employee = anEmployee(1, { firstName: text, lastName: text, department: text });
		const item = itemOf(employee, { action: 'update', dryRun: true }, text, {
			changes: [{ field: 'custom.x', label: text, from: text, to: text }],
			groups: { add: [{ name: text }], remove: [] },
			notes: [text],
		});
		const held = itemOf(employee, { action: 'hold', dryRun: true }, text, {
			hold: { code: text as never, message: text },
		});
		const run = someRun({
			platform: text,
			alerts: [{ code: text as never, message: text }],
			configuration: { code: text, changed: [text], confirmed: false },
			passport: [{ attribute: text, label: text, why: [text], goesTo: [text], delivered: false }],
			makes: { groups: [text], fields: [] },
			limits: [{ kind: text as never, wanted: 1, before: 0, allowed: 1, windowHours: 1, exceeded: false }],
		});
		const html = pageFor([item, held, { ...item, error: text }, { run }]);
		expect(html.match(/<script/g)).toHaveLength(2);
		expect(html.match(/<\/script>/g)).toHaveLength(2);
		expect(html).not.toMatch(/<img|<!--|[\u2028\u2029](?=[^<]*<\/script)/);
		expect(() => packIn(html)).not.toThrow();
	});

	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 12 }),
		fc.constantFrom(...HOSTILE, 'Anna', '7201'),
	);
	const person: fc.Arbitrary<Person> = fc.record({
		name: text,
		email: text,
		id: text,
		department: text,
		platform: text,
		state: fc.constantFrom('hold', 'update'),
		badge: text,
		outcome: text,
		why: text,
		blocks: fc.array(
			fc.record({ title: text, kind: fc.constant('changes'), rows: fc.array(fc.tuple(text, text, text)) }),
		),
	});

	it('is the same after packing, but for the signs of the packing', () => {
		fc.assert(
			fc.property(fc.array(person, { maxLength: 4 }), (people) => {
				const pack = packOf(people);
				const clean = (value: string) =>
					value.replace(/\r\n?/g, '\n').replace(/[\0\p{Cs}\uE000-\uE002]/gu, '\uFFFD');
				pack.people.forEach((packed, index) => {
					const read = (at: number | undefined) =>
						(pack.texts[at ?? -1] ?? '').replace(
							/[\uE000-\uE002]/g,
							(sign) => pack.texts[packed[SIGNS.indexOf(sign as (typeof SIGNS)[number])] ?? -1] ?? '',
						);
					const { name, why, blocks } = people[index] as Person;
					expect([read(packed[0]), read(packed[8])]).toEqual([name, why].map(clean));
					const cells = packed.slice(9).flatMap((block) => pack.blocks[block]?.slice(2).map(read));
					expect(cells).toEqual(blocks.flatMap(({ rows }) => rows.flat()).map(clean));
				});
			}),
		);
	});
});

describe('the script of the page', () => {
	it('is free of faults that a linter finds, and makes no markup from text', () => {
		const globals = ['document', 'window', 'addEventListener', 'requestIdleCallback', 'IntersectionObserver'];
		const messages = new Linter().verify(SCRIPT, [
			js.configs.recommended,
			{
				languageOptions: {
					sourceType: 'script',
					globals: Object.fromEntries(globals.map((name) => [name, 'readonly'])),
				},
			},
		]);
		expect(messages).toEqual([]);
		expect(SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch|XMLHttp|<\//);
	});

	it('takes up where the markup ends: the order of people is the same', () => {
		const { rows } = summarise(firstLoad(300));
		const html = pageFor(firstLoad(300));
		const names = [...html.matchAll(/<span class="who"><bdi>(.*?)<\/bdi>/g)].map(([, name]) => name);
		const people = peopleOf(rows).map(({ name }) => name);
		expect(names).toEqual(people.slice(0, 200));
		const { texts, people: packed } = packIn(html);
		expect(packed.map(([name]) => texts[name ?? -1])).toEqual(people);
	});
});
