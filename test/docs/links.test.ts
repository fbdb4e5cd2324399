import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, PAGES, readPage, relativeLinks, ROOT } from './pages.ts';

describe.each(PAGES.filter((page) => relativeLinks(page).length > 0))('%s', (page) => {
  const links = relativeLinks(page);

  it('links only to what is there', () => {
    expect(links.filter(({ file }) => !existsSync(join(ROOT, file))).map(({ target }) => target)).toEqual([]);
  });

  it('links only to headings that are there', () => {
    const lost = links.filter(({ file, anchor }) => anchor !== null && file.endsWith('.md') && existsSync(join(ROOT, file)) && !anchorsOf(file).has(anchor));
    expect(lost.map(({ target }) => target)).toEqual([]);
  });
});

it('README.md reaches every page', () => {
  const seen = new Set<string>();
  const visit = (page: string): void => {
    if (seen.has(page)) return;
    seen.add(page);
    for (const { file } of relativeLinks(page)) if (PAGES.includes(file)) visit(file);
  };
  visit('README.md');
  expect(PAGES.filter((page) => !seen.has(page))).toEqual([]);
});

it('README.md is short', () => {
  expect(readPage('README.md').split('\n').length).toBeLessThanOrEqual(150);
});

it('the picture is small and holds its words as text', () => {
  const picture = readFileSync(join(ROOT, 'docs/images/analyze.svg'), 'utf8');
  expect(picture.length).toBeLessThan(100 * 1024);
  expect(picture).toContain('faultline analyze');
  expect(picture).toContain('prefers-color-scheme:dark');
});
