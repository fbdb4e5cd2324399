import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surprise, wilson } from './surprise.ts';

describe('wilson', () => {
  // Values: Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%s of %s', (hits, total, low, high) => {
    const interval = wilson(hits, total);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });
});

describe('surprise', () => {
  it.each([
    ['nothing known before', 0, 0, 5, 5],
    ['two runs against two', 2, 2, 0, 2],
    ['no change', 10, 20, 10, 20],
  ])('is 0 for %s', (_, a, b, c, d) => {
    expect(surprise(a, b, c, d)).toBe(0);
  });

  it('ranks a broken invariant over a shifted mix, and grows with the number of runs', () => {
    const broken = -surprise(20, 20, 0, 20);
    expect(broken).toBeGreaterThan(5 * surprise(140, 200, 180, 200));
    expect(-surprise(100, 100, 0, 100)).toBeGreaterThan(broken);
  });

  it('changes its sign when hits and misses are swapped, and is finite', () => {
    const counts = fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(counts, counts, ([normalHits, normalTotal], [hits, total]) => {
        const value = surprise(normalHits, normalTotal, hits, total);
        expect(Number.isFinite(value)).toBe(true);
        expect(surprise(normalTotal - normalHits, normalTotal, total - hits, total)).toBeCloseTo(-value, 6);
      }),
    );
  });
});
