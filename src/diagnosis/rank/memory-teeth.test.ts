import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import type { MetricSeries } from '../../domain/capsule.ts';
import { analyzeCapsule } from '../analyze-capsule.ts';

const gauge = (service: string, name: string, level: number, to?: number): MetricSeries =>
  syntheticSeries({ name, labels: { service, unit: 'percent' }, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.02, ...(to === undefined ? {} : { shift: { at: FAULT_AT, to } }) });

/** From the fault on it fills from `low` to `high` within five minutes, again and again. */
const sawtooth = (low: number, high: number): MetricSeries => {
  const calm = gauge('pay', 'memory_utilization', 52);
  return { ...calm, values: calm.values.map((value, i) => (calm.times[i] ?? 0) < FAULT_AT ? value : low + ((high - low) * (i % 5)) / 4) };
};

/** How much `pay` is suspected of its memory, in points. */
const suspicionOf = async (memory: MetricSeries): Promise<number> => {
  const metrics = [memory, gauge('order', 'memory_utilization', 40), gauge('web', 'memory_utilization', 40), gauge('order', 'error_percent', 0.5, 1.2), gauge('web', 'error_percent', 0.5, 1)];
  const { hypotheses } = await analyzeCapsule(shopCapsule({ metrics, symptom: { service: 'web', metric: 'errors', description: null } }));
  return hypotheses.find(({ component, fault }) => component.name === 'pay' && fault === 'memory')?.score ?? 0;
};

describe('memory', () => {
  it('that fills to the limit again and again kills its component, though its usual level did not double', async () => {
    expect(await suspicionOf(sawtooth(30, 95))).toBeGreaterThan(1.5);
  });

  it('that is collected far from the limit, or stays near it, is how runtimes work', async () => {
    expect(await suspicionOf(sawtooth(50, 72))).toBeLessThan(1.1);
    expect(await suspicionOf(gauge('pay', 'memory_utilization', 52, 77))).toBeLessThan(1.1);
  });
});
