import { describe, expect, it } from 'vitest';
import { change, FAULT_AT, MINUTE, shopCapsule, shopMetrics, type Faults } from '../../../test/support/synthetic-capsule.ts';
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Report } from '../../domain/report.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';
import { settingQuote } from './change-quote.ts';

const FAULTY: Faults = { pay: { latency_ms: 4000, error_ratio: 0.5 }, order: { latency_ms: 3000, error_ratio: 0.4 } };
const GUILTY = change({ id: 'pay-42', time: FAULT_AT - 2 * MINUTE, service: 'pay', diff: '-\tMaxConns: 50,\n+\tMaxConns: 5,' });
const DECOY = change({ id: 'cart-3', time: FAULT_AT + 4 * MINUTE, service: 'cart', diff: '-ttl: 5s\n+ttl: 1s' });

/** Orders' view of a bank that sends no telemetry, beside a bank's edge. */
const bank = (): Partial<Capsule> => {
  const [template] = shopMetrics({ pay: { latency_ms: 1 } });
  const times = template?.times ?? new Float64Array(0);
  const series: MetricSeries = { name: 'bank_errors_percent', labels: { service: 'pay' }, file: 'm.csv', times, values: times.map((at) => (at >= FAULT_AT + 3 * MINUTE ? 4 : 1 + ((at / MINUTE) % 3) / 10)) };
  return { metrics: [...shopMetrics(FAULTY), series], topology: [...shopCapsule().topology, { source: 'pay', destination: 'bank' }] };
};

const report = (lang: Language, rest: Partial<Capsule> = {}): Promise<Report> => analyzeCapsule(shopCapsule({ metrics: shopMetrics(FAULTY), changes: [GUILTY, DECOY], ...rest }), { lang });
/** Sentences outside quotations; a dot inside a name or number ends none. */
const sentences = (text: string): number => text.replaceAll(/“[^”]*”/g, 'Q').split(/[.!?](?:\s|$)/).filter((part) => part.trim() !== '').length;
const textsOf = (found: Report): string[] => [
  found.summary, found.impact.summary, ...found.gaps, ...found.hypotheses.map(({ summary }) => summary), ...found.evidence.map(({ summary }) => summary), ...found.next_actions.map(({ summary }) => summary), ...found.queries.map(({ why }) => why),
];

describe.each(LANGUAGES)('%s', (lang) => {
  it('tells cause, setting, effect and decoy in three sentences at most', async () => {
    const { summary, hypotheses } = await report(lang);
    expect(sentences(summary)).toBeLessThanOrEqual(3);
    for (const part of ['pay-42', '“MaxConns: 50 → 5”', '10:06:00 UTC', 'cart-3']) expect(summary).toContain(part);
    expect(summary).not.toMatch(/T\d\d:\d\d/);
    expect(hypotheses[0]?.summary).toContain('cart-3');
  });

  it('has no empty sentence and no hole', async () => {
    for (const rest of [{}, bank(), { metrics: [] }, { baseline: null }, { changes: [] }]) {
      for (const text of textsOf(await report(lang, rest))) {
        expect(text).not.toMatch(/undefined|NaN|null|\[object|\{c|Infinity/);
        expect(text.trim()).not.toBe('');
        expect(text).not.toMatch(/\.\.(?!\.)|^[\s,;:]*\.|  | \./);
      }
    }
  });

  it('lists a callee that began later as a consequence, though only its caller tells of it, with evidence that exists', async () => {
    const found = await report(lang, bank());
    expect(found.impact.services).toContain('bank');
    expect(found.impact.summary).toContain('bank_errors_percent');
    for (const [id] of found.impact.summary.matchAll(/\bE\d+\b/g)) expect(found.evidence.map((one) => one.id)).toContain(id);
    expect(found.summary).toContain('bank');
  });
});

describe('steps and queries', () => {
  it('look first, then undo, then verify', async () => {
    const { next_actions: steps } = await report('en');
    expect(steps.map(({ command, risk }) => [command?.split(' ').slice(0, 3).join(' ') ?? null, risk])).toEqual([
      [expect.stringMatching(/^kubectl (?:logs|rollout|top)/), 'none'], ['kubectl rollout undo', 'medium'], [null, expect.any(String)], ['promtool query instant', 'none'],
    ]);
  });

  it('a name that no cluster allows is in no command', async () => {
    const hostile = 'pay; rm -rf /';
    const metrics = shopMetrics(FAULTY).map(({ name, labels, file, times, values }): MetricSeries => ({ name, labels: { service: labels['service'] === 'pay' ? hostile : (labels['service'] ?? '') }, file, times, values }));
    const { next_actions: steps } = await report('en', { metrics, changes: [], topology: [{ source: 'order', destination: hostile }] });
    expect(steps.filter(({ command }) => command?.startsWith('kubectl') === true && command.includes(';'))).toEqual([]);
  });

  it('the first hypothesis has a query in PromQL', async () => {
    expect((await report('en')).queries[0]).toMatchObject({ language: 'promql', query: expect.stringContaining('service="pay"') });
  });
});

describe('what a change set', () => {
  it.each<[string, string | null, string, string | null]>([
    ['a number', '-  maximum-pool-size: 50\n+  maximum-pool-size: 10', '', 'maximum-pool-size: 50 → 10'],
    ['the one that a series follows', '-a: 1\n-pool: 50\n+a: 2\n+pool: 5', 'it sets pool from 50 to 5, and x follows', 'pool: 50 → 5'],
    ['no setting', '-return a\n+return b', '', null],
    ['words only', '-mode: fast\n+mode: slow', '', null],
    ['no diff', null, '', null],
    ['markup', '-pool: 50\n+pool: 5 <script>](x', '', 'pool: 50 → 5 ‹script›] (x'],
  ])('%s', (_what, diff, reasons, wanted) => {
    expect(settingQuote({ diff }, reasons)).toBe(wanted);
  });

  it('is masked', () => {
    expect(settingQuote({ diff: '-password: 12345secret99\n+password: 67890secret11' }, '')).not.toMatch(/secret\d\d/);
  });
});
