import { chromium, type Browser } from 'playwright-core';

/** Debian's Chromium, or the program that `CHROMIUM` names. It asks nothing of the network by itself. */
export const openBrowser = async (): Promise<Browser> =>
	await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
