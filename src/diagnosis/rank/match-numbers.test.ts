import { describe, expect, it } from 'vitest';
import { syntheticSeries } from '../../../test/support/synthetic-series.ts';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { analyzeMetrics } from '../../signals/metrics/analyze-metrics.ts';
import { matchNumbers, numbersIn } from './match-numbers.ts';

const seriesOf = (level: number, to: number) => analyzeMetrics(shopCapsule({ metrics: [syntheticSeries({ name: 'busy_workers', labels: { service: 'kiln' }, start: T0, intervalMs: MINUTE, samples: 80, level, noise: 0.002, shift: { at: FAULT_AT, to } })] })).series;
const told = (from: number, to: number, series = seriesOf(3, 3), text = ''): string | null => matchNumbers({ edits: [{ key: 'workers', from, to }] }, series, numbersIn(text)).reason;

describe('matchNumbers', () => {
  it('finds a series that follows the setting, and one that stops at it', () => {
    expect(told(40, 12, seriesOf(40, 12))).toMatch(/follows$/);
    expect(told(0.04, 0.012, seriesOf(40, 12))).toMatch(/follows$/);
    expect(told(0.04, 0.02, seriesOf(40, 12))).toBeNull();
    expect(told(40, 12, seriesOf(3, 12))).toMatch(/stops there$/);
    expect(told(40, 12, seriesOf(3, 30))).toBeNull();
    expect(told(12, 40, seriesOf(3, 12))).toBeNull();
  });

  it('finds the number in what the errors say, in their unit', () => {
    expect(told(2, 0.75, undefined, 'call of oven: timeout of 750ms exceeded')).toMatch(/the errors tell of 0.75$/);
    expect(told(2, 0.75, undefined, 'oven took 750ms')).toBeNull();
    expect(told(2_000, 750, undefined, 'timeout of 2000ms, then of 750ms')).toBeNull();
    expect(told(600, 500, undefined, 'limit exceeded: status 500')).toBeNull();
  });
});
