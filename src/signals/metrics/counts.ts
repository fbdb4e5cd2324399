/**
 * Rare events counted: one failure where there was none is infinitely many spreads away and means nothing. A count varies by its own square root (Poisson),
 * and in proportion to the traffic it comes from.
 * Test: F. J. Anscombe, "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35 (1948): 2√(k + 3/8) has a variance near 1.
 */
import type { Reference, Shift } from './shift.ts';
import { intervalOf, type PreparedSeries, type Samples } from './samples.ts';
import type { MetricMeaning, Quantity } from './vocabulary.ts';

/** Events that come one by one and independently of each other. */
const EVENTS: ReadonlySet<Quantity> = new Set<Quantity>(['error', 'retry', 'packet_loss']);

const areWhole = (values: Float64Array): boolean => values.every((value) => Number.isInteger(value) && value >= 0);

/** Samples looked at to tell a counter of things from a sum of seconds, which grows by fractions. */
const MAX_LOOKED_AT = 200;

/** Where a sample is missing, the next stands for twice the time. */
const MOSTLY = 0.8;

const countsThings = (values: Float64Array, seconds: number): boolean => {
  const looked = values.subarray(0, MAX_LOOKED_AT);
  const whole = looked.reduce((count, value) => count + (Math.abs(value * seconds - Math.round(value * seconds)) < 1e-6 * Math.max(1, value * seconds) ? 1 : 0), 0);
  return whole >= MOSTLY * looked.length;
};

/** Events that a value of 1 stands for in one sample; null where the series is no count of events. */
const eventsPerUnit = (meaning: MetricMeaning, samples: PreparedSeries, window: Samples, normal: Float64Array): number | null => {
  if (meaning.fullScale !== null) return null;
  const seconds = (intervalOf(window.times) ?? 0) / 1000;
  if (samples.counter && (EVENTS.has(meaning.quantity) || (countsThings(window.values, seconds) && countsThings(normal, seconds)))) return seconds;
  if (samples.counter || !EVENTS.has(meaning.quantity)) return null;
  return areWhole(normal) && areWhole(window.values) ? 1 : null;
};

export interface Counted {
  readonly meaning: MetricMeaning;
  readonly samples: PreparedSeries;
  readonly window: Samples;
  readonly reference: Reference;
  /** Traffic during a stretch of the window in units of the usual one. */
  readonly trafficIn: (from: number, to: number) => number;
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** The shift, no stronger than the chance of its counts allows. Shifts of anything but counts are left as they are. */
export const asCounts = (shift: Shift, { meaning, samples, window, reference, trafficIn }: Counted): Shift => {
  const unit = eventsPerUnit(meaning, samples, window, reference.values);
  if (unit === null || unit <= 0 || shift.direction !== 'up') return shift;
  const to = shift.end === null ? window.values.length : window.times.indexOf(shift.end);
  const from = Math.max(0, to - shift.samples);
  const stretch = window.values.subarray(from, to);
  // Errors and retries come with traffic; traffic comes by itself.
  const exposure = (EVENTS.has(meaning.quantity) ? Math.max(1, trafficIn(window.times[from] ?? shift.onset, window.times[to - 1] ?? shift.onset)) : 1) * (stretch.length / reference.values.length);
  const [seen, usual] = [unit * sumOf(stretch), unit * sumOf(reference.values)];
  // What is usual was counted too and varies as well.
  const distance = (2 * (Math.sqrt(seen + 0.375) - Math.sqrt(usual * exposure + 0.375))) / Math.sqrt(1 + exposure);
  return distance >= shift.strength ? shift : { ...shift, strength: Math.max(0, distance) };
};
