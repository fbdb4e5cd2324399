import { describe, expect, it } from 'vitest';
import { EMPTY_VIEW, HOSTILE, START, VIEW } from '../../test/fixtures/digest-view.ts';
import { displayWidth } from './display-width.ts';
import type { Report } from '../domain/report.ts';
import { renderHtml } from './html/page.ts';
import { renderHtmlReport } from './html/report-page.ts';
import { timeTicks } from './html/time-axis.ts';
import { jsonLine, renderJson } from './json.ts';
import { renderMarkdownReport } from './markdown-report.ts';
import { renderMarkdown } from './markdown.ts';
import { plainLine } from './plain-text.ts';
import { resample, sparkline } from './resample.ts';
import { renderTerminal } from './terminal/digest.ts';
import { renderReport } from './terminal/report.ts';
import { durationText, intervalText, shortCount } from './time-text.ts';
import { wordsFor } from './words/words.ts';

// oxlint-disable-next-line no-control-regex -- what must not be there
const ACTIVE = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;

describe('terminal', () => {
  it.each([[40], [80], [120]])('never wraps at %d columns, in any language', (width) => {
    const lines = (['en', 'ko'] as const).flatMap((language) => renderTerminal(VIEW, { language, color: false, width }).split('\n'));
    // Commands and queries are for copying and are not broken.
    const queries = VIEW.digest.incidents.flatMap((incident) => incident.queries.map(({ query }) => plainLine(query)));
    expect(lines.filter((line) => !line.includes('$ ') && !queries.includes(line.trim()) && displayWidth(line) > width)).toEqual([]);
  });

  it('lets nothing through that acts', () => {
    expect(renderTerminal(VIEW, { language: 'en', color: false, width: 80 })).not.toMatch(ACTIVE);
    // With colours only our own: SGR, nothing that moves or links.
    // oxlint-disable-next-line no-control-regex -- SGR is what is left out
    expect(renderTerminal(VIEW, { language: 'en', color: true, width: 80 }).replaceAll(/\u001B\[[0-9;]*m/g, '')).not.toMatch(ACTIVE);
  });

  it('shows a long query and a long command whole, each on a line of its own', () => {
    const long = `{service_name=~".+"} |= \`${'no connection to the database '.repeat(8).trim()}\``;
    const incidents = VIEW.digest.incidents.map((incident) => ({
      ...incident, queries: [{ language: 'logql' as const, query: long, why: '' }], next_actions: [{ summary: 'Look.', command: `grep ${long}`, risk: 'none' as const }],
    }));
    const view = { ...VIEW, digest: { ...VIEW.digest, incidents } };
    const lines = renderTerminal(view, { language: 'en', color: false, width: 60 }).split('\n').map((line) => line.trim());
    expect(lines).toContain(long);
    expect(lines).toContain(`$ grep ${long}`);
    for (const text of [renderMarkdown(view, { language: 'en' }), renderHtml(view, { language: 'en' }).replaceAll('&quot;', '"')]) expect(text.split(long)).toHaveLength(2 * incidents.length + 1);
  });

  it('says where the patterns are that it has no room for', () => {
    const [pattern] = VIEW.digest.patterns.new;
    const many = Array.from({ length: 20 }, () => pattern).filter((one) => one !== undefined);
    const view = { ...VIEW, digest: { ...VIEW.digest, patterns: { ...VIEW.digest.patterns, new: many } } };
    expect(renderTerminal(view, { language: 'en', color: false, width: 80 })).toContain('… and 12 more: see "faultline patterns" or --format html');
  });

  it('draws its charts over all of a filtered log', () => {
    const { period } = VIEW.summary;
    const extent = { start: START, end: START + 4 * 3_600_000 };
    const [bars, filtered] = [VIEW, { ...VIEW, summary: { ...VIEW.summary, extent } }].map((view) => renderTerminal(view, { language: 'en', color: false, width: 80 }).split('\n').find((line) => line.startsWith('Events')));
    expect(period?.end).toBeLessThan(extent.end);
    expect(bars).not.toContain('··');
    expect(filtered).toMatch(/·{40,}$/);
  });

  it('puts incidents first, the closer look last', () => {
    const text = renderTerminal(VIEW, { language: 'en', color: false, width: 80 });
    const order = ['2 incidents', '[P1] Orders database', '[P3]', 'Patterns', 'New 4', 'Growing 1', 'Gone 1', 'Ongoing 1', 'How the input was read', 'Not read', 'Look closer'].map((word) => text.indexOf(word));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(text.trimEnd().endsWith(VIEW.closerLook ?? '')).toBe(true);
  });
});

describe('HTML', () => {
  const page = renderHtml(VIEW, { language: 'en' });

  it('holds no markup from logs, no script, no request', () => {
    expect(page).not.toMatch(/<script|<img|<iframe|<link|javascript:alert\(1\)["']|href=|src=|url\(|@import/i);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(ACTIVE);
  });

  it('is well-formed enough for every tag to be closed', () => {
    for (const tag of ['section', 'article', 'table', 'tr', 'td', 'svg', 'g', 'ol', 'ul', 'li', 'details', 'dl', 'p', 'h2', 'h3', 'main'])
      expect([tag, page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length]).toEqual([tag, page.match(new RegExp(`</${tag}>`, 'g'))?.length]);
  });

  it('draws the charts with a text for those who do not see them', () => {
    expect(page).toMatch(/<svg class="chart"[^>]*role="img"[^>]*aria-label="[^"]*1,345 events/);
    expect(page.match(/class="band"/g)).toHaveLength(2);
    expect(page).toContain('<svg class="heat"');
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('is in Korean when asked', () => {
    expect(renderHtml(VIEW, { language: 'ko' })).toMatch(/<html lang="ko">[\s\S]*장애 2건/);
  });
});

describe('Markdown', () => {
  it('makes no link, image, mention or HTML of log text', () => {
    const text = renderMarkdown(VIEW, { language: 'en' });
    const prose = text.replaceAll(/(`{3,})[\s\S]*?\1/g, '').replaceAll(/(`+)[^`\n][\s\S]*?\1/g, '');
    expect(prose).not.toMatch(/[^\\]\[[^\]\\]*\]\(|[^\\]<[a-z]|:\/\/|@channel/i);
    expect(text).not.toMatch(ACTIVE);
  });

  it('keeps tables whole', () => {
    for (const row of renderMarkdown(VIEW, { language: 'en' }).split('\n').filter((line) => line.startsWith('| ')))
      expect(row.replaceAll(String.raw`\|`, '').split('|')).toHaveLength(7);
  });
});

describe('the report of a capsule, with hostile text everywhere', () => {
  const report: Report = {
    schema: 'faultline.report/1', capsule_id: HOSTILE, verdict: 'root_cause', summary: HOSTILE,
    hypotheses: [{
      rank: 1, component: { kind: 'service', name: HOSTILE, pod: HOSTILE, namespace: null, object_kind: null, source: null, destination: null }, fault: 'configuration', change_id: HOSTILE,
      indicator: HOSTILE, onset: null, score: 1, confidence: 0.9, summary: HOSTILE, evidence: ['E1'], contradictions: ['E2'],
    }],
    evidence: ['E1', 'E2'].map((id) => ({ id, kind: 'log_pattern', summary: HOSTILE, service: HOSTILE, window: null, query: HOSTILE, observed: null, expected: null, samples: [HOSTILE] })),
    gaps: [HOSTILE], impact: { services: [HOSTILE], summary: HOSTILE }, next_actions: [{ summary: HOSTILE, command: HOSTILE, risk: 'high' }], queries: [{ language: 'logql', query: HOSTILE, why: HOSTILE }],
    log_patterns: { lines: 0, events: 0, patterns: 0 }, timings_ms: { total: 12 }, llm: null,
  };

  it('acts nowhere', () => {
    const page = renderHtmlReport(report, { language: 'en' });
    expect(page).not.toMatch(/<script|<img|href=|src=/i);
    for (const text of [page, renderMarkdownReport(report, { language: 'ko' }), renderReport(report, { language: 'en', color: false, width: 80 })]) expect(text).not.toMatch(ACTIVE);
  });

  it.each([40, 80])('never wraps at %d columns', (width) => {
    const lines = renderReport(report, { language: 'ko', color: false, width }).split('\n');
    expect(lines.filter((line) => !line.includes('$ ') && line.trim() !== plainLine(HOSTILE) && displayWidth(line) > width)).toEqual([]);
    expect(lines.filter((line) => line.trim() === plainLine(HOSTILE))).toHaveLength(1);
  });
});

describe('JSON', () => {
  it('comes back as it went in, with nothing that acts on the way', () => {
    expect(JSON.parse(renderJson(VIEW.digest))).toEqual(VIEW.digest);
    expect(JSON.parse(jsonLine(HOSTILE))).toBe(HOSTILE);
    expect(renderJson(VIEW.digest)).not.toMatch(ACTIVE);
  });
});

it('nothing read is said, in every format', () => {
  expect(renderTerminal(EMPTY_VIEW, { language: 'en', color: false, width: 80 })).toContain('Nothing to show');
  expect(renderHtml(EMPTY_VIEW, { language: 'en' })).toContain('Nothing to show');
  expect(renderMarkdown(EMPTY_VIEW, { language: 'en' })).toContain('No incident found');
});

describe('series', () => {
  const window = { start: START, end: START + 10_000 };
  it.each([
    ['one event lies where it was', [{ at: START, count: 1, first: START + 3500 }], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]],
    ['several are spread over their bucket', [{ at: START, count: 4, first: START }], [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]],
    ['before and after do not count', [{ at: START - 8192, count: 5, first: START - 8192 }, { at: START + 20_480, count: 5, first: START + 20_480 }], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])('%s', (_name, buckets, expected) => {
    expect(resample({ widthMs: 4000, buckets }, window, 10)).toEqual(expected);
  });

  it.each([
    [[0, 0], '··'],
    [[1, 0, 8], '▁·█'],
    [[], ''],
  ])('%j is drawn %s', (counts, expected) => {
    expect(sparkline(counts)).toBe(expected);
  });

  it.each([1000, 90_000, 3_600_000, 86_400_000 * 3, 86_400_000 * 2000])('at most eight ticks over %d ms', (lengthMs) => {
    const ticks = timeTicks({ start: START + 123, end: START + 123 + lengthMs }, 8);
    expect(ticks.length).toBeLessThanOrEqual(9);
    expect(ticks.every(({ label }) => /^[\d:-]+$/.test(label))).toBe(true);
  });
});

describe('times and counts', () => {
  it.each([
    [0, '0 ms'], [340, '340 ms'], [1000, '1 s'], [5126, '5.1 s'], [59_949, '60 s'], [60_000, '1 min'], [200_000, '3 min 20 s'], [3_599_900, '1 h'], [7_500_000, '2 h 5 min'], [360_000_000, '4 d 4 h'],
  ])('%d ms is %s', (ms, expected) => {
    expect(durationText(ms, wordsFor('en').units)).toBe(expected);
  });

  it.each([[340, '340ms'], [5126, '5.1초'], [476_000, '7분 56초'], [7_500_000, '2시간 5분'], [360_000_000, '4일 4시간']])('%d ms is %s in Korean', (ms, expected) => {
    expect(durationText(ms, wordsFor('ko').units)).toBe(expected);
  });

  it.each([['1', '1 pattern'], ['2', '2 patterns'], ['1,001', '1,001 patterns']])('counts %s as %s', (count, expected) => {
    expect(wordsFor('en').patternCount(count)).toBe(expected);
  });

  it.each([[0, '0'], [999, '999'], [1234, '1.2k'], [34_900, '35k'], [2_500_000, '2.5M']])('%d is %s', (count, expected) => {
    expect(shortCount(count)).toBe(expected);
  });

  it.each([
    ['2025-02-01T14:05:01.214Z', '2025-02-01T14:05:06.355Z', '2025-02-01 14:05:01 – 14:05:06 UTC'],
    ['2025-02-01T23:59:01Z', '2025-02-02T00:01:00Z', '2025-02-01 23:59:01 – 2025-02-02 00:01:00 UTC'],
    ['2025-02-01T14:05:01Z', '2025-02-01T14:05:01Z', '2025-02-01 14:05:01 UTC'],
  ])('%s to %s', (start, end, expected) => {
    expect(intervalText({ start, end })).toBe(expected);
  });
});
