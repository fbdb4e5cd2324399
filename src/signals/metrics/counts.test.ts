import { describe, expect, it } from 'vitest';
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import { NO_SPANS } from '../../domain/spans.ts';
import { analyzeMetrics, type SeriesAnalysis } from './analyze-metrics.ts';
import { meanSeries } from './mean-series.ts';
import { meaningOf } from './vocabulary.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2025, 4, 6, 9);
const SAMPLES = 80;
const FAULT = 65;

const series = (name: string, valueAt: (minute: number) => number, labels: Readonly<Record<string, string>> = { service: 'quay' }): MetricSeries => ({
  name, labels, file: 'metrics/own.csv', times: Float64Array.from({ length: SAMPLES }, (_, i) => T0 + i * MINUTE), values: Float64Array.from({ length: SAMPLES }, (_, i) => valueAt(i)),
});

/** A counter whose increase in each minute is given. */
const counter = (name: string, increaseAt: (minute: number) => number, labels?: Readonly<Record<string, string>>): MetricSeries => {
  let total = 1000;
  return series(name, (minute) => (total += increaseAt(minute)), labels);
};

const analyzed = (metrics: readonly MetricSeries[]): readonly SeriesAnalysis[] => {
  const capsule: Capsule = {
    id: 'synthetic', detectedAt: T0 + 70 * MINUTE, window: { start: T0 + 60 * MINUTE, end: T0 + 80 * MINUTE }, baseline: { start: T0, end: T0 + 60 * MINUTE }, collectedAt: null,
    symptom: null, alerts: [], metrics, spans: NO_SPANS, changes: [], topology: [], kubernetes: [], runbooks: [], logs: [], gaps: [],
  };
  return analyzeMetrics(capsule).series;
};

const strengthOf = (all: readonly SeriesAnalysis[], name: string): number => all.find((one) => one.series.name === name)?.shift?.strength ?? 0;

describe('counts of anything', () => {
  it('vary by their square root: twice as many of one a minute are noise', () => {
    const ticks = counter('cpu_throttled_periods_total', (minute) => (minute >= FAULT ? 2 : 1));
    expect(strengthOf(analyzed([ticks]), 'cpu_throttled_periods_total')).toBeLessThan(3);
  });

  it('do so where samples are missing', () => {
    const ticks = counter('cpu_throttled_periods_total', (minute) => (minute >= FAULT ? 2 : 1));
    const keep = [...ticks.times.keys()].filter((index) => index % 9 !== 4);
    const thinned = { ...ticks, times: Float64Array.from(keep, (index) => ticks.times[index] ?? 0), values: Float64Array.from(keep, (index) => ticks.values[index] ?? 0) };
    expect(strengthOf(analyzed([thinned]), 'cpu_throttled_periods_total')).toBeLessThan(3);
  });

  it('of calls are not measured against the calls themselves', () => {
    const calls = counter('http_requests_total', (minute) => (minute >= FAULT ? 9000 : 3000) + (minute % 3));
    expect(strengthOf(analyzed([calls]), 'http_requests_total')).toBeGreaterThan(10);
  });

  it('are counters whatever they are called, where they only ever grow', () => {
    const questions = counter('mysql_global_status_questions', (minute) => (minute >= FAULT ? 9000 : 3000) + (minute % 3));
    const [one] = analyzed([questions]);
    expect(one).toMatchObject({ counter: true, shift: { direction: 'up' } });
    expect(one?.shift?.expected).toBeCloseTo(50, 0);
    const [gauge] = analyzed([series('open_requests_total', (minute) => 40 + (minute % 5))]);
    expect(gauge?.counter).toBe(false);
  });
});

