import { demoRun } from './demoRun';
import { firstLoad } from './largeRuns';
import { invited } from './items';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import { escapeMarkdown } from '../../../nodes/LmsSync/report/escape';
import { anEmployee } from '../sync/builders';

/** The run as a message in Slack, Teams or an e-mail. */

const hostile = (firstName: string) =>
	summarise([{ ...invited(anEmployee(1, { firstName }), false), error: `${firstName} was refused.` }]).report;

it('says what was done, what failed and what is held, by kind where there is much', () => {
	const { markdown, html } = summarise(demoRun(false)).report;
	expect(markdown).toMatch(/^\*Personio to LearnUpon\*\n\n5 invited, 4 updated, /);
	expect(markdown).toContain('*Attention*\n\n- Many people failed: ');
	expect(markdown).toContain('- More people than a limit allows, 3 times: Hannelore Weiß');
	expect(html).toContain('<p><strong>Failed (3)</strong></p><ul><li>');
});

it('stays short however many are held', () => {
	const { text, markdown, html, held } = summarise(firstLoad(9000)).report;
	expect(held.length).toBeGreaterThan(20);
	for (const message of [text, markdown, html]) expect(message.length).toBeLessThan(6000);
	expect(text).toContain(`- and ${held.length - 10} more, see the report`);
});

it('a long reason of one person is cut', () => {
	const { text, failed } = hostile('x'.repeat(5000));
	expect(text.length).toBeLessThan(1000);
	expect(failed[0]?.message.length).toBeGreaterThan(5000);
});

it.each([
	['<!channel>', '&lt;!channel&gt;'],
	['<https://evil.example|click>', '&lt;https://evil.example|click&gt;'],
	['*bold* `code` ~gone~', '∗bold∗ ˋcodeˋ ∼gone∼'],
	['_slanted_ and snake_case', '＿slanted＿ and snake_case'],
	['[text](https://evil.example)', '[text] (https://evil.example)'],
	['a\n\n# heading', 'a # heading'],
])('%s is nothing but text in Slack and Teams', (text, escaped) => {
	expect(escapeMarkdown(text)).toBe(escaped);
	expect(hostile(text).markdown).toContain(escaped);
});

it('a name cannot become markup in an e-mail', () => {
	const { html } = hostile('<img src=x onerror=alert(1)>');
	expect(html).toContain('&lt;img src=x');
	expect(html).not.toContain('<img');
});
