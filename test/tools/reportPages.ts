/**
 * `npx tsx test/tools/reportPages.ts <folder>`: reports of a demo company and of large ones, with pictures
 * of their pages as a browser shows them in light, in the dark, on a phone, on paper and without JavaScript.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { csvOf } from '../../nodes/LmsSync/report/csv';
import { pageOf } from '../../nodes/LmsSync/report/page/page';
import { pseudonymised } from '../../nodes/LmsSync/report/pseudonyms';
import { summarise } from '../../nodes/LmsSync/report/summary';
import type { SyncItem } from '../../nodes/shared/item';
import { measureReports, reportTable } from '../bench/report';
import { openBrowser } from './browser';
import { table } from '../bench/table';
import { demoRun } from '../unit/report/demoRun';
import { invited, itemOf, someRun, tallied } from '../unit/report/items';
import { firstLoad, ordinaryNight } from '../unit/report/largeRuns';
import { anEmployee } from '../unit/sync/builders';

const REPORTS: Record<string, () => SyncItem[]> = {
	'demo-dry-run': () => demoRun(true),
	demo: () => demoRun(false),
	'demo-pseudonymous': () => pseudonymised(demoRun(false), 'salt'),
	'night-20000': () => ordinaryNight(20_000),
	'load-5000': () => firstLoad(5000),
	'load-20000': () => firstLoad(20_000),
	'plan-failed': () => [
		{ error: 'The plan failed: LearnUpon did not accept the password. Enter it anew in the credential.' },
	],
	awkward,
	empty: () => [],
};

/** Long words, few people and odd ways of failing, in a real run. */
function awkward(): SyncItem[] {
	const mail = 'christopher.montgomery-featherstonehaugh@nordhafenlogistik.example';
	const region = 'Vertriebsinnendienstkoordination und Kundenbetreuung der Region Nord und Ost';
	const first = anEmployee(1, { email: mail, department: region });
	const items: SyncItem[] = [
		{
			...invited(first, false),
			error: `LearnUpon refused ${mail}: Email is not allowed. Correct the value in Personio, or the field in LearnUpon.`,
		},
		...Array.from({ length: 14 }, (_, index) =>
			invited(anEmployee(index + 2, { department: `${region} ${index}` }), false),
		),
		{
			...invited(anEmployee(20, { department: region }), false),
			outcomes: [{ step: 'invite', status: 'skipped', message: 'p20@acme.example was invited already.' }],
		},
		invited(anEmployee(21, { department: 'A\r\nB' }), true),
		...(['limitExceeded', 'valueNotAllowed'] as const).map((code) =>
			itemOf(anEmployee(22), { action: 'hold', dryRun: false }, 'Held.', {
				hold: { code, message: `This is about ${code}.` },
				withheld: 'groups',
			}),
		),
	];
	const decisions = { ...tallied(items, 40), invite: 19, deactivate: 3 };
	const configuration = { code: 'B2HV-9KTD', changed: ['x'.repeat(300)], confirmed: false };
	return [...items, { run: someRun({ dryRun: false, decisions, configuration }) }];
}

const DESK = { width: 1200, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 360, height: 740 };

