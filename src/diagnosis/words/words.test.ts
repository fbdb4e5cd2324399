import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/finding.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { FAULTS } from '../../domain/report.ts';
import { componentOf } from '../../signals/metrics/series-component.ts';
import { instantText } from './instant-text.ts';
import { quantityPair, quantityText, unitOf } from './quantity-text.ts';
import { wordsOfLanguage, type Bystander, type HypothesisFacts, type ImpactFacts } from './words.ts';

const DAY = Date.UTC(2025, 2, 3);
const AT = DAY + 10 * 3_600_000;
const at = instantText({ start: AT, end: AT + 3_600_000 });

const metric = (rest: Partial<Finding> = {}): Finding => ({
  id: 'metric:wait_seconds', kind: 'metric', component: componentOf('service', 'order'), faults: {}, role: 'cause', strength: 900, onset: AT, end: null, window: null, changeId: null, indicator: 'wait_seconds', summary: 'x rose',
  query: 'wait_seconds{quantile="0.99",service="order"}', observed: 30.25, expected: 0.656, samples: [], ...rest,
});
const facts: HypothesisFacts = {
  component: componentOf('service', 'order'), fault: 'memory', indicator: 'wait_seconds', changeId: 'c-1', change: { id: 'c-1', kind: 'deployment', at: AT, quote: 'pool-size: 50 → 10' }, onset: AT, confidence: 80, shown: [metric()], sameAs: null,
};
const impact = (affected: readonly string[]): ImpactFacts => ({ affected, blamed: null, bystanders: [] });
const bystander: Bystander = { name: 'cache', relation: 'callee', isDirect: true, isConsequence: true, isEarlier: false, isExternal: false, lagMs: 210_000, sign: metric() };

describe('quantities', () => {
  it.each<[string, string | undefined, number, string]>([
    ['http_request_duration_seconds', undefined, 0.656, '0.66 s'], ['http_request_duration_seconds', undefined, 30.2525, '30 s'], ['latency_ms', undefined, 10_414, '10 s'], ['latency_ms', undefined, 2, '2 ms'],
    ['pool_utilization_percent', undefined, 97.6, '98 %'], ['error_ratio', undefined, 0.523, '52 %'], ['heap_bytes', undefined, 2 ** 30 * 1.5, '1.5 GiB'], ['requests_per_second', undefined, 12_274, '12,274'],
    ['latency', 'milliseconds', 250, '0.25 s'], ['clients', undefined, 305, '305'], ['clients', undefined, Number.NaN, '–'],
  ])('%s (%s) %d is %s', (name, label, value, text) => {
    expect(quantityText(value, unitOf(name, label))).toBe(text);
  });

  it('have as many digits as tell normal from seen', () => {
    expect(quantityPair(97.6, 98.4, '%')).toEqual(['97.6 %', '98.4 %']);
  });

  it('are never undefined or NaN', () => {
    fc.assert(fc.property(fc.double(), fc.string(), (value, name) => {
      expect(quantityText(value, unitOf(name, name))).not.toMatch(/NaN|undefined|Infinity/);
    }));
  });
});

describe('instants', () => {
  it.each<[string, number, number, string]>([
    ['the clock alone within a day', AT, AT + 3_600_000, '10:00:00 UTC'],
    ['the date where the window holds two days', AT, AT + 86_400_000, '2025-03-03 10:00:00 UTC'],
    ['the date where the instant is of another day', AT - 86_400_000, AT - 80_000_000, '2025-03-03 10:00:00 UTC'],
  ])('%s', (_what, start, end, text) => {
    expect(instantText({ start, end })(AT)).toBe(text);
  });
});

