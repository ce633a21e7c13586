import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from './chromium';

const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// A page that is not in front would be slowed down, and a test with it.
	'--disable-background-timer-throttling',
	'--disable-renderer-backgrounding',
];

/** A headless Chromium with a fresh profile. Whoever opens it closes it. */
export async function openBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: await ensureChromium(), args: flags, chromiumSandbox: false });
}

/** An empty page of the size that the screenshots in the README have. */
export async function openPage(browser: Browser): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, colorScheme: 'dark' });
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	return context.newPage();
}
