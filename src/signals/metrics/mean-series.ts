/**
 * The mean duration that a summary's or histogram's two counters hold: increase of `_sum` by increase of `_count`, which neither shows alone.
 * Source: prometheus.io/docs/practices/histograms, "Count and sum of observations". Micrometer timers and OpenTelemetry histograms are exported so.
 */
import type { MetricSeries } from '../../domain/capsule.ts';
import { prepare, type PreparedSeries, type Samples } from './samples.ts';
import { meaningOf } from './vocabulary.ts';

const SUM = '_sum';
const COUNT = '_count';

const keyOf = (base: string, labels: MetricSeries['labels']): string => JSON.stringify([base, ...Object.keys(labels).sort().map((key) => [key, labels[key]])]);

const isDuration = (base: string, series: MetricSeries): boolean => meaningOf(base, series.labels).quantity === 'latency';

/** Counts by outcome add up to the calls that one sum of seconds stands for. A sample that one of them lacks is left out. */
const addedUp = (counts: readonly PreparedSeries[]): Samples => {
  const [first, ...others] = counts;
  if (first === undefined || others.length === 0) return first ?? { times: new Float64Array(0), values: new Float64Array(0) };
  const totals = new Map<number, { calls: number; seen: number }>();
  for (const { times, values } of counts) {
    for (let i = 0; i < times.length; i++) {
      const known = totals.get(times[i] ?? 0);
      if (known === undefined) totals.set(times[i] ?? 0, { calls: values[i] ?? 0, seen: 1 });
      else {
        known.calls += values[i] ?? 0;
        known.seen += 1;
      }
    }
  }
  const whole = [...totals].filter(([, { seen }]) => seen === counts.length).sort(([a], [b]) => a - b);
  return { times: Float64Array.from(whole, ([time]) => time), values: Float64Array.from(whole, ([, { calls }]) => calls) };
};

/** Quotients where both counters moved at the same sample; nobody waited where nothing was counted. */
const meanOf = (base: string, sum: MetricSeries, counts: readonly MetricSeries[]): MetricSeries | null => {
  const spent = prepare(sum);
  const prepared = counts.map(prepare);
  if (!spent.counter || prepared.length === 0 || !prepared.every(({ counter }) => counter)) return null;
  const counted = addedUp(prepared);
  const times: number[] = [];
  const values: number[] = [];
  for (let i = 0, j = 0; i < spent.times.length && j < counted.times.length; ) {
    const [a, b] = [spent.times[i] ?? 0, counted.times[j] ?? 0];
    const calls = counted.values[j] ?? 0;
    if (a === b && calls > 0) {
      times.push(a);
      values.push((spent.values[i] ?? 0) / calls);
    }
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return times.length === 0 ? null : { ...sum, name: `${base}_mean`, times: Float64Array.from(times), values: Float64Array.from(values) };
};

/** Labels by which calls are counted apart, and the time that they took is not. */
const SPLITS: ReadonlySet<string> = new Set(['outcome', 'status', 'code', 'status_code', 'response_code', 'http_status_code', 'http_response_status_code', 'result', 'classification']);
/** Outcomes of one kind of call; more are not added up. */
const MAX_SPLITS = 50;

const withoutSplits = (series: MetricSeries): MetricSeries['labels'] => Object.fromEntries(Object.entries(series.labels).filter(([label]) => !SPLITS.has(label)));

interface Counts {
  /** By name and labels; of one that was exported twice the first file's, in whatever order they come. */
  readonly exact: ReadonlyMap<string, MetricSeries>;
  /** By name and labels without the outcome. */
  readonly split: ReadonlyMap<string, readonly MetricSeries[]>;
}

const countsIn = (metrics: readonly MetricSeries[]): Counts => {
  const exact = new Map<string, MetricSeries>();
  for (const series of metrics) {
    if (!series.name.endsWith(COUNT)) continue;
    const key = keyOf(series.name.slice(0, -COUNT.length), series.labels);
    const known = exact.get(key);
    if (known === undefined || series.file < known.file) exact.set(key, series);
  }
  const split = new Map<string, MetricSeries[]>();
  for (const series of exact.values()) {
    const key = keyOf(series.name.slice(0, -COUNT.length), withoutSplits(series));
    const same = split.get(key);
    if (same === undefined) split.set(key, [series]);
    else if (same.length < MAX_SPLITS) same.push(series);
  }
  return { exact, split };
};

/** One series of means, named `…_mean`, for each sum with a count of the same labels, or with counts that tell outcomes apart. Linear in the samples. */
export const meanSeries = (metrics: readonly MetricSeries[]): readonly MetricSeries[] => {
  const { exact, split } = countsIn(metrics);
  if (exact.size === 0) return [];
  return metrics.flatMap((series) => {
    const base = series.name.slice(0, -SUM.length);
    if (!series.name.endsWith(SUM) || !isDuration(base, series)) return [];
    const key = keyOf(base, series.labels);
    const count = exact.get(key);
    const mean = meanOf(base, series, count === undefined ? (split.get(key) ?? []) : [count]);
    return mean === null ? [] : [mean];
  });
};
