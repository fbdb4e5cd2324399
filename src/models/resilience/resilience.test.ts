import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitBefore } from './back-off.ts';
import { circuitBreaker } from './circuit-breaker.ts';

describe('waitBefore', () => {
  it('is between nothing and twice as long each time, never more than the cap', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
      const waitMs = waitBefore(attempt, null, () => chance) ?? -1;
      expect(waitMs).toBeGreaterThanOrEqual(0);
      expect(waitMs).toBeLessThanOrEqual(Math.min(20_000, 500 * 2 ** attempt));
    }));
  });

  it.each([[7_000, 7_000], [0, 0], [20_000, 20_000], [20_001, null]])('asked for %d ms', (asked, expected) => {
    expect(waitBefore(1, asked, () => 0)).toBe(expected);
  });
});

describe('circuitBreaker', () => {
  it('opens after five failures in a row, lets one call probe, and closes or opens again by it', () => {
    let now = 0;
    const breaker = circuitBreaker(() => now);
    for (let i = 0; i < 4; i++) breaker.failed();
    breaker.succeeded();
    for (let i = 0; i < 4; i++) breaker.failed();
    expect(breaker.admit()).toBe(true);
    breaker.failed();
    expect(breaker.admit()).toBe(false);
    now = 30_000;
    expect([breaker.admit(), breaker.admit()]).toEqual([true, false]);
    breaker.failed();
    expect(breaker.admit()).toBe(false);
    now = 60_000;
    expect(breaker.admit()).toBe(true);
    // A cancelled probe tells nothing: the next call may probe.
    breaker.released();
    expect([breaker.admit(), breaker.admit()]).toEqual([true, false]);
    breaker.succeeded();
    expect([breaker.admit(), breaker.admit()]).toEqual([true, true]);
  });
});
