/**
 * The mean duration that a summary's or histogram's two counters hold: increase of `_sum` by increase of `_count`, which neither shows alone.
 * Source: prometheus.io/docs/practices/histograms, "Count and sum of observations". Micrometer timers and OpenTelemetry histograms are exported so.
 */
import type { MetricSeries } from '../../domain/capsule.ts';
import { prepare } from './samples.ts';
import { meaningOf } from './vocabulary.ts';

const SUM = '_sum';
const COUNT = '_count';

const keyOf = (base: string, { labels }: MetricSeries): string => JSON.stringify([base, ...Object.keys(labels).sort().map((key) => [key, labels[key]])]);

const isDuration = (base: string, series: MetricSeries): boolean => meaningOf(base, series.labels).quantity === 'latency';

/** Quotients where both counters moved at the same sample; nobody waited where nothing was counted. */
const meanOf = (base: string, sum: MetricSeries, count: MetricSeries): MetricSeries | null => {
  const [spent, counted] = [prepare(sum), prepare(count)];
  if (!spent.counter || !counted.counter) return null;
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

/** One series of means, named `…_mean`, for each pair of counters with the same labels. Linear in the samples. */
export const meanSeries = (metrics: readonly MetricSeries[]): readonly MetricSeries[] => {
  const counts = new Map<string, MetricSeries>();
  for (const series of metrics) {
    if (!series.name.endsWith(COUNT)) continue;
    const key = keyOf(series.name.slice(0, -COUNT.length), series);
    const known = counts.get(key);
    // Exported twice: the first file's, in whatever order they come.
    if (known === undefined || series.file < known.file) counts.set(key, series);
  }
  if (counts.size === 0) return [];
  return metrics.flatMap((series) => {
    const base = series.name.slice(0, -SUM.length);
    if (!series.name.endsWith(SUM) || !isDuration(base, series)) return [];
    const count = counts.get(keyOf(base, series));
    const mean = count === undefined ? null : meanOf(base, series, count);
    return mean === null ? [] : [mean];
  });
};
