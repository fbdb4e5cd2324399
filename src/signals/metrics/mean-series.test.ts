import { describe, expect, it } from 'vitest';
import type { MetricSeries, StringMap } from '../../domain/capsule.ts';
import { meanSeries } from './mean-series.ts';

const counter = (name: string, labels: StringMap, perStep: number, from = 0, samples = 12): MetricSeries => ({
  name, labels, file: 'metrics/x.csv', times: Float64Array.from({ length: samples }, (_, i) => (from + i) * 1000), values: Float64Array.from({ length: samples }, (_, i) => 100 + i * perStep),
});

describe('mean durations of two counters', () => {
  it('are seconds by calls', () => {
    const [mean] = meanSeries([counter('http_server_requests_seconds_sum', { service: 'till' }, 6), counter('http_server_requests_seconds_count', { service: 'till' }, 3)]);
    expect(mean?.name).toBe('http_server_requests_seconds_mean');
    expect([...(mean?.values ?? [])].every((value) => value === 2)).toBe(true);
  });

  it('take all outcomes together where only calls are counted by outcome, in any order', () => {
    const series = [
      counter('http_server_requests_seconds_count', { service: 'till', outcome: 'SUCCESS' }, 3), counter('http_server_requests_seconds_sum', { service: 'till' }, 8),
      counter('http_server_requests_seconds_count', { service: 'till', outcome: 'SERVER_ERROR' }, 1, 2), counter('http_server_requests_seconds_count', { service: 'gate', outcome: 'SUCCESS' }, 50),
    ];
    for (const order of [series, series.toReversed()]) {
      const [mean, ...others] = meanSeries(order);
      expect(others).toEqual([]);
      // Samples that one of the counts lacks are left out.
      expect(mean?.times[0]).toBe(3000);
      expect([...(mean?.values ?? [])]).toEqual(Array.from({ length: 9 }, () => 2));
    }
  });

  it('are known as durations by the unit that their name ends in', () => {
    expect(meanSeries([counter('db_client_operation_seconds_sum', { source: 'till', destination: 'till-db' }, 6), counter('db_client_operation_seconds_count', { source: 'till', destination: 'till-db' }, 3)])).toHaveLength(1);
    expect(meanSeries([counter('batch_rows_sum', { service: 'till' }, 6), counter('batch_rows_count', { service: 'till' }, 3)])).toEqual([]);
  });
});
