/** The one-file HTML reports in Chromium: the example incident, a log that attacks its reader, and the report of a capsule. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultline, ROOT, temporaryFolder } from '../cli/run-faultline.ts';
import { checkPage } from './check-page.ts';
import { HOSTILE_TEXTS, hostileLog } from './hostile-log.ts';
import { ask, launchBrowser, missingBrowser, openPage } from './open-page.ts';

const EXAMPLE = join('examples', 'order-outage');
/** A file's name reaches the page, too. */
const HOSTILE_FILE = '"><img src=x onerror=globalThis.trespass=1>.log';

const pageOf = async (path: string, language: string, cwd: string): Promise<string> => {
  const { code, stdout, stderr } = await faultline(['analyze', path, '--format', 'html', '--lang', language], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

const writeHostileInputs = (folder: string): void => {
  writeFileSync(join(folder, HOSTILE_FILE), hostileLog());
  const capsule = join(folder, 'capsule');
  mkdirSync(join(capsule, 'logs'), { recursive: true });
  const window = { start: '2026-02-03T10:30:00Z', end: '2026-02-03T10:45:00Z' };
  const baseline = { start: '2026-02-03T10:00:00Z', end: '2026-02-03T10:30:00Z' };
  const symptom = { service: '<b>shop</b>', metric: 'latency', description: HOSTILE_TEXTS[0] };
  writeFileSync(join(capsule, 'capsule.json'), JSON.stringify({ schema: 'faultline.capsule/1', id: '</title><script>globalThis.trespass=1</script>', detected_at: '2026-02-03T10:41:00Z', window, baseline, symptom, collected_at: null }));
  writeFileSync(join(capsule, 'logs', 'shop.log'), hostileLog());
  const change = { time: '2026-02-03T10:39:50Z', kind: 'deployment', id: HOSTILE_TEXTS[2], service: '<script>globalThis.trespass=1</script>', summary: HOSTILE_TEXTS[1] };
  writeFileSync(join(capsule, 'changes.ndjson'), `${JSON.stringify(change)}\n`);
};

describe.skipIf(missingBrowser() !== null)('report pages', () => {
  let browser: Browser;
  let folder = '';

  beforeAll(async () => {
    folder = temporaryFolder();
    writeHostileInputs(folder);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shared = { browser: (): Browser => browser };
  checkPage({ ...shared, name: 'example incident, English', language: 'en', charts: 2, html: () => pageOf(EXAMPLE, 'en', ROOT) });
  checkPage({ ...shared, name: 'example incident, Korean', language: 'ko', charts: 2, html: () => pageOf(EXAMPLE, 'ko', ROOT) });
  checkPage({ ...shared, name: 'hostile log', language: 'en', charts: 2, html: () => pageOf(HOSTILE_FILE, 'en', folder) });
  checkPage({ ...shared, name: 'capsule of hostile text', language: 'ko', charts: 0, html: () => pageOf('capsule', 'ko', folder) });

  it('shows hostile text as the text it is', async () => {
    const { page, close } = await openPage(browser, await pageOf(HOSTILE_FILE, 'en', folder), { widthPx: 1280, scheme: 'light' });
    await ask(page, 'openDetails');
    const text = await ask<string>(page, 'text');
    expect(text).toContain('<script>globalThis.trespass=');
    expect(text).toContain('결제 서비스가 응답하지 않습니다');
    expect(text).toContain(HOSTILE_FILE);
    await close();
  });

  it('is able to fail: markup that is not escaped is noticed', async () => {
    const page = '<!doctype html><html><body style="color:#999"><p>faint text</p><img src=x onerror="globalThis.trespass=1"><div style="width:2000px">wide</div></body></html>';
    const opened = await openPage(browser, page, { widthPx: 360, scheme: 'light' });
    await expect.poll(async () => (await ask<{ ran: unknown }>(opened.page, 'trespass')).ran).toBe(1);
    expect(opened.requests).toEqual(['https://report.invalid/x']);
    expect((await ask<readonly string[]>(opened.page, 'hazards')).length).toBeGreaterThan(1);
    expect((await ask<{ excessPx: number }>(opened.page, 'overflow')).excessPx).toBeGreaterThan(1000);
    expect((await ask<{ low: readonly string[] }>(opened.page, 'contrasts')).low.length).toBeGreaterThan(0);
    await opened.close();
  });
});
