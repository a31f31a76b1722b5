/**
 * How large the page of a report is and how fast it opens, measured in Chromium: `CHROMIUM` names the
 * program, otherwise Debian's is used.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

import { csvOf } from '../../nodes/LmsSync/report/csv';
import { pageOf } from '../../nodes/LmsSync/report/page/page';
import { summarise } from '../../nodes/LmsSync/report/summary';
import type { SyncItem } from '../../nodes/shared/item';
import { demoRun } from '../unit/report/demoRun';
import { firstLoad } from '../unit/report/largeRuns';
import { openBrowser } from '../tools/browser';
import { table, type Table } from './table';

export interface Row {
	people: number;
	/** Milliseconds for making page and table from the items. */
	made: number;
	pageBytes: number;
	tableBytes: number;
	/** Milliseconds from the navigation on. */
	firstPaint: number;
	ready: number;
	interactive: number;
	/** Milliseconds of one keystroke in the search over everybody, and of the first one. */
	firstKeystroke: number;
	keystroke: number;
}

/** Opening times are those of the middle one of three openings. */
export async function measureReports(): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), 'report-'));
	const browser = await openBrowser();
	try {
		const rows: Row[] = [];
		for (const people of [34, 5000, 20_000]) {
			const items = people === 34 ? demoRun(true) : firstLoad(people);
			rows.push(await measured(browser, folder, people, items));
		}
		return rows;
	} finally {
		await browser.close();
		await rm(folder, { recursive: true, force: true });
	}
}

async function measured(browser: Browser, folder: string, people: number, items: SyncItem[]): Promise<Row> {
	const start = performance.now();
	const summary = summarise(items);
	const html = pageOf(summary);
	const csv = csvOf(summary);
	const made = performance.now() - start;
	const file = join(folder, `${people}.html`);
	await writeFile(file, html);
	const times: Times[] = [];
	for (let round = 0; round < 3; round++) {
		const page = await browser.newPage();
		times.push(await opened(page, pathToFileURL(file).href));
		await page.close();
	}
	const [, middle] = times.sort((a, b) => a.interactive - b.interactive);
	return {
		people,
		made,
		pageBytes: Buffer.byteLength(html),
		tableBytes: Buffer.byteLength(csv),
		...(middle as Times),
	};
}

type Times = Pick<Row, 'firstPaint' | 'ready' | 'interactive' | 'firstKeystroke' | 'keystroke'>;

async function opened(page: Page, url: string): Promise<Times> {
	await page.goto(url);
	await page.locator('#query').waitFor();
	// A string, since what transpiles this file adds helpers that the page does not know.
	return await page.evaluate<Times>(`new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
		const [navigation] = performance.getEntriesByType('navigation');
		const paint = performance.getEntriesByName('first-contentful-paint')[0];
		const query = document.getElementById('query');
		const type = (text) => {
			const start = performance.now();
			query.value = text;
			query.dispatchEvent(new Event('input'));
			document.body.offsetHeight;
			return performance.now() - start;
		};
		const firstKeystroke = type('a');
		const rest = ['an', 'ann', 'anna', 'anna b', 'anna be'].map(type);
		resolve({
			firstPaint: paint ? paint.startTime : 0,
			ready: navigation.domContentLoadedEventEnd,
			interactive: navigation.domInteractive,
			firstKeystroke,
			keystroke: rest.sort((a, b) => a - b)[2],
		});
	}, 50)))`);
}

export function reportTable(rows: Row[]): Table {
	const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
	const size = (bytes: number) =>
		bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
	return {
		title: 'The page of a report',
		note: 'A first load, in which everybody comes along with changes and an explanation; the smallest is the demo company. Milliseconds in Chromium from a file, the middle one of three openings.',
		head: [
			'People',
			'Page',
			'Table',
			'Made in',
			'First paint',
			'Ready',
			'First keystroke',
			'Further keystrokes',
		],
		rows: rows.map((row) => [
			row.people.toLocaleString('en-US'),
			size(row.pageBytes),
			size(row.tableBytes),
			ms(row.made),
			ms(row.firstPaint),
			ms(row.ready),
			ms(row.firstKeystroke),
			ms(row.keystroke),
		]),
	};
}

async function main(): Promise<void> {
	const { title, note, head, rows } = reportTable(await measureReports());
	console.log(`## ${title}\n\n${note}\n\n${table(head, rows)}`);
}

if (require.main === module) {
	main().catch((error: unknown) => {
		console.error(error);
		process.exit(1);
	});
}
