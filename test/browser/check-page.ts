/** What must hold for every page that Faultline writes, looked at in a real browser. One call makes the tests of one page. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openPage, type OpenedPage, type PageOptions } from './open-page.ts';

const WIDTHS_PX = [360, 1280] as const;
const SCHEMES = ['light', 'dark'] as const;
const LOOKS = WIDTHS_PX.flatMap((widthPx) => SCHEMES.map((scheme) => ({ widthPx, scheme })));

interface Contrasts {
  readonly looked: number;
  readonly lowest: number;
  readonly low: readonly string[];
}

interface Outline {
  readonly language: string;
  readonly title: string;
  readonly headings: readonly { readonly level: number; readonly text: string }[];
  readonly landmarks: number;
  readonly tablesWithoutHeader: number;
  readonly duplicateIds: readonly string[];
}

interface Chart {
  readonly name: string;
  readonly role: string;
  readonly hidden: boolean;
  readonly shapes: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

interface Colors {
  readonly background: readonly number[];
  readonly text: readonly number[];
}

export interface CheckedPage {
  readonly name: string;
  readonly language: 'en' | 'ko';
  /** Made once, before the first test. */
  readonly html: () => Promise<string>;
  /** Charts that must be there, each with a name for those who do not see it. */
  readonly charts: number;
  readonly browser: () => Browser;
}

const isBrightness = (color: readonly number[]): number => (color[0] ?? 0) + (color[1] ?? 0) + (color[2] ?? 0);

/** With the page's policy off, so that what is asked for would be seen. */
const testsOfIsolation = (open: (options: PageOptions) => Promise<OpenedPage>): void => {
  it.each([false, true])('runs nothing and asks for nothing (own policy switched off: %s)', async (withoutPolicy) => {
    const { page, requests, noise, close } = await open({ widthPx: 1280, scheme: 'light', withoutPolicy });
    await ask(page, 'openDetails');
    // Hovering and a click everywhere wake handlers that sleep.
    await page.mouse.move(300, 300);
    await page.mouse.click(640, 450);
    await page.keyboard.press('Tab');
    await page.waitForTimeout(150);
    const { title } = await ask<Outline>(page, 'outline');
    expect(await ask(page, 'hazards')).toEqual([]);
    expect(await ask(page, 'policyViolations')).toEqual([]);
    expect(await ask(page, 'trespass')).toEqual({ ran: null, title });
    expect(title).toContain('Faultline');
    expect(await ask(page, 'hiddenCharacters')).toEqual([]);
    expect({ requests, noise }).toEqual({ requests: [], noise: [] });
    await close();
  });
};

const testsOfLook = (open: (options: PageOptions) => Promise<OpenedPage>): void => {
  it.each(LOOKS)('fits and can be read: $widthPx px, $scheme', async (look) => {
    const { page, close } = await open(look);
    await ask(page, 'openDetails');
    expect(await ask(page, 'overflow')).toEqual({ excessPx: 0, culprits: [] });
    const contrasts = await ask<Contrasts>(page, 'contrasts');
    expect(contrasts.looked).toBeGreaterThan(10);
    expect(contrasts.low).toEqual([]);
    const { background, text } = await ask<Colors>(page, 'colors');
    expect(isBrightness(background) > isBrightness(text)).toBe(look.scheme === 'light');
    await close();
  });

  it('follows the system from light to dark while open', async () => {
    const { page, close } = await open({ widthPx: 1280, scheme: 'light' });
    const before = await ask<Colors>(page, 'colors');
    await page.emulateMedia({ colorScheme: 'dark' });
    const after = await ask<Colors>(page, 'colors');
    expect(isBrightness(after.background)).toBeLessThan(isBrightness(before.background));
    await close();
  });

  it('prints dark on white, whole, whatever the screen', async () => {
    const { page, close } = await open({ widthPx: 794, scheme: 'dark' });
    expect(await ask<number>(page, 'closedDetails')).toBeGreaterThanOrEqual(0);
    await page.emulateMedia({ media: 'print' });
    expect((await ask<Colors>(page, 'colors')).background).toEqual([255, 255, 255]);
    expect((await ask<Contrasts>(page, 'contrasts')).low).toEqual([]);
    expect((await ask<{ excessPx: number }>(page, 'overflow')).excessPx).toBe(0);
    expect(await ask<number>(page, 'hiddenDetails')).toBe(0);
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await close();
  });
};

const testsOfStructure = (open: (options: PageOptions) => Promise<OpenedPage>, { language, charts }: CheckedPage): void => {
  it('has a language, a title, one main part and headings in order', async () => {
    const { page, close } = await open({ widthPx: 1280, scheme: 'light' });
    const outline = await ask<Outline>(page, 'outline');
    expect(outline).toMatchObject({ language, landmarks: 1, tablesWithoutHeader: 0, duplicateIds: [] });
    const levels = outline.headings.map(({ level }) => level);
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    expect(outline.headings.filter(({ text }) => text === '')).toEqual([]);
    await close();
  });

  it('names its charts, and hides small ones that repeat what the text says', async () => {
    const { page, close } = await open({ widthPx: 1280, scheme: 'light' });
    const all = await ask<readonly Chart[]>(page, 'charts');
    expect(all.filter(({ hidden, name, role }) => !hidden && (name === '' || role !== 'img'))).toEqual([]);
    const named = all.filter(({ hidden }) => !hidden);
    expect(named.length).toBeGreaterThanOrEqual(charts);
    for (const chart of named) {
      expect(chart.shapes).toBeGreaterThan(3);
      expect(Math.min(chart.widthPx, chart.heightPx)).toBeGreaterThan(30);
    }
    await close();
  });
};

export const checkPage = (checked: CheckedPage): void => {
  describe.each([checked])('$name', () => {
    let html = '';
    const opened: OpenedPage[] = [];
    const open = async (options: PageOptions): Promise<OpenedPage> => {
      const page = await openPage(checked.browser(), html, options);
      opened.push(page);
      return page;
    };
    beforeAll(async () => {
      html = await checked.html();
    });
    afterAll(async () => {
      for (const page of opened) await page.close();
    });
    testsOfIsolation(open);
    testsOfLook(open);
    testsOfStructure(open, checked);
  });
};
