import { describe, expect, it } from 'vitest';
import { changePointOf } from './split.ts';

const SAMPLES = 100;
const samplesOf = (valueAt: (index: number) => number): { readonly times: Float64Array; readonly values: Float64Array } => ({
  times: Float64Array.from({ length: SAMPLES }, (_, i) => i), values: Float64Array.from({ length: SAMPLES }, (_, i) => valueAt(i)),
});
const noise = (i: number): number => ((i * 7) % 5) / 50;
const at = (valueAt: (index: number) => number): number | undefined => changePointOf(samplesOf(valueAt))?.at;

describe('the change-point of a series', () => {
  it('is the step to a multiple, however the level drifts on after it', () => {
    expect(at((i) => (i < 15 ? 1 : 4 + i / 100) + noise(i))).toBe(15);
  });

  it('is by rank where no step tells nearly all: of a drift its middle, and a spike is none', () => {
    expect(at((i) => i / 10 + noise(i))).toBeGreaterThan(40);
    expect(at((i) => i / 10 + noise(i))).toBeLessThan(60);
    expect(at((i) => (i >= 97 ? 900 : i < 50 ? 1 : 1.3) + noise(i) / 10)).toBe(50);
  });

  it('is none of a constant', () => {
    expect(changePointOf(samplesOf(() => 3))).toBeNull();
  });
});
