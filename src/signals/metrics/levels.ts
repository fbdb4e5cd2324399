/**
 * Without any normal time, levels that are too high for any time: a resource used up, a queue that only grows, calls most of which fail.
 * Source: Gregg, "The USE Method" (2013): utilisation near 100 %, saturation above nought, errors.
 */
import { median, spreadOf } from './robust.ts';
import type { Samples } from './samples.ts';
import type { Reference, Shift } from './shift.ts';
import type { MetricMeaning, Quantity } from './vocabulary.ts';

export interface Level {
  readonly meaning: MetricMeaning;
  readonly window: Samples;
  /** Usual level of the same metric elsewhere; NaN where it is measured nowhere else. */
  readonly siblings: number;
  /** Of failures that are counted: all calls in the same unit; null where nobody counts them. */
  readonly calls?: number | null;
  /** The most that the component itself says may be in use; null where it says nothing. */
  readonly limit?: number | null;
}

/** What one reads in the same unit that shifts are measured in: clearly news, never as sure as a change that was seen. */
const STRENGTH = 6;
const MIN_SAMPLES = 8;
/** Share of the full scale from which on a resource is used up, and below which its siblings are not. */
const FULL = 0.9;
const USUAL = 0.7;
/** Headroom below this share of what it was at best, or of what the siblings have left. */
const NOTHING_LEFT = 0.1;
/** Share of calls that fail from which on nobody calls it normal. */
const FAILING = 0.05;
/** Seconds by which no clock is off that is kept in time. */
const CLOCK_OFF_S = 1;
/** Growth from the first to the last quarter of the window, and the share of neighbouring eighths that rise. */
const GROWN = 2;
const RISING = 0.85;
const PARTS = 8;

const FULLABLE: ReadonlySet<Quantity> = new Set<Quantity>(['cpu', 'memory', 'disk', 'saturation', 'io']);
const HOARDS: ReadonlySet<Quantity> = new Set<Quantity>(['saturation', 'age', 'memory', 'disk']);

const partsOf = (values: Float64Array): readonly number[] =>
  Array.from({ length: PARTS }, (_, i) => median(values.subarray(Math.floor((i * values.length) / PARTS), Math.floor(((i + 1) * values.length) / PARTS))));

/** It only grows: what arrives is more than what is done. */
const isHoarding = (values: Float64Array): boolean => {
  const parts = partsOf(values);
  const rises = parts.filter((part, i) => i > 0 && part > (parts[i - 1] ?? 0)).length;
  return rises >= RISING * (PARTS - 1) && (parts[PARTS - 1] ?? 0) >= GROWN * Math.max(parts[0] ?? 0, Number.MIN_VALUE);
};

/** The level that would be normal; null where the present one could be. */
const normalLevel = ({ meaning, window: { values }, siblings, calls = null, limit = null }: Level): number | null => {
  const level = median(values);
  const { quantity, bad } = meaning;
  const full = meaning.fullScale ?? (FULLABLE.has(quantity) ? limit : null);
  if (quantity === 'clock') return Math.abs(level) >= CLOCK_OFF_S && !(Math.abs(siblings) >= CLOCK_OFF_S) ? 0 : null;
  if (quantity === 'error') {
    const whole = full ?? calls;
    return whole !== null && level >= FAILING * whole && level > 0 && !(siblings * 3 > level) ? (Number.isNaN(siblings) ? 0 : siblings) : null;
  }
  if (!FULLABLE.has(quantity) && !HOARDS.has(quantity)) return null;
  if (bad === 'down') {
    const most = values.reduce((a, b) => Math.max(a, b), Number.isNaN(siblings) ? 0 : siblings);
    return FULLABLE.has(quantity) && most > 0 && level <= NOTHING_LEFT * most ? most : null;
  }
  if (full !== null && level >= FULL * full) return Number.isNaN(siblings) ? USUAL * full : siblings < USUAL * full ? siblings : null;
  return full === null && HOARDS.has(quantity) && isHoarding(values) ? (partsOf(values)[0] ?? null) : null;
};

/** The shift that such a level amounts to, and what it was held against; null where the level could be a normal one. */
export const levelShift = (level: Level): { readonly shift: Shift; readonly reference: Reference } | null => {
  const { values, times } = level.window;
  if (values.length < MIN_SAMPLES) return null;
  const expected = normalLevel(level);
  if (expected === null) return null;
  const observed = median(values);
  const onset = times[0] ?? 0;
  const compared = Float64Array.from({ length: values.length }, () => expected);
  return {
    shift: {
      direction: observed >= expected ? 'up' : 'down', strength: STRENGTH, observed, expected, onset, end: null, durationMs: (times[times.length - 1] ?? onset) - onset, samples: values.length, preexisting: true, outside: null,
    },
    reference: { values: compared, spread: spreadOf(compared), floor: Math.abs(observed - expected) / STRENGTH },
  };
};
