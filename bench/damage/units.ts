/** The same measurements in other units, with the label or name that says so. */
import type { Capsule, MetricSeries } from '../../src/domain/capsule.ts';

const UNITS: Readonly<Record<string, readonly [string, number]>> = {
  seconds: ['milliseconds', 1000], milliseconds: ['seconds', 0.001], ms: ['seconds', 0.001], percent: ['ratio', 0.01], ratio: ['percent', 100],
  bytes: ['kibibytes', 1 / 1024], mebibytes: ['bytes', 1_048_576], megabytes: ['bytes', 1e6], kibibytes: ['bytes', 1024],
};

const inOther = (series: MetricSeries): MetricSeries => {
  const { unit } = series.labels;
  const suffix = series.name.split('_').at(-1) ?? '';
  const [word, factor] = UNITS[unit ?? suffix] ?? [null, 1];
  if (word === null) return series;
  const values = series.values.map((value) => value * factor);
  return unit === undefined ? { ...series, name: series.name.replace(/[a-z]+$/, word), values } : { ...series, labels: { ...series.labels, unit: word }, values };
};

export const withOtherUnits = (capsule: Capsule): Capsule => ({ ...capsule, metrics: capsule.metrics.map(inOther) });
