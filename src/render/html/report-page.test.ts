import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../../test/fixtures/digest-view.ts';
import { chartOf, reportOf, viewOf } from '../../../test/fixtures/report-view.ts';
import { displayWidth } from '../display-width.ts';
import { renderReport } from '../terminal/report.ts';
import { reportWordsFor } from '../words/report-words.ts';
import { renderHtmlReport } from './report-page.ts';
import { CHART_HEIGHT, CHART_WIDTH, seriesChart } from './series-chart.ts';

// oxlint-disable-next-line no-control-regex -- what must not be there
const ACTIVE = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
const TAGS = ['section', 'article', 'table', 'tr', 'td', 'svg', 'g', 'ol', 'ul', 'li', 'details', 'dl', 'p', 'h2', 'h3', 'main', 'figure', 'q', 'blockquote', 'text', 'title'];
/** Every delimiter of HTML, in every order. */
const nasty = fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '-', '!', '=', ' ', '`', '<script>', '</title>', '-->', ']]>', 'onload=x', '\u0000', '\u001b[31m', '\u202E', '한', 'a'), minLength: 1, maxLength: 30 });

const countOf = (page: string, pattern: RegExp): number => page.match(pattern)?.length ?? 0;

describe('report page', () => {
  const plain = renderHtmlReport(reportOf('plain'), { language: 'en' }, viewOf('plain'));

  it('has every part, each chart with a name', () => {
    for (const part of ['Timeline', 'Series that matter', 'Service map', 'Why', 'Log patterns that changed', 'Evidence', 'What was missing', 'Next', 'How far to trust', "default-src 'none'"]) expect(plain).toContain(part);
    expect(plain.match(/<svg class="(?:series|map|timeline)"[^>]*role="img" aria-label="[^"]{20,}"/g)).toHaveLength(3);
    expect(plain).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('lets no text act, whatever it is and wherever it stands', () => {
    const tags = (page: string): number[] => TAGS.map((tag) => countOf(page, new RegExp(`<${tag}[ >]`, 'g')));
    fc.assert(fc.property(fc.oneof(fc.constant(HOSTILE), nasty), (text) => {
      const page = renderHtmlReport(reportOf(text), { language: 'ko' }, viewOf(text));
      expect(page).not.toMatch(/<script|<img|href=|src=/i);
      expect(page).not.toMatch(ACTIVE);
      // Text adds no element and closes none.
      expect(tags(page)).toEqual(tags(plain));
      for (const tag of TAGS) expect([tag, countOf(page, new RegExp(`<${tag}[ >]`, 'g'))]).toEqual([tag, countOf(page, new RegExp(`</${tag}>`, 'g'))]);
    }), { numRuns: 40 });
  });

  it('is the same every time, and has words without a view', () => {
    expect(renderHtmlReport(reportOf('plain'), { language: 'en' }, viewOf('plain'))).toBe(plain);
    expect(renderHtmlReport(reportOf('plain'), { language: 'en' })).toContain('Evidence');
  });

  it('draws a wide name narrower than its box', () => {
    const page = (name: string): string => renderHtmlReport(reportOf(name), { language: 'en' }, viewOf(name));
    expect(page('WAREHOUSE-GATEWAY-MAIN')).toContain('lengthAdjust');
    expect(page('warehouse-gateway')).not.toContain('lengthAdjust');
  });

  it('stays small, whatever a report holds', () => {
    const report = reportOf('plain');
    const [evidence] = report.evidence;
    const page = renderHtmlReport({ ...report, gaps: Array.from({ length: 5000 }, (_, i) => `gap ${i}`), evidence: evidence === undefined ? [] : Array.from({ length: 5000 }, (_, i) => ({ ...evidence, id: `E${i}` })) }, { language: 'en' }, viewOf('plain'));
    expect(page.length).toBeLessThan(120_000);
    expect(page).toContain('and 4920 more');
  });
});

describe('chart of a series', () => {
  const words = reportWordsFor('en');
  const numbers = (text: string): number[] => (text.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g) ?? []).map(Number);

  it('keeps every point inside, whatever the values', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 }), (values) => {
      const { text } = seriesChart(chartOf('m', values), words);
      expect(text).not.toMatch(/NaN|Infinity/);
      for (const [, path = ''] of text.matchAll(/<path class="line" d="([^"]*)"/g)) {
        const points = numbers(path);
        points.forEach((value, index) => {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(index % 2 === 0 ? CHART_WIDTH : CHART_HEIGHT);
        });
      }
    }), { numRuns: 60 });
  });

  it('draws gaps as gaps and says so', () => {
    const { text } = seriesChart(chartOf('m', [1, 2, 3]), words);
    expect(countOf(text, /class="line"/g)).toBe(2);
    expect(text).toContain('Samples are missing in 1 places');
  });
});

describe('terminal report with a view', () => {
  it.each([40, 80, 120])('never wraps at %d columns, in any language, and lets nothing act', (width) => {
    for (const text of [HOSTILE, 'payment-service', '결제-서비스-이름이-아주-깁니다']) {
      for (const language of ['en', 'ko'] as const) {
        const page = renderReport(reportOf(text), { language, color: false, width }, viewOf(text));
        expect(page).not.toMatch(ACTIVE);
        expect(page.split('\n').filter((line, index, lines) => !line.includes('$ ') && lines[index - 1]?.trim() !== 'logql' && displayWidth(line) > width)).toEqual([]);
      }
    }
  });

  it('shows a cited series as a sparkline', () => {
    expect(renderReport(reportOf('latency'), { language: 'en', color: false, width: 80 }, viewOf('latency'))).toMatch(/\+ {3}E1 latency .*[▁▂▃▄▅▆▇█].* → /);
  });
});
