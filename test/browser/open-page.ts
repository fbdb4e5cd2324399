/** Debian's Chromium, offline: a page is served from memory, and whatever else it asks for is refused and remembered. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const PAGE_URL = 'https://report.invalid/';
const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
/** Nothing that Chromium does of its own accord may reach for the network or wait for it. */
const ARGUMENTS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const IN_PAGE = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8');

/** null where the suite can run; it must run in CI. */
export const missingBrowser = (): string | null => {
  if (EXECUTABLE !== undefined && existsSync(EXECUTABLE)) return null;
  const reason = `no Chromium at ${EXECUTABLE ?? '/usr/bin/chromium'}: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH`;
  if (process.env['CI'] !== undefined && process.env['CI'] !== '' && process.env['CI'] !== 'false') throw new Error(reason);
  process.stdout.write(`  browser suite skipped: ${reason}\n`);
  return reason;
};

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ ...(EXECUTABLE === undefined ? {} : { executablePath: EXECUTABLE }), args: process.getuid?.() === 0 ? ['--no-sandbox', ...ARGUMENTS] : ARGUMENTS });

export interface PageOptions {
  readonly widthPx: number;
  readonly scheme: 'light' | 'dark';
  /** Turn off the page's own Content-Security-Policy, so that escaping alone has to hold. */
  readonly withoutPolicy?: boolean;
}

export interface OpenedPage {
  readonly page: Page;
  /** Addresses asked for other than the page itself. */
  readonly requests: readonly string[];
  /** Dialogs, console errors and exceptions. */
  readonly noise: readonly string[];
  readonly close: () => Promise<void>;
}

export const openPage = async (browser: Browser, html: string, { widthPx, scheme, withoutPolicy = false }: PageOptions): Promise<OpenedPage> => {
  const context = await browser.newContext({ viewport: { width: widthPx, height: 900 }, colorScheme: scheme, bypassCSP: withoutPolicy, locale: 'en-US', timezoneId: 'Asia/Seoul' });
  const requests: string[] = [];
  const noise: string[] = [];
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === PAGE_URL) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    requests.push(url);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    noise.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => noise.push(`console ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error ${error.message}`));
  page.on('popup', (popup) => noise.push(`popup ${popup.url()}`));
  await page.addInitScript({ content: IN_PAGE });
  await page.goto(PAGE_URL, { waitUntil: 'load' });
  return { page, requests, noise, close: () => context.close() };
};

/** Calls one of the functions of in-page.js. */
export const ask = async <Answer>(page: Page, name: string): Promise<Answer> => (await page.evaluate(`inPage.${name}()`)) as Answer;
