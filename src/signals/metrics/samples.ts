/** A series' samples made comparable: finite, in time order, counters as rates per second. */
import type { MetricSeries } from '../../domain/capsule.ts';
import type { EpochMs, TimeWindow } from '../../domain/time.ts';
import { meaningOf, wordsOf, type MetricMeaning, type Quantity } from './vocabulary.ts';

export interface Samples {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** At most this many samples of a series are looked at; longer ones are thinned evenly. */
const MAX_SAMPLES = 4000;

/** As they are where nothing needs putting right, which is nearly always. */
const isClean = ({ times, values }: MetricSeries): boolean => {
  if (times.length !== values.length || times.length > MAX_SAMPLES) return false;
  for (let i = 0; i < times.length; i++) if (!Number.isFinite(values[i]) || !Number.isFinite(times[i]) || (i > 0 && (times[i] ?? 0) <= (times[i - 1] ?? 0))) return false;
  return true;
};

const finite = (series: MetricSeries): Samples => {
  if (isClean(series)) return { times: series.times, values: series.values };
  const count = Math.min(series.times.length, series.values.length);
  const step = Math.max(1, Math.ceil(count / MAX_SAMPLES));
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < count; i += step) {
    const at = series.times[i] ?? Number.NaN;
    const value = series.values[i] ?? Number.NaN;
    if (Number.isFinite(at) && Number.isFinite(value)) pairs.push([at, value]);
  }
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { times: Float64Array.from(pairs, (pair) => pair[0]), values: Float64Array.from(pairs, (pair) => pair[1]) };
};

/** Samples from which on a series of events that never falls is a counter, whatever it is called (exporters of databases keep the server's names). */
const MIN_STEADY = 20;
const STEADY = 0.8;

const growsOnly = ({ values }: Samples): boolean => {
  if (values.length < MIN_STEADY) return false;
  let rises = 0;
  for (let i = 1; i < values.length; i++) {
    if ((values[i] ?? 0) < (values[i - 1] ?? 0)) return false;
    if ((values[i] ?? 0) > (values[i - 1] ?? 0)) rises++;
  }
  return rises >= STEADY * (values.length - 1);
};

/** Events that exporters of kernels and servers count under the name that these give them. */
const ADDED_UP: ReadonlySet<Quantity> = new Set<Quantity>(['rate', 'packet_loss', 'retry', 'error']);

const isEvents = ({ quantity, fullScale }: MetricMeaning): boolean => fullScale === null && ADDED_UP.has(quantity);

const isRestarts = ({ name, labels }: MetricSeries): boolean => meaningOf(name, labels).quantity === 'restart';

/** Statements that a server found slow since it began, and the length of the list it keeps of them: neither falls, and both say how many are slow only by how fast they grow. */
const isSlowList = ({ name }: MetricSeries): boolean => {
  const words = wordsOf(name);
  return words.includes('slowlog') || (words.includes('slow') && words.includes('queries'));
};

const neverFalls = ({ values }: Samples): boolean => values.length >= MIN_STEADY && values.every((value, i) => Number.isInteger(value) && value >= (values[i - 1] ?? value));

/** A counter never falls but at a restart, and starts anywhere: named as one, or events that only ever become more. */
const isCounter = (series: MetricSeries, samples: Samples): boolean => {
  // One by one and long apart: as a rate each would be a sample of its own, as a level each stays.
  if (isRestarts(series)) return false;
  const named = /(?:_total|_count|_sum|_bucket)$/.test(series.name);
  if (isSlowList(series) && neverFalls(samples)) return true;
  if (!named) return growsOnly(samples) && isEvents(meaningOf(series.name, series.labels));
  if (samples.values.length < 4) return false;
  let falls = 0;
  let rises = 0;
  for (let i = 1; i < samples.values.length; i++) {
    const step = (samples.values[i] ?? 0) - (samples.values[i - 1] ?? 0);
    if (step < 0) falls++;
    else if (step > 0) rises++;
  }
  return falls <= 1 + samples.values.length * 0.02 && (rises > 0 || falls === 0);
};

const toRates = (samples: Samples): Samples => {
  const times: number[] = [];
  const values: number[] = [];
  for (let i = 1; i < samples.times.length; i++) {
    const seconds = ((samples.times[i] ?? 0) - (samples.times[i - 1] ?? 0)) / 1000;
    if (seconds <= 0) continue;
    const now = samples.values[i] ?? 0;
    const step = now - (samples.values[i - 1] ?? 0);
    times.push(samples.times[i] ?? 0);
    // After a reset the counter starts from nought (Prometheus rate() does the same).
    values.push((step >= 0 ? step : Math.max(0, now)) / seconds);
  }
  return { times: Float64Array.from(times), values: Float64Array.from(values) };
};

export interface PreparedSeries extends Samples {
  /** The values are increases per second of what was a counter. */
  readonly counter: boolean;
}

export const prepare = (series: MetricSeries): PreparedSeries => {
  const samples = finite(series);
  return isCounter(series, samples) ? { ...toRates(samples), counter: true } : { ...samples, counter: false };
};

/** Index of the first time that is not before `at`. */
const firstAt = (ascending: Float64Array, at: EpochMs): number => {
  let low = 0;
  for (let high = ascending.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const within = (samples: Samples, window: TimeWindow): Samples => {
  const from = firstAt(samples.times, window.start);
  const to = Math.max(from, firstAt(samples.times, window.end));
  return { times: samples.times.subarray(from, to), values: samples.values.subarray(from, to) };
};

/** Values from the beginning of a stretch up to its end, or to the last where it has none. */
export const valuesDuring = (samples: Samples, { onset, end }: { readonly onset: EpochMs; readonly end: EpochMs | null }): Float64Array => within(samples, { start: onset, end: end ?? Number.POSITIVE_INFINITY }).values;

/** The usual distance between samples; null of fewer than two. */
export const intervalOf = (times: Float64Array): EpochMs | null => {
  if (times.length < 2) return null;
  const gaps = new Float64Array(times.length - 1);
  for (let i = 1; i < times.length; i++) gaps[i - 1] = (times[i] ?? 0) - (times[i - 1] ?? 0);
  gaps.sort();
  return gaps[gaps.length >> 1] ?? null;
};