describe('counts of rare events', () => {
  it('one or two errors a minute where there were a few in an hour are noise', () => {
    const rare = series('http_errors', (minute) => (minute >= FAULT && minute < FAULT + 3 ? 1 : minute % 12 === 0 ? 1 : 0));
    expect(strengthOf(analyzed([rare]), 'http_errors')).toBeLessThan(3);
  });

  it('hundreds are not', () => {
    const many = series('http_errors', (minute) => (minute >= FAULT ? 200 : minute % 12 === 0 ? 1 : 0));
    expect(strengthOf(analyzed([many]), 'http_errors')).toBeGreaterThan(10);
  });

  it('errors that grow with the traffic are weaker than the same errors under the usual traffic', () => {
    const errors = counter('http_errors_total', (minute) => (minute >= FAULT ? 60 : 30));
    const calls = (more: number): MetricSeries => counter('http_requests_total', (minute) => (minute >= FAULT ? 3000 * more : 3000));
    const usual = strengthOf(analyzed([errors, calls(1)]), 'http_errors_total');
    expect(usual).toBeGreaterThan(5);
    expect(strengthOf(analyzed([errors, calls(2)]), 'http_errors_total')).toBeLessThan(1);
  });

  it('leaves ratios alone', () => {
    const ratio = series('error_ratio', (minute) => (minute >= FAULT ? 0.4 : 0.01));
    expect(strengthOf(analyzed([ratio]), 'error_ratio')).toBeGreaterThan(10);
  });
});

describe('means of a histogram or summary', () => {
  const calls = counter('http_server_requests_seconds_count', (minute) => (minute % 7 === 3 ? 0 : 100));
  const spent = counter('http_server_requests_seconds_sum', (minute) => (minute % 7 === 3 ? 0 : minute >= FAULT ? 200 : 10));

  it('is the increase of the sum by that of the count, where anything was counted', () => {
    const [mean, ...rest] = meanSeries([calls, spent]);
    expect(rest).toEqual([]);
    expect(mean?.name).toBe('http_server_requests_seconds_mean');
    expect([...new Set([...(mean?.values ?? [])].map((value) => Number(value.toFixed(6))))]).toEqual([0.1, 2]);
  });

  it('finds the other counter in another file', () => {
    expect(meanSeries([{ ...calls, file: 'metrics/counts.csv' }, { ...spent, file: 'metrics/sums.csv' }])).toHaveLength(1);
  });

  it('needs both counters of the same labels, and a duration', () => {
    expect(meanSeries([spent])).toEqual([]);
    expect(meanSeries([spent, { ...calls, labels: { service: 'other' } }])).toEqual([]);
    expect(meanSeries([counter('cpu_seconds_sum', () => 3), counter('cpu_seconds_count', () => 1)])).toEqual([]);
  });

  it('takes the place of the counters: one counts calls, the other says nothing by itself', () => {
    expect(meaningOf('http_server_request_duration_seconds_count', {}).quantity).toBe('rate');
    expect(meaningOf('http_server_request_duration_seconds_sum', {}).quantity).toBe('other');
    expect(meaningOf('http_server_request_duration_seconds_mean', {}).quantity).toBe('latency');
    expect(strengthOf(analyzed([calls, spent]), 'http_server_requests_seconds_mean')).toBeGreaterThan(10);
  });
});

describe('status labels', () => {
  it.each([
    [{ response_code: '503' }, 'error'], [{ status: '500' }, 'error'], [{ outcome: 'SERVER_ERROR' }, 'error'], [{ response_code_class: '5xx' }, 'error'],
    [{ response_code: '200' }, 'rate'], [{ status: '404' }, 'rate'], [{ outcome: 'SUCCESS' }, 'rate'], [{}, 'rate'],
  ])('calls with %j are %s', (labels: Readonly<Record<string, string>>, quantity) => {
    expect(meaningOf('mesh_requests_total', labels).quantity).toBe(quantity);
  });

  it.each([
    ['queue_messages_ready', 'saturation'], ['ApproximateNumberOfMessagesVisible', 'saturation'], ['node_netstat_Tcp_RetransSegs', 'packet_loss'], ['system_io_await', 'disk'],
    ['http_server_requests_seconds_max', 'latency'],
  ])('%s is %s', (name, quantity) => {
    expect(meaningOf(name, {}).quantity).toBe(quantity);
  });
});
