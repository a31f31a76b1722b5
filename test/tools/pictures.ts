/**
 * `npm run docs:pictures`: the pictures of the documentation, taken from the running product in a browser.
 * Needs Chromium: `CHROMIUM` names the program, otherwise Debian's is used.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { installN8n } from '../n8n/install';
import { startN8n } from '../n8n/server';
import { startSandbox } from '../sandbox';
import { openBrowser } from './browser';
import { usePortal } from './usedPortal';
import { importTemplates, provideCredentials, reportsOf, runByHand } from './demo';

const CHECKOUT = resolve(__dirname, '..', '..');
const PICTURES = resolve(CHECKOUT, 'docs', 'pictures');
const SYNC = 'sync-personio-to-learnupon.json';
const SYNC_360 = 'sync-personio-to-360learning.json';

const log = (line: string) => console.log(line);

async function main(): Promise<void> {
	await mkdir(PICTURES, { recursive: true });
	const installation = await installN8n({ log });
	const sandbox = await startSandbox();
	usePortal(sandbox);
	const n8n = await startN8n({ installation, packageFolder: CHECKOUT, log });
	const browser = await openBrowser();
	try {
		const credentials = await provideCredentials(n8n.client, sandbox);
		const workflows = await importTemplates(n8n.client, resolve(CHECKOUT, 'workflows'), credentials, {
			rootGroup: sandbox.threeSixtyLearning.syncRoot,
		});
		const workflow = workflows[SYNC];
		if (!workflow) throw new Error(`workflows/${SYNC} is missing.`);
		const execution = await runByHand(n8n.client, workflow);

		const page = await browser.newPage({ viewport: { width: 1600, height: 820 }, deviceScaleFactor: 1 });
		await logIn(page, n8n.url, n8n.owner);
		await page.goto(`${n8n.url}/workflow/${workflow.id}`);
		await page.getByText('Report on Run', { exact: true }).last().waitFor();
		await page.keyboard.press('1');
		await page.waitForTimeout(1500);
		await take(page, 'sync-canvas');
		await page.locator('[data-test-id=canvas-node]', { hasText: 'Plan Sync' }).dblclick();
		await page.getByText('End Access', { exact: true }).waitFor();
		await page.waitForTimeout(1000);
		await take(page, 'plan-form');

		await page.goto(`${n8n.url}/workflow/${workflows[SYNC_360]?.id}`);
		await page.getByText('Set Managers', { exact: true }).last().waitFor();
		await page.keyboard.press('1');
		await page.waitForTimeout(1500);
		await take(page, 'sync-360learning-canvas');
		await page.locator('[data-test-id=canvas-node]', { hasText: 'Plan Sync' }).dblclick();
		await page.getByText('Root Group', { exact: false }).first().waitFor();
		await page.waitForTimeout(2500);
		await take(page, 'plan-360learning-form');

		const file = reportsOf(execution, workflow)[0]?.binary?.report;
		if (!file) throw new Error('The run has no report.');
		await page.setViewportSize({ width: 1100, height: 900 });
		await page.setContent((await n8n.client.binary(file)).toString());
		await take(page, 'report');
	} finally {
		await browser.close();
		await n8n.stop();
		await sandbox.close();
	}
}

async function logIn(page: Page, url: string, owner: { email: string; password: string }): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[type=email], input[name=emailOrLdapLoginId]').fill(owner.email);
	await page.locator('input[type=password]').fill(owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((address) => !address.pathname.includes('signin'));
}

async function take(page: Page, name: string): Promise<void> {
	const path = resolve(PICTURES, `${name}.png`);
	await page.screenshot({ path });
	log(`docs/pictures/${name}.png`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
