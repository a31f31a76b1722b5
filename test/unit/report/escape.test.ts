import fc from 'fast-check';

import { escapeHtml, escapeMarkdown, jsonForScript } from '../../../nodes/LmsSync/report/escape';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import { hold } from '../../../nodes/LmsSync/sync/parts';
import type { SyncItem } from '../../../nodes/shared/item';
import { anEmployee } from '../sync/builders';
import { itemOf, someRun } from './items';

/** Text of others in what a report hands on to forms, mails and messages. */

const HOSTILE = [
	'<img src=x onerror=alert(1)>',
	'</script><script>alert(1)</script>',
	'"><svg onload=alert(1)>',
	"' onmouseover='alert(1)",
	'{{ $env.N8N_ENCRYPTION_KEY }}',
	'{{ $("Read").all() }}',
	'{{\n1 + 1\n}}',
	'{ {{ } }} }',
	'={{ 7 * 7 }}',
	'&#123;&#123; 1 }}',
	'javascript:alert(1)',
	'<a href="https://evil.example">x</a>',
	'\u2028<b>\u2029',
	'\u202e<i>',
];

/** What n8n's forms and HTML node look for in a text, and evaluate. */
const EXPRESSION = /\{\{[\s\S]*?\}\}/;

const reportOn = (text: string) => {
	const employee = anEmployee(1, { firstName: text, lastName: text, email: `${text}@x`, department: text });
	const item = itemOf(employee, { action: 'update', dryRun: true }, text, {
		changes: [{ field: 'custom.x', label: text, from: text, to: text }],
		groups: { add: [{ name: text }], remove: [{ name: text }] },
		notes: [text],
	});
	const groups = { add: [], remove: [{ name: text }] };
	const draft = { reason: text, changes: [], invite: false, groups, dryRun: false };
	const held: SyncItem = { employee, decision: hold(draft, 'groups', 'limitExceeded', text) };
	const run = someRun({ platform: text, alerts: [{ code: 'manyChanges', message: text }] });
	return summarise([item, held, { ...item, error: text }, { run }]).report;
};

it.each(HOSTILE)('%j is neither markup nor an expression in a form, a mail or a message', (text) => {
	const { html, explanation, approval } = reportOn(text);
	expect(approval.count).toBe(1);
	for (const markup of [html, explanation, approval.html]) {
		expect(markup).not.toMatch(EXPRESSION);
		expect(markup).not.toMatch(/[{}]/);
		const tags = markup.match(/<[^>]*>/g) ?? [];
		for (const tag of tags) expect(tag).toMatch(/^<\/?(br|p|ul|li|strong|h3)>$/);
		expect(tags.length).toBeGreaterThan(2);
	}
});

it('any text comes back as it was from the markup that a browser reads', () => {
	const signs = fc.constantFrom(...'&<>"\'{}=#;x 1'.split(''));
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: signs })), (text) => {
			const escaped = escapeHtml(text);
			expect(escaped).not.toMatch(/[<>"'{}]/);
			const read = escaped.replace(/&(#\d+|\w+);/g, (_entity, name: string) =>
				name.startsWith('#')
					? String.fromCharCode(Number(name.slice(1)))
					: ({ amp: '&', lt: '<', gt: '>', quot: '"' }[name] ?? '?'),
			);
			expect(read).toBe(text);
		}),
		{ numRuns: 1000 },
	);
});

it('any value comes back as it was from a script element, and ends neither element nor line', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
			const script = jsonForScript([value, text]);
			expect(script).not.toMatch(/[<>&\u2028\u2029]/);
			expect(JSON.parse(script)).toEqual(JSON.parse(JSON.stringify([value, text])));
		}),
		{ numRuns: 1000 },
	);
});

it.each(HOSTILE)('%j makes no link, no mention and no emphasis in Slack or Teams', (text) => {
	const shown = escapeMarkdown(`*${text}* [x](https://evil.example) <!channel> <@U1> ~a~ \`b\``);
	expect(shown).not.toMatch(/[<>*`~]/);
	expect(shown).not.toContain('](');
});
