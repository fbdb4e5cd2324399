import { describe, expect, it } from 'vitest';
import { FAULT_AT, MINUTE, shopCapsule, shopMetrics, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries } from '../../domain/capsule.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { fallenSilent } from '../../signals/metrics/fallen-silent.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const where = (series: MetricSeries, keep: (at: number) => boolean): MetricSeries => {
  const kept = [...series.times.keys()].filter((index) => keep(series.times[index] ?? 0));
  return { ...series, times: Float64Array.from(kept, (index) => series.times[index] ?? 0), values: Float64Array.from(kept, (index) => series.values[index] ?? 0) };
};
const without = (metrics: readonly MetricSeries[], service: string | null, gone: (at: number) => boolean): readonly MetricSeries[] =>
  metrics.map((series) => (service === null || series.labels['service'] === service ? where(series, (at) => !gone(at)) : series));

const silent = (metrics: readonly MetricSeries[]): readonly string[] => {
  const capsule = shopCapsule({ metrics });
  return [...fallenSilent(analyzeMetrics(capsule), capsule.window).keys()];
};
const fromFault = (at: number): boolean => at >= FAULT_AT;

describe('a component that nobody measures any more', () => {
  it('is one of which every series ends while others go on', () => {
    expect(silent(without(shopMetrics({}), 'pay', fromFault))).toEqual(['pay']);
    expect(silent(shopMetrics({}))).toEqual([]);
    // The recorder stopped, not the system.
    expect(silent(without(shopMetrics({}), null, fromFault))).toEqual([]);
    // One series of several.
    expect(silent(shopMetrics({}).map((series) => (series.labels['service'] === 'pay' && series.name === 'cpu_usage' ? where(series, (at) => at < FAULT_AT) : series)))).toEqual([]);
    // Two samples late.
    expect(silent(without(shopMetrics({}), 'pay', (at) => at >= T0 + 78 * MINUTE))).toEqual([]);
    // Such pauses are its habit.
    expect(silent(without(shopMetrics({}), 'pay', (at) => fromFault(at) || (at >= T0 + 20 * MINUTE && at < T0 + 31 * MINUTE)))).toEqual([]);
  });

  it('has stopped where its callers fail from then on', async () => {
    const metrics = without(shopMetrics({ order: { error_ratio: 0.6 }, web: { error_ratio: 0.3 } }), 'pay', fromFault);
    const { hypotheses: [first], evidence } = await analyzeCapsule(shopCapsule({ metrics, symptom: { service: 'web', metric: null, description: null } }));
    expect(`${first?.component.name} ${first?.fault}`).toBe('pay crash');
    expect(evidence[0]?.summary).toContain('stopped');
  });

  it('may have lost its exporter alone', async () => {
    const metrics = without(shopMetrics({ stock: { error_ratio: 0.6 }, web: { error_ratio: 0.3 } }), 'pay', fromFault);
    const { hypotheses: [first] } = await analyzeCapsule(shopCapsule({ metrics, symptom: { service: 'web', metric: null, description: null } }));
    expect(first?.component.name).toBe('stock');
  });
});
