import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from './instant.ts';

const NOON = Date.parse('2030-01-01T12:00:00Z');

describe('parseInstant', () => {
  it.each([
    ['2030-01-01T12:00:00Z', NOON],
    ['2030-01-01t12:00:00.250z', NOON + 250],
    ['2030-01-01 21:00:00+09:00', NOON],
    ['2030-01-01T12:00:00', NOON],
    ['2030-01-01T12:00', NOON],
    ['2030-01-01T12:00:00.123456789Z', NOON + 123],
    [NOON / 1000, NOON],
    [NOON, NOON],
    [NOON * 1000, NOON],
    [NOON * 1e6, NOON],
    [`${NOON}000000`, NOON],
    [`${NOON / 1000}.5`, NOON + 500],
  ])('%s', (value, expected) => {
    expect(parseInstant(value)).toBeCloseTo(expected, 2);
  });

  it.each(['', 'now', '2030', '2030-13-01T00:00:00Z', '2030-01-01', 12, Number.NaN, Number.POSITIVE_INFINITY, null, {}, '1'.repeat(40)])('%s is none', (value) => {
    expect(parseInstant(value)).toBeNull();
  });

  it('reads back every instant as RFC 3339 and as nanoseconds, and never throws', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e11, max: 4e12 }), fc.anything(), (at, junk) => {
        expect(parseInstant(new Date(at).toISOString())).toBe(at);
        expect(parseInstant(`${at}000000`)).toBeCloseTo(at, 2);
        expect(() => parseInstant(junk)).not.toThrow();
      }),
    );
  });
});
