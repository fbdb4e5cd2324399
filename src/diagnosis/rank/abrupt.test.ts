import { expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { isAbrupt } from './abrupt.ts';

const NORMAL = syntheticSeries({ name: 'open_connections', labels: { service: 'pay' }, start: T0, intervalMs: MINUTE, samples: 80, level: 20, noise: 0.5 });
const shifted = (after: (minutes: number) => number): boolean => {
  const values = [...NORMAL.values].map((value, i) => value + ((NORMAL.times[i] ?? 0) < FAULT_AT ? 0 : after(((NORMAL.times[i] ?? 0) - FAULT_AT) / MINUTE)));
  const [series] = analyzeMetrics(shopCapsule({ metrics: [{ ...NORMAL, values: Float64Array.from(values) }] })).series;
  return series?.shift !== null && series?.shift !== undefined && isAbrupt(series);
};

it('tells a jump from a climb', () => {
  expect(shifted(() => 60)).toBe(true);
  expect(shifted((minutes) => 6 * minutes + 6)).toBe(false);
});
