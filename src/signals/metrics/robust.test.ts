import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farthestOf, median, quantileOf, sorted, tailsOf } from './robust.ts';

const values = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })), { maxLength: 300, size: 'max' });

/** As it is defined: every stretch sorted anew. */
const rollingMedians = (series: Float64Array, length: number): Float64Array => {
  const step = Math.max(1, Math.ceil(series.length / 150));
  const thin = series.filter((_, i) => i % step === 0);
  const width = Math.max(1, Math.min(15, Math.ceil(length / step), thin.length >> 2));
  return Float64Array.from({ length: Math.max(0, thin.length - width + 1) }, (_, i) => quantileOf(thin.slice(i, i + width).sort(), 0.5)).sort();
};

describe('order statistics', () => {
  it('give the median that sorting gives', () => {
    fc.assert(fc.property(values, (list) => {
      expect(median(list) + 0).toBe(quantileOf(sorted(list), 0.5) + 0);
      expect(median(Float64Array.from(list)) + 0).toBe(quantileOf(sorted(list), 0.5) + 0);
    }));
  });

  it('of input that makes partitioning slow, too', () => {
    const organ = Float64Array.from({ length: 2000 }, (_, i) => Math.min(i, 2000 - i) * (i % 2 === 0 ? 1 : -1));
    expect(median(organ)).toBe(quantileOf(sorted(organ), 0.5));
  });

  it('roll over a series as if each stretch were sorted', () => {
    fc.assert(fc.property(values, fc.integer({ min: 1, max: 40 }), (list, length) => {
      const series = Float64Array.from(list);
      const medians = rollingMedians(series, length);
      const center = median(list);
      if (list.length === 0) return;
      expect(farthestOf(series, center, length)).toBe(Math.max((medians.at(-1) ?? center) - center, center - (medians[0] ?? center)));
      expect(tailsOf(series, center, length).up).toBe(Math.max(0, quantileOf(medians, 0.98) - center) / 2.054);
    }));
  });
});
