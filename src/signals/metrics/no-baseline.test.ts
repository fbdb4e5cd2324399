import { describe, expect, it } from 'vitest';
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import { NO_SPANS } from '../../domain/spans.ts';
import { analyzeMetrics, type MetricAnalysis } from './analyze-metrics.ts';
import { levelShift } from './levels.ts';
import { meaningOf } from './vocabulary.ts';

const SECOND = 1000;
const T0 = Date.UTC(2025, 4, 6, 9);
const SAMPLES = 80;
const STEP = 15 * SECOND;

const series = (service: string, name: string, valueAt: (index: number) => number, labels: Readonly<Record<string, string>> = {}): MetricSeries => ({
  name, labels: { service, ...labels }, file: 'metrics/own.csv', times: Float64Array.from({ length: SAMPLES }, (_, i) => T0 + i * STEP), values: Float64Array.from({ length: SAMPLES }, (_, i) => valueAt(i) * (1 + ((i * 7) % 5) / 100)),
});

/** The window begins a minute before somebody notices. */
const analyzed = (metrics: readonly MetricSeries[]): MetricAnalysis => {
  const capsule: Capsule = {
    id: 'synthetic', detectedAt: T0 + 60 * SECOND, window: { start: T0, end: T0 + SAMPLES * STEP }, baseline: null, collectedAt: null,
    symptom: null, alerts: [], metrics, spans: NO_SPANS, changes: [], topology: [], kubernetes: [], runbooks: [], logs: [], gaps: [],
  };
  return analyzeMetrics(capsule);
};

const shifted = ({ series: all }: MetricAnalysis): readonly string[] => all.filter(({ shift }) => shift !== null && shift.strength >= 3).map(({ series: one, shift }) => `${one.labels['service']} ${one.name} ${shift?.direction}`).sort();

const calm = ['desk', 'till', 'gate', 'yard'].flatMap((service) => [series(service, 'latency_ms', () => 30), series(service, 'cpu_percent', () => 25)]);

describe('a window that begins just before the fault', () => {
  const metrics = [...calm, series('quay', 'latency_ms', (i) => (i < 3 ? 40 : 400)), series('quay', 'cpu_percent', (i) => (i < 3 ? 30 : 97))];

  it('is compared with its first few samples', () => {
    const analysis = analyzed(metrics);
    expect(analysis).toMatchObject({ reference: { start: T0, end: T0 + 3 * STEP }, referenceIsGiven: false });
    expect(shifted(analysis)).toEqual(['quay cpu_percent up', 'quay latency_ms up']);
  });

  it('is not, where one series alone begins differently', () => {
    expect(analyzed([...calm, series('quay', 'latency_ms', (i) => (i < 3 ? 40 : 400))]).reference).toBeNull();
  });
});

describe('a window of trouble only', () => {
  it('shows what no time would call normal', () => {
    const analysis = analyzed([
      ...calm, series('quay', 'cpu_percent', () => 97, { unit: 'percent' }), series('desk-mq', 'queue_depth', (i) => 200 + 40 * i), series('quay', 'executor_queue_remaining', () => 2), series('till', 'executor_queue_remaining', () => 180),
      series('gate', 'executor_queue_remaining', () => 190), series('yard', 'error_ratio', () => 0.4), series('desk', 'error_ratio', () => 0.002),
    ]);
    expect(analysis.reference).toBeNull();
    expect(shifted(analysis)).toEqual(['desk-mq queue_depth up', 'quay cpu_percent up', 'quay executor_queue_remaining down', 'yard error_ratio up']);
  });

  it('shows a clock that is far off, of one machine only', () => {
    const offsets = ['n1', 'n2', 'n3', 'n4'].map((node) => series('any', 'node_timex_offset_seconds', (i) => (node === 'n3' ? -97 : 0.0003 * ((i % 3) - 1)), { node }));
    expect(analyzed(offsets).series.map(({ series: one }) => one.labels['node'])).toEqual(['n3']);
  });

  it('shows failures that are many among the calls, however they are counted', () => {
    const calls = ['desk', 'till', 'gate', 'yard'].flatMap((service) => [series(service, 'requests_per_second', () => 80), series(service, 'failed_requests_per_second', () => (service === 'gate' ? 30 : 0.4))]);
    expect(shifted(analyzed(calls))).toEqual(['gate failed_requests_per_second up']);
    const byOutcome = ['desk', 'till', 'gate', 'yard'].flatMap((service) => ['SUCCESS', 'SERVER_ERROR'].map((outcome) => series(service, 'replies_per_second', () => (outcome === 'SUCCESS' ? 50 : service === 'yard' ? 4 : 0.1), { outcome })));
    expect(shifted(analyzed(byOutcome))).toEqual(['yard replies_per_second up']);
  });

  it('says nothing of levels that may be normal', () => {
    expect(shifted(analyzed([...calm, series('quay', 'cpu_percent', () => 60, { unit: 'percent' }), series('desk-mq', 'queue_depth', () => 300), series('till', 'heap_percent', () => 70, { unit: 'percent' })]))).toEqual([]);
  });

  it('takes a level for news neither of few samples nor where everybody has it', () => {
    const level = (count: number, siblings: number): unknown => levelShift({ meaning: meaningOf('cpu_percent', { unit: 'percent' }), window: { times: Float64Array.from({ length: count }, (_, i) => i), values: new Float64Array(count).fill(96) }, siblings });
    expect(level(5, 20)).toBeNull();
    expect(level(20, 94)).toBeNull();
    expect(level(20, 20)).not.toBeNull();
  });
});

describe('the beginning of a shift', () => {
  it('is its rise, not the wandering before it', () => {
    const metrics = [series('quay', 'cpu_percent', (i) => (i < 45 ? 30 : i < 60 ? 34 : 95))];
    const capsule: Capsule = {
      id: 'synthetic', detectedAt: T0 + 62 * STEP, window: { start: T0 + 40 * STEP, end: T0 + SAMPLES * STEP }, baseline: { start: T0, end: T0 + 40 * STEP }, collectedAt: null,
      symptom: null, alerts: [], metrics, spans: NO_SPANS, changes: [], topology: [], kubernetes: [], runbooks: [], logs: [], gaps: [],
    };
    expect(analyzeMetrics(capsule).series[0]?.shift?.onset).toBe(T0 + 60 * STEP);
  });
});
