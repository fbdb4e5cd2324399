import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureText, valueText, valueTicks } from './value-text.ts';

describe('values with units', () => {
  it.each([
    [0, null, false, '0'], [0.656, 'seconds', false, '0.656 s'], [97.64, 'percent', false, '97.6 %'], [1536, 'bytes', false, '1.5 KiB'], [5 * 1024 ** 3, 'bytes', true, '5 GiB/s'], [12_345, null, true, '12.3k/s'],
    [1234, null, false, '1234'], [-2_500_000, 'milliseconds', false, '-2.5M ms'], [0.93, 'ratio', false, '0.93'], [3, 'constructor', false, '3 constructor'], [3, 'a unit that is far too long', false, '3 a unit that is f'], [Number.NaN, 'seconds', false, '–'],
  ])('%d in %s (rate: %s) is %s', (value, unit, isRate, expected) => {
    expect(valueText(value, unit, isRate)).toBe(expected);
  });

  it('is short for every number', () => {
    fc.assert(fc.property(fc.double(), (value) => { expect(figureText(value).length).toBeLessThanOrEqual(9); }));
  });

  it('spans its range with a handful of rising ticks', () => {
    fc.assert(fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (low, span) => {
      fc.pre(low + span > low && span > 1e-9 * Math.abs(low));
      const ticks = valueTicks(low, low + span, 4);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks[0]).toBeLessThanOrEqual(low + 0.03 * span + 1e-9 * Math.abs(low));
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + 0.97 * span - 1e-9 * Math.abs(low));
    }));
  });
});