describe.each(LANGUAGES)('%s', (language) => {
  const words = wordsOfLanguage(language);

  it('has a name and advice for every fault, with the component in it', () => {
    for (const fault of FAULTS) {
      expect(words.fault[fault]).not.toBe('');
      for (const text of [words.act(fault, 'order'), words.look(fault, 'order')]) {
        expect(text).toContain('order');
        expect(text).not.toContain('{c');
      }
    }
  });

  it('names component, sign, change, setting and onset of a hypothesis', () => {
    for (const part of ['order', 'wait_seconds', 'c-1', '“pool-size: 50 → 10”', '10:00:00 UTC', '0.66 s', '30 s']) expect(words.hypothesis(facts, at)).toContain(part);
  });

  it('says that two hypotheses are about one component', () => {
    expect(words.hypothesis({ ...facts, sameAs: 3 }, at)).toMatch(/hypothesis 3|가설 3과/);
  });

  it('cuts long lists and says so', () => {
    const text = words.impact(impact(Array.from({ length: 9 }, (_, i) => `s${i}`)));
    expect(text).toContain('s4');
    expect(text).not.toContain('s5');
    expect(text).toContain('4');
  });

  it('gives the reason why somebody is a consequence, with its evidence', () => {
    const text = words.impact({ affected: ['cache'], blamed: 'order', bystanders: [{ ...bystander, evidence: 'E7' }] });
    expect(text).toMatch(/3 min 30 s later|3분 30초 뒤에/);
    expect(text).toContain('E7');
  });

  it('neutralises what telemetry says', () => {
    const hostile = '\u001b[31m<script>alert(1)</script> ![x](http://x) root cause:\u202e ignore';
    const finding = metric({ id: 'log:x', kind: 'log_pattern', indicator: hostile, observed: 1, expected: 0 });
    const other = metric({ id: 'k', kind: 'kubernetes', summary: hostile, observed: null, expected: null });
    const texts = [words.evidence(finding, at), words.evidence(other, at), words.hypothesis({ ...facts, shown: [finding], indicator: hostile }, at), words.hypothesis({ ...facts, shown: [], indicator: hostile }, at)];
    for (const text of texts) {
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}<>]|\]\(/u);
    }
    expect(texts[0]).toContain('“[31m‹script›');
  });
});

describe('evidence', () => {
  it.each<[string, Finding, string, string]>([
    ['a metric', metric(), 'order: wait_seconds (p99) rose from 0.66 s to 30 s at 10:00:00 UTC, far outside its usual range.', 'order: wait_seconds (p99) 값이 10:00:00 UTC부터 0.66 s에서 30 s로 올랐습니다(평소 범위를 크게 벗어남).'],
    ['a weak fall', metric({ strength: 3.21, observed: 5, expected: 50, indicator: 'free', query: 'free{service="order"}' }), 'order: free fell from 50 to 5 at 10:00:00 UTC (3.2 times its usual spread).', 'order: free 값이 10:00:00 UTC부터 50에서 5로 내렸습니다(평소 변동 폭의 3.2배).'],
    ['a log line', metric({ id: 'log:a', kind: 'log_pattern', indicator: 'pool <*> full', summary: 'in 9 of 10 time slices', observed: 0.9, expected: 0 }), 'order: the log line “pool … full” is in 90 % of the time slices, normally 0 %, since 10:00:00 UTC.', 'order: 로그 “pool … full”이 나타나는 시간 구간 비율이 10:00:00 UTC부터 0 %에서 90 %로 늘었습니다.'],
    ['a slow span', metric({ id: 'trace:latency:order', kind: 'trace', indicator: 'self time getConnection', observed: 10_414, expected: 2 }), 'order: “getConnection” takes 10 s, normally 2 ms, since 10:00:00 UTC.', 'order: “getConnection” 소요 시간이 10:00:00 UTC부터 2 ms에서 10 s로 늘었습니다.'],
    ['failing spans', metric({ id: 'trace:errors:order', kind: 'trace', onset: null, observed: 12, expected: 0 }), 'order: 12 calls failed of themselves, normally 0.', 'order: 자체 원인으로 실패한 호출이 12건입니다(평소 0건).'],
    ['a change', metric({ id: 'change:c-1', kind: 'change', changeId: 'c-1', summary: 'deployment c-1 at 2025-03-03T10:00:00.000Z came before the trouble', observed: null }), 'Deployment c-1 at 10:00:00 UTC came before the trouble.', 'order: 변경 c-1이 10:00:00 UTC에 이상이 나타나기 전에 적용되었습니다.'],
  ])('%s', (_what, finding, en, ko) => {
    expect(wordsOfLanguage('en').evidence(finding, at)).toBe(en);
    expect(wordsOfLanguage('ko').evidence(finding, at)).toBe(ko);
  });
});

it.each<[keyof ReturnType<typeof wordsOfLanguage>['signals'], string]>([
  ['metrics', 'The input has no metrics; what nothing else would show stays open.'],
  ['kubernetes', 'The input has no cluster state; what nothing else would show stays open.'],
  ['topology', 'The input has no call graph; what nothing else would show stays open.'],
])('names the missing signal %s in one number', (signal, sentence) => {
  const words = wordsOfLanguage('en');
  expect(words.missingSignal(words.signals[signal])).toBe(sentence);
});
