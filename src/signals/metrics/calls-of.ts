/** How many calls there are for the failures that somebody counts: without a normal time only their share tells whether they are many. */
import type { MetricSeries } from '../../domain/capsule.ts';
import { seriesComponent } from './series-component.ts';
import type { MetricMeaning } from './vocabulary.ts';

interface Measured {
  readonly series: MetricSeries;
  readonly meaning: MetricMeaning;
  /** Usual level; NaN of none. */
  readonly level: number;
}

/** Whose calls a series counts, and who counts them; null of nobody's and of single operations. */
const ownerOf = (series: MetricSeries): string | null => {
  const { labels } = series;
  const whom = labels['operation'] === undefined ? seriesComponent(series) : null;
  return whom === null ? null : JSON.stringify([whom.name, whom.source, whom.pod, labels['reporter'] ?? labels['direction'] ?? null]);
};

/** For each count of failures all calls of the same component, pod or edge, in its own unit; null of other series and where nobody counts them. */
export const callsOf = (all: readonly Measured[]): readonly (number | null)[] => {
  const busiest = new Map<string, { readonly name: string; readonly level: number }>();
  const owners = all.map(({ series }) => ownerOf(series));
  all.forEach(({ series, meaning, level }, index) => {
    const owner = owners[index] ?? null;
    if (meaning.quantity === 'rate' && owner !== null && level > (busiest.get(owner)?.level ?? 0)) busiest.set(owner, { name: series.name, level });
  });
  return all.map(({ series, meaning, level }, index) => {
    const calls = meaning.quantity === 'error' && meaning.fullScale === null ? busiest.get(owners[index] ?? '') : undefined;
    // Counted by outcome, failed calls are no part of the others.
    return calls === undefined ? null : calls.level + (calls.name === series.name ? level : 0);
  });
};
