/** Metrics whose scale says by itself what is too much: shares of a limit. They tell also where no normal time is known. */
import type { MetricSeries } from '../../domain/capsule.ts';
import type { TimeWindow } from '../../domain/time.ts';

export interface MetricLevel {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** 0 to 1. */
  readonly share: number;
  readonly resource: 'throttling' | 'volume' | 'nodeDisk';
}

const THROTTLED = /cfs_throttled.*(?:ratio|percent|pct)|cpu_throttl\w*_(?:ratio|percent|pct)/i;
const VOLUME_USED = /(?:kubelet_volume_stats|pvc|persistent_?volume)\w*(?:used|usage|utili[sz]ation)\w*(?:ratio|percent|pct)/i;
const NODE_DISK = /node_(?:filesystem|disk)\w*(?:used|usage|utili[sz]ation)\w*(?:ratio|percent|pct)/i;
const MAX_SERIES = 20_000;
const MIN_SAMPLES = 3;

const median = (values: number[]): number => {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
};

const resourceOf = (name: string): MetricLevel['resource'] | null =>
  THROTTLED.test(name) ? 'throttling' : VOLUME_USED.test(name) ? 'volume' : NODE_DISK.test(name) ? 'nodeDisk' : null;

const inWindow = ({ times, values }: MetricSeries, window: TimeWindow): number[] => {
  const inside: number[] = [];
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? 0;
    const value = values[index] ?? Number.NaN;
    if (time >= window.start && time <= window.end && !Number.isNaN(value)) inside.push(value);
  }
  return inside;
};

/** Series of one volume, whatever they count. */
const keyOf = ({ labels }: MetricSeries): string => JSON.stringify(Object.entries(labels).filter(([key]) => key !== 'unit').sort(([a], [b]) => (a < b ? -1 : 1)));

/** Used against capacity, where the kubelet gives bytes. */
const byteShares = (series: readonly MetricSeries[], window: TimeWindow): readonly MetricLevel[] => {
  const capacities = new Map<string, number>();
  for (const one of series) if (one.name === 'kubelet_volume_stats_capacity_bytes') capacities.set(keyOf(one), median(inWindow(one, window)));
  return series.flatMap((one) => {
    const capacity = one.name === 'kubelet_volume_stats_used_bytes' ? (capacities.get(keyOf(one)) ?? 0) : 0;
    const used = capacity > 0 ? inWindow(one, window) : [];
    return used.length < MIN_SAMPLES ? [] : [{ name: one.name, labels: one.labels, share: median(used) / capacity, resource: 'volume' as const }];
  });
};

export const levelsOf = (metrics: readonly MetricSeries[], window: TimeWindow): readonly MetricLevel[] => {
  const series = metrics.slice(0, MAX_SERIES);
  const shares = series.flatMap((one): readonly MetricLevel[] => {
    const resource = resourceOf(one.name);
    const inside = resource === null ? [] : inWindow(one, window);
    if (resource === null || inside.length < MIN_SAMPLES) return [];
    const percent = /percent|pct/i.test(one.name) || one.labels['unit'] === '%';
    return [{ name: one.name, labels: one.labels, share: median(inside) / (percent ? 100 : 1), resource }];
  });
  return [...shares, ...byteShares(series, window)];
};
