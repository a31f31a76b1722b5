import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

import { openBrowser } from '../tools/browser';
import { FORM_LOGIN } from '../tools/demo';
import type { Checks } from './checks';
import type { Stage } from './stage';
import { EXPLAIN, SYNC } from './templateNames';

/** Names that an HR system lets people have. What runs of them would say so in the title of the page. */
const HOSTILE = {
	firstName: `<img src=x onerror="document.title='run'">{{ 'eval' + 'uated' }}`,
	lastName: `</script><script>document.title='run'</script>"'><svg onload=document.title='run'>`,
	department: `{{ $json }}</title><iframe src=javascript:document.title='run'></iframe>\u2028`,
	position: `javascript:document.title='run' {{ $('Read This Employee').first().json.employee.email }}`,
};
const EMAIL = 'hostile.name@nordhafen-new.example';

/** The pages that n8n and a browser make of such names: the report, and a form. */
export async function pagesInBrowser(checks: Checks, stage: Stage): Promise<void> {
	stage.sandbox.personio.hire({ ...HOSTILE, email: EMAIL, status: 'active' });
	const browser = await openBrowser();
	try {
		await checks.run('a browser shows hostile names in the report as text', async () => {
			const { execution } = await stage.run(SYNC);
			const file = execution.itemsOf('Report on Run')[0]?.binary?.['report'];
			assert.ok(file, 'There is no report.');
			const folder = await mkdtemp(join(tmpdir(), 'hostile-report-'));
			const path = join(folder, 'report.html');
			await writeFile(path, await stage.n8n.client.binary(file));
			try {
				return await shown(browser, async (tab) => {
					await tab.goto(pathToFileURL(path).href);
					await tab.getByRole('searchbox').first().fill('hostile.name');
					await tab.getByText(/^1 of \d+ fit/).waitFor();
					// All that there is to tell of the person.
					await tab.locator('details.person summary').click();
					return 'details.person';
				});
			} finally {
				await rm(folder, { recursive: true });
			}
		});
		await checks.run('the form asks strangers for a login', async () => {
			await stage.withForm(EXPLAIN, async (url) => {
				const address = Object.assign(new URL(url), { username: '', password: '' });
				const body = new FormData();
				body.append('field-0', EMAIL);
				for (const init of [{}, { method: 'POST', body }]) {
					const { status } = await fetch(address, { ...init, headers: { 'User-Agent': 'Mozilla/5.0' } });
					assert.equal(status, 401);
				}
			});
		});
		await checks.run(
			'a browser shows hostile names in the form as text, and n8n evaluates none',
			async () => {
				return await stage.withForm(EXPLAIN, async (url) => {
					const address = Object.assign(new URL(url), { username: '', password: '' });
					return await shown(browser, async (tab) => {
						await tab.goto(address.href);
						await tab.getByLabel('E-Mail Address').fill(EMAIL);
						await tab.getByRole('button', { name: 'Submit' }).click();
						await tab.getByText('Carry it out?').waitFor({ timeout: 30_000 });
						return 'form';
					});
				});
			},
		);
	} finally {
		await browser.close();
	}
}

/**
 * Opens a page and looks at what became of the names there.
 *
 * @param open tells where on the page the person is
 */
async function shown(browser: Browser, open: (tab: Page) => Promise<string>): Promise<string> {
	const context = await browser.newContext({
		httpCredentials: { username: FORM_LOGIN.user, password: FORM_LOGIN.password },
	});
	const asked: string[] = [];
	const dialogs: string[] = [];
	try {
		const tab = await context.newPage();
		tab.on('request', (request) => asked.push(request.url()));
		tab.on('dialog', (dialog) => {
			dialogs.push(dialog.message());
			void dialog.dismiss();
		});
		const person = await open(tab);
		const text = (await tab.locator(person).first().textContent()) ?? '';
		assert.ok(text.includes(HOSTILE.firstName), `The name is not shown as it is:\n${text}`);
		assert.ok(text.includes(HOSTILE.lastName), `The name is not shown as it is:\n${text}`);
		const page = await tab.content();
		assert.ok(!page.includes('evaluated'), 'n8n has evaluated a name.');
		assert.notEqual(await tab.title(), 'run');
		assert.deepEqual(dialogs, []);
		const odd = await tab.locator('img[src="x"], svg[onload], iframe, [onerror]').count();
		assert.equal(odd, 0, 'A name has become an element.');
		const strange = asked.filter((each) => /\/x$|javascript:/.test(each));
		assert.deepEqual(strange, []);
		return `${asked.length} requests`;
	} finally {
		await context.close();
	}
}
