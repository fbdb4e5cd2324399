/** How much of its usual traffic a component has at a time. */
import type { MetricSeries } from '../../domain/capsule.ts';
import { median } from './robust.ts';
import type { Samples } from './samples.ts';
import { seriesComponent } from './series-component.ts';
import type { MetricMeaning } from './vocabulary.ts';

interface RateSeries {
  readonly window: Samples;
  readonly usual: number;
}

interface Measured {
  readonly series: MetricSeries;
  readonly meaning: MetricMeaning;
  readonly window: Samples;
  /** Median in normal times. */
  readonly usual: number;
}

/** Traffic of a component from `from` to `to`, in units of the usual; 1 where nobody counts its calls. */
export type Traffic = (component: string, from: number, to: number) => number;

/** The busiest rate of a component stands for its traffic. */
export const trafficOf = (all: Iterable<Measured>): Traffic => {
  const busiest = new Map<string, RateSeries>();
  for (const { series, meaning, window, usual } of all) {
    if (meaning.quantity !== 'rate' || !(usual > 0)) continue;
    const name = seriesComponent(series)?.name ?? '';
    if (usual > (busiest.get(name)?.usual ?? 0)) busiest.set(name, { window, usual });
  }
  return (component, from, to) => {
    const rate = busiest.get(component);
    if (rate === undefined) return 1;
    const values = rate.window.values.filter((_, index) => (rate.window.times[index] ?? 0) >= from && (rate.window.times[index] ?? 0) <= to);
    return values.length === 0 ? 1 : median(values) / rate.usual;
  };
};
