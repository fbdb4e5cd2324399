import { describe, expect, it } from 'vitest';
import type { Capsule, MetricSeries } from '../../domain/capsule.ts';
import { NO_SPANS } from '../../domain/spans.ts';
import { analyzeMetrics, type SeriesAnalysis } from './analyze-metrics.ts';
import { meaningOf } from './vocabulary.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2025, 4, 6, 9);
const SAMPLES = 90;
const FAULT = 65;

const analyzed = (name: string, valueAt: (minute: number) => number): SeriesAnalysis | undefined => {
  const series: MetricSeries = {
    name, labels: { service: 'quay' }, file: 'metrics/own.csv', times: Float64Array.from({ length: SAMPLES }, (_, i) => T0 + i * MINUTE), values: Float64Array.from({ length: SAMPLES }, (_, i) => valueAt(i)),
  };
  const capsule: Capsule = {
    id: 'synthetic', detectedAt: T0 + FAULT * MINUTE, window: { start: T0 + 60 * MINUTE, end: T0 + SAMPLES * MINUTE }, baseline: { start: T0, end: T0 + 60 * MINUTE }, collectedAt: null,
    symptom: null, alerts: [], metrics: [series], spans: NO_SPANS, changes: [], topology: [], kubernetes: [], runbooks: [], logs: [], gaps: [],
  };
  return analyzeMetrics(capsule).series[0];
};

describe('what piles up', () => {
  it('began where it left its usual range, and so before it stands out', () => {
    const found = analyzed('queue_messages_ready', (minute) => 20 + (minute % 4) + (minute > FAULT ? 100 * (minute - FAULT) : 0));
    expect([found?.shift?.onset, (found?.shift?.strength ?? 0) > 4]).toEqual([T0 + (FAULT + 1) * MINUTE, true]);
  });

  it('does not begin with a wave that went back before', () => {
    const found = analyzed('queue_messages_ready', (minute) => 20 + (minute % 4) + (minute === 70 ? 400 : minute > 74 ? 600 * (minute - 74) : 0));
    expect(found?.shift?.onset).toBeGreaterThan(T0 + 73 * MINUTE);
  });
});

describe('what a server found slow since it began', () => {
  it('is news by how fast it grows, not by how much there is of it', () => {
    const steady = analyzed('mysql_global_status_slow_queries', (minute) => 80 + Math.floor(minute / 2));
    const many = analyzed('mysql_global_status_slow_queries', (minute) => 80 + Math.floor(minute / 2) + (minute > FAULT ? 40 * (minute - FAULT) : 0));
    expect([steady?.counter, (steady?.shift?.strength ?? 0) < 2.5, many?.counter, (many?.shift?.strength ?? 0) > 4]).toEqual([true, true, true, true]);
  });

  it('is a level where it falls', () => {
    expect(analyzed('slow_queries', (minute) => minute % 3)?.counter).toBe(false);
  });
});

describe('a call that gRPC numbers', () => {
  it.each([['0', 'rate'], ['5', 'rate'], ['4', 'error'], ['14', 'error']])('%s counts as %s', (code, quantity) => {
    expect(meaningOf('rpc_server_duration_milliseconds_count', { rpc_grpc_status_code: code }).quantity).toBe(quantity);
  });
});
