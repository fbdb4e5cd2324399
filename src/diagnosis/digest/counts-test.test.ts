import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialUpperTail, compareRates, logGamma, poissonUpperTail } from './counts-test.ts';

describe('tails', () => {
  it.each([
    [1, 0],
    [5, Math.log(24)],
    [11, Math.log(3_628_800)],
  ])('log gamma of %d', (x, value) => expect(logGamma(x)).toBeCloseTo(value, 10));

  /** Values from the definitions, summed by hand. */
  it.each([
    [10, 10, 0.5, 1 / 1024],
    [9, 10, 0.5, 11 / 1024],
    [0, 10, 0.5, 1],
    [11, 10, 0.5, 0],
  ])('binomial P(X >= %d | %d, %d)', (k, n, p, value) => expect(binomialUpperTail(k, n, p)).toBeCloseTo(value, 12));

  it('poisson P(X >= 3 | 1)', () => expect(poissonUpperTail(3, 1)).toBeCloseTo(1 - 2.5 * Math.exp(-1), 12));

  it('are probabilities, and fall with k', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (k, n, p) => {
        const [a, b] = [binomialUpperTail(k, n, p), binomialUpperTail(k + 1, n, p)];
        expect(a).toBeGreaterThanOrEqual(b - 1e-12);
        expect(a).toBeLessThanOrEqual(1);
        expect(b).toBeGreaterThanOrEqual(0);
        expect(poissonUpperTail(k, n * p)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('weaken with clumping', () => {
    const time = { beforeMs: 1000, nowMs: 1000 };
    expect(compareRates(100, 200, time, 5).pRise).toBeGreaterThan(compareRates(100, 200, time).pRise);
    expect(compareRates(0, 4, time).ratio).toBe(Number.POSITIVE_INFINITY);
  });
});