async function main(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const browser = await openBrowser();
	const urls: Record<string, string> = {};
	for (const [name, items] of Object.entries(REPORTS)) {
		const summary = summarise(items());
		const file = resolve(folder, `${name}.html`);
		await writeFile(file, pageOf(summary));
		await writeFile(resolve(folder, `${name}.csv`), csvOf(summary));
		await writeFile(resolve(folder, `${name}.md`), summary.report.markdown);
		urls[name] = pathToFileURL(file).href;
	}
	const shoot = async (
		report: string,
		kind: string,
		options: BrowserContextOptions,
		act: (page: Page) => Promise<unknown> = async () => undefined,
		fullPage = false,
	) => {
		const path = resolve(folder, `${report}-${kind}.png`);
		await take(browser, urls[report] as string, options, act, path, fullPage);
		console.log(path);
	};
	const unfold = async (page: Page) => {
		await page.locator('.person summary').nth(0).click();
		await page.locator('.person summary').nth(9).click();
	};
	/** Each department finds as many people as it says. */
	const facets = async (page: Page) => {
		const select = page.locator('#facet-department');
		const options = await select.locator('option').allTextContents();
		for (const [index, option] of options.entries()) {
			await select.selectOption({ index });
			const found = (await page.locator('#found').textContent()) ?? '';
			const [, wanted] = /\((\d+)\)$/.exec(option) ?? [];
			if (wanted !== undefined && !found.startsWith(`${wanted} of `)) throw new Error(`${option}: ${found}`);
		}
		await select.selectOption({ index: 0 });
	};
	/** Paper tells how many of the people are on it. */
	const printed = async (page: Page) => {
		await page.emulateMedia({ media: 'print' });
		await page.evaluate('dispatchEvent(new Event("beforeprint"))');
		const rest = await page.locator('#rest').innerText();
		if (!rest.startsWith('Printed: 500 of 5,000 people.')) throw new Error(`On paper: ${rest}`);
	};
	const find = async (page: Page) => {
		await page.locator('#query').fill('rohrig wien');
		await page.locator('#query').scrollIntoViewIfNeeded();
	};
	for (const report of Object.keys(REPORTS)) await shoot(report, 'top', { viewport: DESK });
	await shoot('demo-dry-run', 'light', { viewport: DESK }, unfold, true);
	await shoot('demo-dry-run', 'dark', { viewport: DESK, colorScheme: 'dark' }, unfold, true);
	await shoot('demo-dry-run', 'phone', { viewport: PHONE, deviceScaleFactor: 2 }, unfold, true);
	await shoot('demo', 'light', { viewport: DESK }, unfold, true);
	await shoot('demo', 'narrow-dark', { viewport: NARROW, colorScheme: 'dark' }, unfold, true);
	await shoot('demo-pseudonymous', 'light', { viewport: DESK }, unfold, true);
	await shoot('night-20000', 'phone', { viewport: PHONE }, undefined, true);
	await shoot('night-20000', 'light', { viewport: DESK }, undefined, true);
	await shoot('load-20000', 'phone', { viewport: PHONE });
	await shoot('awkward', 'phone', { viewport: PHONE }, unfold, true);
	await shoot('awkward', 'light', { viewport: DESK }, facets, true);
	await shoot('load-5000', 'printed', { viewport: DESK }, printed, true);
	await shoot('load-20000', 'search', { viewport: DESK }, find);
	await shoot('load-20000', 'no-script', { viewport: DESK, javaScriptEnabled: false });
	for (const report of ['demo-dry-run', 'demo', 'load-5000'])
		await print(browser, urls[report] as string, resolve(folder, `${report}.pdf`));
	await browser.close();

	const { title, head, rows } = reportTable(await measureReports());
	console.log(`\n${title}\n${table(head, rows)}`);
}

/** Anything that the page asks of the network, or writes to the console, is a fault. */
async function take(
	browser: Browser,
	url: string,
	options: BrowserContextOptions,
	act: (page: Page) => Promise<unknown>,
	path: string,
	fullPage: boolean,
): Promise<void> {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const faults: string[] = [];
	page.on('request', (request) => request.url() !== url && faults.push(`asks for ${request.url()}`));
	page.on('console', (message) => faults.push(message.text()));
	page.on('pageerror', (error) => faults.push(error.message));
	await page.goto(url);
	await act(page);
	if (fullPage) await page.evaluate('scrollTo(0, 0)');
	const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
	if (wide > 0) faults.push(`is ${wide} pixels too wide`);
	await page.screenshot({ path, fullPage });
	await context.close();
	if (faults.length > 0) throw new Error(`${path}: ${faults.join('; ')}`);
}

async function print(browser: Browser, url: string, path: string): Promise<void> {
	const page = await browser.newPage();
	await page.goto(url);
	await page.pdf({ path, format: 'A4', printBackground: true });
	await page.close();
	console.log(path);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name a folder for the pictures.');
main(resolve(folder)).catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
