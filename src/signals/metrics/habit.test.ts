import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT_AT, MINUTE, shopCapsule, T0 } from '../../../test/support/synthetic-capsule.ts';
import { analyzeMetrics } from './analyze-metrics.ts';
import { hasTwin, isHabit, resolutionFloor } from './habit.ts';
import type { Shift } from './shift.ts';

const shift = (observed: number, samples: number, rest: Partial<Shift> = {}): Shift => ({ direction: 'up', strength: 9, observed, expected: 20, onset: 0, end: null, durationMs: 0, samples, preexisting: false, outside: 20, ...rest });

/** Two hours of minutes at about 20, with peaks of six minutes to 60 at these minutes. */
const hours = (...peaks: readonly number[]): Float64Array => Float64Array.from({ length: 120 }, (_, i) => 20 + (i % 3) + (peaks.some((at) => i >= at && i < at + 6) ? 40 : 0));

describe('a habit', () => {
  it.each([
    ['came twice, as high and as long', hours(10, 70), shift(60, 6), true],
    ['came once', hours(10), shift(60, 6), false],
    ['came twice, but lower', hours(10, 70), shift(90, 6), false],
    ['came twice, but shorter', hours(10, 70), shift(60, 24), false],
    ['came the other way', hours(10, 70), shift(2, 6, { direction: 'down' }), false],
    ['is nothing of a dozen samples', hours(2, 9).subarray(0, 20), shift(60, 3), false],
  ])('%s', (_what, normal, one, expected) => {
    expect(isHabit(normal, one, 40)).toBe(expected);
  });

  it('is what as many samples would probably hold: what happens twice a day is news in a quarter of an hour', () => {
    expect(isHabit(hours(10, 70), shift(60, 6), 15)).toBe(false);
  });

  it('of a job that comes round every half hour is no news in a capsule, and a peak that never came before is', () => {
    const strengthAt = (every: number): number => {
      const values = Float64Array.from({ length: 80 }, (_, i) => 20 + ((i * 7) % 5) / 2 + ((i + 3) % every < 5 && i >= 10 ? 45 : 0));
      const times = Float64Array.from(values, (_, i) => T0 + i * MINUTE);
      const [first] = analyzeMetrics(shopCapsule({ metrics: [{ name: 'cpu_usage', labels: { service: 'pay', unit: 'percent' }, file: 'm.csv', times, values }], detectedAt: FAULT_AT })).series;
      return first?.shift?.strength ?? 0;
    };
    expect(strengthAt(20)).toBeLessThan(3);
    expect(strengthAt(65)).toBeGreaterThan(6);
  });
});

describe('resolution', () => {
  const ticks = (step: number): Float64Array => Float64Array.from({ length: 90 }, (_, i) => step * (5 + (i % 4 === 0 ? 1 : 0) - (i % 9 === 0 ? 1 : 0)));

  it('is half of the step between values that repeat on a grid', () => {
    expect(resolutionFloor(ticks(0.02))).toBeCloseTo(0.01);
  });

  it.each([
    ['values lie close', Float64Array.from({ length: 90 }, (_, i) => 5 + ((i * 37) % 90) / 90)],
    ['two levels are no grid', Float64Array.from({ length: 90 }, (_, i) => (i < 50 ? 300 : 770))],
    ['steps lead nowhere near nought', Float64Array.from({ length: 90 }, (_, i) => 100 + [0, 7, 17][i % 3]!)],
    ['nothing repeats among few', Float64Array.from({ length: 12 }, (_, i) => i * 3)],
  ])('is none where %s', (_what, normal) => {
    expect(resolutionFloor(normal)).toBe(0);
  });

  it('never throws and is never negative, whatever the values', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 80 }), (values) => {
      expect(resolutionFloor(Float64Array.from(values))).toBeGreaterThanOrEqual(0);
    }));
  });
});

describe('a twin', () => {
  it.each([
    ['came once, exactly as high and as long', hours(40), shift(61, 6, { end: 1 }), true],
    ['was lower', hours(40), shift(80, 6, { end: 1 }), false],
    ['was shorter', hours(40), shift(61, 9, { end: 1 }), false],
    ['has not ended this time', hours(40), shift(61, 6), false],
    ['may have begun before anybody looked', hours(-2), shift(61, 4, { end: 1 }), false],
  ])('%s', (_what, normal, one, expected) => {
    expect(hasTwin(normal, one)).toBe(expected);
  });

  it('makes harm that was over before anybody noticed no news, and none that lasts', () => {
    const strengthOf = (detectedAt: number): number => {
      const values = Float64Array.from({ length: 80 }, (_, i) => 100 + ((i * 7) % 5) + ((i >= 24 && i < 30) || (i >= 62 && i < 68) ? 200 : 0));
      const times = Float64Array.from(values, (_, i) => T0 + i * MINUTE);
      const [first] = analyzeMetrics(shopCapsule({ metrics: [{ name: 'latency_ms', labels: { service: 'pay' }, file: 'm.csv', times, values }], detectedAt })).series;
      return first?.shift?.strength ?? 0;
    };
    expect(strengthOf(T0 + 64 * MINUTE)).toBeGreaterThan(2 * strengthOf(T0 + 76 * MINUTE));
  });
});
